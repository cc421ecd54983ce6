/** `capex watch` as a process: whatever is saved, and however, the last state is what it shows. */
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { BIN, ROOT, capex, folder, run, scenario } from '../../support/capex.js';
import { pageOf, until, watching } from '../../support/watching.js';

const OLD = scenario({ envelope: '777777' });

/** Ways in which editors and scripts save a file, and two saves that follow each other soon. */
const SAVES: readonly ((path: string, text: string, i: number) => void | Promise<void>)[] = [
  function plainly(path, text) {
    writeFileSync(path, text);
  },
  function twiceWithinAMillisecond(path, text) {
    writeFileSync(path, OLD);
    writeFileSync(path, text);
  },
  function underAnotherNameFirst(path, text) {
    writeFileSync(`${path}~`, text);
    renameSync(`${path}~`, path);
  },
  function deletedAndMadeAgain(path, text) {
    rmSync(path);
    writeFileSync(path, text);
  },
  function inTwoParts(path, text) {
    writeFileSync(path, text.slice(0, 200));
    writeFileSync(path, text.slice(200), { flag: 'a' });
  },
  async function whileTheOneBeforeIsShown(path, text, i) {
    writeFileSync(path, OLD);
    await sleep(45 + i);
    writeFileSync(path, text);
  },
];

it('shows the last state after each of 100 saves, on the terminal and in the page', async () => {
  const good = (i: number) => scenario({ envelope: String(5000 + i) });
  const broken = (i: number) => good(i).replace(/^envelope: .*$/m, `envelope: broken${i}`);
  const cwd = folder({ 'a.yaml': good(0) });
  const terminal = watching(cwd, ['a.yaml']);
  const served = watching(cwd, ['a.yaml', '--page']);
  await Promise.all([terminal.shows('5,000.00', 'watching 1 file'), served.shows('watching')]);
  const page = pageOf(served.printed.out.trim());

  let last = 0;
  for (let i = 1; i <= 100; i++) {
    const isBroken = i % 4 === 3;
    await SAVES[i % SAVES.length]!(join(cwd, 'a.yaml'), isBroken ? broken(i) : good(i), i);
    if (!isBroken) last = i;
    const problem = `broken${i}`;
    const number = `5,${String(i).padStart(3, '0')}.00`;
    const told = isBroken ? [problem, '1 file: 1 error'] : [number, '1 file: 0 errors'];
    const isInPage = async () => {
      const state = page.states.at(-1);
      if (state?.isBroken !== isBroken || state.problems.includes(problem) !== isBroken)
        return false;
      const shown = /envelope: (\d+) CNY/.exec(await page.text())?.[1];
      // Before a broken save, the page may have shown the state between two saves.
      return shown === String(5000 + last) || (isBroken && shown === '777777');
    };
    await Promise.all([terminal.shows(...told), until(isInPage, () => `save ${i} in the page`)]);
  }
  expect(await page.text()).toBe((await capex(['report', 'a.yaml'], { cwd })).out);
  expect(terminal.printed.out.endsWith((await capex(['show', 'a.yaml'], { cwd })).out)).toBe(true);

  const ended = await Promise.all([terminal.stop('SIGINT'), served.stop('SIGTERM')]);
  expect(ended.map(({ code }) => code)).toEqual([130, 130]);
  for (const { err } of ended) expect(err.endsWith('\ncapex: stopped\n')).toBe(true);
  expect(readdirSync(cwd)).toEqual(['a.yaml']);
  await expect(page.text()).rejects.toThrow('fetch failed');
}, 240_000);

it.concurrent('sees a layer, a table and a file that was not there', async () => {
  const cwd = folder({ 'view.yaml': 'scenario: view\nextends: base.yaml\n' });
  const watch = watching(cwd, ['view.yaml']);
  await watch.shows('cannot read `base.yaml`', 'watching 2 files: 1 error');
  const base = scenario().replace(
    'name: a rate } }',
    'name: a rate } }, path: { USD: { file: rates.csv, direction: CNY per USD } }',
  );
  writeFileSync(join(cwd, 'base.yaml'), base);
  await watch.shows('changed: base.yaml', 'cannot read `rates.csv`', 'watching 3 files');
  writeFileSync(join(cwd, 'rates.csv'), 'period,value\n');
  await watch.shows('changed: rates.csv', 'warning[csv-empty]');
  writeFileSync(join(cwd, 'base.yaml'), scenario({ envelope: '4321' }));
  await watch.shows('changed: base.yaml', '4,321.00', 'watching 2 files: 0 errors, 1 warning');
  rmSync(join(cwd, 'view.yaml'));
  await watch.shows(
    'capex: cannot read `view.yaml`: there is no such file or folder',
    'watching 1 file\n',
  );
  writeFileSync(join(cwd, 'view.yaml'), 'scenario: view\nextends: base.yaml\nenvelope: 8765 CNY\n');
  await watch.shows('8,765.00');
  expect((await watch.stop()).code).toBe(130);
});

it.concurrent('sees a member of a portfolio, and a table of reported amounts', async () => {
  const cwd = folder();
  cpSync(join(ROOT, 'scenarios'), join(cwd, 'scenarios'), { recursive: true });
  const files = ['scenarios/china-cloud.yaml', 'scenarios/alibaba-rolling.yaml'];
  const watch = watching(cwd, files);
  await watch.shows('china-cloud', 'alibaba-rolling', 'watching');
  const member = join(cwd, 'scenarios/alibaba-380bn.yaml');
  writeFileSync(
    member,
    readFileSync(member, 'utf8').replace(
      '380bn CNY, evidence: plan-380bn',
      '400bn CNY, assumption: mine',
    ),
  );
  await watch.shows('changed: scenarios/alibaba-380bn.yaml', '1,085.20', 'watching');
  const table = join(cwd, 'scenarios/actuals/alibaba-capex.csv');
  writeFileSync(table, `${readFileSync(table, 'utf8')}nonsense\n`);
  await watch.shows('changed: scenarios/actuals/alibaba-capex.csv', 'alibaba-capex.csv:', 'error[');
  expect((await watch.stop()).code).toBe(130);
});

it.concurrent('sees a file behind a link, and a link that leads elsewhere', async () => {
  const cwd = folder();
  for (const [name, envelope] of [
    ['one', '1111'],
    ['two', '2222'],
  ] as const) {
    mkdirSync(join(cwd, name));
    writeFileSync(join(cwd, name, 'a.yaml'), scenario({ envelope }));
  }
  symlinkSync('one', join(cwd, 'now'));
  const watch = watching(cwd, ['now/a.yaml']);
  await watch.shows('1,111.00', 'watching');
  writeFileSync(join(cwd, 'one/a.yaml'), scenario({ envelope: '3333' }));
  await watch.shows('3,333.00', 'watching');
  // The folder of the link is not watched: the look of every second finds this.
  unlinkSync(join(cwd, 'now'));
  symlinkSync('two', join(cwd, 'now'));
  await watch.shows('2,222.00', 'watching');
  rmSync(join(cwd, 'two'), { recursive: true });
  await watch.shows('capex: cannot read `now/a.yaml`');
  mkdirSync(join(cwd, 'two'));
  copyFileSync(join(cwd, 'one/a.yaml'), join(cwd, 'two/a.yaml'));
  await watch.shows('3,333.00', 'watching');
  expect((await watch.stop()).code).toBe(130);
});

it.concurrent(
  'prints what `capex show` prints, with its options, once for each state',
  async () => {
    const cwd = folder({ 'a.yaml': scenario(), 'b.yaml': scenario({ id: 'other' }) });
    const options = ['--by', 'supplier', '--set', 'envelope=2000 CNY', '--lang', 'zh'];
    const watch = watching(cwd, ['a.yaml', 'b.yaml', ...options]);
    await watch.shows('正在监视 2 个文件：0 个错误');
    const shown = await Promise.all(
      ['a.yaml', 'b.yaml'].map((file) => capex(['show', file, ...options], { cwd })),
    );
    expect(watch.printed.out).toBe(shown.map(({ out }) => out).join(''));
    // Neither another file of the folder, nor a save without a change, is a change.
    writeFileSync(join(cwd, 'other.txt'), 'x');
    writeFileSync(join(cwd, 'a.yaml'), scenario());
    writeFileSync(join(cwd, 'b.yaml'), scenario({ id: 'other' }).replace('Maker', 'Builder'));
    await watch.shows('已改动：b.yaml', 'Builder', '正在监视');
    expect(watch.printed.err.match(/正在监视/g)).toHaveLength(2);
    expect((await watch.stop()).code).toBe(130);
  },
);

it.concurrent('with --quiet prints errors alone beside the tables', async () => {
  const cwd = folder({ 'a.yaml': scenario() });
  const watch = watching(cwd, ['a.yaml', '--quiet']);
  await watch.shows('1,000.00');
  writeFileSync(join(cwd, 'a.yaml'), scenario().replace('60%', '160%'));
  await watch.shows('error[');
  const { code, out, err } = await watch.stop();
  expect({ code, out }).toEqual({
    code: 130,
    out: (await capex(['show', 'a.yaml'], { cwd: folder({ 'a.yaml': scenario() }) })).out,
  });
  expect(err).toMatch(/^error\[[^]*capex: stopped\n$/);
  expect(err).not.toContain('watching');
});

it.concurrent('ends when nobody reads what it prints', async () => {
  const cwd = folder({ 'a.yaml': scenario() });
  const watch = watching(cwd, ['a.yaml']);
  await watch.shows('watching');
  watch.child.stdout!.destroy();
  writeFileSync(join(cwd, 'a.yaml'), scenario({ envelope: '2000' }));
  expect((await watch.done).code).toBe(0);
});

it.concurrent.each([
  ['none.yaml', 74, 'capex: cannot read `none.yaml`: there is no such file or folder\n'],
  ['pipe', 74, 'capex: cannot read `pipe`: it is not a plain file\n'],
  ['none.yaml --page', 74, 'capex: cannot read `none.yaml`: there is no such file or folder\n'],
])('ends at the beginning where a file cannot be read: %s', async (args, code, err) => {
  const cwd = folder();
  await run('mkfifo', [join(cwd, 'pipe')]).done;
  expect(await capex(['watch', ...args.split(' ')], { cwd })).toEqual({ code, out: '', err });
});

it.concurrent('says that another program uses a port', async () => {
  const cwd = folder({ 'a.yaml': scenario() });
  const first = watching(cwd, ['a.yaml', '--page']);
  await first.shows('watching');
  const { port } = new URL(first.printed.out);
  const { code, err } = await capex(['watch', 'a.yaml', '--page', '--port', port], { cwd });
  expect({ code, err }).toEqual({
    code: 74,
    err: `capex: cannot use port ${port}: another program uses it\n`,
  });
  await first.stop();
});

const hasScript = (await run('bash', ['-c', 'command -v script'], {}).done).code === 0;

it.skipIf(!hasScript).concurrent('a terminal shows the last state alone', async () => {
  const cwd = folder({ 'a.yaml': scenario() });
  const line = `'${process.execPath}' '${BIN}' watch a.yaml`;
  const { child, done } = run('script', ['-qec', line, '/dev/null'], {
    cwd,
    env: { TERM: 'xterm' },
  });
  let out = '';
  child.stdout!.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
  await until(
    () => out.includes('watching 1 file'),
    () => out,
  );
  expect(out).not.toContain(CLEAR);
  writeFileSync(join(cwd, 'a.yaml'), scenario({ envelope: '2000' }));
  await until(
    () => /2,000\.00[^]*watching 1 file/.test(out),
    () => out,
  );
  expect(out.split(CLEAR)).toHaveLength(2);
  child.stdin!.write('\u0003');
  expect((await done).code).toBe(130);
});

const CLEAR = '\u001b[H\u001b[2J';
