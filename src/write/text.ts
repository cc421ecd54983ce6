/** Sheets → aligned text for a terminal of a given width, wide characters counted as two. */
import stringWidth from 'string-width';
import type { Sheet, SheetRow } from '../core/table.js';
import { plainStyle, type Style } from './style.js';

export interface TextOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly style?: Style;
}

const BAR_WIDTH = 10;
const GAP = '  ';

/** Sheets one below the other; columns that do not fit go into further blocks. */
export function writeText(
  sheets: readonly Sheet[],
  { width, style = plainStyle }: TextOptions,
): string {
  let title = '';
  const blocks = sheets.map((sheet) => {
    const head = sheet.title === title ? [] : [style('title', clip(sheet.title, width))];
    title = sheet.title;
    return [...head, ...sheetLines(sheet, width, style), ''].join('\n');
  });
  return blocks.join('\n');
}

function sheetLines(sheet: Sheet, width: number, style: Style): string[] {
  const labels = sheet.rows.map(({ label, depth }) => '  '.repeat(depth) + label);
  const widest = Math.max(...[sheet.caption, ...labels].map((label) => stringWidth(label)));
  const first = Math.min(widest, Math.max(12, Math.floor(width / 2)));
  const columns = sheet.headings.map((heading, c) =>
    Math.max(stringWidth(heading), ...sheet.rows.map(({ cells }) => stringWidth(cells[c]!))),
  );
  const blocks = blocksOf(columns, width - first);
  const lines = blocks.flatMap((block, b) => {
    const used = first + block.reduce((sum, c) => sum + GAP.length + columns[c]!, 0);
    const bars = b === blocks.length - 1 && used + GAP.length + BAR_WIDTH <= width;
    const head = [
      pad(sheet.caption, first),
      ...block.map((c) => padLeft(sheet.headings[c]!, columns[c]!)),
    ];
    const rows = sheet.rows.map((row, r) => {
      const cells = block.map((c) => padLeft(row.cells[c]!, columns[c]!));
      const line = [pad(labels[r]!, first), ...cells].join(GAP);
      return painted(row, line, bars, style);
    });
    return [...(b > 0 ? [''] : []), style('faint', head.join(GAP).trimEnd()), ...rows];
  });
  return [...lines, ...sheet.notes.map((note) => style('faint', note))];
}

function painted(row: SheetRow, line: string, bars: boolean, style: Style): string {
  if (row.kind === 'total') return style('total', line);
  const bar = bars && row.share !== undefined ? GAP + style('bar', barOf(row.share)) : '';
  return (line + bar).trimEnd();
}

/** As many columns in each block as fit beside the labels, at least one. */
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

/** A bar of eighths of a character, for thousandths of the whole. */
function barOf(share: number): string {
  const eighths = Math.min(Math.max(Math.round((share * BAR_WIDTH * 8) / 1000), 0), BAR_WIDTH * 8);
  return '█'.repeat(Math.floor(eighths / 8)) + ' ▏▎▍▌▋▊▉'.charAt(eighths % 8).trim();
}

/** A text of exactly so many columns: filled with spaces, or cut with an ellipsis. */
function pad(text: string, width: number): string {
  const clipped = clip(text, width);
  return clipped + ' '.repeat(Math.max(width - stringWidth(clipped), 0));
}

function padLeft(text: string, width: number): string {
  return ' '.repeat(Math.max(width - stringWidth(text), 0)) + text;
}

function clip(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = '';
  for (const character of text) {
    if (stringWidth(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
