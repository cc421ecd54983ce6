import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { capex, folder, ROOT } from '../support/capex.js';

const SCENARIO = join(ROOT, 'scenarios/alibaba-380bn.yaml');
const backtest = (...args: string[]) => capex(['backtest', SCENARIO, ...args]);

it.concurrent('the file of a study is read by the shell, wherever it lies', async () => {
  const cwd = folder({ 'a.csv': 'period,capex (bn CNY)\nFY2026Q1,38.676\n' });
  const { code, out } = await backtest('--actuals', join(cwd, 'a.csv'));
  expect(code).toBe(0);
  expect(out).toContain('FY2026Q1,period,CNY,38676000000.00,');
});

it.concurrent('a fault in the file is told with its line, and is no wrong usage', async () => {
  const cwd = folder({ 'a.csv': 'period,capex (bn CNY)\nFY2026Q1,many\n' });
  const { code, err } = await backtest('--actuals', join(cwd, 'a.csv'));
  expect(code).toBe(1);
  expect(err).toContain('a.csv:2:10');
});

it.concurrent('without the file, or with a wrong share of it, the usage is wrong', async () => {
  expect(await backtest()).toMatchObject({ code: 2, err: 'capex: --actuals: name a file\n' });
  const cwd = folder({ 'a.csv': 'period,capex (bn CNY)\nFY2026Q1,38\n' });
  const asked = await backtest('--actuals', join(cwd, 'a.csv'), '--attributable', '95');
  expect(asked.code).toBe(2);
  expect(asked.err).toContain('write 95%');
});

it.concurrent('a file that is not there, or no text, cannot be read', async () => {
  expect(await backtest('--actuals', 'nix.csv')).toMatchObject({ code: 74, out: '' });
  const path = join(folder(), 'a.csv');
  writeFileSync(path, Buffer.from([0xff, 0xfe, 0xff]));
  const { code, err } = await backtest('--actuals', path);
  expect({ code, err }).toEqual({
    code: 74,
    err: `capex: cannot read \`${path}\`: the file is not UTF-8\n`,
  });
});
