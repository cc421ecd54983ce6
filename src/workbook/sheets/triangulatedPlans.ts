/** The scenarios of a workbook beside their estimates in units: both sides as plans whose steps are cells. */
import { printDecimal } from '../../core/number/decimal.js';
import type { UnitEstimate } from '../../model/estimate/unitEstimate.js';
import type { Ref } from '../../plan/builder.js';
import { compile } from '../../projection/compile.js';
import type { PlannedCell, Plan } from '../../projection/plan.js';
import { buyerKey } from '../../scenario/scenario.js';
import type { Closing } from '../../studies/triangulate/closing.js';
import { triangulationOf } from '../../studies/triangulate/gaps.js';
import {
  groupsAt,
  scenarioBelow,
  unitEstimatesOf,
  type GapPlace,
} from '../../studies/triangulate/sides.js';
import { total, type FormulaEstimate } from '../formulas/formulaValues.js';
import type { LongFormulas } from '../formulas/longFormulas.js';
import { sumOfCells } from '../formulas/printFormula.js';
import { onSheet } from '../workbook.js';
import { sheetLayout, sheetOf, type SheetLayout } from './sheetLayout.js';

/** A scenario beside one of its estimates in units. */
export interface TriangulatedPlan {
  /** The scenario and the estimate. */
  readonly name: string;
  /** The plan of the scenario, and that of what the estimate buys. */
  readonly above: SheetLayout;
  readonly below: SheetLayout;
  /** Those of both whose steps are on no other sheet of the workbook. */
  readonly added: readonly SheetLayout[];
  readonly lines: readonly TriangulatedLine[];
}

/** Both sides at one place. */
export interface TriangulatedLine {
  readonly place: GapPlace;
  readonly above: SideFigures;
  readonly below: SideFigures;
  readonly closings: readonly Closing[];
}

/** Money and units of one side at a place; nothing where it does not have them. */
export type SideFigures = Readonly<Record<(typeof MEASURED)[number], SideFigure | undefined>>;

/** The sum of cells of a plan, and the engine's exact number. */
export interface SideFigure {
  readonly unit: string;
  readonly formula: string;
  readonly live: FormulaEstimate;
  readonly exact: string;
}

const MEASURED = ['demand', 'units'] as const;

/** One for each estimate in units of each scenario whose whole demand the workbook has. */
export function triangulatedPlans(
  layouts: readonly SheetLayout[],
  long: LongFormulas,
): readonly TriangulatedPlan[] {
  const sources = layouts.flatMap((layout): readonly TriangulationSource[] => {
    const estimates = unitEstimatesOf(layout.plan.scenario);
    if (estimates.length === 0) return [];
    const whole = wholePlan(layout.plan);
    return hasDemand(layout.plan, whole)
      ? estimates.map((estimate) => ({ layout, whole, estimate }))
      : [];
  });
  const isOne = sources.length === 1;
  return sources.map((one, i) => triangulated(one, isOne ? undefined : i + 1, long));
}

/** All demand and units of a plan in the currency of its envelope, with its closure. */
function wholePlan({ scenario, closure }: Plan): Plan {
  const fx = { ...scenario.fx, closure };
  return compile({ ...scenario, fx }, { measures: MEASURED });
}

interface TriangulationSource {
  readonly layout: SheetLayout;
  readonly whole: Plan;
  readonly estimate: UnitEstimate;
}

function triangulated(
  { layout, whole, estimate }: TriangulationSource,
  number: number | undefined,
  long: LongFormulas,
): TriangulatedPlan {
  const { language, say, inputsSheet } = layout;
  const { scenario } = whole;
  const id = buyerKey(scenario);
  // Both sides read the inputs of the scenario, so that an edit of a cell moves both.
  const layoutOf = (plan: Plan, kind: 'Plan above' | 'Plan below') =>
    sheetLayout(plan, inputsSheet, sheetOf(kind, number, id), { language });
  const names = { title: scenario.title, estimate: estimate.name };
  const bought = {
    ...scenarioBelow(scenario, estimate),
    title: say('{title}: what {estimate} buys', names),
  };
  const known = new Set(layout.plan.cells.map(keyOf));
  const isShown = whole.cells.every((cell) => known.has(keyOf(cell)));
  const above = isShown ? layout : layoutOf(whole, 'Plan above');
  const below = layoutOf(compile(bought, { measures: MEASURED }), 'Plan below');
  const { gaps } = triangulationOf(scenario, estimate);
  const sides = [above, below].map((side) => sumsBy(side, gaps, long)) as [PlaceSums, PlaceSums];
  const money = (count: bigint | undefined): ExactCount | undefined =>
    count === undefined
      ? undefined
      : { count, unit: { ...scenario.currency, label: scenario.currency.code } };
  return {
    ...{ name: `${id}, ${estimate.name}`, above, below },
    added: isShown ? [below] : [above, below],
    lines: gaps.map((gap, i) => ({
      place: gap.place,
      above: sides[0](i, { demand: money(gap.above), units: gap.unitsAbove }),
      below: sides[1](i, { demand: money(gap.below), units: gap.unitsBelow }),
      closings: gap.closings,
    })),
  };
}

/** A count in a unit of so many decimal places; without a unit it is not counted. */
interface ExactCount {
  readonly count: bigint;
  readonly unit: { readonly label: string; readonly places: number } | undefined;
}

/** The numbers of a side at the place of a gap. */
type PlaceSums = (
  i: number,
  exact: Readonly<Record<keyof SideFigures, ExactCount | undefined>>,
) => SideFigures;

/** Sums of the cells of a side, which stand on the sheet of its plan. */
function sumsBy(
  { plan, grid, planSheet, liveAt }: SheetLayout,
  gaps: readonly Pick<TriangulatedLine, 'place'>[],
  long: LongFormulas,
): PlaceSums {
  // A plan may report its demand in several currencies.
  const { code } = plan.scenario.currency;
  const cells = plan.cells.filter(
    ({ measure, unit }) => measure === 'units' || unit.label === code,
  );
  const places = gaps.map(({ place }) => place);
  const [money, units] = MEASURED.map((one) => groupsAt({ ...plan, cells }, places, one));
  const print = (refs: readonly Ref[]) =>
    sumOfCells(refs.map(grid.placeOf), (range) => onSheet(planSheet, range));
  const sumOf = (refs: readonly Ref[]) => total(refs.map(liveAt));
  const figureOf = (group: readonly PlannedCell[], exact: ExactCount | undefined) => {
    if (!exact?.unit) return undefined;
    const refs = group.map(({ ref }) => ref);
    const formula =
      refs.length === 0
        ? '0'
        : long.sum(print(refs), {
            ...{ terms: refs, print },
            valueOf: (some) => sumOf(some).value,
          });
    const { label, places } = exact.unit;
    return { unit: label, formula, live: sumOf(refs), exact: printDecimal(exact.count, places) };
  };
  return (i, exact) => ({
    demand: figureOf(money![i]!.cells, exact.demand),
    units: figureOf(units![i]!.cells, exact.units),
  });
}

/** Whether a plan has the demand of every component and period, in whatever currency. */
function hasDemand({ cells }: Plan, whole: Plan): boolean {
  const own = new Set(cells.filter(isDemand).map(placeOf));
  return whole.cells.filter(isDemand).every((cell) => own.has(placeOf(cell)));
}

const isDemand = ({ measure }: PlannedCell) => measure === 'demand';
const placeOf = ({ period, path, supplier }: PlannedCell) => `${period}\n${path}\n${supplier}`;
const keyOf = (cell: PlannedCell) => `${placeOf(cell)}\n${cell.measure}\n${cell.unit.label}`;
