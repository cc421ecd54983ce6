/** The FX table: effects apart, exactly, for every shipped scenario and every shock from −10% to +10%. */
import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printFraction } from '../../../src/core/number/decimal.js';
import { ONE, add, fraction, multiply } from '../../../src/core/number/fraction.js';
import { textRecordsOf } from '../../../src/core/table.js';
import { CLOSURES } from '../../../src/model/fx.js';
import type { Leaf } from '../../../src/model/leaf.js';
import type { Price } from '../../../src/model/price.js';
import { project } from '../../../src/projection/compile.js';
import { rollup, type Dimension } from '../../../src/projection/rollup.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { vary } from '../../../src/scenario/vary.js';
import { shocksLabel, type Shocks } from '../../../src/studies/sensitivity/fxShocks.js';
import { fxTable, type FxRow } from '../../../src/studies/sensitivity/fxTable.js';
import { sensitivity } from '../../../src/studies/sensitivity/sensitivity.js';
import { ask } from '../../../src/studies/study.js';
import { scenarios } from '../../naive/generator.js';
import { toYaml } from '../../naive/spec.js';
import { caseText } from '../../support/caseFiles.js';
import { cases, coverage } from '../../support/cases.js';
import { loaded } from '../../support/cells.js';
import { diagnosticsOf, valueOf } from '../../support/results.js';
import { soleSubject } from '../../../src/studies/subject/subject.js';

const SHOCKS = Array.from({ length: 21 }, (_, i) => fraction(BigInt(i - 10), 100n));
const FILES = readdirSync('scenarios').filter((name) => /^alibaba-.*\.yaml$/.test(name));

/** Shipped scenarios that know no dollar get its rate, so that there is something to translate. */
function shipped(name: string): Scenario {
  const text = readFileSync(`scenarios/${name}`, 'utf8');
  const scenario = loaded(text);
  return scenario.fx.base.has('USD') ? scenario : loaded(text, ['fx.base.USD=7.1717']);
}

function rowsOf(scenario: Scenario, by: readonly Dimension[], shocks = SHOCKS): readonly FxRow[] {
  return fxTable(soleSubject(scenario), {
    moves: shocks.map((value) => [{ code: 'USD', value }]),
    closures: CLOSURES,
    report: { currency: ['CNY', 'USD'], measure: ['demand', 'units'] },
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
        const path = openPath(scenario, [{ code: 'USD', value: shock }]);
        const moved = vary(scenario, [path, `fx.closure=${closure}`]).scenario!;
        const projection = project(moved, { currencies: ['CNY', 'USD'] });
        const expected = rollup(projection, ['component']).filter(
          ({ measure }) => measure !== 'revenue',
        );
        const own = rows.filter((row) => row.shocks[0]!.value === shock && row.closure === closure);
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

function keyOf({ shocks, closure, measure, unit }: FxRow): string {
  return `${shocksLabel(shocks)} ${closure} ${measure} ${unit.label}`;
}

/** `--set` of all paths, those of the shocks multiplied in open periods. */
function openPath({ fx, window, actuals }: Scenario, shocks: Shocks): string {
  const codes = new Set([...fx.base.keys(), ...fx.path.keys()]);
  const paths = [...codes].flatMap((code) => {
    const shock = shocks.find((one) => one.code === code)?.value ?? fraction(0n);
    const rates = window.periods.flatMap(({ label, start }, t) => {
      const rate = fx.path.get(code)?.(start) ?? fx.base.get(code);
      if (!rate) return [];
      const multiple = add(ONE, actuals.within.has(t) ? fraction(0n) : shock);
      return [`${label}: ${printFraction(multiply(rate.value, multiple))}`];
    });
    return rates.length > 0 ? [`${code}: { ${rates.join(', ')} }`] : [];
  });
  return `fx.path={ ${paths.join(', ')} }`;
}

function withoutPath(scenario: Scenario): Scenario {
  return scenario.fx.path.size === 0 ? scenario : vary(scenario, ['fx.path=remove']).scenario!;
}

function withoutContent(scenario: Scenario): Scenario {
  const contents = scenario.inputs.filter(({ path }) => /\.content(\.\w+)?$/.test(path));
  return vary(
    scenario,
    contents.map(({ path }) => `${path}=0%`),
  ).scenario!;
}

const table = (scenario: Scenario, typed: Parameters<typeof ask<typeof sensitivity.options>>[2]) =>
  textRecordsOf(valueOf(ask(sensitivity, [scenario], typed)).table!);

describe('several currencies', () => {
  it('move one after the other and together, each as the scenario with these rates', () => {
    let several = 0;
    const law = fc.property(scenarios(), fc.constantFrom(...CLOSURES), (spec, closure) => {
      const scenario = loaded(toYaml(spec));
      const codes = [...scenario.fx.base.keys()];
      if (codes.length === 0) return;
      if (codes.length > 1) several++;
      const values = codes.map((_, i) => fraction(BigInt(5 - 7 * i), 100n));
      const shocks = codes.map((code, i) => ({ code, value: values[i]! }));
      const moves = [...shocks.map((shock) => [shock]), shocks];
      const report = { currency: [spec.currency], measure: ['demand', 'units'] as const };
      const rows = fxTable(soleSubject(scenario), {
        moves,
        closures: [closure],
        report,
        by: ['component'],
      });
      for (const move of moves) {
        const set = [openPath(scenario, move), `fx.closure=${closure}`];
        const varied = vary(withoutPath(scenario), set);
        // No literal has 19 digits.
        if (varied.diagnostics.some(({ code }) => code === 'literal-size')) return;
        const { cells } = project(varied.scenario!, { currencies: [spec.currency] });
        const kept = cells.filter(({ measure }) => ['demand', 'units'].includes(measure));
        const expected = rollup({ scenario, cells: kept }, ['component']);
        const own = rows.filter((row) => row.shocks === move);
        expect(own.map(({ value }) => value)).toEqual(expected.map(({ count }) => count));
      }
    });
    fc.assert(law, { numRuns: cases(20) });
    expect(several).toBeGreaterThan(coverage(0));
  });

  const base = loaded(
    caseText('grid-over-path/s.yaml').replace('USD: 7.1717 }', 'USD: 7.1717, EUR: 7.5 }'),
  );

  it.each([
    [
      'USD,EUR=10%',
      [
        ['USD', '0.1'],
        ['EUR', '0.1'],
        ['USD+EUR', '0.1'],
      ],
    ],
    [
      'USD=10%,EUR=-5%',
      [
        ['USD', '0.1'],
        ['EUR', '-0.05'],
        ['USD+EUR', ''],
      ],
    ],
    [
      ['USD=10%', 'EUR=-5%'],
      [
        ['USD', '0.1'],
        ['EUR', '-0.05'],
        ['USD+EUR', ''],
      ],
    ],
    [
      'USD=±10%',
      [
        ['USD', '-0.1'],
        ['USD', '0.1'],
      ],
    ],
    [
      'EUR,USD=1%,2%',
      [
        ...[
          ['EUR', '0.01'],
          ['EUR', '0.02'],
          ['USD', '0.01'],
          ['USD', '0.02'],
        ],
        ...[
          ['EUR+USD', '0.01'],
          ['EUR+USD', '0.02'],
        ],
      ],
    ],
  ])('--fx %j has a row for each move', (fx, expected) => {
    const rows = table(base, { fx, closure: 'scale', measure: 'demand', currency: 'CNY' });
    expect(rows.map(({ currency, shock }) => [currency, shock])).toEqual(expected);
  });

  it('have a column each where they move together by different percentages', () => {
    const rows = table(base, { fx: 'USD=10%,EUR=-5%', closure: 'scale', measure: 'demand' });
    const together = rows.filter(({ currency }) => currency === 'USD+EUR');
    expect(together.map((row) => [row['unit'], row['shock_USD'], row['shock_EUR']])).toEqual([
      ['CNY', '0.1', '-0.05'],
      ['USD', '0.1', '-0.05'],
      ['EUR', '0.1', '-0.05'],
    ]);
  });

  it('are the rows of one sheet for each output', () => {
    const typed = { fx: 'USD,EUR=10%', measure: 'revenue,demand', currency: 'CNY', show: true };
    const [sheet] = valueOf(ask(sensitivity, [base], typed)).sheets!;
    expect(sheet!.title).toBe('grid-over-path: effect of USD, EUR, by closure');
    expect(sheet!.rows.map(({ label }) => label)).toEqual([
      ...['USD +10%', 'EUR +10%', 'USD +10%, EUR +10%'],
    ]);
  });
});

it('--fx reports in the own currency of each supplier', () => {
  const scenario = loaded(caseText('oracle/F5-fx-currency-supplier.yaml'));
  const rows = table(scenario, {
    ...{ fx: 'USD=10%', by: 'component,supplier', currency: 'supplier', closure: 'budget' },
  });
  expect(rows.map(({ supplier, unit, base: at, value }) => [supplier, unit, at, value])).toEqual([
    ['p', 'USD', '142.86', '129.87'],
  ]);
});

it.each([
  ['CNY=10%', 'CNY is the currency of the envelope: it has no rate'],
  ['EUR=10%', 'no rate of CNY per EUR for FY2026'],
])('--fx %s moves nothing, and says so', (fx, message) => {
  const scenario = loaded(caseText('grid-over-path/s.yaml'));
  const found = diagnosticsOf(ask(sensitivity, [scenario], { fx, currency: 'CNY' }));
  expect(found.map((one) => one.message)).toEqual([message]);
});
