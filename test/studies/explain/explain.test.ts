/** Explain: a printed derivation can be computed again from its own text, down to the file. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { printDecimal } from '../../../src/core/number/decimal.js';
import { writeOutline } from '../../../src/formats/outlineText.js';
import { project } from '../../../src/projection/compile.js';
import { readOutput } from '../../../src/projection/output.js';
import { amountOf } from '../../../src/projection/outputAmounts.js';
import { load } from '../../../src/scenario/load.js';
import type { Answer } from '../../../src/studies/answer.js';
import { explain } from '../../../src/studies/explain/explain.js';
import { readTree, recomputed } from '../../support/derivations.js';
import { readBeside } from '../../support/files.js';
import { diagnosticsOf, valueOf } from '../../support/results.js';

function scenarioOf(name: string) {
  const file = `scenarios/${name}.yaml`;
  return load(readFileSync(file, 'utf8'), { name: file, read: readBeside }).scenario!;
}

function ask(name: string, cell: string, options: Record<string, unknown> = {}): Answer {
  const result = explain.run([scenarioOf(name)], explain.options.parse({ cell, ...options }));
  return valueOf(result);
}

const CELLS = [
  ['alibaba-380bn', 'servers/inspur@FY2026Q3:revenue.USD', 'translation'],
  ['alibaba-380bn', 'servers@FY2027:units', 'units of a year, summed'],
  ['alibaba-low', 'optical_modules@FY2026Q2', 'a component'],
  ['alibaba-high', 'switches@FY2028Q4:revenue', 'a component in the last period'],
  ['alibaba-weak-yuan', 'servers@FY2028Q3:units', 'closure scale, erosion, FX factor'],
  ['alibaba-weak-yuan', 'optical_modules@FY2027Q1:units', 'a price in USD'],
  ['alibaba-weak-yuan', 'switches@FY2027Q2:demand.USD', 'closure scale, translated'],
  ['alibaba-domestic', 'servers/inspur@FY2027Q1', 'content by period, volume'],
  [
    'alibaba-rolling',
    'servers/accelerators/foreign_chips@FY2027Q1:revenue.USD',
    'lag, blend, volume',
  ],
  ['alibaba-rolling', 'optical_modules/eoptolink@FY2027Q1:units', 'two prices in one component'],
  ['alibaba-rolling', 'servers/memory@FY2026Q2', 'a reported period'],
  ['alibaba-rolling', 'servers/accelerators@after FY2028Q4:revenue', 'the tail'],
  ['alibaba-rolling', '', 'the whole envelope'],
] as const;

describe('the printed steps alone give the printed value exactly', () => {
  it.each(CELLS)('%s %s: %s', (name, cell) => {
    const { outline } = ask(name, cell);
    const tree = readTree(writeOutline(outline!, { width: 100_000 }));
    const { faults, formulas } = recomputed(tree);
    expect(faults).toEqual([]);
    expect(formulas).toBeGreaterThan(0);
    const scenario = scenarioOf(name);
    const output = valueOf(readOutput(cell, scenario));
    const currencies = output.measure === 'units' ? [] : [output.unit!];
    const { count, unit } = amountOf(project(scenario, { currencies }), output);
    expect(tree.value.replaceAll(',', '')).toBe(printDecimal(count, unit.places));
  });
});

it.each([
  ['servers@FY2027:units.server.yoy', '0.0000%'],
  ['servers/inspur@2026:revenue.USD.share', '35.0000%'],
  ['servers@2027Q4.cagr', '0.0000%'],
])('explains %s', (cell, value) => {
  const { outline } = ask('alibaba-380bn', cell);
  const tree = readTree(writeOutline(outline!, { width: 100_000 }));
  expect(recomputed(tree).faults).toEqual([]);
  expect(tree.value).toBe(value);
});

it('says in words why a derived number has no value', () => {
  const reason = 'the group to compare with does not have the same months';
  const cell = 'servers@2026:demand.CNY.yoy';
  const { outline, table } = ask('alibaba-380bn', cell);
  expect(writeOutline(outline!, { width: 100 })).toBe(`${cell} has no value\n  ${reason}\n`);
  expect([...table!.rows]).toEqual([['alibaba-380bn', cell, reason, '', '', '1', '']]);
  const { document } = ask('alibaba-380bn', cell, { json: true });
  expect(document).toMatchObject({ output: cell, derivation: null, reason });
});

it('finds a changed digit in a printed derivation', () => {
  const { outline } = ask('alibaba-380bn', 'servers/inspur@FY2026Q3');
  const text = writeOutline(outline!, { width: 100_000 });
  for (const [digits, other] of [
    ['35% ', '36% '],
    ['4,618,055,555.55', '4,618,055,555.54'],
    ['50bn CNY at', '51bn CNY at'],
    ['0.75  + 0.01', '0.75'],
    ['= 58,400,000,000.00 CNY', '= 58,400,000,001.00 CNY'],
  ] as const) {
    expect(text).toContain(digits);
    const { faults } = recomputed(readTree(text.replace(digits, other)));
    expect(faults, `${digits} → ${other}`).not.toEqual([]);
  }
});

it.each([
  ['alibaba-weak-yuan', 'servers@FY2028Q3:units'],
  ['alibaba-rolling', 'servers/accelerators/domestic_chips@FY2026Q2:revenue'],
  ['alibaba-domestic', 'servers@FY2027Q1'],
])('prints %s %s as committed', async (name, cell) => {
  const { outline } = ask(name, cell);
  const file = `../../golden/${name}.explain.txt`;
  await expect(writeOutline(outline!, { width: 100 })).toMatchFileSnapshot(file);
});

describe('a width', () => {
  it.each([60, 100, 160])('of %i columns is not exceeded, and no digit is lost', (width) => {
    const { outline } = ask('alibaba-weak-yuan', 'servers@FY2028Q3:units');
    const narrow = writeOutline(outline!, { width });
    const wide = writeOutline(outline!, { width: 100_000 });
    for (const line of narrow.split('\n')) expect(line.length).toBeLessThanOrEqual(width);
    const digits = (text: string) => text.replace(/[^\d]/g, '');
    expect(digits(narrow)).toBe(digits(wide));
  });
});

it('goes as deep as --depth says', () => {
  const deepest = (text: string) => Math.max(...text.split('\n').map((line) => line.search(/\w/)));
  const at = (depth?: string) =>
    writeOutline(ask('alibaba-380bn', 'servers@FY2026Q1', { depth }).outline!, { width: 1000 });
  expect(at('0')).toMatch(/^servers@FY2026Q1 = 13,194,444,444.45 CNY\n[^├└]*$/);
  expect(deepest(at('1'))).toBeLessThan(deepest(at('2')));
});

it('names the file, the line and the column of an input, and the --set that gives one', () => {
  const file = 'scenarios/alibaba-380bn.yaml';
  const text = readFileSync(file, 'utf8');
  const { scenario } = load(text, {
    name: file,
    read: readBeside,
    set: ['envelope=450bn CNY'],
  });
  const result = explain.run([scenario!], explain.options.parse({ cell: 'servers@FY2026Q1' }));
  const shown = writeOutline(valueOf(result).outline!, { width: 1000 });
  expect(shown).toContain('  --set envelope=450bn CNY\n');
  const line = text.split('\n').findIndex((one) => one.includes('servers: { value: 50bn CNY')) + 1;
  expect(shown).toMatch(new RegExp(`50bn CNY at ${file}:${line}:\\d+`));
});

describe('reports', () => {
  it.each([
    ['serverz@FY2026Q1', 'there is no component or supplier `serverz`: write servers'],
    ['servers@FY2031', '`FY2031` is not a period of the window FY2026Q1 to FY2028Q4'],
    ['servers:revenu', 'there is no measure `revenu`: write revenue'],
    ['servers:demand.XYZ', '`XYZ` is not an ISO 4217 currency'],
    ['unallocated:units', 'the forecast has no cell of `unallocated:units`'],
  ])('%s', (cell, message) => {
    const result = explain.run([scenarioOf('alibaba-380bn')], explain.options.parse({ cell }));
    expect(diagnosticsOf(result).map((one) => one.message)).toEqual([message]);
  });
});

it('the document holds the same tree as plain data', () => {
  const { document } = ask('alibaba-380bn', 'servers@FY2026Q1', { json: true });
  const { derivation } = JSON.parse(JSON.stringify(document)) as { derivation: unknown };
  expect(derivation).toMatchObject({
    name: 'servers@FY2026Q1',
    value: '13194444444.45',
    unit: 'CNY',
    from: [
      { name: 'FY2026Q1' },
      { origin: { text: '50bn CNY', evidence: 'guojin-servers' } },
      {},
      {},
      {},
    ],
  });
});
