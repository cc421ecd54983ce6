import { expect, it } from 'vitest';
import { ROOT, bash, capex, folder, lines } from '../support/capex.js';
import { watching } from '../support/watching.js';

const STUDIES = [
  'run',
  'show',
  'evidence',
  'explain',
  'sensitivity',
  'compare',
  'solve',
  'simulate',
  'materiality',
  'exposure',
  'triangulate',
  'backtest',
];
const COMMANDS = [
  ...STUDIES,
  'report',
  'watch',
  'check',
  'import',
  'inspect',
  'verify',
  'new',
  'schema',
  'completion',
];
/** Commands that print what they find to standard error. */
const SILENT = ['report', 'check', 'import', 'verify'];

it.concurrent('the help lists every command', async () => {
  const { code, out, err } = await capex(['--help']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const listed = [...out.matchAll(/^ {2}capex (\w+)/gm)].map(([, name]) => name);
  expect(listed).toEqual(COMMANDS);
});

it.concurrent('without a command, prints the help to standard error and exits with 2', async () => {
  const { code, out, err } = await capex([]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toBe((await capex(['--help'])).out);
});

it.concurrent.each(['--version', '-V'])('%s prints only the version', async (option) => {
  const { code, out } = await capex([option]);
  expect({ code, out }).toEqual({ code: 0, out: '0.1.0\n' });
});

it.concurrent.each(COMMANDS)(
  'capex %s --help fits 80 columns, and its example runs',
  async (name) => {
    const { code, out, err } = await capex([name, '--help'], {
      env: { LANG: 'zh_CN.UTF-8', LC_ALL: 'zh_CN.UTF-8' },
    });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Options:$/m);
    for (const line of lines(out)) expect(line.length, line).toBeLessThanOrEqual(80);

    const example = /^Examples?:\n {2}(capex [^]*)\n$/m.exec(out)?.[1];
    expect(example).toMatch(new RegExp(`^ *capex ${name}\\b`, 'm'));
    if (name === 'watch') return;
    const ran = await bash(`set -e; ${example!}`, { cwd: ROOT });
    expect(ran.code, ran.err).toBe(0);
    if (!SILENT.includes(name)) expect(lines(ran.out).length).toBeGreaterThan(1);
  },
);

it.concurrent('the example of capex watch runs until it is stopped', async () => {
  const { out } = await capex(['watch', '--help']);
  const [, example] = /^Example:\n {2}capex watch (.*)\n$/m.exec(out)!;
  const watch = watching(ROOT, example!.split(' '));
  await watch.shows('http://127.0.0.1:', 'watching 3 files: 0 errors');
  expect((await watch.stop()).code).toBe(130);
});

it.concurrent.each(['run -h', 'help run', 'run help'])(
  'capex %s prints the same help as --help',
  async (args) => {
    expect((await capex(args.split(' '))).out).toBe((await capex(['run', '--help'])).out);
  },
);

it.concurrent('the general help fits 80 columns', async () => {
  for (const line of lines((await capex(['--help'])).out))
    expect(line.length).toBeLessThanOrEqual(80);
});

it.concurrent('a Chinese locale changes neither messages nor numbers', async () => {
  const env = { LANG: 'zh_CN.UTF-8', LC_ALL: 'zh_CN.UTF-8', LANGUAGE: 'zh' };
  const both = async (args: string[]) => [await capex(args, { env }), await capex(args)];
  for (const args of [['rum'], ['run'], ['show', 'scenarios/alibaba-380bn.yaml']]) {
    const [chinese, plain] = await both(args);
    expect(chinese).toEqual(plain);
  }
});

it.concurrent('capex schema prints JSON', async () => {
  const { out } = await capex(['schema'], { cwd: folder() });
  expect(JSON.parse(out)).toHaveProperty('definitions.scenario.properties.scenario');
});

it.concurrent('notes of every command are in the language of the reader', async () => {
  const cwd = folder();
  const env = { CAPEX_LANG: 'zh_CN.UTF-8' };
  const noteOf = async (...words: readonly string[]) => (await capex(words, { cwd, env })).err;
  expect(await noteOf('new', 'a')).toMatch(
    /^已写入 a\.yaml：`capex show a\.yaml`\n已写入 scenario/,
  );
  expect(await noteOf('check', 'a.yaml')).toBe('1 个文件：0 个错误，0 个警告\n');
  expect(await noteOf('check', 'a.yaml', '--lang', 'en')).toBe('1 file: 0 errors, 0 warnings\n');
  expect(await noteOf('run', 'a.yaml', '-o', 'a.xlsx')).toMatch(/^已写入 a\.xlsx\n/);
  expect(await noteOf('import', 'a.xlsx', '--onto', 'a.yaml')).toBe('没有改动的输入\n');
  expect(await noteOf('verify', 'a.datapackage.json')).toBe('a.xlsx：已重新生成，逐字节一致\n');
  const wrong = await capex(['check', 'a.yaml', '--lang', 'cn'], { cwd });
  expect(wrong).toMatchObject({ code: 2, err: 'capex: --lang: write one of en, zh\n' });
});
