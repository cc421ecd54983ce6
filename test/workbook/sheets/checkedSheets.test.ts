/** Depreciation on the sheet Check: with the net book value it is the demand, also where inputs were changed. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compile } from '../../../src/projection/compile.js';
import { workbook } from '../../../src/workbook/book.js';
import type { Workbook } from '../../../src/workbook/workbook.js';
import { scenarios } from '../../naive/generator.js';
import { toYaml } from '../../naive/spec.js';
import { cases, coverage } from '../../support/cases.js';
import { loaded } from '../../support/cells.js';
import { computed, type Computed } from '../../support/ironcalc.js';

const LIVES = `scenario: lives
currency: CNY
calendar: { fiscal_year_ends: 12, from: FY2026Q1, to: FY2027Q4, period: quarter }
envelope: 1000.07 CNY
phasing: even
mix: view
fx: { base: { USD: 7.1 }, path: { USD: { FY2026: 7.2, FY2027: 7.4 } } }
estimates: { view: { split: { servers: 50%, halls: 30%, land: rest } } }
components:
  servers: { life: 5 quarters, in_service: same, suppliers: { inspur: { share: 1/3 }, others: rest } }
  halls: { life: 20 years }
suppliers: { inspur: {}, others: {} }
`;

const WORDS = 'depreciation and net book value are the demand';

/** The rows of Check about depreciation: the label, both sums and the verdict, as they are computed. */
function depreciationRows({ sheets }: Workbook, engine: Computed) {
  const { rows } = sheets.find(({ name }) => name === 'Check')!;
  return rows.flatMap(([first], row) =>
    typeof first?.content === 'string' && first.content.includes(WORDS)
      ? [[0, 1, 2, 4].map((column) => engine.at('Check', row, column))]
      : [],
  );
}

/** The row of a number on the sheet Forecast. */
function forecastRow({ sheets }: Workbook, labels: readonly string[]): number {
  const { rows } = sheets.find(({ name }) => name === 'Forecast')!;
  return rows.findIndex((row) => labels.every((label, c) => row[1 + c]!.content === label));
}

it('is FAIL where a depreciation was typed over, also beside a changed input', () => {
  const plan = compile(loaded(LIVES), { currencies: ['CNY', 'USD'] });
  const book = workbook([plan]);
  const engine = computed(book);
  const [[label, ...sums], ...others] = depreciationRows(book, engine) as [unknown[], ...unknown[]];
  expect(others).toEqual([]);
  expect(label).toBe(`${WORDS}, CNY`);
  expect(sums[0]).toBeCloseTo(800.06, 1);
  expect(sums[1]).toBeCloseTo(800.06, 1);
  expect(sums[2]).toBe('OK');
  const envelope = 3 + plan.scenario.inputs.findIndex(({ path }) => path === 'envelope');
  engine.type('Inputs', envelope, 1, '2000');
  expect(engine.at('Check', 2, 1)).toBe('CHANGED');
  expect(depreciationRows(book, engine)[0]![3]).toBe('OK');
  for (const period of ['FY2026Q3', 'after FY2027Q4']) {
    const row = forecastRow(book, [period, 'servers', 'inspur', 'depreciation', 'CNY']);
    engine.type('Forecast', row, 6, '1');
    expect(engine.at('Check', 2, 1)).toBe('FAIL');
    expect(depreciationRows(book, engine)[0]![3]).toBe('FAIL');
    engine.restore('Forecast', row, 6);
    expect(engine.at('Check', 2, 1)).toBe('CHANGED');
  }
});

it('has a row for each scenario with a life, and none where demand is left out', () => {
  const one = loaded(LIVES);
  const other = { ...loaded(LIVES, ['envelope=500 CNY']), id: 'other' };
  const without = {
    ...loaded(LIVES.replaceAll(/life: \d+ \w+(?:, in_service: same)?/g, 'name: X')),
    id: 'without',
  };
  const book = workbook([one, without, other].map((scenario) => compile(scenario)));
  const engine = computed(book);
  const rows = depreciationRows(book, engine);
  expect(rows.map(([label, , , verdict]) => `${label!} ${verdict!}`)).toEqual([
    `lives: ${WORDS}, CNY OK`,
    `other: ${WORDS}, CNY OK`,
  ]);
  expect(rows[1]![1]).toBeCloseTo(400, 1);
  const plan = compile(one);
  const cells = plan.cells.filter(({ measure }) => measure === 'depreciation');
  const alone = workbook([{ ...plan, cells }]);
  expect(depreciationRows(alone, computed(alone))).toEqual([]);
  const dollars = workbook([compile(one, { currencies: ['USD'] })]);
  expect(depreciationRows(dollars, computed(dollars))).toEqual([]);
});

it('is OK for random lives', () => {
  let seen = 0;
  const law = fc.property(scenarios(), (spec) => {
    const scenario = loaded(toYaml(spec));
    if (scenario.leaves.every(({ life }) => !life)) return;
    const book = workbook([compile(scenario)]);
    const engine = computed(book);
    expect(depreciationRows(book, engine).map((row) => row[3])).toEqual(['OK']);
    engine.free();
    seen++;
  });
  fc.assert(law, { numRuns: cases(60) });
  expect(seen).toBeGreaterThan(coverage(5));
}, 300_000);
