/** Texts for people: trees of entries, and lines of YAML with remarks. */

/** A line of YAML, with the comment behind it. */
export interface RemarkedLine {
  readonly text: string;
  readonly remark?: string;
}

/** A text that YAML reads as itself without quotes, also inside a list or a map. */
const PLAIN = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} .%/()_+-]*$/u;

/** A text as a value of YAML: in quotes where it needs them; what nobody sees, or what turns the text around, is an escape. */
export function yamlText(text: string): string {
  if (PLAIN.test(text) && text.trim() === text && !UNSEEN.test(text)) return text;
  return JSON.stringify(text).replace(new RegExp(UNSEEN, 'gu'), escapeOf);
}

/** Invisible and unassigned characters, and spaces and line ends that are not the blank. */
const UNSEEN = /\p{C}|\p{Default_Ignorable_Code_Point}|(?! )\p{Z}|\u2800/u;

function escapeOf(character: string): string {
  const code = character.codePointAt(0)!.toString(16).toUpperCase();
  return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
}

/** A tree of texts for a terminal: an entry, what is known of it, and the entries below it. */
export interface Outline {
  readonly head: string;
  /** Below the head. */
  readonly lines: readonly OutlineLine[];
  /** A small table: text in the first column; the first row is the heading. */
  readonly rows: readonly (readonly string[])[];
  readonly branches: readonly Outline[];
}

/** One line below a head. */
export interface OutlineLine {
  readonly kind: 'formula' | 'place' | 'reason';
  readonly text: string;
}
