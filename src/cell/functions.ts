/** Functions for a spreadsheet cell: their names, parameters and results. */
import {
  DIMENSIONS,
  MEASURES,
  SCENARIO_DIMENSIONS,
  add,
  fraction,
  missingRates,
  rateAt,
  readOutputs,
  reportingCurrency,
  rollupAll,
  unlikeCalendars,
  writeDiagnostics,
  type CachedForecast,
  type Diagnostic,
  type Dimension,
  type Fraction,
  type Measure,
  type OutputAmount,
  type Scenario,
} from '../index.js';
import {
  cellNumber,
  failure,
  success,
  type CellOutcome,
  type CellRange,
  type Value,
} from './cellValues.js';

export interface FunctionParameter {
  readonly name: string;
  readonly description: string;
  /** Whether it takes a range; without it, one cell. */
  readonly isRange: boolean;
  readonly isOptional?: true;
}

export type Argument = CellRange | Value;
export type CellResult = number | string | readonly (readonly (number | string)[])[];

/** One; of a portfolio that of every buyer. */
type Forecasts = readonly CachedForecast[];

/** A function for a cell; in a spreadsheet its name begins with `CAPEX.` or `CAPEX_`. */
export interface CellFunction {
  readonly name: string;
  readonly description: string;
  readonly parameters: readonly FunctionParameter[];
  /** Whether it returns a table, which spills over the cells below and beside. */
  readonly isTable?: true;
  /** Position of the reporting currency among the words; that of the envelope where absent. */
  readonly currencyAt?: number;
  readonly run: (forecasts: Forecasts, words: readonly string[]) => CellOutcome<CellResult>;
}

const SCENARIO: FunctionParameter = {
  name: 'scenario',
  description: 'The scenario or portfolio file: a line of it in every cell of one column',
  isRange: true,
};
const OVERRIDES: FunctionParameter = {
  name: 'overrides',
  description: 'Two columns: the path of an input, and its new value',
  isRange: true,
  isOptional: true,
};

function word(name: string, description: string, isOptional?: true): FunctionParameter {
  return { name, description, isRange: false, ...(isOptional && { isOptional }) };
}

const PLACE = word(
  'cell',
  'COMPONENT/SUPPLIER@PERIOD; a missing part means the sum over all',
  true,
);
const CURRENCY = word(
  'currency',
  'An ISO 4217 code; by default the currency of the envelope',
  true,
);

/** A function that returns one number of the forecast. */
function functionOf(measure: Measure, description: string): CellFunction {
  const isMoney = measure !== 'units';
  return {
    name: measure.toUpperCase(),
    description,
    parameters: [SCENARIO, PLACE, ...(isMoney ? [CURRENCY] : []), OVERRIDES],
    ...(isMoney && { currencyAt: 1 }),
    run: (forecasts, [place = '', code = '']) => {
      const unit = isMoney ? `.${code || homeOf(forecasts)}` : '';
      return outputOf(forecasts, place, `:${measure}${unit}`);
    },
  };
}

export const FUNCTIONS: readonly CellFunction[] = [
  functionOf('demand', 'Spending on a component, or with a supplier'),
  functionOf('revenue', 'Revenue that suppliers recognise, after their lags'),
  functionOf('units', 'The number of units that the money buys'),
  {
    name: 'FX',
    description:
      'The exchange rate of a period: units of the envelope currency for one unit of another',
    parameters: [
      SCENARIO,
      word('currency', 'An ISO 4217 code'),
      word('period', 'A period of the window, such as FY2026Q3; by default the first', true),
      OVERRIDES,
    ],
    run: rateIn,
  },
  {
    name: 'TABLE',
    description: 'A whole forecast as a table that spills',
    parameters: [
      SCENARIO,
      word(
        'by',
        `Dimensions to keep, such as fiscal_year,component: ${SCENARIO_DIMENSIONS.join(', ')}`,
        true,
      ),
      word('measure', `Measures, such as demand,units: ${MEASURES.join(', ')}`, true),
      CURRENCY,
      OVERRIDES,
    ],
    isTable: true,
    currencyAt: 2,
    run: tableOf,
  },
];

/** The currency of the envelope, or of the portfolio. */
function homeOf(forecasts: Forecasts): string {
  return reportingCurrency(forecasts[0]!.scenario).code;
}

function scenariosOf(forecasts: Forecasts): readonly Scenario[] {
  return forecasts.map(({ scenario }) => scenario);
}

/**
 * One number of a forecast; of a portfolio the sum of those of its buyers.
 *
 * @param measure what the name of the function says, and no cell: `:demand.CNY`
 */
function outputOf(forecasts: Forecasts, place: string, measure: string): CellOutcome<CellResult> {
  const fail = ({ message, hint }: Pick<Diagnostic, 'message' | 'hint'>) => {
    return failure([message, ...(hint ? [hint.split(measure).join('')] : [])].join(': '));
  };
  const read = readOutputs(`${place}${measure}`, scenariosOf(forecasts));
  if (!read.ok) return fail(read.diagnostics);
  let sum = fraction(0n);
  for (const [i, output] of read.value.entries()) {
    const amount = output && forecasts[i]!.amountOf(output);
    if (amount?.ok === false) return fail(amount.diagnostics);
    if (amount) sum = add(sum, exactly(amount.value));
  }
  return success(cellNumber(sum));
}

function exactly({ count, unit }: OutputAmount): Fraction {
  return fraction(count, 10n ** BigInt(unit.places));
}

/** The rate that all forecasts have which are in the currency of the portfolio, and have the period. */
function rateIn(
  forecasts: Forecasts,
  [code = '', period = '']: readonly string[],
): CellOutcome<CellResult> {
  const home = homeOf(forecasts);
  if (code === home) return success(1);
  const own = forecasts.filter(({ scenario }) => scenario.currency.code === home);
  const rates = (own.length > 0 ? own : forecasts).map((one) => rateOf(one, code, period));
  const found = rates.flatMap((rate) => (rate.ok ? [rate.value] : []));
  const [first] = found;
  if (first === undefined) return rates[0]!;
  if (found.every((rate) => rate === first)) return success(first);
  return failure(`the buyers have several rates of ${code} for \`${period}\`: name one scenario`);
}

function rateOf(
  { scenario, numberOf }: CachedForecast,
  code: string,
  period: string,
): CellOutcome<number> {
  const { periods } = scenario.window;
  const at = period === '' ? 0 : periods.findIndex(({ label }) => label === period);
  if (at < 0) {
    return failure(
      `\`${period}\` is not a period of the window ${periods[0]!.label} to ${periods.at(-1)!.label}`,
    );
  }
  const rate = rateAt(scenario, code, at);
  return rate
    ? success(cellNumber(numberOf(rate)))
    : failure(messageOf(missingRates(scenario, [code])));
}

function tableOf(
  forecasts: Forecasts,
  [by = '', measure = '']: readonly string[],
): CellOutcome<CellResult> {
  const isPortfolio = forecasts[0]!.scenario.buyer !== undefined;
  const known = isPortfolio ? DIMENSIONS : SCENARIO_DIMENSIONS;
  const usual = isPortfolio ? 'calendar_year,component' : 'fiscal_year,component';
  const dimensions = listed<Dimension>(by || usual, known, 'dimension');
  if (!dimensions.ok) return dimensions;
  const measures = listed(measure || 'demand', MEASURES, 'measure');
  if (!measures.ok) return measures;
  const ordered = known.filter((one) => dimensions.value.includes(one));
  const [unlike] = ordered.includes('buyer')
    ? []
    : unlikeCalendars(scenariosOf(forecasts), ordered);
  if (unlike) return failure(`${unlike.message}: write ${unlike.remedy}, or add buyer`);
  const all = forecasts.map((one) => ({ scenario: one.scenario, cells: one.cells() }));
  const has = (wanted: Measure) =>
    all.some(({ cells }) => cells.some((cell) => cell.measure === wanted));
  const missing = measures.value.find((one) => !has(one));
  if (missing) {
    const others = MEASURES.filter(has).join(', ');
    return failure(`the forecast has no ${missing}; write one of ${others}`);
  }
  const measured = all.map(({ scenario, cells }) => {
    return { scenario, cells: cells.filter((cell) => measures.value.includes(cell.measure)) };
  });
  return success([
    [...ordered, 'measure', 'unit', 'value'],
    ...rollupAll(measured, ordered).map((row) => [
      ...row.labels,
      row.measure,
      row.unit.label,
      cellNumber(exactly(row)),
    ]),
  ]);
}

function listed<W extends Dimension | Measure>(
  text: string,
  known: readonly W[],
  noun: string,
): CellOutcome<readonly W[]> {
  const words = text.split(',').map((one) => one.trim());
  const unknown = words.find((one) => !known.includes(one as W));
  if (unknown === undefined) return success(words as W[]);
  return failure(`\`${unknown}\` is no ${noun}; write one of ${known.join(', ')}`);
}

/** The errors: a cell shows the beginning of a message, and a warning is none. */
export function messageOf(diagnostics: readonly Diagnostic[]): string {
  return writeDiagnostics(diagnostics.filter(({ severity }) => severity === 'error')).trimEnd();
}
