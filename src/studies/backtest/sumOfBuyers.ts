/** The backtests of several buyers as one: the sum of the periods that all of them have reported. */
import { monthLabel, periodAt, type Period, type TimeUnit } from '../../core/period.js';
import { failure, success, type Result } from '../../core/result.js';
import type { Word } from '../../core/text/language.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { Method, MethodComparison } from './naiveForecasts.js';

/** A buyer with its forecasts and what it has reported. */
export interface BuyerComparison {
  readonly scenario: Scenario;
  readonly found: MethodComparison;
}

/** The names of the methods of a sum, where they differ from buyer to buyer. */
const NAMES: Readonly<Record<Exclude<Method['kind'], 'scenario'>, Word>> = {
  held: 'the last reported period of each held flat',
  even: 'each plan in equal parts',
};

/**
 * The sum over buyers, where it has a meaning.
 *
 * @param id of the portfolio: the name of the sum of the scenarios
 * @returns why there is none: other currencies, or no period of the same months
 */
export function sumOfBuyers(
  buyers: readonly BuyerComparison[],
  id: string,
): Result<MethodComparison, Word> {
  const [first, ...others] = buyers as [BuyerComparison, ...BuyerComparison[]];
  const { currency, window } = first.scenario;
  if (others.some(({ scenario }) => scenario.currency.code !== currency.code)) {
    return failure('no sum over buyers: their envelopes are in different currencies');
  }
  const shared = first.found.outcomes.flatMap(({ period }) => {
    const places = buyers.map(({ found }) => placeOf(period, found));
    return places.some((place) => place < 0) ? [] : [{ period, places }];
  });
  if (shared.length === 0) {
    return failure('no sum over buyers: no reported period has the same months for all of them');
  }
  const sumAt = (
    places: readonly number[],
    numbers: (one: MethodComparison) => readonly bigint[],
  ) => buyers.reduce((sum, { found }, i) => sum + numbers(found)[places[i]!]!, 0n);
  const methodsOf = (kind: Method['kind']) =>
    buyers.flatMap(({ found }) => found.methods.find((one) => one.kind === kind) ?? []);
  const kinds = (['scenario', 'held', 'even'] as const).filter(
    (kind) => methodsOf(kind).length === buyers.length,
  );
  return success({
    outcomes: shared.map(({ period, places }) => ({
      period: { ...period, label: labelOf(period, window.calendar.unit, buyers) },
      reported: sumAt(places, ({ outcomes }) => outcomes.map(({ reported }) => reported)),
    })),
    methods: kinds.map((kind) => ({
      kind,
      name: kind === 'scenario' ? id : commonName(methodsOf(kind), NAMES[kind]),
      forecasts: shared.map(({ places }) =>
        sumAt(places, ({ methods }) => methods.find((one) => one.kind === kind)!.forecasts),
      ),
    })),
  });
}

/** Where a buyer has reported the same months. */
function placeOf({ start, end }: Period, { outcomes }: MethodComparison): number {
  return outcomes.findIndex(({ period }) => period.start === start && period.end === end);
}

/** The label that all buyers have; else that of the calendar, or the months. */
function labelOf(period: Period, unit: TimeUnit, buyers: readonly BuyerComparison[]): string {
  const { label, start, end } = period;
  const labels = buyers.map(({ found }) => found.outcomes[placeOf(period, found)]!.period.label);
  if (labels.every((one) => one === label)) return label;
  const group = periodAt(start, { endMonth: 12, prefix: '', unit });
  return group.start === start ? group.label : `${monthLabel(start)}–${monthLabel(end - 1)}`;
}

function commonName(methods: readonly Method[], other: Word): Method['name'] {
  const [first] = methods as [Method];
  const isOne = new Set(methods.map(({ name }) => JSON.stringify(name))).size === 1;
  return isOne ? first.name : { english: other, values: {} };
}
