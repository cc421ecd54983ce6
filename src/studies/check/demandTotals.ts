/** Total demand per period, per year and per component, over all suppliers. */
import { groupBy } from '../../core/group.js';
import { powerOfTen } from '../../core/number/decimal.js';
import { fraction, type Fraction } from '../../core/number/fraction.js';
import type { DiagnosticCode, Problem } from '../../core/text/diagnostic.js';
import type { Span } from '../../core/text/source.js';
import type { WindowYear } from '../../model/calendar.js';
import type { ProjectedCell, Projection } from '../../projection/evaluate.js';

/** All amounts are in quanta of the envelope's currency. */
export interface DemandTotals {
  readonly total: bigint;
  readonly byPeriod: readonly bigint[];
  /** The fiscal years of the window, whole or cut. */
  readonly byYear: readonly YearDemand[];
  /** The demand of a component with everything below it. */
  readonly of: (path: string) => bigint;
  /** The units of each leaf that has a price. */
  readonly units: readonly UnitTotals[];
}

export interface YearDemand extends WindowYear {
  readonly amount: bigint;
}

export interface UnitTotals {
  readonly path: string;
  readonly unit: string;
  readonly number: Fraction;
}

export function demandTotals({ scenario, cells, total }: Projection): DemandTotals {
  const { window } = scenario;
  const demand = cells.filter(({ measure }) => measure === 'demand');
  const byPeriod = window.periods.map((_, t) => sumOf(demand, ({ period }) => period === t));
  const inUnits = groupBy(
    cells.filter(({ measure }) => measure === 'units'),
    ({ path }) => path,
  );
  return {
    total,
    byPeriod,
    byYear: window.years.map((year) => {
      const amount = year.periods.reduce((sum, t) => sum + byPeriod[t]!, 0n);
      return { ...year, amount };
    }),
    of: (one) => sumOf(demand, ({ path }) => path === one || path.startsWith(`${one}/`)),
    units: [...inUnits].map(([path, own]) => {
      const { label, places } = own[0].unit;
      const count = sumOf(own, () => true);
      return { path, unit: label, number: fraction(count, powerOfTen(places)) };
    }),
  };
}

function sumOf(cells: readonly ProjectedCell[], counts: (cell: ProjectedCell) => boolean): bigint {
  return cells.reduce((sum, cell) => (counts(cell) ? sum + cell.count : sum), 0n);
}

/** A number that may be right, but should be looked at. */
export interface PlausibilityWarning {
  readonly code: DiagnosticCode;
  readonly span: Span;
  readonly problem: Problem;
}
