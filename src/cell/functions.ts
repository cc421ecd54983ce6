/** Functions for a spreadsheet cell: what each is called with, and what it gives. */
import {
  amountOf,
  DIMENSIONS,
  load,
  MEASURES,
  missingRates,
  printDecimal,
  printFraction,
  project,
  rateAt,
  readOutput,
  rollup,
  vary,
  writeDiagnostics,
  type Dimension,
  type Diagnostic,
  type Measure,
  type Projection,
  type Scenario,
} from '../index.js';
import {
  cellOf,
  isCellError,
  layersOf,
  textOf,
  wordOf,
  type CellRange,
  type Value,
  type CellError,
} from './cellValues.js';

export interface FunctionParameter {
  readonly name: string;
  readonly description: string;
  /** Whether it takes a range; else one cell. */
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
  /** Whether it gives a whole table, which spills. */
  readonly isTable?: true;
  readonly run: (scenario: Scenario, words: readonly string[]) => CellResult | CellError;
}

const SCENARIO: FunctionParameter = {
  name: 'scenario',
  description: 'The scenario file: a line of it in every cell of one column',
  isRange: true,
};
const OVERRIDES: FunctionParameter = {
  name: 'overrides',
  description: 'Pairs: the path of an input, and the value that it takes instead',
  isRange: true,
  isOptional: true,
};

function word(name: string, description: string, isOptional?: true): FunctionParameter {
  return { name, description, isRange: false, ...(isOptional && { isOptional }) };
}

const PLACE = word('cell', 'COMPONENT/SUPPLIER@PERIOD; what is left out is summed over', true);
const CURRENCY = word('currency', 'An ISO 4217 code; that of the envelope unless given', true);

/** A function of one measure: an output of the forecast as one number. */
function measured(measure: Measure, description: string): CellFunction {
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
  measured('demand', 'What is spent on a component, or with a supplier'),
  measured('revenue', 'What suppliers recognise as revenue, after their lags'),
  measured('units', 'How many units the money buys'),
  {
    name: 'FX',
    description:
      'The exchange rate of a period: units of the envelope’s currency for one of another',
    parameters: [
      SCENARIO,
      word('currency', 'An ISO 4217 code'),
      word('period', 'A period of the window, such as FY2026Q3; its first unless given', true),
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

/** One number of a forecast; a currency that has no rate is an error. */
function outputOf(scenario: Scenario, text: string): CellResult | CellError {
  const read = readOutput(text, scenario);
  if (!read.ok) return { wrong: read.diagnostics.message };
  const output = read.value;
  const projection = projectIn(scenario, output.measure === 'units' ? undefined : output.unit);
  if ('wrong' in projection) return projection;
  const { count, unit } = amountOf(projection, output);
  return cellOf(printDecimal(count, unit.places));
}

function projectIn(scenario: Scenario, code = scenario.currency.code): Projection | CellError {
  const missing = missingRates(scenario, [code]);
  return missing.length > 0 ? { wrong: told(missing) } : project(scenario, { currencies: [code] });
}

function rateIn(
  scenario: Scenario,
  [code = '', period = '']: readonly string[],
): CellResult | CellError {
  const { periods } = scenario.window;
  const at = period === '' ? 0 : periods.findIndex(({ label }) => label === period);
  if (at < 0) {
    return {
      wrong: `\`${period}\` is no period of the window ${periods[0]!.label} to ${periods.at(-1)!.label}`,
    };
  }
  const rate = rateAt(scenario, code, at);
  return rate ? cellOf(printFraction(rate.value)) : { wrong: told(missingRates(scenario, [code])) };
}

const DEFAULT_DIMENSIONS = 'fiscal_year,component';

function tableOf(
  scenario: Scenario,
  [by = '', measure = '', code = '']: readonly string[],
): CellResult | CellError {
  const dimensions = listed(by || DEFAULT_DIMENSIONS, DIMENSIONS, 'dimension');
  if (isCellError(dimensions)) return dimensions;
  const measures = listed(measure || 'demand', MEASURES, 'measure');
  if (isCellError(measures)) return measures;
  const projection = projectIn(scenario, code || undefined);
  if ('wrong' in projection) return projection;
  const cells = projection.cells.filter((cell) => measures.includes(cell.measure));
  const ordered = DIMENSIONS.filter((one) => dimensions.includes(one));
  return [
    [...ordered, 'measure', 'unit', 'value'],
    ...rollup({ scenario, cells }, ordered).map(({ labels, measure: what, unit, count }) => [
      ...labels,
      what,
      unit.label,
      cellOf(printDecimal(count, unit.places)),
    ]),
  ];
}

function listed<W extends Dimension | Measure>(
  text: string,
  known: readonly W[],
  noun: string,
): readonly W[] | CellError {
  const words = text.split(',').map((one) => one.trim());
  const unknown = words.find((one) => !known.includes(one as W));
  if (unknown === undefined) return words as W[];
  return { wrong: `\`${unknown}\` is no ${noun}; write one of ${known.join(', ')}` };
}

function told(diagnostics: readonly Diagnostic[]): string {
  return writeDiagnostics(diagnostics).trimEnd();
}

/** Calls functions by name. */
export type Call = (name: string, given: readonly Argument[]) => CellResult | CellError;

/** A caller with a memory of its own: a table of a thousand calls reads its scenario once. */
export function caller(): Call {
  const whole = remembered((text) => load(text, { name: 'scenario' }));
  return (name, given) => {
    const { parameters, run } = FUNCTIONS.find((one) => one.name === name)!;
    const text = textOf(given[0]);
    if (isCellError(text)) return text;
    const layers = layersOf(given[parameters.length - 1]);
    if ('wrong' in layers) return layers;
    const { scenario: base, diagnostics } = whole(text);
    if (!base) return { wrong: told(diagnostics) };
    const varied = layers.length > 0 ? vary(base, layers) : { scenario: base, diagnostics };
    if (!varied.scenario) return { wrong: told(varied.diagnostics) };
    return run(varied.scenario, given.slice(1, parameters.length - 1).map(wordOf));
  };
}

/** A function of a text that keeps its last results. */
function remembered<T>(compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const result = known.get(text) ?? compute(text);
    if (known.size >= MOST_KEPT) known.clear();
    known.set(text, result);
    return result;
  };
}

const MOST_KEPT = 16;
