/**
 * The gallery of errors, and the limits of a scenario file.
 *
 * `test/errors/<code>/<case>.yaml` is a scenario with a problem; `<case>.txt` beside it is the message.
 * After a change of words on purpose, one command writes all the messages and `test/errors/README.md` anew;
 * read the difference before you commit it:
 *
 *     npx vitest run test/errors.test.ts -u
 */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { amountOf } from '../src/model/estimate/envelope.js';
import { DIAGNOSTIC_CODES, hasErrors, type Diagnostic } from '../src/core/text/diagnostic.js';
import { MOST_SHOWN, writeDiagnostics } from '../src/formats/diagnosticText.js';
import { load } from '../src/scenario/load.js';
import { loaded } from './support/cells.js';
import { CASES, GALLERY, PARENTS, filesOf, outcomeOf, type Case } from './support/gallery.js';
import { galleryPage } from './support/galleryPage.js';

/** `rejects too-little as sum`. */
const titleOf = ({ code, name, severity }: Case) =>
  `${severity === 'error' ? 'rejects' : 'warns of'} ${name} as ${code}`;

describe('the gallery', () => {
  it.each(CASES.map((one) => [titleOf(one), one] as const))('%s', async (_, one) => {
    const { diagnostics, hasForecast } = outcomeOf(one);
    const message = writeDiagnostics(diagnostics);
    expect(message).toContain(`${one.severity}[${one.code}]`);
    await expect(message).toMatchFileSnapshot(GALLERY + one.file.replace(/yaml$/, 'txt'));
    expect(hasForecast).toBe(!hasErrors(diagnostics));
  });

  it('has a current page of all messages', async () => {
    await expect(galleryPage(CASES)).toMatchFileSnapshot(`${GALLERY}README.md`);
  });

  it('has a case for each code', () => {
    const shown = new Set(CASES.map(({ code }) => code));
    expect(Object.keys(DIAGNOSTIC_CODES).filter((code) => !shown.has(code))).toEqual([]);
  });

  it('has only a folder for each code, one for parents, and a page', () => {
    const names = [...Object.keys(DIAGNOSTIC_CODES), PARENTS, 'README.md'];
    expect(readdirSync(GALLERY).sort()).toEqual(names.sort());
  });

  it('has a case for each message and each table', () => {
    const files = new Set(CASES.map(({ file }) => file));
    const others = Object.keys(DIAGNOSTIC_CODES).flatMap((code) => [
      ...filesOf(code, '.txt'),
      ...filesOf(code, '.csv'),
    ]);
    expect(others.filter((name) => !files.has(name.replace(/(txt|csv)$/, 'yaml')))).toEqual([]);
  });

  it('has no message that names a library', () => {
    const jargon =
      /zod|parse|invalid|implicit|mapping|scalar|sequence|flow|block|union|record|tuple|object|undefined/i;
    const words = CASES.flatMap((one) => outcomeOf(one).diagnostics.flatMap(ourWords));
    expect(words.filter((one) => jargon.test(one) || one.trim() === '')).toEqual([]);
  });
});

/** The words of a diagnostic without quotations of the user, which stand between backticks. */
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

/** A scenario with some of its sections replaced. */
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
    expect(amountOf(loaded(written).envelope)!.value).toEqual({ n: 38n * 10n ** 12n, d: 1n });
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

function diagnose(text: string) {
  const { diagnostics } = load(text);
  return { diagnostics, message: writeDiagnostics(diagnostics) };
}

/** The time limit is generous for busy machines; quadratic work would take minutes. */
describe('a very large text is accepted or rejected in seconds', { timeout: 30_000 }, () => {
  const many = (count: number, write: (i: number) => string) =>
    `{ ${Array.from({ length: count }, (_, i) => write(i)).join(', ')} }`;
  const suppliers = many(50_000, (i) => `s${i}: 1/50000`);

  it('accepts 50,000 suppliers', () => {
    const { diagnostics } = diagnose(
      scenario({ components: `{ servers: { suppliers: ${suppliers} } }` }),
    );
    expect(diagnostics).toEqual([]);
  });

  it.each([
    [
      'suppliers whose shares sum to more than 100%',
      'sum',
      `{ servers: { suppliers: ${suppliers.replace(' }', ', others: 1% }')} } }`,
    ],
    ['unknown keys', 'key-unknown', `{ servers: ${many(50_000, (i) => `k${i}: 1`)} }`],
    ['equal keys', 'key-duplicate', `{ servers: ${many(50_000, () => 'name: Servers')} }`],
    ['bad keys', 'key-name', `{ servers: ${many(50_000, (i) => `${i}k: 1`)} }`],
    ['bad values', 'literal', `{ servers: { suppliers: ${many(50_000, (i) => `s${i}: some`)} } }`],
    ['unused components', 'unused', many(50_000, (i) => `k${i}: { name: unused }`)],
    ['anchors', 'yaml-feature', `{ servers: ${many(50_000, (i) => `k${i}: &a${i} x`)} }`],
    ['aliases', 'yaml-feature', `{ servers: ${many(50_000, (i) => `k${i}: *a`)} }`],
  ])('rejects 50,000 %s', (_, code, components) => {
    const { diagnostics, message } = diagnose(scenario({ components }));
    expect(diagnostics.map((one) => one.code)).toContain(code);
    expect(message.length).toBeLessThan(30_000);
  });

  const deep = 100_000;
  it.each([
    ['lists', `${'['.repeat(deep)}${']'.repeat(deep)}`],
    ['lists without an end', '['.repeat(deep)],
    ['maps', `${'{ a: '.repeat(deep)}1${' }'.repeat(deep)}`],
    ['lists by dashes', `\n  ${'- '.repeat(deep)}1`],
    ['keys without names', `\n  ${'? '.repeat(deep)}1`],
  ])('rejects 100,000 levels of %s', (_, phasing) => {
    const { diagnostics } = diagnose(scenario({ phasing }));
    expect(diagnostics.map(({ code }) => code)).toEqual(['text-size']);
  });

  it.each([
    ['a text of more than 32 MiB', 'text-size', `# ${'x'.repeat(32 * 1024 * 1024)}`],
    ['a title of a million characters', 'key-unknown', `titel: ${'x'.repeat(1_000_000)}`],
    ['a name of a million characters', 'name-unknown', scenario({ mix: 'x'.repeat(1_000_000) })],
    ['a number of a million digits', 'literal-size', scenario({ envelope: '9'.repeat(1_000_000) })],
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
    const { diagnostics, message } = diagnose(text);
    expect(diagnostics.map((one) => one.code)).toContain(code);
    expect(Math.max(...message.split('\n').map((line) => line.length))).toBeLessThan(300);
  });
});

describe('a scenario with many problems', () => {
  const shares = Array.from({ length: 25 }, (_, i) => `    s${i}: ${i}x`).join('\n');
  const components = `\n  unused: { name: no estimate has it }\n  servers:\n   suppliers:\n${shares}`;

  it('shows 20 of them, errors first, and counts the others', () => {
    const { diagnostics } = load(scenario({ components }));
    const message = writeDiagnostics(diagnostics);
    expect(diagnostics).toHaveLength(26);
    expect(message.match(/^error\[literal\]/gm)).toHaveLength(MOST_SHOWN);
    expect(message).not.toContain('warning[');
    expect(message.endsWith('\n\n… and 6 more\n')).toBe(true);
  });

  it('reports all of them in the order of the text', () => {
    const { diagnostics } = load(scenario({ components }));
    const starts = diagnostics.map(({ span }) => span.start);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });
});
