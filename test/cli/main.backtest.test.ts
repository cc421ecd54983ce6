import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT, capex, folder } from '../support/capex.js';

const SCENARIO = join(ROOT, 'scenarios/alibaba-380bn.yaml');
const backtest = (...args: string[]) => capex(['backtest', SCENARIO, ...args]);

it.concurrent('reads the file of reported amounts from any folder', async () => {
  const cwd = folder({ 'a.csv': 'period,capex (bn CNY)\nFY2026Q1,38.676\n' });
  const { code, out } = await backtest('--actuals', join(cwd, 'a.csv'));
  expect(code).toBe(0);
  expect(out).toContain('FY2026Q1,period,CNY,38676000000.00,');
});

it.concurrent('reports an error in the file with its line, and exits with 1', async () => {
  const cwd = folder({ 'a.csv': 'period,capex (bn CNY)\nFY2026Q1,many\n' });
  const { code, err } = await backtest('--actuals', join(cwd, 'a.csv'));
  expect(code).toBe(1);
  expect(err).toContain('a.csv:2:10');
});

it.concurrent('a missing file, or a wrong share, is wrong usage', async () => {
  expect(await backtest()).toMatchObject({ code: 2, err: 'capex: --actuals: name a file\n' });
  const cwd = folder({ 'a.csv': 'period,capex (bn CNY)\nFY2026Q1,38\n' });
  const asked = await backtest('--actuals', join(cwd, 'a.csv'), '--attributable', '95');
  expect(asked.code).toBe(2);
  expect(asked.err).toContain('write 95%');
});

it.concurrent('cannot read a file that does not exist or is no text', async () => {
  expect(await backtest('--actuals', 'nix.csv')).toMatchObject({ code: 74, out: '' });
  const path = join(folder(), 'a.csv');
  writeFileSync(path, Buffer.from([0xff, 0xfe, 0xff]));
  const { code, err } = await backtest('--actuals', path);
  expect({ code, err }).toEqual({
    code: 74,
    err: `capex: cannot read \`${path}\`: the file is UTF-16, not UTF-8\n`,
  });
});

it.concurrent('takes the encoding and the unit of the file, as a table does', async () => {
  const path = join(folder(), 'a.csv');
  const heading = Buffer.from('d7cab1bebfaad6a7', 'hex'); // 资本开支 in GB18030
  writeFileSync(
    path,
    Buffer.concat([Buffer.from('period,'), heading, Buffer.from('\nFY2026Q1,386.76\n')]),
  );
  const options = ['--actuals', path, '--unit', '亿 CNY', '--encoding'];
  const { code, out } = await backtest(...options, 'gb18030');
  expect(code).toBe(0);
  expect(out).toContain('FY2026Q1,period,CNY,38676000000.00,');
  expect((await backtest('--actuals', path)).err).toContain('is not UTF-8');
  const ascii = join(folder({ 'a.csv': 'period,capex (bn CNY)\nFY2026Q1,38\n' }), 'a.csv');
  expect(await backtest('--actuals', ascii, '--encoding', 'big5')).toMatchObject({
    code: 2,
    err: 'capex: --encoding: write gb18030, or leave it out\n',
  });
});
