/** Years of which the window holds only some months. */
import { groupBy } from '../../core/group.js';
import { fiscalYearOf, yearLabel } from '../../core/period.js';
import type { Cell } from '../../projection/plan.js';
import type { Dimension } from '../../projection/rollup.js';
import type { Scenario } from '../../scenario/scenario.js';

/** What a table says of the years that its window holds in part. */
export interface PartialYears {
  /** The heading of a label of time: `2025, 9 of 12 months`. */
  readonly heading: (label: string) => string;
  /** Years of which the window holds more months for one supplier than for another. */
  readonly notes: readonly string[];
}

/** @param cells those of the table: only their suppliers count for `supplier_year` */
export function partialYears(
  scenario: Scenario,
  cells: readonly Cell[],
  dimension: Dimension | undefined,
): PartialYears {
  if (dimension === 'fiscal_year') {
    return sameForAll(monthsByYear(scenario, scenario.window.calendar.endMonth, yearLabel));
  }
  if (dimension === 'calendar_year') return sameForAll(monthsByYear(scenario, 12, String));
  if (dimension !== 'supplier_year') return sameForAll(new Map());
  return bySupplier(scenario, new Set(cells.map(({ supplier }) => supplier)));
}

type MonthsByYear = ReadonlyMap<string, number>;

/** The months of each year that lie in the window. */
export function monthsByYear(
  { window }: Scenario,
  endMonth: number,
  labelOf: (year: number) => string,
): MonthsByYear {
  const months = new Map<string, number>();
  for (let month = window.start; month < window.end; month++) {
    const label = labelOf(fiscalYearOf(month, endMonth));
    months.set(label, (months.get(label) ?? 0) + 1);
  }
  return months;
}

function sameForAll(months: MonthsByYear): PartialYears {
  const heading = (label: string) => {
    const held = months.get(label) ?? 12;
    return held < 12 ? `${label}, ${held} of 12 months` : label;
  };
  return { heading, notes: [] };
}

/** The months of a supplier's year that lie in the window. */
interface SupplierMonths {
  readonly year: string;
  readonly held: number;
  readonly name: string;
}

/** A year has its months in its heading where they are the same for every supplier that has it. */
function bySupplier(scenario: Scenario, keys: ReadonlySet<string>): PartialYears {
  const entries = [...keys].flatMap((key) => {
    const { name, yearEndMonth } = scenario.suppliers.get(key)!;
    const months = monthsByYear(scenario, yearEndMonth, yearLabel);
    return Array.from(months, ([year, held]): SupplierMonths => ({ year, held, name }));
  });
  const years = [...groupBy(entries, ({ year }) => year)].sort(([a], [b]) => (a < b ? -1 : 1));
  const isSame = (own: readonly SupplierMonths[]) =>
    new Set(own.map(({ held }) => held)).size === 1;
  const common = years.flatMap(([year, own]) =>
    isSame(own) ? [[year, own[0]!.held] as const] : [],
  );
  const notes = years.flatMap(([year, own]) => {
    if (isSame(own)) return [];
    const parts = own.filter(({ held }) => held < 12);
    return [...groupBy(parts, ({ held }) => String(held))].map(
      ([held, some]) =>
        `${year}: ${held} of 12 months for ${some.map(({ name }) => name).join(', ')}`,
    );
  });
  return { ...sameForAll(new Map(common)), notes };
}
