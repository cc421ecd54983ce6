/** The styles of text on a terminal; the command gives each its colour. */
export type StyleName =
  'title' | 'faint' | 'total' | 'bar' | 'error' | 'warning' | 'place' | 'added' | 'gone';

/** Applies a style to a text. */
export type Style = (name: StyleName, text: string) => string;

/** Leaves texts without colour and weight. */
export const plainStyle: Style = (_, text) => text;
