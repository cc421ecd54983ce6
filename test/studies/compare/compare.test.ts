/** Scenarios side by side, the bridge as a table, and the inputs that differ with their places. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { textRecordsOf, type Sheet, type Table } from '../../../src/core/table.js';
import { hasErrors } from '../../../src/core/text/diagnostic.js';
import { load } from '../../../src/scenario/load.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import type { Answer } from '../../../src/studies/answer.js';
import { compare } from '../../../src/studies/compare/compare.js';
import { forecast } from '../../../src/studies/forecast/forecast.js';
import type { Study } from '../../../src/studies/study.js';
import { caseText } from '../../support/caseFiles.js';
import { SHIPPED, loaded } from '../../support/cells.js';
import { diagnosticsOf, valueOf } from '../../support/results.js';
import { scenarioText } from '../../support/scenarios.js';

function read(name: string, text: string, set: readonly string[] = []): Scenario {
  const { scenario, diagnostics } = load(text, { ...SHIPPED, name: `scenarios/${name}`, set });
  expect(hasErrors(diagnostics)).toBe(false);
  return scenario!;
}

function shipped(name: string): Scenario {
  const text = readFileSync(`scenarios/${name}.yaml`, 'utf8');
  return read(`${name}.yaml`, text);
}

const base = shipped('alibaba-380bn');
const weak = shipped('alibaba-weak-yuan');
/** The same with one other share: the layer itself leaves the shares as they are. */
const weakOther = read(
  'alibaba-weak-yuan.yaml',
  readFileSync('scenarios/alibaba-weak-yuan.yaml', 'utf8'),
  ['components.servers.suppliers.inspur=30%'],
);
const [low, high] = [shipped('alibaba-low'), shipped('alibaba-high')];
const rolling = shipped('alibaba-rolling');

type Typed = Readonly<Record<string, string | boolean>>;

function ask(study: Study, scenarios: readonly Scenario[], typed: Typed = {}): Answer {
  const result = study.run(scenarios, study.options.parse(typed));
  return valueOf(result);
}

const lines = ({ rows }: Table) => Array.from(rows, (row) => row.join(','));

describe('side by side', () => {
  it('has a row for each output and each scenario compared with the first', () => {
    const typed = { by: 'fiscal_year', measure: 'demand' };
    const { table } = ask(compare, [base, low, high], typed);
    expect(table!.columns.map(({ name }) => name).join()).toBe(
      'fiscal_year,measure,unit,scenario,base,value,difference,relative',
    );
    expect(lines(table!).slice(0, 3)).toEqual([
      'FY2026,demand,CNY,alibaba-low,126666666666.67,100000000000.00,-26666666666.67,-21.05',
      'FY2026,demand,CNY,alibaba-high,126666666666.67,123626373626.37,-3040293040.30,-2.40',
      'FY2027,demand,CNY,alibaba-low,126666666666.67,100000000000.00,-26666666666.67,-21.05',
    ]);
  });

  it('counts a missing row as 0, and gives no relative difference to 0', () => {
    const { table } = ask(compare, [base, weak], { by: 'component', measure: 'units' });
    expect(lines(table!)).toEqual([
      'servers,units,server,alibaba-weak-yuan,105552,110332,4780,4.53',
      'optical_modules,units,module,alibaba-weak-yuan,0,3505048,3505048,',
    ]);
    const back = ask(compare, [weak, base], { by: 'component', measure: 'units' }).table!;
    expect(lines(back)[1]).toBe(
      'optical_modules,units,module,alibaba-380bn,3505048,0,-3505048,-100.00',
    );
  });

  it('has the numbers of the forecasts, whatever the dimensions', () => {
    for (const by of ['period,component,supplier', 'calendar_year', 'supplier,component']) {
      for (const pair of [
        [base, rolling],
        [rolling, base],
      ]) {
        const [first, second] = pair.map((scenario) => {
          const rows = [...ask(forecast, [scenario], { by }).table!.rows];
          return new Map(rows.map((row) => [row.slice(1, -2).join(), row.at(-2)!]));
        });
        const compared = textRecordsOf(ask(compare, pair, { by }).table!);
        const keys = compared.map(
          ({ base: left, value, difference, relative, scenario, ...names }) => {
            const key = Object.values(names).join();
            expect([left, value].map(Number)).toEqual(
              [first, second].map((numbers) => Number(numbers!.get(key) ?? 0)),
            );
            expect([typeof difference, typeof relative, typeof scenario]).not.toContain(
              'undefined',
            );
            return key;
          },
        );
        expect(new Set(keys)).toEqual(new Set([...first!.keys(), ...second!.keys()]));
        expect(keys.length).toBe(new Set(keys).size);
      }
    }
  });

  it('rounds the relative difference half-even to two decimals', () => {
    const plain = (id: string, envelope: string) =>
      read(
        id,
        `scenario: ${id}
currency: CNY
calendar: { fiscal_year_ends: 12, from: FY2026, to: FY2026, period: year }
envelope: ${envelope} CNY
phasing: even
estimates: { view: { split: { servers: 100% } } }
mix: view
`,
      );
    const others = ['20001', '20003', '20005', '19999', '19997'];
    const all = [plain('base', '20000'), ...others.map((amount) => plain(`at-${amount}`, amount))];
    const { table, notes } = ask(compare, all, { by: 'component', measure: 'demand' });
    const relative = textRecordsOf(table!).map((row) => row['relative']);
    expect(relative).toEqual(['0.00', '0.02', '0.02', '0.00', '-0.02']);
    expect(notes).toContainEqual(expect.stringContaining('rounded half-even to 2 decimals'));
  });

  it('compares different windows, with years in order and the tail last', () => {
    const text = readFileSync('scenarios/alibaba-low.yaml', 'utf8');
    const longer = read('longer.yaml', text, ['calendar.from=FY2025Q3', 'phasing=even']);
    const typed = { by: 'fiscal_year', measure: 'revenue' };
    const { table } = ask(compare, [rolling, longer], typed);
    const years = textRecordsOf(table!).map((row) => row['fiscal_year']);
    expect(years).toEqual(['FY2025', 'FY2026', 'FY2027', 'FY2028', 'after FY2028']);
  });

  it('keeps rows of different currencies apart, with a note on how to compare them', () => {
    const dollars = read('dollars.yaml', readFileSync('scenarios/alibaba-low.yaml', 'utf8'), [
      ...['currency=USD', 'envelope=remove', 'envelope=41bn USD'],
      ...['fx=remove', 'fx={ base: { CNY: 0.14 } }', 'components=remove', 'evidence=remove'],
    ]);
    const typed = { by: 'fiscal_year', measure: 'demand' };
    const apart = ask(compare, [base, dollars], typed);
    expect(lines(apart.table!).length).toBe(6);
    const note = 'the totals are in different currencies: CNY, USD; choose one with `--currency`';
    expect(apart.notes).toContain(note);
    const together = ask(compare, [base, dollars], { ...typed, currency: 'USD' });
    expect(lines(together.table!).length).toBe(3);
    expect(together.notes).not.toContain(note);
  });

  it('--show prints exact numbers, and parts that sum to totals', () => {
    const { sheets } = ask(compare, [base, weak], { show: true });
    expect(sheets!.map(({ caption }) => caption)).toEqual([
      'demand, CNY',
      'units, server',
      'units, module',
    ]);
    const [demand] = sheets!;
    expect(demand!.headings).toEqual(['alibaba-380bn', 'alibaba-weak-yuan', 'difference', '%']);
    expect(demand!.rows.at(-1)).toEqual({
      label: 'total',
      depth: 0,
      kind: 'total',
      cells: ['380,000,000,000.00', '380,000,000,000.00', '0.00', '0.00'],
    });
    for (const column of [0, 1, 2]) {
      for (const depth of [0, 1]) {
        expect(sumOf(demand!, column, depth)).toBe(fen(demand!.rows.at(-1)!.cells[column]!));
      }
    }
  });

  it('shows revenue as a sheet if a lag makes it differ, or --measure names it', () => {
    const captions = (scenarios: readonly Scenario[], typed: Typed) =>
      ask(compare, scenarios, { show: true, ...typed }).sheets!.map(({ caption }) => caption);
    expect(captions([low, high], {})).toEqual(['demand, CNY', 'units, server']);
    expect(captions([low, high], { measure: 'revenue' })).toEqual(['revenue, CNY']);
    expect(captions([low, rolling], {})).toContain('revenue, CNY');
  });
});

const fen = (text: string) => BigInt(text.replace(/[,.+]/g, ''));
const sumOf = ({ rows }: Sheet, column: number, depth: number) =>
  rows
    .filter((row) => row.depth === depth && row.kind === 'part')
    .reduce((sum, { cells }) => sum + fen(cells[column]!), 0n);

describe('the bridge', () => {
  const typed = { bridge: true, by: 'component', measure: 'demand,units' };

  it('has a row for every group between two shipped scenarios', () => {
    const { table, notes } = ask(compare, [base, weakOther], typed);
    const servers = lines(table!).filter((line) => line.startsWith('servers,'));
    expect(servers).toEqual([
      'servers,demand,CNY,from,158333333333.36',
      'servers,demand,CNY,envelope,0.00',
      'servers,demand,CNY,phasing,0.00',
      'servers,demand,CNY,actuals,0.00',
      'servers,demand,CNY,mix,0.00',
      'servers,demand,CNY,shares,0.00',
      'servers,demand,CNY,prices,-103134668.63',
      'servers,demand,CNY,lag,0.00',
      'servers,demand,CNY,fx,1056751811.99',
      'servers,demand,CNY,to,159286950476.72',
      'servers,units,server,from,105552',
      'servers,units,server,envelope,0',
      'servers,units,server,phasing,0',
      'servers,units,server,actuals,0',
      'servers,units,server,mix,0',
      'servers,units,server,shares,0',
      'servers,units,server,prices,5558',
      'servers,units,server,lag,0',
      'servers,units,server,fx,-778',
      'servers,units,server,to,110332',
    ]);
    expect(notes).toContain('groups of inputs that differ: shares, prices, fx');
    expect(notes).toContain('no effect on these rows: shares');
  });

  it('--show prints a waterfall for each component and the total, by year and in sum', () => {
    const { sheets } = ask(compare, [low, high], { bridge: true, show: true });
    const [sheet] = sheets!;
    expect(sheet!.headings).toEqual(['FY2026', 'FY2027', 'FY2028', 'total']);
    const total = sheet!.rows.slice(-4);
    expect(total.map(({ label }) => label)).toEqual([
      'alibaba-low',
      'envelope',
      'phasing',
      'alibaba-high',
    ]);
    for (const column of [0, 1, 2, 3]) {
      const [from, envelope, phasing, to] = total.map(({ cells }) => fen(cells[column]!));
      expect(from! + envelope! + phasing!).toBe(to);
    }
    for (const { cells } of total) {
      const [total2, ...years] = cells.map(fen).reverse();
      expect(years.reduce((a, b) => a + b, 0n)).toBe(total2);
    }
  });

  it('shows no difference of closures when --closure sets one for both', () => {
    const { notes } = ask(compare, [base, weak], { ...typed, closure: 'budget' });
    expect(notes).toContain('groups of inputs that differ: prices, fx');
    const moved = textRecordsOf(ask(compare, [base, weak], { ...typed, closure: 'budget' }).table!);
    const money = moved.filter((row) => row['unit'] === 'CNY' && row['group'] === 'fx');
    expect(money.every((row) => row['value'] === '0.00')).toBe(true);
  });

  it.each([
    [
      'currency',
      'a bridge needs two scenarios with the same currency',
      'currency: JPY',
      'envelope: 380bn JPY',
    ],
    ['window', 'a bridge needs two scenarios with the same window', 'calendar.to: FY2027Q4'],
    ['component tree', 'a bridge needs two scenarios with the same component tree', 'mix: other'],
  ])('is impossible to another %s', (_, message, ...set) => {
    const other = read(
      'other.yaml',
      readFileSync('scenarios/alibaba-380bn.yaml', 'utf8')
        .replace('mix: guojin', 'mix: guojin #')
        .replace('estimates:\n', 'estimates:\n  other: { split: { servers: 100% } }\n')
        .replace('1.5m CNY', '1.5m USD')
        .replace(/envelope:\n.*\n/, 'envelope: 380bn CNY\n')
        .replace(/fx:\n.*\n/, 'fx:\n  base: { USD: 7 }\n'),
      set.map((assignment) => assignment.replace(': ', '=')),
    );
    const result = compare.run([base, other], { bridge: true });
    const diagnostics = diagnosticsOf(result);
    expect(diagnostics.map(({ code }) => code)).toEqual(diagnostics.map(() => 'not-comparable'));
    expect(diagnostics.map((diagnostic) => diagnostic.message)).toContain(message);
    expect(compare.run([base, other], {}).ok).toBe(true);
  });

  it('rejects one scenario, and three for a bridge', () => {
    const told = (scenarios: readonly Scenario[], given: { bridge?: boolean }) => {
      const result = compare.run(scenarios, given);
      return diagnosticsOf(result).map(({ code, hint }) => `${code}: ${hint!}`);
    };
    expect(told([base], {})).toEqual(['not-comparable: name a second scenario file']);
    expect(told([base, low, high], { bridge: true })).toEqual([
      'not-comparable: name two scenario files',
    ]);
    expect(compare.run([base, low, high], {}).ok).toBe(true);
  });

  it('--bridge and --inputs are two tables', () => {
    expect(compare.options.safeParse({ bridge: true, inputs: true }).success).toBe(false);
  });
});

describe('inputs that differ', () => {
  it('have a group, both texts and both places, or one if only one has it', () => {
    const { table } = ask(compare, [base, weakOther], { inputs: true });
    expect(table!.columns.map(({ name }) => name).join()).toBe(
      'path,group,scenario,base,base_place,value,value_place',
    );
    const told = new Map(textRecordsOf(table!).map((row) => [row['path'], row]));
    expect(told.get('fx.closure')).toMatchObject({ group: 'fx', base: 'budget', value: 'scale' });
    expect(told.get('components.servers.price.erosion')).toMatchObject({
      group: 'prices',
      base: '0%',
    });
    expect(told.get('components.optical_modules.price')).toMatchObject({
      base: '',
      base_place: '',
    });
    expect(told.get('components.switches.pricing.USD.content')!['group']).toBe('fx');
    expect(told.get('components.servers.suppliers.inspur.share')!['group']).toBe('shares');
    expect(told.has('envelope')).toBe(false);
  });

  it('have at each place the text that is printed', () => {
    const pairs = [base, weak, low, high, rolling].flatMap((one, i, all) =>
      all.slice(i + 1).map((other) => [one, other] as const),
    );
    for (const pair of pairs) {
      const rows = textRecordsOf(ask(compare, pair, { inputs: true }).table!);
      expect(rows.length).toBeGreaterThan(3);
      for (const side of ['base', 'value']) {
        for (const row of rows.filter((one) => one[`${side}_place`] !== '')) {
          const [file, line, column] = row[`${side}_place`]!.split(':');
          const text = readFileSync(file!, 'utf8').split('\n')[Number(line) - 1]!;
          const there = Array.from(text)
            .slice(Number(column) - 1)
            .join('');
          // A cell of a table has its unit from its header.
          const told = row[side]!.replace(file!.endsWith('.csv') ? /[a-z]* [A-Z]{3}$/ : '', '');
          expect(there.replace(/^["']/, '').startsWith(told), `${there} ${row[side]!}`).toBe(true);
        }
      }
    }
  });

  it('are not those that only have another form', () => {
    const text = readFileSync('scenarios/alibaba-380bn.yaml', 'utf8')
      .replace('380bn CNY', '3800亿 CNY')
      .replace('{ value: 40%, low', '{ value: 0.4, low')
      .replace('from: FY2026Q1, to: FY2028Q4', 'from: FY2026, to: FY2028')
      .replace(/inspur: \{ share: 35%.*/, 'inspur: 7/20');
    const same = read('same.yaml', text);
    expect(ask(compare, [base, same], { inputs: true }).table!.rows).toEqual([]);
    const { notes } = ask(compare, [base, same], { bridge: true });
    expect(notes).toContain('groups of inputs that differ: none');
  });

  it('are those that have another unit: 3 quarters are not 3 years', () => {
    const pair = ['3 years', '3 quarters'].map((life) =>
      loaded(scenarioText({ components: `{ servers: { life: ${life} }, open: {} }` })),
    );
    const { table } = ask(compare, pair, { inputs: true });
    const { notes } = ask(compare, pair, { bridge: true });
    expect(textRecordsOf(table!).map(({ path, base, value }) => [path, base, value])).toEqual([
      ['components.servers.life', '3 years', '3 quarters'],
    ]);
    expect(notes).not.toContain('groups of inputs that differ: none');
  });

  it('have their place on the command line if set there', () => {
    const set = read('alibaba-380bn.yaml', readFileSync('scenarios/alibaba-380bn.yaml', 'utf8'), [
      'envelope=400bn CNY',
    ]);
    const { table } = ask(compare, [base, set], { inputs: true });
    expect(lines(table!)).toEqual([
      'envelope,envelope,scenarios/alibaba-380bn.yaml (2),380bn CNY,scenarios/alibaba-380bn.yaml:19:12,400bn CNY,--set:1:10',
    ]);
  });

  it('--show: a sheet for each group', () => {
    const { sheets } = ask(compare, [base, weakOther], { inputs: true, show: true });
    expect(sheets!.map(({ caption }) => caption)).toEqual(['shares', 'prices', 'fx']);
    expect(
      sheets!
        .at(-1)!
        .rows.slice(0, 3)
        .map(({ label, cells }) => [label, ...cells]),
    ).toEqual([
      ['fx.closure', '', ''],
      ['alibaba-380bn', 'budget', 'scenarios/alibaba-380bn.yaml:76:12'],
      ['alibaba-weak-yuan', 'scale', 'scenarios/alibaba-weak-yuan.yaml:30:12'],
    ]);
  });
});

it('the document has rows, bridge and inputs together', () => {
  const { document } = ask(compare, [base, weak], { bridge: true, by: 'component' });
  const told = JSON.parse(JSON.stringify(document)) as Record<string, unknown[]>;
  expect(told).toMatchObject({
    scenarios: [{ scenario: 'alibaba-380bn' }, { scenario: 'alibaba-weak-yuan', closure: 'scale' }],
    bridge: { merged: [] },
  });
  expect(told['rows']!.length).toBeGreaterThan(5);
  expect(told['inputs']).toContainEqual({
    path: 'fx.closure',
    group: 'fx',
    scenario: 'alibaba-weak-yuan',
    base: { text: 'budget', place: 'scenarios/alibaba-380bn.yaml:76:12' },
    value: { text: 'scale', place: 'scenarios/alibaba-weak-yuan.yaml:30:12' },
  });
});

describe('two states of one scenario', () => {
  const state = (file: string) => load(caseText(`versions/${file}`), { name: file }).scenario!;
  const states = [state('old.yaml'), state('new.yaml')];

  it('are labelled by their files, in rows, headings and documents', () => {
    const { table, document } = ask(compare, states, { by: 'component', measure: 'demand' });
    expect(lines(table!)).toEqual([
      'servers,demand,CNY,new.yaml,45000000000.00,49999999999.99,4999999999.99,11.11',
      'optics,demand,CNY,new.yaml,2700000000.00,3000000000.00,300000000.00,11.11',
      'open,demand,CNY,new.yaml,42300000000.00,47000000000.01,4700000000.01,11.11',
    ]);
    expect(document).toMatchObject({
      scenarios: [{ scenario: 'old.yaml' }, { scenario: 'new.yaml' }],
    });
    const [sheet] = ask(compare, states, { show: true }).sheets!;
    expect(sheet!.headings).toEqual(['old.yaml', 'new.yaml', 'difference', '%']);
  });

  it('have a bridge and inputs that differ', () => {
    const [walk] = ask(compare, states, { bridge: true, by: 'component', show: true }).sheets!;
    expect(walk!.rows.slice(0, 4).map(({ label }) => label)).toEqual([
      ...['servers', 'old.yaml', 'envelope', 'new.yaml'],
    ]);
    expect(lines(ask(compare, states, { inputs: true }).table!)).toEqual([
      'envelope,envelope,new.yaml,90bn CNY,old.yaml:4:20,100bn CNY,new.yaml:4:20',
    ]);
  });

  it('have a note where no input differs', () => {
    const [state] = states as [Scenario];
    const { table, notes } = ask(compare, [state, state], { inputs: true });
    expect(lines(table!)).toEqual([]);
    expect(notes).toContain('no input of old.yaml (2) differs from old.yaml');
  });

  it('are numbered where they come from one file', () => {
    const [state] = states as [Scenario];
    const { notes, sheets } = ask(compare, [state, state, states[1]!], { show: true });
    expect(sheets!.map(({ title }) => title)).toEqual([
      'old.yaml → old.yaml (2)',
      'old.yaml → new.yaml',
    ]);
    expect(notes.join()).not.toContain('same:');
  });
});

it.each(['en', 'zh'])('notes of sheets name rows and headings that stand in them: %s', (lang) => {
  const { sheets = [] } = ask(compare, [base, high], { show: true, in: 'bn', lang });
  const named = sheets.flatMap(({ rows, headings, notes }) =>
    notes.flatMap((note) => {
      const [, list = ''] = note.split(/: |：/);
      return list.split(/, |、/).map((one) => {
        const words = one.split(' ').slice(0, -1);
        const labels = rows.map(({ label }) => label);
        return [labels.includes(words.at(-2)!), headings.includes(words.at(-1)!)];
      });
    }),
  );
  expect(named.length).toBeGreaterThan(1);
  expect(named.flat()).not.toContain(false);
});
