/** Functions for a spreadsheet cell: their names, parameters and results. */
import {
  SCENARIO_DIMENSIONS,
  MEASURES,
  fraction,
  missingRates,
  rateAt,
  readOutput,
  rollup,
  writeDiagnostics,
  type CachedForecast,
  type Diagnostic,
  type Dimension,
  type Measure,
  type Unit,
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

/** A function for a cell; in a spreadsheet its name begins with `CAPEX.` or `CAPEX_`. */
export interface CellFunction {
  readonly name: string;
  readonly description: string;
  readonly parameters: readonly FunctionParameter[];
  /** Whether it returns a table, which spills over the cells below and beside. */
  readonly isTable?: true;
  /** Position of the reporting currency among the words; that of the envelope where absent. */
  readonly currencyAt?: number;
  readonly run: (forecast: CachedForecast, words: readonly string[]) => CellOutcome<CellResult>;
}

const SCENARIO: FunctionParameter = {
  name: 'scenario',
  description: 'The scenario file: a line of it in every cell of one column',
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
    run: (forecast, [place = '', code = '']) => {
      const unit = isMoney ? `.${code || forecast.scenario.currency.code}` : '';
      return outputOf(forecast, `${place}:${measure}${unit}`);
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

/** One number of a forecast. */
function outputOf(forecast: CachedForecast, text: string): CellOutcome<CellResult> {
  const read = readOutput(text, forecast.scenario);
  if (!read.ok) return failure(read.diagnostics.message);
  const amount = forecast.amountOf(read.value);
  return amount.ok ? success(numberOf(amount.value)) : failure(amount.diagnostics.message);
}

function numberOf({ count, unit }: { readonly count: bigint; readonly unit: Unit }): number {
  return cellNumber(fraction(count, 10n ** BigInt(unit.places)));
}

function rateIn(
  { scenario, numberOf: numberOfInput }: CachedForecast,
  [code = '', period = '']: readonly string[],
): CellOutcome<CellResult> {
  if (code === scenario.currency.code) return success(1);
  const { periods } = scenario.window;
  const at = period === '' ? 0 : periods.findIndex(({ label }) => label === period);
  if (at < 0) {
    return failure(
      `\`${period}\` is not a period of the window ${periods[0]!.label} to ${periods.at(-1)!.label}`,
    );
  }
  const rate = rateAt(scenario, code, at);
  return rate
    ? success(cellNumber(numberOfInput(rate)))
    : failure(messageOf(missingRates(scenario, [code])));
}

const DEFAULT_DIMENSIONS = 'fiscal_year,component';

function tableOf(
  { scenario, cells }: CachedForecast,
  [by = '', measure = '']: readonly string[],
): CellOutcome<CellResult> {
  const dimensions = listed(by || DEFAULT_DIMENSIONS, SCENARIO_DIMENSIONS, 'dimension');
  if (!dimensions.ok) return dimensions;
  const measures = listed(measure || 'demand', MEASURES, 'measure');
  if (!measures.ok) return measures;
  const all = cells();
  const known = MEASURES.filter((one) => all.some((cell) => cell.measure === one));
  const missing = measures.value.find((one) => !known.includes(one));
  if (missing) return failure(`the forecast has no ${missing}; write one of ${known.join(', ')}`);
  const measured = all.filter((cell) => measures.value.includes(cell.measure));
  const ordered = SCENARIO_DIMENSIONS.filter((one) => dimensions.value.includes(one));
  return success([
    [...ordered, 'measure', 'unit', 'value'],
    ...rollup({ scenario, cells: measured }, ordered).map((row) => [
      ...row.labels,
      row.measure,
      row.unit.label,
      numberOf(row),
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
