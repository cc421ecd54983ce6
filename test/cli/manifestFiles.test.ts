import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { BIN, ROOT, bash, capex, folder, lines, run, scenario } from '../support/capex.js';

/** The manifest of `x.csv`, and of every other output named `x`. */
const MANIFEST = 'x.datapackage.json';

const text = (cwd: string, name: string) => readFileSync(join(cwd, name), 'utf8');

it.concurrent(
  'writes to a file what standard output would have, and says so on standard error',
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

it.concurrent('writes a picture of what --show prints, without --show', async () => {
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

it.concurrent('accepts the ending of a file name in capitals', async () => {
  const cwd = folder({ 'a.yaml': scenario() });
  expect((await capex(['run', 'a.yaml', '-o', 'X.CSV'], { cwd })).code).toBe(0);
  expect(text(cwd, 'X.CSV')).toMatch(/^scenario,/);
});

it.concurrent('--bom adds a byte order mark to the CSV and changes nothing else', async () => {
  const cwd = folder({ 'a.yaml': scenario() });
  await capex(['run', 'a.yaml', '-o', 'plain.csv'], { cwd });
  await capex(['run', 'a.yaml', '-o', 'marked.csv', '--bom'], { cwd });
  const marked = readFileSync(join(cwd, 'marked.csv'));
  expect([...marked.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(marked.subarray(3).toString('utf8')).toBe(text(cwd, 'plain.csv'));
});

it.concurrent('writes the rows of the CSV as JSON, with every amount as a string', async () => {
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
  // The CSV protects a text that a spreadsheet might run as a formula; JSON needs no such protection.
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

it.concurrent('keeps the permissions of a file that it replaces', async () => {
  const cwd = folder({ 'a.yaml': scenario(), 'x.csv': 'old' });
  chmodSync(join(cwd, 'x.csv'), 0o600);
  await capex(['run', 'a.yaml', '-o', 'x.csv'], { cwd });
  expect(text(cwd, 'x.csv')).toMatch(/^scenario,/);
  expect(statSync(join(cwd, 'x.csv')).mode & 0o777).toBe(0o600);
});

it.concurrent('a write that fails leaves the old file unchanged, and no other file', async () => {
  const cwd = folder({ 'a.yaml': scenario(), 'x.csv': 'old' });
  const { out, err } = await bash('ulimit -f 1; capex run a.yaml -o x.csv --quiet; echo $?', {
    cwd,
  });
  const said = 'capex: cannot write `x.csv`: the file would be larger than is allowed\n';
  expect({ out, err }).toEqual({ out: '74\n', err: said });
  expect(text(cwd, 'x.csv')).toBe('old');
  expect(readdirSync(cwd).sort()).toEqual(['a.yaml', 'x.csv']);
});

it.concurrent('a scenario with errors leaves the old file unchanged', async () => {
  const cwd = folder({ 'a.yaml': scenario({ envelope: 'much' }), 'x.csv': 'old' });
  expect((await capex(['run', 'a.yaml', '-o', 'x.csv'], { cwd })).code).toBe(1);
  expect(text(cwd, 'x.csv')).toBe('old');
});

it.concurrent(
  'removes the temporary file of a killed run, but not that of a running one',
  async () => {
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
  },
);

it.concurrent(
  'removes a temporary file of an earlier run with the same process number',
  async () => {
    const cwd = folder({ 'a.yaml': scenario() });
    const line = `touch .x.csv.capex-$$.tmp; exec '${process.execPath}' '${BIN}' run a.yaml -o x.csv`;
    expect((await run('bash', ['-c', line], { cwd }).done).code).toBe(0);
    expect(readdirSync(cwd).sort()).toEqual(['a.yaml', 'x.csv', MANIFEST]);
  },
);

it.concurrent('writes over a workbook only as long as nobody has edited it', async () => {
  const cwd = folder({ 'a.yaml': scenario() });
  const write = (...more: string[]) => capex(['run', 'a.yaml', '-o', 'x.xlsx', ...more], { cwd });
  expect((await write()).code).toBe(0);
  expect((await write('--set', 'envelope=900 CNY')).code).toBe(0);
  const edited = Buffer.concat([readFileSync(join(cwd, 'x.xlsx')), Buffer.from('an edit')]);
  writeFileSync(join(cwd, 'x.xlsx'), edited);
  const refused = await write();
  expect(refused.code).toBe(74);
  expect(refused.err).toContain('cannot write `x.xlsx`: it was edited since it was written');
  expect(refused.err).toContain('--force');
  expect(readFileSync(join(cwd, 'x.xlsx'))).toEqual(edited);
  expect((await write('--force')).code).toBe(0);
  expect(readFileSync(join(cwd, 'x.xlsx'))).not.toEqual(edited);
  expect((await write()).code).toBe(0);
});

it.concurrent('does not write over a workbook of which no manifest tells', async () => {
  const cwd = folder({ 'a.yaml': scenario(), 'x.xlsx': 'the workbook of somebody' });
  const refused = await capex(['run', 'a.yaml', '-o', 'x.xlsx'], { cwd });
  expect(refused.code).toBe(74);
  expect(refused.err).toContain('no manifest beside it');
  expect(text(cwd, 'x.xlsx')).toBe('the workbook of somebody');
});
