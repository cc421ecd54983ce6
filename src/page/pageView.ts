/** What a page shows, and what its parts have in common. */
import {
  CLOSURES,
  supplierName,
  writeDiagnostics,
  type Answer,
  type Closure,
  type Result,
  type Scenario,
  type Sheet,
} from '../index.js';
import { html, type Html } from './html.js';
import {
  currenciesOf,
  moneyUnit,
  rowsByName,
  runTable,
  supplierOptions,
  timeOf,
  type PageForecast,
  type PageRow,
  type RunOptions,
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
  /** Whether charts are drawn for a phone. */
  readonly isNarrow?: boolean;
  /** What was simulated last, and of which view. */
  readonly fan?: Fan | undefined;
  /** Whether numbers open how they are computed: in a browser, while no input moves. */
  readonly isLive?: boolean;
  /** Growth and shares that are known from before, while an input moves; the page computes new ones when it rests. */
  readonly before?: KnownRows | undefined;
}

/** A simulation that is shown, and the settings that it is of. */
export interface Fan {
  readonly settings: string;
  readonly shown: Html;
}

/** The rows of the parts that follow an input while it moves, as they were when it rested. */
export interface KnownRows {
  readonly headlines: readonly PageRow[];
  readonly suppliers: readonly PageRow[];
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

/** How money is printed: in the unit of the page, rounded so that tables add up, under the reader's closure. */
export function printed(view: Pick<PageView, 'one' | 'state'>): Readonly<Record<string, string>> {
  return { ...inMoneyUnit(view), ...closureOf(view.state) };
}

/** The unit of money of the page, as options of studies. */
export function inMoneyUnit({
  one,
  state,
}: Pick<PageView, 'one' | 'state'>): Readonly<Record<string, string>> {
  const unit = moneyUnit(one, state);
  return { in: unit, ...(unit !== '1' && { decimals: '2' }) };
}

/** The closure that the reader has chosen, as an option of studies. */
export function closureOf({ closure }: PageState): { readonly closure?: Closure } {
  const found = CLOSURES.find((one) => one === closure);
  return found ? { closure: found } : {};
}

/** The rows of the headline numbers, with growth; while an input moves, growth is that from before. */
export function headlineRows({ one, state, before }: PageView): Result<readonly PageRow[], string> {
  const currency = currenciesOf(one).join(',');
  const options = { ...printed({ one, state }), currency, by: timeOf(one, state) };
  const found = rowsWith('yoy', one, options, before?.headlines);
  return found.ok
    ? { ok: true, value: found.value.filter(({ measure }) => measure !== 'revenue') }
    : found;
}

/** The rows of the table of suppliers, with growth and shares; while an input moves, these are those from before. */
export function supplierRows({ one, state, before }: PageView): Result<readonly PageRow[], string> {
  const options = { ...supplierOptions(one, state), ...printed({ one, state }) };
  return rowsWith('yoy,share', one, options, before?.suppliers);
}

function rowsWith(
  derived: string,
  one: PageForecast,
  options: RunOptions,
  before: readonly PageRow[] | undefined,
): Result<readonly PageRow[], string> {
  const table = runTable(one.scenarios, before ? options : { ...options, with: derived });
  if (!table.ok) return table;
  const rows = rowsByName(table.value);
  const isSame = before?.length === rows.length;
  return { ok: true, value: isSame ? rows.map((row, i) => ({ ...before[i]!, ...row })) : rows };
}

/** The name of a supplier by its key. */
export function nameOfSupplier({ one, state }: Pick<PageView, 'one' | 'state'>) {
  const { scenarios } = one;
  return (key: string): string => {
    const known = scenarios.find(({ suppliers }) => suppliers.has(key)) ?? scenarios[0]!;
    return supplierName(known, key, state.language);
  };
}
