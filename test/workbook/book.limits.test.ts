/** Every formula is one that Excel can hold, however large the scenario and however long its names. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compile } from '../../src/projection/compile.js';
import { tooLarge, workbook } from '../../src/workbook/book.js';
import { PARTS } from '../../src/workbook/formulas/longFormulas.js';
import { scenarios } from '../naive/generator.js';
import { toYaml } from '../naive/spec.js';
import { cases } from '../support/cases.js';
import { loaded } from '../support/cells.js';
import { excelFaults, faultsOfFormula } from '../support/excelLimits.js';

const bookOf = (texts: readonly string[]) =>
  workbook(
    texts.map((text) => compile(loaded(text), { currencies: ['CNY'] })),
    [],
    'en',
    { with: ['yoy', 'cumulative', 'share'] },
  );

/** A map in YAML: `{ s0: 1/9, s1: 1/9 }`. */
function map(count: number, nameOf: (i: number) => string, valueOf: (i: number) => string) {
  const entries = Array.from({ length: count }, (_, i) => `${nameOf(i)}: ${valueOf(i)}`);
  return `{ ${entries.join(', ')} }`;
}

const LONG = 'long-'.repeat(60);

interface Size {
  readonly id?: string;
  readonly years?: number;
  readonly components?: number;
  readonly suppliers?: number;
  /** The unit of all components, with a price of each supplier. */
  readonly unit?: string;
  /** The end of each name. */
  readonly name?: string;
}

/** A scenario in months, in which every component has every supplier. */
function grown({ id = 'grown', years = 1, components = 1, suppliers = 2, unit, name = '' }: Size) {
  const share = `1/${suppliers}`;
  const sold = (i: number) =>
    unit ? `{ share: ${share}, price: { value: ${i + 1}k CNY, unit: ${unit} } }` : share;
  const leaf = `{ suppliers: ${map(suppliers, (i) => `s${i}${name}`, sold)} }`;
  const keyOf = (i: number) => `c${i}${name}`;
  return [
    `scenario: ${id}`,
    'currency: CNY',
    `calendar: { fiscal_year_ends: 12, from: FY2026, to: FY${2025 + years}, period: ${years > 1 ? 'month' : 'year'} }`,
    'envelope: 1bn CNY',
    'phasing: even',
    `estimates: { view: { split: ${map(components, keyOf, () => `1/${components}`)} } }`,
    'mix: view',
    `components: ${map(components, keyOf, () => leaf)}`,
    '',
  ].join('\n');
}

it.each<readonly [string, readonly string[], boolean]>([
  ['300 suppliers with ids of 300 characters', [grown({ suppliers: 300, name: LONG })], false],
  ['a supplier in 500 components', [grown({ components: 500 })], true],
  ['700 suppliers with prices of their own', [grown({ suppliers: 700, unit: 'box' })], true],
  ['300 months', [grown({ years: 25 })], false],
  ['units with names of 300 characters', [grown({ unit: LONG })], false],
  [
    '300 scenarios with ids of 300 characters',
    Array.from({ length: 300 }, (_, i) => grown({ id: `x${i}${LONG}`, suppliers: 1 })),
    true,
  ],
])(
  'a workbook of %s holds in Excel',
  (_, texts, hasParts) => {
    const book = bookOf(texts);
    expect(excelFaults(book)).toEqual([]);
    expect(book.sheets.some(({ name }) => name === PARTS)).toBe(hasParts);
  },
  60_000,
);

it('no formula of random scenarios is one that Excel refuses', () => {
  fc.assert(
    fc.property(scenarios(), (spec) => {
      const plan = compile(loaded(toYaml(spec)), { currencies: spec.currencies });
      expect(excelFaults(workbook([plan]))).toEqual([]);
    }),
    { numRuns: cases(12) },
  );
}, 60_000);

it.each([
  [`SUM(${'A1,'.repeat(254)}A1)`, 0],
  [`SUM(${'A1,'.repeat(255)}A1)`, 1],
  [`CHOOSE(A1${',1'.repeat(254)})`, 0],
  [`CHOOSE(A1${',1'.repeat(255)})`, 2],
  [`IF(A1="${'x'.repeat(255)}",1,0)`, 0],
  [`IF(A1="${'x'.repeat(256)}",1,0)`, 1],
  [`COUNTIF(A1:A2,"${'x'.repeat(200)}"&"${'""'.repeat(55)}")`, 0],
  [`COUNTIF(A1:A2,"${'x'.repeat(200)}"&"${'""'.repeat(56)}")`, 1],
  [`A1${'+A1'.repeat(2730)}`, 0],
  [`A1${'+A1'.repeat(2731)}`, 1],
  [`${'('.repeat(65)}A1${')'.repeat(65)}`, 1],
])('a formula is held to the limits of Excel (%#)', (formula, faults) => {
  expect(faultsOfFormula(formula)).toHaveLength(faults);
});

it.each(['cells', 'steps'] as const)('refuses a workbook of a million %s and more', (part) => {
  const plan = compile(loaded(grown({})));
  const withMany = (length: number) => {
    return { ...plan, [part]: Array.from({ length }, () => plan[part][0]!) };
  };
  expect(tooLarge([withMany(1_000_000)])).toBeUndefined();
  expect(tooLarge([withMany(1_000_001)])).toMatch(/needs about 1000001: write \.csv, or take /);
});
