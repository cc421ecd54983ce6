/** A workbook keeps the limits of Excel, whatever the names, ids and units of its scenarios are. */
import { expect, it } from 'vitest';
import { writeXlsx } from '../../src/formats/xlsx.js';
import { compile } from '../../src/projection/compile.js';
import { load } from '../../src/scenario/load.js';
import { workbook } from '../../src/workbook/book.js';
import { cases } from '../support/cases.js';
import { dice, type Dice } from '../support/dice.js';
import { computed } from '../support/ironcalc.js';
import { partsOf } from '../support/workbooks.js';

const HOSTILE = [
  ...['19" rack', '>5', '=x', 'a~b', '*', '?', 'server', 'Server', "it's", '<&>', '漢字'],
  ...['x\uFFFEy', 'x\uFFFFy', 'x\uD800y', 'R1C1', 'A1', 'n'.repeat(120), '"'.repeat(200)],
];

function hostileScenario(id: string, { pick, shuffle }: Dice): string {
  const text = JSON.stringify;
  const units = shuffle(HOSTILE).slice(0, 3);
  const parts = units.map((unit, i) => {
    const name = ['a', 'A', `long${'x'.repeat(110)}`][i]!;
    return `  ${name}: { name: ${text(pick(HOSTILE))}, price: { value: 10 CNY, unit: ${text(unit)} } }`;
  });
  return [
    `scenario: ${id}`,
    `title: ${text(pick(HOSTILE))}`,
    'currency: CNY',
    'calendar: { fiscal_year_ends: 12, from: FY2026, to: FY2026 }',
    'envelope: 1bn CNY',
    'phasing: even',
    `estimates: { view: { split: { a: 50%, A: 30%, long${'x'.repeat(110)}: 20% } } }`,
    'mix: view',
    'components:',
    ...parts,
    '',
  ].join('\n');
}

const ids = [
  'plan',
  'Plan',
  ...Array.from({ length: 10 }, (_, i) => `plan-${i}-${'y'.repeat(60)}`),
];

function planOf(id: string, random: Dice) {
  const { scenario } = load(hostileScenario(id, random), { name: `${id}.yaml` });
  return scenario ? [compile(scenario)] : [];
}

const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, it]) => it!);
const unescaped = (text: string) =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');

it('keeps the limits of Excel for any names, ids and units', async () => {
  const random = dice(13);
  let books = 0;
  for (let i = 0; i < cases(10); i++) {
    const plans = ids.flatMap((id) => planOf(id, random)).slice(0, i % 2 === 0 ? 1 : 12);
    if (plans.length === 0) continue;
    books += 1;
    const parts = partsOf(await writeXlsx(workbook(plans)));
    const xml = parts.map(({ text }) => text).join('\n');
    expect(xml).not.toMatch(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u);
    const book = parts.find(({ name }) => name === 'xl/workbook.xml')!.text;
    const sheets = matches(book, /<sheet [^>]*name="([^"]*)"/g).map(unescaped);
    expect(sheets.filter((name) => name.length > 31 || /[[\]:*?/\\]/.test(name))).toEqual([]);
    expect(new Set(sheets.map((name) => name.toLowerCase())).size).toBe(sheets.length);
    const ranges = matches(book, /<definedName [^>]*>([^<]*)</g).map(unescaped);
    expect(ranges.filter((range) => !/^'(?:[^']|'')+'!\$/.test(range))).toEqual([]);
    const names = matches(book, /<definedName name="(input[^"]*)"/g);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
    expect(names.filter((name) => name.length > 255)).toEqual([]);
    const lists = matches(xml, /<formula1>([^<]*)</g).map(unescaped);
    expect(lists.filter((text) => text.length > 255)).toEqual([]);
    const formulas = matches(xml, /<f>([^<]*)</g).map(unescaped);
    expect(formulas.filter((text) => text.length > 8192)).toEqual([]);
    const texts = formulas.flatMap((text) => matches(text, /"((?:[^"]|"")*)"/g));
    expect(texts.filter((text) => text.replaceAll('""', '"').length > 255)).toEqual([]);
  }
  expect(books).toBeGreaterThan(2);
});

it('computes OK with units that read like criteria', () => {
  const random = dice(14);
  const engines = Array.from({ length: 12 }, () => planOf('plan', random))
    .filter((plans) => plans.length > 0)
    .map((plans) => computed(workbook(plans)));
  expect(engines.length).toBeGreaterThan(3);
  for (const engine of engines) expect(engine.at('Check', 2, 1)).toBe('OK');
});
