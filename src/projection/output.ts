/** An output: one number of a forecast, named by component, supplier, period, measure and unit. */
import type { Months } from '../core/period.js';
import { failure, success, type Result } from '../core/result.js';
import { nearestKey, type Diagnostic, type Problem } from '../core/text/diagnostic.js';
import { firstOf } from '../core/text/prose.js';
import { isBranch, leavesOf, type Component } from '../model/component.js';
import { rateAt } from '../model/fx.js';
import type { Leaf } from '../model/leaf.js';
import type { Scenario } from '../scenario/scenario.js';
import { locate } from '../scenario/tree.js';
import { DERIVED_NAMES, type DerivedName } from './derivedNumbers.js';
import { missingMeasure, treeOf } from './measureTree.js';
import { MEASURES, type Cell, type Measure } from './plan.js';
import type { Dimension } from './rollup.js';
import { namedTimes, type CellTest, type TimeGroup } from './timeGroups.js';

/** One error for each reporting currency that lacks a rate in some period; it names the first one. */
export function missingRates(scenario: Scenario, codes: readonly string[]): readonly Diagnostic[] {
  const { fx, window, currency, tree } = scenario;
  return codes.flatMap((code): Diagnostic[] => {
    if (code === currency.code) return [];
    const gap = window.periods.find((_, t) => !rateAt(scenario, code, t));
    if (!gap) return [];
    return [
      {
        code: 'rate-missing',
        severity: 'error',
        span: locate(tree, fx.path.has(code) ? `fx.path.${code}` : 'fx'),
        message: `no rate of ${currency.code} per ${code} for ${gap.label}`,
        expected: `\`fx.base.${code}\`, or \`fx.path.${code}\` from ${window.periods[0]!.label} on`,
        hint: `add fx: { base: { ${code}: … } }, or --set fx.base.${code}=…`,
      },
    ];
  });
}

/**
 * A sum of cells, written `COMPONENT[/SUPPLIER][@PERIOD][:MEASURE[.UNIT]]`, such as
 * `servers/inspur@FY2026Q3:revenue.USD`. What is left out is summed over: no component or `*` means
 * all of them, no period the whole window (and the tail, for revenue). A period is also a year, half or
 * quarter of the buyer (`FY2026H1`) or of the calendar (`2026`, `2026Q1`). The measure is demand and the
 * currency that of the envelope unless given. Content has the paths of the parts in bills:
 * `servers/accelerators/maker:content`.
 */
export interface Output {
  readonly text: string;
  readonly measure: Measure;
  /** A currency code, or the name of the units of count; units of any name where absent. */
  readonly unit: string | undefined;
  /** The paths of the leaves whose cells it may hold, in their order. */
  readonly paths: ReadonlySet<string>;
  /** Whether it includes a cell, or some of the months of its period. */
  readonly holds: CellTest;
  /** The group of time that it is of, if it is of one. */
  readonly group: TimeGroup | undefined;
  /** Those of a table that has it as a row: one of time first, if it names one. */
  readonly dimensions: readonly Dimension[];
  /** Periods, by their index, of which it includes some months only. */
  readonly splitPeriods: readonly number[];
}

const GRAMMAR = /^([^@:]*)(?:@([^@:]+))?(?::([a-z]+)(?:\.(.+))?)?$/u;

/** Reads an output in the names and periods of a scenario; names are compared in NFC. */
export function readOutput(typed: string, scenario: Scenario): Result<Output, Problem> {
  const text = typed.normalize('NFC');
  const late = latePeriod(text, [scenario]);
  if (late) return failure(late);
  const derived = splitColumn(text, [scenario]);
  if (derived) return derivedProblem(derived);
  const [, place = '', period, measureText = 'demand', unitText] = GRAMMAR.exec(text) ?? [];
  if (!GRAMMAR.test(text))
    return noOutput(`\`${text}\` is not an output: write servers/inspur@FY2026:revenue.CNY`);
  const measure = MEASURES.find((one) => one === measureText);
  if (!measure) {
    return unknown(measureText, 'measure', new Map(MEASURES.map((one) => [one, one])));
  }
  const missing = missingMeasure(measure, [scenario]);
  if (missing) return failure(missing);
  const inPlace = readPlace(place, treeOf(measure, scenario.components), scenario.suppliers);
  if (!inPlace.ok) return inPlace;
  const inTime = period === undefined ? success(ANY_TIME) : readTime(period, scenario);
  if (!inTime.ok) return inTime;
  const unit = unitText ?? (measure === 'units' ? undefined : scenario.currency.code);
  const holds = (cell: Cell) =>
    cell.measure === measure &&
    (unit === undefined || cell.unit.label === unit) &&
    inPlace.value.holds(cell) &&
    inTime.value.holds(cell);
  const dimensions = [...inTime.value.dimensions, ...inPlace.value.dimensions];
  return success({
    ...inTime.value,
    ...{ text, measure, unit, paths: inPlace.value.paths, holds, dimensions },
  });
}

const PERIOD_LAST = new RegExp(`^([^@:]*)(:(?:${MEASURES.join('|')})(?:\\.[^:]+)?)(@[^@:]+)$`, 'u');

/** Why a text is no output whose period stands after its measure: `servers:demand.USD@2026`. */
export function latePeriod(text: string, scenarios: readonly Scenario[]): Problem | undefined {
  const [, place = '', measure, period] = PERIOD_LAST.exec(text) ?? [];
  if (measure === undefined || endsInUnit(text, scenarios)) return undefined;
  const message = `the period of \`${text}\` stands after the measure`;
  return { code: 'output-unknown', message, hint: `write \`${place}${period!}${measure}\`` };
}

/** A number derived from outputs: `servers@2026:demand.CNY.yoy`. */
interface ColumnOfOutput {
  readonly output: string;
  readonly column: DerivedName;
}

const COLUMN = new RegExp(`^(.*[@:][^@:]+)\\.(${DERIVED_NAMES.join('|')})$`, 'u');

/** Splits the derived column from an output; nothing where it has none. */
export function splitColumn(
  text: string,
  scenarios: readonly Scenario[],
): ColumnOfOutput | undefined {
  const [, output, column] = COLUMN.exec(text) ?? [];
  if (output === undefined || endsInUnit(text, scenarios)) return undefined;
  return { output, column: column as DerivedName };
}

/** Whether a text ends in the name of a unit of count, which may have any sign. */
function endsInUnit(text: string, scenarios: readonly Scenario[]): boolean {
  const leaves = scenarios.flatMap((scenario) => scenario.leaves);
  return leaves.some(({ unit }) => unit && text.endsWith(`:units.${unit.name}`));
}

function derivedProblem({ output, column }: ColumnOfOutput): Result<never, Problem> {
  const message = `\`${column}\` is derived from several outputs; \`capex explain\` takes it`;
  return failure({ code: 'output-unknown', message, hint: `write \`${output}\`` });
}

function noOutput(message: string): Result<never, Problem> {
  return failure({ code: 'output-unknown', message });
}

/** @param known every word that fits, with its name for people */
function unknown(
  word: string,
  noun: string,
  known: ReadonlyMap<string, string>,
): Result<never, Problem> {
  const remedy = nearestKey(word, known) ?? `one of ${firstOf(known.keys())}`;
  return noOutput(`there is no ${noun} \`${word}\`: write ${remedy}`);
}

/** A place in the tree of components: some leaves, and which of their cells. */
type Place = Pick<Output, 'paths' | 'holds' | 'dimensions'>;

/** Reads a path down the component tree; its last step may be a supplier of what the others lead to. */
function readPlace(
  place: string,
  components: readonly Component[],
  named: Scenario['suppliers'],
): Result<Place, Problem> {
  const steps = place.split('/').filter((step) => step !== '' && step !== '*');
  let within: readonly Component[] = components;
  let above: Component | undefined;
  const below = (): readonly Leaf[] => (above ? [above] : components).flatMap(leavesOf);
  for (const [index, step] of steps.entries()) {
    const next = within.find(({ key }) => key === step);
    if (next) {
      within = isBranch(next) ? next.children : [];
      above = next;
      continue;
    }
    const suppliers = below().flatMap((leaf) => leaf.suppliers);
    if (index < steps.length - 1 || !suppliers.includes(step)) {
      const keys = suppliers.map((key): [string, string] => [key, named.get(key)?.name ?? key]);
      const known = [...within.map(({ key, name }): [string, string] => [key, name]), ...keys];
      return unknown(step, 'component or supplier', new Map(known));
    }
    const paths = pathsOf(below());
    const holds = ({ path, supplier }: Cell) => paths.has(path) && supplier === step;
    return success({ paths, holds, dimensions: ['supplier'] });
  }
  const paths = pathsOf(below());
  const holds = ({ path }: Cell) => paths.has(path);
  return success({ paths, holds, dimensions: above ? ['component'] : [] });
}

/** Paths, not leaves: a varied scenario has other leaves of the same paths. */
function pathsOf(leaves: readonly Leaf[]): ReadonlySet<string> {
  return new Set(leaves.map(({ path }) => path));
}

/** Some months of the window, or what comes after it. */
type OutputTime = Pick<Output, 'holds' | 'group' | 'splitPeriods' | 'dimensions'>;

const ANY_TIME: OutputTime = {
  holds: () => true,
  group: undefined,
  splitPeriods: [],
  dimensions: [],
};

/** Reads the label of a group of time, which may hold some months only of a period, or that of the tail. */
function readTime(label: string, scenario: Scenario): Result<OutputTime, Problem> {
  const { periods } = scenario.window;
  const named = namedTimes(scenario).get(label);
  if (!named) {
    const [first, last] = [periods[0]!.label, periods.at(-1)!.label];
    return noOutput(`\`${label}\` is not a period of the window ${first} to ${last}`);
  }
  const { group, dimension } = named;
  const dimensions = [dimension];
  if (!group) {
    const isTail = ({ period }: Cell) => period === periods.length;
    return success({ ...ANY_TIME, holds: isTail, dimensions });
  }
  const overlaps = ({ start, end }: Months) => group.start < end && start < group.end;
  const isInside = ({ start, end }: Months) => group.start <= start && end <= group.end;
  const splitPeriods = periods.flatMap((one, t) => (overlaps(one) && !isInside(one) ? [t] : []));
  const holds = ({ period, month }: Cell) =>
    month === undefined
      ? period < periods.length && overlaps(periods[period]!)
      : isInside({ start: month, end: month + 1 });
  return success({ holds, group, splitPeriods, dimensions });
}
