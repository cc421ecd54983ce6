/** What outputs come to: the cells that each holds, their sum, and why an output is no number. */
import { groupBy } from '../core/group.js';
import { greatest } from '../core/lists.js';
import { powerOfTen } from '../core/number/decimal.js';
import type { Problem } from '../core/text/diagnostic.js';
import { either, firstOf } from '../core/text/prose.js';
import { UNASSIGNED } from '../model/supplier.js';
import type { Projection } from './evaluate.js';
import type { Output } from './output.js';
import type { Cell, Measure, Unit } from './plan.js';
import { splitOverMonths, type CellTest } from './timeGroups.js';

/** The cells that have to be split so that each lies inside or outside of every output, if any have. */
export function splitFor(outputs: readonly Output[]): CellTest | undefined {
  const periods = new Set(outputs.flatMap(({ splitPeriods }) => splitPeriods));
  return periods.size > 0 ? ({ period }) => periods.has(period) : undefined;
}

/**
 * Why an output is no number: the forecast has no cell of it, or its units are of several kinds, which have
 * no sum.
 *
 * @param cells of the forecast, in the currency of the output
 */
export function outputProblem(output: Output, cells: readonly Cell[]): Problem | undefined {
  const { text, measure, paths, holds } = output;
  const labelsOf = (some: readonly Cell[]) => [...new Set(some.map(({ unit }) => unit.label))];
  const kinds = labelsOf(cells.filter(holds));
  const code = 'output-unknown';
  if (kinds.length === 1) return undefined;
  if (kinds.length > 1) {
    const message = `units of several kinds: ${firstOf(kinds)}`;
    return { code, message, hint: `write \`${text}.${kinds[0]!}\`` };
  }
  const measured = cells.filter((cell) => cell.measure === measure);
  const inPlace = measured.filter(({ path }) => paths.has(path));
  const nearby = [inPlace, measured].find((some) => some.length > 0) ?? cells;
  const known = new Set(nearby.map(nameOfCell));
  const message = `the forecast has no cell of \`${text}\``;
  return { code, message, hint: `write ${either([...known].slice(0, 3))}` };
}

/** Names the cells of a supplier, in the unit that they have: `servers/inspur:units.server`. */
function nameOfCell({ path, supplier, measure, unit }: Cell): string {
  const place = supplier === UNASSIGNED ? path : `${path}/${supplier}`;
  return `\`${place}:${measure}.${unit.label}\``;
}

/** The number of an output: `count` × 10^-places of the unit; 0 where it has no cells. */
export interface OutputAmount {
  readonly count: bigint;
  readonly unit: Unit;
}

/**
 * The cells that each output holds. They are found by measure and path, so that thousands of outputs
 * cost no more than the cells that they hold.
 *
 * @param cells of which those of `splitFor` are split
 */
export function cellsHeld<C extends Cell>(
  cells: readonly C[],
  outputs: readonly Output[],
): readonly (readonly C[])[] {
  const placeOf = (measure: Measure, path: string) => `${measure} ${path}`;
  const byPlace = groupBy(cells, ({ measure, path }) => placeOf(measure, path));
  return outputs.map(({ measure, paths, holds }) =>
    [...paths].flatMap((path) => byPlace.get(placeOf(measure, path))?.filter(holds) ?? []),
  );
}

/** The sum of what each output holds of the cells, in the finest of their units. */
export function amountsOf(
  { cells, scenario }: Pick<Projection, 'cells' | 'scenario'>,
  outputs: readonly Output[],
): readonly OutputAmount[] {
  const parts = splitOverMonths(scenario.window, cells, splitFor(outputs));
  return cellsHeld(parts, outputs).map((held, o) => {
    const places = greatest(
      held.map((cell) => cell.unit.places),
      0,
    );
    const label = held[0]?.unit.label ?? outputs[o]!.unit ?? scenario.currency.code;
    const count = held.reduce(
      (sum, cell) => sum + cell.count * powerOfTen(places - cell.unit.places),
      0n,
    );
    return { count, unit: { label, places, multiple: 1n } };
  });
}

/** The sum of the cells that one output holds. */
export function amountOf(
  forecast: Pick<Projection, 'cells' | 'scenario'>,
  output: Output,
): OutputAmount {
  return amountsOf(forecast, [output])[0]!;
}
