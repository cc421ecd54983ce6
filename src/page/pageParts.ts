/** The parts of a page in their order, each as HTML for a forecast and what the reader has chosen. */
import { ask, evidence, writeDiagnostics, type Scenario, type Sheet } from '../index.js';
import { headlinesHtml } from './headlines.js';
import { html, type Html } from './html.js';
import {
  currenciesOf,
  rowsByName,
  runTable,
  supplierOptions,
  timeOf,
  type PageForecast,
  type PageRow,
} from './pageForecast.js';
import type { PageState } from './pageState.js';
import type { PagePhrase, SayOnPage } from './phrases.js';
import { sheetHtml } from './sheetHtml.js';
import { supplierTableHtml } from './supplierTable.js';

/** What is shown, and in which language. */
export interface PageView {
  readonly one: PageForecast;
  readonly state: PageState;
  readonly say: SayOnPage;
  /** Growth and shares that are known from before, while an input moves; the page computes new ones when it rests. */
  readonly before?: SupplierRows;
}

/** A section of the page. */
export interface PagePart {
  readonly id: string;
  readonly title: PagePhrase;
  /** Whether it follows an input while that moves; else it follows when the input rests. */
  readonly isQuick: boolean;
  readonly body: (view: PageView) => Html;
}

export const PAGE_PARTS: readonly PagePart[] = [
  { id: 'ladder', title: 'How much of this does anyone know?', isQuick: false, body: ladderHtml },
  { id: 'headlines', title: 'Headline numbers', isQuick: true, body: headlines },
  { id: 'suppliers', title: 'Suppliers', isQuick: true, body: suppliers },
  { id: 'evidence', title: 'Evidence and conflicts', isQuick: false, body: sourcesHtml },
];

function ladderHtml({ one, state }: PageView): Html {
  const options = { only: 'ladder', lang: state.language, in: state.unit, decimals: '2' };
  return sheetsHtml(ask(evidence, one.scenarios, options));
}

function sourcesHtml({ one, state }: PageView): Html {
  return sheetsHtml(
    ask(evidence, one.scenarios, { only: 'inputs,conflicts', lang: state.language }),
  );
}

/** The sheets of an answer, or why there is none. */
export function sheetsHtml(answer: ReturnType<typeof ask>): Html {
  if (!answer.ok) return problemHtml(writeDiagnostics(answer.diagnostics));
  const sheets: readonly Sheet[] = answer.value.sheets ?? [];
  // The page has a title: sheets with another one are of one of several buyers.
  const isTitled = new Set(sheets.map(({ title }) => title)).size > 1;
  return html`<div class="sheets">${sheets.map((sheet) => sheetHtml(sheet, isTitled))}</div>`;
}

export function problemHtml(text: string): Html {
  return html`<pre class="problem">${text}</pre>`;
}

function headlines({ one, state, say }: PageView): Html {
  const time = timeOf(one, state);
  const currency = currenciesOf(one).join(',');
  const table = runTable(one.scenarios, { ...printed(state), currency, by: time, with: 'yoy' });
  if (!table.ok) return problemHtml(table.diagnostics);
  const rows = rowsByName(table.value).filter(({ measure }) => measure !== 'revenue');
  return headlinesHtml(totalsOf(rows), rows, time, say);
}

/** The sums of printed numbers, which add up: tables are rounded so that they do. */
function totalsOf(rows: readonly PageRow[]): readonly PageRow[] {
  const totals = new Map<string, PageRow>();
  for (const row of rows) {
    const key = `${row['measure']!} ${row['unit']!}`;
    const known = totals.get(key);
    totals.set(key, known ? sumOfRows(known, row) : row);
  }
  return [...totals.values()];
}

function sumOfRows(a: PageRow, b: PageRow): PageRow {
  const grades = new Set([...a['grade']!.split(', '), b['grade']!]);
  return { ...a, value: sumOf(a['value']!, b['value']!), grade: [...grades].join(', ') };
}

/** The sum of two printed decimals with as many places. */
function sumOf(a: string, b: string): string {
  const places = a.split('.')[1]?.length ?? 0;
  const sum = BigInt(a.replace('.', '')) + BigInt(b.replace('.', ''));
  const digits = String(sum < 0n ? -sum : sum).padStart(places + 1, '0');
  const text =
    places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(digits.length - places)}`;
  return sum < 0n ? `-${text}` : text;
}

/** How money is printed: in the reader's unit, rounded so that tables add up. */
function printed({ unit, closure }: PageState): Readonly<Record<string, string>> {
  return { in: unit, ...(unit !== '1' && { decimals: '2' }), ...(closure !== '' && { closure }) };
}

/** The rows of the table of suppliers. */
export interface SupplierRows {
  readonly rows: readonly PageRow[];
}

/** The rows of the table of suppliers, with growth and shares. */
export function supplierRows(
  { one, state }: PageView,
  columns = 'yoy,share',
): SupplierRows | string {
  const options = { ...supplierOptions(one, state), ...printed(state) };
  const table = runTable(one.scenarios, columns === '' ? options : { ...options, with: columns });
  return table.ok ? { rows: rowsByName(table.value) } : table.diagnostics;
}

function suppliers(view: PageView): Html {
  const { one, state, say, before } = view;
  const found = supplierRows(view, before ? '' : 'yoy,share');
  if (typeof found === 'string') return problemHtml(found);
  const rows = before ? withGrowth(found.rows, before.rows) : found.rows;
  return supplierTableHtml({ one, state, rows, nameOf: nameOfSupplier(one.scenarios), say });
}

/** Rows with the growth and the shares that are known from before. */
function withGrowth(rows: readonly PageRow[], before: readonly PageRow[]): readonly PageRow[] {
  if (rows.length !== before.length) return rows;
  return rows.map((row, i) => ({ ...before[i]!, ...row }));
}

export function nameOfSupplier(scenarios: readonly Scenario[]): (key: string) => string {
  return (key) => {
    for (const { suppliers: known } of scenarios) {
      const supplier = known.get(key);
      if (supplier) return supplier.name;
    }
    return key;
  };
}
