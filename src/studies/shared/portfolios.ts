/** Tables over the buyers of a portfolio: which forecasts a table sums, and what cannot be summed. */
import { groupBy } from '../../core/group.js';
import type { Diagnostic } from '../../core/text/diagnostic.js';
import type { Language } from '../../core/text/language.js';
import type { Projection } from '../../projection/evaluate.js';
import { isTime, type Dimension } from '../../projection/rollup.js';
import type { TimeDimension } from '../../projection/timeGroups.js';
import { buyerKey, type Scenario } from '../../scenario/scenario.js';
import { argumentError } from './argumentError.js';
import { partialGroups, tableScenario, type SuppliersOf } from './timeNotes.js';

/** The id under which rows stand: of the portfolio of a buyer, else of the scenario. */
export function tableId({ id, buyer }: Pick<Scenario, 'id' | 'buyer'>): string {
  return buyer?.portfolio.id ?? id;
}

/** The title of a portfolio for a buyer of it, else of the scenario. */
export function tableTitle({ title, buyer }: Pick<Scenario, 'title' | 'buyer'>): string {
  return buyer?.portfolio.title ?? title;
}

/** Forecasts by table: those of the buyers of a portfolio together, any other one alone. */
export function byTable<M extends Pick<Projection, 'scenario'>>(
  all: readonly M[],
): readonly (readonly [M, ...M[]])[] {
  const tableOf = (one: M): object => one.scenario.buyer?.portfolio ?? one;
  return [...groupBy(all, tableOf).values()];
}

/** Notes on forecasts: once where they are those of every buyer, else with the buyer. */
export function notesByBuyer<M extends Pick<Projection, 'scenario'>>(
  members: readonly M[],
  notesOf: (one: M) => readonly string[],
): readonly string[] {
  const own = members.map((one) => notesOf(one));
  const isSame = new Set(own.map((notes) => notes.join('\n'))).size === 1;
  if (isSame) return own[0]!;
  return members.flatMap(({ scenario }, i) =>
    own[i]!.map((note) => `${buyerKey(scenario)}: ${note}`),
  );
}

/** The dimensions of a table where none are asked for. Buyers need not have fiscal years in common. */
export function usualDimensions(scenarios: readonly Scenario[]): readonly Dimension[] {
  const isPortfolio = scenarios.some(({ buyer }) => buyer);
  return [isPortfolio ? 'calendar_year' : 'fiscal_year', 'component'];
}

/** Whether the forecasts of a table are summed. */
export function sumsBuyers(
  [first]: readonly Pick<Projection, 'scenario'>[],
  dimensions: readonly Dimension[],
): boolean {
  return first?.scenario.buyer !== undefined && !dimensions.includes('buyer');
}

/** An error for each dimension that cannot be summed over buyers. */
export function unsummable(
  scenarios: readonly Scenario[],
  dimensions: readonly Dimension[],
): readonly Diagnostic[] {
  if (dimensions.includes('buyer')) return [];
  const buyers = scenarios.filter(({ buyer }) => buyer);
  const tables = [...groupBy(buyers, ({ buyer }) => buyer!.portfolio).values()];
  const unlike = tables.flatMap((own) => unlikeCalendars(own, dimensions));
  return unlike.flatMap(({ dimension, remedy, message }) => {
    const hint = `write ${remedy}, or add buyer to --by`;
    return argumentError('--by', dimension)({ message, hint }).diagnostics;
  });
}

/** The group of the calendar in place of one of the buyer's own. */
const REMEDIES: Partial<Record<TimeDimension, TimeDimension>> = {
  fiscal_year: 'calendar_year',
  fiscal_half: 'calendar_half',
  fiscal_quarter: 'calendar_quarter',
  period: 'calendar_quarter',
};

/** A dimension of time that cannot be summed over buyers, and one that can. */
interface UnlikeCalendars {
  readonly dimension: TimeDimension;
  readonly remedy: TimeDimension;
  readonly message: string;
}

/** The dimensions of time in which buyers have different calendars. */
export function unlikeCalendars(
  members: readonly Scenario[],
  dimensions: readonly Dimension[],
): readonly UnlikeCalendars[] {
  const [first] = members;
  return dimensions.filter(isTime).flatMap((dimension) => {
    const remedy = REMEDIES[dimension];
    const keyOf = ({ window: { calendar } }: Scenario) =>
      dimension === 'period' ? `${calendar.endMonth} ${calendar.unit}` : String(calendar.endMonth);
    const other = members.find((one) => keyOf(one) !== keyOf(first!));
    if (remedy === undefined || !other) return [];
    const what = dimension === 'period' ? 'periods' : 'fiscal years';
    const message = `${buyerKey(first!)} and ${buyerKey(other)} have different ${what}, which cannot be summed`;
    return [{ dimension, remedy, message }];
  });
}

/** A note on each group of time that some buyers of a sum do not have, or have in part. */
export function coverageNotes(
  members: readonly SuppliersOf[],
  dimensions: readonly Dimension[],
  language?: Language,
): readonly string[] {
  if (!sumsBuyers(members, dimensions)) return [];
  const all = members.filter(({ cells }) => cells.length > 0).map(tableScenario);
  const id = tableId(members[0]!.scenario);
  return dimensions
    .filter(isTime)
    .flatMap((one) => partialGroups(all, one, language).notes.map((note) => `${id}: ${note}`));
}
