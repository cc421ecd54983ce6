/** The way back from a CSV of the sheet of inputs, as spreadsheets in several countries save it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { grouped } from '../../../src/core/number/decimal.js';
import { writeDiagnostics } from '../../../src/formats/diagnosticText.js';
import { workbook } from '../../../src/workbook/book.js';
import { readEditedCsv } from '../../../src/workbook/import/editedCsv.js';
import type { Workbook, WorkbookCell } from '../../../src/workbook/workbook.js';
import { CHINESE_CSV, OFFICE, saved } from '../../support/office.js';
import { NINE_TENTHS, diffOf, importedOnto, withNumbers } from '../../support/workbookEdits.js';
import { SHIPPED, planOf } from '../../support/workbooks.js';

/** How a spreadsheet of some country writes CSV. */
interface Country {
  readonly separator: string;
  readonly lineEnd: string;
  /** Digits without separators, with a point, as the country writes them. */
  readonly number?: (digits: string) => string;
  readonly percent?: (number: string) => string;
  /** A line above the first one. */
  readonly above?: string;
}

const grouping = (sign: string, decimal: string) => (digits: string) =>
  grouped(digits).replace(/[.,]/g, (one) => (one === ',' ? sign : decimal));

/** The last three digits, then groups of two. */
const indian = (digits: string) => {
  const [whole, decimals] = digits.split('.');
  const last = whole!.slice(-3);
  const lakhs = whole!.slice(0, -3).replace(/\B(?=(\d{2})+$)/g, ',');
  return [lakhs === '' ? last : `${lakhs},${last}`, decimals].filter(Boolean).join('.');
};

const COUNTRIES = {
  'commas, as in China': { separator: ',', lineEnd: '\r\n' },
  'tabs, as Unicode text': { separator: '\t', lineEnd: '\r\n' },
  'semicolons, as in Germany': { separator: ';', number: grouping('.', ','), lineEnd: '\r\n' },
  'semicolons and points': { separator: ';', lineEnd: '\n' },
  'apostrophes, as in Switzerland': {
    ...{ separator: ';', number: grouping('\u2019', '.'), lineEnd: '\r\n' },
  },
  'straight apostrophes': { separator: ';', number: grouping("'", '.'), lineEnd: '\r\n' },
  'lakhs and crores, as in India': { separator: ',', number: indian, lineEnd: '\r\n' },
  'percent signs in front, as in Turkey': {
    ...{ separator: ';', number: grouping('.', ','), lineEnd: '\r\n' },
    percent: (number) => `%${number}`,
  },
  'narrow blanks, as in France': {
    ...{ separator: ';', number: grouping('\u202f', ','), lineEnd: '\r\n' },
    percent: (number) => `${number}\u00a0%`,
  },
  'no separators between thousands': { separator: ';', number: (digits) => digits, lineEnd: '\n' },
  'a line that names the separator': { separator: ';', lineEnd: '\r\n', above: 'sep=;' },
  bars: { separator: '|', lineEnd: '\n' },
} satisfies Readonly<Record<string, Country>>;

const CHINA = COUNTRIES['commas, as in China'];
/** One with thirds. */
const THIRDS = 'alibaba-low';

/** A cell as its format shows it. */
function shown({ content, format = '' }: WorkbookCell, { number, percent }: Country): string {
  const value = typeof content === 'object' ? content.value : content;
  if (typeof value === 'string') return value;
  const [, always, perhaps] = /\.(0+)(#*)/.exec(format) ?? ['', '', ''];
  const isPercent = format.includes('%');
  const digits = (value * (isPercent ? 100 : 1)).toFixed(always.length + perhaps.length);
  const short = perhaps === '' ? digits : digits.replace(new RegExp(`0{1,${perhaps.length}}$`), '');
  const text = (number ?? (format.includes(',') ? grouped : String))(short);
  return isPercent ? (percent ?? ((one) => `${one}%`))(text) : text;
}

function csvOf({ sheets }: Workbook, country: Country): string {
  const { separator, lineEnd, above } = country;
  const { rows, widths } = sheets.find(({ name }) => name === 'Inputs')!;
  const quoted = (text: string) =>
    text.includes(separator) || text.includes('"') ? `"${text.replaceAll('"', '""')}"` : text;
  const lines = rows.map((row) =>
    widths.map((_, i) => (row[i] ? quoted(shown(row[i], country)) : '')).join(separator),
  );
  return [above, ...lines].flatMap((line) => (line === undefined ? [] : [line + lineEnd])).join('');
}

function importedText(text: string, id: string) {
  const book = readEditedCsv({ name: 'inputs.csv', text });
  if (book.ok) return importedOnto(book.value, id);
  return { diagnostics: book.diagnostics, files: [], changes: 0, notes: [] };
}

describe.skipIf(!OFFICE)(
  'GB18030, as LibreOffice saves it, which is not installed here unless this runs',
  () => {
    const books = SHIPPED.map((id) => [id, withNumbers(planOf(id), NINE_TENTHS)] as const);
    const files = OFFICE ? saved(Object.fromEntries(books), CHINESE_CSV) : undefined;

    it.each(SHIPPED)('%s changes as its workbook does', async (id) => {
      const text = new TextDecoder('gb18030', { fatal: true }).decode((await files)!.get(id));
      const result = importedText(text, id);
      expect(diffOf(result)).toBe(readFileSync(`test/golden/import/${id}.diff`, 'utf8'));
    });
  },
);

describe.each(Object.entries<Country>(COUNTRIES))('%s', (_, country) => {
  it.each(country === CHINA ? SHIPPED : [THIRDS])('%s changes as its workbook does', (id) => {
    const book = withNumbers(planOf(id), NINE_TENTHS);
    const result = importedText(csvOf(book, country), id);
    expect(result.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const diff = readFileSync(`test/golden/import/${id}.diff`, 'utf8');
    expect(diffOf(result)).toBe(diff);
  });

  it('is unchanged if no cell was changed', () => {
    const result = importedText(csvOf(workbook([planOf(THIRDS)]), country), THIRDS);
    expect({ ...result, diagnostics: result.diagnostics.length }).toEqual({
      ...{ files: [], changes: 0, notes: [], diagnostics: 0 },
    });
  });
});

const plan = planOf('alibaba-380bn');
const text = csvOf(workbook([plan]), CHINA);

it('accepts a row without separators at its end, as Excel writes it', () => {
  const short = text.replace(/,+(?=\r\n)/g, '');
  expect(short).not.toBe(text);
  expect(importedText(short, 'alibaba-380bn')).toMatchObject({ changes: 0, diagnostics: [] });
});

it('passes over a remark beside the table, and names its place', () => {
  const other = text.replace(',details', ',details,ask Li');
  const { changes, diagnostics, notes } = importedText(other, 'alibaba-380bn');
  expect({ changes, diagnostics }).toEqual({ changes: 0, diagnostics: [] });
  expect(notes).toEqual(['cells of your own are not compared: inputs.csv:3:119']);
});

it('accepts question marks for characters that a code page lacks', () => {
  const poor = text.replace(/\p{Script=Han}|[’“”–]/gu, '?');
  expect(importedText(poor, 'alibaba-380bn')).toMatchObject({ changes: 0, diagnostics: [] });
});

it.each([
  ['35.00%', '40%', '40%'],
  ['35.00%', '0.4', '40%'],
  ['35.00%', '35.4%', '35.4%'],
])('%s typed over as %s is %s', (was, typed, said) => {
  const row = /^components\.servers\.suppliers\.inspur\.share,.*$/m.exec(text)![0];
  const other = text.replace(row, row.replace(was, typed));
  expect(diffOf(importedText(other, 'alibaba-380bn'))).toContain(`inspur: { share: ${said}, `);
});

it.each([
  ['a text', '35.00%', 'a third', 'input-cell'],
  ['digits that an exponent hides', '35.00%', '3.5E-01', 'input-cell'],
  ['a path', 'inspur.share', 'inspur.part', 'workbook-cell'],
  ['a number of the file', ',7.1717,7.1717,', ',7.1717,7.2000,', 'workbook-cell'],
  ['a range where the input has none', ',CNY,,,', ',CNY,1,,', 'workbook-cell'],
  ['another version', /[0-9a-f]{16}/, '0123456789abcdef', 'workbook-version'],
  ['no heads', 'input,value', 'in,out', 'csv-syntax'],
])('rejects %s at its place', (_, was, other, code) => {
  const at = text.search(was);
  const changed = text.slice(0, at) + text.slice(at).replace(was, other);
  const { diagnostics, files } = importedText(changed, 'alibaba-380bn');
  expect({ codes: [...new Set(diagnostics.map((one) => one.code))], files }).toEqual({
    ...{ codes: [code], files: [] },
  });
  expect(writeDiagnostics(diagnostics)).toMatch(/^ {2}inputs\.csv:\d+:\d+$/m);
});
