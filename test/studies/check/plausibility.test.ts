/** Doubts: what `capex check` asks of the shipped scenarios, and of what is off by a slip. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { plausibilityWarnings } from '../../../src/studies/check/plausibility.js';
import { loaded } from '../../support/cells.js';

const shipped = (name: string, set: readonly string[] = []) =>
  plausibilityWarnings(loaded(readFileSync(`scenarios/${name}.yaml`, 'utf8'), set));

const codes = (name: string, set?: readonly string[]) => shipped(name, set).map(({ code }) => code);

describe('of the shipped scenarios', () => {
  it.each([
    'alibaba-380bn',
    'alibaba-domestic',
    'alibaba-low',
    'alibaba-rolling',
    'alibaba-weak-yuan',
  ])('%s has none', (name) => {
    expect(codes(name)).toEqual([]);
  });

  it('alibaba-high is outside the yearly range of its broker, with a warning', () => {
    const [doubt, ...others] = shipped('alibaba-high');
    expect(others).toEqual([]);
    expect(doubt).toMatchObject({ code: 'yearly-range', severity: 'warning' });
    expect(doubt!.expected).toMatch(/^100bn CNY to 150bn CNY \(guozheng-yearly, .*yaml:\d+:\d+\)$/);
    expect(doubt!.found).toBe('178,021,978,021.98 CNY in FY2028');
  });
});

describe('a mistake in alibaba-380bn is reported', () => {
  const price = 'components.servers.price.value';
  it.each([
    ['a suffix of the envelope', 'envelope=380m CNY', ['run-rate', 'yearly-range']],
    ['a digit of the envelope', 'envelope=38bn CNY', ['run-rate', 'yearly-range']],
    ['a plan within a quarter of the run-rate', 'envelope=477bn CNY', ['yearly-range']],
    ['and one just beyond', 'envelope=477.1bn CNY', ['run-rate', 'yearly-range']],
    ['the highest that a year may be', 'envelope=450bn CNY', []],
    ['and one fen more', 'envelope=450000000000.12 CNY', ['yearly-range']],
    ['the lowest that a year may be', 'envelope=300bn CNY', []],
    [
      'growth that doubles the last year',
      'phasing={ growth: 100%, per: year }',
      ['yearly-range', 'last-year'],
    ],
    [
      'a part that no source gives',
      'estimates.guojin.split.servers.value=60bn CNY',
      ['share-range'],
    ],
    ['a part within a point of one', 'estimates.guojin.split.servers.value=51bn CNY', []],
    ['a price with a suffix too many', `${price}=1.5bn CNY`, ['units-count']],
    ['a price without its suffix', `${price}=1.5 CNY`, ['units-count']],
    ['more than one billion units', `${price}=158.3 CNY`, ['units-count']],
    ['no more than that', `${price}=159 CNY`, []],
  ] as const)('%s: %s', (_, set, expected) => {
    expect(codes('alibaba-380bn', [set])).toEqual(expected);
  });
});

describe('demand over the periods of a plan with phasing', () => {
  const plan = (phasing: string, calendar = 'from: FY2026, to: FY2028') =>
    plausibilityWarnings(
      loaded(`scenario: plan
currency: CNY
calendar: { fiscal_year_ends: 3, ${calendar} }
envelope: 12bn CNY
phasing: ${phasing}
estimates: { view: { split: { servers: 45%, optics: rest } } }
mix: view
`),
    ).map(({ code, message }) => `${code}: ${message}`);

  it.each([
    ['even', []],
    ['{ weights: [1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2] }', []],
    [
      '{ weights: [1, 2.001, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2] }',
      ['steep-growth: demand more than doubles from FY2026Q1 to FY2026Q2'],
    ],
    [
      '{ weights: [2, 2, 2, 2, 2, 2, 2, 0.9, 2, 2, 2, 2] }',
      ['steep-growth: demand less than halves from FY2027Q3 to FY2027Q4'],
    ],
    ['{ weights: [2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3] }', []],
    [
      '{ weights: [3, 3, 3, 3, 3, 3, 3, 3, 1.99, 1.99, 1.99, 1.99] }',
      ['last-year: FY2028, the last year, is far below the years before'],
    ],
    [
      '{ weights: [0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1] }',
      ['last-year: FY2028, the last year, is far above the years before'],
    ],
  ] as const)('%s', (phasing, expected) => {
    expect(plan(phasing)).toEqual(expected);
  });

  it('compares a year that is partly in the window by its periods', () => {
    expect(plan('even', 'from: FY2026, to: FY2028Q1')).toEqual([]);
    expect(plan('even', 'from: FY2026Q4, to: FY2028')).toEqual([]);
  });
});
