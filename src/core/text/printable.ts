/** The one cleaner of texts that people see: on a terminal, in a picture, in a comment. */

/**
 * Control characters, marks that turn the direction of a text, line and paragraph separators, halves of
 * a character, and what is no character in XML.
 */
const UNPRINTABLE = /\p{Cc}|\p{Bidi_Control}|[\u2028\u2029]|\p{Cs}|[\uFFFE\uFFFF]/gu;

/**
 * A text that cannot move the cursor, colour what follows or hide what it says: each unprintable
 * character becomes `�`, a line end too. A caller that prints several lines splits them first.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, '�');
}
