/**
 * The naive model: the whole contract of the arithmetic evaluated straight from a Spec in exact
 * fractions, one function per numbered stage, so that the engine can be held to it digit for digit.
 */
import type {
  ByPeriod,
  Component,
  Estimate,
  Mixture,
  Phasing,
  Price,
  Spec,
  Split,
  Stepped,
  Supplier,
  Unit,
  Units as UnitsEstimate,
} from './spec.js';

// ── Exact fractions ──────────────────────────────────────────────────────────────────────────

export type Fraction = { readonly n: bigint; readonly d: bigint };

export const ZERO: Fraction = { n: 0n, d: 1n };
const ONE: Fraction = { n: 1n, d: 1n };

/** Euclid's; numbers that a double holds exactly go the rest of the way as doubles, which is faster. */
function gcd(a: bigint, b: bigint): bigint {
  [a, b] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (b > EXACT) [a, b] = [b, a % b];
  if (b === 0n) return a;
  let [x, y] = [Number(b), Number(a % b)];
  while (y !== 0) [x, y] = [y, x % y];
  return BigInt(x);
}

const EXACT = BigInt(Number.MAX_SAFE_INTEGER);

export function fraction(n: bigint, d: bigint): Fraction {
  if (d === 0n) throw new Error('division by zero');
  if (d < 0n) [n, d] = [-n, -d];
  const g = d === 1n ? 1n : gcd(n, d);
  return g === 1n ? { n, d } : { n: n / g, d: d / g };
}

export const whole = (n: bigint): Fraction => ({ n, d: 1n });
export const plus = (a: Fraction, b: Fraction) => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
export const minus = (a: Fraction, b: Fraction) => fraction(a.n * b.d - b.n * a.d, a.d * b.d);
export const times = (a: Fraction, b: Fraction) => fraction(a.n * b.n, a.d * b.d);
export const over = (a: Fraction, b: Fraction) => fraction(a.n * b.d, a.d * b.n);
const sum = (list: readonly Fraction[]) => list.reduce(plus, ZERO);
const sumWhole = (list: Iterable<bigint>) => [...list].reduce((a, b) => a + b, 0n);

export function power(a: Fraction, exponent: number): Fraction {
  if (exponent < 0) return over(ONE, power(a, -exponent));
  return exponent === 0 ? ONE : times(a, power(a, exponent - 1));
}

/** The nearest integer to a fraction ≥ 0; a tie goes to the even one. */
export function roundHalfEven(a: Fraction): bigint {
  const floor = a.n / a.d;
  const twice = 2n * (a.n % a.d);
  if (twice === a.d) return floor % 2n === 0n ? floor : floor + 1n;
  return twice > a.d ? floor + 1n : floor;
}

// ── Literals ─────────────────────────────────────────────────────────────────────────────────

const DIGITS: Record<string, number> = {
  CNY: 2,
  USD: 2,
  HKD: 2,
  EUR: 2,
  GBP: 2,
  SGD: 2,
  TWD: 2,
  JPY: 0,
  KRW: 0,
  VND: 0,
  KWD: 3,
  BHD: 3,
};

const SUFFIXES: Record<string, bigint> = {
  k: 10n ** 3n,
  m: 10n ** 6n,
  bn: 10n ** 9n,
  tn: 10n ** 12n,
  万: 10n ** 4n,
  亿: 10n ** 8n,
  万亿: 10n ** 12n,
};

function decimal(text: string): Fraction {
  const match = /^(-?)(\d{1,18})(?:\.(\d{1,18}))?$/.exec(text);
  if (match === null) throw new Error(`not a number: ${text}`);
  const [, sign, integer = '', decimals = ''] = match;
  const n = BigInt(integer + decimals);
  return fraction(sign === '-' ? -n : n, 10n ** BigInt(decimals.length));
}

export function ratio(text: string): Fraction {
  const [numerator = '', denominator] = text.split('/');
  if (denominator !== undefined) return over(decimal(numerator), decimal(denominator));
  if (text.endsWith('%')) return over(decimal(text.slice(0, -1)), whole(100n));
  return decimal(text);
}

function amount(text: string): { value: Fraction; currency: string } {
  const match = /^([\d.]+)(\D*) ([A-Z]{3})$/.exec(text);
  if (match === null) throw new Error(`not an amount: ${text}`);
  const [, number = '', suffix = '', code = ''] = match;
  const scale = suffix === '' ? 1n : SUFFIXES[suffix];
  if (scale === undefined) throw new Error(`not an amount: ${text}`);
  return {
    value: times(decimal(number), whole(scale)),
    currency: code === 'RMB' ? 'CNY' : code,
  };
}

function digitsOf(currency: string): number {
  const digits = DIGITS[currency];
  if (digits === undefined) throw new Error(`unknown currency ${currency}`);
  return digits;
}

/** An amount as an integer count of its currency's quanta; a finer one is an error. */
function quanta(text: string): bigint {
  const { value, currency } = amount(text);
  const exact = times(value, whole(10n ** BigInt(digitsOf(currency))));
  if (exact.d !== 1n) throw new Error(`finer than the quantum: ${text}`);
  return exact.n;
}

/** An integer count of 10^-digits as a plain decimal. */
function print(count: bigint, digits: number): string {
  if (digits === 0) return String(count);
  const text = String(count).padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

// ── Allocate: the one rule that splits money ─────────────────────────────────────────────────

/** `keys` decide ties by UTF-16 code unit; `'time'` means that the earlier one goes first. */
export function allocate(
  total: bigint,
  weights: readonly Fraction[],
  keys: readonly string[] | 'time',
): bigint[] {
  if (total === 0n) return weights.map(() => 0n);
  const counts = overOneDenominator(weights);
  const all = sumWhole(counts);
  if (all === 0n) throw new Error('an amount and no weight');
  const parts = counts.map((count) => (total * count) / all);
  const left = counts.map((count) => (total * count) % all);
  const order = weights.map((_, i) => i);
  order.sort((i, j) => {
    const difference = (left[j] ?? 0n) - (left[i] ?? 0n);
    if (difference !== 0n) return difference > 0n ? 1 : -1;
    if (keys === 'time') return i - j;
    return (keys[i] ?? '') < (keys[j] ?? '') ? -1 : 1;
  });
  const units = Number(total - sumWhole(parts));
  for (const i of order.slice(0, units)) parts[i] = (parts[i] ?? 0n) + 1n;
  return parts;
}

/** Weights in the same proportions as whole numbers. */
function overOneDenominator(weights: readonly Fraction[]): bigint[] {
  const denominators = [...new Set(weights.map(({ d }) => d))];
  const one = denominators.reduce((a, b) => (a / gcd(a, b)) * b, 1n);
  return weights.map(({ n, d }) => n * (one / d));
}

// ── 1. Window ────────────────────────────────────────────────────────────────────────────────

/** Months are counted in fiscal years: the first month of FY2026 is 2026 × 12. */
type Span = { readonly start: number; readonly months: number };
type Period = { readonly label: string; readonly year: number; readonly start: number };

const MONTHS: Record<Unit, number> = { month: 1, quarter: 3, year: 12 };

function span(key: string): Span {
  const match = /^FY(\d{4})(?:Q([1-4])|M(0[1-9]|1[0-2]))?$/.exec(key);
  if (match === null) throw new Error(`not a period: ${key}`);
  const [, year, quarter, month] = match;
  const start = Number(year) * 12;
  if (quarter !== undefined) return { start: start + (Number(quarter) - 1) * 3, months: 3 };
  if (month !== undefined) return { start: start + Number(month) - 1, months: 1 };
  return { start, months: 12 };
}

function period(start: number, unit: Unit): Period {
  const year = Math.floor(start / 12);
  const month = start - year * 12;
  if (unit === 'year') return { label: `FY${year}`, year, start };
  if (unit === 'quarter') return { label: `FY${year}Q${month / 3 + 1}`, year, start };
  return { label: `FY${year}M${String(month + 1).padStart(2, '0')}`, year, start };
}

function windowOf(calendar: Spec['calendar']): Period[] {
  const months = MONTHS[calendar.period];
  const first = span(calendar.from).start;
  const last = span(calendar.to);
  const end = last.start + last.months;
  if (first % months !== 0 || end % months !== 0) throw new Error('not on a period boundary');
  const periods: Period[] = [];
  for (let start = first; start < end; start += months) {
    periods.push(period(start, calendar.period));
  }
  return periods;
}

/** The value of a step map in a period: the latest key begun, and of two the narrower. */
function step<T>(map: ByPeriod<T>, at: Period): T | undefined {
  let best: { span: Span; value: T } | undefined;
  for (const [key, value] of Object.entries(map)) {
    const candidate = { span: span(key), value };
    if (candidate.span.start > at.start) continue;
    if (
      best === undefined ||
      candidate.span.start > best.span.start ||
      (candidate.span.start === best.span.start && candidate.span.months < best.span.months)
    ) {
      best = candidate;
    }
  }
  return best?.value;
}

function stepped(value: Stepped, at: Period): string {
  if (typeof value === 'string') return value;
  const found = step(value, at);
  if (found === undefined) throw new Error(`nothing given for ${at.label}`);
  return found;
}

/** Ratios that sum to 1, the one that says `rest` being what the others leave. */
function groupOfRatios(texts: readonly string[]): Fraction[] {
  const given = texts.map((text) => (text === 'rest' ? ZERO : ratio(text)));
  const rest = minus(ONE, sum(given));
  const rests = texts.filter((text) => text === 'rest').length;
  if (rests > 1 || rest.n < 0n || (rests === 0 && rest.n !== 0n)) {
    throw new Error(`does not sum to 1: ${texts.join(', ')}`);
  }
  return texts.map((text, i) => (text === 'rest' ? rest : (given[i] ?? ZERO)));
}

// ── 2. Phasing ───────────────────────────────────────────────────────────────────────────────

function phasingWeights(phasing: Phasing, periods: readonly Period[]): Fraction[] {
  if (phasing === 'even') return periods.map(() => ONE);
  if ('weights' in phasing) {
    if (phasing.weights.length !== periods.length) throw new Error('one weight per period');
    return phasing.weights.map(ratio);
  }
  if ('growth' in phasing) {
    const growth = plus(ONE, ratio(phasing.growth));
    const firstYear = periods[0]?.year ?? 0;
    return periods.map((p, i) => power(growth, phasing.per === 'year' ? p.year - firstYear : i));
  }
  const years = [...new Set(periods.map((p) => `FY${p.year}`))];
  if (years.length !== Object.keys(phasing.years).length) throw new Error('years of the window');
  const shares = groupOfRatios(years.map((year) => phasing.years[year] ?? 'missing'));
  return periods.map((p) => {
    const inYear = periods.filter((other) => other.year === p.year).length;
    return over(shares[years.indexOf(`FY${p.year}`)] ?? ZERO, whole(BigInt(inYear)));
  });
}

/** Money goes to fiscal years by the sum of their open weights, then within each year. */
function phase(
  total: bigint,
  periods: readonly Period[],
  weights: readonly Fraction[],
  isOpen: (p: Period) => boolean,
): bigint[] {
  const result = periods.map(() => 0n);
  const openOf = (year: number) =>
    periods.flatMap((p, i) => (p.year === year && isOpen(p) ? [i] : []));
  const weightsOf = (indices: readonly number[]) => indices.map((i) => weights[i] ?? ZERO);
  const years = [...new Set(periods.map((p) => p.year))];
  const yearWeights = years.map((year) => sum(weightsOf(openOf(year))));
  if (sum(yearWeights).n === 0n) return result; // an under-run: no open period can take it
  const yearAmounts = allocate(total, yearWeights, 'time');
  years.forEach((year, y) => {
    const open = openOf(year);
    const amounts = allocate(yearAmounts[y] ?? 0n, weightsOf(open), 'time');
    open.forEach((i, k) => (result[i] = amounts[k] ?? 0n));
  });
  return result;
}

// ── 3. Actuals ───────────────────────────────────────────────────────────────────────────────

type Reported = { readonly period: Period; readonly amount: bigint };

function reportedAmounts(spec: Spec): Reported[] {
  return Object.entries(spec.actuals?.periods ?? {}).map(([key, text]) => {
    const { start, months } = span(key);
    if (months !== MONTHS[spec.calendar.period]) throw new Error(`not a period: ${key}`);
    const at = period(start, spec.calendar.period);
    const attributable = ratio(stepped(spec.actuals?.attributable ?? '100%', at));
    return { period: at, amount: roundHalfEven(times(whole(quanta(text)), attributable)) };
  });
}

function periodAmounts(spec: Spec, periods: readonly Period[], reported: readonly Reported[]) {
  if (typeof spec.envelope !== 'string' || !spec.phasing) throw new Error('no planned amount');
  const envelope = quanta(spec.envelope);
  const weights = phasingWeights(spec.phasing, periods);
  if (sum(weights).n === 0n) throw new Error('all weights are zero');
  const actual = new Map(reported.map((r) => [r.period.start, r.amount]));
  const inWindow = periods.map((p) => actual.get(p.start)).filter((a) => a !== undefined);
  const keepPhasing = spec.actuals?.reforecast === 'keep-phasing';
  const left = keepPhasing ? envelope : envelope - sumWhole(inWindow);
  if (left < 0n) throw new Error(`actuals exceed the envelope by ${-left}`);
  const open = phase(left, periods, weights, (p) => keepPhasing || !actual.has(p.start));
  return periods.map((p, i) => actual.get(p.start) ?? open[i] ?? 0n);
}

// ── 4. Mix ───────────────────────────────────────────────────────────────────────────────────

function partsOf(estimate: Split): Map<string, Fraction> {
  const keys = Object.keys(estimate.split);
  const texts = Object.values(estimate.split);
  if (estimate.of === undefined) {
    const ratios = groupOfRatios(texts);
    return new Map(keys.map((key, i) => [key, ratios[i] ?? ZERO]));
  }
  const of = quanta(estimate.of);
  const { currency } = amount(estimate.of);
  const given = texts.map((text) => (text === 'rest' ? 0n : quanta(text)));
  for (const text of texts) {
    if (text !== 'rest' && amount(text).currency !== currency) throw new Error('two currencies');
  }
  const rest = of - sumWhole(given);
  if (rest < 0n || (rest > 0n && !texts.includes('rest'))) throw new Error('parts are not `of`');
  return new Map(
    keys.map((key, i) => [key, fraction(texts[i] === 'rest' ? rest : (given[i] ?? 0n), of)]),
  );
}

function isMixture(mix: Mixture | ByPeriod<Mixture>): mix is Mixture {
  return typeof mix === 'string' || 'blend' in mix;
}

/** Weight of each top-level component: blend weights × each estimate's shares. */
function mixWeights(spec: Spec, at: Period): Map<string, Fraction> {
  const mix = mixOf(spec);
  const mixture = isMixture(mix) ? mix : step(mix, at);
  if (mixture === undefined) throw new Error(`no mix in ${at.label}`);
  const blend = typeof mixture === 'string' ? { [mixture]: '100%' } : mixture.blend;
  const names = Object.keys(blend);
  const blendWeights = groupOfRatios(Object.values(blend));
  const weights = new Map<string, Fraction>();
  names.forEach((name, i) => {
    for (const [key, share] of sharesOf(spec, estimateOf(spec, name), at)) {
      const more = times(blendWeights[i] ?? ZERO, share);
      weights.set(key, plus(weights.get(key) ?? ZERO, more));
    }
  });
  return weights;
}

/** A plan that follows from units is split by these alone. */
function mixOf({ envelope, mix }: Spec): Mixture | ByPeriod<Mixture> {
  const found = typeof envelope === 'string' ? mix : envelope.from;
  if (found === undefined) throw new Error('no mix');
  return found;
}

function sharesOf(spec: Spec, estimate: Estimate, at: Period): Map<string, Fraction> {
  if (!('units' in estimate)) return partsOf(estimate);
  const costs = costsOf(spec, estimate, at);
  const all = sum([...costs.values()]);
  return new Map([...costs].map(([key, cost]) => [key, over(cost, all)]));
}

function estimateOf(spec: Spec, name: string): Estimate {
  const estimate = spec.estimates[name];
  if (estimate === undefined) throw new Error(`no estimate ${name}`);
  return estimate;
}

/** The components of all estimates that the mix names, in the order of their first mention. */
function topComponents(spec: Spec): string[] {
  const mix = mixOf(spec);
  const mixtures = isMixture(mix) ? [mix] : Object.values(mix);
  const names = mixtures.flatMap((m) => (typeof m === 'string' ? [m] : Object.keys(m.blend)));
  const keysIn = (estimate: Estimate) =>
    'units' in estimate ? boughtOf(spec, estimate) : Object.keys(estimate.split);
  return [...new Set(names.flatMap((name) => keysIn(estimateOf(spec, name))))];
}

// ── Estimates in units ───────────────────────────────────────────────────────────────────────

const boughtOf = ({ components = {} }: Spec, { units }: UnitsEstimate) =>
  Object.keys(units).filter((key) => components[key]?.price !== undefined);

/** How many of a quantity there are in a period: a count lies evenly over the periods of its key. */
function numberOf(spec: Spec, { units }: UnitsEstimate, key: string, at: Period): Fraction {
  const quantity = units[key];
  if (quantity === undefined) throw new Error(`no quantity ${key}`);
  if ('per' in quantity) {
    const each = ratio(stepped(quantity.ratio, at));
    return times(numberOf(spec, { units }, quantity.per, at), each);
  }
  const { count } = quantity;
  const keys = typeof count === 'string' ? [`FY${at.year}`] : Object.keys(count);
  const holds = (one: string, { start }: Period) =>
    span(one).start <= start && start < span(one).start + span(one).months;
  const own = keys.find((one) => holds(one, at));
  const text = own === undefined || typeof count === 'string' ? count : count[own];
  if (own === undefined || typeof text !== 'string') throw new Error(`no count in ${at.label}`);
  const periods = windowOf(spec.calendar).filter((one) => holds(own, one));
  return over(ratio(text), whole(BigInt(periods.length)));
}

/** The cost of each bought component in a period, exact. */
function costsOf(spec: Spec, estimate: UnitsEstimate, at: Period): Map<string, Fraction> {
  const firstYear = windowOf(spec.calendar)[0]?.year ?? 0;
  return new Map(
    boughtOf(spec, estimate).map((key) => {
      const leaf = nodeOf(key, '', spec.components?.[key]);
      const price = priceIn(spec, leaf, undefined, at, firstYear);
      if (price === undefined) throw new Error(`no price of ${key}`);
      return [key, times(numberOf(spec, estimate, key, at), price)];
    }),
  );
}

/** What is bought in a period, each component rounded once; nothing where the plan is an amount. */
function boughtAmounts(spec: Spec, at: Period): Map<string, bigint> | undefined {
  if (typeof spec.envelope === 'string') return undefined;
  const estimate = estimateOf(spec, spec.envelope.from);
  if (!('units' in estimate)) throw new Error('an envelope from money');
  const costs = costsOf(spec, estimate, at);
  return new Map([...costs].map(([key, cost]) => [key, roundHalfEven(cost)]));
}

// ── 5. Components form a tree ────────────────────────────────────────────────────────────────

type Node = {
  readonly key: string;
  readonly path: string;
  readonly component: Component;
  readonly children: readonly Node[];
};

function nodeOf(key: string, above: string, given: Component | string | undefined): Node {
  const path = above === '' ? key : `${above}/${key}`;
  const component = typeof given === 'string' ? { part: given } : (given ?? {});
  const children = Object.entries(component.components ?? {}).map(([childKey, child]) =>
    nodeOf(childKey, path, child),
  );
  return { key, path, component, children };
}

const leavesOf = (node: Node): Node[] =>
  node.children.length === 0 ? [node] : node.children.flatMap(leavesOf);

const keysOf = (nodes: readonly Node[]) => nodes.map((node) => node.key);

/** A period's amount by leaf path: the mix first, then parts all the way down. */
function leafAmounts(spec: Spec, tops: readonly Node[], total: bigint, at: Period) {
  const amounts = new Map<string, bigint>();
  const descend = (node: Node, nodeAmount: bigint) => {
    if (node.children.length === 0) {
      amounts.set(node.path, nodeAmount);
      return;
    }
    const parts = groupOfRatios(
      node.children.map((child) => stepped(child.component.part ?? 'missing', at)),
    );
    const split = allocate(nodeAmount, parts, keysOf(node.children));
    node.children.forEach((child, i) => descend(child, split[i] ?? 0n));
  };
  const weights = mixWeights(spec, at);
  const split = allocate(
    total,
    tops.map((top) => weights.get(top.key) ?? ZERO),
    keysOf(tops),
  );
  tops.forEach((top, i) => descend(top, split[i] ?? 0n));
  return amounts;
}

// ── FX rates and factors ─────────────────────────────────────────────────────────────────────

function baseRate(spec: Spec, currency: string): Fraction {
  const text = spec.fx?.base?.[currency];
  if (text === undefined) throw new Error(`no base rate for ${currency}`);
  return ratio(text);
}

/** R: the path's rate in a period, the base rate where the path gives nothing. */
function rate(spec: Spec, currency: string, at: Period): Fraction {
  const path = spec.fx?.path?.[currency];
  const text = typeof path === 'object' ? step(path, at) : path;
  return text === undefined ? baseRate(spec, currency) : ratio(text);
}

const relative = (spec: Spec, currency: string, at: Period) =>
  over(rate(spec, currency, at), baseRate(spec, currency));

function currencyOf(price: Price): string {
  const text = typeof price.value === 'string' ? price.value : Object.values(price.value)[0];
  return amount(text ?? 'missing').currency;
}

/** f of a leaf: 1 + Σ u·p·(R/R₀ − 1) with the period's u and p, or R/R₀ of a foreign price where there is no pricing. */
function factorOf(spec: Spec, leaf: Node, at: Period): Fraction {
  const { pricing, price } = leaf.component;
  if (pricing !== undefined) {
    const moves = Object.entries(pricing).map(([currency, { content, pass_through }]) => {
      const share = times(ratio(stepped(content, at)), ratio(stepped(pass_through ?? '100%', at)));
      return times(share, minus(relative(spec, currency, at), ONE));
    });
    return plus(ONE, sum(moves));
  }
  if (price !== undefined && currencyOf(price) !== spec.currency) {
    return relative(spec, currencyOf(price), at);
  }
  return ONE;
}

// ── 6. FX closure ────────────────────────────────────────────────────────────────────────────

function close(
  spec: Spec,
  leaves: readonly Node[],
  amounts: Map<string, bigint>,
  at: Period,
): Map<string, bigint> {
  const closure = spec.fx?.closure ?? 'budget';
  if (closure === 'budget') return amounts;
  const moved = leaves.map((leaf) =>
    times(whole(amounts.get(leaf.path) ?? 0n), factorOf(spec, leaf, at)),
  );
  const paths = leaves.map((leaf) => leaf.path);
  const closed =
    closure === 'volume'
      ? moved.map(roundHalfEven)
      : allocate(sumWhole(amounts.values()), moved, paths);
  return new Map(paths.map((path, i) => [path, closed[i] ?? 0n]));
}

// ── 7. Suppliers ─────────────────────────────────────────────────────────────────────────────

/** Amounts of one period by leaf path, then by supplier. */
type Cells = Map<string, Map<string, bigint>>;

const UNASSIGNED = { unassigned: '100%' };

const shareOf = (supplier: Supplier): Stepped =>
  typeof supplier === 'string' ? supplier : supplier.share;

function supplierAmounts(
  leaves: readonly Node[],
  amounts: ReadonlyMap<string, bigint>,
  at: Period,
): Cells {
  const cells: Cells = new Map();
  for (const leaf of leaves) {
    const suppliers: Readonly<Record<string, Supplier>> = leaf.component.suppliers ?? UNASSIGNED;
    const names = Object.keys(suppliers);
    const shares = groupOfRatios(Object.values(suppliers).map((s) => stepped(shareOf(s), at)));
    const split = allocate(amounts.get(leaf.path) ?? 0n, shares, names);
    cells.set(leaf.path, new Map(names.map((name, i) => [name, split[i] ?? 0n])));
  }
  return cells;
}

// ── 8. Lag ───────────────────────────────────────────────────────────────────────────────────

function lagWeights(leaf: Node): Fraction[] {
  const list = Object.values(leaf.component.lag ?? { periods: ['100%'] })[0];
  return groupOfRatios(list ?? []);
}

/**
 * Revenue per period of the window, and last the tail. `flows` are demand cells by their place in
 * time; those before the window have negative places, and what they bring before it is dropped.
 */
function recognise(
  leaves: readonly Node[],
  flows: readonly { place: number; cells: Cells }[],
  length: number,
): Cells[] {
  const revenue: Cells[] = Array.from(
    { length: length + 1 },
    () => new Map<string, Map<string, bigint>>(),
  );
  for (const leaf of leaves) {
    const weights = lagWeights(leaf);
    for (const at of revenue) at.set(leaf.path, new Map());
    for (const { place, cells } of flows) {
      for (const [supplier, demand] of cells.get(leaf.path) ?? []) {
        allocate(demand, weights, 'time').forEach((part, k) => {
          if (place + k < 0) return;
          const target = revenue[Math.min(place + k, length)]?.get(leaf.path);
          target?.set(supplier, (target.get(supplier) ?? 0n) + part);
        });
      }
    }
  }
  return revenue;
}

// ── 11. Depreciation ─────────────────────────────────────────────────────────────────────────

/** The life of a node in periods and the first period of it, by the nearest component that gives each. */
function lifeOf(spec: Spec, path: string): { periods: number; delay: number } | undefined {
  let [life, service]: [string | undefined, string | undefined] = [undefined, undefined];
  let below: Readonly<Record<string, Component | string>> | undefined = spec.components;
  for (const key of path.split('/')) {
    const one: Component | string | undefined = below?.[key];
    if (one === undefined || typeof one === 'string') break;
    life = one.life ?? life;
    service = one.in_service ?? service;
    below = one.components;
  }
  if (life === undefined) return undefined;
  const [count = '', unit = ''] = life.split(' ');
  const months = { m: 1, q: 3, y: 12 }[unit.charAt(0)] ?? 0;
  const periods = (Number(count) * months) / MONTHS[spec.calendar.period];
  return { periods, delay: service === 'same' ? 0 : 1 };
}

/** Each demand over its life, every period the same weight; last what falls after the window. */
function depreciate(spec: Spec, leaves: readonly Node[], demand: readonly Cells[]): Cells[] {
  const all: Cells[] = [...demand, demand].map(() => new Map<string, Map<string, bigint>>());
  for (const { path } of leaves) {
    const life = lifeOf(spec, path);
    if (!life) continue;
    // Before anything is in service there is no depreciation, not even of 0.
    const names = [...(demand[0]?.get(path)?.keys() ?? [])];
    for (const at of all.slice(life.delay)) at.set(path, new Map(names.map((name) => [name, 0n])));
    demand.forEach((cells, t) => {
      for (const [supplier, amount] of cells.get(path) ?? []) {
        const weights = Array.from({ length: life.periods }, () => ({ n: 1n, d: 1n }));
        allocate(amount, weights, 'time').forEach((part, k) => {
          const at = all[Math.min(t + life.delay + k, demand.length)];
          const bySupplier = at?.get(path) ?? new Map<string, bigint>();
          bySupplier.set(supplier, (bySupplier.get(supplier) ?? 0n) + part);
          at?.set(path, bySupplier);
        });
      }
    });
  }
  return all;
}

// ── 9. Units ─────────────────────────────────────────────────────────────────────────────────

/** The price of one unit in quanta of the envelope's currency. */
function priceIn(spec: Spec, leaf: Node, own: Price | undefined, at: Period, firstYear: number) {
  const price = own ?? leaf.component.price;
  if (price === undefined) return undefined;
  const { value, currency } = amount(stepped(price.value, at));
  const foreign = currency !== spec.currency;
  const converted = foreign ? times(value, baseRate(spec, currency)) : value;
  const years = at.year - (price.at === undefined ? firstYear : yearOf(price.at));
  const eroded = times(converted, power(minus(ONE, ratio(price.erosion ?? '0%')), years));
  const factor =
    foreign && own !== undefined ? relative(spec, currency, at) : factorOf(spec, leaf, at);
  return times(times(eroded, factor), whole(10n ** BigInt(digitsOf(spec.currency))));
}

const yearOf = (key: string) => Math.floor(span(key).start / 12);

type Units = { readonly unit: string; readonly bySupplier: ReadonlyMap<string, string> };

function unitsOf(
  spec: Spec,
  leaf: Node,
  demand: ReadonlyMap<string, bigint>,
  at: Period,
  firstYear: number,
): Units | undefined {
  const names: string[] = [];
  const exact: Fraction[] = [];
  for (const [name, demanded] of demand) {
    const price = priceIn(spec, leaf, ownPrice(leaf, name), at, firstYear);
    if (price === undefined) continue;
    names.push(name);
    exact.push(over(whole(demanded), price));
  }
  const prices = pricesOf(leaf);
  const unit = prices.find((price) => price.unit !== undefined)?.unit;
  if (prices.length === 0) return undefined;
  if (unit === undefined) throw new Error(`a price without unit: ${leaf.path}`);
  const quantum = quantumOf(leaf);
  const counts = allocate(roundHalfEven(over(sum(exact), quantum)), exact, names);
  return {
    unit,
    bySupplier: new Map(names.map((name, i) => [name, printUnits(counts[i] ?? 0n, quantum)])),
  };
}

const ownPrice = (leaf: Node, name: string): Price | undefined => {
  const supplier = leaf.component.suppliers?.[name];
  return typeof supplier === 'object' ? supplier.price : undefined;
};

function pricesOf(leaf: Node): readonly Price[] {
  const names = Object.keys(leaf.component.suppliers ?? {});
  const own = names.map((name) => ownPrice(leaf, name));
  return [leaf.component.price, ...own].filter((price) => price !== undefined);
}

function quantumOf(leaf: Node): Fraction {
  return decimal(pricesOf(leaf).find(({ quantum }) => quantum !== undefined)?.quantum ?? '1');
}

/** So many quanta of a unit, as a plain decimal with as many places as the quantum has. */
function printUnits(count: bigint, quantum: Fraction): string {
  let digits = 0;
  while ((quantum.n * 10n ** BigInt(digits)) % quantum.d !== 0n) digits += 1;
  return print((count * quantum.n * 10n ** BigInt(digits)) / quantum.d, digits);
}

// ── 10. Tiers ────────────────────────────────────────────────────────────────────────────────

/** A leaf with its bought-in parts as children; a node without a bill stays as it is. */
function withBought(node: Node): Node {
  const bought = Object.entries(node.component.bill ?? {}).map(([key, given]): Node => {
    const component = typeof given === 'string' ? { part: given } : given;
    return { key, path: `${node.path}/${key}`, component, children: [] };
  });
  return { ...node, children: [...node.children.map(withBought), ...bought] };
}

/** What the makers of every part get of each supplier's demand, added up over the suppliers. */
function contentOf(leaves: readonly Node[], demand: Cells, at: Period): Cells {
  const content: Cells = new Map();
  for (const leaf of leaves.filter(({ component }) => component.bill !== undefined)) {
    const { children } = withBought(leaf);
    const parts = children.map((part) => ratio(stepped(part.component.part ?? 'missing', at)));
    const remainder = minus(ONE, sum(parts));
    if (remainder.n < 0n) throw new Error(`a bill above 100%: ${leaf.path}`);
    for (const demanded of demand.get(leaf.path)?.values() ?? []) {
      const split = allocate(demanded, [...parts, remainder], [...keysOf(children), '']);
      const amounts = new Map(children.map((part, i) => [part.path, split[i] ?? 0n]));
      for (const [path, makers] of supplierAmounts(children, amounts, at)) {
        const sums = content.get(path) ?? new Map<string, bigint>();
        for (const [maker, more] of makers) sums.set(maker, (sums.get(maker) ?? 0n) + more);
        content.set(path, sums);
      }
    }
  }
  return content;
}

// ── Translate ────────────────────────────────────────────────────────────────────────────────

const amountBelow = (node: Node, cells: Cells): bigint =>
  sumWhole(leavesOf(node).map((leaf) => sumWhole(cells.get(leaf.path)?.values() ?? [])));

/** One period's cells in another currency: its total rounded once, then down the same tree. */
function translate(
  spec: Spec,
  tops: readonly Node[],
  cells: Cells,
  currency: string,
  at: Period,
): Cells {
  if (currency === spec.currency) return cells;
  const result: Cells = new Map();
  const share = (nodes: readonly Node[], total: bigint) => {
    const weights = nodes.map((node) => whole(amountBelow(node, cells)));
    const split = allocate(total, weights, keysOf(nodes));
    nodes.forEach((node, i) => {
      if (node.children.length > 0) {
        share(node.children, split[i] ?? 0n);
        return;
      }
      const suppliers = [...(cells.get(node.path) ?? [])];
      const names = suppliers.map(([name]) => name);
      const parts = allocate(
        split[i] ?? 0n,
        suppliers.map(([, a]) => whole(a)),
        names,
      );
      result.set(node.path, new Map(names.map((name, k) => [name, parts[k] ?? 0n])));
    });
  };
  const total = whole(sumWhole(tops.map((top) => amountBelow(top, cells))));
  const ownQuanta = fraction(
    10n ** BigInt(digitsOf(currency)),
    10n ** BigInt(digitsOf(spec.currency)),
  );
  share(tops, roundHalfEven(times(over(total, rate(spec, currency, at)), ownQuanta)));
  return result;
}

// ── All together ─────────────────────────────────────────────────────────────────────────────

type Forecast = {
  readonly periods: readonly Period[];
  readonly tops: readonly Node[];
  readonly leaves: readonly Node[];
  /** Per period of the window. */
  readonly demand: readonly Cells[];
  /** Per period of the window, and last the tail. */
  readonly revenue: readonly Cells[];
  /** Per period of the window, by path of the bought-in part. */
  readonly content: readonly Cells[];
  /** Per period of the window, and last the tail. */
  readonly depreciation: readonly Cells[];
};

/** The amount of a period, by its place in the window: planned, or reported. */
function amountsOf(spec: Spec, periods: readonly Period[], reported: readonly Reported[]) {
  if (typeof spec.envelope === 'string') {
    const amounts = periodAmounts(spec, periods, reported);
    return (i: number) => amounts[i] ?? 0n;
  }
  const actual = new Map(reported.map((r) => [r.period.start, r.amount]));
  return (i: number) => actual.get(periods[i]?.start ?? 0) ?? 0n;
}

const forecasts = new WeakMap<Spec, Forecast>();

/** A scenario is forecast once, for its cells and for its totals. */
function forecast(spec: Spec): Forecast {
  const found = forecasts.get(spec) ?? newForecast(spec);
  forecasts.set(spec, found);
  return found;
}

function newForecast(spec: Spec): Forecast {
  const periods = windowOf(spec.calendar);
  const first = periods[0];
  if (first === undefined) throw new Error('an empty window');
  const reported = reportedAmounts(spec);
  const amountAt = amountsOf(spec, periods, reported);
  const tops = topComponents(spec).map((key) => nodeOf(key, '', spec.components?.[key]));
  const leaves = tops.flatMap(leavesOf);
  const isReported = (p: Period) => reported.some((r) => r.period.start === p.start);
  const demand = periods.map((p, i) => {
    const bought = isReported(p) ? undefined : boughtAmounts(spec, p);
    if (bought) return supplierAmounts(leaves, bought, p);
    const open = leafAmounts(spec, tops, amountAt(i), p);
    return supplierAmounts(leaves, isReported(p) ? open : close(spec, leaves, open, p), p);
  });
  const before = reported
    .filter((r) => r.period.start < first.start)
    .map((r) => ({
      place: (r.period.start - first.start) / MONTHS[spec.calendar.period],
      cells: supplierAmounts(leaves, leafAmounts(spec, tops, r.amount, first), first),
    }));
  const flows = [...before, ...demand.map((cells, place) => ({ place, cells }))];
  const revenue = recognise(leaves, flows, periods.length);
  const content = periods.map((p, i) =>
    contentOf(leaves, demand[i] ?? new Map<string, Map<string, bigint>>(), p),
  );
  const depreciation = depreciate(spec, leaves, demand);
  return { periods, tops, leaves, demand, revenue, content, depreciation };
}

/** Every cell of the scenario: `period|component|supplier|measure|unit` → plain decimal. */
export function naive(spec: Spec): Map<string, string> {
  const { periods, tops, leaves, demand, revenue, content, depreciation } = forecast(spec);
  const table = new Map<string, string>();
  const put = (label: string, measure: string, currency: string, cells: Cells, zeros: boolean) => {
    for (const [path, bySupplier] of cells) {
      for (const [supplier, value] of bySupplier) {
        if (value === 0n && !zeros) continue;
        const key = `${label}|${path}|${supplier}|${measure}|${currency}`;
        table.set(key, print(value, digitsOf(currency)));
      }
    }
  };
  const inCurrencies = (
    label: string,
    measure: string,
    cells: Cells | undefined,
    at: Period,
    zeros: boolean,
  ) => {
    for (const currency of spec.currencies) {
      const translated = translate(
        spec,
        measure === 'content' ? tops.map(withBought) : tops,
        cells ?? new Map<string, Map<string, bigint>>(),
        currency,
        at,
      );
      put(label, measure, currency, translated, zeros);
    }
  };
  periods.forEach((p, i) => {
    inCurrencies(p.label, 'demand', demand[i], p, true);
    inCurrencies(p.label, 'revenue', revenue[i], p, true);
    inCurrencies(p.label, 'content', content[i], p, true);
    inCurrencies(p.label, 'depreciation', depreciation[i], p, true);
    for (const leaf of leaves) {
      const bySupplier = demand[i]?.get(leaf.path) ?? new Map<string, bigint>();
      const units = unitsOf(spec, leaf, bySupplier, p, periods[0]?.year ?? 0);
      for (const [supplier, count] of units?.bySupplier ?? []) {
        table.set(`${p.label}|${leaf.path}|${supplier}|units|${units?.unit ?? ''}`, count);
      }
    }
  });
  const last = periods[periods.length - 1];
  if (last === undefined) throw new Error('an empty window');
  inCurrencies(`after ${last.label}`, 'revenue', revenue[periods.length], last, false);
  inCurrencies(`after ${last.label}`, 'depreciation', depreciation[periods.length], last, false);
  return table;
}

// ── Groups of time ───────────────────────────────────────────────────────────────────────────

export const PARTS = { year: 1, half: 2, quarter: 4 } as const;
const LETTERS = { year: '', half: 'H', quarter: 'Q' } as const;
/** Whose calendar the groups are of, and how long they are. */
export type Grouping = {
  readonly whose: 'fiscal' | 'calendar' | 'supplier';
  readonly part: keyof typeof PARTS;
};

/** The label of the group that holds a month, counted from January of the year 0. */
export function naiveLabel({ whose, part }: Grouping, ends: number, month: number): string {
  const year = Math.floor((month + 12 - ends) / 12);
  const index = Math.floor((month + 12 - ends - 12 * year) / (12 / PARTS[part])) + 1;
  const letter = LETTERS[part];
  return `${whose === 'calendar' ? '' : 'FY'}${year}${letter}${letter === '' ? '' : index}`;
}

/** Sums by groups of time, month by month: `group|component|supplier|measure|unit` → fraction. */
export function naiveGroups(spec: Spec): (grouping: Grouping) => Map<string, string> {
  const cells = naiveMonths(spec);
  return ({ whose, part }) => {
    const sums = new Map<string, Fraction>();
    for (const { key, supplier, month, isTail, value, label } of cells) {
      const ends = {
        fiscal: spec.calendar.fiscal_year_ends,
        calendar: 12,
        supplier: spec.suppliers?.[supplier]?.fiscal_year_ends ?? 12,
      }[whose];
      const labelOf = (at: number) => naiveLabel({ whose, part }, ends, at);
      const last = labelOf(month - 1);
      const tail = labelOf(month) === last ? label : `after ${last}`;
      const place = `${isTail ? tail : labelOf(month)}|${key}`;
      const { n, d } = sums.get(place) ?? value;
      // Numbers of one unit have one denominator: thousands of them are summed before it is shortened.
      if (!sums.has(place)) sums.set(place, value);
      else sums.set(place, d === value.d ? { n: n + value.n, d } : plus({ n, d }, value));
    }
    return new Map([...sums].map(([place, sum]) => [place, shortest(sum)]));
  };
}

const shortest = ({ n, d }: Fraction) => {
  const short = fraction(n, d);
  return `${short.n}/${short.d}`;
};

export type MonthCell = {
  readonly label: string;
  /** `component|supplier|measure|unit` */
  readonly key: string;
  readonly supplier: string;
  /** From January of the year 0; of the tail, the month after the window. */
  readonly month: number;
  readonly isTail: boolean;
  readonly value: Fraction;
};

/** A number of this model's own, of whatever length. */
function printedNumber(text: string): Fraction {
  const [, decimals = ''] = text.split('.');
  return fraction(BigInt(text.replace('.', '')), 10n ** BigInt(decimals.length));
}

/** Every cell over the months of its period: in equal parts, and what is left over in the earlier ones. */
export function naiveMonths(spec: Spec): readonly MonthCell[] {
  const { calendar } = spec;
  const periods = windowOf(calendar);
  const starts = new Map(periods.map(({ label, start }) => [label, start]));
  const months = Array.from({ length: MONTHS[calendar.period] }, () => ONE);
  const end = (periods.at(-1)?.start ?? 0) + months.length;
  const tops = topComponents(spec).map((key) => nodeOf(key, '', spec.components?.[key]));
  const quanta = new Map(tops.flatMap(leavesOf).map((leaf) => [leaf.path, quantumOf(leaf)]));
  // Periods count from the buyer's first fiscal year; months from January of the year 0.
  const january = calendar.fiscal_year_ends - 12;
  return [...naive(spec)].flatMap(([place, text]): readonly MonthCell[] => {
    const [label = '', component = '', supplier = '', measure = '', unit = ''] = place.split('|');
    const cell = { label, key: place.slice(label.length + 1), supplier };
    const start = starts.get(label);
    if (start === undefined) {
      return [{ ...cell, month: end + january, isTail: true, value: printedNumber(text) }];
    }
    const quantum =
      measure === 'units'
        ? (quanta.get(component) ?? ONE)
        : fraction(1n, 10n ** BigInt(digitsOf(unit)));
    return allocate(over(printedNumber(text), quantum).n, months, 'time').map((count, i) => {
      const value = { n: count * quantum.n, d: quantum.d };
      return { ...cell, month: start + i + january, isTail: false, value };
    });
  });
}

/** What was reported of the months before the window, and the first month of the window and after it. */
export function naiveReported(spec: Spec) {
  const periods = windowOf(spec.calendar);
  const january = spec.calendar.fiscal_year_ends - 12;
  const length = MONTHS[spec.calendar.period];
  const from = (periods[0]?.start ?? 0) + january;
  const before = new Map<number, Fraction>();
  for (const { period: at, amount: total } of reportedAmounts(spec)) {
    if (at.start + january >= from) continue;
    const parts = allocate(
      total,
      Array.from({ length }, () => ONE),
      'time',
    );
    const scale = 10n ** BigInt(digitsOf(spec.currency));
    parts.forEach((part, i) => before.set(at.start + january + i, fraction(part, scale)));
  }
  return { before, from, to: from + periods.length * length };
}

/** Each supplier's revenue and content by its own fiscal years: `supplier|FY2026|measure|unit` → decimal. */
export function naiveSupplierYears(spec: Spec): Map<string, string> {
  const sums = new Map<string, Fraction>();
  for (const [place, sum] of naiveGroups(spec)({ whose: 'supplier', part: 'year' })) {
    const [year = '', , supplier = '', measure = '', unit = ''] = place.split('|');
    const { currency = spec.currency } = spec.suppliers?.[supplier] ?? {};
    if (year.startsWith('after')) continue;
    if (unit !== currency || !['revenue', 'content'].includes(measure)) continue;
    const [n = '', d = ''] = sum.split('/');
    const key = `${supplier}|${year}|${measure}|${unit}`;
    sums.set(key, plus(sums.get(key) ?? ZERO, fraction(BigInt(n), BigInt(d))));
  }
  const printed = (unit: string, sum: Fraction) =>
    print(times(sum, whole(10n ** BigInt(digitsOf(unit)))).n, digitsOf(unit));
  return new Map([...sums].map(([key, sum]) => [key, printed(key.split('|')[3] ?? '', sum)]));
}

/** The envelope, and what all demand in the window sums to, in quanta of the envelope's currency. */
export function naiveTotals(spec: Spec): { envelope: string; total: string } {
  const { tops, demand } = forecast(spec);
  const total = sumWhole(demand.flatMap((cells) => tops.map((top) => amountBelow(top, cells))));
  const bought = windowOf(spec.calendar).map((p) =>
    sumWhole(boughtAmounts(spec, p)?.values() ?? []),
  );
  const { envelope } = spec;
  const planned = typeof envelope === 'string' ? quanta(envelope) : sumWhole(bought);
  return { envelope: String(planned), total: String(total) };
}

/** The months of a key in years that end in December, from January of the year 0. */
export const monthsOfKey = span;

/** The periods of the window, each with its first month from January of the year 0. */
export function monthsOfWindow({ calendar }: Spec) {
  const january = calendar.fiscal_year_ends - 12;
  return windowOf(calendar).map(({ label, start }) => ({ label, month: start + january }));
}
