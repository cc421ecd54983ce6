/** Results as decimals: exact, with any number of digits, and exact in sums and products. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  Decimal,
  ask,
  decimalOf,
  forecast,
  load,
  project,
  recordsOf,
  rollup,
  type Table,
} from '../../../src/index.js';
import { valueOf } from '../../support/results.js';

const text = `
scenario: tiny
currency: KWD
calendar: { fiscal_year_ends: 12, from: FY2026, to: FY2027 }
envelope: 123456789012345678.901 KWD
phasing: even
estimates: { mine: { split: { servers: 2/3, networks: rest } } }
mix: mine
`;
const scenario = load(text).scenario!;

it('gives the number of a row, not the count of its quanta', () => {
  expect(decimalOf({ count: 10n ** 30n + 1n, unit: { places: 2 } }).toFixed()).toBe(
    '10000000000000000000000000000.01',
  );
});

it('sums the rows of a forecast to the envelope, beyond the 20 digits of decimal.js', () => {
  const rows = rollup(project(scenario), ['fiscal_year', 'component']);
  const demand = rows.filter(({ measure }) => measure === 'demand').map(decimalOf);
  expect(demand).toHaveLength(4);
  const sum = demand.reduce((a, b) => a.plus(b));
  expect(sum.toString()).toBe('123456789012345678.901');
});

it('multiplies exactly: a square has twice the digits', () => {
  const amount = decimalOf({ count: 10n ** 40n + 1n, unit: { places: 0 } });
  expect(amount.times(amount).toString()).toBe(String((10n ** 40n + 1n) ** 2n));
});

it('makes records of a table, with texts unchanged and numbers as decimals', () => {
  const answer = ask(forecast, [scenario], { by: 'component', measure: 'demand' });
  const records = recordsOf(valueOf(answer).table!);
  expect(records.map(({ component }) => component)).toEqual(['servers', 'networks']);
  expect(records.every(({ value }) => value instanceof Decimal)).toBe(true);
  const [servers, networks] = records.map(({ value }) => value as Decimal);
  expect(servers!.plus(networks!).toString()).toBe('123456789012345678.901');
  const texts = Array.from(valueOf(answer).table!.rows, (row) => row[row.length - 2]);
  expect([servers, networks].map((value) => value!.toFixed(3))).toEqual(texts);
});

it('gives undefined for an empty number of a table', () => {
  const table: Table = { columns: [{ name: 'low', kind: 'number' }], rows: [[''], ['0.10']] };
  expect(recordsOf(table).map(({ low }) => low?.toString())).toEqual([undefined, '0.1']);
});

it('is not loaded by the command', () => {
  expect(readFileSync('dist/capex.cjs', 'utf8')).not.toContain('decimal.js');
});
