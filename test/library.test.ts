/** The library as users install it: packed, typed, reduced to what is imported, and run by its examples. */
import { build, type BuildOptions } from 'esbuild';
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Script, createContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { publint } from 'publint';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PAGES } from './support/documents.js';

const folder = mkdtempSync(join(tmpdir(), 'capex-library-'));
const installed = join(folder, 'node_modules/capex-engine');
let tarball: string;

/** Installs the packed file as `npm install` would, without a network. */
beforeAll(() => {
  const packing = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
  tarball = join(folder, execFileSync('npm', packing, { encoding: 'utf8' }).trim());
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
  for (const name of readdirSync('node_modules')) {
    symlinkSync(join(process.cwd(), 'node_modules', name), join(folder, 'node_modules', name));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CHROMIUM = spawnSync('chromium', ['--version']).status === 0;

function capex(...args: readonly string[]): string {
  return execFileSync(process.execPath, ['bin/capex.js', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** A script that imports the installed library, bundled for browsers. */
async function bundled(contents: string, options: BuildOptions = {}) {
  const { outputFiles, metafile } = await build({
    ...{ stdin: { contents, resolveDir: folder }, bundle: true, write: false, minify: true },
    ...{ format: 'esm', metafile: true, charset: 'utf8', logLevel: 'error' },
    ...options,
  });
  const used = Object.entries(Object.values(metafile!.outputs)[0]!.inputs);
  const files = used.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([name]) => name);
  return { code: outputFiles![0]!.text, files };
}

const TYPED = `
import { ask, load, sensitivity, writeCsv, type Diagnostic } from 'capex-engine';

export function forecast(text: string): string | readonly Diagnostic[] {
  const { scenario, diagnostics } = load(text);
  if (!scenario) return diagnostics;
  const answer = ask(sensitivity, [scenario], { of: 'h3c:revenue' });
  // @ts-expect-error -- an option that the study does not have
  ask(sensitivity, [scenario], { off: 'h3c:revenue' });
  return answer.ok ? writeCsv(answer.value.table!) : answer.diagnostics;
}
`;

describe('the package', () => {
  it('has no problem that publint reports', async () => {
    const { messages } = await publint({ pkgDir: installed, pack: false, strict: true });
    expect(messages).toEqual([]);
  });

  it('has types for every way to import it', () => {
    const attw = ['node_modules/@arethetypeswrong/cli/dist/index.js', tarball];
    const found = spawnSync(process.execPath, [...attw, '--profile', 'esm-only', '-f', 'json'], {
      encoding: 'utf8',
    });
    expect(found.status, found.stdout).toBe(0);
  });

  it('compiles where it is imported, and its types know the options of a study', () => {
    const file = join(folder, 'forecast.mts');
    writeFileSync(file, TYPED);
    const program = ts.createProgram([file], {
      ...{ strict: true, skipLibCheck: false, noEmit: true, types: [] },
      ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext },
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
    });
    const found = ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText);
    expect(found).toEqual([]);
  });

  it('has the files that the documents name, and the commands of the README run in its folder', () => {
    const readme = readFileSync('README.md', 'utf8');
    const copies = [...readme.matchAll(/^cp -R node_modules\/capex-engine\/\w+ \./gm)];
    expect(copies).toHaveLength(2);
    for (const [line] of copies) execFileSync('sh', ['-c', line], { cwd: folder });
    const named = PAGES.flatMap((page) =>
      [...readFileSync(page, 'utf8').matchAll(/\bnpx .*/g)].flatMap(
        ([line]) => line.match(/\b(scenarios|examples)\/[\w./-]+\.\w+/g) ?? [],
      ),
    );
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((name) => !existsSync(join(folder, name)))).toEqual([]);
    const lines = [...readme.matchAll(/^\$ npx (capex .*)/gm)].map(([, line]) => line!);
    expect(lines.length).toBeGreaterThan(2);
    const command = join(installed, 'bin/capex.js');
    const shell = `capex() { "${process.execPath}" "${command}" "$@"; }`;
    for (const line of lines) {
      const { status, stderr } = spawnSync('sh', ['-c', `${shell}; ${line}`], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect({ line, status, stderr }).toMatchObject({ line, status: 0 });
    }
  });

  it('has only code that runs, and documents', () => {
    expect(readdirSync(installed).sort()).toEqual([
      ...[
        'ARCHITECTURE.md',
        'CHANGELOG.md',
        'DECISIONS.md',
        'LICENSE',
        'README.md',
        'README.zh-CN.md',
      ],
      ...['bin', 'dist', 'docs', 'examples', 'package.json', 'scenarios'],
    ]);
  });
});

describe('a bundle', () => {
  it.each([
    ['allocate', ['core']],
    ['writeCsv', ['formats', 'core']],
    ['load', ['scenario', 'model', 'core']],
    ['project', ['projection', 'scenario', 'plan', 'model', 'core']],
  ])('of %s has code only from %s', async (name, rooms) => {
    const { files } = await bundled(`import { ${name} } from 'capex-engine'; ${name}();`);
    const own = files.flatMap((file) => /capex-engine\/dist\/(\w+)\//.exec(file)?.[1] ?? []);
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter((room) => !rooms.includes(room))).toEqual([]);
  });

  it('of one study leaves out the others', async () => {
    const { files } = await bundled(
      `import { sensitivity } from 'capex-engine'; sensitivity.run();`,
    );
    const studies = files.flatMap((file) => /dist\/studies\/(\w+)\//.exec(file)?.[1] ?? []);
    expect(studies).toContain('sensitivity');
    expect(studies).not.toContain('simulate');
    expect(studies).not.toContain('backtest');
  });
});

it('the README states the sizes of bundles', async () => {
  const readme = readFileSync('README.md', 'utf8');
  const [, script] = /^```js\n([^]*?)^```$/m.exec(readme)!;
  const sizes = [`import { allocate } from 'capex-engine'; allocate();`, script!].map((text) =>
    bundled(text),
  );
  const [least, example] = (await Promise.all(sizes)).map(
    ({ code }) => gzipSync(code, { level: 9 }).length / 1000,
  );
  expect(readme).toContain(`\`allocate\` alone is ${least!.toFixed(1)} kB gzipped`);
  const [, told] = /this example (\d+) kB/.exec(readme)!;
  expect(Math.abs(example! - Number(told))).toBeLessThan(5);
});

describe('the example', () => {
  it('of Node computes the growth of the revenue printed by the command', () => {
    copyFileSync('examples/forecast.mjs', join(folder, 'forecast.mjs'));
    const args = ['scenarios/alibaba-380bn.yaml', 'h3c'] as const;
    const printed = execFileSync(process.execPath, [join(folder, 'forecast.mjs'), ...args], {
      encoding: 'utf8',
    });
    const by = ['--by', 'fiscal_year,supplier', '--measure', 'revenue'];
    const rows = capex('run', args[0], ...by)
      .split('\n')
      .map((line) => line.split(','))
      .filter(([, , supplier]) => supplier === args[1]);
    expect(rows.length).toBeGreaterThan(2);
    const growths = rows.map(([, , , , , value], i) => {
      if (i === 0) return '';
      const [before, now] = [rows[i - 1]![5]!, value!].map((one) => BigInt(one.replace('.', '')));
      return tenThousandths((now! - before!) * 10_000n, before!);
    });
    const lines = rows.map(([, year, , , , value], i) => `${year!},${value!},${growths[i]!}`);
    expect(printed).toBe(['fiscal_year,revenue,growth', ...lines, ''].join('\n'));
  });

  const page = readFileSync('examples/browser/page.js', 'utf8');

  it('of a browser runs in a context with nothing but a page', async () => {
    const { code } = await bundled(page, { format: 'iife' });
    const elements = { textarea: { value: '', addEventListener: () => undefined }, pre: {} };
    const document = { querySelector: (name: keyof typeof elements) => elements[name] };
    const bare = createContext({ document }, { codeGeneration: { strings: false, wasm: false } });
    new Script(code).runInContext(bare);
    expect(elements.pre).toEqual({ textContent: forecastOfPage() });
  });

  it.skipIf(!CHROMIUM)('of a browser runs in Chromium, where that is installed', async () => {
    const { code } = await bundled(page);
    const html = readFileSync('examples/browser/index.html');
    const server = createServer(({ url }, response) => {
      const isScript = url === '/bundle.js';
      const type = isScript ? 'text/javascript' : 'text/html';
      response.setHeader('Content-Type', `${type}; charset=utf-8`).end(isScript ? code : html);
    }).listen(0, '127.0.0.1');
    try {
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const profile = `--user-data-dir=${join(folder, 'profile')}`;
      const flags = ['--headless', '--no-sandbox', '--disable-gpu', profile, '--dump-dom'];
      const shown = await promisify(execFile)('chromium', [...flags, `http://127.0.0.1:${port}/`]);
      expect(shown.stdout).toContain(`<pre>${forecastOfPage()}</pre>`);
    } finally {
      server.close();
    }
  });

  /** A quotient, rounded half up in size, as a decimal of four places. */
  function tenThousandths(n: bigint, d: bigint): string {
    const size = n < 0n ? -n : n;
    const digits = String((2n * size + d) / (2n * d)).padStart(5, '0');
    return `${n < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
  }

  /** The forecast of the scenario in the page, by the command. */
  function forecastOfPage(): string {
    const [, text] = /EXAMPLE = `([^`]*)`/.exec(page)!;
    const file = join(folder, 'page.yaml');
    writeFileSync(file, text!);
    const by = ['--by', 'fiscal_year,component,supplier', '--measure', 'demand'];
    const [, ...rows] = capex('run', file, ...by)
      .trimEnd()
      .split('\n');
    const cells = rows.map((row) => row.split(','));
    return cells
      .map(([, year, component, supplier, , unit, value]) => {
        return `${[year, component, supplier, value, unit].join(' ')}\n`;
      })
      .join('');
  }
});
