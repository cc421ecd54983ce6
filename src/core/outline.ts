/** Texts for people: trees of entries, and lines of YAML with remarks. */

/** A line of YAML, with the comment behind it. */
export interface RemarkedLine {
  readonly text: string;
  readonly remark?: string;
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
