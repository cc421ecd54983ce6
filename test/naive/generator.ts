/**
 * Random valid scenarios that use every feature of the model together. fast-check draws (and
 * shrinks) the dials: which features, how many; the seed decides the details of each section.
 */
import fc from 'fast-check';
import type {
  Bought,
  ByPeriod,
  Closure,
  Company,
  Component,
  Mixture,
  Phasing,
  Price,
  Spec,
  Split,
  Stepped,
  Supplier,
  Unit,
} from './spec.js';

// ── Dials: 0, or the first of a list, is the plainest, so that a failure shrinks to few features ──

const share = (oneIn: number) => fc.noBias(fc.nat(oneIn - 1)).map((n) => n === oneIn - 1);
const oneOf = <T>(...values: T[]) => fc.noBias(fc.constantFrom(...values));
const upTo = (max: number) => fc.noBias(fc.nat(max));

const dials = fc.record({
  seed: fc.noShrink(fc.noBias(fc.nat())),
  currency: oneOf('CNY', 'CNY', 'CNY', 'CNY', 'CNY', 'CNY', 'CNY', 'CNY', 'JPY', 'KWD'),
  unit: oneOf<Unit>('quarter', 'quarter', 'quarter', 'month', 'year'),
  length: fc.oneof(
    { weight: 14, arbitrary: fc.noBias(fc.integer({ min: 1, max: 8 })) },
    { weight: 4, arbitrary: fc.noBias(fc.integer({ min: 9, max: 14 })) },
    { weight: 1, arbitrary: fc.noBias(fc.integer({ min: 15, max: 26 })) },
  ),
  /** Periods of the first fiscal year that lie before the window. */
  offset: upTo(11),
  fiscalYearEnds: fc.noBias(fc.integer({ min: 1, max: 12 })),
  size: oneOf<Size>(
    'round',
    'round',
    'medium',
    'medium',
    'medium',
    'medium',
    'tiny',
    'tiny',
    'tiny',
    'huge',
    'vast',
    'zero',
  ),
  phasing: oneOf<PhasingKind>('even', 'weights', 'weights', 'years', 'growth', 'growth'),
  actuals: oneOf<ActualsKind>(
    'none',
    'none',
    'none',
    'some',
    'some',
    'some',
    'before',
    'before',
    'both',
    'all',
  ),
  attributable: oneOf<AttributableKind>('absent', 'bare', 'stepped', 'stepped'),
  keepPhasing: share(3),
  deadWeights: share(3),
  mix: oneOf<MixKind>('name', 'name', 'blend', 'stepped'),
  estimates: fc.noBias(fc.integer({ min: 1, max: 3 })),
  components: fc.noBias(fc.integer({ min: 1, max: 5 })),
  described: oneOf(1, 2, 3, 3, 3, 3),
  depth: upTo(2),
  suppliers: oneOf(0, 1, 2, 3),
  steppedGroups: share(2),
  lags: oneOf(false, true, true),
  prices: oneOf(0, 1, 2, 2),
  foreignPrices: oneOf(false, true, true),
  ownPrices: oneOf(false, true, true),
  bills: oneOf(false, false, true),
  pricing: oneOf(false, true, true, true, true),
  closure: oneOf<Closure | undefined>(
    undefined,
    'budget',
    'volume',
    'volume',
    'volume',
    'scale',
    'scale',
  ),
  bases: oneOf(0, 1, 1, 1, 2, 2, 2, 3),
  paths: oneOf(false, true, true, true, true, true),
  pathOnly: share(5),
  report: upTo(3),
  companies: share(3),
  /** Rates, contents and prices in powers of two: what is rounded is often a half. */
  halves: share(4),
  /** Components that differ only after a common beginning: `a/x` is after `a-b`. */
  kin: share(5),
});

type Dials = typeof dials extends fc.Arbitrary<infer T> ? T : never;
/** Whole paths are compared under the scale closure only, and only where factors differ. */
const KIN_DIALS = { closure: 'scale', pricing: true, paths: true, bases: 1 } as const;

type Size = 'round' | 'medium' | 'tiny' | 'huge' | 'vast' | 'zero';
type PhasingKind = 'even' | 'weights' | 'years' | 'growth';
type ActualsKind = 'none' | 'some' | 'before' | 'both' | 'all';
type AttributableKind = 'absent' | 'bare' | 'stepped';
type MixKind = 'name' | 'blend' | 'stepped';

/** @param fixed dials that are not drawn */
export function scenarios(fixed: Partial<Dials> = {}): fc.Arbitrary<Spec> {
  return dials.map((drawn) => build({ ...drawn, ...(drawn.kin ? KIN_DIALS : {}), ...fixed }));
}

// ── Dice: a small seeded source, one stream per section of the file ──────────────────────────────

export type Dice = {
  /** 0 … n − 1. */
  readonly int: (n: number) => number;
  readonly big: (n: bigint) => bigint;
  readonly chance: (percent: number) => boolean;
  readonly pick: <T>(list: readonly [T, ...T[]]) => T;
  readonly shuffle: <T>(list: readonly T[]) => T[];
};

export function dice(seed: number, stream: string): Dice {
  let state = seed | 0;
  for (const c of stream) state = Math.imul(state ^ c.charCodeAt(0), 0x01000193);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  const int = (n: number) => Math.floor((next() / 2 ** 32) * n);
  return {
    int,
    big: (n) => {
      let value = 0n;
      for (let bits = 0; bits < 128; bits += 32) value = (value << 32n) | BigInt(next());
      return value % n;
    },
    chance: (percent) => int(100) < percent,
    pick: (list) => list[int(list.length)] ?? list[0],
    shuffle: (list) => {
      const left = [...list];
      return list.flatMap(() => left.splice(int(left.length), 1));
    },
  };
}

// ── Literals ─────────────────────────────────────────────────────────────────────────────────────

const MINOR_DIGITS: Record<string, number> = { JPY: 0, KWD: 3 };
const minorDigits = (currency: string) => MINOR_DIGITS[currency] ?? 2;
const FOREIGN = ['USD', 'HKD', 'JPY', 'KWD', 'EUR', 'CNY'];
const SUFFIXES: [string, number][] = [
  ['', 0],
  ['k', 3],
  ['m', 6],
  ['bn', 9],
  ['tn', 12],
  ['万', 4],
  ['亿', 8],
  ['万亿', 12],
];

/** count × 10^-places as a decimal without superfluous zeros. */
function decimal(count: bigint, places: number): string {
  const text = String(count).padStart(places + 1, '0');
  const integer = text.slice(0, text.length - places);
  const decimals = text.slice(text.length - places).replace(/0+$/, '');
  return decimals === '' ? integer : `${integer}.${decimals}`;
}

const fits = (text: string) => text.split('.').every((side) => side.length <= 18);

/** count × 10^-places of a currency, with any suffix under which it fits 18 digits either side. */
function amountText(d: Dice, count: bigint, places: number, currency: string): string {
  const code = currency === 'CNY' && d.chance(25) ? 'RMB' : currency;
  const spellings = SUFFIXES.map(([suffix, zeros]) => {
    const text = decimal(count, places + zeros);
    return fits(text) ? `${text}${suffix} ${code}` : undefined;
  }).filter((text) => text !== undefined);
  const [plain, ...others] = spellings;
  if (plain === undefined) throw new Error(`no spelling for ${count}e-${places}`);
  return d.chance(50) ? plain : d.pick([plain, ...others]);
}

const moneyText = (d: Dice, quanta: bigint, currency: string) =>
  amountText(d, quanta, minorDigits(currency), currency);

/** n/of as a percentage, a decimal (if `of` is a power of ten) or a fraction, also of decimals. */
function ratioText(d: Dice, n: bigint, of: bigint): string {
  const places = String(of).length - 1;
  const spellings: [string, ...string[]] = [`${n}/${of}`];
  if (of > 1n) spellings.push(`${decimal(n, 1)}/${decimal(of, 1)}`);
  if (of === 10n ** BigInt(places)) {
    const percent = `${decimal(n * 100n, places)}%`;
    spellings.push(decimal(n, places), percent, percent);
  }
  const [first, ...others] = spellings.filter((text) =>
    text.split('/').every((side) => fits(side.replace('%', ''))),
  );
  return d.pick([first ?? '0', ...others]);
}

const DENOMINATORS: [bigint, ...bigint[]] = [
  100n,
  100n,
  10n,
  4n,
  1n,
  10_000n,
  120n,
  7n,
  997n,
  10n ** 12n,
  10n ** 17n,
];

/** n integers ≥ 0 that sum to `total`. */
function composition(d: Dice, n: number, total: bigint): bigint[] {
  const cuts = Array.from({ length: n - 1 }, () => d.big(total + 1n));
  cuts.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return [...cuts, total].map((cut, i) => cut - (i === 0 ? 0n : (cuts[i - 1] ?? 0n)));
}

/** n ratios that sum to 1: equal ones often, zeros sometimes, `rest` for one of them often. */
function partition(d: Dice, n: number, positive = false): string[] {
  const of = positive ? 10_000n : d.pick(DENOMINATORS);
  let texts: string[];
  if (d.chance(35)) {
    texts = Array.from({ length: n }, () => `1/${n}`);
  } else if (positive) {
    const parts = composition(d, n, of - BigInt(n)).map((part) => part + 1n);
    texts = parts.map((part) => ratioText(d, part, of));
  } else if (d.chance(20)) {
    // Parts of different denominators: only `rest` can complete them.
    texts = Array.from({ length: n }, () => {
      const own = d.pick(DENOMINATORS) * BigInt(n);
      return ratioText(d, d.big(own / BigInt(n) + 1n), own);
    });
    texts[d.int(n)] = 'rest';
  } else {
    texts = composition(d, n, of).map((part) => ratioText(d, part, of));
  }
  if (!texts.includes('rest') && d.chance(40)) texts[d.int(n)] = 'rest';
  return texts;
}

/** A rate as a decimal: awkward, plain, or near another one. */
function rateText(d: Dice, halves: boolean, near?: string): string {
  if (halves) return d.pick(['1', '2', '4', '8', '0.5']);

  if (near !== undefined && d.chance(85)) {
    if (d.chance(8)) return near;
    const [integer = '', decimals = ''] = near.split('.');
    const places = decimals.length;
    const moved = (BigInt(integer + decimals) * BigInt(700 + d.int(601))) / 1000n;
    if (moved > 0n) return decimal(moved, places);
  }
  const kinds: [() => string, ...(() => string)[]] = [
    () => '7.1717',
    () => decimal(1n + d.big(200_000n), 4),
    () => decimal(1n + d.big(200_000n), 4),
    () => decimal(1n + d.big(10n ** 19n), 18),
    () => String(1 + d.int(20)),
    () => decimal(1n + d.big(99n), 5),
  ];
  return d.pick(kinds)();
}

// ── Calendar ─────────────────────────────────────────────────────────────────────────────────────

/** The window in fiscal months; period i begins at `first` + i × `months`, also for i < 0. */
type Frame = { readonly unit: Unit; readonly months: number; first: number; length: number };

const MONTHS: Record<Unit, number> = { month: 1, quarter: 3, year: 12 };
const startOf = (frame: Frame, i: number) => frame.first + i * frame.months;
const yearOf = (frame: Frame, i: number) => Math.floor(startOf(frame, i) / 12);

function keyAt(start: number, months: number): string {
  const year = Math.floor(start / 12);
  const month = start - year * 12;
  if (months === 12) return `FY${year}`;
  if (months === 3) return `FY${year}Q${month / 3 + 1}`;
  return `FY${year}M${String(month + 1).padStart(2, '0')}`;
}

const periodKey = (frame: Frame, i: number) => keyAt(startOf(frame, i), frame.months);

/** All keys that begin where period i begins, the narrowest first. */
const keysFrom = (frame: Frame, i: number) =>
  [1, 3, 12]
    .filter((months) => startOf(frame, i) % months === 0)
    .map((months) => keyAt(startOf(frame, i), months));

/** All keys that end where period i ends. */
const keysTo = (frame: Frame, i: number) =>
  [1, 3, 12]
    .filter((months) => startOf(frame, i + 1) % months === 0)
    .map((months) => keyAt(startOf(frame, i + 1) - months, months));

function frameOf(dials: Dials): Frame {
  const months = MONTHS[dials.unit];
  const length = dials.unit === 'year' ? Math.min(dials.length, 6) : dials.length;
  const offset = dials.offset % (12 / months);
  return { unit: dials.unit, months, first: 2026 * 12 + offset * months, length };
}

function calendarOf(d: Dice, dials: Dials, frame: Frame): Spec['calendar'] {
  const last = frame.length - 1;
  return {
    fiscal_year_ends: dials.fiscalYearEnds,
    from: d.pick([periodKey(frame, 0), ...keysFrom(frame, 0)]),
    to: d.pick([periodKey(frame, last), ...keysTo(frame, last)]),
    period: frame.unit,
  };
}

// ── Step maps ────────────────────────────────────────────────────────────────────────────────────

/** Where the values of a step map begin: one at or before `from`, others inside the window. */
function stepStarts(d: Dice, frame: Frame, from = 0): number[] {
  const begin = from - (d.chance(40) ? 1 + d.int(5) : 0);
  const more = Array.from(
    { length: d.int(3) },
    () => from + 1 + d.int(Math.max(1, frame.length - from - 1)),
  );
  const inside = more.filter((start) => start < frame.length && start > begin);
  const before = begin < from && d.chance(30) ? [from] : [];
  return [...new Set([begin, ...before, ...inside])].sort((a, b) => a - b);
}

/** `values[k]` holds from `starts[k]`; where two keys begin together the wider one has `other`. */
function stepMap<T>(
  d: Dice,
  frame: Frame,
  starts: readonly number[],
  values: readonly T[],
  other: () => T,
): ByPeriod<T> {
  const entries: [string, T][] = [];
  starts.forEach((start, k) => {
    const value = values[k];
    if (value === undefined) return;
    const keys = keysFrom(frame, start);
    const at = d.int(keys.length);
    const key = d.chance(60) ? periodKey(frame, start) : (keys[at] ?? periodKey(frame, start));
    const wider = keys.slice(keys.indexOf(key) + 1);
    if (wider.length > 0 && d.chance(40))
      entries.push([wider[d.int(wider.length)] ?? key, other()]);
    entries.push([key, value]);
  });
  return Object.fromEntries(d.chance(30) ? d.shuffle(entries) : entries);
}

/** The values of the periods of a map, in window order, that are in force somewhere in it. */
const effective = <T>(starts: readonly number[], values: readonly T[]) =>
  values.filter((_, k) => (starts[k + 1] ?? 1) > 0);

/** Parts of 1 under `n` keys, each bare or by period, so that every period sums to 1. */
function steppedPartition(d: Dice, frame: Frame, n: number, mayStep: boolean): Stepped[] {
  if (!mayStep || !d.chance(50)) return partition(d, n);
  const starts = stepStarts(d, frame);
  const columns = starts.map(() => partition(d, n));
  return Array.from({ length: n }, (_, i) => {
    const values = columns.map((column) => column[i] ?? '0');
    const [first = '0'] = values;
    if (values.every((value) => value === first) && d.chance(70)) return first;
    const isNews = values.map((value, k) => k === 0 || value !== values[k - 1] || d.chance(50));
    const kept = starts.map((start, k) => ({ start, value: values[k] ?? '0' }));
    const news = kept.filter((_, k) => isNews[k]);
    return stepMap(
      d,
      frame,
      news.map(({ start }) => start),
      news.map(({ value }) => value),
      () => ratioText(d, d.big(101n), 100n),
    );
  });
}

// ── Envelope, phasing, actuals ───────────────────────────────────────────────────────────────────

function envelopeQuanta(d: Dice, size: Size, currency: string): bigint {
  const unit = 10n ** BigInt(minorDigits(currency));
  const sizes: Record<Size, () => bigint> = {
    round: () => d.pick([380n, 100n, 10n, 12n]) * 10n ** 9n * unit,
    medium: () => 1n + d.big(10n ** 12n * unit),
    tiny: () => 1n + d.big(40n),
    huge: () => 999n * 10n ** 12n * unit - d.big(2n),
    vast: () => 10n ** 24n * unit - d.big(10n ** 14n),
    zero: () => (d.chance(40) ? 0n : 7n),
  };
  return sizes[size]();
}

function phasingOf(d: Dice, dials: Dials, frame: Frame, reported: ReadonlySet<number>): Phasing {
  const weight = (): string => {
    if (d.chance(20)) return '0';
    if (d.chance(50)) return d.pick(['1', '1', '2', '1.2', '1/3', '50%']);
    const of = d.pick(DENOMINATORS);
    return ratioText(d, 1n + d.big(of * 2n), of);
  };
  if (dials.phasing === 'growth') {
    const growth = d.pick(['12%', '0.05', '0%', '-5%', '-0.25', '-99.99%', '1/3', '-1/3', '250%']);
    return { growth, per: d.chance(50) ? 'year' : 'period' };
  }
  if (dials.phasing === 'years') {
    const all = Array.from({ length: frame.length }, (_, i) => `FY${yearOf(frame, i)}`);
    const years = [...new Set(all)];
    const shares = partition(d, years.length);
    const entries = years.map((year, i): [string, string] => [year, shares[i] ?? '0']);
    return { years: Object.fromEntries(d.chance(30) ? d.shuffle(entries) : entries) };
  }
  if (dials.phasing === 'weights') {
    const weights = Array.from({ length: frame.length }, (_, i) =>
      dials.deadWeights && reported.size > 0 && !reported.has(i) ? '0' : weight(),
    );
    if (!weights.some((w) => w !== '0')) {
      const alive = [...reported][0];
      weights[dials.deadWeights && alive !== undefined ? alive : d.int(frame.length)] = '1';
    }
    return { weights };
  }
  return 'even';
}

/** Places of the reported periods; those before the window are negative. */
function reportedPlaces(d: Dice, dials: Dials, frame: Frame): number[] {
  const inside = Array.from({ length: frame.length }, (_, i) => i);
  const before = [-1, -2, -3, -4].filter(() => d.chance(50));
  const kinds: Record<ActualsKind, () => number[]> = {
    none: () => [],
    some: () =>
      d.chance(60) ? inside.slice(0, 1 + d.int(frame.length)) : inside.filter(() => d.chance(40)),
    before: () => (before.length === 0 ? [-1] : before),
    both: () => [...before, ...inside.slice(0, 1 + d.int(frame.length))],
    all: () => inside,
  };
  return kinds[dials.actuals]().sort((a, b) => a - b);
}

function actualsOf(
  d: Dice,
  dials: Dials,
  frame: Frame,
  places: readonly number[],
  envelope: bigint,
): Spec['actuals'] {
  if (places.length === 0) return undefined;
  const earliest = Math.min(...places);
  const starts = dials.attributable === 'stepped' ? stepStarts(d, frame, earliest) : [earliest];
  const ofs = starts.map(() =>
    dials.halves ? 2n : d.pick([100n, 100n, 1000n, 3n, 7n, 10n ** 17n]),
  );
  const shares = ofs.map((of) => (d.chance(15) ? of : d.chance(8) ? 0n : 1n + d.big(of)));
  const texts = shares.map((n, k) => ratioText(d, n, ofs[k] ?? 1n));
  let left = envelope;
  const amounts = places.map((place, i) => {
    const at = starts.findLastIndex((start) => start <= place);
    const [n, of] = [shares[at] ?? 1n, ofs[at] ?? 1n];
    const isLast = i === places.length - 1;
    const portion = isLast && d.chance(40) ? left : d.chance(8) ? 0n : d.big(left / 2n + 2n);
    const taken = place < 0 ? d.big(envelope + 3n) : portion > left ? left : portion;
    if (place >= 0) left -= taken;
    if (dials.attributable === 'absent' || n === 0n) return taken;
    // The largest report of which the attributable part still rounds to no more than `taken`: a
    // half above an even number goes down to it.
    const most = taken % 2n === 0n ? taken * 2n * of + of : taken * 2n * of;
    return most / (2n * n);
  });
  const entries = places.map((place, i): [string, string] => {
    const free = dials.keepPhasing && d.chance(30) ? d.big(envelope * 2n + 5n) : amounts[i];
    return [periodKey(frame, place), moneyText(d, capped(free ?? 0n), dials.currency)];
  });
  return {
    periods: Object.fromEntries(d.chance(30) ? d.shuffle(entries) : entries),
    ...(dials.attributable === 'bare' ? { attributable: texts[0] ?? '100%' } : {}),
    ...(dials.attributable === 'stepped'
      ? {
          attributable: stepMap(d, frame, starts, texts, () => ratioText(d, d.big(101n), 100n)),
        }
      : {}),
    ...(dials.keepPhasing
      ? { reforecast: 'keep-phasing' }
      : d.chance(50)
        ? { reforecast: 'keep-envelope' }
        : {}),
  };
}

/** Few enough digits for a literal. */
const capped = (quanta: bigint) => (quanta < 10n ** 28n ? quanta : 10n ** 28n);

// ── Estimates and mix ────────────────────────────────────────────────────────────────────────────

/** The order by UTF-16 code unit is not the order in which people write these. */
const COMPONENTS = ['servers', 'a', 'a-b', 'b', 'B', 'a_b', 'a1', 'Z', 'optical_modules', 'no'];
const KIN = ['a', 'a-b', 'a1', 'A', 'a_b'];
const PARTS = ['x', 'x-y', 'cpu', 'a', 'A', 'x_y', 'y', 'x1'];
const ESTIMATES = ['guojin', 'cicc', 'own-view'];
const RESIDUAL = 'unallocated';

function estimateOf(d: Dice, dials: Dials, keys: readonly string[]): Split {
  if (dials.kin ? d.chance(75) : d.chance(40)) {
    const even = keys.map(() => `1/${keys.length}`);
    const shares = dials.kin && d.chance(75) ? even : partition(d, keys.length);
    return { split: Object.fromEntries(keys.map((key, i) => [key, shares[i] ?? '0'])) };
  }
  const currency = d.chance(75) ? dials.currency : d.pick(['USD', 'HKD', 'JPY', 'KWD']);
  const scale = d.pick([1n, 10n ** 6n, 10n ** 11n, 10n ** 16n]);
  const equal = d.chance(30);
  const of = equal ? scale * BigInt(keys.length) : 1n + d.big(scale * 40n);
  const parts = equal ? keys.map(() => scale) : composition(d, keys.length, of);
  const texts = parts.map((part) => moneyText(d, part, currency));
  const rest = keys.includes(RESIDUAL) ? keys.indexOf(RESIDUAL) : d.int(keys.length);
  if (d.chance(50)) texts[rest] = 'rest';
  return {
    of: moneyText(d, of, currency),
    split: Object.fromEntries(keys.map((key, i) => [key, texts[i] ?? 'rest'])),
  };
}

type MixPlan = {
  readonly mix: NonNullable<Spec['mix']>;
  readonly estimates: Record<string, Split>;
  readonly tops: string[];
};

const namesIn = (mixture: Mixture): string[] =>
  typeof mixture === 'string' ? [mixture] : Object.keys(mixture.blend);

/** Estimates, and a mix of which every named component is split to in some period. */
function mixOf(d: Dice, dials: Dials, frame: Frame): MixPlan {
  const pool = dials.kin
    ? KIN.slice(0, Math.max(2, dials.components))
    : d.shuffle(COMPONENTS).slice(0, dials.components);
  if (d.chance(40)) pool.push(RESIDUAL);
  const names = d.shuffle(ESTIMATES).slice(0, dials.estimates) as [string, ...string[]];
  const estimates: Record<string, Split> = {};
  for (const name of names) {
    const keys = d.shuffle(pool).slice(0, d.chance(60) ? pool.length : 1 + d.int(pool.length));
    estimates[name] = estimateOf(d, dials, keys);
  }
  const mixture = (blends: boolean): Mixture => {
    if (!blends) return d.pick(names);
    const some = d.shuffle(names).slice(0, 1 + d.int(names.length));
    const parts = partition(d, some.length, true);
    return { blend: Object.fromEntries(some.map((name, i) => [name, parts[i] ?? 'rest'])) };
  };
  if (dials.mix !== 'stepped') {
    const mix = mixture(dials.mix === 'blend');
    const unused = typeof mix === 'object' ? names.filter((n) => !namesIn(mix).includes(n)) : [];
    if (typeof mix === 'object' && unused[0] !== undefined && d.chance(20)) {
      const split = pickAll(estimates, namesIn(mix));
      return fill({ blend: { ...mix.blend, [unused[0]]: '0%' } }, estimates, split, namesIn(mix));
    }
    return { mix, estimates, tops: pickAll(estimates, namesIn(mix)) };
  }
  const starts = stepStarts(d, frame);
  const values = starts.map(() => mixture(d.chance(50)));
  const mix = stepMap(d, frame, starts, values, () => mixture(d.chance(50)));
  const inForce = effective(starts, values).flatMap(namesIn);
  return fill(mix, estimates, pickAll(estimates, inForce), inForce);
}

const pickAll = (estimates: Record<string, Split>, names: readonly string[]) => [
  ...new Set(names.flatMap((name) => Object.keys(estimates[name]?.split ?? {}))),
];

/** Components of estimates that are named but never in force get a zero part in one that is. */
function fill(
  mix: NonNullable<Spec['mix']>,
  estimates: Record<string, Split>,
  tops: readonly string[],
  inForce: readonly string[],
): MixPlan {
  const isMixture = typeof mix === 'string' || 'blend' in mix;
  const named = (isMixture ? [mix as Mixture] : Object.values(mix)).flatMap(namesIn);
  const missing = pickAll(estimates, named).filter((key) => !tops.includes(key));
  const [first = ''] = inForce;
  const host = estimates[first];
  if (host === undefined) throw new Error('a mix without estimate');
  const zero = host.of === undefined ? '0%' : `0 ${host.of.slice(-3)}`;
  const split = { ...host.split, ...Object.fromEntries(missing.map((key) => [key, zero])) };
  return {
    mix,
    estimates: { ...estimates, [first]: { ...host, split } },
    tops: [...tops, ...missing],
  };
}

// ── FX ───────────────────────────────────────────────────────────────────────────────────────────

type FxPlan = {
  readonly fx: Spec['fx'];
  /** Currencies with a base rate: they may price things. */
  readonly priced: readonly string[];
  /** Currencies with a rate in every period: they may be reported in. */
  readonly rated: readonly string[];
};

function fxOf(d: Dice, dials: Dials, frame: Frame): FxPlan {
  const foreign = d.shuffle(FOREIGN.filter((currency) => currency !== dials.currency));
  const priced = foreign.slice(0, dials.bases);
  const pathOnly = dials.pathOnly ? foreign.slice(dials.bases, dials.bases + 1) : [];
  const base = Object.fromEntries(priced.map((currency) => [currency, rateText(d, dials.halves)]));
  const pathed = dials.paths ? priced.filter(() => d.chance(90)) : [];
  const path = [...pathed, ...pathOnly].map((currency): [string, Stepped] => {
    const near = base[currency];
    if (d.chance(30)) return [currency, rateText(d, dials.halves, near)];
    // With a base rate the path may begin late.
    const late = near !== undefined && d.chance(25) ? d.int(frame.length) : 0;
    const starts = stepStarts(d, frame, late);
    const rates = starts.map(() => rateText(d, dials.halves, near));
    return [currency, stepMap(d, frame, starts, rates, () => rateText(d, dials.halves, near))];
  });
  const fx = {
    ...(priced.length > 0 ? { base } : {}),
    ...(path.length > 0 ? { path: Object.fromEntries(path) } : {}),
    ...(dials.closure === undefined ? {} : { closure: dials.closure }),
  };
  return {
    fx: Object.keys(fx).length > 0 ? fx : undefined,
    priced,
    rated: [...priced, ...pathOnly],
  };
}

// ── Components ───────────────────────────────────────────────────────────────────────────────────

type Setting = {
  readonly d: Dice;
  readonly dials: Dials;
  readonly frame: Frame;
  readonly priced: readonly string[];
  readonly envelope: bigint;
  /** Decides which contents and pass-throughs change by period. */
  readonly steps: Dice;
  /** Decides which components have a life; a stream of its own, so that it moves no other part. */
  readonly lives: Dice;
};

const SUPPLIERS = ['inspur', 'others', 'a', 'a-b', 'B', 'b', 'h3c', 'X', 'a_b'];
const UNITS: [string, ...string[]] = ['server', 'rack', 'module', 'GPU', 'port'];

function componentOf(
  setting: Setting,
  depth: number,
  part: Stepped | undefined,
  mustSplit = false,
): Component {
  const { d, dials, frame } = setting;
  const head = {
    ...(part === undefined ? {} : { part }),
    ...lifeOf(setting),
    ...(d.chance(20) ? { name: d.pick(['Servers', 'Optical modules', 'A part']) } : {}),
  };
  if (mustSplit || (depth > 0 && d.chance(65))) {
    const keys = d.shuffle(PARTS).slice(0, mustSplit && d.chance(60) ? 1 : 1 + d.int(3));
    const parts = steppedPartition(d, frame, keys.length, dials.steppedGroups);
    const components = keys.map((key, i): [string, Component | string] => {
      const own = parts[i] ?? 'rest';
      const isBare = typeof own === 'string' && d.chance(30);
      return [key, isBare ? own : componentOf(setting, depth - 1, own)];
    });
    return { ...head, components: Object.fromEntries(components) };
  }
  const leaf = { ...head, ...leafOf(setting) };
  return Object.keys(leaf).length === 0 ? { name: 'A leaf' } : leaf;
}

/** A life, often of about as many periods as the window has; or none, where that of the component above holds. */
function lifeOf({ lives: d, dials }: Setting): Pick<Component, 'life' | 'in_service'> {
  if (!d.chance(30)) return {};
  const life = d.chance(25) ? `${1 + d.int(6)} years` : `${1 + d.int(9)} ${dials.unit}s`;
  return { life, ...(d.chance(50) ? { in_service: d.pick(['same', 'next']) } : {}) };
}

function leafOf(setting: Setting): Component {
  const { d, dials } = setting;
  const hasPrice = dials.prices > 0 && d.chance(dials.prices === 1 ? 50 : 85);
  const price = hasPrice && d.chance(80) ? leafPrice(setting) : undefined;
  const own = hasPrice && dials.ownPrices && (price === undefined || d.chance(75));
  const suppliers = dials.suppliers > 0 && d.chance(85) ? suppliersOf(setting, price, own) : {};
  return {
    ...(dials.pricing && setting.priced.length > 0 && d.chance(dials.kin ? 50 : 70)
      ? { pricing: steppedPricing(setting, pricingOf(setting)) }
      : {}),
    ...(price === undefined ? {} : { price }),
    ...(dials.lags && d.chance(75)
      ? { lag: { [`${dials.unit}s`]: partition(d, 1 + d.int(4)) } }
      : {}),
    ...(Object.keys(suppliers).length === 0 ? {} : { suppliers }),
    ...(dials.bills && Object.keys(suppliers).length > 0 && d.chance(60)
      ? { bill: billOf(setting) }
      : {}),
  };
}

/** Parts that leave a remainder, or none; ties between them and the remainder are common. */
function billOf({ d, dials, frame }: Setting): NonNullable<Component['bill']> {
  const keys = d.shuffle(PARTS).slice(0, 1 + d.int(2));
  const parts = partsUpToOne(d, frame, keys.length, dials.steppedGroups);
  const entries = keys.map((key, i): [string, Bought] => {
    const part = parts[i] ?? '0';
    if (typeof part === 'string' && d.chance(25)) return [key, part];
    const names = d.shuffle(SUPPLIERS).slice(0, d.int(3));
    const shares = steppedPartition(d, frame, names.length, dials.steppedGroups);
    const makers = names.map((name, m): [string, string | { share: Stepped }] => {
      const share = shares[m] ?? 'rest';
      return [name, typeof share === 'string' && d.chance(60) ? share : { share }];
    });
    return [
      key,
      {
        part,
        ...(d.chance(20) ? { name: 'A bought-in part' } : {}),
        ...(makers.length > 0 ? { suppliers: Object.fromEntries(makers) } : {}),
      },
    ];
  });
  return Object.fromEntries(entries);
}

/** n ratios of at most 1 in sum, each bare or by period. */
function partsUpToOne(d: Dice, frame: Frame, n: number, mayStep: boolean): Stepped[] {
  const some = (): string[] => {
    if (d.chance(30)) return Array.from({ length: n }, () => `1/${n + d.int(2)}`);
    const of = d.pick(DENOMINATORS);
    const leaves = d.chance(80) ? 1 : 0;
    return composition(d, n + leaves, of)
      .slice(0, n)
      .map((part) => ratioText(d, part, of));
  };
  if (!mayStep || !d.chance(40)) return some();
  const starts = stepStarts(d, frame);
  const columns = starts.map(some);
  return Array.from({ length: n }, (_, i) =>
    stepMap(
      d,
      frame,
      starts,
      columns.map((column) => column[i] ?? '0'),
      () => ratioText(d, d.big(101n), 100n),
    ),
  );
}

const PASSES = ['100%', '80%', '95%', '0%', '1/3', '0.123456789012345678'] as const;

/** Contents of 0 … 100 % that together are at most 100 %. */
function pricingOf({ d, dials, priced }: Setting): NonNullable<Component['pricing']> {
  const currencies = d.shuffle(priced).slice(0, d.chance(40) ? 2 : 1);
  const of = d.pick([100n, 100n, 1000n, 7n, 10n ** 17n]);
  const [, ...contents] = composition(d, currencies.length + 1, of);
  const entries = currencies.map((currency, i) => {
    if ((dials.halves || dials.kin) && currencies.length === 1) {
      return [currency, { content: dials.kin ? '50%' : d.pick(['50%', '100%', '1/4']) }] as const;
    }
    const content = d.chance(10) && currencies.length === 1 ? of : (contents[i] ?? 0n);
    const pass = d.chance(45) ? { pass_through: d.pick(PASSES) } : {};
    return [currency, { content: ratioText(d, content, of), ...pass }] as const;
  });
  return Object.fromEntries(entries);
}

/** Pricing, some of it by period: contents that are at most 100 % together in each of them. */
function steppedPricing(
  { dials, frame, steps: d }: Setting,
  pricing: NonNullable<Component['pricing']>,
): NonNullable<Component['pricing']> {
  if (!dials.steppedGroups) return pricing;
  const contents = partsUpToOne(d, frame, Object.keys(pricing).length, true);
  const areStepped = contents.some((content) => typeof content === 'object');
  const pass = () => d.pick(PASSES);
  const entries = Object.entries(pricing).map(([currency, bare], i) => {
    const starts = stepStarts(d, frame);
    const passes = d.chance(30) && {
      pass_through: stepMap(d, frame, starts, starts.map(pass), pass),
    };
    return [currency, { ...bare, ...(areStepped && { content: contents[i]! }), ...passes }];
  });
  return Object.fromEntries(entries) as NonNullable<Component['pricing']>;
}

/** A price somewhere below the envelope, in its currency or a foreign one, often awkward. */
function priceText({ d, dials, envelope }: Setting, currency: string): string {
  const places = 18 - minorDigits(dials.currency);
  const scaled = envelope * 10n ** BigInt(places);
  const rough = (scaled * BigInt(1 + d.int(999))) / 10n ** BigInt(2 + d.int(8)) + 1n;
  if (dials.halves) return `${d.pick(['1', '2', '4', '8'])} ${currency}`;
  const plain: [string, ...string[]] = ['1.5m', '3k', '1', '0.07', '100', '0.333333333333333333'];
  if (d.chance(30)) return `${d.pick(plain)} ${currency}`;
  const count = rough < 10n ** 34n ? rough : 10n ** 34n;
  return amountText(d, count, 18, currency);
}

function priceValue(setting: Setting): Pick<Price, 'value' | 'at' | 'erosion'> {
  const { d, dials, frame, priced } = setting;
  const [some, ...others] = priced;
  const foreign = dials.foreignPrices && some !== undefined && d.chance(50);
  const currency = foreign ? d.pick([some, ...others]) : dials.currency;
  const price = () => priceText(setting, currency);
  if (d.chance(25)) {
    const starts = stepStarts(d, frame);
    return { value: stepMap(d, frame, starts, starts.map(price), price) };
  }
  const at = d.int(frame.length + 8) - 4;
  const erosion = d.pick(['5%', '0.1', '-5%', '1/3', '99%', '0%', '-0.5', '12.345678%']);
  return {
    value: price(),
    ...(d.chance(40) ? { at: d.pick([`FY${yearOf(frame, at)}`, periodKey(frame, at)]) } : {}),
    ...(d.chance(55) ? { erosion } : {}),
  };
}

const quantumOf = (d: Dice) =>
  d.chance(45) ? { quantum: d.pick(['1', '0.1', '100', '0.25', '0.001', '12']) } : {};

function leafPrice(setting: Setting): Price {
  return { ...priceValue(setting), unit: setting.d.pick(UNITS), ...quantumOf(setting.d) };
}

function suppliersOf(
  setting: Setting,
  leafsPrice: Price | undefined,
  ownPrices: boolean,
): Record<string, Supplier> {
  const { d, dials, frame } = setting;
  const names = d.shuffle(SUPPLIERS).slice(0, 1 + d.int(dials.suppliers + 1));
  const shares = steppedPartition(d, frame, names.length, dials.steppedGroups);
  const { unit, quantum } = leafsPrice ?? { unit: d.pick(UNITS), ...quantumOf(d) };
  const quantumGiven = quantum === undefined ? {} : { quantum };
  const unitGiven = { unit: unit ?? 'server' };
  const priceOf = (): Price =>
    leafsPrice === undefined
      ? { ...priceValue(setting), ...unitGiven, ...quantumGiven }
      : {
          ...priceValue(setting),
          ...(d.chance(30) ? unitGiven : {}),
          ...(d.chance(30) ? quantumGiven : {}),
        };
  const entries = names.map((name, i): [string, Supplier] => {
    const share = shares[i] ?? 'rest';
    if (ownPrices && d.chance(70)) return [name, { share, price: priceOf() }];
    return [name, typeof share === 'string' && d.chance(60) ? share : { share }];
  });
  return Object.fromEntries(entries);
}

function companiesOf(d: Dice, components: Record<string, Component>) {
  const names = new Set<string>();
  const collect = (component: Component | string) => {
    if (typeof component === 'string') return;
    for (const name of Object.keys(component.suppliers ?? {})) names.add(name);
    for (const bought of Object.values(component.bill ?? {})) {
      if (typeof bought === 'object')
        Object.keys(bought.suppliers ?? {}).forEach((n) => names.add(n));
    }
    Object.values(component.components ?? {}).forEach(collect);
  };
  Object.values(components).forEach(collect);
  const some = [...names].filter(() => d.chance(60));
  const entries = some.map((name): [string, Company] => [
    name,
    {
      name: d.pick(['Inspur', 'H3C Group', '浪潮信息', "O'Neill & Co"]),
      ...(d.chance(60) ? { currency: d.pick(['CNY', 'USD', 'HKD', 'JPY']) } : {}),
      ...(d.chance(60) ? { fiscal_year_ends: 1 + d.int(12) } : {}),
    },
  ]);
  return Object.fromEntries(entries);
}

// ── All together ─────────────────────────────────────────────────────────────────────────────────

function build(dials: Dials): Spec {
  const section = (name: string) => dice(dials.seed, name);
  const frame = frameOf(dials);
  const envelope = envelopeQuanta(section('envelope'), dials.size, dials.currency);
  const places = reportedPlaces(section('places'), dials, frame);
  const actuals = actualsOf(section('actuals'), dials, frame, places, envelope);
  const inside = new Set(places.filter((place) => place >= 0));
  const { mix, estimates, tops } = mixOf(section('mix'), dials, frame);
  const { fx, priced, rated } = fxOf(section('fx'), dials, frame);
  const d = section('components');
  const described = tops.filter(() => d.int(4) < dials.described + 1);
  if (d.chance(8)) described.push('never-used'); // a warning, and no row
  const components = Object.fromEntries(
    described.map((key) => {
      const steps = section(`pricing of ${key}`);
      const lives = section(`life of ${key}`);
      const setting = { d: section(key), dials, frame, priced, envelope, steps, lives };
      return [key, componentOf(setting, dials.depth, undefined, dials.kin && key === 'a')] as const;
    }),
  );
  const companies = dials.companies ? companiesOf(section('companies'), components) : {};
  const reports = section('report').shuffle([dials.currency, ...rated]);
  return {
    currencies: dials.report === 0 ? [dials.currency] : reports.slice(0, 1 + dials.report),
    scenario: 'random',
    title: 'A random scenario',
    as_of: '2099-12-31',
    currency: dials.currency,
    calendar: calendarOf(section('calendar'), dials, frame),
    envelope: moneyText(section('envelope-text'), envelope, dials.currency),
    phasing: phasingOf(section('phasing'), dials, frame, inside),
    estimates,
    mix,
    ...(Object.keys(components).length > 0 ? { components } : {}),
    ...(Object.keys(companies).length > 0 ? { suppliers: companies } : {}),
    ...(fx === undefined ? {} : { fx }),
    ...(actuals === undefined ? {} : { actuals }),
  };
}
