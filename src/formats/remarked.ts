/** Lines → text in which every remark is a comment of its line, and all of them begin in one column. */
import stringWidth from 'string-width';
import type { RemarkedLine } from '../core/remark.js';

/** Beyond this a single long line would push all the others apart. */
const WIDEST = 64;

/** YAML, one line each; what is longer than most has its comment two blanks behind it. */
export function writeRemarked(lines: readonly RemarkedLine[]): string {
  const widths = lines.map(({ text }) => stringWidth(text));
  const column = Math.max(...widths.filter((width) => width <= WIDEST), 0) + 2;
  const written = lines.map(({ text, remark }, i) => {
    if (remark === undefined) return text;
    const gap = ' '.repeat(Math.max(column - widths[i]!, 2));
    return `${text}${gap}# ${remark.replace(/\p{Cc}|[\u2028\u2029]/gu, ' ')}`;
  });
  return `${written.join('\n')}\n`;
}
