/** The sheet Triangulation, computed by spreadsheets from its formulas, beside the exact triangulation. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textRecordsOf } from '../../../src/core/table.js';
import { compile } from '../../../src/projection/compile.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { ask } from '../../../src/studies/study.js';
import { triangulate } from '../../../src/studies/triangulate/triangulate.js';
import { workbook } from '../../../src/workbook/book.js';
import type { Workbook } from '../../../src/workbook/workbook.js';
import { dice, scenarios } from '../../naive/generator.js';
import { toYaml } from '../../naive/spec.js';
import { withUnits, type Role } from '../../naive/unitScenarios.js';
import { cases, coverage } from '../../support/cases.js';
import { loaded } from '../../support/cells.js';
import { computed } from '../../support/ironcalc.js';
import { OFFICE, saved } from '../../support/office.js';
import { valueOf } from '../../support/results.js';
import { errorsIn, planOf, read, sheetNamed, withCells } from '../../support/workbooks.js';

/** `CAPEX_TRIANGULATED_BOOKS=100` tries that many; IronCalc keeps 15 digits, so that the gate tries known ones. */
const MANY = process.env['CAPEX_TRIANGULATED_BOOKS'];
const RANDOM = MANY ? { numRuns: Number(MANY) } : { numRuns: cases(40), seed: 17 };

const SHEET = 'Triangulation';
/** The rows above the first line, and the columns of numbers with their names in the study's table. */
const TOP = 5;
const NUMBERS = {
  ...{ above: 3, below: 4, gap: 5, gap_percent: 6 },
  ...{ units_above: 8, units_below: 9, units_gap: 10 },
} as const;
/** By how much a sum of twelve splits and roundings may differ: quarters by suppliers. */
const TOLERANCE: Readonly<Record<string, number>> = { gap_percent: 0.0051 };

const PHYSICAL = 'estimates.physical.units';
/** What is typed into a cell of Inputs, and what `--set` says for it. */
const EDITS: Readonly<Record<string, readonly [typed: number, said: string]>> = {
  'a ratio': [3.125, `${PHYSICAL}.optical_modules.ratio=3.125`],
  'a ratio at the top of the chain': [20, `${PHYSICAL}.racks.ratio=20`],
  'a count': [512.5, `${PHYSICAL}.power.count.FY2027=512.5`],
  'a price': [512.34, 'components.optical_modules.price=512.34 USD'],
  'an erosion': [0.2, 'components.switches.price.erosion=20%'],
  'an exchange rate': [7.5, 'fx.base.USD=7.5'],
  'the envelope': [4e11, 'envelope=400bn CNY'],
};

const pathOf = (said: string) => said.slice(0, said.indexOf('='));

/** The rows of `capex triangulate`. */
function exactRows(scenario: Scenario): readonly Readonly<Record<string, string>>[] {
  return textRecordsOf(valueOf(ask(triangulate, [scenario], {})).table!);
}

/** The lines of a sheet that differ from the exact triangulation. */
function differences(
  scenario: Scenario,
  at: (row: number, column: number) => unknown,
): readonly string[] {
  const rows = exactRows(scenario);
  return rows.flatMap((exact, i) =>
    Object.entries(NUMBERS).flatMap(([name, column]) => {
      const [own, text] = [at(TOP + i, column), exact[name]!];
      const shown = name === 'gap_percent' ? 100 * Number(own) : Number(own);
      const isEmpty = own === '' || own === null || own === undefined;
      const isNear = Math.abs(shown - Number(text)) <= (TOLERANCE[name] ?? 1);
      return (text === '' ? isEmpty : !isEmpty && isNear)
        ? []
        : [`${exact['component']!} ${name}: ${String(own)}, not ${text}`];
    }),
  );
}

function inputRow({ inputs }: Scenario, said: string): number {
  return 3 + inputs.findIndex(({ path }) => path === pathOf(said));
}

const sheetNames = ({ sheets }: Workbook) => sheets.map(({ name }) => name);

describe('of a shipped scenario', () => {
  const plan = planOf('alibaba-units');
  const engine = computed(workbook([plan]));
  const at = (row: number, column: number) => engine.at(SHEET, row, column);

  it('has the exact triangulation', () => {
    expect(engine.at('Check', 2, 1)).toBe('OK');
    expect(differences(plan.scenario, at)).toEqual([]);
  });

  it('has the inputs that would close each gap, as the study prints them', () => {
    const rows = exactRows(plan.scenario);
    const closed = rows.map((_, i) => at(TOP + i, 11));
    expect(closed).toEqual(rows.map((row) => row['closed_by']));
  });

  it.each(Object.keys(EDITS))('follows %s that is typed into its cell', (name) => {
    const [typed, said] = EDITS[name]!;
    const row = inputRow(plan.scenario, said);
    engine.type('Inputs', row, 1, String(typed));
    expect(engine.at('Check', 2, 1)).toBe('CHANGED');
    expect(differences(planOf('alibaba-units', [said]).scenario, at)).toEqual([]);
    engine.restore('Inputs', row, 1);
    expect(engine.at('Check', 2, 1)).toBe('OK');
  });

  it('fails the check where a cell of it, or of the plan below it, was typed over', () => {
    engine.type(SHEET, TOP, NUMBERS.below, '46000000000');
    expect(engine.at('Check', 2, 1)).toBe('FAIL');
    engine.restore(SHEET, TOP, NUMBERS.below);
    engine.type(SHEET, TOP, NUMBERS.gap_percent, '=NA()');
    expect(engine.at('Check', 2, 1)).toBe('INVALID');
    engine.restore(SHEET, TOP, NUMBERS.gap_percent);
    engine.type('Plan below', 45, 7, '1');
    expect(engine.at('Check', 2, 1)).toBe('FAIL');
    engine.restore('Plan below', 45, 7);
    expect(engine.at('Check', 2, 1)).toBe('OK');
  });
});

describe('the sheets', () => {
  const { scenario } = planOf('alibaba-units');

  it('has the plan from above on a sheet of its own where the workbook reports other numbers', () => {
    const plan = compile(scenario, { currencies: ['USD'] });
    const book = workbook([plan]);
    expect(sheetNames(book)).toContain('Plan above');
    const engine = computed(book);
    expect(engine.at('Check', 2, 1)).toBe('OK');
    expect(differences(scenario, (row, column) => engine.at(SHEET, row, column))).toEqual([]);
  });

  it('leaves the sheet out where demand is not reported, or not all of it', () => {
    const plan = compile(scenario);
    const kept = [
      plan.cells.filter(({ measure }) => measure === 'revenue'),
      plan.cells.filter(({ supplier }) => supplier === 'h3c'),
    ];
    for (const cells of kept)
      expect(sheetNames(workbook([{ ...plan, cells }]))).not.toContain(SHEET);
  });

  it('leaves the sheet out where nothing is counted', () => {
    const names = sheetNames(workbook([planOf('alibaba-380bn')]));
    expect(names.filter((name) => /Triangulation|above|below/.test(name))).toEqual([]);
  });

  it('numbers the plans below where there are several, each with its block', () => {
    const [one, other] = [planOf('alibaba-units'), planOf('alibaba-units', ['envelope=400bn CNY'])];
    const named = { ...other, scenario: { ...other.scenario, id: 'other' } };
    const book = workbook([one, planOf('alibaba-380bn'), named]);
    const below = sheetNames(book).filter((name) => name.startsWith('Plan below'));
    expect(below).toEqual(['Plan below 1 alibaba-units', 'Plan below 2 other']);
    const engine = computed(book);
    expect(engine.at('Check', 2, 1)).toBe('OK');
    const lines = exactRows(one.scenario).length;
    const second = (row: number, column: number) => engine.at(SHEET, row + lines + 2, column);
    expect(differences(named.scenario, second)).toEqual([]);
  });
});

it('is exact within the tolerance of the check for random estimates in units', () => {
  const random = fc.tuple(scenarios(), fc.noShrink(fc.noBias(fc.nat())));
  let tried = 0;
  const law = fc.property(random, ([spec, seed]) => {
    const d = dice(seed, 'units');
    const role = d.pick<Role>(['nothing', 'nothing', 'mix', 'blend', 'envelope']);
    const scenario = loaded(toYaml(withUnits(spec, d, role)));
    const exact = exactRows(scenario).flatMap((row) => Object.values(row));
    // IronCalc keeps 15 digits of what it rounds.
    if (exact.some((text) => /^\d{14}/.test(text))) return;
    tried++;
    const book = workbook([compile(scenario)]);
    expect(sheetNames(book)).toContain(SHEET);
    const engine = computed(book);
    expect(engine.at('Check', 2, 1)).toBe('OK');
    engine.free();
  });
  fc.assert(law, RANDOM);
  expect(tried).toBeGreaterThan(coverage(5));
}, 600_000);

it.skipIf(!OFFICE)(
  'is computed by LibreOffice, also with changed inputs',
  async () => {
    const plan = planOf('alibaba-units');
    const book = workbook([plan]);
    const changed = Object.values(EDITS).slice(1, 4);
    const rows = new Map(changed.map(([typed, said]) => [inputRow(plan.scenario, said), typed]));
    const edited = withCells(book, (cell, { sheet, row, column }) => {
      const typed = rows.get(row);
      const isTyped = sheet === 'Inputs' && column === 1 && typed !== undefined;
      return isTyped ? { ...cell, content: typed } : cell;
    });
    const set = changed.map(([, said]) => said);
    const files = await saved({ book, edited });
    for (const [name, said, verdict] of [
      ['book', [], 'OK'],
      ['edited', set, 'CHANGED'],
    ] as const) {
      const found = await read(files.get(name)!);
      expect(errorsIn(found), name).toEqual([]);
      expect(sheetNamed(found, 'Check').rows[2]![1]).toBe(verdict);
      const own = sheetNamed(found, SHEET).rows;
      const { scenario } = planOf('alibaba-units', said);
      expect(differences(scenario, (row, column) => own[row]?.[column])).toEqual([]);
    }
  },
  240_000,
);
