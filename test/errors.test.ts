/** The error gallery: one bad file and its message each, and the limits of what may be in a file. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readBeside, readText } from './support/files.js';
import { DIAGNOSTIC_CODES, hasErrors, type Diagnostic } from '../src/core/text/diagnostic.js';
import type { ReadFile } from '../src/core/text/source.js';
import { workbook } from '../src/workbook/book.js';
import { importChanges } from '../src/workbook/import/importChanges.js';
import { compile } from '../src/projection/compile.js';
import { load } from '../src/scenario/load.js';
import type { Scenario } from '../src/scenario/scenario.js';
import { failedChecks } from '../src/studies/check/failedChecks.js';
import { compare } from '../src/studies/compare/compare.js';
import { plausibilityWarnings } from '../src/studies/check/plausibility.js';
import { forecast } from '../src/studies/forecast/forecast.js';
import { simulate } from '../src/studies/simulate/simulate.js';
import { MOST_SHOWN, writeDiagnostics } from '../src/formats/diagnosticText.js';
import { asEdited } from './support/workbookEdits.js';
import { loaded } from './support/cells.js';

const FOLDER = new URL('errors/', import.meta.url).pathname;
const ENTRIES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .sort();

/** `sum.too-little.yaml` shows the code `sum`. */
const codeOf = (name: string) => name.split('.')[0]!;

/** What a user would see of a file, and whether a forecast could be made of it. */
function outcome(name: string) {
  const text = readText(FOLDER + name);
  if (typeof text !== 'string') return { diagnostics: [renamed(text, name)], isForecast: false };
  const given = optionsOf(text);
  const { scenario, diagnostics } = load(text, { name, set: given('set'), read });
  const result = scenario ? asked(scenario, given) : [];
  const isForecast = 'notes' in result;
  const found =
    isForecast && scenario ? plausibilityWarnings(scenario) : (result as readonly Diagnostic[]);
  return { diagnostics: [...diagnostics, ...found], isForecast };
}

/** Ledgers and parents lie below the gallery, and are called as they would be from there. */
const read: ReadFile = (request) => {
  const found = readBeside({ ...request, from: FOLDER + request.from });
  return 'text' in found ? { ...found, name: found.name.replace(FOLDER, '') } : found;
};

type Options = (option: string) => string[];

/** Options of the command line, from a first line such as `# --set fx.closure=volume`. */
function optionsOf(text: string): Options {
  const [first = ''] = text.split('\n');
  const given = [...first.matchAll(/--(\w+) (\S+)/g)];
  return (option) => given.flatMap(([, name, value]) => (name === option ? [value!] : []));
}

/** What the checks of a scenario say, else its forecast, its comparison with another file, or a simulation. */
function asked(scenario: Scenario, given: Options) {
  if (given('edit').length > 0) return editedBack(scenario, given);
  const failed = failedChecks(scenario);
  if (failed.length > 0) return failed;
  const [[currency], [by]] = [given('currency'), given('by')];
  const [[other], [of]] = [given('compare'), given('of')];
  if (other !== undefined) {
    return compare.run([loaded(readText(FOLDER + other) as string), scenario], { bridge: true });
  }
  if (of !== undefined) return simulate.run([scenario], simulate.options.parse({ of: [of] }));
  return forecast.run([scenario], forecast.options.parse({ currency, by }));
}

/** What is said where a workbook of the scenario comes back with these in its cells. */
function editedBack({ tree }: Scenario, given: Options) {
  const { name, text } = tree.span.source;
  const args = given('set').flatMap((one) => ['--set', one]);
  const { scenario } = load(text, { name, read, set: given('set') });
  const edits = given('edit').map((one) => /^(.*)!([A-Z]+)(\d+)=(.*)$/.exec(one)!.slice(1));
  const book = asEdited(workbook([compile(scenario!)], args), edits);
  const { diagnostics, files } = importChanges(book, [{ name, text }], read);
  return files.length > 0 ? { notes: [] } : diagnostics;
}

function renamed(diagnostic: Diagnostic, name: string): Diagnostic {
  const { span } = diagnostic;
  return { ...diagnostic, span: { ...span, source: { ...span.source, name } } };
}

describe('the gallery', () => {
  it.each(ENTRIES)('%s is told as the text beside it says', async (name) => {
    const { diagnostics, isForecast } = outcome(name);
    const told = writeDiagnostics(diagnostics);
    expect(told).toContain(`[${codeOf(name)}]`);
    await expect(told).toMatchFileSnapshot(`${FOLDER}${name.replace(/yaml$/, 'txt')}`);
    expect(isForecast).toBe(!hasErrors(diagnostics));
  });

  it('shows every code', () => {
    const shown = new Set(ENTRIES.map(codeOf));
    expect(Object.keys(DIAGNOSTIC_CODES).filter((code) => !shown.has(code))).toEqual([]);
  });

  it('has no message without its file', () => {
    const texts = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));
    const orphans = texts.filter((name) => !ENTRIES.includes(name.replace(/txt$/, 'yaml')));
    expect(orphans).toEqual([]);
  });

  it('speaks of scenarios, not of the libraries that read them', () => {
    const jargon =
      /zod|parse|invalid|implicit|mapping|scalar|sequence|flow|block|union|record|tuple|object|undefined/i;
    const words = ENTRIES.flatMap((name) => outcome(name).diagnostics.flatMap(ourWords));
    expect(words.filter((one) => jargon.test(one) || one.trim() === '')).toEqual([]);
  });
});

/** All words of ours in a diagnostic: the user's own stand between backticks. */
function ourWords({ message, expected, found, hint }: Diagnostic): string[] {
  const words = [message, expected, found, hint].filter((one) => one !== undefined);
  return words.map((one) => one.replace(/`[^`]*`/g, '…'));
}

const SECTIONS = {
  scenario: 'alibaba-380bn',
  currency: 'CNY',
  calendar: '{ fiscal_year_ends: 3, from: FY2026Q1, to: FY2028Q4 }',
  envelope: '380bn CNY',
  phasing: 'even',
  estimates: '{ guojin: { of: 120bn CNY, split: { servers: 50bn CNY, unallocated: rest } } }',
  mix: 'guojin',
};

/** A scenario, with some of its sections written otherwise. */
function scenario(sections: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries({ ...SECTIONS, ...sections }).map(
    ([key, value]) => `${key}: ${value}`,
  );
  return `${lines.join('\n')}\n`;
}

describe('a file may', () => {
  const text = scenario();
  it.each([
    ['end its lines as Windows does', text.replace(/\n/g, '\r\n')],
    ['begin with a byte order mark', `\uFEFF${text}`],
    ['do both', `\uFEFF${text.replace(/\n/g, '\r\n')}`],
    ['lack the last line end', text.trimEnd()],
    ['have blank lines and comments', `\n# Alibaba\n\n${text}\n# the end\n\n`],
    ['have the marks of one document', `---\n${text}...\n`],
    ['quote a number', scenario({ envelope: '"380bn CNY"' })],
    ['say RMB', scenario({ envelope: '380bn RMB' })],
    ['count in 万亿', scenario({ envelope: '0.38万亿 CNY' })],
    ['have blanks behind a value', scenario({ envelope: '380bn CNY   ' })],
    ['have a value on the next line', scenario({ envelope: '\n  380bn CNY' })],
    [
      'be JSON',
      `{ ${text
        .trim()
        .replace(/\n/g, ', ')
        .replace(/(\w+): /g, '"$1": ')} }`,
    ],
  ])('%s', (_, written) => {
    expect(loaded(written).envelope.value).toEqual({ n: 38n * 10n ** 12n, d: 1n });
  });

  it.each([
    ...['constructor', 'toString', 'hasOwnProperty', 'valueOf'],
    ...['kind', 'text', 'path', 'span', 'attributes', 'rest', 'null', 'true'],
  ])('call everything that it names `%s`', (name) => {
    const { leaves, suppliers } = loaded(
      scenario({
        estimates: `{ ${name}: { split: { ${name}: 40%, unallocated: rest } } }`,
        mix: name,
        components: `{ ${name}: { suppliers: { ${name}: 35%, others: rest } } }`,
        suppliers: `{ ${name}: { name: Inspur } }`,
      }),
    );
    expect(leaves[0]).toMatchObject({ path: name, suppliers: [name, 'others'] });
    expect([...suppliers.keys()]).toEqual([name, 'others', 'unassigned']);
  });
});

/** What a text of any size comes to, and in how many seconds. */
function timed(text: string) {
  const start = performance.now();
  const { diagnostics } = load(text);
  const told = writeDiagnostics(diagnostics);
  return { diagnostics, told, seconds: (performance.now() - start) / 1000 };
}

/** Generous, for machines that are busy; what is quadratic takes minutes. */
const SECONDS = 30;

describe(
  'a text of a size that nobody writes is refused, or read, in a moment',
  { timeout: 60_000 },
  () => {
    const many = (count: number, write: (i: number) => string) =>
      `{ ${Array.from({ length: count }, (_, i) => write(i)).join(', ')} }`;
    const suppliers = many(50_000, (i) => `s${i}: 1/50000`);

    it('50,000 suppliers load', () => {
      const { diagnostics, seconds } = timed(
        scenario({ components: `{ servers: { suppliers: ${suppliers} } }` }),
      );
      expect(diagnostics).toEqual([]);
      expect(seconds).toBeLessThan(SECONDS);
    });

    it.each([
      [
        'suppliers too many by one',
        'sum',
        `{ servers: { suppliers: ${suppliers.replace(' }', ', others: 1% }')} } }`,
      ],
      ['unknown keys', 'key-unknown', `{ servers: ${many(50_000, (i) => `k${i}: 1`)} }`],
      ['equal keys', 'key-duplicate', `{ servers: ${many(50_000, () => 'name: Servers')} }`],
      ['bad keys', 'key-name', `{ servers: ${many(50_000, (i) => `${i}k: 1`)} }`],
      [
        'bad values',
        'literal',
        `{ servers: { suppliers: ${many(50_000, (i) => `s${i}: some`)} } }`,
      ],
      ['unused components', 'unused', many(50_000, (i) => `k${i}: { name: unused }`)],
      ['anchors', 'yaml-feature', `{ servers: ${many(50_000, (i) => `k${i}: &a${i} x`)} }`],
      ['aliases', 'yaml-feature', `{ servers: ${many(50_000, (i) => `k${i}: *a`)} }`],
    ])('50,000 %s', (_, code, components) => {
      const { diagnostics, told, seconds } = timed(scenario({ components }));
      expect(diagnostics.map((one) => one.code)).toContain(code);
      expect(told.length).toBeLessThan(30_000);
      expect(seconds).toBeLessThan(SECONDS);
    });

    const deep = 100_000;
    it.each([
      ['lists', `${'['.repeat(deep)}${']'.repeat(deep)}`],
      ['lists that nobody closes', '['.repeat(deep)],
      ['maps', `${'{ a: '.repeat(deep)}1${' }'.repeat(deep)}`],
      ['lists by dashes', `\n  ${'- '.repeat(deep)}1`],
      ['keys without names', `\n  ${'? '.repeat(deep)}1`],
    ])('100,000 levels of %s', (_, phasing) => {
      const { diagnostics, seconds } = timed(scenario({ phasing }));
      expect(diagnostics.map(({ code }) => code)).toEqual(['text-size']);
      expect(seconds).toBeLessThan(SECONDS);
    });

    it.each([
      ['a text of more than 32 MiB', 'text-size', `# ${'x'.repeat(32 * 1024 * 1024)}`],
      ['a title of a million characters', 'key-unknown', `titel: ${'x'.repeat(1_000_000)}`],
      ['a name of a million characters', 'name-unknown', scenario({ mix: 'x'.repeat(1_000_000) })],
      [
        'a number of a million digits',
        'literal-size',
        scenario({ envelope: '9'.repeat(1_000_000) }),
      ],
      ['an amount of a million words', 'literal', scenario({ envelope: '9 bn '.repeat(200_000) })],
      [
        'a period of a million characters',
        'period-key',
        scenario({ mix: `{ FY${'x'.repeat(1_000_000)}: guojin }` }),
      ],
      [
        'a key of a million characters',
        'yaml-syntax',
        scenario({ [`k${'x'.repeat(1_000_000)}`]: '1' }),
      ],
    ])('%s', (_, code, text) => {
      const { diagnostics, told, seconds } = timed(text);
      expect(diagnostics.map((one) => one.code)).toContain(code);
      expect(Math.max(...told.split('\n').map((line) => line.length))).toBeLessThan(300);
      expect(seconds).toBeLessThan(SECONDS);
    });
  },
);

describe('of many problems', () => {
  const shares = Array.from({ length: 25 }, (_, i) => `    s${i}: ${i}x`).join('\n');
  const components = `\n  unused: { name: no estimate has it }\n  servers:\n   suppliers:\n${shares}`;

  it('20 are shown, errors first, and the rest are counted', () => {
    const { diagnostics } = load(scenario({ components }));
    const told = writeDiagnostics(diagnostics);
    expect(diagnostics).toHaveLength(26);
    expect(told.match(/^error\[literal\]/gm)).toHaveLength(MOST_SHOWN);
    expect(told).not.toContain('warning[');
    expect(told.endsWith('\n\n… and 6 more\n')).toBe(true);
  });

  it('all are told in the order of the text', () => {
    const { diagnostics } = load(scenario({ components }));
    const starts = diagnostics.map(({ span }) => span.start);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });
});
