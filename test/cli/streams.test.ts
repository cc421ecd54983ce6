import { openSync } from 'node:fs';
import { expect, it } from 'vitest';
import { bash, capex, folder, lines, scenario } from './capex.js';

/** A forecast of several megabytes: more than any pipe holds. */
const LARGE = scenario({ calendar: 'from: FY2001, to: FY2040, period: month' })
  .replace(
    'inspur: { share: 30%, assumption: a share }',
    Array.from({ length: 20 }, (_, i) => `s${i}: { share: 1%, assumption: a share }`).join(', '),
  )
  .replace(/ {4}lag.*\n/, '');

it('a reader that goes away is no error', async () => {
  const cwd = folder({ 'a.yaml': scenario() });
  const { out, err } = await bash('capex run a.yaml --quiet | head -1; echo ${PIPESTATUS[0]}', {
    cwd,
  });
  expect({ out, err }).toEqual({
    out: 'scenario,fiscal_year,period,component,supplier,measure,unit,value\n0\n',
    err: '',
  });
});

it('a reader that goes away in the middle of a large forecast is no error', async () => {
  const cwd = folder({ 'a.yaml': LARGE });
  const { out, err } = await bash('capex run a.yaml --quiet | head -1; echo ${PIPESTATUS[0]}', {
    cwd,
  });
  expect({ out: lines(out).at(-1), err }).toEqual({ out: '0', err: '' });
});

it('a large forecast goes through a slow pipe whole', async () => {
  const cwd = folder({ 'a.yaml': LARGE });
  const { out } = await bash('capex run a.yaml --quiet | (sleep 1; wc -lc)', { cwd });
  const [rows, bytes] = out.trim().split(/\s+/).map(Number);
  expect(rows).toBe(1 + 480 * (21 * 3 + 2));
  expect(bytes).toBeGreaterThan(1_500_000);
});

it('nobody listening to the words is no error', async () => {
  const cwd = folder({ 'a.yaml': scenario() });
  const { out } = await bash(
    'capex run a.yaml 2> >(exec 0<&-; sleep 0.1) | wc -l; echo ${PIPESTATUS[0]}',
    { cwd },
  );
  expect(out).toBe('35\n0\n');
});

it('words go to standard error, data to standard output', async () => {
  const cwd = folder({ 'a.yaml': scenario() });
  const { out, err } = await capex(['show', 'a.yaml', '--set', 'envelope=500 CNY'], { cwd });
  expect(out).not.toMatch(/warning|rates are/);
  expect(err).toContain('small: revenue is understated in FY2026Q1 (lag)\n');
  expect(err).toContain('rates are CNY for one foreign unit');
});

it('with --quiet only errors are told', async () => {
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

it('the words cannot be written: the exit code tells it, and no stack', async () => {
  const cwd = folder({ 'a.yaml': scenario() });
  const full = openSync('/dev/full', 'w');
  const { code, out } = await capex(['run', 'a.yaml'], { cwd, stdio: ['ignore', 'pipe', full] });
  expect({ code, out }).toEqual({ code: 74, out: '' });
});

it('a scenario may come from a pipe', async () => {
  const cwd = folder({ 'a.yaml': scenario() });
  const { out } = await bash('cat a.yaml | capex run /dev/stdin --quiet', { cwd });
  expect(lines(out)).toHaveLength(35);
});
