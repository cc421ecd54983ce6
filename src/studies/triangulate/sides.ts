/** Both sides of a triangulation: what the scenario plans, and what an estimate in units would buy. */
import { groupBy } from '../../core/group.js';
import type { Fraction } from '../../core/number/fraction.js';
import { yearLabel } from '../../core/period.js';
import { NO_ACTUALS } from '../../model/actuals.js';
import { leavesOf } from '../../model/component.js';
import { componentKeys, type Estimate } from '../../model/estimate/estimate.js';
import { estimatesOf } from '../../model/estimate/mix.js';
import { isInUnits, type UnitEstimate } from '../../model/estimate/unitEstimate.js';
import type { Ref } from '../../plan/builder.js';
import { compile } from '../../projection/compile.js';
import type { Measure, Plan, PlannedCell, Unit } from '../../projection/plan.js';
import { groupEvaluator, registersByPath } from '../../projection/prepareEvaluation.js';
import type { CellGroup } from '../../projection/rollup.js';
import type { Scenario } from '../../scenario/scenario.js';

/** Where the sides meet or differ: a component, or all of them, in a fiscal year. */
export interface GapPlace {
  /** Nothing for the total. */
  readonly component: string | undefined;
  readonly year: string;
}

/** One side: its numbers by place, also at other values of an input. */
export interface TriangulationSide {
  readonly components: ReadonlySet<string>;
  /** By place, in quanta of the currency; nothing where the values are not valid. */
  readonly moneyAt: (path: string, value: Fraction) => readonly bigint[] | undefined;
  readonly money: readonly bigint[];
  /** By place: the units of a component that has one unit of count. */
  readonly units: readonly UnitAmount[];
  /** Whether a change of the input at a path can change it. */
  readonly reads: (path: string) => boolean;
}

/** A number of units, in quanta of their unit. */
export interface UnitAmount {
  readonly count: bigint;
  readonly unit: Unit | undefined;
}

/** The estimates in units of a scenario, those in use first. */
export function unitEstimatesOf({
  mixes,
  unusedEstimates,
}: Pick<Scenario, 'mixes' | 'unusedEstimates'>): readonly UnitEstimate[] {
  const used = mixes.flatMap(estimatesOf);
  const all: readonly Estimate[] = [...new Set([...used, ...unusedEstimates])];
  return all.filter(isInUnits);
}

/** The scenario whose plan is what an estimate buys: nothing is reported in it, and its prices move with the rates. */
export function scenarioBelow(scenario: Scenario, estimate: UnitEstimate): Scenario {
  const known = new Map(
    [...scenario.components, ...scenario.unusedComponents].map((one) => [one.key, one]),
  );
  const components = componentKeys(estimate).flatMap((key) => known.get(key) ?? []);
  const choice = { kind: 'estimate', estimate } as const;
  return {
    ...scenario,
    ...{ envelope: estimate, phasing: { kind: 'units' }, actuals: NO_ACTUALS },
    mixes: scenario.window.periods.map(() => choice),
    ...{ components, leaves: components.flatMap(leavesOf) },
  };
}

/** The years of the window for every component of both sides, then for their totals. */
export function placesOf(above: Scenario, below: Scenario): readonly GapPlace[] {
  const keys = new Set([...above.components, ...below.components].map(({ key }) => key));
  const years = above.window.years.map(({ label }) => label);
  return [...keys, undefined].flatMap((component) => years.map((year) => ({ component, year })));
}

export function sideOfScenario(scenario: Scenario, places: readonly GapPlace[]): TriangulationSide {
  const plan = compile(scenario, { measures: ['demand', 'units'] });
  const refs = registersByPath(plan);
  const money = groupsAt(plan, places, 'demand');
  const units = groupsAt(plan, places, 'units');
  const counts = groupEvaluator(plan, [], [...money, ...units])(new Map())!;
  const evaluators = new Map<string, ReturnType<typeof groupEvaluator>>();
  const evaluatorOf = (path: string, own: readonly Ref[]) => {
    const known = evaluators.get(path) ?? groupEvaluator(plan, own, money);
    evaluators.set(path, known);
    return known;
  };
  const moneyNow = counts.slice(0, places.length);
  return {
    components: new Set(scenario.components.map(({ key }) => key)),
    money: moneyNow,
    units: counts.slice(places.length).map((count, i) => {
      const isCounted = units[i]!.cells.length > 0 && places[i]!.component !== undefined;
      return { count, unit: isCounted ? units[i]!.unit : undefined };
    }),
    reads: (path) => refs.has(path),
    moneyAt: (path, value) => {
      const own = refs.get(path);
      if (!own) return moneyNow;
      return evaluatorOf(path, own)(new Map(own.map((ref) => [ref, value])));
    },
  };
}

/** The cells of each place; units only where they have one name. */
export function groupsAt(
  { scenario, cells, currencies }: Pick<Plan, 'scenario' | 'cells' | 'currencies'>,
  places: readonly GapPlace[],
  measure: Measure,
): readonly CellGroup<PlannedCell>[] {
  const { periods } = scenario.window;
  const keyOf = ({ component, year }: GapPlace) => `${component ?? ''}@${year}`;
  const own = cells.filter((cell) => cell.measure === measure);
  const yearOf = (cell: PlannedCell) => yearLabel(periods[cell.period]!.year);
  const topOf = (cell: PlannedCell) => cell.path.split('/')[0];
  const byPlace = groupBy(own, (cell) => keyOf({ component: topOf(cell), year: yearOf(cell) }));
  const byYear = groupBy(own, (cell) => keyOf({ component: undefined, year: yearOf(cell) }));
  const money = { label: currencies[0]!.code, places: currencies[0]!.places, multiple: 1n };
  return places.map((place) => {
    const held = (place.component === undefined ? byYear : byPlace).get(keyOf(place)) ?? [];
    const names = new Set(held.map(({ unit }) => unit.label));
    const unit = held.reduce<Unit | undefined>(
      (finest, cell) => (finest && finest.places >= cell.unit.places ? finest : cell.unit),
      undefined,
    );
    const isOne = measure === 'demand' || names.size === 1;
    return { labels: [], measure, unit: unit ?? money, cells: isOne ? held : [] };
  });
}
