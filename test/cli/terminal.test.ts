import { openSync } from 'node:fs';
import { expect, it } from 'vitest';
import { bash, capex, folder, largeScenario, lines, scenario } from '../support/capex.js';

it.concurrent('ends without an error when the reader of a pipe stops', async () => {
  const cwd = folder({ 'a.yaml': scenario() });
  const { out, err } = await bash('capex run a.yaml --quiet | head -1; echo ${PIPESTATUS[0]}', {
    cwd,
  });
  expect({ out, err }).toEqual({
    out: 'scenario,fiscal_year,period,component,supplier,measure,unit,value,grade\n0\n',
    err: '',
  });
});

it.concurrent(
  'ends without an error when the reader stops in the middle of a large forecast',
  async () => {
    const cwd = folder({ 'a.yaml': largeScenario() });
    const { out, err } = await bash('capex run a.yaml --quiet | head -1; echo ${PIPESTATUS[0]}', {
      cwd,
    });
    expect({ out: lines(out).at(-1), err }).toEqual({ out: '0', err: '' });
  },
);

it.concurrent('writes a large forecast completely through a slow pipe', async () => {
  const cwd = folder({ 'a.yaml': largeScenario() });
  const { out } = await bash('capex run a.yaml --quiet | (sleep 1; wc -lc)', { cwd });
  const [rows, bytes] = out.trim().split(/\s+/).map(Number);
  expect(rows).toBe(1 + 396 * (21 * 3 + 2));
  expect(bytes).toBeGreaterThan(1_000_000);
});

it.concurrent('prints the forecast when the reader of standard error stops', async () => {
  const cwd = folder({ 'a.yaml': scenario() });
  const { out } = await bash(
    'capex run a.yaml 2> >(exec 0<&-; sleep 0.1) | wc -l; echo ${PIPESTATUS[0]}',
    { cwd },
  );
  expect(out).toBe('35\n0\n');
});

it.concurrent('prints messages to standard error and data to standard output', async () => {
  const cwd = folder({ 'a.yaml': scenario() });
  const { out, err } = await capex(['show', 'a.yaml', '--set', 'envelope=500 CNY'], { cwd });
  expect(out).not.toMatch(/warning|rates are/);
  expect(err).toContain(
    'small: revenue is understated in FY2026Q1: part of it comes from spending before the window (lag)\n',
  );
  expect(err).toContain('rates are CNY per unit of foreign currency');
});

it.concurrent('--quiet prints errors only', async () => {
  const cwd = folder({
    'a.yaml': scenario(),
    'bad.yaml': scenario({ id: 'bad', envelope: '1e3' }),
  });
  const quiet = await capex(['run', 'a.yaml', '--quiet'], { cwd });
  expect({ code: quiet.code, err: quiet.err }).toEqual({ code: 0, err: '' });
  const bad = await capex(['run', 'a.yaml', 'bad.yaml', '--quiet'], { cwd });
  expect(bad.err).toContain('error[literal]');
  expect(bad.err).not.toContain('warning');
});

it.concurrent('exits with 74 when standard error cannot be written', async () => {
  const cwd = folder({ 'a.yaml': scenario() });
  const full = openSync('/dev/full', 'w');
  const { code, out } = await capex(['run', 'a.yaml'], { cwd, stdio: ['ignore', 'pipe', full] });
  expect({ code, out }).toEqual({ code: 74, out: '' });
});

it.concurrent('reads a scenario from a pipe', async () => {
  const cwd = folder({ 'a.yaml': scenario() });
  const { out } = await bash('cat a.yaml | capex run /dev/stdin --quiet', { cwd });
  expect(lines(out)).toHaveLength(35);
});
