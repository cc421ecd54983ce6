import { mkdirSync, openSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { expect, it } from 'vitest';
import { BIN, ROOT, bash, capex, folder, lines, run, scenario } from '../support/capex.js';

const BAD = scenario({ id: 'bad' }).replace('60%', '160%');

const WRONG_USAGE: [args: string, says: string][] = [
  [
    'rum a.yaml',
    'there is no command `rum` (did you mean `run`?): the commands are run, show, evidence,',
  ],
  ['forecast a.yaml', 'there is no command `forecast`: the commands are run, show, evidence,'],
  ['help rum', 'there is no command `rum` (did you mean `run`?): the commands are run, show,'],
  ['rum --help', 'there is no command `rum` (did you mean `run`?): the commands are run, show,'],
  ['--quiet', 'a command comes first: the commands are run, show, evidence,'],
  ['- a.yaml', 'a command comes first: the commands are run, show, evidence,'],
  ['run', 'name scenario files; see `capex run --help`'],
  ['check', 'name scenario files; see `capex check --help`'],
  ['show', 'name a scenario file; see `capex show --help`'],
  ['new', 'name the id of the scenario; see `capex new --help`'],
  [
    'run a.yaml --bye',
    '`capex run` has no option `--bye` (did you mean `--by`?): its options are --by, --measure,',
  ],
  ['run a.yaml -x', '`capex run` has no option `-x`: its options are --by, --measure,'],
  ['check a.yaml -o b', '`capex check` has no option `-o`: its options are --resolved, --strict,'],
  ['completion --all', '`capex completion` has no option `--all`'],
  ['show a.yaml b.yaml', '`capex show` takes only <file>: `b.yaml` is one too many'],
  ['schema a.yaml', '`capex schema` takes no word after it: `a.yaml` is one too many'],
  ['schema -', '`capex schema` takes no word after it: `-` is one too many'],
  ['run - -', '`-` is standard input, which can be read once: name a file'],
  ['run a.yaml -o -', 'leave `-o -` out: the answer then goes to standard output'],
  ['run - -o x.csv', 'a file from -o has a manifest, which names the files'],
  ...['evidence -', 'explain - x', 'compare a.yaml -', 'import - --onto a.yaml', 'verify -'].map(
    (args): [args: string, says: string] => [
      args,
      '`-` is standard input, a scenario for run, show, check alone: name a file',
    ],
  ),
  ['import x.xlsx --onto -', '`-` is standard input, a scenario for run, show, check alone'],
  ['backtest a.yaml --actuals -', '`-` is standard input, a scenario for run, show, check alone'],
  ['run a.yaml --set', 'the option set needs a value; see `capex run --help`'],
  ['run a.yaml --by componet', '--by: `componet` is not a dimension; write `component`'],
  ['run a.yaml --measure cost', '--measure: `cost` is not a measure; write one of'],
  ['run a.yaml --currency RUB,XXQ', '--currency: `XXQ` is not an ISO 4217 currency'],
  ['run a.yaml --closure none', '--closure: write one of budget, volume, scale'],
  ['show a.yaml --by period,fiscal_year', '--by: takes the period or one group of time'],
  ['run a.yaml --wide --by component', '--wide: needs the period, or exactly one group of time'],
  ['run a.yaml --by period --by component', '--by is given 2 times'],
  ['run a.yaml --output x.csv -o y.csv', '--output is given 2 times'],
  ['run a.yaml --quiet=very', '--quiet takes no value'],
  ['run a.yaml --set fx.closure', '--set fx.closure: write PATH=VALUE'],
  ['run a.yaml -o x.ods', 'cannot write `x.ods`: use a name that ends in .csv, .json or .xlsx'],
  ['run a.yaml -o x', 'cannot write `x`: use a name that ends in .csv, .json or .xlsx'],
  ['run a.yaml --bom -o x.json', '--bom is for CSV only'],
  ['run a.yaml --by period -o x.xlsx', '--by is for tables'],
  [
    'sensitivity a.yaml -o x.xlsx',
    'cannot write `x.xlsx`: use a name that ends in .csv, .json or .svg, or write the workbook: `capex run a.yaml -o x.xlsx`',
  ],
  [
    'sensitivity $(id).yaml -o x.xlsx',
    "cannot write `x.xlsx`: use a name that ends in .csv, .json or .svg, or write the workbook: `capex run '$(id).yaml' -o x.xlsx`",
  ],
  ['run a.yaml -o x.svg', 'cannot write `x.svg`: use a name that ends in .csv, .json or .xlsx'],
  [
    'compare a.yaml b.yaml -o x.png',
    'cannot write `x.png`: use a name that ends in .csv, .json or .svg',
  ],
  ['watch a.yaml --port 8080', '--port is for a page: write --page too'],
  ['watch a.yaml --page --port 0', '--port 0: write a whole number from 1 to 65535'],
  ['watch a.yaml --page --port 8o', '--port 8o: write a whole number from 1 to 65535'],
  ['watch a.yaml --page --by period', '--by is for the terminal: a page has choices of its own'],
  ['watch a.yaml --page --set envelope', '--set envelope: write PATH=VALUE'],
  ['watch a.yaml --page --lang cn', '--lang: write one of en, zh'],
  ['watch -', '`-` is standard input, a scenario for run, show, check alone: name a file'],
  ['show a.yaml -o x.csv', 'cannot write `x.csv`: use a name that ends in .svg'],
  ['run a.yaml twin.yaml', 'two files have the scenario id `small`'],
];

it.concurrent.each(WRONG_USAGE)('wrong usage exits with 2: capex %s', async (args, says) => {
  const cwd = folder({ 'a.yaml': scenario(), 'twin.yaml': scenario() });
  const { code, out, err } = await capex(args.split(' '), { cwd });
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err.startsWith(`capex: ${says}`), err).toBe(true);
  expect(lines(err)).toHaveLength(1);
});

it('names the command that writes the workbook with the triangulation', async () => {
  const cwd = folder();
  const file = join(ROOT, 'scenarios/alibaba-units.yaml');
  const typed = ['triangulate', file, '--set', 'envelope=400bn CNY', '-o', 'x.xlsx'];
  const { err } = await capex(typed, { cwd });
  const [, remedy] = /the workbook: `capex ([^`]+)`\n$/.exec(err)!;
  const words = remedy!.match(/'[^']+'|\S+/g)!.map((word) => word.replaceAll("'", ''));
  expect(words).toEqual(['run', ...typed.slice(1)]);
  expect((await capex(words, { cwd })).code).toBe(0);
  const { sheets } = await readXlsx(readFileSync(join(cwd, 'x.xlsx')));
  expect(sheets.map(({ name }) => name)).toContain('Triangulation');
});

const FAILED_FILES: [args: string, says: string][] = [
  ['run none.yaml', 'cannot read `none.yaml`: there is no such file or folder'],
  ['check a.yaml none.yaml', 'cannot read `none.yaml`: there is no such file or folder'],
  ['show .', 'cannot read `.`: it is a folder'],
  ['run a.yaml/b.yaml', 'cannot read `a.yaml/b.yaml`: part of the path is not a folder'],
  ['run a.yaml -o no/x.csv', 'cannot write `no/x.csv`: there is no such file or folder'],
  ['run a.yaml -o a.yaml/x.csv', 'cannot write `a.yaml/x.csv`: part of the path is not a folder'],
  ['run a.yaml -o folder.csv', 'cannot write `folder.csv`: it is a folder'],
  ['run a.yaml -o link.csv', 'cannot write `link.csv`: it is a symbolic link'],
];

it.concurrent.each(FAILED_FILES)('a failed file exits with 74: capex %s', async (args, says) => {
  const cwd = folder({ 'a.yaml': scenario(), 'target.csv': 'old' });
  mkdirSync(join(cwd, 'folder.csv'));
  symlinkSync('target.csv', join(cwd, 'link.csv'));
  const { code, out, err } = await capex([...args.split(' '), '--quiet'], { cwd });
  expect({ code, out, err }).toEqual({ code: 74, out: '', err: `capex: ${says}\n` });
});

it.concurrent.each([
  ['run', ['run', 'a.yaml', '--quiet']],
  ['schema', ['schema']],
  ['help', ['--help']],
  ['the version', ['--version']],
])('standard output on a full disk exits with 74: %s', async (_, args) => {
  const cwd = folder({ 'a.yaml': scenario() });
  const { code, err } = await capex(args, {
    cwd,
    stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
  });
  const said = 'capex: cannot write to standard output: the disk is full\n';
  expect({ code, err }).toEqual({ code: 74, err: said });
});

it.concurrent('success exits with 0', async () => {
  const cwd = folder({ 'a.yaml': scenario() });
  expect((await capex(['check', 'a.yaml'], { cwd })).code).toBe(0);
});

it.concurrent(
  'prints the forecast of a scenario with warnings alone, and exits with 0',
  async () => {
    const cwd = folder({ 'a.yaml': scenario() });
    const { code, out, err } = await capex(['run', 'a.yaml'], { cwd });
    expect(code).toBe(0);
    expect(lines(out)).toHaveLength(35);
    expect(err).toMatch(/^warning\[lag-reaches-back\]/);
  },
);

it.concurrent('--strict turns a warning into an error', async () => {
  const high = (...options: string[]) =>
    capex(['check', 'scenarios/alibaba-high.yaml', ...options, '--quiet']);
  expect(await high()).toEqual({ code: 0, out: '', err: '' });
  const { code, out, err } = await high('--strict');
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(/^error\[yearly-range\] FY2028: /);
});

it.concurrent.each(['run', 'check'])(
  'a scenario with errors exits with 1 and prints no data: %s',
  async (name) => {
    const cwd = folder({ 'a.yaml': scenario(), 'bad.yaml': BAD });
    const { code, out, err } = await capex([name, 'a.yaml', 'bad.yaml'], { cwd });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('bad.yaml:7:');
  },
);

it.concurrent('errors caused by an option exit with 1', async () => {
  const cwd = folder({ 'a.yaml': scenario() });
  const { code, out, err } = await capex(['run', 'a.yaml', '--currency', 'EUR'], { cwd });
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain('error[rate-missing]');
});

it.concurrent(
  'check counts errors and warnings, and accepts two files with one scenario id',
  async () => {
    const cwd = folder({ 'a.yaml': scenario(), 'twin.yaml': scenario() });
    const { code, err } = await capex(['check', 'a.yaml', 'twin.yaml'], { cwd });
    expect({ code, last: lines(err).at(-1) }).toEqual({
      code: 0,
      last: '2 files: 0 errors, 2 warnings',
    });
  },
);

it.concurrent('an interrupt exits with 130', async () => {
  const cwd = folder();
  const line = `mkfifo slow.yaml; set -m; '${process.execPath}' '${BIN}' run slow.yaml &
    sleep 0.6; kill -INT $!; wait $!; echo $?`;
  expect((await bash(line, { cwd })).out).toBe('130\n');
});

it.concurrent('reads a file whose name begins with a dash after two dashes', async () => {
  const cwd = folder({ '-a.yaml': scenario() });
  expect((await capex(['check', '--quiet', '--', '-a.yaml'], { cwd })).code).toBe(0);
});

it.concurrent('shows the stack of a bug, and does not call it wrong usage', async () => {
  const script = `
    import { STUDIES } from '${BIN.replace('bin/capex.js', 'dist/index.js')}';
    import { main } from '${BIN.replace('bin/capex.js', 'dist/cli/main.js')}';
    STUDIES[0].run = () => { throw new TypeError('a bug'); };
    await main(['run', 'a.yaml', '--quiet']);`;
  const cwd = folder({ 'a.yaml': scenario() });
  const { code, err } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd })
    .done;
  expect(code).toBe(1);
  expect(err).toMatch(/TypeError: a bug\n\s+at /);
});

it.concurrent('solve without a solution exits with 1, and still prints what it found', async () => {
  const cwd = folder({ 'a.yaml': scenario() });
  const solve = (target: string, ...more: string[]) =>
    capex(
      ['solve', 'a.yaml', '--for', 'envelope', '--low=1 CNY', '--high=2000 CNY', ...more].concat(
        '--target',
        target,
      ),
      { cwd },
    );
  const found = await solve('servers=900 CNY');
  expect({ code: found.code, rows: lines(found.out).length }).toEqual({ code: 0, rows: 2 });
  const none = await solve('servers=1201 CNY');
  expect({ code: none.code, rows: lines(none.out).length }).toEqual({ code: 1, rows: 3 });
  expect(none.err).toContain('none: no value of envelope');
  const { code, out, err } = await solve('servers=1201 CNY', '-o', 'x.json');
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain('wrote x.json\n');
  expect(readFileSync(join(cwd, 'x.json'), 'utf8')).toContain('"verdict": "none"');
  expect((await capex(['verify', 'x.datapackage.json'], { cwd })).code).toBe(0);
});
