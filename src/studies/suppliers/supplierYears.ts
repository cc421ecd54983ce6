/** What suppliers sell in the years of a calendar, to one buyer or to several: revenue, or content of what others sell. */
import { groupBy } from '../../core/group.js';
import { failure, success, type Result } from '../../core/result.js';
import { sayIn, type Language } from '../../core/text/language.js';
import type { Input } from '../../model/input.js';
import { UNASSIGNED, type Supplier } from '../../model/supplier.js';
import type { ProjectedCell, Projection } from '../../projection/evaluate.js';
import { measuresOf } from '../../projection/measureTree.js';
import { MEASURES, type Cell } from '../../projection/plan.js';
import { groupRows, rollup, sumIn, type RolledRow } from '../../projection/rollup.js';
import { calendarOf, timeGroups } from '../../projection/timeGroups.js';
import { buyerKey, type Scenario } from '../../scenario/scenario.js';
import { locate } from '../../scenario/tree.js';
import { argumentError } from '../shared/argumentError.js';
import { OWN_CURRENCY, type ReportOptions } from '../shared/options.js';
import { notesByBuyer } from '../shared/portfolios.js';
import { notesOn, projections, quotation } from '../shared/reports.js';
import { splitPeriods, tableScenario } from '../shared/timeNotes.js';
import { conditionsTest, conditionsText, placesOf, type Condition } from '../shared/where.js';

/** The years by which sales are counted: those of each supplier, or of the calendar. */
export const YEARS = ['supplier_year', 'calendar_year'] as const;
export type YearDimension = (typeof YEARS)[number];

/** What a buyer buys from a supplier in a year. */
export interface BuyerYear extends Omit<RolledRow, 'cells'> {
  readonly buyer: string;
  /** The months of the year that lie in the window of the buyer. */
  readonly months: number;
}

/** What a supplier sells in a year. */
export interface SupplierYear extends Pick<Cell, 'measure' | 'unit'> {
  readonly supplier: Supplier;
  readonly year: string;
  readonly count: bigint;
  /** Its parts: one for each buyer that has the supplier in some year. */
  readonly byBuyer: readonly BuyerYear[];
  /** Revenue of the latest fiscal year that one of the scenarios gives. */
  readonly reported: { readonly year: string; readonly revenue: Input } | undefined;
}

/** What the suppliers of some scenarios sell. */
export interface Sales {
  /** The forecast of each buyer: the cells of suppliers within its window. */
  readonly members: readonly Projection[];
  /** By supplier, then by year, measure and currency. */
  readonly lines: readonly SupplierYear[];
  /** Whether something is sold after a window. */
  readonly hasTail: boolean;
}

/**
 * @param scenarios one, or those of the buyers of a portfolio
 * @returns diagnostics where a rate is missing, or no row has a supplier
 */
export function salesOf(
  scenarios: readonly Scenario[],
  options: Pick<ReportOptions, 'currency' | 'closure' | 'where'>,
  dimension: YearDimension,
): Result<Sales> {
  const measure = measuresKept(scenarios, options.where);
  const result = projections(scenarios, { ...options, measure });
  if (!result.ok) return result;
  const members = result.value.map((one) => ({ ...one, cells: cellsWithin(one) }));
  if (members.every(({ cells }) => cells.length === 0)) return noSupplier(scenarios, options.where);
  const isOwn = options.currency?.[0] === OWN_CURRENCY;
  const unlike = isOwn ? unlikeCurrencies(members) : undefined;
  return (
    unlike ??
    success({
      members,
      lines: supplierYears(members, dimension),
      hasTail: result.value.some(hasTail),
    })
  );
}

/** Revenue and content, where rows of them meet the conditions: a maker of parts may have content alone. */
function measuresKept(
  scenarios: readonly Scenario[],
  conditions?: readonly Condition[],
): readonly ('revenue' | 'content')[] {
  return (['revenue', 'content'] as const).filter((one) =>
    scenarios.some(
      (scenario) =>
        measuresOf(scenario).includes(one) &&
        placesOf(scenario, [one]).some(conditionsTest(scenario, conditions)),
    ),
  );
}

/** Refuses scenarios, or conditions, that leave no supplier with a name. */
function noSupplier(
  scenarios: readonly Scenario[],
  conditions: readonly Condition[] = [],
): Result<never> {
  const isNamed = scenarios
    .flatMap((scenario) => placesOf(scenario, MEASURES))
    .some(({ supplier }) => supplier !== UNASSIGNED);
  if (isNamed && conditions.length > 0) {
    return argumentError(
      '--where',
      conditionsText(conditions),
    )({
      message: 'no row that meets these conditions has a supplier: there is no revenue to compare',
      hint: 'name another component, or leave out --where',
    });
  }
  return failure([
    {
      code: 'output-unknown',
      severity: 'error',
      span: locate(scenarios[0]!.tree, 'components'),
      message: 'no component names a supplier: there is no revenue to compare',
      hint: 'name suppliers, such as components: { servers: { suppliers: { inspur: 35%, others: rest } } }',
    },
  ]);
}

/** The cells of suppliers; revenue after the window is left out. */
function cellsWithin({ scenario, cells }: Projection): readonly ProjectedCell[] {
  const { periods } = scenario.window;
  return cells.filter(({ period, supplier }) => period < periods.length && supplier !== UNASSIGNED);
}

function hasTail({ scenario, cells }: Projection): boolean {
  const last = scenario.window.periods.length;
  return cells.some(({ period, count }) => period === last && count !== 0n);
}

/** A supplier that is described nowhere has the currency of each buyer; numbers in two currencies have no sum. */
function unlikeCurrencies(members: readonly Projection[]): Result<never> | undefined {
  const sold = members.flatMap((member) => {
    const { scenario, sellers } = tableScenario(member);
    return [...sellers].map((key) => ({ scenario, ...scenario.suppliers.get(key)! }));
  });
  for (const [key, own] of groupBy(sold, (one) => one.key)) {
    const [first] = own;
    const other = own.find(({ currency }) => currency.code !== first.currency.code);
    if (!other) continue;
    const said = ({ scenario, currency }: typeof first) =>
      `in ${currency.code} for ${buyerKey(scenario)}`;
    const place = ({ scenario }: typeof first) => locate(scenario.tree, 'components');
    return failure([
      {
        code: 'supplier-differs',
        severity: 'error',
        span: place(first),
        message: `sales of \`${key}\` are counted ${said(first)}, and ${said(other)}`,
        hint: `describe it in the portfolio: suppliers: { ${key}: { currency: ${first.currency.code} } }`,
        related: { span: place(other), message: `for ${buyerKey(other.scenario)}` },
      },
    ]);
  }
  return undefined;
}

function supplierYears(
  members: readonly Projection[],
  dimension: YearDimension,
): readonly SupplierYear[] {
  const all = members.map(({ scenario, cells }) => {
    return { scenario, bySupplier: groupBy(cells, ({ supplier }) => supplier) };
  });
  const keys = new Set(members.flatMap(({ scenario }) => [...scenario.suppliers.keys()]));
  return [...keys].flatMap((key) => {
    const sellers = all.flatMap(({ scenario, bySupplier }) => {
      const cells = bySupplier.get(key);
      return cells ? [{ scenario, cells }] : [];
    });
    return sellers.length > 0 ? yearsOf(key, sellers, dimension) : [];
  });
}

/** @param members those that have cells of the supplier, with these alone */
function yearsOf(
  key: string,
  members: readonly Pick<Projection, 'scenario' | 'cells'>[],
  dimension: YearDimension,
): readonly SupplierYear[] {
  const known = members.map(({ scenario }) => scenario.suppliers.get(key)!);
  // One buyer may describe the supplier, and another name it only.
  const supplier = known.find(({ name }) => name !== key) ?? known[0]!;
  const reported = lastReported(known);
  const rows = members.flatMap(({ scenario, cells }) => {
    const years = timeGroups(scenario.window, calendarOf(scenario, dimension, key));
    const months = new Map(years.map(({ label, held }) => [label, held]));
    return rollup({ scenario, cells }, [dimension]).map(({ labels, measure, unit, count }) => {
      const buyer = buyerKey(scenario);
      return { buyer, months: months.get(labels[0]!)!, labels, measure, unit, count };
    });
  });
  const buyersOf = groupBy(rows, kindOf);
  return groupRows(rows, [dimension]).map((group) => {
    const { labels, measure, unit, cells } = group;
    const buyers = new Set(buyersOf.get(kindOf(group))!.map(({ buyer }) => buyer));
    const own = new Map(cells.map((one) => [one.buyer, one]));
    const nothing = { labels, measure, unit, months: 0, count: 0n };
    const byBuyer = [...buyers].map((buyer) => own.get(buyer) ?? { ...nothing, buyer });
    return {
      supplier,
      year: labels[0]!,
      measure,
      unit,
      count: sumIn(unit, cells),
      byBuyer,
      reported,
    };
  });
}

function kindOf({ measure, unit }: Pick<Cell, 'measure' | 'unit'>): string {
  return `${measure} ${unit.label}`;
}

function lastReported(known: readonly Supplier[]): SupplierYear['reported'] {
  const all = new Map(known.flatMap(({ revenue }) => [...revenue]));
  const year = [...all.keys()].sort().at(-1);
  return year === undefined ? undefined : { year, revenue: all.get(year)! };
}

/** Periods that lie in more than one of the years, of every buyer. */
export function splitYears(
  members: readonly Projection[],
  dimension: YearDimension,
): readonly object[] {
  return members.flatMap((member) => {
    const { scenario, sellers } = tableScenario(member);
    const { buyer } = scenario;
    return splitPeriods(scenario, sellers, [dimension]).map((one) => {
      return { ...(buyer && { buyer: buyer.key }), ...one };
    });
  });
}

/** Notes on sales: on the forecasts, the rates, what is left out, and who has reported no revenue. */
export function salesNotes(
  { members, lines, hasTail }: Sales,
  definition: readonly string[],
  language?: Language,
): readonly string[] {
  const say = sayIn(language);
  const silent = lines.flatMap(({ supplier, reported }) => (reported ? [] : [supplier.key]));
  const rated = members.filter(({ scenario: { fx } }) => fx.base.size + fx.path.size > 0);
  return [
    ...members.flatMap((member) => notesOn(member, language)),
    ...definition,
    ...(rated.length > 0
      ? notesByBuyer(rated, ({ scenario }) => [quotation(scenario, language)])
      : []),
    ...(hasTail ? [say('revenue after the window is not included')] : []),
    ...(silent.length > 0
      ? [
          say('no reported revenue under `suppliers`: {suppliers}', {
            suppliers: [...new Set(silent)].join(', '),
          }),
        ]
      : []),
  ];
}
