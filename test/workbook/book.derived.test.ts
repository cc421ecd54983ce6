/** The sheet Derived: its live formulas lie within their tolerance of the exact numbers, and are empty where these are. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textRecordsOf } from '../../src/core/table.js';
import { compile } from '../../src/projection/compile.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { forecast } from '../../src/studies/forecast/forecast.js';
import { ask } from '../../src/studies/study.js';
import { workbook } from '../../src/workbook/book.js';
import type { Workbook } from '../../src/workbook/workbook.js';
import { scenarios } from '../naive/generator.js';
import { toYaml } from '../naive/spec.js';
import { cases, coverage } from '../support/cases.js';
import { loaded } from '../support/cells.js';
import { computed } from '../support/ironcalc.js';
import { valueOf } from '../support/results.js';
import { planOf } from '../support/workbooks.js';

const NAMES = ['yoy', 'qoq', 'ttm', 'ytd', 'cumulative', 'share', 'cagr'] as const;

/** The dimensions of each table. */
const TABLES: Readonly<Record<string, readonly string[]>> = {
  'By year': ['fiscal_year', 'component'],
  'By component': ['period', 'component', 'supplier'],
  'By supplier': ['fiscal_year', 'supplier'],
};

/** What files say: by table, column, time, measure, unit and keys; the total has no keys. */
function exactNumbers(
  scenario: Scenario,
  options: object = {},
  tables = Object.keys(TABLES),
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const table of tables) {
    const [time, ...places] = TABLES[table]!;
    for (const kept of [places, []]) {
      const by = [time, ...kept].join(',');
      const { table: rows } = valueOf(
        ask(forecast, [scenario], { ...options, by, with: NAMES.join(',') }),
      );
      for (const record of textRecordsOf(rows!)) {
        const place = [time!, 'measure', 'unit', ...kept].map((one) => record[one]!);
        for (const name of NAMES) found.set([table, name, ...place].join('|'), record[name]!);
      }
    }
  }
  return found;
}

interface DerivedCell {
  /** Of its exact number. */
  readonly key: string;
  readonly row: number;
  readonly column: number;
  /** Nothing where the cell is blank. */
  readonly live: { readonly value: number | string; readonly slack: number } | undefined;
}

function derivedCells({ sheets }: Workbook): readonly DerivedCell[] {
  const { rows } = sheets.find(({ name }) => name === 'Derived')!;
  const textAt = (row: number, column: number) => {
    const content = rows[row]?.[column]?.content;
    return typeof content === 'string' ? content : '';
  };
  const times = new Map<string, string>();
  const cells: DerivedCell[] = [];
  let head = 0;
  rows.forEach((row, r) => {
    if (textAt(r, 1) in TABLES) {
      head = r;
      return;
    }
    if (head === 0 || row.length === 0) return;
    const [name, table] = [textAt(head, 0), textAt(head, 1)];
    const [measure, unit] = textAt(head, 2).split(', ');
    const keys = textAt(r, 0) === 'total' ? [] : [textAt(r, 1), textAt(r, 3)].filter(Boolean);
    for (let column = 4; column < rows[head]!.length; column++) {
      const shown = textAt(head, column).split(',')[0]!;
      if (column === 4 && name !== 'cagr') times.set(table, shown);
      const time = name === 'cagr' ? times.get(table)! : shown;
      const live = row[column]?.content as DerivedCell['live'];
      cells.push({
        key: [table, name, time, measure, unit, ...keys].join('|'),
        ...{ row: r, column, live },
      });
    }
  });
  return cells;
}

/** How far a number may lie from the exact one. */
function isNear(found: number, exact: string, slack: number): boolean {
  return Math.abs(found - Number(exact)) <= slack + Math.abs(found) * 2 ** -48;
}

it('holds random scenarios to the numbers of files', () => {
  const found = new Map<string, number>();
  const law = fc.property(scenarios(), fc.constantFrom(...Object.keys(TABLES)), (spec, table) => {
    const scenario = loaded(toYaml(spec));
    const currency = spec.currencies.join(',');
    const plan = compile(scenario, { currencies: spec.currencies });
    const exact = exactNumbers(scenario, { currency }, [table]);
    for (const { key, live } of derivedCells(workbook([plan], [], 'en', { with: NAMES }))) {
      const expected = exact.get(key);
      if (expected === undefined) continue;
      const fail = () => expect.fail(`${key}: ${JSON.stringify(live)}, exact ${expected}`);
      if (expected === '') {
        // Only a base that may be 0 or a little more can be taken for one above 0.
        if (live !== undefined && live.value !== '' && live.slack <= 1e-3) fail();
        continue;
      }
      if (live === undefined) fail();
      const { value, slack } = live!;
      if (value !== '' && !isNear(Number(value), expected, slack)) fail();
      const name = key.split('|')[1]!;
      if (value !== '') found.set(name, (found.get(name) ?? 0) + 1);
    }
  });
  fc.assert(law, { numRuns: cases(20), seed: 2025 });
  for (const name of NAMES) expect(found.get(name) ?? 0, name).toBeGreaterThan(coverage(10));
});

const IDS = ['alibaba-380bn', 'alibaba-rolling'];

describe.each([{ ids: [IDS[0]!] }, { ids: [IDS[1]!] }, { ids: IDS }])('of $ids', ({ ids }) => {
  const plans = ids.map((id) => compile(planOf(id).scenario));
  const book = workbook(plans, [], 'en', { with: NAMES });
  const engine = computed(book);

  it('comes to the exact numbers in IronCalc, and is empty where they are', () => {
    for (const plan of plans) {
      const { scenario } = plan;
      const alone = derivedCells(
        plans.length === 1 ? book : workbook([plan], [], 'en', { with: NAMES }),
      );
      const slacks = new Map(alone.map(({ key, live }) => [key, live?.slack ?? 0]));
      if (plans.length > 1) engine.type('Scenarios', 2, 1, scenario.id);
      const exact = exactNumbers(scenario);
      let compared = 0;
      for (const { key, row, column } of derivedCells(book)) {
        const expected = exact.get(key);
        if (expected === undefined) continue;
        const found = engine.at('Derived', row, column);
        const isRight =
          expected === '' ? found === '' : isNear(Number(found), expected, slacks.get(key)!);
        if (!isRight) expect.fail(`${key}: ${found}, exact ${expected}`);
        compared++;
      }
      expect(compared).toBeGreaterThan(500);
    }
    expect(engine.at('Check', 2, 1)).toBe('OK');
  });
});

it('has no sheet where no column is asked for', () => {
  const book = workbook([planOf('alibaba-380bn')]);
  expect(book.sheets.some(({ name }) => name === 'Derived')).toBe(false);
});
