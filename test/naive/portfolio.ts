/** The naive model of a portfolio: what it shares is written into each scenario, and numbers are summed month by month. */
import {
  ZERO,
  fraction,
  monthsOfKey,
  monthsOfWindow,
  naiveGroups,
  over,
  plus,
  ratio,
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
