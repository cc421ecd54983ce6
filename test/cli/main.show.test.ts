import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { show } from '../../src/studies/forecast/show.js';
import { BIN, capex, folder, lines, run, scenario } from '../support/capex.js';
import { loaded } from '../support/cells.js';
import { valueOf } from '../support/results.js';

const hasScript =
  (await run('bash', ['-c', 'command -v script && command -v stty'], {}).done).code === 0;
if (!hasScript) console.warn('util-linux `script` is not here: the terminal tests are skipped');
const terminal = it.skipIf(!hasScript).concurrent;

/** The output of `capex show` in a pseudo terminal of so many columns. */
async function shown(args: string, columns: number, cwd: string, env = {}): Promise<string> {
  const command = `stty cols ${columns}; '${process.execPath}' '${BIN}' show ${args} --quiet`;
  const settings = { cwd, env: { TERM: 'xterm', ...env } };
  const { out } = await run('script', ['-qec', command, '/dev/null'], settings).done;
  return out.replace(/\r/g, '');
}

const NAMES = 'Servers of every kind that the plan could possibly mean, racks included';
const CHINESE = '人工智能服务器及其机柜电源和液冷散热系统的全部采购项目';
const files = {
  'long.yaml': scenario({ servers: NAMES, calendar: 'from: FY2026, to: FY2028' }),
  'chinese.yaml': scenario({ servers: CHINESE, calendar: 'from: FY2026, to: FY2028' }),
};

terminal.each([
  [40, 'long.yaml'],
  [40, 'chinese.yaml'],
  [80, 'chinese.yaml'],
  [24, 'chinese.yaml'],
])('no line is wider than a terminal of %i columns: %s', async (columns, name) => {
  const out = await shown(`${name} --by period,component,supplier`, columns, folder(files));
  const widths = lines(stripVTControlCharacters(out)).map((line) => stringWidth(line));
  expect(widths.length).toBeGreaterThan(20);
  expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
});

terminal.each([
  ['long.yaml', /^Servers of every ki…  /m],
  ['chinese.yaml', /^人工智能服务器及其… {3}/m],
])('a name that is too long is cut with an ellipsis: %s', async (name, cut) => {
  expect(stripVTControlCharacters(await shown(name, 40, folder(files)))).toMatch(cut);
});

terminal('a wide terminal shows long names whole, and no column is broken off', async () => {
  const out = stripVTControlCharacters(await shown('long.yaml', 120, folder(files)));
  expect(out).toContain(NAMES);
  expect(out.match(/^demand/gm)).toHaveLength(1);
});

terminal('there is colour on a terminal', async () => {
  expect(await shown('long.yaml', 80, folder(files))).toContain('\u001b[1m');
});

terminal.each([
  ['--no-color', {}],
  ['', { NO_COLOR: '1' }],
  ['', { TERM: 'dumb' }],
  ['--no-color', { FORCE_COLOR: '1' }],
  ['', { FORCE_COLOR: '0' }],
])('there is no colour on a terminal with `%s` and %o', async (option, env) => {
  const out = await shown(`long.yaml ${option}`, 80, folder(files), env);
  expect(out).toContain('demand');
  expect(out).not.toContain('\u001b');
});

it.concurrent('prints no colour into a pipe, unless FORCE_COLOR is set', async () => {
  const cwd = folder(files);
  const plain = await capex(['show', 'long.yaml'], { cwd });
  expect(plain.out + plain.err).not.toContain('\u001b');
  const forced = await capex(['show', 'long.yaml'], { cwd, env: { FORCE_COLOR: '1' } });
  expect(forced.out).toContain('\u001b[1m');
  expect(forced.err).toContain('\u001b[33mwarning');
  expect(stripVTControlCharacters(forced.out)).toBe(plain.out);
});

/** The text of `show` in a pipe. */
async function printed(args: string, text = scenario()): Promise<string> {
  const cwd = folder({ 'a.yaml': text });
  const { code, out } = await capex(['show', 'a.yaml', ...args.split(' ')], { cwd });
  expect(code).toBe(0);
  return out;
}

it.concurrent(
  'by default shows years, components and every measure, and marks understated years',
  async () => {
    expect(await printed('--quiet')).toBe(`Small (small), closure budget
demand, CNY    FY2026     total
Servers        600.00    600.00  ██████
光模块         400.00    400.00  ████
total        1,000.00  1,000.00

revenue, CNY  FY2026*  after FY2026    total*
Servers        525.00         75.00    600.00  ██████
光模块         400.00          0.00    400.00  ████
total          925.00         75.00  1,000.00
* understated: part of it comes from spending before the window (lag)

units, server  FY2026  total
Servers            60     60  ██████████
total              60     60

evidence, CNY                                  amount
no evidence or reason given                  1,000.00  ██████████
  split without evidence or reason             600.00  ██████
    to suppliers without evidence or reason    600.00  ██████
  not split by any source                      400.00        ████
`);
  },
);

it.concurrent.each([
  [
    '--by component',
    `Servers        600.00  ██████
光模块         400.00  ████
total        1,000.00`,
  ],
  [
    '--by period',
    `demand, CNY  FY2026Q1  FY2026Q2  FY2026Q3  FY2026Q4     total
total          250.00    250.00    250.00    250.00  1,000.00`,
  ],
  [
    '--by supplier',
    `inspur         180.00  █▊
Maker          420.00  ████▎
unassigned     400.00  ████
total        1,000.00`,
  ],
  [
    '--by supplier,component',
    `Servers        600.00  ██████
  inspur       180.00  █▊
  Maker        420.00  ████▎
光模块         400.00  ████
total        1,000.00`,
  ],
  [
    '--by calendar_year',
    `demand, CNY  2025, 9 of 12 months  2026, 3 of 12 months     total
total                      750.00                250.00  1,000.00`,
  ],
  [
    '--by component,supplier --currency supplier',
    `demand, USD  total
Servers      84.00  ██████████
  Maker      84.00  ██████████
total        84.00`,
  ],
])('show %s', async (args, expected) => {
  expect(await printed(`${args} --measure demand --quiet`)).toContain(`${expected}\n`);
});

it.concurrent(
  'marks the total of revenue as understated when there is no column of time',
  async () => {
    const out = await printed('--by component --measure revenue --quiet');
    expect(lines(out)[1]).toMatch(/^revenue, CNY +total\*$/);
    expect(lines(out)).toContain(
      '* understated: part of it comes from spending before the window (lag)',
    );
  },
);

it.concurrent('shows a scenario with a total of zero without bars', async () => {
  const out = await printed('--measure demand --quiet', scenario({ envelope: '0' }));
  expect(out).toContain('total          0.00   0.00\n');
  expect(out).not.toMatch(/[█▏▎▍▌▋▊▉]/);
});

it.each([
  ['9999999.99', 'demand, CNY', '9,999,999.99'],
  ['12345678', 'demand, CNY m', '12.35'],
  ['9994560000', 'demand, CNY m', '9,994.56'],
  ['380000000000', 'demand, CNY bn', '380.00'],
])('shows an envelope of %s under the caption "%s" as %s', (envelope, caption, total) => {
  const answer = show.run([loaded(scenario({ envelope }))], { by: ['component'] });
  const [sheet] = valueOf(answer).sheets!;
  expect(sheet!.caption).toBe(caption);
  expect(sheet!.rows.at(-1)!.cells).toEqual([total]);
});

it.concurrent('prints to standard error how far demand is from the envelope', async () => {
  const text = scenario().replace(
    '    lag:',
    '    pricing: { USD: { content: { value: 50%, assumption: a part } } }\n    lag:',
  );
  const cwd = folder({ 'a.yaml': text });
  const told = async (rate: string) => {
    const sets = ['--set', 'fx.closure=volume', '--set', `fx.base.USD=${rate}`];
    const path = ['--set', 'fx.path={ USD: { FY2026: { value: 10, name: a rate } } }'];
    return (await capex(['show', 'a.yaml', ...sets, ...path], { cwd })).err;
  };
  expect(await told('5')).toContain(
    'small: demand is 300.00 CNY over the envelope of 1,000.00 CNY\n',
  );
  expect(await told('20')).toContain(
    'small: demand is 150.00 CNY under the envelope of 1,000.00 CNY\n',
  );
});

it.concurrent('ends no line with a space, and the text with one line end', async () => {
  const out = await printed('--by period,component,supplier --quiet');
  expect(out).not.toMatch(/ $/m);
  expect(out).toMatch(/[^\n]\n$/);
});
