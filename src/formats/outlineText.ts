/** Outlines → a tree of lines for a terminal of a given width. */
import stringWidth from 'string-width';
import type { Outline, OutlineLine } from '../core/outline.js';
import { printable } from '../core/text/printable.js';
import { plainStyle, type Style, type StyleName } from './style.js';
import type { TextOptions } from './text.js';
import { wrap } from './words.js';

const STYLES: Readonly<Record<OutlineLine['kind'], StyleName | undefined>> = {
  formula: undefined,
  place: 'place',
  reason: 'faint',
};

const GAP = '  ';
/** Deeper entries stand no further to the right: words need room. */
const LEAST_ROOM = 24;

/** A tree drawn with lines; whatever is too wide goes on below, and no digit is cut. */
export function writeOutline(outline: Outline, { width, style = plainStyle }: TextOptions): string {
  return `${linesOf(outline, width, style).join('\n')}\n`;
}

/** An entry and all below it, the first line being its head. */
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
  const said = lines.flatMap(({ kind, text }) => {
    const name = STYLES[kind];
    return wrapped(text, width).map((line) => (name ? style(name, line) : line));
  });
  return [...said, ...columns(rows, width, style)];
}

function wrapped(text: string, width: number): string[] {
  return wrap(printable(text), Math.max(width, LEAST_ROOM));
}

/** Rows with their columns aligned; where they are too wide, each as a line of words. */
function columns(rows: readonly (readonly string[])[], width: number, style: Style): string[] {
  const widths = (rows[0] ?? []).map((_, c) =>
    Math.max(...rows.map((row) => stringWidth(printable(row[c]!)))),
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
