/** Two versions of a text → a unified diff, as `diff -u` writes it and `patch` reads it. */
import { structuredPatch, type StructuredPatchHunk } from 'diff';
import { onOneLine, printable } from '../core/text/printable.js';
import { plainStyle, type Style } from './style.js';

/** Unchanged lines shown around the changed lines. */
const AROUND = 3;

/**
 * Writes the differences of two versions of a text; an empty text if there are none.
 *
 * @param name the name of the file
 */
export function writeDiff(
  name: string,
  before: string,
  after: string,
  style: Style = plainStyle,
): string {
  const { hunks } = structuredPatch(name, name, before, after, '', '', { context: AROUND });
  if (hunks.length === 0) return '';
  const heads = ['---', '+++'].map((sign) => style('title', `${sign} ${onOneLine(name)}`));
  return [...heads, ...hunks.flatMap((hunk) => linesOf(hunk, style)), ''].join('\n');
}

function linesOf(hunk: StructuredPatchHunk, style: Style): readonly string[] {
  const { oldStart, oldLines, newStart, newLines, lines } = hunk;
  const place = `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`;
  return [
    style('place', place),
    ...lines.map((line) => styled(line.replace(/[^\t\r]+|\r(?!$)/g, printable), style)),
  ];
}

/**
 * The first line, counted from 1, and the number of lines unless it is 1, as `diff -u` has it. `formatPatch`
 * of jsdiff writes that 1, too, and quotes the name of a file that is not ASCII.
 */
function range(start: number, count: number): string {
  return `${count === 0 ? start - 1 : start}${count === 1 ? '' : `,${count}`}`;
}

function styled(line: string, style: Style): string {
  if (line.startsWith('+')) return style('added', line);
  return line.startsWith('-') ? style('gone', line) : line;
}
