/** Depreciation: demand over the periods of its life, and what is left of it after the window. */
import { describe, expect, it } from 'vitest';
import { project } from '../../../src/projection/compile.js';
import { loaded } from '../../support/cells.js';

/** Depreciation of 1.00 CNY in each of four quarters, in fen: by period, then of the tail. */
function depreciationOf(
  component: string,
  path = 'servers',
  more = '',
): readonly (number | undefined)[] {
  const scenario = loaded(`scenario: depreciated
currency: CNY
calendar: { fiscal_year_ends: 12, from: FY2026Q1, to: FY2026Q4 }
envelope: 4 CNY
phasing: even
estimates: { view: { split: { servers: 100% } } }
mix: view
components: { servers: { ${component} } }
${more}`);
  const cells = project(scenario).cells.filter(({ measure }) => measure === 'depreciation');
  return [0, 1, 2, 3, 4].map((period) => {
    const cell = cells.find((one) => one.period === period && one.path === path);
    return cell && Number(cell.count);
  });
}

describe('depreciation', () => {
  it('begins in the next period, and has no row before it', () => {
    expect(depreciationOf('life: 4 quarters')).toEqual([undefined, 25, 50, 75, 250]);
  });

  it('begins in the period of the demand where it is in service then', () => {
    expect(depreciationOf('life: 4 quarters, in_service: same')).toEqual([25, 50, 75, 100, 150]);
  });

  it('gives odd fen to the earlier periods', () => {
    expect(depreciationOf('life: 3 quarters, in_service: same')).toEqual([34, 67, 100, 100, 99]);
  });

  it('takes a life of one period, which leaves the last demand or nothing', () => {
    expect(depreciationOf('life: 1 quarter')).toEqual([undefined, 100, 100, 100, 100]);
    expect(depreciationOf('life: 1 quarter, in_service: same')).toEqual([100, 100, 100, 100, 0]);
  });

  it('takes a life in years', () => {
    expect(depreciationOf('life: 1 year')).toEqual(depreciationOf('life: 4 quarters'));
  });

  it('gives the first periods of a very long life one fen each, and nothing to the others', () => {
    expect(depreciationOf('life: 9999 quarters')).toEqual([undefined, 1, 2, 3, 394]);
  });

  it('takes what a branch says, unless a component below it says something else', () => {
    const parts = 'components: { a: { part: 50%, life: 2 quarters }, b: rest }';
    const branch = `life: 1 quarter, in_service: same, ${parts}`;
    expect(depreciationOf(branch, 'servers/a')).toEqual([25, 50, 50, 50, 25]);
    expect(depreciationOf(branch, 'servers/b')).toEqual([50, 50, 50, 50, 0]);
  });

  it('is of no leaf without a life', () => {
    expect(depreciationOf('name: Servers')).toEqual(Array(5).fill(undefined));
  });

  it('leaves out what was reported before the window', () => {
    const before = 'actuals: { periods: { FY2025Q4: 9 CNY } }';
    expect(depreciationOf('life: 4 quarters', 'servers', before)).toEqual([
      undefined,
      25,
      50,
      75,
      250,
    ]);
  });

  it('translates what is left after the window by the last rate', () => {
    const scenario = loaded(`scenario: depreciated
currency: CNY
calendar: { fiscal_year_ends: 12, from: FY2026, to: FY2027, period: year }
envelope: 80 CNY
phasing: even
estimates: { view: { split: { servers: 100% } } }
mix: view
components: { servers: { life: 4 years } }
fx: { path: { USD: { FY2026: 8, FY2027: 5 } } }
`);
    const cells = project(scenario, { currencies: ['USD'] }).cells;
    const own = cells.filter(({ measure }) => measure === 'depreciation');
    expect(own.map(({ period, count }) => [period, count])).toEqual([
      [1, 200n],
      [2, 1400n],
    ]);
  });
});
