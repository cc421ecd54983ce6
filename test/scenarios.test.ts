/** The comments of the shipped scenarios state what the engine computes. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { amountOf } from '../src/model/estimate/envelope.js';
import { printDecimal } from '../src/core/number/decimal.js';
import { project } from '../src/projection/compile.js';
import { rollup, type Dimension } from '../src/projection/rollup.js';
import { loadScenarios } from '../src/scenario/portfolio/loadScenarios.js';
import { SHIPPED, loaded } from './support/cells.js';

/** Demand in billions, by one dimension or in total. */
function billions(name: string, by: readonly Dimension[] = [], set: readonly string[] = []) {
  const projection = project(loaded(readFileSync(`scenarios/${name}.yaml`, 'utf8'), set));
  const rows = rollup(projection, by).filter(({ measure }) => measure === 'demand');
  return rows.map(({ labels, count }) =>
    [...labels, printDecimal(count, 11).replace(/\.?0+$/, '')].join(' '),
  );
}

describe('alibaba-380bn', () => {
  it('the broker left 58.4bn of 120bn open', () => {
    const year = ['envelope=120bn CNY', 'calendar.to=FY2026Q4'];
    expect(billions('alibaba-380bn', ['component'], year)).toContain('unallocated 58.4');
  });

  it('the range is three years of 100 to 150bn', () => {
    const { envelope } = loaded(readFileSync('scenarios/alibaba-380bn.yaml', 'utf8'));
    const { low, high } = amountOf(envelope)!.attributes;
    expect([low!.value.value.n, high!.value.value.n]).toEqual([
      3n * 100n * 10n ** 11n,
      3n * 150n * 10n ** 11n,
    ]);
  });

  it('plans quarters within 1% of 31.8bn, the capex of the December 2024 quarter', () => {
    const december = 318n * 10n ** 10n; // in fen
    const projection = project(loaded(readFileSync('scenarios/alibaba-380bn.yaml', 'utf8')));
    const rows = rollup(projection, ['period']).filter(({ measure }) => measure === 'demand');
    expect(rows).toHaveLength(12);
    for (const { count } of rows) {
      const hundredfold = (count - december) * 100n;
      expect(hundredfold < december && hundredfold > -december).toBe(true);
    }
  });
});

it('alibaba-low spends 100bn in each of three years', () => {
  expect(billions('alibaba-low', ['fiscal_year'])).toEqual([
    'FY2026 100',
    'FY2027 100',
    'FY2028 100',
  ]);
});

it('alibaba-high spends 450bn, each year 1.2 times the one before, to the fen', () => {
  expect(billions('alibaba-high')).toEqual(['450']);
  const projection = project(loaded(readFileSync('scenarios/alibaba-high.yaml', 'utf8')));
  const years = rollup(projection, ['fiscal_year']).filter(({ measure }) => measure === 'demand');
  const [first, second, third] = years.map(({ count }) => count) as [bigint, bigint, bigint];
  for (const [before, after] of [
    [first, second],
    [second, third],
  ] as const) {
    const off = after * 5n - before * 6n;
    expect(off < 12n && off > -12n).toBe(true);
  }
});

it('alibaba-weak-yuan holds the envelope', () => {
  expect(billions('alibaba-weak-yuan')).toEqual(['380']);
});

it('alibaba-domestic makes servers 1.83%, 1.37% and 0.92% dearer by year', () => {
  const [dear, plain] = ['7.50', '7.1717'].map((rate) =>
    billions('alibaba-domestic', ['fiscal_year', 'component'], [`fx.path.USD=${rate}`])
      .filter((row) => row.includes(' servers '))
      .map((row) => Number(row.split(' ').at(-1))),
  ) as [number[], number[]];
  const dearer = dear.map((amount, year) => ((amount / plain[year]! - 1) * 100).toFixed(2));
  expect(dearer).toEqual(['1.83', '1.37', '0.92']);
});

it('alibaba-rolling keeps 380bn before its closure moves the open periods', () => {
  expect(billions('alibaba-rolling', [], ['fx.closure=budget'])).toEqual(['380']);
});

describe('china-cloud', () => {
  const text = readFileSync('scenarios/china-cloud.yaml', 'utf8');
  const { scenarios, diagnostics } = loadScenarios(text, SHIPPED);

  it('has four buyers, and no warning', () => {
    expect(diagnostics).toEqual([]);
    expect(scenarios.map(({ buyer }) => buyer!.key)).toEqual([
      ...['alibaba', 'tencent', 'bytedance', 'baidu'],
    ]);
  });

  it('sums 380bn of a plan, and 685.2bn that are assumed', () => {
    const plans = scenarios.map(({ envelope }) => printDecimal(amountOf(envelope)!.value.n, 11));
    expect(plans.map(Number)).toEqual([380, 205.2, 450, 30]);
    const grounds = scenarios.map(({ envelope }) => Object.keys(amountOf(envelope)!.attributes));
    expect(grounds.map((keys) => keys.includes('assumption'))).toEqual([false, true, true, true]);
  });

  it('takes no number of a buyer but Alibaba, and no share of a supplier, from a source', () => {
    for (const { inputs } of scenarios.slice(1)) {
      const sourced = inputs.filter(({ attributes }) => attributes.evidence);
      expect(sourced.map(({ path }) => path)).toEqual(['fx.base.USD']);
    }
  });
});
