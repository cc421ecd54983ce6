/** Scenarios side by side: every output of each beside the same output of the first. */
import { printDecimal } from '../core/decimal.js';
import { ratio, roundHalfEven } from '../core/ratio.js';
import type { Column, Sheet, SheetRow, Table } from '../core/table.js';
import type { Projection } from '../projection/project.js';
import type { Dimension } from '../projection/rollup.js';
import { kindsOf, lineUp, printExact, sumIn, type Line } from './lines.js';

/** One output of a scenario beside that of the base; a row that one of them has not counts 0. */
export interface Pair extends Pick<Line, 'labels' | 'measure' | 'unit'> {
  readonly scenario: string;
  readonly base: bigint;
  readonly value: bigint;
}

export interface SideBySide {
  readonly dimensions: readonly Dimension[];
  /** The id of the scenario that all others are compared with. */
  readonly base: string;
  readonly scenarios: readonly string[];
  /** By output, then by scenario. */
  readonly pairs: readonly Pair[];
}

export function sideBySide(
  [base, ...others]: readonly Projection[],
  dimensions: readonly Dimension[],
): SideBySide {
  const scenarios = others.map(({ scenario }) => scenario.id);
  const pairs = lineUp([base!, ...others], dimensions).flatMap(
    ({ labels, measure, unit, counts: [first, ...counts] }) =>
      counts.flatMap((count, i): Pair[] => {
        if (first === undefined && count === undefined) return [];
        const numbers = { base: first ?? 0n, value: count ?? 0n };
        return [{ labels, measure, unit, scenario: scenarios[i]!, ...numbers }];
      }),
  );
  return { dimensions, base: base!.scenario.id, scenarios, pairs };
}

/** Said wherever `relative` is printed, for it is a rounding that no cell rests on. */
export const RELATIVE =
  'relative is difference ÷ base in percent, rounded half-even to 2 decimals; empty where base is 0';

/** The difference as a percentage of the base (*relative*: rounded half-even to 2 decimals). */
export function relative({ base, value }: Pick<Pair, 'base' | 'value'>): string {
  if (base === 0n) return '';
  return printDecimal(roundHalfEven(ratio((value - base) * 10_000n, base)), 2);
}

export function sideBySideTable({ dimensions, pairs }: SideBySide): Table {
  const columns = (kind: Column['kind'], names: readonly string[]) =>
    names.map((name) => ({ name, kind }));
  return {
    columns: [
      ...columns('text', [...dimensions, 'measure', 'unit', 'scenario']),
      ...columns('number', ['base', 'value', 'difference', 'relative']),
    ],
    rows: pairs.map((pair) => {
      const { labels, measure, unit, scenario, base, value } = pair;
      const numbers = [base, value, value - base].map((count) => printDecimal(count, unit.places));
      return [...labels, measure, unit.label, scenario, ...numbers, relative(pair)];
    }),
  };
}

/** For eyes: a sheet for each scenario, measure and unit, with a total wherever rows are summed. */
export function sideBySideSheets({ base, scenarios, pairs }: SideBySide): readonly Sheet[] {
  return scenarios.flatMap((scenario) =>
    kindsOf(pairs.filter((pair) => pair.scenario === scenario)).map(
      ({ caption, lines, places }): Sheet => ({
        title: `${base} → ${scenario}`,
        caption,
        headings: [base, scenario, 'difference', '%'],
        rows: [...nested(lines, places), rowOf('total', 0, 'total', lines, places)],
        notes: [],
      }),
    ),
  );
}

/** Rows by the first dimension, each with those of the next one below it. */
function nested(pairs: readonly Pair[], places: number, depth = 0): readonly SheetRow[] {
  if (pairs[0]?.labels[depth] === undefined) return [];
  const labels = [...new Set(pairs.map((pair) => pair.labels[depth]!))];
  return labels.flatMap((label) => {
    const own = pairs.filter((pair) => pair.labels[depth] === label);
    return [rowOf(label, depth, 'part', own, places), ...nested(own, places, depth + 1)];
  });
}

function rowOf(
  label: string,
  depth: number,
  kind: SheetRow['kind'],
  pairs: readonly Pair[],
  places: number,
): SheetRow {
  const base = sumIn(places, pairs, (pair) => pair.base);
  const value = sumIn(places, pairs, (pair) => pair.value);
  const numbers = [base, value, value - base].map((count) => printExact(count, places));
  return { label, depth, kind, cells: [...numbers, relative({ base, value })] };
}
