import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, statSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  bash,
  BIN,
  capex,
  folder,
  largeScenario,
  lines,
  ROOT,
  run,
  scenario,
} from '../support/capex.js';

/** What lies beside `x.csv` and everything else of that name. */
const MANIFEST = 'x.datapackage.json';

const text = (cwd: string, name: string) => readFileSync(join(cwd, name), 'utf8');

it.concurrent(
  'a file holds what standard output would have, and says so on standard error',
  async () => {
    const cwd = folder({ 'a.yaml': scenario() });
    const printed = await capex(['run', 'a.yaml', '--quiet'], { cwd });
    const written = await capex(['run', 'a.yaml', '-o', 'x.csv'], { cwd });
    expect(written.out).toBe('');
    expect(written.err).toContain('wrote x.csv\n');
    expect(text(cwd, 'x.csv')).toBe(printed.out);
    expect(readdirSync(cwd).sort()).toEqual(['a.yaml', 'x.csv', MANIFEST]);
  },
);

it.concurrent('a picture holds what --show would print, and needs no --show', async () => {
  const cwd = folder({ 'a.yaml': scenario() });
  for (const args of [
    ['sensitivity', 'a.yaml', '--fx', 'USD=-5%,5%'],
    ['compare', 'a.yaml', join(ROOT, 'scenarios/alibaba-low.yaml')],
    ['show', 'a.yaml', '--by', 'component'],
  ]) {
    const asked = args[0] === 'show' ? args : [...args, '--show'];
    const printed = await capex(asked, { cwd });
    const written = await capex([...args, '-o', 'x.svg'], { cwd });
    expect(written.code).toBe(0);
    const picture = text(cwd, 'x.svg');
    expect(picture).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^]*<\/svg>\n$/);
    for (const number of printed.out.match(/\d[\d,.]*\.\d\d/g)!) expect(picture).toContain(number);
  }
});

it.concurrent('the ending of a file may be in capitals', async () => {
  const cwd = folder({ 'a.yaml': scenario() });
  expect((await capex(['run', 'a.yaml', '-o', 'X.CSV'], { cwd })).code).toBe(0);
  expect(text(cwd, 'X.CSV')).toMatch(/^scenario,/);
});

it.concurrent(
  'with --bom the CSV begins with a byte order mark, and else is the same',
  async () => {
    const cwd = folder({ 'a.yaml': scenario() });
    await capex(['run', 'a.yaml', '-o', 'plain.csv'], { cwd });
    await capex(['run', 'a.yaml', '-o', 'marked.csv', '--bom'], { cwd });
    const marked = readFileSync(join(cwd, 'marked.csv'));
    expect([...marked.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(marked.subarray(3).toString('utf8')).toBe(text(cwd, 'plain.csv'));
  },
);

it.concurrent('the JSON holds the rows of the CSV, with every amount a string', async () => {
  const cwd = folder({ 'a.yaml': scenario({ unit: '"=cmd()"' }) });
  const args = ['run', 'a.yaml', '--by', 'period,component', '--currency', 'CNY,USD', '--quiet'];
  const csv = lines((await capex(args, { cwd })).out).map((line) => line.split(','));
  await capex([...args, '-o', 'x.json'], { cwd });
  const document = JSON.parse(text(cwd, 'x.json')) as {
    scenarios: { scenario: string; envelope: unknown; demand: unknown; difference: unknown }[];
    rows: Record<string, unknown>[];
  };
  expect(text(cwd, 'x.json').endsWith('}\n')).toBe(true);
  const [header, ...rows] = csv;
  expect(document.rows.map((row) => Object.keys(row))).toEqual(rows.map(() => header));
  // A formula is protected in the CSV, where a spreadsheet might run it, and not in JSON.
  const unprotected = rows.map((row) => row.map((cell) => cell.replace(/^'=/, '=')));
  expect(document.rows.map((row) => Object.values(row))).toEqual(unprotected);
  expect(unprotected.flat()).toContain('=cmd()');
  const [{ scenario: id, envelope, demand, difference }] = document.scenarios as [never];
  expect({ id, envelope, demand, difference }).toEqual({
    id: 'small',
    envelope: '1000.00',
    demand: '1000.00',
    difference: '0.00',
  });
});

it.concurrent('a file is replaced with its permissions', async () => {
  const cwd = folder({ 'a.yaml': scenario(), 'x.csv': 'old' });
  chmodSync(join(cwd, 'x.csv'), 0o600);
  await capex(['run', 'a.yaml', '-o', 'x.csv'], { cwd });
  expect(text(cwd, 'x.csv')).toMatch(/^scenario,/);
  expect(statSync(join(cwd, 'x.csv')).mode & 0o777).toBe(0o600);
});

it.concurrent(
  'a write that fails leaves the old file as it was, and nothing beside it',
  async () => {
    const cwd = folder({ 'a.yaml': scenario(), 'x.csv': 'old' });
    const { out, err } = await bash('ulimit -f 1; capex run a.yaml -o x.csv --quiet; echo $?', {
      cwd,
    });
    const said = 'capex: cannot write `x.csv`: the file would be larger than is allowed\n';
    expect({ out, err }).toEqual({ out: '74\n', err: said });
    expect(text(cwd, 'x.csv')).toBe('old');
    expect(readdirSync(cwd).sort()).toEqual(['a.yaml', 'x.csv']);
  },
);

it.concurrent('a scenario with errors leaves the old file as it was', async () => {
  const cwd = folder({ 'a.yaml': scenario({ envelope: 'much' }), 'x.csv': 'old' });
  expect((await capex(['run', 'a.yaml', '-o', 'x.csv'], { cwd })).code).toBe(1);
  expect(text(cwd, 'x.csv')).toBe('old');
});

it.concurrent('what a killed run has left is swept, what another is writing is not', async () => {
  const dead = spawnSync('true').pid;
  const names = {
    left: `.x.csv.capex-${dead}.tmp`,
    living: `.x.csv.capex-${process.pid}.tmp`,
    other: `.y.csv.capex-${dead}.tmp`,
  };
  const cwd = folder({
    'a.yaml': scenario(),
    ...Object.fromEntries(Object.values(names).map((name) => [name, ''])),
  });
  await capex(['run', 'a.yaml', '-o', 'x.csv'], { cwd });
  expect(readdirSync(cwd).sort()).toEqual(
    [names.living, names.other, 'a.yaml', 'x.csv', MANIFEST].sort(),
  );
});

it.concurrent(
  'a leftover of a run with the same process number, as in a container, is swept too',
  async () => {
    const cwd = folder({ 'a.yaml': scenario() });
    const line = `touch .x.csv.capex-$$.tmp; exec '${process.execPath}' '${BIN}' run a.yaml -o x.csv`;
    expect((await run('bash', ['-c', line], { cwd }).done).code).toBe(0);
    expect(readdirSync(cwd).sort()).toEqual(['a.yaml', 'x.csv', MANIFEST]);
  },
);

it.concurrent(
  'a run killed while it writes never leaves a torn file',
  async () => {
    const cwd = folder({ 'a.yaml': largeScenario() });
    const file = join(cwd, 'x.csv');
    await capex(['run', 'a.yaml', '-o', 'x.csv'], { cwd });
    const whole = text(cwd, 'x.csv');
    let killed = 0;
    for (let attempt = 0; attempt < 6; attempt++) {
      writeFileSync(file, 'old');
      const { child, done } = run(process.execPath, [BIN, 'run', 'a.yaml', '-o', 'x.csv'], { cwd });
      // The folder changes for the first time when the temporary file appears: the writing begins.
      const watcher = watch(cwd, () => {
        setTimeout(() => child.kill('SIGKILL'), attempt % 3);
      });
      const { code } = await done;
      watcher.close();
      if (code === 137) killed++;
      expect(['old', whole].includes(text(cwd, 'x.csv')), `attempt ${attempt}`).toBe(true);
    }
    expect(killed).toBeGreaterThan(0);
    expect((await capex(['run', 'a.yaml', '-o', 'x.csv'], { cwd })).code).toBe(0);
    expect(readdirSync(cwd).sort()).toEqual(['a.yaml', 'x.csv', MANIFEST]);
  },
  30_000,
);
