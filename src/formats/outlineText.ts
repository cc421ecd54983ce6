/** Outlines → a tree of lines for a terminal of a given width. */
import stringWidth from 'string-width';
import { greatest } from '../core/lists.js';
import type { Outline, OutlineLine } from '../core/outline.js';
import { printable, unlikeOurs } from '../core/text/printable.js';
import { plainStyle, type Style, type StyleName } from './style.js';
import type { TextOptions } from './text.js';
import { wrap } from './words.js';

const STYLES: Readonly<Record<OutlineLine['kind'], StyleName | undefined>> = {
  formula: undefined,
  place: 'place',
  reason: 'faint',
};

const GAP = '  ';
/** Columns that text keeps in deep levels, which are not indented further. */
const LEAST_ROOM = 24;

/** Writes a tree drawn with lines. A text that is too wide is wrapped, and no digit is cut. */
export function writeOutline(outline: Outline, { width, style = plainStyle }: TextOptions): string {
  return unlikeOurs(`${linesOf(outline, width, style).join('\n')}\n`);
}

/** The lines of an entry and of all entries below it; the first line is its head. */
function linesOf(outline: Outline, width: number, style: Style): string[] {
  const { head, branches } = outline;
  const stem = branches.length > 0 ? '│ ' : '  ';
  const words = [
    ...wrapped(head, width - stem.length).map((line) => style('title', line)),
    ...bodyOf(outline, width - stem.length, style),
  ];
  const own = words.map((line, i) => (i === 0 ? line : style('faint', stem) + line));
  const room = Math.max(width - stem.length, LEAST_ROOM);
  const below = branches.flatMap((branch, b) => {
    const isLast = b === branches.length - 1;
    return linesOf(branch, room, style).map((line, i) => {
      const lead = i === 0 ? (isLast ? '└ ' : '├ ') : isLast ? '  ' : '│ ';
      return style('faint', lead) + line;
    });
  });
  return [...own, ...below].map((line) => line.trimEnd());
}

function bodyOf({ lines, rows }: Outline, width: number, style: Style): string[] {
  const texts = lines.flatMap(({ kind, text }) => {
    const name = STYLES[kind];
    return wrapped(text, width).map((line) => (name ? style(name, line) : line));
  });
  return [...texts, ...columns(rows, width, style)];
}

function wrapped(text: string, width: number): string[] {
  return wrap(printable(text), Math.max(width, LEAST_ROOM));
}

/** Rows with aligned columns; if they are too wide, each row is wrapped as text. */
function columns(rows: readonly (readonly string[])[], width: number, style: Style): string[] {
  const widths = (rows[0] ?? []).map((_, c) =>
    greatest(rows.map((row) => stringWidth(printable(row[c]!)))),
  );
  const whole = widths.reduce((sum, one) => sum + one + GAP.length, -GAP.length);
  return rows.flatMap((row, r) => {
    const cells = row.map((cell, c) => padded(printable(cell), widths[c]!, c === 0));
    const lines = whole <= width ? [cells.join(GAP)] : wrapped(row.join(' ').trim(), width);
    return lines.map((line) => (r === 0 ? style('faint', line) : line));
  });
}

function padded(text: string, width: number, toTheLeft: boolean): string {
  const space = ' '.repeat(width - stringWidth(text));
  return toTheLeft ? text + space : space + text;
}
