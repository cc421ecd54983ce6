/** Exposure: what suppliers sell to each buyer, held to the naive model over random portfolios. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { textRecordsOf } from '../../../src/core/table.js';
import { writeText } from '../../../src/formats/text.js';
import { writeSvg } from '../../../src/formats/svg.js';
import { loadScenarios } from '../../../src/scenario/portfolio/loadScenarios.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { exposure } from '../../../src/studies/suppliers/exposure.js';
import { ask } from '../../../src/studies/study.js';
import { naiveExposure, underShared } from '../../naive/portfolio.js';
import { ZERO, fraction, type Fraction } from '../../naive/model.js';
import { loaded } from '../../support/cells.js';
import { readBeside } from '../../support/files.js';
import { membersOf, portfolioCases } from '../../support/portfolios.js';
import { diagnosticsOf, valueOf } from '../../support/results.js';
import { scenarioText } from '../../support/scenarios.js';

const numRuns = Number(process.env['CAPEX_PORTFOLIOS'] ?? 3);

const SOME = { min: 2, max: numRuns > 3 ? 6 : 3 };

const name = 'test/cases/three-buyers/portfolio.yaml';
const text = readFileSync(name, 'utf8');
const buyersOf = (more = '') =>
  loadScenarios(`${text}${more}`, { name, read: readBeside }).scenarios;

const REPORTED = `suppliers:
  innolight: { name: Innolight, currency: CNY, revenue: { FY2024: { value: 23.862bn CNY, assumption: mine } } }
`;
const INNOLIGHT = { where: ['supplier=innolight'], by: 'calendar_year' as const };

const rowsOf = (scenarios: readonly Scenario[], options: object) =>
  textRecordsOf(valueOf(ask(exposure, scenarios, options)).table!);

it('has what innolight sells to each of three buyers in calendar 2026', () => {
  const rows = rowsOf(buyersOf(REPORTED), { ...INNOLIGHT, currency: 'USD' });
  const own = rows.filter((row) => row['calendar_year'] === '2026');
  expect(own.map(({ buyer, value, share }) => [buyer, value, share])).toEqual([
    ['alibaba', '250734160.10', '0.356911'],
    ['tencent', '184057634.20', '0.261999'],
    ['bytedance', '267720195.20', '0.381090'],
  ]);
  for (const row of own) {
    expect(row).toMatchObject({
      ...{ all_buyers: '702511989.50', largest_buyer: 'bytedance', largest_share: '0.381090' },
      ...{ herfindahl: '0.341258', measure: 'revenue', unit: 'USD', months: '12' },
      ...{ reported_year: 'FY2024', reported_unit: 'CNY', reported_revenue: '23862000000.00' },
    });
  }
});

it('says which buyers a year does not have in whole', () => {
  const { table } = valueOf(ask(exposure, buyersOf(), INNOLIGHT));
  expect(table!.notes).toEqual([
    'three-buyers: 2025: 9 of 12 months for alibaba',
    'three-buyers: 2028: 3 of 12 months for alibaba',
    'three-buyers: 2028: 0 of 12 months for tencent, bytedance',
  ]);
  const months = textRecordsOf(table!).map((row) => row['months']);
  expect(months).toEqual(['9', '12', '12', '12', '12', '12', '12', '12', '12', '3', '0', '0']);
});

it('shows a supplier with its buyers, whose bars follow one another', () => {
  const { sheets } = valueOf(ask(exposure, buyersOf(REPORTED), { ...INNOLIGHT, show: true }));
  expect(writeText(sheets!, { width: 120 })).toBe(`\
What three buyers buy: exposure of suppliers to buyers
Innolight: revenue, CNY bn        2025       2026       2027      2028      total
alibaba                           1.25       1.80       1.97      0.50       5.52  ███▋
  share                          29.9%      35.7%      35.7%    100.0%      36.2%
tencent                           1.20       1.31       1.45      0.00       3.96     ███▎
  share                          28.6%      26.2%      26.2%      0.0%      26.0%
bytedance                         1.74       1.91       2.11      0.00       5.76        ████
  share                          41.5%      38.1%      38.1%      0.0%      37.8%
total                             4.19       5.02       5.53      0.50      15.24
largest buyer                bytedance  bytedance  bytedance   alibaba  bytedance
Herfindahl index              0.343566   0.341258   0.341258  1.000000   0.341559
% of 23.86 CNY bn in FY2024      17.55      21.05      23.16      2.11
2025: 9 of 12 months for alibaba
2028: 3 of 12 months for alibaba
2028: 0 of 12 months for tencent, bytedance
`);
  const bars = [...writeSvg(sheets!).matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)];
  const [first, second, third] = bars.map(([, x, width]) => [Number(x), Number(width)] as const);
  expect(second![0]).toBeCloseTo(first![0] + first![1], 0);
  expect(third![0]).toBeCloseTo(second![0] + second![1], 0);
});

it('compares with no revenue that is in another currency', () => {
  const options = { ...INNOLIGHT, currency: 'USD', show: true };
  const { sheets } = valueOf(ask(exposure, buyersOf(REPORTED), options));
  expect(sheets![0]!.rows.at(-1)).toEqual({
    label: '% of 23.86 CNY bn in FY2024',
    ...{ depth: 0, kind: 'part', cells: ['', '', '', '', ''] },
  });
});

it('takes a scenario by itself as one buyer', () => {
  const one = loaded(
    scenarioText({ components: '{ servers: { suppliers: { inspur: 40%, others: rest } } }' }),
  );
  const rows = rowsOf([one], {});
  expect(rows.length).toBeGreaterThan(1);
  for (const { buyer, share, herfindahl } of rows) {
    expect([buyer, share, herfindahl]).toEqual([one.id, '1.000000', '1.000000']);
  }
});

it('keeps content apart from revenue', () => {
  const bill =
    '{ servers: { suppliers: { inspur: rest }, bill: { chips: { part: 50%, suppliers: { inspur: rest } } } } }';
  const rows = rowsOf([loaded(scenarioText({ components: bill }))], {});
  const of = (measure: string) => rows.filter((row) => row['measure'] === measure);
  expect(of('content').length).toBe(of('revenue').length);
  of('content').forEach(({ value }, i) => {
    expect(2 * Number(value)).toBeCloseTo(Number(of('revenue')[i]!['value']), 1);
  });
});

it('refuses to add up a supplier that is described nowhere in the currencies of its buyers', () => {
  const foreign = readFileSync('test/cases/three-buyers/tencent.yaml', 'utf8').replaceAll(
    'CNY',
    'HKD',
  );
  const read: typeof readBeside = (request) => {
    const found = readBeside(request);
    const isOwn = found.ok && request.path === 'tencent.yaml';
    return isOwn ? { ok: true, value: { ...found.value, text: foreign } } : found;
  };
  const rates = 'fx: { base: { USD: 7.15, HKD: 0.92 } }\n';
  const { scenarios } = loadScenarios(`${text}${REPORTED}${rates}`, { name, read });
  const [problem] = diagnosticsOf(ask(exposure, scenarios, {}));
  expect(problem).toMatchObject({
    code: 'supplier-differs',
    message: 'sales of `eoptolink` are counted in CNY for alibaba, and in HKD for tencent',
    hint: 'describe it in the portfolio: suppliers: { eoptolink: { currency: CNY } }',
    related: { message: 'for tencent' },
  });
  expect(rowsOf(scenarios, { currency: 'CNY' }).length).toBeGreaterThan(0);
});

it('agrees with the naive model over random portfolios, and its shares add up to 1', () => {
  let compared = 0;
  const law = fc.property(
    portfolioCases(),
    fc.constantFrom('supplier', 'calendar'),
    (one, whose) => {
      const { specs, shared, asked } = one;
      const by = `${whose}_year` as const;
      const result = ask(exposure, membersOf(one), { by, currency: asked });
      if (!result.ok) return; // No component has a supplier.
      const rows = textRecordsOf(result.value.table!);
      const own = specs.map((spec, i) => {
        return [`b${i}`, { ...underShared(spec, shared), currencies: [asked] }] as const;
      });
      const naive = naiveExposure(new Map(own), { whose, part: 'year' });
      const found = new Map<string, typeof rows>();
      for (const row of rows) {
        const key = [row['supplier'], row[by], row['measure'], row['unit']].join('|');
        found.set(key, [...(found.get(key) ?? []), row]);
      }
      for (const [key, group] of found) {
        const { byBuyer, shares, herfindahl } = naive.get(key) ?? {};
        for (const { buyer, value, share, ...row } of group) {
          expect(fractionOf(value!)).toEqual(byBuyer?.get(buyer!) ?? ZERO);
          expect(row['herfindahl']).toBe(herfindahl === undefined ? '' : millionths(herfindahl));
          expect(share).toBe(shares ? millionths(shares.get(buyer!) ?? 0n) : '');
          compared++;
        }
        const sum = group.reduce((all, { share }) => all + BigInt(share!.replace('.', '')), 0n);
        expect(sum).toBe(naive.has(key) ? 1_000_000n : 0n);
      }
      expect([...naive.keys()].filter((key) => !found.has(key))).toEqual([]);
    },
  );
  fc.assert(law, { numRuns });
  if (numRuns > 3) expect(compared).toBeGreaterThan(20 * numRuns);
}, 3_600_000);

it('has rows in another order, and no other row, for buyers in another order', () => {
  const law = fc.property(portfolioCases(SOME), (one) => {
    const reversed = one.specs.map((_, i) => i).reverse();
    const linesOf = (order?: readonly number[]) => {
      const result = ask(exposure, membersOf(one, order), { currency: one.asked });
      return result.ok ? [...result.value.table!.rows].map(String).sort() : [];
    };
    expect(linesOf(reversed)).toEqual(linesOf());
  });
  fc.assert(law, { numRuns: Math.ceil(numRuns / 3) });
}, 3_600_000);

function fractionOf(text: string): Fraction {
  const [, decimals = ''] = text.split('.');
  return fraction(BigInt(text.replace('.', '')), 10n ** BigInt(decimals.length));
}

function millionths(count: bigint): string {
  const digits = String(count).padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}
