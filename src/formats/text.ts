/** Sheets → aligned text for a terminal of a known width; a wide character counts as two. */
import stringWidth from 'string-width';
import { greatest } from '../core/lists.js';
import type { RemarkedLine } from '../core/outline.js';
import type { Sheet, SheetRow, Side } from '../core/table.js';
import { printable, unlikeOurs } from '../core/text/printable.js';
import { plainStyle, type Style } from './style.js';
import { clip, wrap } from './words.js';

/** Lines that are longer do not move the column of remarks. */
const WIDEST = 64;

/** Writes lines of YAML with their remarks as comments in one column; after a long line, two blanks further. */
export function writeRemarked(lines: readonly RemarkedLine[]): string {
  const widths = lines.map(({ text }) => stringWidth(text));
  const column =
    greatest(
      widths.filter((width) => width <= WIDEST),
      0,
    ) + 2;
  const written = lines.map(({ text, remark }, i) => {
    if (remark === undefined) return text;
    const gap = ' '.repeat(Math.max(column - widths[i]!, 2));
    return `${text}${gap}# ${printable(remark.replace(/[\t\n]/g, ' '))}`;
  });
  return `${written.join('\n')}\n`;
}

/** The terminal for which text is written. */
export interface TextOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly style?: Style;
}

const BAR_WIDTH = 10;
const [LOW, HIGH] = ['▒', '█'];
const SIDES = { low: 'low', high: 'high' };
const GAP = '  ';
const LEAST_LABEL = 4;

/** Writes sheets one below the other; columns that do not fit continue in further blocks. */
export function writeText(
  sheets: readonly Sheet[],
  { width, style = plainStyle }: TextOptions,
): string {
  let title = '';
  const blocks = sheets.map(printableSheet).map((sheet) => {
    const lines = sheet.title === title ? [] : wrap(sheet.title, width);
    title = sheet.title;
    const head = lines.map((line) => style('title', line));
    return [...head, ...sheetLines(sheet, width, style), ''].join('\n');
  });
  return unlikeOurs(blocks.join('\n'));
}

function printableSheet(sheet: Sheet): Sheet {
  return {
    ...sheet,
    title: printable(sheet.title),
    caption: printable(sheet.caption),
    headings: sheet.headings.map(printable),
    rows: sheet.rows.map((row) => ({
      ...row,
      label: printable(row.label),
      cells: row.cells.map(printable),
    })),
    notes: sheet.notes.map(printable),
  };
}

function sheetLines(sheet: Sheet, width: number, style: Style): string[] {
  const { caption, sides = SIDES } = sheet;
  const legend = `${LOW} ${sides.low} ${HIGH} ${sides.high}`;
  const labels = sheet.rows.map(({ label, depth }) => '  '.repeat(depth) + label);
  const columns = sheet.headings.map((heading, c) =>
    widest([heading, ...sheet.rows.map(({ cells }) => cells[c]!)]),
  );
  const first = labelWidth(caption, labels, columns, width);
  const blocks = blocksOf(columns, width - first);
  const lines = blocks.flatMap((block, b) => {
    const used = first + spanOf(block.map((c) => columns[c]!));
    const bars = b === blocks.length - 1 && used + GAP.length + BAR_WIDTH <= width;
    const head = [
      pad(caption, first),
      ...block.map((c) => padLeft(sheet.headings[c]!, columns[c]!)),
      ...(sheet.axis && bars && used + GAP.length + stringWidth(legend) <= width ? [legend] : []),
    ];
    const rows = sheet.rows.map((row, r) => {
      const cells = block.map((c) => padLeft(row.cells[c]!, columns[c]!));
      const line = [pad(labels[r]!, first), ...cells].join(GAP);
      return painted(row, line, bars, style);
    });
    return [...(b > 0 ? [''] : []), style('faint', head.join(GAP).trimEnd()), ...rows];
  });
  const notes = sheet.notes.flatMap((note) => wrap(note, width));
  return [...lines, ...notes.map((note) => style('faint', note))];
}

/**
 * The width of the labels: the columns' remainder of the line, but at least half of the line and the
 * width of the caption, as far as the widest column fits beside them. Longer labels are cut.
 */
function labelWidth(
  caption: string,
  labels: readonly string[],
  columns: readonly number[],
  width: number,
): number {
  const left = Math.max(width - spanOf(columns), Math.floor(width / 2), stringWidth(caption));
  const most = Math.min(left, width - spanOf([greatest(columns)]));
  return Math.min(widest([caption, ...labels]), Math.max(most, LEAST_LABEL));
}

/** The width of columns of a table on the terminal, with the gap before each. */
function spanOf(columns: readonly number[]): number {
  return columns.reduce((sum, column) => sum + GAP.length + column, 0);
}

function widest(texts: readonly string[]): number {
  return greatest(texts.map((text) => stringWidth(text)));
}

function painted(row: SheetRow, line: string, bars: boolean, style: Style): string {
  if (row.kind === 'total') return style('total', line.trimEnd());
  const drawn = row.sides ? sidesOf(row.sides) : row.bar && barOf(row.bar);
  const bar = bars && drawn ? GAP + style('bar', drawn) : '';
  return (line + bar).trimEnd();
}

/** Blocks of columns that fit beside the labels, with at least one column each. */
function blocksOf(columns: readonly number[], room: number): number[][] {
  const blocks: number[][] = [];
  let left = 0;
  columns.forEach((width, c) => {
    const need = GAP.length + width;
    if (blocks.length === 0 || need > left) {
      blocks.push([]);
      left = room;
    }
    blocks.at(-1)!.push(c);
    left -= need;
  });
  return blocks;
}

/** A bar that begins at a whole character and ends at an eighth of one. */
function barOf([from, to]: readonly [number, number]): string {
  const scale = (thousandths: number) => Math.min(Math.max(thousandths, 0), 1000) * BAR_WIDTH;
  const start = Math.floor(scale(from) / 1000);
  const eighths = Math.round((scale(to) * 8) / 1000) - start * 8;
  const bar = '█'.repeat(Math.floor(eighths / 8)) + ' ▏▎▍▌▋▊▉'.charAt(eighths % 8).trim();
  return ' '.repeat(start) + bar;
}

/** Both sides of a bar in whole characters of two tones; a very short side has no character. */
function sidesOf({ low, high }: NonNullable<SheetRow['sides']>): string {
  const covers = ({ bar: [from, to] }: Side, at: number) => from <= at && at < to;
  const marks = Array.from({ length: BAR_WIDTH }, (_, c) => {
    const middle = ((c + 0.5) * 1000) / BAR_WIDTH;
    return covers(low, middle) ? LOW : covers(high, middle) ? HIGH : ' ';
  });
  return marks.join('').trimEnd();
}

/** A text of exact width: filled with blanks, or cut with an ellipsis. */
function pad(text: string, width: number): string {
  const clipped = clip(text, width);
  return clipped + ' '.repeat(Math.max(width - stringWidth(clipped), 0));
}

function padLeft(text: string, width: number): string {
  return ' '.repeat(Math.max(width - stringWidth(text), 0)) + text;
}
