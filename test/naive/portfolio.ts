/** The naive model of a portfolio: what it shares is written into each scenario, and numbers are summed month by month. */
import {
  ZERO,
  allocate,
  fraction,
  monthsOfKey,
  monthsOfWindow,
  naiveGroups,
  over,
  plus,
  ratio,
  roundHalfEven,
  times,
  whole,
  type Fraction,
  type Grouping,
} from './model.js';
import type { Company, Spec, Stepped } from './spec.js';

export type Shared = {
  readonly currency: string;
  readonly suppliers?: Readonly<Record<string, Company>>;
  /** Quoted in the currency of the portfolio; the periods of a path are those of the calendar. */
  readonly fx?: {
    readonly base: Readonly<Record<string, string>>;
    readonly path: Readonly<Record<string, Stepped>>;
  };
};

/** The scenario of one buyer as it would be written by itself. */
export function underShared(spec: Spec, { currency, suppliers, fx }: Shared): Spec {
  const described = Object.entries(suppliers ?? {}).map(
    ([key, company]) => [key, { ...spec.suppliers?.[key], ...company }] as const,
  );
  const companies = { ...spec.suppliers, ...Object.fromEntries(described) };
  const whole = Object.keys(companies).length > 0 ? { ...spec, suppliers: companies } : spec;
  if (!fx) return whole;
  const own = spec.currency;
  const codes = [...Object.keys(fx.base), currency].filter((code) => code !== own);
  const rateAt = (code: string, month: number | undefined): string => {
    if (code === currency) return '1';
    const path = month === undefined ? undefined : fx.path[code];
    const found = typeof path === 'object' ? latest(path, month!) : path;
    return found ?? fx.base[code]!;
  };
  const rate = (code: string, month?: number) => {
    const { n, d } = over(ratio(rateAt(code, month)), ratio(rateAt(own, month)));
    return own === currency ? rateAt(code, month) : `${n}/${d}`;
  };
  const base = Object.fromEntries(codes.map((code) => [code, rate(code)]));
  const months = monthsOfWindow(spec);
  const path = Object.fromEntries(
    codes.map((code) => [
      code,
      Object.fromEntries(months.map(({ label, month }) => [label, rate(code, month)])),
    ]),
  );
  return { ...whole, fx: { ...spec.fx, base, path } };
}

/** The value of the last key that has begun in a month of the calendar, and of two the narrower. */
function latest(path: Readonly<Record<string, string>>, month: number): string | undefined {
  const begun = Object.entries(path)
    .map(([key, value]) => ({ ...monthsOfKey(key), value }))
    .filter(({ start }) => start <= month)
    .sort((a, b) => b.start - a.start || a.months - b.months);
  return begun[0]?.value;
}

/** Sums over buyers by groups of time: `group|component|supplier|measure|unit` → fraction. */
export function naivePortfolio(specs: readonly Spec[]) {
  const all = specs.map(naiveGroups);
  return (grouping: Grouping): ReadonlyMap<string, string> => {
    const sums = new Map<string, Fraction>();
    for (const [place, text] of all.flatMap((groupsOf) => [...groupsOf(grouping)])) {
      const [n = '', d = ''] = text.split('/');
      sums.set(place, plus(sums.get(place) ?? ZERO, fraction(BigInt(n), BigInt(d))));
    }
    return new Map([...sums].map(([place, { n, d }]) => [place, `${n}/${d}`]));
  };
}

/** What each buyer buys of a supplier in a year, as numbers, and how concentrated that is. */
export type NaiveExposure = {
  readonly byBuyer: ReadonlyMap<string, Fraction>;
  /** Of each buyer with a number, in millionths. */
  readonly shares: ReadonlyMap<string, bigint>;
  /** In millionths. */
  readonly herfindahl: bigint;
};

/** By `supplier|year|measure|unit`, where something is sold; of scenarios that report one currency, by buyer. */
export function naiveExposure(
  specs: ReadonlyMap<string, Spec>,
  grouping: Grouping,
): ReadonlyMap<string, NaiveExposure> {
  const sales = new Map<string, Map<string, Fraction>>();
  for (const [buyer, spec] of specs) {
    for (const [place, text] of naiveGroups(spec)(grouping)) {
      const [year = '', , supplier = '', measure = '', unit = ''] = place.split('|');
      const isSold = ['revenue', 'content'].includes(measure) && supplier !== 'unassigned';
      if (!isSold || year.startsWith('after') || !spec.currencies.includes(unit)) continue;
      const [n = '', d = ''] = text.split('/');
      const key = [supplier, year, measure, unit].join('|');
      const own = sales.get(key) ?? new Map<string, Fraction>();
      own.set(buyer, plus(own.get(buyer) ?? ZERO, fraction(BigInt(n), BigInt(d))));
      sales.set(key, own);
    }
  }
  const sold = [...sales].filter(([, own]) => [...own.values()].some(({ n }) => n !== 0n));
  return new Map(sold.map(([key, own]) => [key, exposureOf(own)]));
}

function exposureOf(byBuyer: ReadonlyMap<string, Fraction>): NaiveExposure {
  const buyers = [...byBuyer.keys()];
  const parts = [...byBuyer.values()];
  const all = parts.reduce(plus, ZERO);
  const squares = parts.map((one) => times(over(one, all), over(one, all))).reduce(plus, ZERO);
  const shares = allocate(MILLION, parts, buyers);
  return {
    byBuyer,
    shares: new Map(buyers.map((buyer, i) => [buyer, shares[i]!])),
    herfindahl: roundHalfEven(times(squares, whole(MILLION))),
  };
}

const MILLION = 1_000_000n;
