/** Sheet → SVG: a picture of labels, numbers and bars, for documents. */
import stringWidth from 'string-width';
import type { Sheet, SheetRow } from '../core/table.js';

const LINE = 22;
const LETTER = 7.2;
const BAR = 240;
const MARGIN = 16;

/** One picture with a line for each row; it needs no font but a monospaced one, and no script. */
export function writeSvg({ title, caption, headings, rows, notes }: Sheet): string {
  const columns = headings.map((heading, c) =>
    widest([heading, ...rows.map((row) => row.cells[c]!)]),
  );
  const first = widest([caption, ...rows.map(({ label, depth }) => ' '.repeat(depth * 2) + label)]);
  const ends = columns.map((_, c) =>
    columns.slice(0, c + 1).reduce((sum, width) => sum + width + 2, first),
  );
  const bars = MARGIN + ((ends.at(-1) ?? first) + 2) * LETTER;
  const width = Math.ceil(
    Math.max(bars + BAR, MARGIN + widest([title, ...notes]) * LETTER) + MARGIN,
  );
  const height = MARGIN * 2 + LINE * (rows.length + notes.length + 2);
  const cellsAt = (texts: readonly string[], y: number, weight: string) =>
    texts.map((text, c) =>
      textAt(MARGIN + ends[c]! * LETTER, y, text, `text-anchor="end"${weight}`),
    );
  const body = rows.flatMap((row, r) => {
    const y = MARGIN + LINE * (r + 3);
    const weight = row.kind === 'total' ? ' font-weight="bold"' : '';
    const label = textAt(MARGIN + row.depth * 2 * LETTER, y, row.label, weight);
    return [label, ...cellsAt(row.cells, y, weight), ...barAt(row, bars, y)];
  });
  const below = notes.map((note, n) =>
    textAt(MARGIN, MARGIN + LINE * (rows.length + 3 + n), note, FAINT),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    textAt(MARGIN, MARGIN + LINE, title, ' font-weight="bold"'),
    textAt(MARGIN, MARGIN + LINE * 2, caption, FAINT),
    ...cellsAt(headings, MARGIN + LINE * 2, FAINT),
    ...body,
    ...below,
    '</svg>',
    '',
  ].join('\n');
}

const FAINT = ' fill="#6b7280"';

function barAt({ bar, kind }: SheetRow, x: number, y: number): string[] {
  if (!bar || kind === 'total') return [];
  const [from, to] = bar.map((thousandths) => (thousandths * BAR) / 1000);
  const place = `x="${(x + from!).toFixed(1)}" y="${y - 12}"`;
  return [
    `<rect ${place} width="${Math.max(to! - from!, 1).toFixed(1)}" height="14" fill="#0f766e"/>`,
  ];
}

function textAt(x: number, y: number, text: string, attributes: string): string {
  return `<text x="${x.toFixed(1)}" y="${y}" xml:space="preserve"${attributes.replace(/^(?=\S)/, ' ')}>${escaped(text)}</text>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => stringWidth(text)));
}
