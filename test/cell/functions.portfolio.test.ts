/** Functions in a cell take a portfolio, as `check --resolved` prints it. */
import { describe, expect, it } from 'vitest';
import { excel, type Given } from '../support/cellHosts.js';
import { ROOT } from '../support/capex.js';
import { runHere } from '../support/inProcess.js';

const FILE = 'scenarios/china-cloud.yaml';

/** What `capex check --resolved` prints, as a column of lines. */
async function resolved(...args: readonly string[]): Promise<readonly (readonly string[])[]> {
  const words = ['check', '--resolved', '--quiet', FILE, ...args];
  const { out, err } = await runHere(words, { cwd: ROOT });
  expect(err).toBe('');
  return out.split('\n').map((line) => [line]);
}

const range = await resolved();

const functions = excel();
const call = (name: string, ...given: Given) => functions.get(name)!(range, ...given);

/** The rows of `capex run` on the portfolio, without the scenario and the grade. */
async function command(...args: readonly string[]): Promise<readonly (readonly string[])[]> {
  const words = ['run', FILE, '--quiet', ...args];
  const { out, err } = await runHere(words, { cwd: ROOT });
  expect(err).toBe('');
  const rows = out.trimEnd().split('\n');
  return rows.slice(1).map((row) => row.split(',').slice(1, -1));
}

const SHOCKED = ['alibaba.envelope', '400bn CNY'];

describe('a portfolio in a cell', () => {
  it.each([
    ['DEMAND', 'servers@2026', 'CNY', ['--where', 'component=servers*']],
    ['REVENUE', '*/innolight@2026', 'USD', ['--where', 'supplier=innolight']],
  ])(
    '%s of %s is the sum of all buyers that the command prints',
    async (name, cell, code, kept) => {
      const by = ['--by', 'calendar_year', '--measure', name.toLowerCase(), '--currency', code];
      const rows = await command(...by, ...kept);
      const sum = Number(rows.find(([year]) => year === '2026')!.at(-1));
      expect(call(name, cell, code)).toBe(sum);
      expect(sum).toBeGreaterThan(0);
    },
  );

  it('a buyer before a cell gives its part, and the parts add up', async () => {
    const keys = ['alibaba', 'tencent', 'bytedance', 'baidu'];
    const rows = await command('--by', 'buyer,calendar_year', '--measure', 'demand');
    for (const key of keys) {
      const row = rows.find(([buyer, year]) => buyer === key && year === '2026');
      expect(call('DEMAND', `${key}!@2026`)).toBe(Number(row!.at(-1)));
    }
  });

  it.each([[[SHOCKED]], [[['fx.base.USD', '7.5']]], [[SHOCKED, ['fx.base.USD', 7.5]]]])(
    'overrides %j give the number of --set',
    async (pairs) => {
      const set = pairs.flatMap(([path, value]) => ['--set', `${path}=${value}`]);
      const rows = await command('--by', 'calendar_year', '--measure', 'demand', ...set);
      const expected = Number(rows.find(([year]) => year === '2026')!.at(-1));
      expect(call('DEMAND', '@2026', '', pairs)).toBe(expected);
    },
  );

  it('TABLE gives the rows of the command, also by buyer', async () => {
    for (const by of ['calendar_year,component', 'buyer,calendar_year,supplier']) {
      const rows = await command('--by', by, '--measure', 'demand');
      const table = call('TABLE', by) as unknown[][];
      expect(table[0]).toEqual([...by.split(','), 'measure', 'unit', 'value']);
      expect(table.slice(1)).toEqual(rows.map((row) => [...row.slice(0, -1), Number(row.at(-1))]));
    }
    expect(() => call('TABLE', 'fiscal_year')).toThrow(
      /alibaba and tencent have different fiscal years[^]*write calendar_year, or add buyer/,
    );
  });

  it('FX gives the rate that all buyers share', () => {
    expect(call('FX', 'USD')).toBe(7.1717);
    expect(call('FX', 'USD', '', [['fx.base.USD', 7.5]])).toBe(7.5);
  });

  it.each([
    ['a buyer that there is not', ['tencnt!servers'], /there is no buyer `tencnt`: write tencent/],
    [
      'a year that buyers do not share, with what to write',
      ['servers@FY2026'],
      /cannot be summed: write @2025, or name a buyer: `alibaba!servers@FY2026`/,
    ],
    ['a supplier that no buyer has', ['*/nobody'], /there is no component or supplier `nobody`/],
    [
      'a rate that buyers share',
      ['', '', [['tencent.fx.base.USD', 7]]],
      /replace those of its buyers/,
    ],
    ['a path of no buyer', ['', '', [['envelope', 7]]], /neither a buyer nor a section/],
  ])('reports %s', (_, given, message) => {
    expect(() => call('DEMAND', ...given)).toThrow(message);
  });

  it('gives the numbers of what was changed before it was pasted', async () => {
    const set = ['alibaba.envelope=400bn CNY', 'fx.base.USD=7.5'];
    const changed = await resolved(...set.flatMap((one) => ['--set', one]));
    const pairs = set.map((one) => one.split('='));
    const demand = functions.get('DEMAND')!;
    expect(demand(changed, '@2026', 'USD')).toBe(call('DEMAND', '@2026', 'USD', pairs));
    expect(demand(changed, '@2026', 'USD')).not.toBe(call('DEMAND', '@2026', 'USD'));
  });

  it('names a file that is missing, and one that nothing reads', () => {
    const demand = functions.get('DEMAND')!;
    const other = range.map(([line]) => [
      line === '# file: alibaba.yaml' ? '# file: b.yaml' : line,
    ]);
    expect(() => demand(other)).toThrow(/a cell can read no other files[^]*alibaba: alibaba.yaml/);
    expect(() => demand([...range, ['# file: other.yaml'], ['a: 1']])).toThrow(
      /nothing reads a file of the name `other.yaml`/,
    );
    expect(() => demand([...range, ['# file: tencent.yaml'], ['a: 1']])).toThrow(
      /two files have the name `tencent.yaml`/,
    );
  });
});
