/** The scenarios of a page under the reader's changes, and the questions that it asks of them. */
import {
  CLOSURES,
  ask,
  forecast,
  hasErrors,
  missingRates,
  reportingCurrency,
  vary,
  writeDiagnostics,
  type Closure,
  type Result,
  type Scenario,
  type Table,
} from '../index.js';
import { loadPageFile, type PageFile } from './pageData.js';
import { setOf, type PageState } from './pageState.js';

/** A file as it is read under the changes. */
export interface PageForecast {
  readonly file: PageFile;
  /** The scenarios without changes, whose inputs the page offers. */
  readonly base: readonly Scenario[];
  readonly scenarios: readonly Scenario[];
}

/** Reads the files of a page, each once. A file that has been read is varied; no text is read again. */
export function forecastsOf(
  files: readonly PageFile[],
): (state: PageState) => Result<PageForecast, string> {
  const known = new Map<number, readonly Scenario[]>();
  return (state) => {
    const file = files[state.file]!;
    const base = known.get(state.file) ?? loadPageFile(file).scenarios;
    known.set(state.file, base);
    const set = setOf(state);
    if (set.length === 0) return { ok: true, value: { file, base, scenarios: base } };
    const [only] = base;
    const isSingle = base.length === 1 && only!.buyer === undefined;
    const { scenarios, diagnostics } = isSingle ? varied(only!, set) : loadPageFile(file, set);
    if (hasErrors(diagnostics)) return { ok: false, diagnostics: writeDiagnostics(diagnostics) };
    return { ok: true, value: { file, base, scenarios } };
  };
}

function varied(scenario: Scenario, set: readonly string[]) {
  const { scenario: changed, diagnostics } = vary(scenario, set);
  return { scenarios: changed ? [changed] : [], diagnostics };
}

/** The id and the title of a file: those of its portfolio, or of its scenario. */
export function titleOf({ base }: Pick<PageForecast, 'base'>): Pick<Scenario, 'id' | 'title'> {
  const [first] = base;
  return first!.buyer?.portfolio ?? first!;
}

export function isPortfolio({ base }: Pick<PageForecast, 'base'>): boolean {
  return base[0]!.buyer !== undefined;
}

/** The currency of the totals, and others whose rates the file has. */
export function currenciesOf({ base }: Pick<PageForecast, 'base'>): readonly string[] {
  const [first] = base;
  const home = reportingCurrency(first!).code;
  const rates = first!.buyer?.portfolio.rates ?? first!.fx;
  const foreign = [...new Set([...rates.base.keys(), ...rates.path.keys()])];
  const known = foreign.filter((code) =>
    base.every((scenario) => missingRates(scenario, [code]).length === 0),
  );
  return [home, ...known.filter((code) => code !== home)].slice(0, MOST_CURRENCIES);
}

const MOST_CURRENCIES = 3;

/** The closures that a page offers: a plan that follows from units keeps them, which is `volume`. */
export function closuresOf({ base }: Pick<PageForecast, 'base'>): readonly Closure[] {
  const isFree = base.some(({ envelope }) => !('quantities' in envelope));
  return isFree ? CLOSURES : ['volume'];
}

/** The dimensions of time that a page offers: fiscal years where its buyers have them in common. */
export function timesOf({ base }: Pick<PageForecast, 'base'>): readonly string[] {
  const isShared = new Set(base.map(({ window }) => window.calendar.endMonth)).size === 1;
  return [...(isShared ? FISCAL_TIMES : []), ...OTHER_TIMES];
}

const FISCAL_TIMES = ['fiscal_year', 'fiscal_half', 'fiscal_quarter'];
const OTHER_TIMES = ['calendar_year', 'calendar_half', 'calendar_quarter', 'supplier_year'];

/** The dimension of time that a page groups by: that of the reader where the page offers it, else the usual one. */
export function timeOf(one: Pick<PageForecast, 'base'>, { time }: Pick<PageState, 'time'>): string {
  if (timesOf(one).includes(time)) return time;
  return isPortfolio(one) ? 'calendar_year' : 'fiscal_year';
}

/** The unit of money of a page: the reader's choice, else one in which the largest plan is easy to read. */
export function moneyUnit(
  { base }: Pick<PageForecast, 'base'>,
  { unit, language }: Pick<PageState, 'unit' | 'language'>,
): string {
  if (unit !== '') return unit;
  const isLarge = (least: bigint) =>
    base.some(
      ({ envelope, currency: { places } }) =>
        // What follows from units costs what is known when it is computed.
        'quantities' in envelope || envelope.value.n >= least * 10n ** BigInt(places),
    );
  return USUAL_UNITS[language].find(({ least }) => isLarge(least))?.unit ?? '1';
}

/** Units of money, each with the least plan that is printed in it. */
const USUAL_UNITS = {
  en: [
    { unit: 'bn', least: 10_000_000_000n },
    { unit: 'm', least: 10_000_000n },
  ],
  zh: [
    { unit: '亿', least: 1_000_000_000n },
    { unit: '万', least: 100_000n },
  ],
} as const;

/** A row of a table by the names of its columns. */
export type PageRow = Readonly<Record<string, string>>;

export function rowsByName({ columns, rows }: Table): readonly PageRow[] {
  return Array.from(rows, (row) =>
    Object.fromEntries(columns.map(({ name }, i) => [name, row[i]!])),
  );
}

/** Options of `capex run`, as they are typed. */
export type RunOptions = Readonly<Record<string, string>>;

/** The options of the page's table of suppliers. */
export function supplierOptions(
  one: Pick<PageForecast, 'base'>,
  state: Pick<PageState, 'time' | 'closure'>,
): RunOptions {
  return {
    by: `${timeOf(one, state)},supplier`,
    currency: currenciesOf(one).join(','),
    ...(state.closure !== '' && { closure: state.closure }),
  };
}

/** What `capex run` answers with these options: a table, or why there is none. */
export function runTable(
  scenarios: readonly Scenario[],
  options: RunOptions,
): Result<Table, string> {
  const answer = ask(forecast, scenarios, options);
  if (!answer.ok) return { ok: false, diagnostics: writeDiagnostics(answer.diagnostics) };
  return { ok: true, value: answer.value.table! };
}
