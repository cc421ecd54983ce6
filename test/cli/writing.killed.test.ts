/**
 * Commands that are killed at random moments leave old files or new ones. `CAPEX_KILLS=200` sets how many are
 * killed; the gate kills a few of each.
 */
import { cpSync, existsSync, readFileSync, readdirSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { undoUnfinished } from '../../src/cli/unfinishedWrite.js';
import { BIN, capex, folder, run, scenario } from '../support/capex.js';
import { inputsCsv } from '../support/inputsCsv.js';

const KILLS = Number(process.env['CAPEX_KILLS'] ?? 12);

interface Writing {
  /** A folder before the command. */
  readonly before: () => Promise<string>;
  readonly args: readonly string[];
  /** The files that the command writes. */
  readonly files: readonly string[];
}

async function pairBefore(command: string, text: string): Promise<string> {
  const cwd = folder({ 'a.yaml': text });
  const args = [command, 'a.yaml', '-o', 'x.csv', '--set', 'envelope=900 CNY'];
  expect((await capex(args, { cwd })).code).toBe(0);
  return cwd;
}

/** A parent and its layer, and an edited CSV that changes a number of each. */
async function layersBefore(): Promise<string> {
  const layer = 'scenario: layer\nextends: a.yaml\nfx: { base: { USD: 6 } }\n';
  const cwd = folder({ 'a.yaml': scenario(), 'layer.yaml': layer });
  expect((await capex(['run', 'layer.yaml', '-o', 'x.xlsx'], { cwd })).code).toBe(0);
  const csv = await inputsCsv(join(cwd, 'x.xlsx'));
  const edited = csv
    .replace(/^("components.servers.suppliers.inspur.share",)"0.3"/m, '$1"0.36"')
    .replace(/^("fx.base.USD",)"6"/m, '$1"6.5"');
  writeFileSync(join(cwd, 'inputs.csv'), edited);
  return cwd;
}

const PAIR = ['x.csv', 'x.datapackage.json'];
const WRITINGS: Readonly<Record<string, Writing>> = {
  'run -o': {
    before: () => pairBefore('run', scenario({ calendar: 'from: FY2001, to: FY2033' })),
    args: ['run', 'a.yaml', '-o', 'x.csv'],
    files: PAIR,
  },
  'simulate -o': {
    before: () => pairBefore('simulate', scenario().replace('30%', '30%, low: 20%, high: 40%')),
    args: ['simulate', 'a.yaml', '--draws', '2000', '-o', 'x.csv'],
    files: PAIR,
  },
  'import --write': {
    before: layersBefore,
    args: ['import', 'inputs.csv', '--onto', 'layer.yaml', '--write'],
    files: ['a.yaml', 'layer.yaml'],
  },
  new: {
    before: () => Promise.resolve(folder()),
    args: ['new', 'x'],
    files: ['x.yaml'],
  },
};

const contentsOf = (cwd: string, files: readonly string[]) =>
  files.map((name) => (existsSync(join(cwd, name)) ? readFileSync(join(cwd, name), 'utf8') : ''));

/** Runs the command in a copy of a folder, and kills it. Half of the kills wait for the first new file. */
async function killed(from: string, args: readonly string[], length: number): Promise<string> {
  const cwd = folder();
  cpSync(from, cwd, { recursive: true });
  const { child, done } = run(process.execPath, [BIN, ...args], { cwd });
  const kill = (moment: number) => setTimeout(() => child.kill('SIGKILL'), moment);
  const isLate = Math.random() < 0.5;
  const watcher = watch(cwd, () => {
    watcher.close();
    if (isLate) kill(Math.random() * 10);
  });
  if (!isLate) kill(Math.random() * length);
  await done;
  watcher.close();
  return cwd;
}

it.each(Object.entries(WRITINGS))(
  '%s leaves the old files or the new ones, wherever it is killed',
  async (_, { before, args, files }) => {
    const from = await before();
    const old = contentsOf(from, files);
    const whole = folder();
    cpSync(from, whole, { recursive: true });
    const start = performance.now();
    expect((await capex(args, { cwd: whole })).code).toBe(0);
    const length = performance.now() - start;
    const made = contentsOf(whole, files);
    expect(made).not.toEqual(old);
    for (let n = 0; n < KILLS / Object.keys(WRITINGS).length; n++) {
      const cwd = await killed(from, args, length);
      undoUnfinished(cwd); // as the next command does
      const found = contentsOf(cwd, files);
      expect([old, made]).toContainEqual(found);
      if (found.join() !== old.join()) continue;
      expect((await capex(args, { cwd })).code).toBe(0);
      expect(contentsOf(cwd, files)).toEqual(made);
      expect(readdirSync(cwd).sort()).toEqual(readdirSync(whole).sort());
    }
  },
  600_000,
);
