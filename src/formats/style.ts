/** The few styles that words on a terminal have; whoever knows the terminal says how they look. */
export type StyleName =
  'title' | 'faint' | 'total' | 'bar' | 'error' | 'warning' | 'place' | 'added' | 'gone';

/** Paints a text; the identity where there is no colour. */
export type Style = (name: StyleName, text: string) => string;

/** No colour and no weight. */
export const plainStyle: Style = (_, text) => text;
