/** HTML from templates: whatever is put into one is text, unless a template made it. */

/** A piece of HTML. Only `html`, `joined` and `trusted` make one. */
export interface Html {
  readonly html: string;
}

type Part = Html | string | number | boolean | undefined | readonly Html[];

/**
 * The tag of a template: escapes every value that is no `Html`. A value stands between tags, or between double
 * quotes as the value of an attribute. `true` is an empty text, so that `${isOn && 'checked'}` can be written.
 */
export function html(pieces: TemplateStringsArray, ...values: readonly Part[]): Html {
  const text = pieces.reduce((all, piece, i) => all + textOf(values[i - 1]) + piece);
  return { html: text };
}

function textOf(value: Part): string {
  if (value === undefined || typeof value === 'boolean') return '';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  return 'html' in value ? value.html : value.map((one) => one.html).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text in which nothing is markup. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** HTML that this room has made by other means than a template, such as a picture. */
export function trusted(text: string): Html {
  return { html: text };
}

export const NOTHING: Html = { html: '' };
