/** What a page shows, and what its parts have in common. */
import {
  CLOSURES,
  writeDiagnostics,
  type Answer,
  type Closure,
  type Result,
  type Scenario,
  type Sheet,
} from '../index.js';
import { html, type Html } from './html.js';
import {
  rowsByName,
  runTable,
  supplierOptions,
  type PageForecast,
  type PageRow,
} from './pageForecast.js';
import type { PageState } from './pageState.js';
import type { SayOnPage } from './phrases.js';
import { sheetHtml } from './sheetHtml.js';

/** What is shown, and in which language. */
export interface PageView {
  readonly one: PageForecast;
  readonly state: PageState;
  readonly say: SayOnPage;
  /** The scenarios of the next file of the page; nothing if it has one file. */
  readonly next?: (() => readonly Scenario[]) | undefined;
  /** Growth and shares that are known from before, while an input moves; the page computes new ones when it rests. */
  readonly before?: SupplierRows;
}

/** The sheets of an answer, or why there is none. */
export function sheetsHtml(answer: Result<Answer>): Html {
  if (!answer.ok) return problemHtml(writeDiagnostics(answer.diagnostics));
  const sheets: readonly Sheet[] = answer.value.sheets ?? [];
  // The page has a title: sheets with another one are of one of several buyers.
  const isTitled = new Set(sheets.map(({ title }) => title)).size > 1;
  return html`<div class="sheets">${sheets.map((sheet) => sheetHtml(sheet, isTitled))}</div>`;
}

export function problemHtml(text: string): Html {
  return html`<pre class="problem">${text}</pre>`;
}

/** How money is printed: in the reader's unit, rounded so that tables add up. */
export function printed(state: PageState): Readonly<Record<string, string>> {
  return { ...unitOf(state), ...closureOf(state) };
}

/** The unit of money that the reader has chosen, as options of studies. */
export function unitOf({ unit }: PageState): Readonly<Record<string, string>> {
  return { in: unit, ...(unit !== '1' && { decimals: '2' }) };
}

/** The closure that the reader has chosen, as an option of studies. */
function closureOf({ closure }: PageState): { readonly closure?: Closure } {
  const found = CLOSURES.find((one) => one === closure);
  return found ? { closure: found } : {};
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

export function nameOfSupplier(scenarios: readonly Scenario[]): (key: string) => string {
  return (key) => {
    for (const { suppliers: known } of scenarios) {
      const supplier = known.get(key);
      if (supplier) return supplier.name;
    }
    return key;
  };
}
