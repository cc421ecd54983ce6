/** Correlations: which have no effect, which are refused, and how long that takes to find out. */
import { describe, expect, it } from 'vitest';
import { load } from '../../src/scenario/load.js';
import { cases, coverage } from '../support/cases.js';
import { source } from '../support/questions.js';

/** A scenario with an input of each kind: a range, a range of one value, none, `rest`, a map by period. */
const INPUTS: Readonly<Record<string, boolean>> = {
  envelope: true,
  'fx.base.USD': false,
  'fx.base.EUR': true,
  'fx.path.USD': true,
  'fx.path.USD.FY2026Q1': true,
  'fx.path.USD.FY2026Q3': false,
  'fx.path.EUR': false,
  'estimates.view.split.servers': false,
  'estimates.view.split.other': false,
  'components.servers.suppliers.a.share': true,
  'components.servers.suppliers.b': false,
};

const scenario = (correlations: string) => `scenario: small
currency: CNY
calendar: { fiscal_year_ends: 3, from: FY2026Q1, to: FY2026Q4 }
envelope: { value: 100bn CNY, low: 80bn CNY, high: 120bn CNY }
phasing: even
estimates: { view: { split: { servers: { value: 60%, low: 60%, high: 60% }, other: rest } } }
mix: view
components: { servers: { suppliers: { a: { share: 60%, low: 50% }, b: rest } } }
fx:
  base: { USD: 7, EUR: { value: 8, high: 9 } }
  path: { USD: { FY2026Q1: { value: 7.1, low: 7, high: 7.5 }, FY2026Q3: 7.2 }, EUR: 8.1 }
simulation: { correlations: ${correlations} }
`;

const wordsOf = (correlations: string) =>
  load(scenario(correlations)).diagnostics.map(({ code, message }) => `${code}: ${message}`);

describe('a correlation', () => {
  it('has no effect, and a warning says so, exactly where one side is not drawn', () => {
    const { pick } = source(8);
    const names = Object.keys(INPUTS);
    let idle = 0;
    for (let draw = 0; draw < cases(150); draw++) {
      const [left, right] = [pick(names), pick(names)];
      if (left.startsWith(right) || right.startsWith(left)) continue;
      const found = wordsOf(`[[${left}, ${right}, 0.2]]`);
      if (INPUTS[left]! && INPUTS[right]!) expect(found).toEqual([]);
      else {
        expect(found).toHaveLength(1);
        expect(found[0]).toMatch(/^unused: the correlation of .* has no effect: /);
        for (const name of [left, right]) {
          const reason = new RegExp(`\`${name}\` (has no range|is \`rest\`)`);
          expect(reason.test(found[0]!), `${left} ${right}: ${name}`).toBe(!INPUTS[name]!);
        }
        idle++;
      }
    }
    expect(idle).toBeGreaterThan(coverage(50));
  });

  it.each([
    ['[[envelope, envelope, 0.2]]', ['keys-conflict: `envelope` is correlated with itself']],
    [
      '[[fx.path.USD, fx.path.USD.FY2026Q1, 0.2]]',
      ['keys-conflict: `fx.path.USD.FY2026Q1` is correlated with itself'],
    ],
    [
      '[[envelope, fx.path.USD, 0.2], [fx.path.USD.FY2026Q1, envelope, 0.3]]',
      ['keys-conflict: `envelope` and `fx.path.USD.FY2026Q1` have a correlation already'],
    ],
    [
      '[[envelope, fx.path.US, 0.2]]',
      ['path-unknown: `fx.path.US` is not an input of this scenario'],
    ],
  ])('%s: %j', (correlations, words) => {
    expect(wordsOf(correlations)).toEqual(words);
  });
});

/** Suppliers with ranges, each correlated with the next ones. */
function connected(count: number, near: number, value: string): string {
  const share = `{ share: 0.1%, low: 0%, high: 0.2% }`;
  const keys = Array.from({ length: count }, (_, i) => `s${i}`);
  const suppliers = keys.map((key) => `${key}: ${share}`).join(', ');
  const path = (i: number) => `components.servers.suppliers.s${i}.share`;
  const triples = keys.flatMap((_, i) =>
    Array.from(
      { length: Math.min(near, i) },
      (_, k) => `[${path(i - 1 - k)}, ${path(i)}, ${value}]`,
    ),
  );
  return `scenario: large
currency: CNY
calendar: { fiscal_year_ends: 12, from: FY2026, to: FY2026 }
envelope: 100bn CNY
phasing: even
estimates: { view: { split: { servers: rest } } }
mix: view
components: { servers: { suppliers: { ${suppliers}, others: rest } } }
simulation: { correlations: [${triples.join(', ')}] }
`;
}

describe('many correlations', () => {
  it.each([
    ['64 inputs, each with each', connected(64, 64, '30%'), []],
    ['64 inputs that are one and the same', connected(64, 64, '100%'), []],
    [
      '300 pairs',
      connected(300, 1, '30%').replaceAll(/, \[\S+s\d*[02468]\.share, [^\]]*\]/g, ''),
      [],
    ],
    [
      '65 inputs in a chain',
      connected(65, 1, '30%'),
      ['correlations: correlations connect 65 inputs'],
    ],
  ])('are decided at once: %s', (_, text, words) => {
    const start = performance.now();
    const found = load(text).diagnostics.map(({ code, message }) => `${code}: ${message}`);
    expect(found).toEqual(words);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
