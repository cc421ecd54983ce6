/** Every command, option, script and package that the documents name exists, and every command is named. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PAGES, capex } from '../support/documents.js';

interface PackageJson {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

const PACKAGE = JSON.parse(readFileSync('package.json', 'utf8')) as PackageJson;
const README = readFileSync('README.md', 'utf8');
const HELP = capex(['--help']);
const COMMANDS = [...HELP.matchAll(/^ {2}capex (\S+)/gm)].map(([, name]) => name!);
const texts = PAGES.map((page) => [page, readFileSync(page, 'utf8')] as const);

it('the table of commands in the README has every command, each once', () => {
  const listed = [...README.matchAll(/^\| `capex (\S+).*?` /gm)].map(([, name]) => name!);
  expect(listed.toSorted()).toEqual(COMMANDS.toSorted());
});

describe('every name exists', () => {
  const options = COMMANDS.flatMap((command) => [
    ...capex([command, '--help']).matchAll(/(?<![\w-])--?[a-zA-Z][\w-]*/g),
  ]).map(([option]) => option);
  const known = new Set([...options, '--help']);

  it.each(texts)('%s names only commands and options that exist', (_, text) => {
    const lines = [...text.matchAll(/`(?:npx )?capex ([a-zA-Z][^`]*)`|npx capex (.+)$/gm)];
    const calls = lines.map(([, inline, block]) => (inline ?? block)!);
    const commands = calls.map((call) => call.split(' ')[0]!).filter((name) => name !== 'COMMAND');
    expect(commands.filter((name) => !COMMANDS.includes(name))).toEqual([]);
    const inline = [...text.matchAll(/`(--?[a-zA-Z][\w-]*)/g)].map(([, option]) => option!);
    const used = calls.flatMap((call) => call.match(/(?<=\s)--?[a-zA-Z][\w-]*/g) ?? []);
    expect([...inline, ...used].filter((option) => !known.has(option))).toEqual([]);
  });

  it.each(texts)('%s names only scripts of the package that exist', (_, text) => {
    const named = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name!);
    expect(named.filter((name) => !(name in PACKAGE.scripts))).toEqual([]);
  });
});

it('`npm start` prints the forecast that the README says', () => {
  expect(README).toContain('prints the forecast of scenarios/alibaba-380bn.yaml as CSV');
  expect(PACKAGE.scripts['start']).toMatch(
    /^node bin\/capex\.js run scenarios\/alibaba-380bn\.yaml/,
  );
});

it('the table of exit codes agrees with the help', () => {
  const guide = readFileSync('docs/guide.md', 'utf8');
  const listed = [...guide.matchAll(/^\| (\d+) +\|/gm)].map(([, code]) => code!);
  const help = HELP.slice(HELP.indexOf('Exit codes:'));
  expect(listed).toEqual(help.match(/\d+/g));
});

describe('DECISIONS.md', () => {
  const text = readFileSync('DECISIONS.md', 'utf8');

  it('counts every run-time dependency with its licence, and there are nine at most', () => {
    const rows = [...text.matchAll(/^\| `(\S+)` +\| (\S+) +\|/gm)];
    const licences = rows.map(([, name, licence]) => [name!, licence!] as const);
    const installed = Object.keys(PACKAGE.dependencies).map((name) => {
      const file = readFileSync(`node_modules/${name}/package.json`, 'utf8');
      return [name, (JSON.parse(file) as { license: string }).license] as const;
    });
    expect(Object.fromEntries(licences)).toEqual(Object.fromEntries(installed));
    expect(rows.length).toBeLessThanOrEqual(9);
  });

  it('has at most 8 KB and 40 entries, each with its date, the newest last', () => {
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(8192);
    const headings = text.match(/^## .*$/gm)!;
    expect(headings.length).toBeLessThanOrEqual(40);
    const dates = headings.map((heading) => /^## (\d{4}-\d\d-\d\d) · /.exec(heading)?.[1]);
    expect(dates).not.toContain(undefined);
    expect(dates).toEqual(dates.toSorted());
  });
});

it('the README has at most 200 lines', () => {
  expect(README.split('\n').length - 1).toBeLessThanOrEqual(200);
});
