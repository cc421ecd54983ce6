/** The agreed figures of the announced plan, to the last fen. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { printDecimal } from '../../src/core/number/decimal.js';
import { project } from '../../src/projection/compile.js';
import { rollup, type Dimension } from '../../src/projection/rollup.js';
import { loaded } from '../support/cells.js';

const ANNOUNCED = readFileSync('scenarios/alibaba-380bn.yaml', 'utf8');

function table(set: readonly string[], by: readonly Dimension[], currency = 'CNY') {
  const projection = project(loaded(ANNOUNCED, set), { currencies: [currency] });
  const rows = rollup(projection, by).filter(({ measure }) => measure !== 'revenue');
  return Object.fromEntries(
    rows.map(({ labels, unit, count }) => [
      [...labels, unit.label].join(' '),
      printDecimal(count, unit.places),
    ]),
  );
}

describe('alibaba-380bn under its plain mix, even phasing, budget closure', () => {
  it('by component', () => {
    expect(table([], ['component'])).toMatchObject({
      'servers CNY': '158333333333.36',
      'switches CNY': '25333333333.32',
      'optical_modules CNY': '11400000000.00',
      'unallocated CNY': '184933333333.32',
    });
  });

  it('by fiscal year, and in total', () => {
    expect(table([], ['fiscal_year'])).toMatchObject({
      'FY2026 CNY': '126666666666.67',
      'FY2027 CNY': '126666666666.67',
      'FY2028 CNY': '126666666666.66',
    });
    expect(table([], [])).toMatchObject({ CNY: '380000000000.00' });
    expect(table([], ['period'])).toMatchObject({ 'FY2026Q1 CNY': '31666666666.67' });
  });

  it('in USD at 7.1717', () => {
    expect(table([], [], 'USD')).toMatchObject({ USD: '52986042360.96' });
    expect(table([], ['component'], 'USD')).toMatchObject({ 'servers USD': '22077517650.36' });
  });
});

describe('with USD at 7.5 throughout, 40% USD content of servers and a price of 1.5m CNY', () => {
  const weak = (closure: string) => ['fx.path.USD=7.5', `fx.closure=${closure}`];

  it.each([
    ['budget', '158333333333.36', '25333333333.32', '103656'],
    ['volume', '161232552951.20', '25333333333.32', '105552'],
    ['scale', '160011739336.04', '25141515504.48', '104760'],
  ])('closure %s', (closure, servers, switches, units) => {
    expect(table(weak(closure), ['component'])).toMatchObject({
      'servers CNY': servers,
      'switches CNY': switches,
      'servers server': units,
    });
  });
});
