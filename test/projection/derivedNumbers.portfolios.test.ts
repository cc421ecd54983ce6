/** Derived columns over buyers: of the summed amounts, as the naive model has them month by month. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { groupBy } from '../../src/core/group.js';
import { textRecordsOf } from '../../src/core/table.js';
import { loadScenarios } from '../../src/scenario/portfolio/loadScenarios.js';
import { forecast } from '../../src/studies/forecast/forecast.js';
import { ask } from '../../src/studies/study.js';
import { naiveDerived, naiveLines } from '../naive/derived.js';
import { PARTS, fraction, naiveLabel, type Grouping } from '../naive/model.js';
import { underShared } from '../naive/portfolio.js';
import type { Spec } from '../naive/spec.js';
import { readBeside } from '../support/files.js';
import { membersOf, portfolioCases } from '../support/portfolios.js';
import { valueOf } from '../support/results.js';

const numRuns = Number(process.env['CAPEX_PORTFOLIOS'] ?? 4);

const RATIOS = ['yoy', 'qoq', 'cagr'];
const SUMS = ['ttm', 'ytd', 'cumulative'];

/** Dimensions of tables over buyers. */
const TABLES = [
  ['calendar_year'],
  ['calendar_half', 'component'],
  ['calendar_quarter', 'component', 'supplier'],
  ['supplier_year', 'supplier'],
  ['supplier_quarter', 'component', 'supplier'],
] as const;

/** The lines of one buyer, by the labels that are no time, measure and unit. */
function linesOf(spec: Spec, [time, ...kept]: readonly string[]) {
  return naiveLines(spec, ({ key, supplier }) => {
    const [component = '', , measure = '', unit = ''] = key.split('|');
    const labels = kept.map((one) => (one === 'component' ? component : supplier));
    const ends = time!.startsWith('calendar')
      ? 12
      : (spec.suppliers?.[supplier]?.fiscal_year_ends ?? 12);
    return {
      line: [...labels, measure, unit].join('|'),
      isReported: kept.length === 0 && measure === 'demand' && unit === spec.currency,
      ends,
    };
  });
}

function fractionText(text: string): string {
  const [, decimals = ''] = text.split('.');
  const { n, d } = fraction(BigInt(text.replace('.', '')), 10n ** BigInt(decimals.length));
  return `${n}/${d}`;
}

it('agrees with the naive model on every row of random portfolios', () => {
  const compared = new Map<string, number>();
  const law = fc.property(
    portfolioCases({ min: 2, max: 3 }),
    fc.constantFrom(...TABLES),
    (one, dimensions) => {
      const [time, ...kept] = dimensions;
      const [whose, part] = time.split('_') as [Grouping['whose'], Grouping['part']];
      const options = { by: dimensions.join(','), currency: one.asked };
      const names = [...RATIOS, ...SUMS, 'share'].join(',');
      const { table } = valueOf(ask(forecast, membersOf(one), { ...options, with: names }));
      const rows = textRecordsOf(table!);
      const specs = one.specs.map((spec) => ({
        ...underShared(spec, one.shared),
        currencies: [one.asked],
      }));
      const all = specs.map((spec) => linesOf(spec, dimensions));
      const length = 12 / PARTS[part];
      for (const row of rows) {
        const label = row[time]!;
        if (label.startsWith('after')) continue;
        const place = [...kept, 'measure', 'unit'].map((column) => row[column]!).join('|');
        const lines = all.flatMap((own) => own.get(place) ?? []);
        const { ends } = lines[0]!;
        const first = Math.min(...lines.map(({ from }) => from));
        const last = Math.max(...lines.map(({ to }) => to));
        const months = Array.from({ length: last - first }, (_, i) => first + i);
        const month = months.find((at) => naiveLabel({ whose, part }, ends, at) === label)!;
        const start = Math.floor((month - ends) / length) * length + ends;
        const found = [...RATIOS, ...SUMS].flatMap((name) => {
          const text = row[name]!;
          if (text === '') return [];
          compared.set(name, (compared.get(name) ?? 0) + 1);
          const isRatio = RATIOS.includes(name);
          return [[name, isRatio ? String(BigInt(text.replace('.', ''))) : fractionText(text)]];
        });
        expect(new Map(found as [string, string][])).toEqual(naiveDerived(lines, start, length));
      }
      const last = kept.at(-1);
      const groups = groupBy(rows, (row) =>
        [...dimensions, 'measure', 'unit']
          .filter((column) => column !== last)
          .map((column) => row[column])
          .join('|'),
      );
      for (const own of groups.values()) {
        const shares = own.flatMap(({ share }) => (share === '' ? [] : [share!]));
        const sum = shares.reduce((all, share) => all + BigInt(share.replace('.', '')), 0n);
        expect(sum).toBe(shares.length > 0 ? 1_000_000n : 0n);
      }
    },
  );
  fc.assert(law, { numRuns });
  if (numRuns > 50)
    for (const name of [...RATIOS, ...SUMS]) expect(compared.get(name)).toBeGreaterThan(50);
}, 3_600_000);

const name = 'test/cases/three-buyers/portfolio.yaml';
const { scenarios } = loadScenarios(readFileSync(name, 'utf8'), { name, read: readBeside });

const innolight = (by: string, names: string) => {
  const options = { by, with: names, currency: 'USD', measure: 'revenue' };
  const { table } = valueOf(
    ask(forecast, scenarios, { ...options, where: ['supplier=innolight'] }),
  );
  return { rows: textRecordsOf(table!), notes: table!.notes! };
};

it('has the growth of the sum, and none over a year that one buyer has in part', () => {
  const { rows, notes } = innolight('calendar_year,supplier', 'yoy,ytd,months,start,end');
  const shown = rows.map((row) => [row['calendar_year'], row['yoy'], row['ytd'], row['months']]);
  expect(shown).toEqual([
    ['2025', '', '', '9'],
    ['2026', '', '702511989.50', '12'],
    ['2027', '0.100000', '772763188.48', '12'],
    ['2028', '', '70555426.45', '0'],
  ]);
  expect(rows[0]).toMatchObject({ start: '2025-01-01', end: '2025-12-31' });
  expect(notes).toEqual([
    'yoy is empty in 2025: the months to compare with are neither in the window nor reported',
    'ytd is empty in 2025: the year begins before the window',
    'yoy is empty in 2026, 2028: the group to compare with does not have the same months',
  ]);
});

it('has the share of each buyer in what all of them buy', () => {
  const { rows } = innolight('buyer,calendar_year', 'share');
  const in2026 = rows.filter((row) => row['calendar_year'] === '2026');
  expect(in2026.map(({ buyer, share }) => [buyer, share])).toEqual([
    ['alibaba', '0.356911'],
    ['tencent', '0.261999'],
    ['bytedance', '0.381090'],
  ]);
});
