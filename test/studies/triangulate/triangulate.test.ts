/** Both sides of a triangulation, by hand. */
import { expect, it } from 'vitest';
import { textRecordsOf } from '../../../src/core/table.js';
import { loadScenarios } from '../../../src/scenario/portfolio/loadScenarios.js';
import { ask } from '../../../src/studies/study.js';
import { triangulate } from '../../../src/studies/triangulate/triangulate.js';
import { loaded } from '../../support/cells.js';
import { valueOf } from '../../support/results.js';
import { planOf } from '../../support/workbooks.js';

/** 1,000 CNY a year, half for servers; from below 40 servers at 10 CNY, and 5 racks at 20 CNY. */
const TWO_WAYS = `scenario: two-ways
currency: CNY
calendar: { fiscal_year_ends: 12, from: FY2026, to: FY2027, period: year }
envelope: 2000 CNY
phasing: even
mix: view
estimates:
  view: { split: { servers: 50%, other: rest } }
  physical:
    units:
      power: { count: { FY2026: 4, FY2027: 6 }, unit: MW }
      servers: { per: power, ratio: { value: 10, low: 8, high: 12 } }
      racks: { count: 5 }
components:
  servers: { price: { value: 10 CNY, unit: server } }
  racks: { price: { value: 20 CNY, unit: rack } }
`;

it('shows money and units from above and from below, and the gap between them', () => {
  const { table } = valueOf(ask(triangulate, [loaded(TWO_WAYS)], {}));
  const rows = textRecordsOf(table!).map((row) => Object.values(row).slice(1, -1).join(' '));
  expect(rows).toEqual([
    'servers FY2026 CNY 500.00 400.00 -100.00 -20.00 server 50 40 -10',
    'servers FY2027 CNY 500.00 600.00 100.00 20.00 server 50 60 10',
    'other FY2026 CNY 500.00       ',
    'other FY2027 CNY 500.00       ',
    'racks FY2026 CNY  100.00   rack  5 ',
    'racks FY2027 CNY  100.00   rack  5 ',
    'total FY2026 CNY 1000.00 500.00 -500.00 -50.00    ',
    'total FY2027 CNY 1000.00 700.00 -300.00 -30.00    ',
  ]);
});

it('names each input that closes a gap alone, and whether that lies in its range', () => {
  const { document } = valueOf(ask(triangulate, [loaded(TWO_WAYS)], {}));
  const { closings } = document as { closings: readonly Record<string, string>[] };
  const own = closings.filter((one) => one['component'] === 'servers');
  const told = own.map((one) =>
    [
      one['fiscal_year'],
      one['input'],
      one['value'],
      one['closes'],
      one['range'],
      one['beyond'],
    ].join(' '),
  );
  expect(told).toEqual([
    'FY2026 estimates.physical.units.power.count.FY2026 5 exactly none ',
    'FY2026 estimates.physical.units.servers.ratio 12.5 exactly above 0.5',
    'FY2026 components.servers.price 12.5 exactly none ',
    'FY2027 estimates.physical.units.power.count.FY2027 5 exactly none ',
    'FY2027 estimates.physical.units.servers.ratio 8.333333 exactly inside 0',
    'FY2027 components.servers.price 8.33 nearest none ',
  ]);
});

it.each([
  [
    'no estimate in units',
    TWO_WAYS.replace(/  physical:[^]*?components:/u, 'components:'),
    '',
    'no estimate counts units, so there is nothing from below',
  ],
  ['a name that is none', TWO_WAYS, 'fysical', 'there is no estimate in units `fysical`'],
])('refuses %s', (_, text, against, message) => {
  const result = ask(triangulate, [loaded(text)], against === '' ? {} : { against });
  expect(result.ok ? [] : result.diagnostics.map((one) => one.message)).toEqual([message]);
});

it('prints both sides so that components add up to totals, and gaps are differences', () => {
  const { scenario } = planOf('alibaba-units');
  const { sheets } = valueOf(ask(triangulate, [scenario], { show: true }));
  const cents = (cell: string) => Math.round(Number(cell) * 100);
  const years = sheets![0]!.rows.filter(({ depth }) => depth === 1);
  for (const year of ['FY2026', 'FY2027', 'FY2028']) {
    const own = years.filter(({ label }) => label === year).map(({ cells }) => cells.map(cents));
    const [total] = own.splice(-1);
    for (const side of [0, 1]) {
      expect(own.reduce((sum, cells) => sum + cells[side]!, 0)).toBe(total![side]);
    }
    for (const [above, below, gap] of [...own.slice(0, 3), total!])
      expect(gap).toBe(below! - above!);
  }
});

it('has sheets for each buyer of a portfolio, and names it in their titles', () => {
  const text = 'portfolio: both\ncurrency: CNY\nbuyers: { north: a.yaml, south: a.yaml }\n';
  const { scenarios } = loadScenarios(text, {
    read: ({ path }) => ({ ok: true, value: { name: path, text: TWO_WAYS } }),
  });
  const { sheets, table } = valueOf(ask(triangulate, scenarios, { show: true }));
  const titles = sheets!.map(({ title }) => title.split(':')[0]);
  expect(titles).toEqual(['north', 'north', 'south', 'south']);
  expect(new Set([...table!.rows].map(([scenario]) => scenario))).toEqual(
    new Set(['north', 'south']),
  );
});

it('prints what closes a gap as a change that --set takes', () => {
  const { table } = valueOf(ask(triangulate, [loaded(TWO_WAYS)], {}));
  const [first] = textRecordsOf(table!);
  const changes = first!['closed_by']!.split('; ');
  expect(changes).toContain('components.servers.price=12.5 CNY');
  for (const change of changes) {
    const changed = textRecordsOf(
      valueOf(ask(triangulate, [loaded(TWO_WAYS, [change])], {})).table!,
    );
    expect(changed[0]).toMatchObject({ component: 'servers', fiscal_year: 'FY2026', gap: '0.00' });
  }
});
