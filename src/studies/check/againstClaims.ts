/** Plausibility checks against claims: run-rate, years, shares of components, rounding, authors. */
import { powerOfTen, printShort } from '../../core/number/decimal.js';
import {
  ONE,
  add,
  compare,
  divide,
  fraction,
  multiply,
  roundHalfEven,
  subtract,
  type Fraction,
} from '../../core/number/fraction.js';
import { lastDigitOf } from '../../core/number/literal.js';
import { MONTHS_IN } from '../../core/period.js';
import { printPlace } from '../../core/text/source.js';
import { wordsOf, type Claim } from '../../model/claims.js';
import { amountOf } from '../../model/estimate/envelope.js';
import type { Scenario } from '../../scenario/scenario.js';
import { locate } from '../../scenario/tree.js';
import { claimAmount, knownClaims } from '../evidence/conflicts.js';
import { amountText } from '../variation/inputValues.js';
import type { DemandTotals, PlausibilityWarning } from './demandTotals.js';

/** How far the envelope may be from the run-rate; brokers' ranges of a plan are within a quarter. */
const RUN_RATE_TOLERANCE = fraction(1n, 4n);
/** Sources give shares in whole percents. */
const ONE_POINT = fraction(1n, 100n);
const CAPEX = 'capex';

/** The lowest and the highest figure that claims give for one subject. */
interface CitedRange {
  readonly low: Fraction;
  readonly high: Fraction;
  readonly claims: readonly Claim[];
}

/** The range of the claims that match, in the envelope's currency or as plain numbers. */
function citedRange(
  scenario: Scenario,
  isAsked: (claim: Claim) => boolean,
  isMoney: boolean,
): CitedRange | undefined {
  const { code } = scenario.currency;
  const claims = knownClaims(scenario).filter(
    (one) => isAsked(one) && one.says?.low.value.currency?.code === (isMoney ? code : undefined),
  );
  const ends = claims.flatMap(({ says }) =>
    says ? [says.low.value.value, says.high.value.value] : [],
  );
  if (ends.length === 0) return undefined;
  const [low, high] = [
    ends.reduce((a, b) => (compare(a, b) <= 0 ? a : b)),
    ends.reduce((a, b) => (compare(a, b) >= 0 ? a : b)),
  ];
  return { low, high, claims };
}

/** `100bn CNY to 150bn CNY (guozheng-yearly, evidence/announcement.yaml:293:11)` */
function citation({ claims }: CitedRange): string {
  return claims
    .map((claim) => `${wordsOf(claim)} (${claim.id}, ${printPlace(claim.span)})`)
    .join(', ');
}

function inQuanta({ currency }: Scenario, value: Fraction): Fraction {
  return multiply(value, fraction(powerOfTen(currency.places)));
}

/** Compares the envelope with the latest run-rate of spending over the length of the window. */
export function farFromRunRate(scenario: Scenario): readonly PlausibilityWarning[] {
  const { window, currency } = scenario;
  const envelope = amountOf(scenario.envelope);
  if (!envelope) return [];
  const months = BigInt(window.end - window.start);
  const rates = knownClaims(scenario).flatMap((claim) => {
    const { of, per } = claim;
    if (of !== CAPEX || per === undefined || per === 'year') return [];
    const amount = claimAmount(claim);
    if (amount?.currency?.code !== currency.code) return [];
    const total = multiply(
      inQuanta(scenario, amount.value),
      fraction(months, BigInt(MONTHS_IN[per])),
    );
    return [{ claim, total }];
  });
  const isFar = ({ total }: { readonly total: Fraction }) => {
    const apart = subtract(divide(envelope.value, total), ONE);
    return (
      compare(apart, RUN_RATE_TOLERANCE) > 0 ||
      compare(apart, subtract(fraction(0n), RUN_RATE_TOLERANCE)) < 0
    );
  };
  if (rates.length === 0 || !rates.every(isFar)) return [];
  const { claim, total } = rates[0]!;
  return [
    {
      code: 'run-rate',
      span: envelope.span,
      problem: {
        message: 'the envelope is far from the current run-rate of spending',
        expected: `about ${amountText(roundHalfEven(total), currency)}: ${wordsOf(claim)} per ${claim.per!} over the window (${claim.id}, ${printPlace(claim.span)})`,
        found: `\`${envelope.text}\`, ${percentText(envelope.value, total)} of it`,
        hint: 'check the digits and the suffix of the envelope',
      },
    },
  ];
}

/** Compares each year with claims about a year; only whole fiscal years can be compared. */
export function yearsOutside(
  scenario: Scenario,
  { byYear }: DemandTotals,
): readonly PlausibilityWarning[] {
  const range = citedRange(scenario, ({ of, per }) => of === CAPEX && per === 'year', true);
  if (!range) return [];
  const { currency, window, actuals } = scenario;
  const [low, high] = [range.low, range.high].map((one) => inQuanta(scenario, one)) as [
    Fraction,
    Fraction,
  ];
  const whole = MONTHS_IN.year / MONTHS_IN[window.calendar.unit];
  const outside = byYear.filter(({ periods, amount }) => {
    const isPlanned = periods.length === whole && periods.some((t) => !actuals.within.has(t));
    const count = fraction(amount);
    return isPlanned && (compare(count, low) < 0 || compare(count, high) > 0);
  });
  if (outside.length === 0) return [];
  return [
    {
      code: 'yearly-range',
      span: locate(scenario.tree, 'phasing'),
      problem: {
        message: `${outside.map(({ label }) => label).join(', ')}: outside the range that sources give for a year`,
        expected: citation(range),
        found: outside
          .map((one) => `${amountText(one.amount, currency)} in ${one.label}`)
          .join(', '),
        hint: 'check `phasing` and `envelope`, or add a claim that supports it',
      },
    },
  ];
}

/** Compares the share of each component in demand with claims about it. */
export function shareUnsupported(
  scenario: Scenario,
  { of, total }: DemandTotals,
): readonly PlausibilityWarning[] {
  const paths = [...new Set(knownClaims(scenario).map((claim) => claim.of ?? CAPEX))];
  return paths.flatMap((path): PlausibilityWarning[] => {
    const range =
      path === CAPEX ? undefined : citedRange(scenario, (one) => one.of === path, false);
    const amount = of(path);
    if (!range || amount === 0n || total === 0n) return [];
    const part = fraction(amount, total);
    const isIn =
      compare(part, subtract(range.low, ONE_POINT)) >= 0 &&
      compare(part, add(range.high, ONE_POINT)) <= 0;
    if (isIn) return [];
    return [
      {
        code: 'share-range',
        span: locate(scenario.tree, 'mix'),
        problem: {
          message: `the share of ${path} in total demand is outside the range that sources give`,
          expected: citation(range),
          found: `${percentText(fraction(amount), fraction(total))} of demand in the window`,
          hint: 'check the estimates and their blend, or add a claim that supports it',
        },
      },
    ];
  });
}

/**
 * Compares a foreign figure of a subject with one in the envelope's currency, at the scenario's base
 * rate. A claim with a note has been looked at.
 */
export function outsideRounding(scenario: Scenario): readonly PlausibilityWarning[] {
  const { fx, currency } = scenario;
  const claims = knownClaims(scenario);
  return claims.flatMap((claim): PlausibilityWarning[] => {
    const foreign = claimAmount(claim);
    const rate = fx.base.get(foreign?.currency?.code ?? '');
    if (!foreign?.currency || !rate || claim.note !== undefined) return [];
    const { text } = claim.says!.low;
    const half = divide(lastDigitOf(text), fraction(2n));
    const own = claims.filter(
      (one) => one.about === claim.about && claimAmount(one)?.currency?.code === currency.code,
    );
    const isNear = (one: Claim) => {
      const gap = subtract(divide(claimAmount(one)!.value, rate.value), foreign.value);
      return compare(gap.n < 0n ? subtract(fraction(0n), gap) : gap, half) <= 0;
    };
    if (own.length === 0 || own.some(isNear)) return [];
    const [first] = own as [Claim];
    const { code, places } = foreign.currency;
    const count = multiply(
      divide(claimAmount(first)!.value, rate.value),
      fraction(powerOfTen(places)),
    );
    return [
      {
        code: 'rounding-band',
        span: claim.span,
        problem: {
          message: `\`${text}\` is not ${wordsOf(first)} at ${rate.text} ${currency.code} per ${code}`,
          expected: `${amountText(roundHalfEven(count), foreign.currency)}, rounded (${first.id})`,
          hint: 'add a `note` to the claim that says at which rate it holds, or why it is wrong',
        },
      },
    ];
  });
}

/** Compares the author of a range with the author of the value: only the same author's range says how sure the value is. */
export function authorsDiffer({ inputs, ledger }: Scenario): readonly PlausibilityWarning[] {
  return inputs.flatMap(({ attributes, text }): PlausibilityWarning[] => {
    const { evidence, range_evidence, note } = attributes;
    const value = evidence && ledger.claims.get(evidence.value);
    const range = range_evidence && ledger.claims.get(range_evidence.value);
    if (!value || !range || value.whose === range.whose || note) return [];
    return [
      {
        code: 'range-author',
        span: range_evidence.span,
        problem: {
          message: `\`${text}\` and its range have different authors`,
          expected: `a range from ${value.whose}`,
          found: `a range from ${range.whose}`,
          hint: 'add a `note` that says why this range applies to this value',
        },
      },
    ];
  });
}

/** In percent, half-even to one decimal. */
function percentText(part: Fraction, whole: Fraction): string {
  return `${printShort(roundHalfEven(multiply(divide(part, whole), fraction(1000n))), 1)}%`;
}
