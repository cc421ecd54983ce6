/** The FX table: effects apart, exactly, for every shipped scenario and every shock from −10% to +10%. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ONE, add, fraction, multiply } from '../../../src/core/number/fraction.js';
import { CLOSURES } from '../../../src/model/fx.js';
import type { Leaf } from '../../../src/model/leaf.js';
import type { Price } from '../../../src/model/price.js';
import { project } from '../../../src/projection/compile.js';
import { rollup, type Dimension } from '../../../src/projection/rollup.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { vary } from '../../../src/scenario/vary.js';
import { fxTable, type FxRow } from '../../../src/studies/sensitivity/fxTable.js';
import { loaded } from '../../support/cells.js';

const SHOCKS = Array.from({ length: 21 }, (_, i) => fraction(BigInt(i - 10), 100n));
const FILES = readdirSync('scenarios').filter((name) => name.endsWith('.yaml'));

/** Shipped scenarios that know no dollar get its rate, so that there is something to translate. */
function shipped(name: string): Scenario {
  const text = readFileSync(`scenarios/${name}`, 'utf8');
  const scenario = loaded(text);
  return scenario.fx.base.has('USD') ? scenario : loaded(text, ['fx.base.USD=7.1717']);
}

function rowsOf(scenario: Scenario, by: readonly Dimension[], shocks = SHOCKS): readonly FxRow[] {
  return fxTable(scenario, {
    code: 'USD',
    shocks,
    closures: CLOSURES,
    currencies: ['CNY', 'USD'],
    measures: ['demand', 'units'],
    by,
  });
}

describe.each(FILES)('%s', (name) => {
  const scenario = shipped(name);
  const rows = rowsOf(scenario, ['component']);

  it('the three effects sum to the whole change', () => {
    for (const { base, value, translation, transaction, cross } of rows) {
      expect(translation + transaction + cross).toBe(value - base);
    }
  });

  it('each corner equals the scenario with that rate', () => {
    for (const shock of [SHOCKS[0]!, SHOCKS[17]!]) {
      for (const closure of CLOSURES) {
        const path = openPath(scenario, add(ONE, shock));
        const moved = vary(scenario, [...path, `fx.closure=${closure}`]).scenario!;
        const projection = project(moved, { currencies: ['CNY', 'USD'] });
        const expected = rollup(projection, ['component']).filter(
          ({ measure }) => measure !== 'revenue',
        );
        const own = rows.filter((row) => row.shock === shock && row.closure === closure);
        expect(own.map(({ value }) => value)).toEqual(expected.map(({ count }) => count));
      }
    }
  });

  it('the transaction effect is zero if content is zero', () => {
    // A dollar cell may differ by a cent: its period's total has moved, and is allocated anew.
    const moves = new Set(scenario.leaves.filter(followsRates).map(({ path }) => path));
    for (const { labels, closure, unit, transaction } of rows) {
      const still = !moves.has(labels[0]!) && closure !== 'scale';
      if (unit.label !== 'USD' && (still || moves.size === 0)) expect(transaction).toBe(0n);
    }
    for (const row of rowsOf(withoutContent(scenario), ['component'])) {
      if (!scenario.leaves.some(({ price }) => isForeign(price))) expect(row.transaction).toBe(0n);
    }
  });

  it('the translation effect is that of the scenario without foreign content', () => {
    // From base rates: where a path has moved them already, content has moved the money as well.
    const without = rowsOf(withoutPath(withoutContent(scenario)), []);
    const bare = new Map(without.map((row) => [keyOf(row), row.translation]));
    for (const row of rowsOf(withoutPath(scenario), [])) {
      if (row.measure === 'demand') expect(row.translation).toBe(bare.get(keyOf(row)));
    }
  });

  it('budget changes no CNY cell, and scale keeps the envelope to the fen', () => {
    for (const { unit, closure, base, value } of rowsOf(scenario, [
      'period',
      'component',
      'supplier',
    ])) {
      if (closure === 'budget' && unit.label === 'CNY') expect(value).toBe(base);
    }
    for (const { unit, closure, base, value } of rowsOf(scenario, ['period'])) {
      if (closure === 'scale' && unit.label === 'CNY') expect(value).toBe(base);
    }
  });

  it('volume changes units by at most one in each component and period', () => {
    const moved = rowsOf(scenario, ['period', 'component']).filter(
      ({ measure, closure, labels }) =>
        measure === 'units' &&
        closure === 'volume' &&
        !scenario.actuals.within.has(periodOf(scenario, labels[0]!)),
    );
    for (const { base, value } of moved)
      expect(value - base <= 1n && base - value <= 1n).toBe(true);
  });
});

function isForeign(price: Price | undefined): boolean {
  return price !== undefined && price.values.some(({ currency }) => currency!.code !== 'CNY');
}

function followsRates({ pricing, price, prices }: Leaf): boolean {
  return pricing !== undefined || [price, ...prices].some(isForeign);
}

function periodOf({ window }: Scenario, label: string): number {
  return window.periods.findIndex((period) => period.label === label);
}

function keyOf({ shock, closure, measure, unit }: FxRow): string {
  return `${String(shock.n)}/${String(shock.d)} ${closure} ${measure} ${unit.label}`;
}

/** `--set` of the dollar's path, open periods multiplied. */
function openPath(
  { fx, window, actuals }: Scenario,
  multiple: ReturnType<typeof fraction>,
): string[] {
  const rates = window.periods.map(({ label, start }, t) => {
    const { value } = fx.path.get('USD')?.(start) ?? fx.base.get('USD')!;
    const moved = actuals.within.has(t) ? value : multiply(value, multiple);
    return `${label}: "${decimal(moved)}"`;
  });
  return [`fx.path={ USD: { ${rates.join(', ')} } }`];
}

/** Rates of four decimals times percents have six. */
function decimal({ n, d }: ReturnType<typeof fraction>): string {
  const millionths = (n * 1_000_000n) / d;
  return `${String(millionths / 1_000_000n)}.${String(millionths % 1_000_000n).padStart(6, '0')}`;
}

function withoutPath(scenario: Scenario): Scenario {
  return scenario.fx.path.size === 0 ? scenario : vary(scenario, ['fx.path=remove']).scenario!;
}

function withoutContent(scenario: Scenario): Scenario {
  const contents = scenario.inputs.filter(({ path }) => path.endsWith('.content'));
  return vary(
    scenario,
    contents.map(({ path }) => `${path}=0%`),
  ).scenario!;
}
