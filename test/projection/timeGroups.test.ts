/** Groups of time: each sum is that of the naive model, month by month, and every group has its months. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fraction } from '../../src/core/number/fraction.js';
import { project } from '../../src/projection/compile.js';
import { rollup } from '../../src/projection/rollup.js';
import { TIME_DIMENSIONS, calendarOf, timeGroups } from '../../src/projection/timeGroups.js';
import { scenarios } from '../naive/generator.js';
import { naiveGroups, type Grouping } from '../naive/model.js';
import { toYaml } from '../naive/spec.js';
import { cases, coverage } from '../support/cases.js';
import { loaded } from '../support/cells.js';

/** How many scenarios are tried. */
const COUNT = Number(process.env['CAPEX_GROUPS'] ?? cases(30));

const GROUPS = TIME_DIMENSIONS.filter((one) => one !== 'period');

function groupingOf(dimension: string): Grouping {
  const [whose, part] = dimension.split('_') as [Grouping['whose'], Grouping['part']];
  return { whose, part };
}

it('agrees with the naive model on every group of random scenarios, whatever their periods', () => {
  let split = 0;
  const law = fc.property(scenarios(), (spec) => {
    const projection = project(loaded(toYaml(spec)), { currencies: spec.currencies });
    const expectedBy = naiveGroups(spec);
    for (const dimension of GROUPS) {
      const rows = rollup(projection, [dimension, 'component', 'supplier']);
      const found = rows.flatMap(({ labels, measure, unit, count, cells }) => {
        split += cells.filter(({ month }) => month !== undefined).length;
        const { n, d } = fraction(count, 10n ** BigInt(unit.places));
        if (n === 0n && labels[0]!.startsWith('after')) return [];
        return [`${[...labels, measure, unit.label].join('|')} ${n}/${d}`];
      });
      const expected = Array.from(expectedBy(groupingOf(dimension)), (one) => one.join(' '));
      expect(found.sort()).toEqual(expected.sort());
    }
  });
  fc.assert(law, { numRuns: COUNT });
  expect(split).toBeGreaterThan(coverage(500));
}, 600_000);

const plan = (calendar: string) =>
  loaded(`scenario: groups
currency: CNY
calendar: { ${calendar} }
envelope: 380bn CNY
phasing: even
estimates: { view: { split: { servers: 100% } } }
mix: view
`);
const ALIBABA = 'fiscal_year_ends: 3, from: FY2026Q1, to: FY2028Q4';

function demandBy(dimension: 'calendar_year' | 'calendar_quarter' | 'fiscal_half', text: string) {
  const { cells, scenario } = project(plan(text));
  const demand = cells.filter(({ measure }) => measure === 'demand');
  return rollup({ cells: demand, scenario }, [dimension]).map(({ labels, count }) => {
    return `${labels[0]!} ${String(count)}`;
  });
}

it('sums the even plan of 380bn by calendar year', () => {
  expect(demandBy('calendar_year', ALIBABA)).toEqual([
    ...['2025 9500000000001', '2026 12666666666667', '2027 12666666666666', '2028 3166666666666'],
  ]);
});

it('sums quarters to halves', () => {
  expect(demandBy('fiscal_half', ALIBABA).slice(0, 2)).toEqual([
    ...['FY2026H1 6333333333334', 'FY2026H2 6333333333333'],
  ]);
});

it('splits a quarter from February to April over its months, earlier months first', () => {
  const quarters = 'fiscal_year_ends: 1, from: FY2026Q1, to: FY2026Q1';
  // 38,000,000,000,000 fen are 12,666,666,666,666 for each month, and two more.
  expect(demandBy('calendar_quarter', quarters)).toEqual([
    ...['2025Q1 25333333333334', '2025Q2 12666666666666'],
  ]);
});

it('splits a year over its months, and its months over quarters', () => {
  const years = 'fiscal_year_ends: 2, from: FY2026, to: FY2026, period: year';
  expect(demandBy('calendar_quarter', years)).toEqual([
    '2025Q1 3166666666667',
    '2025Q2 9500000000001',
    '2025Q3 9500000000001',
    '2025Q4 9499999999999',
    '2026Q1 6333333333332',
  ]);
});

it('says how many months of each group the window holds', () => {
  const { window } = plan(ALIBABA);
  const held = (unit: 'year' | 'half' | 'quarter') =>
    timeGroups(window, { endMonth: 12, unit, prefix: '' }).map((one) => `${one.label} ${one.held}`);
  expect(held('year')).toEqual(['2025 9', '2026 12', '2027 12', '2028 3']);
  expect([held('half')[0], held('half').at(-1)]).toEqual(['2025H1 3', '2028H1 3']);
  expect([held('quarter')[0], held('quarter').at(-1)]).toEqual(['2025Q2 3', '2028Q1 3']);
  const own = calendarOf(plan(ALIBABA), 'fiscal_year', '');
  expect(timeGroups(window, own).map((one) => `${one.label} ${one.held}`)).toEqual([
    ...['FY2026 12', 'FY2027 12', 'FY2028 12'],
  ]);
});
