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

it('units of one name and different quanta are summed in the finer one', () => {
  const power = (quanta: readonly string[]) =>
    quanta
      .map((quantum, i) => `p${i}: { price: { value: 3 CNY, unit: MW, quantum: ${quantum} } }`)
      .join(', ');
  const unitsOf = (quanta: readonly string[]) => {
    const text = TEXT.slice(0, TEXT.indexOf('estimates:'));
    const parts = `estimates: { view: { split: { p0: 50%, p1: rest } } }\nmix: view\n`;
    const loaded = load(`${text}${parts}components: { ${power(quanta)} }\n`);
    const all = rollup(project(loaded.scenario!), ['fiscal_year']);
    return all
      .filter(({ measure }) => measure === 'units')
      .map(({ labels: [year], count, unit }) => [year, count, unit.places]);
  };
  // 625m CNY a quarter for each of the two: 208,333,333.333 MW, and 208,333,333.
  const rows = [
    ['FY2026', 1_666_666_665_332n, 3],
    ['FY2027', 1_666_666_665_332n, 3],
  ];
  expect(unitsOf(['0.001', '1'])).toEqual(rows);
  expect(unitsOf(['1', '0.001'])).toEqual(rows);
});
