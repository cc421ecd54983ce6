/** Workbook → XLSX. The library hucre is loaded when a workbook is written. */
import type { Cell, CellStyle, DataValidation, SheetChart, WriteSheet } from 'hucre/xlsx';
import { sayIn, type Say } from '../core/text/language.js';
import { beginning } from '../core/text/printable.js';
import { columnName } from '../core/text/source.js';
import {
  onSheet,
  type CellName,
  type Chart,
  type Look,
  type Rule,
  type Workbook,
  type WorkbookCell,
  type WorkbookRow,
  type WorkbookSheet,
} from '../workbook/workbook.js';
import { editPart } from './zipPart.js';

/** Writes a workbook as the bytes of a file; equal workbooks give equal bytes. */
export async function writeXlsx({
  title,
  day,
  language,
  sheets,
  names,
}: Workbook): Promise<Uint8Array> {
  const { writeXlsx: write } = await import('hucre/xlsx');
  const say = sayIn(language);
  const { year, month, day: of } = day ?? { year: 2000, month: 1, day: 1 };
  // eslint-disable-next-line no-restricted-globals -- a day of the scenario, no clock
  const made = new Date(`${[year, pad(month), pad(of)].join('-')}T00:00:00Z`);
  const bytes = await write({
    properties: { title: writable(title), creator: 'capex', created: made, modified: made },
    defaultFont: { name: 'Arial', size: 10 },
    sheets: sheets.map((sheet) => sheetOf(sheet, say)),
    namedRanges: [
      ...names.map(({ name, range }) => ({ name, range })),
      ...sheets.flatMap(printTitles),
    ],
  });
  return editPart(bytes, 'xl/styles.xml', withSizesFirst);
}

/** In a font, Excel's schema has the size before the colour, and hucre writes it after the colour. */
function withSizesFirst(styles: string): string {
  return styles.replace(/(<color [^>]*\/>)(<sz [^>]*\/>)/g, '$2$1');
}

/** The rows that every page of a sheet repeats: hucre would write the name of the sheet without quotes. */
function printTitles({
  name,
  frozen: { rows },
}: WorkbookSheet): (CellName & { readonly scope: string })[] {
  if (rows === 0) return [];
  return [{ name: '_xlnm.Print_Titles', range: onSheet(name, `$1:$${rows}`), scope: name }];
}

/** Characters that XML cannot hold: control characters, halves of a character, U+FFFE and U+FFFF. */
const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
/** A cell of Excel holds at most 32,767 characters. */
const LONGEST_CELL = 32_767;

/** A text that a file can hold: `�` stands for each character that it cannot. */
const writable = (content: string) => beginning(content.replace(NOT_XML, '�'), LONGEST_CELL);

const pad = (number: number) => String(number).padStart(2, '0');

const INK = { rgb: '1F2937' };
const FACE = 'Arial';
const font = (more: NonNullable<CellStyle['font']> = {}) => ({ name: FACE, size: 10, ...more });
const fill = (rgb: string) => ({
  type: 'pattern' as const,
  pattern: 'solid' as const,
  fgColor: { rgb },
});
const line = { style: 'thin' as const, color: { rgb: '9CA3AF' } };

const LEFT: CellStyle = { alignment: { horizontal: 'left', indent: 1 } };

const STYLES: Readonly<Record<Look, CellStyle>> = {
  title: { font: font({ size: 14, bold: true, color: INK }) },
  note: { font: font({ size: 9, color: { rgb: '6B7280' } }) },
  head: {
    font: font({ bold: true, color: { rgb: 'FFFFFF' } }),
    fill: fill('1F3A5F'),
    ...LEFT,
  },
  headOfNumbers: {
    font: font({ bold: true, color: { rgb: 'FFFFFF' } }),
    fill: fill('1F3A5F'),
    alignment: { horizontal: 'right' },
  },
  text: { font: font(), ...LEFT },
  number: { font: font() },
  input: {
    font: font({ color: { rgb: '0033CC' } }),
    fill: fill('FFF8DC'),
    border: { bottom: line },
  },
  sum: { font: font({ bold: true }) },
  total: { font: font({ bold: true }), border: { top: line } },
  verdict: { font: font({ bold: true }), alignment: { horizontal: 'center' } },
};

function sheetOf(
  { name, widths, rows, frozen, charts = [], isOnePage }: WorkbookSheet,
  say: Say,
): WriteSheet {
  return {
    name,
    columns: widths.map((width) => ({ width })),
    cells: new Map(rows.flatMap(cellsOf)),
    freezePane: frozen,
    dataValidations: rows.flatMap((row, r) => rulesOf(row, r, say)),
    conditionalRules: verdictRules(rows),
    charts: charts.map(chartOf),
    view: { showGridLines: false },
    pageSetup: {
      paperSize: 'a4',
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: isOnePage ? 1 : 0,
    },
    headerFooter: { oddFooter: '&L&A&R&P / &N' },
  };
}

function cellsOf(row: WorkbookRow, r: number): [string, Partial<Cell>][] {
  return row.flatMap((cell, c) => (cell ? [[`${r},${c}`, cellOf(cell)]] : []));
}

function cellOf({ content, look, format }: WorkbookCell): Partial<Cell> {
  const style = {
    ...STYLES[look],
    ...(format !== undefined && { numFmt: format }),
    ...(look === 'total' && typeof valueOf(content) === 'string' && LEFT),
  };
  return {
    style,
    ...(typeof content === 'object'
      ? { formula: content.formula.replace(NOT_XML, '�'), formulaResult: written(content.value) }
      : { value: written(content) }),
  };
}

function written(value: string | number): string | number {
  return typeof value === 'string' ? writable(value) : value;
}

function valueOf(content: WorkbookCell['content']): string | number {
  return typeof content === 'object' ? content.value : content;
}

function rulesOf(row: WorkbookRow, r: number, say: Say): DataValidation[] {
  return row.flatMap((cell, c) =>
    cell?.rule
      ? [{ ...ruleOf(cell.rule, say), range: `${columnName(c)}${r + 1}`, showErrorMessage: true }]
      : [],
  );
}

function ruleOf(rule: Rule, say: Say): Omit<DataValidation, 'range'> {
  if ('among' in rule) return { type: 'list', formula1: rule.among };
  const { least, most, isOpen, says } = rule;
  const message = {
    errorTitle: say('Out of bounds'),
    errorMessage: say('Type {what}.', { what: says }),
  };
  const bounds =
    most === undefined
      ? { operator: isOpen ? ('greaterThan' as const) : ('greaterThanOrEqual' as const) }
      : { operator: 'between' as const, formula2: String(most) };
  return { type: 'decimal', formula1: String(least), ...bounds, ...message };
}

/** Colours of verdicts: OK green, FAIL and INVALID red, CHANGED amber. */
function verdictRules(rows: readonly WorkbookRow[]): NonNullable<WriteSheet['conditionalRules']> {
  const cells = rows.flatMap((row, r) =>
    row.flatMap((cell, c) => (cell?.look === 'verdict' ? [`${columnName(c)}${r + 1}`] : [])),
  );
  if (cells.length === 0) return [];
  const tone = (word: string, ink: string, ground: string, priority: number) => ({
    type: 'cellIs' as const,
    operator: 'equal' as const,
    formula: `"${word}"`,
    priority,
    range: cells.join(' '),
    style: { font: { color: { rgb: ink } }, fill: { ...fill(ground), bgColor: { rgb: ground } } },
  });
  return [
    tone('OK', '166534', 'DCFCE7', 1),
    tone('FAIL', '991B1B', 'FEE2E2', 2),
    tone('INVALID', '991B1B', 'FEE2E2', 3),
    tone('CHANGED', '92400E', 'FEF3C7', 4),
  ];
}

const TONES = ['1F3A5F', '3B82A0', 'E0A030', '9CA3AF', '7C5295', '4B8B5A', 'B5524A', '5B6B7B'];

function chartOf({ title, from, to, categories, series, format }: Chart): SheetChart {
  const place = ({ row, column }: Chart['from']) => ({ row, col: column });
  return {
    type: 'column',
    title: writable(title),
    titleFontFamily: FACE,
    titleFontSize: 12,
    titleBold: true,
    legendFontFamily: FACE,
    legendFontSize: 9,
    axes: {
      x: { labelFontFamily: FACE, labelFontSize: 9, majorTickMark: 'none', minorTickMark: 'none' },
      y: {
        labelFontFamily: FACE,
        labelFontSize: 9,
        majorTickMark: 'out',
        minorTickMark: 'none',
        numberFormat: { formatCode: format },
      },
    },
    barGrouping: 'stacked',
    overlap: 100,
    gapWidth: 60,
    anchor: { from: place(from), to: place(to) },
    series: series.map(({ name, values }, i) => ({
      name: writable(name),
      values,
      categories,
      color: TONES[i % TONES.length]!,
    })),
  };
}
