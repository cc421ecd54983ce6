/** Random portfolios: the texts of their files, and each buyer's scenario as it would be written by itself. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { ReadFile } from '../../src/core/text/fileRequest.js';
import { writeDiagnostics } from '../../src/formats/diagnosticText.js';
import { loadScenarios } from '../../src/scenario/portfolio/loadScenarios.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { forecast } from '../../src/studies/forecast/forecast.js';
import { ask } from '../../src/studies/study.js';
import { scenarios } from '../naive/generator.js';
import { ZERO, fraction, plus, type Fraction } from '../naive/model.js';
import type { Shared } from '../naive/portfolio.js';
import { toYaml, type Company, type Spec, type Stepped } from '../naive/spec.js';
import { valueOf } from './results.js';

/** A random portfolio. */
export interface PortfolioCase {
  readonly specs: readonly Spec[];
  readonly shared: Shared;
  /** A currency for which every buyer has rates. */
  readonly asked: string;
}

const CODES = ['CNY', 'USD', 'HKD', 'JPY', 'KWD', 'EUR'];
const rate = fc.constantFrom('7.1717', '0.0479', '2', '1/0.1394', '23.33', '0.92', '7.85');
const key = fc.constantFrom('FY2024', 'FY2026', 'FY2026Q2', 'FY2026M11', 'FY2027Q1', 'FY2028M02');
const stepped: fc.Arbitrary<Stepped> = fc.oneof(
  rate,
  fc.dictionary(key, rate, { minKeys: 1, maxKeys: 4 }),
);

const ratesIn = (currency: string) => {
  const codes = CODES.filter((code) => code !== currency);
  return fc.record({
    base: fc.record(Object.fromEntries(codes.map((code) => [code, rate]))),
    path: fc.dictionary(fc.constantFrom(...codes), stepped, { maxKeys: 3 }),
  });
};

const company: fc.Arbitrary<Company> = fc.record({
  name: fc.constant('Maker'),
  currency: fc.constantFrom('CNY', 'USD'),
  fiscal_year_ends: fc.integer({ min: 1, max: 12 }),
});

/** @param buyers how many */
export function portfolioCases(buyers = { min: 2, max: 6 }): fc.Arbitrary<PortfolioCase> {
  const apart = fc.array(scenarios(), { minLength: buyers.min, maxLength: buyers.max });
  const members = fc.tuple(apart, fc.boolean()).map(([specs, isTwin]) => {
    return isTwin && specs.length > 1 ? [...specs.slice(0, -1), twinOf(specs[0]!)] : specs;
  });
  return fc
    .tuple(members, fc.constantFrom('CNY', 'USD'), fc.boolean())
    .chain(([specs, currency, own]) => {
      const known = commonCurrencies(specs);
      const keepsRates = own && known.length > 0;
      return fc.record({
        specs: fc.constant(specs),
        shared: fc.record({
          currency: fc.constant(currency),
          suppliers: fc
            .array(company, { minLength: 20, maxLength: 20 })
            .map((all) =>
              Object.fromEntries(companiesIn(specs).map((one, i) => [one, all[i % 20]!])),
            ),
          ...(!keepsRates && { fx: ratesIn(currency) }),
        }),
        asked: fc.constantFrom(...(keepsRates ? known : CODES)),
      });
    });
}

/** A scenario that says the same, with another envelope. */
function twinOf(spec: Spec): Spec {
  const { envelope } = spec;
  const isShort = typeof envelope === 'string' && /^\d{1,12}\b/.test(envelope);
  return isShort ? { ...spec, envelope: `1${envelope}` } : spec;
}

/** The currencies that every buyer has or has a base rate of. */
function commonCurrencies(specs: readonly Spec[]): readonly string[] {
  const has = ({ currency, fx }: Spec, code: string) =>
    code === currency || fx?.base?.[code] !== undefined;
  return CODES.filter((code) => specs.every((spec) => has(spec, code)));
}

/** Every supplier that one of the scenarios describes. */
function companiesIn(specs: readonly Spec[]): readonly string[] {
  return [...new Set(specs.flatMap(({ suppliers = {} }) => Object.keys(suppliers)))];
}

/** The text of a portfolio whose buyers are `b0`, `b1`, …, in an order. */
export function portfolioText({ shared }: PortfolioCase, order: readonly number[]): string {
  const buyers = Object.fromEntries(order.map((i) => [`b${i}`, `b${i}.yaml`]));
  const { suppliers, ...others } = shared;
  const named = Object.keys(suppliers ?? {}).length > 0 && { suppliers };
  return JSON.stringify({ portfolio: 'all', ...others, ...named, buyers }, null, 1);
}

/** Reads the files of the buyers. */
export function readerOf(specs: readonly Spec[]): ReadFile {
  const sources = specs.map((spec, i) => ({ name: `b${i}.yaml`, text: toYaml(spec) }));
  return ({ path }) => ({ ok: true, value: sources.find(({ name }) => name === path)! });
}

/** The scenarios of a text that has to load. */
export function loadedAll(
  text: string,
  read: ReadFile,
  set: readonly string[] = [],
): readonly Scenario[] {
  const { scenarios: found, diagnostics } = loadScenarios(text, { name: 'p.yaml', read, set });
  if (found.length === 0) expect.fail(`${writeDiagnostics(diagnostics)}\n${text}`);
  return found;
}

/** Under the rates of a portfolio, every other buyer has none itself. */
function writtenSpecs({ specs, shared }: PortfolioCase): readonly Spec[] {
  if (!shared.fx) return specs;
  return specs.map((spec, i) => {
    const closure = spec.fx?.closure;
    return i % 2 === 0 ? spec : { ...spec, fx: closure ? { closure } : {} };
  });
}

/** The scenarios of a case as a portfolio. */
export function membersOf(
  one: PortfolioCase,
  order: readonly number[] = one.specs.map((_, i) => i),
  set: readonly string[] = [],
) {
  return loadedAll(portfolioText(one, order), readerOf(writtenSpecs(one)), set);
}

/** The rows of `run` without their grades, each as its labels and its number. */
export function rowsOf(
  scenarios: readonly Scenario[],
  options: {
    readonly by: string;
    readonly currency: string;
    readonly measure?: string;
    readonly closure?: 'budget';
  },
): readonly { readonly key: string; readonly value: string }[] {
  const { table } = valueOf(ask(forecast, scenarios, options));
  return [...table!.rows].map((row) => ({
    key: row.slice(1, -2).join('|'),
    value: row.at(-2)!,
  }));
}

/** Numbers by key, summed exactly: `n/d`. */
export function sumsOf(
  rows: readonly { readonly key: string; readonly value: string }[],
): ReadonlyMap<string, string> {
  const sums = new Map<string, Fraction>();
  for (const { key: place, value } of rows) {
    const [, decimals = ''] = value.split('.');
    const number = fraction(BigInt(value.replace('.', '')), 10n ** BigInt(decimals.length));
    sums.set(place, plus(sums.get(place) ?? ZERO, number));
  }
  return new Map([...sums].map(([place, { n, d }]) => [place, `${n}/${d}`]));
}

/** The text of a buyer: a scenario of one component, of which one supplier sells 40%. */
export function buyerText(currency: string, calendar: string, lines = ''): string {
  return `scenario: of-${currency.toLowerCase()}
currency: ${currency}
calendar: { ${calendar} }
envelope: 100bn ${currency}
phasing: even
estimates: { own: { split: { servers: 100% } } }
mix: own
components: { servers: { suppliers: { inspur: 40%, others: rest } } }
${lines}`;
}
