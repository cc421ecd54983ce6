/** Why inputs have no effect because of the periods that they are for. */
import { amountOf } from '../../../model/estimate/envelope.js';
import type { Input } from '../../../model/input.js';
import { countedOf } from '../../../model/actuals.js';
import type { Scenario } from '../../../scenario/scenario.js';
import { stepKeyOf, type EffectContext } from './effectContext.js';

/** A key gives way to a narrower one that begins with it, and to the next one before the window. */
export function keyIsNotInForce({ path }: Input, { scenario }: EffectContext) {
  const step = stepKeyOf(path, scenario);
  if (!step) return undefined;
  const { key, path: place, start, end, others } = step;
  const narrower = others.find((other) => other.start === start && other.end < end)?.key;
  if (narrower !== undefined) {
    const why = `${narrower} begins with ${key}, and the narrower key holds until the next one`;
    return { path: place, why, hint: `delete ${key}, or delete ${narrower}` };
  }
  const next = others.find((other) => other.start > start);
  if (!next || next.start > scenario.window.start || place.startsWith('actuals.')) return undefined;
  const why = `${next.key} takes its place before the window begins`;
  return { path: place, why, hint: `delete ${key}` };
}

export function nothingIsSpent(_: Input, { scenario, isSpentIn }: EffectContext) {
  if (scenario.window.periods.some((_period, t) => isSpentIn(t))) return undefined;
  const envelope = amountOf(scenario.envelope);
  const isPlanned = envelope && envelope.value.n > 0n;
  return {
    path: isPlanned ? 'actuals' : 'envelope',
    subject: 'no other value',
    why: 'nothing is spent in any period',
    hint: isPlanned
      ? 'write amounts above 0'
      : envelope
        ? 'write the amount of the plan'
        : 'write counts above 0',
  };
}

/** A value of a map by period that holds only while nothing depends on it. */
export function nothingIsSpentWhile({ path }: Input, { scenario, isSpentIn }: EffectContext) {
  const step = stepKeyOf(path, scenario);
  if (!step) return undefined;
  const { key, path: place, start, others } = step;
  const next = others.find((other) => other.start > start);
  const periods = scenario.window.periods.map((period, t) => ({ ...period, t }));
  const holds = periods.filter(
    (period) => period.start >= start && (!next || period.start < next.start),
  );
  if (place.startsWith('mix.') && holds.some(({ t }) => isSpentIn(t))) return undefined;
  const why = 'nothing depends on it while it holds';
  const hasEarlier =
    others.some((other) => other.start < start) ||
    (place.startsWith('fx.path.') && scenario.fx.base.has(place.split('.')[2]!));
  const hint =
    hasEarlier || !next
      ? `delete ${key}`
      : `delete ${key}, and write ${key} in place of ${next.key}`;
  // Shares of one group have to sum to the whole in every period.
  const isShare = /\.(?:share|part)\.[^.]+$/u.test(place);
  if (isShare) return { path: place, why, hint: `${hint}, in the whole group` };
  return { path: place, why, hint };
}

export function phasingSplitsNothing({ path }: Input, { scenario }: EffectContext) {
  if (!path.startsWith('phasing.') || path.startsWith('phasing.weights.')) return undefined;
  const { window, actuals } = scenario;
  const open = window.periods.filter((_, t) => !actuals.within.has(t));
  const why = whyNothingIsSplit(scenario, open);
  if (why !== undefined)
    return { path: 'phasing', why, hint: 'write `phasing: even`: the forecast is the same' };
  return {
    path,
    why: 'the open years have no share that it could change',
    hint: 'give the open years shares above 0%',
  };
}

function whyNothingIsSplit(
  { envelope, actuals }: Scenario,
  open: Scenario['window']['periods'],
): string | undefined {
  const counted = [...actuals.within.values()].reduce((sum, one) => sum + countedOf(one), 0n);
  if (open.length === 0) return 'every period is reported';
  if (actuals.reforecast === 'keep-envelope' && counted === amountOf(envelope)?.value.n)
    return 'the reported amounts leave nothing of the envelope';
  if (open.length === 1) return 'one open period takes everything';
  const years = new Set(open.map(({ year }) => year));
  return years.size === 1
    ? 'the open periods lie in one fiscal year, and weigh the same'
    : undefined;
}

export function weightStandsAlone({ path }: Input, { scenario }: EffectContext) {
  const index = /^phasing\.weights\.(\d+)$/u.exec(path)?.[1];
  if (index === undefined) return undefined;
  const { label } = scenario.window.periods[Number(index)]!;
  const isReported = scenario.actuals.within.has(Number(index));
  const why = isReported
    ? `the amount of ${label} is reported`
    : `no other open period shares with ${label}`;
  return { path, why, hint: 'write 1, the weight of an ordinary period' };
}

export function amountIsNotUsed({ path }: Input, { scenario }: EffectContext) {
  if (!path.startsWith('actuals.periods.')) return undefined;
  if (scenario.actuals.before.some(({ reported }) => reported.path === path)) {
    const why = 'it lies before the window, and no lag reaches from it into the window';
    return { path, why, hint: 'delete it' };
  }
  const why = 'nothing of it counts: its share in `actuals.attributable` is 0%';
  return { path, why, hint: 'write a share above 0%, or an amount of 0' };
}

export function attributableIsNotUsed({ path }: Input, { scenario }: EffectContext) {
  if (!path.startsWith('actuals.attributable')) return undefined;
  const { within, before } = scenario.actuals;
  const counts = [...within.values(), ...before].some((one) => one.attributable?.path === path);
  const why = counts
    ? 'its amounts are 0, or lie before the window where no lag reaches from them'
    : 'no amount is reported for a period in which it holds';
  return { path, why, hint: counts ? 'write 100%' : 'delete it' };
}
