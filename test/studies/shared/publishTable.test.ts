/** Published tables of every study with `--in`: numbers are neighbours and foot, and adjustments are named. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fraction, roundHalfEven } from '../../../src/core/number/fraction.js';
import type { Table } from '../../../src/core/table.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import type { Answer } from '../../../src/studies/answer.js';
import { compare } from '../../../src/studies/compare/compare.js';
import { forecast } from '../../../src/studies/forecast/forecast.js';
import { show } from '../../../src/studies/forecast/show.js';
import { sensitivity } from '../../../src/studies/sensitivity/sensitivity.js';
import type { Study } from '../../../src/studies/study.js';
import { loaded } from '../../support/cells.js';
import { valueOf } from '../../support/results.js';

const [base, low, high, weak, rolling] = [
  'alibaba-380bn',
  'alibaba-low',
  'alibaba-high',
  'alibaba-weak-yuan',
  'alibaba-rolling',
].map((name) => loaded(readFileSync(`scenarios/${name}.yaml`, 'utf8'))) as [
  Scenario,
  Scenario,
  Scenario,
  Scenario,
  Scenario,
];

type Typed = Readonly<Record<string, string | boolean>>;

function ask(study: Study, scenarios: readonly Scenario[], typed: Typed): Answer {
  const result = study.run(scenarios, study.options.parse(typed));
  return valueOf(result);
}

/** A decimal as a count of fen. */
function fen(text: string): bigint {
  const [whole, places = ''] = text.replace(/[,+]/g, '').split('.');
  return BigInt(`${whole!}${places.padEnd(2, '0').slice(0, 2)}`);
}

/** 0.01 bn CNY, and 0.1 bn, in fen. */
const STEPS = { '2': 10n ** 9n, '1': 10n ** 10n } as const;
type Decimals = keyof typeof STEPS;

/** A printed number of billions in printed steps. */
const steps = (text: string) => BigInt(text.replace(/[,+.]/g, ''));

interface Numbers {
  readonly exact: bigint;
  readonly printed: bigint;
}

interface Row {
  readonly names: Readonly<Record<string, string>>;
  readonly numbers: Readonly<Record<string, Numbers>>;
}

/** The money rows of a table, exact and as printed with so many decimals of a billion. */
function rowsOf(exact: Table, printed: Table, columns: readonly string[]): readonly Row[] {
  const names = exact.columns.map(({ name }) => name);
  const printedRows = [...printed.rows];
  const exactRows = [...exact.rows];
  expect(printedRows.length).toBe(exactRows.length);
  return exactRows.flatMap((row, r) => {
    const record = Object.fromEntries(names.map((name, c) => [name, row[c]!]));
    if (record['measure'] === 'units') {
      expect(printedRows[r]).toEqual(row);
      return [];
    }
    const numbers = columns.map((column) => {
      const c = names.indexOf(column);
      return [column, { exact: fen(row[c]!), printed: steps(printedRows[r]![c]!) }] as const;
    });
    return [{ names: record, numbers: Object.fromEntries(numbers) }];
  });
}

/** Each number, and each sum over rows that agree in the first so many dimensions, is a neighbour. */
function expectNeighbours(
  rows: readonly Row[],
  columns: readonly string[],
  keys: readonly string[],
  step: bigint,
): Map<string, bigint> {
  const moved = new Map<string, bigint>();
  for (let depth = 0; depth <= keys.length; depth++) {
    const groups = new Map<string, Row[]>();
    for (const row of rows) {
      const key = keys.slice(0, depth).map((name) => row.names[name]!);
      groups.set(key.join(' '), [...(groups.get(key.join(' ')) ?? []), row]);
    }
    for (const [key, own] of groups) {
      for (const column of columns) {
        const sum = (of: keyof Numbers) =>
          own.reduce((total, { numbers }) => total + numbers[column]![of], 0n);
        const [exact, printed] = [sum('exact'), sum('printed')];
        const off = printed * step - exact;
        expect(off < step && -off < step, `${key} ${column}`).toBe(true);
        const by = printed - roundHalfEven(fraction(exact, step));
        if (by !== 0n) moved.set(`${key || 'total'} ${column}`, by);
      }
    }
  }
  return moved;
}

const documentOf = ({ document }: Answer) =>
  JSON.parse(JSON.stringify(document)) as {
    moved?: { table: string; measure: string; unit: string; total: string; by: string }[];
  };

describe.each<Decimals>(['1', '2'])('in billions with %s decimals', (decimals) => {
  const step = STEPS[decimals];
  const asked = { in: 'bn', decimals };

  it.each([
    ['all three against the base', [base, low, high]],
    ['a path of rates, other components', [weak, rolling]],
  ])('compare: base and difference sum to the value, rows foot: %s', (_, scenarios) => {
    const typed = { by: 'fiscal_year,component,supplier', measure: 'demand' };
    const exact = ask(compare, scenarios, typed);
    const printed = ask(compare, scenarios, { ...typed, ...asked });
    const columns = ['base', 'value', 'difference'];
    for (const { id } of scenarios.slice(1)) {
      const rows = rowsOf(exact.table!, printed.table!, columns).filter(
        ({ names }) => names['scenario'] === id,
      );
      for (const { numbers } of rows) {
        expect(numbers['base']!.printed + numbers['difference']!.printed).toBe(
          numbers['value']!.printed,
        );
      }
      const keys = ['fiscal_year', 'component', 'supplier'];
      const moved = expectNeighbours(rows, columns, keys, step);
      const told = (documentOf(printed).moved ?? []).filter(({ table }) => table === id);
      for (const { total, by } of told) expect(moved.get(total), total).toBe(steps(by));
      // What is neither a total of rows nor one across is a cell, and of cells nobody counts on.
      const isCell = (name: string) => /^FY\d+ \S+ \S+ (base|difference)$/.test(name);
      const untold = [...moved.keys()].filter((name) => !told.some(({ total }) => total === name));
      expect(untold.filter((name) => !isCell(name))).toEqual([]);
    }
  });

  it.each([
    ['low to high', low, high],
    ['base to weak yuan', base, weak],
    ['weak yuan to base', weak, base],
  ])('bridge: pieces sum to the difference, and each place foots over time: %s', (_, a, b) => {
    const typed = { bridge: true, by: 'fiscal_year,component' };
    const exact = ask(compare, [a, b], typed);
    const printed = ask(compare, [a, b], { ...typed, ...asked });
    const rows = rowsOf(exact.table!, printed.table!, ['value']).filter(
      ({ names }) => names['measure'] === 'demand',
    );
    const walks = new Map<string, Row[]>();
    for (const row of rows) {
      const key = `${row.names['component']!} ${row.names['fiscal_year']!}`;
      walks.set(key, [...(walks.get(key) ?? []), row]);
    }
    for (const walk of walks.values()) {
      const numbers = walk.map((row) => row.numbers['value']!.printed);
      expect(numbers.slice(0, -1).reduce((x, y) => x + y)).toBe(numbers.at(-1));
    }
    for (const group of new Set(rows.map(({ names }) => names['group']!))) {
      const own = rows.filter(({ names }) => names['group'] === group);
      expectNeighbours(own, ['value'], ['component', 'fiscal_year'], step);
    }
  });

  it('FX: base and effects sum to the value, and components foot, under every closure and move', () => {
    const typed = { fx: 'USD=-10%..10%/5%', by: 'component' };
    const exact = ask(sensitivity, [weak], typed);
    const printed = ask(sensitivity, [weak], { ...typed, ...asked });
    const columns = ['base', 'value', 'translation', 'transaction', 'cross'];
    const rows = rowsOf(exact.table!, printed.table!, columns);
    const kinds = new Set(
      rows.map(({ names }) => [names['shock'], names['closure'], names['unit']].join()),
    );
    expect(kinds.size).toBe(5 * 3 * 2);
    for (const kind of kinds) {
      const own = rows.filter(
        ({ names }) => [names['shock'], names['closure'], names['unit']].join() === kind,
      );
      for (const { numbers } of own) {
        const [from, to, ...effects] = columns.map((column) => numbers[column]!.printed);
        expect(effects.reduce((x, y) => x + y, from!)).toBe(to);
      }
      expectNeighbours(own, columns, ['component'], step);
    }
  });

  it('run: the totals that moved are told one by one, and no other has', () => {
    const typed = { by: 'fiscal_year,component,supplier', measure: 'demand' };
    const exact = ask(forecast, [base], typed);
    const printed = ask(forecast, [base], { ...typed, ...asked });
    const rows = rowsOf(exact.table!, printed.table!, ['value']);
    const inTime = expectNeighbours(
      rows,
      ['value'],
      ['component', 'supplier', 'fiscal_year'],
      step,
    );
    const inPlace = expectNeighbours(rows, ['value'], ['fiscal_year', 'component'], step);
    const name = (total: string) => total.replaceAll('/', ' ').replace(/ (FY\d+)$/, ' $1');
    const told = documentOf(printed).moved!;
    expect(told.length).toBeGreaterThan(0);
    for (const { total, by } of told) {
      const swapped = total.replace(/^(\S+) (FY\d+)$/, '$2 $1');
      const found = inTime.get(`${name(total)} value`) ?? inPlace.get(`${swapped} value`);
      expect(found, total).toBe(steps(by));
    }
    const [note] = printed.table!.notes!;
    expect(note).toContain('alibaba-380bn demand CNY bn: adjusted so that the totals add up');
    for (const { total, by } of told) {
      expect(note).toContain(`${total} ${by.startsWith('-') ? by : `+${by}`}`);
    }
  });
});

describe('sheets', () => {
  it.each([
    ['compare', compare, [low, high], {}],
    ['bridge', compare, [low, high], { bridge: true }],
  ])(
    '%s: a unit for eyes where one is asked for, and the notes stand below',
    (_, study, all, more) => {
      const given = { show: true, in: 'bn', measure: 'demand', ...more };
      const { sheets, table } = ask(study, all, given);
      expect(sheets!.map(({ caption }) => caption)).toEqual(['demand, CNY bn']);
      const told = sheets![0]!.notes.join();
      for (const note of table!.notes!.filter((one) => one.startsWith('demand'))) {
        expect(told).toContain(note.slice(note.indexOf(':') + 2));
      }
    },
  );

  it('FX: effects sum to the change from the row without a move, in a unit that suits', () => {
    const { sheets } = ask(sensitivity, [base], { fx: 'USD=0%,5%', show: true });
    const [values, effects] = sheets!.filter(({ caption }) => caption.startsWith('demand USD'));
    expect(values!.caption).toBe('demand USD bn');
    const [still, moved] = values!.rows.map(({ cells }) => cells.map(steps));
    const changes = effects!.rows[1]!.cells.map(steps);
    values!.headings.forEach((closure, c) => {
      const own = effects!.headings.flatMap((heading, i) =>
        heading.endsWith(closure) ? [changes[i]!] : [],
      );
      expect(own.reduce((a, b) => a + b)).toBe(moved![c]! - still![c]!);
    });
  });

  it('show: every total that moved has its name and how far, then every cell that an equal one shows up', () => {
    const by = 'fiscal_year,component,supplier';
    const [demand] = ask(show, [base], { by }).sheets!;
    expect(demand!.notes).toEqual([
      expect.stringMatching(
        /^adjusted so that the totals add up: Servers 服务器 \+0.01, Switches 交换机 FY2028 \+0.01, Switches 交换机\/H3C 新华三 -0.01, FY2026 -0.01, Inspur 浪潮信息 FY2026 \+0.01, /,
      ),
    ]);
  });
});

describe('numbers that are no sums are each rounded half-even', () => {
  it.each([
    ['the tornado', { of: 'servers/inspur:revenue' }, 4],
    ['the grid', { of: 'servers', grid: ['envelope=300bn CNY..450bn CNY/37bn CNY'] }, 1],
  ])('%s', (_, typed, last) => {
    const run = (more: Typed) => {
      const result = sensitivity.run([base], sensitivity.options.parse({ ...typed, ...more }));
      return Array.from(valueOf(result).table!.rows, (row) => row.slice(-last));
    };
    const exact = run({}).map((row) => row.map(fen));
    const printed = run({ in: 'bn', decimals: '1' }).map((row) => row.map(steps));
    expect(printed).toEqual(
      exact.map((row) => row.map((count) => roundHalfEven(fraction(count, STEPS['1'])))),
    );
  });
});
