/** Law: after any saves, links and deletions, `capex watch` shows what `capex show` and `capex report` give then. */
import { renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { folder, scenario } from '../../support/capex.js';
import { cases } from '../../support/cases.js';
import { dice, type Dice } from '../../support/dice.js';
import { runHere } from '../../support/inProcess.js';
import { pageOf, until, watching } from '../../support/watching.js';

const RATES = 'name: a rate } }, path: { USD: { file: rates.csv, direction: CNY per USD } }';

/** A file is saved in one of the ways of editors, broken, or deleted. */
function change(cwd: string, { int, pick }: Dice): void {
  const base = scenario({ envelope: String(1000 + int(9000)) });
  const save = (name: string, text: string) => {
    const path = join(cwd, name);
    const beside = join(cwd, `other-${name}`);
    const ways = [
      () => writeFileSync(path, text),
      () => {
        writeFileSync(path, '');
        writeFileSync(path, text);
      },
      () => {
        writeFileSync(beside, text);
        renameSync(beside, path);
      },
      () => {
        rmSync(path, { force: true });
        writeFileSync(beside, text);
        symlinkSync(`other-${name}`, path);
      },
    ];
    pick(ways)();
  };
  const changes = [
    () => save('base.yaml', base),
    () => save('base.yaml', base.replace('name: a rate } }', RATES)),
    () => save('rates.csv', `period,value\nFY2026Q1,${1 + int(9)}\n`),
    () => save('view.yaml', `scenario: view\nextends: base.yaml\nenvelope: ${int(9000)} CNY\n`),
    () => save(pick(['base.yaml', 'view.yaml']), 'scenario: ['),
    () => rmSync(join(cwd, pick(['base.yaml', 'rates.csv', 'view.yaml'])), { force: true }),
  ];
  pick(changes)();
}

it('shows what the files say then (20 times)', async () => {
  const seed = Date.now();
  const random = dice(seed);
  const cwd = folder({
    'view.yaml': 'scenario: view\nextends: base.yaml\n',
    'base.yaml': scenario(),
  });
  const terminal = watching(cwd, ['view.yaml']);
  const served = watching(cwd, ['view.yaml', '--page']);
  await Promise.all([terminal.shows('watching'), served.shows('watching')]);
  const page = pageOf(served.printed.out.trim());

  for (let i = 0; i < cases(20); i++) {
    for (let left = 1 + random.int(5); left > 0; left--) {
      change(cwd, random);
      if (random.chance(60)) await sleep(random.int(200));
    }
    const shown = await runHere(['show', 'view.yaml'], { cwd });
    const report = await runHere(['report', 'view.yaml'], { cwd });
    const isShown = () => {
      const { out, err } = terminal.printed;
      const before = err.slice(0, err.lastIndexOf('watching'));
      return before.endsWith(shown.err) && out.endsWith(shown.out);
    };
    const isServed = async () => {
      const state = page.states.at(-1);
      const reason = report.err.replace(/^capex: /, '').trim();
      if (state?.isBroken !== (report.code !== 0) || state.problems.trim() !== reason) return false;
      return state.isBroken || (await page.text()) === report.out;
    };
    const told = () => `burst ${i} of seed ${seed}: ${shown.err}${shown.out}`;
    await Promise.all([until(isShown, told), until(isServed, told)]);
  }
  const ended = await Promise.all([terminal.stop(), served.stop()]);
  expect(ended.map(({ code }) => code)).toEqual([130, 130]);
}, 240_000);
