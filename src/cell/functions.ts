/** Functions for a spreadsheet cell: their names, parameters and results. */
import {
  DIMENSIONS,
  MEASURES,
  amountOf,
  load,
  missingRates,
  printDecimal,
  printFraction,
  project,
  rateAt,
  readOutput,
  rollup,
  vary,
  writeDiagnostics,
  type Diagnostic,
  type Dimension,
  type Measure,
  type Projection,
  type Scenario,
} from '../index.js';
import {
  cellOf,
  failure,
  layersOf,
  success,
  textOf,
  wordOf,
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
  readonly run: (scenario: Scenario, words: readonly string[]) => CellOutcome<CellResult>;
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
    run: (scenario, [place = '', code = '']) => {
      const unit = isMoney ? `.${code || scenario.currency.code}` : '';
      return outputOf(scenario, `${place}:${measure}${unit}`);
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
        `Dimensions to keep, such as fiscal_year,component: ${DIMENSIONS.join(', ')}`,
        true,
      ),
      word('measure', `Measures, such as demand,units: ${MEASURES.join(', ')}`, true),
      CURRENCY,
      OVERRIDES,
    ],
    isTable: true,
    run: tableOf,
  },
];

/** One number of a forecast; a currency without a rate is an error. */
function outputOf(scenario: Scenario, text: string): CellOutcome<CellResult> {
  const read = readOutput(text, scenario);
  if (!read.ok) return failure(read.diagnostics.message);
  const output = read.value;
  const projection = projectIn(scenario, output.measure === 'units' ? undefined : output.unit);
  if (!projection.ok) return projection;
  const { count, unit } = amountOf(projection.value, output);
  return success(cellOf(printDecimal(count, unit.places)));
}

function projectIn(scenario: Scenario, code = scenario.currency.code): CellOutcome<Projection> {
  const missing = missingRates(scenario, [code]);
  return missing.length > 0
    ? failure(messageOf(missing))
    : success(project(scenario, { currencies: [code] }));
}

function rateIn(
  scenario: Scenario,
  [code = '', period = '']: readonly string[],
): CellOutcome<CellResult> {
  const { periods } = scenario.window;
  const at = period === '' ? 0 : periods.findIndex(({ label }) => label === period);
  if (at < 0) {
    return failure(
      `\`${period}\` is not a period of the window ${periods[0]!.label} to ${periods.at(-1)!.label}`,
    );
  }
  const rate = rateAt(scenario, code, at);
  return rate
    ? success(cellOf(printFraction(rate.value)))
    : failure(messageOf(missingRates(scenario, [code])));
}

const DEFAULT_DIMENSIONS = 'fiscal_year,component';

function tableOf(
  scenario: Scenario,
  [by = '', measure = '', code = '']: readonly string[],
): CellOutcome<CellResult> {
  const dimensions = listed(by || DEFAULT_DIMENSIONS, DIMENSIONS, 'dimension');
  if (!dimensions.ok) return dimensions;
  const measures = listed(measure || 'demand', MEASURES, 'measure');
  if (!measures.ok) return measures;
  const projection = projectIn(scenario, code || undefined);
  if (!projection.ok) return projection;
  const cells = projection.value.cells.filter((cell) => measures.value.includes(cell.measure));
  const ordered = DIMENSIONS.filter((one) => dimensions.value.includes(one));
  return success([
    [...ordered, 'measure', 'unit', 'value'],
    ...rollup({ scenario, cells }, ordered).map(({ labels, measure: what, unit, count }) => [
      ...labels,
      what,
      unit.label,
      cellOf(printDecimal(count, unit.places)),
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

function messageOf(diagnostics: readonly Diagnostic[]): string {
  return writeDiagnostics(diagnostics).trimEnd();
}

/** Calls functions by name. */
export type Call = (name: string, args: readonly Argument[]) => CellOutcome<CellResult>;

/** Creates a caller with a cache of its own, so that a thousand cells read their scenario once. */
export function caller(): Call {
  const loadOnce = cached((text) => load(text, { name: 'scenario' }));
  return (name, args) => {
    const { parameters, run } = FUNCTIONS.find((one) => one.name === name)!;
    const text = textOf(args[0]);
    if (!text.ok) return text;
    const layers = layersOf(args[parameters.length - 1]);
    if (!layers.ok) return layers;
    const { scenario: base, diagnostics } = loadOnce(text.value);
    if (!base) return failure(messageOf(diagnostics));
    const varied =
      layers.value.length > 0 ? vary(base, layers.value) : { scenario: base, diagnostics };
    if (!varied.scenario) return failure(messageOf(varied.diagnostics));
    return run(varied.scenario, args.slice(1, parameters.length - 1).map(wordOf));
  };
}

/** A function of a text that keeps its last results. */
function cached<T>(compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const result = known.get(text) ?? compute(text);
    if (known.size >= MOST_KEPT) known.clear();
    known.set(text, result);
    return result;
  };
}

const MOST_KEPT = 16;
