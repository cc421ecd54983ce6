/** Sheets → SVG: a picture of labels, numbers and bars, or of a tornado, for documents. */
import stringWidth from 'string-width';
import { greatest } from '../core/lists.js';
import type { Axis, Bar, Sheet, SheetRow } from '../core/table.js';
import { printable } from '../core/text/printable.js';

const LINE = 22;
const LETTER = 7.2;
const MARGIN = 16;
const GAP = 2 * LETTER;
const BARS = 240;
const PLOT = 320;
const BAR_HEIGHT = 14;

const FAINT = ' fill="#6b7280"';
const BOLD = ' font-weight="bold"';
const END = ' text-anchor="end"';
const TONES = { plain: '#0f766e', low: '#d97706', high: '#0f766e' } as const;

/** SVG elements with coordinates from 0, 0. */
interface Block {
  readonly width: number;
  readonly height: number;
  readonly elements: readonly string[];
}

/** Writes sheets as one picture, one below the other. It needs a monospaced font and no script. */
export function writeSvg(sheets: readonly Sheet[]): string {
  const blocks = sheets.map(blockOf);
  const width = Math.ceil(
    greatest(
      blocks.map((block) => block.width),
      0,
    ) +
      2 * MARGIN,
  );
  const inner = blocks.reduce((sum, { height }) => sum + height + LINE, -LINE);
  const height = Math.max(inner, 0) + 2 * MARGIN;
  let y = MARGIN;
  const groups = blocks.flatMap((block) => {
    const group = [`<g transform="translate(${MARGIN} ${y})">`, ...block.elements, '</g>'];
    y += block.height + LINE;
    return group;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="12">`,
    `<title>${escaped(sheets[0]?.title ?? '')}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...groups,
    '</svg>',
    '',
  ].join('\n');
}

/** Title, headings, the axis of a tornado, a line for each row, and the notes. */
function blockOf(sheet: Sheet): Block {
  const { title, caption, rows, notes } = sheet;
  const lineOf = linesBelow(sheet.axis ? 3 : 2);
  const labels = rows.map(({ label, depth }) => ' '.repeat(depth * 2) + label);
  const first = widest([caption, ...labels]);
  const right = sheet.axis
    ? tornado(sheet, sheet.axis, first + GAP, lineOf)
    : columns(sheet, first, lineOf);
  const left = rows.map(({ label, depth, kind }, r) =>
    textAt(depth * 2 * LETTER, lineOf(r), label, weightOf(kind)),
  );
  const below = notes.map((note, n) => textAt(0, lineOf(rows.length + n), note, FAINT));
  return {
    width: Math.max(right.width, widest([title, ...notes])),
    height: lineOf(rows.length + notes.length - 1) + LINE / 2,
    elements: [
      textAt(0, LINE / 2, title, BOLD),
      textAt(0, LINE * 1.5, caption, FAINT),
      ...left,
      ...right.elements,
      ...below,
    ],
  };
}

/** The baseline of each row, below `head` lines. */
function linesBelow(head: number): (row: number) => number {
  return (row) => LINE * (head + row) + LINE / 2;
}

/** Numbers below their headings, and a bar after each row. */
function columns(
  { headings, rows }: Sheet,
  first: number,
  lineOf: (row: number) => number,
): Omit<Block, 'height'> {
  const ends: number[] = [];
  headings.forEach((heading, c) => {
    const own = widest([heading, ...rows.map(({ cells }) => cells[c]!)]);
    ends.push((ends.at(-1) ?? first) + GAP + own);
  });
  const x = (ends.at(-1) ?? first) + GAP;
  const cellsAt = (texts: readonly string[], y: number, attributes: string) =>
    texts.map((text, c) => textAt(ends[c]!, y, text, END + attributes));
  const bars = rows.some(({ bar }) => bar);
  return {
    width: bars ? x + BARS : x - GAP,
    elements: [
      ...cellsAt(headings, lineOf(-1), FAINT),
      ...rows.flatMap(({ cells, bar, kind }, r) => [
        ...cellsAt(cells, lineOf(r), weightOf(kind)),
        ...(bar && kind === 'part' ? [barAt(bar, x, BARS, lineOf(r), TONES.plain)] : []),
      ]),
    ],
  };
}

/** Bars in two tones on both sides of one line, with a label at each end. */
function tornado(
  { rows, sides: words = SIDES }: Sheet,
  axis: Axis,
  left: number,
  lineOf: (row: number) => number,
): Omit<Block, 'height'> {
  const sides = rows.flatMap((row) => (row.sides ? [row.sides.low, row.sides.high] : []));
  const room = widest(sides.map(({ label }) => label)) + GAP;
  const x = left + room;
  const base = x + (axis.at * PLOT) / 1000;
  const [top, bottom] = [lineOf(-1) + 6, lineOf(rows.length - 1) + 8];
  return {
    width: x + PLOT + room,
    elements: [
      ...legendAt(words, x, lineOf(-2)),
      textAt(base, lineOf(-1), axis.label, ' text-anchor="middle"'),
      ...rows.flatMap((row, r) => sidesAt(row, axis, x, lineOf(r))),
      `<line x1="${one(base)}" y1="${top}" x2="${one(base)}" y2="${bottom}" stroke="#111827"/>`,
    ],
  };
}

/** Draws the longer side first, so that the shorter is visible if both lie on one side of the line. */
function sidesAt({ sides }: SheetRow, { at }: Axis, x: number, y: number): readonly string[] {
  if (!sides) return [];
  const lengthOf = ({ bar: [from, to] }: { readonly bar: Bar }) => to - from;
  const ordered = (['low', 'high'] as const)
    .map((tone) => ({ tone, ...sides[tone] }))
    .sort((a, b) => lengthOf(b) - lengthOf(a));
  return ordered.flatMap(({ tone, bar, label }, i) => {
    const leftward = bar[0] < at;
    const outer = ordered[1 - i]!;
    const hidden = i === 1 && outer.bar[0] < at === leftward && lengthOf(outer) > 0;
    const end = x + ((leftward ? bar[0] : bar[1]) * PLOT) / 1000;
    const text = leftward ? textAt(end - 6, y, label, END) : textAt(end + 6, y, label, '');
    return [barAt(bar, x, PLOT, y, TONES[tone]), ...(hidden ? [] : [text])];
  });
}

const SIDES = { low: 'at its low', high: 'at its high' };

function legendAt(sides: NonNullable<Sheet['sides']>, x: number, y: number): readonly string[] {
  return (['low', 'high'] as const).flatMap((tone, i) => {
    const at = x + (PLOT / 2) * i;
    const box = `<rect x="${one(at)}" y="${y - 10}" width="12" height="12" fill="${TONES[tone]}"/>`;
    return [box, textAt(at + 18, y, sides[tone], FAINT)];
  });
}

function barAt(bar: Bar, x: number, width: number, y: number, fill: string): string {
  const [from, to] = bar.map((thousandths) => (thousandths * width) / 1000) as [number, number];
  const size = `width="${one(Math.max(to - from, 1))}" height="${BAR_HEIGHT}"`;
  return `<rect x="${one(x + from)}" y="${y - 11}" ${size} fill="${fill}"/>`;
}

function weightOf(kind: SheetRow['kind']): string {
  return kind === 'total' ? BOLD : '';
}

function textAt(x: number, y: number, text: string, attributes: string): string {
  return `<text x="${one(x)}" y="${y}"${attributes}>${escaped(text)}</text>`;
}

/** Pixels with one decimal: equal sheets give equal pictures. */
function one(pixels: number): string {
  return pixels.toFixed(1);
}

/** A text without meaning to XML. */
function escaped(text: string): string {
  return printable(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** The width of the widest text in pixels; a wide character counts as two. */
function widest(texts: readonly string[]): number {
  return (
    greatest(
      texts.map((text) => stringWidth(text)),
      0,
    ) * LETTER
  );
}
