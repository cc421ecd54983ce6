/** Functions in a spreadsheet cell give the digits of the command, in hosts with nothing but JavaScript. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import {
  CellError,
  built,
  excel,
  metadata,
  sheets,
  type CellFunctions,
  type Given,
} from '../support/cellHosts.js';
import { scenarioText } from '../support/scenarios.js';
import { shipped } from '../support/schema.js';

const FILE = 'scenarios/alibaba-380bn.yaml';
/** What `capex check --resolved` prints, as a column of lines: a cell has no folder. */
const textOf = (file: string) =>
  execFileSync('node', ['bin/capex.js', 'check', '--resolved', '--quiet', file], {
    ...{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  });
const linesOf = (all: string) => all.split('\n').map((line) => [line]);
const text = textOf(FILE);
const scenario = linesOf(text);

/** The rows of `capex run`, without the scenario and the grade. */
function command(...args: readonly string[]): readonly (readonly string[])[] {
  return commandOn(FILE, ...args);
}

function commandOn(file: string, ...args: readonly string[]) {
  const csv = execFileSync('node', ['bin/capex.js', 'run', file, '--quiet', ...args], {
    encoding: 'utf8',
  });
  const [head, ...rows] = csv
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  const kept = head!.flatMap((name, i) => (['scenario', 'grade'].includes(name) ? [] : [i]));
  return rows.map((row) => kept.map((i) => row[i]!));
}

/** The one number that the command prints. */
const number = (...args: readonly string[]) => Number(command(...args)[0]!.at(-1));

const hosts = [
  ['Excel', excel(), ''],
  ['Sheets', sheets(), 'CAPEX_'],
] as const;

describe.each(hosts)('%s', (host, functions: CellFunctions, prefix) => {
  const call = (name: string, ...given: Given) => functions.get(prefix + name)!(...given);

  it.each([
    ['DEMAND', ['servers'], ['--by', 'component', '--measure', 'demand']],
    ['UNITS', ['servers'], ['--by', 'component', '--measure', 'units']],
  ])('%s of %s is the number that the command prints', (name, given, args) => {
    expect(call(name, scenario, ...given)).toBe(number(...args));
  });

  it.each(shipped)('what `check --resolved` prints of %s works as pasted', (name) => {
    const file = `scenarios/${name}`;
    const pasted = linesOf(textOf(file));
    const rows = commandOn(file, '--by', 'component', '--measure', 'revenue', '--currency', 'USD');
    for (const [component, , , value] of rows)
      expect(call('REVENUE', pasted, component, 'USD')).toBe(Number(value));
  });

  it('REVENUE of a period in USD is the number that the command prints', () => {
    const rows = command('--by', 'period,component', '--measure', 'revenue', '--currency', 'USD');
    const row = rows.find(
      ([period, component]) => period === 'FY2026Q3' && component === 'switches',
    );
    expect(call('REVENUE', scenario, 'switches@FY2026Q3', 'USD')).toBe(Number(row!.at(-1)));
  });

  it('FX gives the rate of a period, also with overrides', () => {
    expect(call('FX', scenario, 'USD', 'FY2026Q1')).toBe(7.1717);
    expect(call('FX', scenario, 'USD', '', [['fx.path.USD', 7.5]])).toBe(7.5);
  });

  it('TABLE gives the headings and the rows of the command', () => {
    const table = call('TABLE', scenario, 'fiscal_year,component,supplier') as unknown[][];
    expect(table[0]).toEqual(['fiscal_year', 'component', 'supplier', 'measure', 'unit', 'value']);
    const rows = command('--by', 'fiscal_year,component,supplier', '--measure', 'demand');
    expect(table.slice(1)).toEqual(rows.map((row) => [...row.slice(0, -1), Number(row.at(-1))]));
  });

  it('TABLE gives depreciation and its net book value', () => {
    const living = text.replace(/^( +)name: Servers.*$/m, '$&\n$1life: 20 quarters');
    const file = join(mkdtempSync(join(tmpdir(), 'capex-cells-')), 'lives.yaml');
    writeFileSync(file, living);
    const by = 'fiscal_year,component,supplier';
    const table = call('TABLE', linesOf(living), by, 'depreciation') as unknown[][];
    const rows = commandOn(file, '--by', by, '--measure', 'depreciation');
    expect(rows.length).toBeGreaterThan(10);
    expect(table.slice(1)).toEqual(rows.map((row) => [...row.slice(0, -1), Number(row.at(-1))]));
  });

  it('counts what an estimate in units buys, also with overrides', () => {
    const file = 'scenarios/gigawatt.yaml';
    const typed = ['estimates.structure.units.power.count', 400] as const;
    for (const pairs of [[], [typed]]) {
      const table = call('TABLE', linesOf(textOf(file)), 'component', 'demand,units', '', pairs);
      const set = pairs.flatMap(([path, value]) => ['--set', `${path}=${value}`]);
      const rows = commandOn(file, '--by', 'component', '--measure', 'demand,units', ...set);
      expect(rows).toHaveLength(4);
      expect((table as unknown[][]).slice(1)).toEqual(
        rows.map((row) => [...row.slice(0, -1), Number(row.at(-1))]),
      );
    }
  });

  it('overrides in cells give the number of --set', () => {
    const pairs = [
      ['fx.path.USD', '7.5'],
      ['fx.closure', 'volume'],
      ['', ''],
    ];
    const args = ['--set', 'fx.path.USD=7.5', '--set', 'fx.closure=volume'];
    const expected = number('--by', 'component', '--measure', 'demand', ...args);
    expect(call('DEMAND', scenario, 'servers', '', pairs)).toBe(expected);
  });

  it('a table of 41 rates and 3 closures has 81 different demands', () => {
    const values = new Set<unknown>();
    for (let shock = -20; shock <= 20; shock++) {
      for (const closure of ['budget', 'volume', 'scale']) {
        const pairs = [
          ['fx.path.USD', ((7171700 * (1000 + 5 * shock)) / 1e9).toFixed(6)],
          ['fx.closure', closure],
        ];
        values.add(call('DEMAND', scenario, 'servers', 'CNY', pairs));
      }
    }
    expect(values.size).toBe(81); // `budget` alone moves no CNY cell, and no shock moves none
  });

  it.each([
    [
      'a misspelt component',
      ['srvers'],
      /there is no component or supplier `srvers`: write servers/,
    ],
    ['a currency without a rate', ['servers', 'EUR'], /no rate of CNY per EUR for FY2026Q1/],
    ['a misspelt path', ['servers', '', [['fx.pth.USD', 7]]], /there is no `pth`[^]*write `path`/],
    ['half a pair', ['servers', '', [['fx.path.USD', '']]], /overrides need two columns/],
  ])('reports %s in the error of the cell', (_, given, message) => {
    expect(() => call('DEMAND', scenario, ...given)).toThrow(message);
    if (host !== 'Excel') return;
    try {
      call('DEMAND', scenario, ...given);
    } catch (error) {
      expect(error).toBeInstanceOf(CellError);
      expect((error as CellError).code).toBe('#VALUE!');
    }
  });

  it('shows the error first, and no warning', () => {
    const warned = text.replace(
      'suppliers:\n  inspur',
      'suppliers:\n  nobody: { name: N }\n  inspur',
    );
    expect(warned).not.toBe(text);
    const message = (given: Given) => {
      try {
        return call('DEMAND', ...given);
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(message([warned, 'servers'])).toBe(number('--by', 'component', '--measure', 'demand'));
    expect(message([`${warned}fx: 1\n`, 'servers'])).toMatch(/^error\[key-duplicate\]/);
    const set = [['components.servers.suppliers.inspur', '95%']];
    expect(message([warned, 'servers', '', set])).toMatch(/^error\[sum\] [^]*130%/);
    expect(message([warned, 'servers', '', set])).not.toContain('warning');
  });

  it('a range of cells, of currencies or of both gives a number for each', () => {
    const one = (...given: Given) => call('DEMAND', scenario, ...given);
    const places = [['servers'], ['switches/h3c'], ['*']];
    const column = places.map(([place]) => [one(place)]);
    expect(one(places)).toEqual(column);
    expect(one([...places, [''], ['']])).toEqual(column);
    expect(one(places, 'CNY')).toEqual(column);
    expect(one(places, [['CNY', 'USD']])).toEqual(
      places.map(([place]) => [one(place, 'CNY'), one(place, 'USD')]),
    );
    expect(call('FX', scenario, 'USD', [['FY2026Q1', 'FY2028Q4']])).toEqual([[7.1717, 7.1717]]);
    expect(one([['servers']])).toBe(one('servers'));
  });

  it.each([
    [
      'ranges of different sizes',
      'DEMAND',
      [
        [['a'], ['b'], ['c']],
        [['CNY'], ['USD']],
      ],
      /2 × 1 cells beside/,
    ],
    [
      'an empty cell among others',
      'DEMAND',
      [[['servers'], [''], ['switches']]],
      /empty cell in row 2/,
    ],
    [
      'a range for a table',
      'TABLE',
      [[['component'], ['supplier']]],
      /`by` takes one cell, .* 2 × 1/,
    ],
    ['units without a price', 'UNITS', ['unallocated'], /has no cell of `unallocated:units`/],
    ['a measure without a cell', 'TABLE', ['component', 'content'], /the forecast has no content/],
    ['a range with a wrong name', 'UNITS', [[['servers'], ['srvers']]], /no component .* `srvers`/],
  ])('refuses %s', (_, name, given, message) => {
    expect(() => call(name, scenario, ...given)).toThrow(message);
  });

  it('refuses the sum of units of several kinds', () => {
    const price = (unit: string) => `{ price: { value: 3 CNY, unit: ${unit} } }`;
    const components = `{ servers: ${price('server')}, open: ${price('rack')} }`;
    const two = linesOf(scenarioText({ components }));
    expect(call('UNITS', two, 'servers')).toBe(80);
    expect(() => call('UNITS', two)).toThrow(/^units of several kinds: server, rack/);
  });

  it('a number is a number where a spreadsheet cannot show all its digits', () => {
    const large = text
      .replace('value: 380bn CNY', 'value: 380000000000000.37 CNY')
      .replace(
        /^ {2}(low|high|evidence|range_evidence): (300bn CNY|450bn CNY|plan-380bn|guozheng-range) .*\n/gm,
        '',
      );
    const table = call('TABLE', large, 'component,supplier') as unknown[][];
    for (const row of table.slice(1)) expect(typeof row.at(-1)).toBe('number');
    expect(call('DEMAND', large)).toBe(380000000000000.37);
    expect(call('DEMAND', large.replace('000.37', '000.00'))).toBe(380000000000000);
    expect(call('FX', large, 'USD', '', [['fx.path.USD', '1/0.1396']])).toBe(1 / 0.1396);
  });

  it('refuses a scenario with a table: a cell reads no files', () => {
    const path = '  path: { USD: { file: rates.csv, direction: CNY per USD } }';
    const tabled = text.replace('  closure: budget', path);
    expect(tabled).not.toBe(text);
    expect(() => call('DEMAND', tabled, 'servers')).toThrow(
      /^error\[file-unread\] a cell can read no other files[^]*`capex check --resolved FILE`/,
    );
  });

  it('a table that stands below the scenario is refused, not passed over', () => {
    const tabled = `scenario: s
currency: CNY
calendar: { fiscal_year_ends: 12, from: FY2026Q1, to: FY2026Q4 }
envelope: 400m CNY
phasing: even
estimates: { e: { split: { servers: 100% } } }
mix: e
actuals: { periods: { file: r.csv } }
# file: r.csv
period,capex
FY2026Q1,10m CNY`;
    expect(() => call('DEMAND', tabled, 'servers@FY2026Q1')).toThrow('a cell reads no tables');
  });

  it('rejects an empty scenario, and a scenario of two columns', () => {
    expect(() => call('DEMAND', [['']])).toThrow('the scenario is empty');
    expect(() => call('DEMAND', [['a: 1', 'b: 2']])).toThrow('one column wide');
  });
});

it('the formula of docs/cells.md gives the number that the command prints', () => {
  const docs = readFileSync('docs/cells.md', 'utf8');
  expect(docs).toContain('=CAPEX.DEMAND(Scenario!A:A, "servers", "USD", B2:C3)');
  const pairs = [...docs.matchAll(/^\| `([\w.]+)` *\| (\S+) +\|$/gm)].map(([, ...pair]) => pair);
  expect(pairs.length).toBe(2);
  const set = pairs.flatMap(([path, value]) => ['--set', `${path!}=${value!}`]);
  const args = ['--by', 'component', '--measure', 'demand', '--currency', 'USD', ...set];
  const printed = number(...args);
  expect(excel().get('DEMAND')!(scenario, 'servers', 'USD', pairs)).toBe(printed);
  expect(sheets().get('CAPEX_DEMAND')!(scenario, 'servers', 'USD', pairs)).toBe(printed);
});

it('registers every function of the metadata, with help for each argument', () => {
  const { functions } = metadata();
  expect(functions.map(({ id }) => id)).toEqual([...excel().keys()]);
  expect([...sheets().keys()]).toEqual(functions.map(({ id }) => `CAPEX_${id}`));
  for (const { description, parameters } of functions) {
    expect(description).toMatch(/\w/);
    for (const parameter of parameters) expect(parameter.description).toMatch(/\w/);
  }
});

it.each(['excel/functions.js', 'sheets/Code.js'])('%s stays below 120 kB gzipped', (name) => {
  const size = gzipSync(built(name), { level: 9 }).length;
  console.log(`${name}: ${(size / 1000).toFixed(1)} kB gzipped`);
  expect(size).toBeLessThan(120_000);
});

it.each(['excel/functions.js', 'sheets/Code.js'])(
  '%s has no pattern that Safari 14 cannot read',
  (name) => {
    const patterns: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) patterns.push(node.text);
      node.forEachChild(visit);
    };
    visit(ts.createSourceFile(name, built(name), ts.ScriptTarget.ESNext));
    expect(patterns.length).toBeGreaterThan(100);
    expect(patterns.filter((text) => /\(\?<[=!]|\/[a-z]*[dv][a-z]*$/.test(text))).toEqual([]);
  },
);
