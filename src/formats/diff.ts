/** Two versions of a text → the lines that differ, as `diff -u` and `patch` write and read them. */
import { structuredPatch, type StructuredPatchHunk } from 'diff';
import { plainStyle, type Style } from './style.js';

/** Lines shown around those that differ. */
const AROUND = 3;

/**
 * Writes how two versions of a text differ; nothing where they do not.
 *
 * @param name of the file, which has both
 */
export function writeDiff(
  name: string,
  before: string,
  after: string,
  style: Style = plainStyle,
): string {
  const { hunks } = structuredPatch(name, name, before, after, '', '', { context: AROUND });
  if (hunks.length === 0) return '';
  const heads = [style('title', `--- ${name}`), style('title', `+++ ${name}`)];
  return [...heads, ...hunks.flatMap((hunk) => linesOf(hunk, style)), ''].join('\n');
}

function linesOf(hunk: StructuredPatchHunk, style: Style): readonly string[] {
  const { oldStart, oldLines, newStart, newLines, lines } = hunk;
  const place = `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`;
  return [style('place', place), ...lines.map((line) => styled(line, style))];
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
