/** Manifests: written beside an output file, and checked by `capex verify`. */
import {
  cpSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CliArguments } from '../../src/cli/cliArguments.js';
import { writeWithManifest } from '../../src/cli/manifestFiles.js';
import { fileReader } from '../../src/cli/readFiles.js';
import { answerRequest } from '../../src/cli/request.js';
import { verifyManifest } from '../../src/cli/verify.js';
import { writeDiagnostics } from '../../src/formats/diagnosticText.js';
import { STUDIES } from '../../src/studies/studies.js';
import { ROOT, capex, folder, scenario } from '../support/capex.js';

const GIVEN: CliArguments = {
  ...{ files: [], set: [], output: undefined, bom: false, force: false },
  ...{ quiet: true, noColor: true, options: {} },
};

/** Writes files as the command does, in this process, which is faster. */
async function written(
  study: string,
  given: Partial<CliArguments> & { readonly output: string },
): Promise<void> {
  const question = STUDIES.find(({ name }) => name === study)!;
  const whole = { ...GIVEN, ...given };
  const reader = fileReader();
  const { answer, ...asked } = await answerRequest(question, whole, reader);
  await writeWithManifest(given.output, question, whole, { ...asked, answer: answer! }, reader);
}

async function problemsOf(manifest: string, root?: string): Promise<readonly string[]> {
  return (await verifyManifest(manifest, root)).flatMap(({ problems }) => problems);
}

/** A new folder with the shipped scenarios and all files that they name. */
function shipped(): string {
  const path = folder();
  cpSync(join(ROOT, 'scenarios'), path, { recursive: true });
  return path;
}

interface Described {
  readonly resources: readonly {
    readonly path: string;
    readonly schema?: { readonly fields: readonly { readonly name: string }[] };
    readonly scenarios: readonly object[];
    readonly rebuild: { readonly inputs: readonly { readonly path: string }[] };
  }[];
}

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Described;

const NAMES = ['380bn', 'domestic', 'high', 'low', 'rolling', 'weak-yuan'].map(
  (name) => `alibaba-${name}`,
);

describe.each(NAMES)('%s', (name) => {
  const cwd = shipped();
  const manifest = join(cwd, 'out', `${name}.datapackage.json`);
  mkdirSync(join(cwd, 'out'));
  beforeAll(async () => {
    for (const ending of ['csv', 'json']) {
      await written('run', {
        files: [join(cwd, `${name}.yaml`)],
        output: join(cwd, 'out', `${name}.${ending}`),
        options: { by: 'period,component', currency: 'CNY' },
        set: ['phasing=even'],
      });
    }
  });
  const files = () => {
    const { resources } = read(manifest);
    const inputs = resources.flatMap(({ rebuild }) => rebuild.inputs.map(({ path }) => path));
    return [...new Set([...inputs, ...resources.map(({ path }) => path)])];
  };

  it('is computed again from its manifest, as CSV and as JSON', async () => {
    expect(await verifyManifest(manifest, cwd)).toHaveLength(2);
    expect(await problemsOf(manifest, cwd)).toEqual([]);
  });

  it('fails on one changed byte of any input or output, and names the file', async () => {
    expect(files().length).toBeGreaterThan(3);
    for (const path of files().map((file) => join(cwd, 'out', file))) {
      const bytes = readFileSync(path);
      const changed = Buffer.from(bytes);
      const at = Math.floor(bytes.length / 2);
      changed[at] = changed[at]! ^ 1;
      writeFileSync(path, changed);
      const told = (await verifyManifest(manifest, cwd)).flatMap(({ file, problems }) =>
        problems.map((text) => `${file}: ${text}`),
      );
      expect(told.join('\n')).toContain(path);
      writeFileSync(path, bytes);
    }
    expect(await problemsOf(manifest, cwd)).toEqual([]);
  });

  it('is valid after its folder was moved', async () => {
    const elsewhere = join(folder(), 'moved');
    renameSync(cwd, elsewhere);
    const moved = join(elsewhere, 'out', `${name}.datapackage.json`);
    expect(await problemsOf(moved, elsewhere)).toEqual([]);
    renameSync(elsewhere, cwd);
  });
});

/** The options that a study requires. */
const NEEDED: Readonly<Record<string, CliArguments['options']>> = {
  backtest: { actuals: join(ROOT, 'scenarios/actuals/alibaba-capex.csv'), basis: 'headline' },
  explain: { cell: 'servers/inspur:revenue' },
  solve: { for: 'envelope', target: 'servers:demand=60bn' },
};

it('describes every column of every study', async () => {
  const cwd = shipped();
  for (const { name, text, example } of STUDIES) {
    if (text === 'only') continue;
    const [, ...words] = example.match(/'[^']*'|\S+/g)!;
    const files = words.filter((word) => /^scenarios.*yaml$/.test(word));
    const options = NEEDED[name] ?? {};
    const output = join(cwd, `${name}.csv`);
    await written(name, { files: files.map((file) => join(ROOT, file)), output, options });
    const { fields } = read(join(cwd, `${name}.datapackage.json`)).resources[0]!.schema!;
    for (const field of fields) expect(field, name).toHaveProperty('description');
  }
});

it('equal arguments write equal manifests, whatever files existed before', async () => {
  const cwd = shipped();
  const files = [join(cwd, 'alibaba-low.yaml')];
  const write = (ending: string) => written('run', { files, output: join(cwd, `x.${ending}`) });
  const manifest = () => readFileSync(join(cwd, 'x.datapackage.json'), 'utf8');
  await write('csv');
  await write('json');
  const first = manifest();
  await write('csv');
  expect(manifest()).toBe(first);
  rmSync(join(cwd, 'x.datapackage.json'));
  await write('json');
  await write('csv');
  expect(manifest()).toBe(first);
  rmSync(join(cwd, 'x.json'));
  await write('csv');
  expect(read(join(cwd, 'x.datapackage.json')).resources.map(({ path }) => path)).toEqual([
    'x.csv',
  ]);
});

describe('capex verify', () => {
  it.concurrent('runs from any folder, and says what has changed', async () => {
    const cwd = folder({ 'a.yaml': scenario() });
    const args = ['run', 'a.yaml', '-o', 'x.json', '--by', 'component', '--set', 'phasing=even'];
    expect((await capex(args, { cwd })).code).toBe(0);
    const manifest = join(cwd, 'x.datapackage.json');
    expect(await capex(['verify', manifest])).toEqual({
      code: 0,
      out: '',
      err: `${join(cwd, 'x.json')}: made again, byte for byte\n`,
    });
    writeFileSync(join(cwd, 'x.json'), readFileSync(join(cwd, 'x.json'), 'utf8').replace('1', '2'));
    const changed = await capex(['verify', 'x.datapackage.json'], { cwd });
    expect(changed.code).toBe(1);
    expect(changed.err).toBe(
      'x.json: the file differs from the one that the manifest describes\n' +
        'x.json: line 2 is `  "engine": "capex-engine 0.2.0",`; made again, it is ' +
        '`  "engine": "capex-engine 0.1.0",`\n',
    );
  });

  it.concurrent(
    'names another engine version that wrote the file, and compares all the same',
    async () => {
      const cwd = folder({ 'a.yaml': scenario() });
      await capex(['run', 'a.yaml', '-o', 'x.csv'], { cwd });
      const manifest = join(cwd, 'x.datapackage.json');
      writeFileSync(
        manifest,
        readFileSync(manifest, 'utf8').replace('engine 0.1.0', 'engine 0.0.9'),
      );
      expect(await capex(['verify', manifest, '--quiet'], { cwd })).toEqual({
        code: 0,
        out: '',
        err: `${join(cwd, 'x.csv')}: written by capex-engine 0.0.9, this is capex-engine 0.1.0\n`,
      });
    },
  );

  it.concurrent.each(['x.csv', 'a.yaml', 'x.datapackage.json'])(
    'exits with 74 if %s is missing',
    async (name) => {
      const cwd = folder({ 'a.yaml': scenario() });
      await capex(['run', 'a.yaml', '-o', 'x.csv'], { cwd });
      rmSync(join(cwd, name));
      expect(await capex(['verify', 'x.datapackage.json'], { cwd })).toEqual({
        code: 74,
        out: '',
        err: `capex: cannot read \`${name}\`: there is no such file or folder\n`,
      });
    },
  );

  it.concurrent('writes the same file and manifest in any time zone and locale', async () => {
    const environments = [
      { TZ: 'UTC', LC_ALL: 'en_US.UTF-8' },
      { TZ: 'Asia/Kathmandu', LC_ALL: 'zh_CN.UTF-8' },
      { TZ: 'America/St_Johns', LC_ALL: 'zh_CN.UTF-8' },
    ];
    const manifests = environments.map(async (env) => {
      const cwd = folder({ 'a.yaml': scenario() });
      await capex(['run', 'a.yaml', '-o', 'x.csv'], { cwd, env });
      return readFileSync(join(cwd, 'x.datapackage.json'), 'utf8');
    });
    expect(new Set(await Promise.all(manifests)).size).toBe(1);
  });

  it.concurrent.each(['{', '{}', '{"resources":[{"path":"a.yaml"}]}'])(
    'rejects a file that is no manifest: %s',
    async (text) => {
      const cwd = folder({ 'm.json': text });
      const { code, err } = await capex(['verify', 'm.json'], { cwd });
      expect({ code, err }).toEqual({
        code: 1,
        err: 'capex: `m.json` is not a manifest of this command\n',
      });
    },
  );
});

interface Changed {
  path: string;
  rebuild: {
    study: string;
    files: string[];
    options: Record<string, unknown>;
    inputs: { path: string; name?: string; bytes: number; hash: string }[];
  };
}

/** Changes a manifest as a stranger could. */
function change(manifest: string, edit: (resource: Changed, cwd: string) => void): void {
  const document = JSON.parse(readFileSync(manifest, 'utf8')) as { resources: [Changed] };
  edit(document.resources[0], dirname(manifest));
  writeFileSync(manifest, JSON.stringify(document));
}

const UNKNOWN = { bytes: 21, hash: `sha256:${'0'.repeat(64)}` };
const OUTSIDE = 'is outside the folder of the manifest, so it is not read';
const UNLISTED = 'secret.txt`, so it is not read';

const STRANGE: [name: string, edit: (resource: Changed, cwd: string) => void, told: string][] = [
  ['an output outside its tree', (one) => void (one.path = '../y.csv'), OUTSIDE],
  [
    'an input outside its tree',
    ({ rebuild }) => rebuild.inputs.push({ path: '../../etc/passwd', ...UNKNOWN }),
    OUTSIDE,
  ],
  [
    'an input behind a link that leads out',
    ({ rebuild }) => rebuild.inputs.push({ path: 'link.txt', ...UNKNOWN }),
    OUTSIDE,
  ],
  [
    'a scenario that it does not list',
    ({ rebuild }, cwd) => (rebuild.files = [join(cwd, 'secret.txt')]),
    UNLISTED,
  ],
  [
    'an option with a file that it does not list',
    ({ rebuild }, cwd) => {
      rebuild.study = 'backtest';
      rebuild.options = { actuals: join(cwd, 'secret.txt') };
    },
    UNLISTED,
  ],
  [
    'an input with another digest',
    ({ rebuild }, cwd) => {
      rebuild.files = [join(cwd, 'secret.txt')];
      rebuild.inputs.push({ path: 'secret.txt', name: rebuild.files[0]!, ...UNKNOWN });
    },
    'secret.txt` has changed since then',
  ],
  ['no scenario', ({ rebuild }) => (rebuild.files = []), 'takes another number of scenarios: 0'],
  ['a study of another version', ({ rebuild }) => (rebuild.study = 'guess'), 'there is no study'],
  [
    'an option with a wrong value',
    ({ rebuild }) => (rebuild.options = { by: 'nothing' }),
    '--by: `nothing` is not a dimension',
  ],
];

it.each(STRANGE)('fails on a manifest with %s, and shows no line of it', async (...row) => {
  const [, edit, told] = row;
  const secret = 'the password is 1234\n';
  const outside = folder({ 'out.txt': secret });
  const cwd = folder({ 'a.yaml': scenario(), 'secret.txt': secret });
  symlinkSync(join(outside, 'out.txt'), join(cwd, 'link.txt'));
  await written('run', { files: [join(cwd, 'a.yaml')], output: join(cwd, 'x.csv') });
  const manifest = join(cwd, 'x.datapackage.json');
  change(manifest, edit);
  const [verdict] = await verifyManifest(manifest);
  const { problems, diagnostics } = verdict!;
  expect(problems.join()).toContain(told);
  expect(problems.join() + writeDiagnostics(diagnostics)).not.toContain('password');
});

it('does not read a file that a listed file names and the manifest does not', async () => {
  const cwd = folder({ 'a.yaml': scenario(), 'b.yaml': 'scenario: b\nextends: a.yaml\n' });
  await written('run', { files: [join(cwd, 'b.yaml')], output: join(cwd, 'x.csv') });
  const manifest = join(cwd, 'x.datapackage.json');
  change(manifest, ({ rebuild }) => {
    rebuild.inputs = rebuild.inputs.filter(({ path }) => path !== 'a.yaml');
  });
  expect((await problemsOf(manifest)).join()).toContain('a.yaml`, so it is not read');
});

it('shows why a file cannot be made again from inputs that are as they were', async () => {
  const cwd = folder({ 'a.yaml': scenario() });
  await written('run', { files: [join(cwd, 'a.yaml')], output: join(cwd, 'x.csv') });
  const manifest = join(cwd, 'x.datapackage.json');
  change(manifest, ({ rebuild }) => (rebuild.options = { currency: 'EUR' }));
  const [verdict] = await verifyManifest(manifest);
  expect(verdict!.problems).toEqual(['it cannot be made again']);
  expect(verdict!.diagnostics.map(({ code }) => code)).toContain('rate-missing');
});

it.concurrent('says which --root reads inputs beside the folder of the manifest', async () => {
  const cwd = folder({ 'a.yaml': scenario() });
  mkdirSync(join(cwd, 'out'));
  await capex(['run', 'a.yaml', '-o', 'out/x.csv'], { cwd });
  const refused = await capex(['verify', 'out/x.datapackage.json'], { cwd });
  expect(refused).toEqual({
    code: 1,
    out: '',
    err:
      'out/x.csv: `a.yaml` is outside the folder of the manifest, so it is not read; ' +
      '`--root .` allows it\n',
  });
  const allowed = await capex(['verify', 'out/x.datapackage.json', '--root', '.'], { cwd });
  expect(allowed.code).toBe(0);
});

it.concurrent('fails on a manifest that describes nothing', async () => {
  const cwd = folder({ 'm.json': '{ "resources": [] }' });
  const { code, err } = await capex(['verify', 'm.json'], { cwd });
  expect({ code, err }).toEqual({
    code: 1,
    err: 'capex: `m.json` is not a manifest of this command\n',
  });
});
