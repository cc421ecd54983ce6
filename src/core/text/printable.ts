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

/** A text of others on one line of ours: a tab is a blank, a line end `↵`. */
export function onOneLine(text: string): string {
  return printable(text.replace(/\t/g, ' ').replace(/\r?\n/g, '↵'));
}

/** Each line of a text made printable; the line ends stay. */
export function printableLines(text: string): string {
  return text.replace(/[^\n]+/g, (line) => printable(line.replace(/[\t\r]/g, ' ')));
}

/** A line that begins as our messages do, behind the colour that we gave it. */
const LIKE_OURS = /^((?:\p{Cc}\[[\d;]*m)*)(?=(?:error|warning)\[|capex:)/gimu;

/** Printable lines in which no line reads like one of our messages: a blank comes before the text of others. */
export function unlikeOurs(lines: string): string {
  return lines.replace(LIKE_OURS, '$1 ');
}

/** The first characters of a text, in UTF-16 code units: no character is cut into halves. */
export function beginning(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}

/** The first place from an index on, in UTF-16 code units, that is not between the halves of a character. */
export function betweenCharacters(text: string, index: number): number {
  if (index === 0) return 0;
  const around = text.slice(index - 1, index + 1);
  return /[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(around) ? index + 1 : index;
}

/** The last characters of a text, in UTF-16 code units: no character is cut into halves. */
export function ending(text: string, length: number): string {
  return text.slice(-length).replace(/^[\uDC00-\uDFFF]/, '');
}
