/** Rows in the order of the contract: by period, component, supplier in file order, measure, currency. */
import { expect, it } from 'vitest';
import { load, project, rollup } from '../../src/index.js';

const TEXT = `scenario: rows
currency: CNY
calendar: { fiscal_year_ends: 3, from: FY2026, to: FY2027 }
envelope: 10bn CNY
phasing: even
estimates:
  view: { split: { servers: 60%, switches: 30%, optics: rest } }
mix: view
components:
  servers:
    price: { value: 100 CNY, unit: server, assumption: a price }
    suppliers: { late: 50%, early: 30%, shared: rest }
  switches: { suppliers: { shared: 10%, early: 20%, late: rest } }
  optics: { suppliers: { early: 100% } }
fx: { base: { USD: { value: 7, name: a rate } } }
`;

const { scenario } = load(TEXT);
const rows = rollup(project(scenario!, { currencies: ['USD', 'CNY'] }), [
  'fiscal_year',
  'component',
  'supplier',
]);

it('orders suppliers as their own component does', () => {
  const names = rows.flatMap(({ labels: [year, ...place], measure, unit }) =>
    year === 'FY2027' && measure === 'demand' && unit.label === 'CNY' ? [place.join('/')] : [],
  );
  expect(names).toEqual([
    ...['servers/late', 'servers/early', 'servers/shared'],
    ...['switches/shared', 'switches/early', 'switches/late'],
    'optics/early',
  ]);
});

it('orders the measures of a supplier, and currencies as asked for', () => {
  const own = rows.filter(({ labels }) => labels.join('/') === 'FY2026/servers/early');
  expect(own.map(({ measure, unit }) => `${measure} ${unit.label}`)).toEqual([
    ...['demand USD', 'demand CNY', 'revenue USD', 'revenue CNY', 'units server'],
  ]);
});
