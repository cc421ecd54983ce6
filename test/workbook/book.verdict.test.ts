/** The verdict of a workbook: OK only where everything holds, INVALID where the engine would refuse the numbers. */
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRest, type Input, type Share } from '../../src/model/input.js';
import { compile } from '../../src/projection/compile.js';
import { registersByPath } from '../../src/projection/prepareEvaluation.js';
import { vary } from '../../src/scenario/vary.js';
import { workbook } from '../../src/workbook/book.js';
import { sheetLayout } from '../../src/workbook/sheets/sheetLayout.js';
import type { WorkbookRow } from '../../src/workbook/workbook.js';
import { scenarios } from '../naive/generator.js';
import { toYaml } from '../naive/spec.js';
import { cases, coverage } from '../support/cases.js';
import { loaded } from '../support/cells.js';
import { computed, type Computed } from '../support/ironcalc.js';
import { planOf } from '../support/workbooks.js';

const verdictOf = (engine: Computed) => engine.at('Check', 2, 1);
/** The first row of the inputs, and the column of their values. */
const [FIRST, VALUE] = [3, 1];

/** A number in the place of another: small, large, of the other sign, or none at all. */
const edits = fc.record({
  place: fc.nat(),
  number: fc.constantFrom(0, -1, 0.5, 0.9, 1.5, 3, 1e3, 1e12),
  isFactor: fc.boolean(),
});

/** What is typed into the cell, and what `--set` says for it. */
function edited(input: Input, number: number, isFactor: boolean) {
  const own = Number(input.value.n) / Number(input.value.d);
  const money = input.currency;
  const shown = money && isAmount(input) ? own / 10 ** money.places : own;
  const value = new Decimal((isFactor ? shown * number : number).toPrecision(12)).toFixed();
  return {
    value,
    set: `${input.path}=${[value, money?.code ?? input.unit ?? ''].join(' ').trim()}`,
  };
}

/** Amounts are kept in the smallest unit of money, prices are not. */
function isAmount({ kind }: Input): boolean {
  return kind.noun !== 'a price';
}

it('is INVALID if and only if the engine refuses the numbers of the inputs', () => {
  const seen = { refused: 0, accepted: 0, unread: 0 };
  fc.assert(
    fc.property(scenarios(), fc.array(edits, { minLength: 5, maxLength: 5 }), (spec, some) => {
      const scenario = loaded(toYaml(spec));
      const plan = compile(scenario, { currencies: [scenario.currency.code] });
      const engine = computed(workbook([plan]));
      expect(verdictOf(engine)).toBe('OK');
      const read = registersByPath(plan);
      for (const { place, number, isFactor } of some) {
        const inputs = scenario.inputs.flatMap((one, row) => (isRest(one) ? [] : [{ one, row }]));
        const { one, row } = inputs[place % inputs.length]!;
        const { value, set } = edited(one, number, isFactor);
        const { scenario: varied, diagnostics } = vary(scenario, [set]);
        const isRefused = varied === undefined;
        // How long a number may be is a limit of files; a spreadsheet has its own.
        if (diagnostics.some(({ code }) => code === 'literal-size')) continue;
        engine.type('Inputs', FIRST + row, VALUE, value);
        const codes = diagnostics.map(({ code }) => code).join(', ');
        expect(`${set}: ${verdictOf(engine) === 'INVALID'}`, codes).toBe(`${set}: ${isRefused}`);
        seen[isRefused ? 'refused' : 'accepted']++;
        if (!read.has(one.path)) seen.unread++;
        engine.restore('Inputs', FIRST + row, VALUE);
      }
      engine.free();
    }),
    { numRuns: cases(25), seed: 2025, endOnFailure: true },
  );
  expect(seen.refused).toBeGreaterThan(coverage(10));
  expect(seen.accepted).toBeGreaterThan(coverage(10));
  expect(seen.unread).toBeGreaterThan(coverage(5));
}, 300_000);

it('is INVALID for an input that is no number, whether the forecast reads it or not', () => {
  const seen = { kinds: new Set<string>(), unread: 0 };
  const typed = fc.record({ place: fc.nat(), text: fc.constantFrom('', 'abc', '#N/A', 'TRUE') });
  fc.assert(
    fc.property(scenarios(), fc.array(typed, { minLength: 4, maxLength: 4 }), (spec, some) => {
      const scenario = loaded(toYaml(spec));
      const plan = compile(scenario, { currencies: [scenario.currency.code] });
      const engine = computed(workbook([plan]));
      const read = registersByPath(plan);
      const inputs = scenario.inputs.flatMap((one, row) => (isRest(one) ? [] : [{ one, row }]));
      for (const { place, text } of some) {
        const { one, row } = inputs[place % inputs.length]!;
        const { path, kind } = one;
        expect(vary(scenario, [`${path}=${text}`]).scenario, `${path}=${text}`).toBeUndefined();
        engine.type('Inputs', FIRST + row, VALUE, text);
        expect(`${path}=${text}: ${verdictOf(engine)}`).toBe(`${path}=${text}: INVALID`);
        engine.restore('Inputs', FIRST + row, VALUE);
        seen.kinds.add(kind.noun);
        if (!read.has(path)) seen.unread++;
      }
      expect(verdictOf(engine)).toBe('OK');
      engine.free();
    }),
    { numRuns: cases(8), seed: 2026, endOnFailure: true },
  );
  expect(seen.unread).toBeGreaterThan(coverage(3));
  expect(seen.kinds.size).toBeGreaterThan(coverage(4));
}, 300_000);

describe('of a shipped workbook', () => {
  const plan = planOf('alibaba-380bn');
  const book = workbook([plan]);
  const engine = computed(book);

  /** The verdict while a text stands in a cell; it is OK again without it. */
  const verdictWith = (sheet: string, row: number, column: number, text: string) => {
    engine.type(sheet, row, column, text);
    const verdict = verdictOf(engine);
    engine.restore(sheet, row, column);
    expect(verdictOf(engine)).toBe('OK');
    return verdict;
  };

  it.each([
    ['low', 3, ['', 'abc', '-1', '0.001', '1e15']],
    ['high', 4, ['', '#N/A', '-1', '1e15', '1.001e12']],
  ] as const)('is INVALID where the engine refuses the %s of an input', (end, column, typed) => {
    const { scenario } = plan;
    const ranged = ['envelope', 'components.servers.suppliers.inspur.share'];
    for (const path of ranged) {
      const row = FIRST + scenario.inputs.findIndex((one) => one.path === path);
      const money = path === 'envelope' ? ' CNY' : '';
      for (const text of typed) {
        const decimal = /^[-\d]/.test(text) ? new Decimal(text).toFixed() + money : text;
        const set = `${path}.${end}=${decimal}`;
        const isRefused = vary(scenario, [set]).scenario === undefined;
        const isInvalid = verdictWith('Inputs', row, column, text) === 'INVALID';
        expect(`${set}: ${isInvalid}`).toBe(`${set}: ${isRefused}`);
      }
    }
  });

  it.each(['By year', 'By component', 'By supplier', 'Inputs', 'Forecast', 'Plan', 'Exact'])(
    'an error in a cell of %s makes it INVALID',
    (sheet) => {
      expect(verdictWith(sheet, 6, 1, '=NA()')).toBe('INVALID');
    },
  );

  it.each(['=NA()', 'fine', ''])('%j in a line of Check is no OK', (typed) => {
    const lines = book.sheets.find(({ name }) => name === 'Check')!.rows.length;
    expect(verdictWith('Check', lines - 1, 11, typed)).toBe('FAIL');
  });

  describe('without a row', () => {
    const { scenario } = planOf('alibaba-380bn', ['calendar.to=FY2026']);
    const inCurrency = compile(scenario, { currencies: ['CNY'] });
    const book = workbook([inCurrency]);
    const { refOf } = sheetLayout(inCurrency, 'Inputs', 'Plan');
    const rowOf = (sheet: string, is: (row: WorkbookRow, r: number) => boolean) =>
      book.sheets.find(({ name }) => name === sheet)!.rows.findIndex(is);
    const inputRow = (is: (share: Share) => boolean) => FIRST + scenario.inputs.findIndex(is);
    const startsWith = (word: string) => (row: WorkbookRow) => row[0]?.content === word;

    it.each<readonly [string, string, number, string]>([
      ['of an amount', 'Inputs', inputRow(({ path }) => path === 'envelope'), 'INVALID'],
      ['of a share', 'Inputs', inputRow(({ path }) => path.endsWith('inspur.share')), 'INVALID'],
      ['of a `rest`', 'Inputs', inputRow(isRest), 'INVALID'],
      [
        'of a rate that nothing reads',
        'Inputs',
        inputRow(({ path }) => path === 'fx.base.USD'),
        'INVALID',
      ],
      ['of the calculation', 'Plan', FIRST, 'INVALID'],
      ['of the forecast', 'Forecast', 1, 'INVALID'],
      ['of exact numbers', 'Exact', 1, 'FAIL'],
      ['of a table', 'By year', rowOf('By year', startsWith('total')), 'FAIL'],
      ['about the first sheet', 'Check', rowOf('Check', startsWith('By year')), 'FAIL'],
      ['about the second sheet', 'Check', rowOf('Check', startsWith('By component')), 'INVALID'],
      ['about a total', 'Check', rowOf('Check', startsWith('table')) + 2, 'FAIL'],
      ['about a condition', 'Check', rowOf('Check', startsWith('condition')) + 2, 'INVALID'],
      ['about a number', 'Check', rowOf('Check', startsWith('scenario')) + 2, 'FAIL'],
      // IronCalc makes #REF! of a range whose first row is deleted, where others make it shorter.
    ])('%s it is not OK', (_, sheet, row, verdict) => {
      expect(row).toBeGreaterThan(0);
      const engine = computed(book);
      engine.deleteRow(sheet, row);
      expect(verdictOf(engine)).toBe(verdict);
      engine.free();
    });

    it('reads no rate in the currency of the file alone', () => {
      expect(refOf(scenario.inputs.find(({ path }) => path === 'fx.base.USD')!)).toBeUndefined();
    });
  });

  it.each(['0.9', 'abc', ''])('a `rest` over which %j was typed makes it INVALID', (typed) => {
    const row = FIRST + plan.scenario.inputs.findIndex(isRest);
    expect(verdictWith('Inputs', row, VALUE, typed)).toBe('INVALID');
  });

  it('a share of 90% beside others makes it INVALID', () => {
    const share = plan.scenario.inputs.findIndex(({ path }) => /servers.*inspur/.test(path));
    expect(share).toBeGreaterThan(0);
    expect(verdictWith('Inputs', FIRST + share, VALUE, '0.9')).toBe('INVALID');
  });
});
