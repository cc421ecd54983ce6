/** Figures, scenario files and tables of the documents agree with the engine. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { printDecimal } from '../../src/core/number/decimal.js';
import {
  ONE,
  fraction,
  multiply,
  roundHalfEven,
  subtract,
} from '../../src/core/number/fraction.js';
import { success } from '../../src/core/result.js';
import type { ReadFile } from '../../src/core/text/fileRequest.js';
import { compile } from '../../src/projection/compile.js';
import { load } from '../../src/scenario/load.js';
import { loadScenarios } from '../../src/scenario/portfolio/loadScenarios.js';
import { workbook } from '../../src/workbook/book.js';
import { SHIPPED } from '../support/cells.js';
import { PAGES, blocks, capex } from '../support/documents.js';
import { asEdited, diffOf, importedOnto } from '../support/workbookEdits.js';
import { planOf } from '../support/workbooks.js';

const ARITHMETIC = readFileSync('docs/arithmetic.md', 'utf8');
const MODEL = readFileSync('docs/model.md', 'utf8');
const EVIDENCE = readFileSync('docs/evidence.md', 'utf8');
const WORKBOOK = readFileSync('docs/workbook.md', 'utf8');

describe('the YAML of the documents', () => {
  const [whole] = blocks('docs/guide.md', 'yaml');

  it('has a whole scenario that loads without an error', () => {
    const { diagnostics } = load(whole!, SHIPPED);
    expect(diagnostics.map(({ code }) => code)).toEqual(['lag-reaches-back']);
  });

  it('has a ledger that the scenario is checked against', () => {
    const ledger = blocks('docs/evidence.md', 'yaml').find((text) => text.startsWith('sources:'));
    const read: ReadFile = ({ path }) => success({ name: path, text: ledger! });
    expect(load(whole!, { read }).scenario).toBeDefined();
    const other = whole!.replace('value: 380bn CNY', 'value: 390bn CNY');
    const { diagnostics } = load(other, { read });
    expect(diagnostics.map(({ code }) => code)).toContain('evidence-mismatch');
  });

  it('has a layer that changes a shipped scenario without a warning', () => {
    const layer = blocks('docs/guide.md', 'yaml').find((text) => text.startsWith('extends:'));
    const { scenario, diagnostics } = load(layer!, SHIPPED);
    expect(diagnostics).toEqual([]);
    expect(scenario!.suppliers.has('huawei')).toBe(true);
  });

  it('has tables that the shipped scenario names', () => {
    const tables = blocks('docs/guide.md', 'yaml').find((text) => text.startsWith('actuals:'))!;
    const shipped = readFileSync('scenarios/alibaba-rolling.yaml', 'utf8').split('\n');
    expect(shipped).toEqual(expect.arrayContaining(tables.trimEnd().split('\n')));
  });

  const FORMS = /^(# |scenario:|sources:|extends:|actuals:|portfolio:)/;
  const sections = PAGES.flatMap((page) =>
    blocks(page, 'yaml').map((text) => [page, text] as const),
  ).filter(([, text]) => !FORMS.test(text));

  it.each(sections)('has a section in %s that changes a shipped scenario: %s', (_, section) => {
    const layer = `extends: alibaba-380bn.yaml\nscenario: layer\n${section}`;
    expect(load(layer, SHIPPED).diagnostics).toEqual([]);
  });
});

it('workbook.md shows the diff of `import` for a new envelope and a new share', () => {
  const args = ['--currency', 'CNY,USD'];
  const cells = [
    ['Inputs', 'B', '4', '400000000000'],
    ['Inputs', 'B', '13', '0.4'],
  ];
  const edited = asEdited(workbook([planOf('alibaba-380bn')], args), cells);
  const diff = diffOf(importedOnto(edited, 'alibaba-380bn')).replace(/ +$/gm, '');
  expect(blocks('docs/workbook.md', 'diff')).toEqual([diff]);
});

it('workbook.md lists the sheets of a workbook in their order', () => {
  const listed = [...WORKBOOK.matchAll(/^\| _(.+?)_ /gm)].map(([, name]) => name!);
  const known = ['china-cloud', 'alibaba-units'].map((name) => {
    const text = readFileSync(`scenarios/${name}.yaml`, 'utf8');
    const plans = loadScenarios(text, SHIPPED).scenarios.map((one) => compile(one));
    const { sheets } = workbook(plans, [], 'en', { with: ['yoy'] });
    return new Set(sheets.map((sheet) => sheet.name.replace(/ \d .*/, '')));
  });
  for (const names of known) expect(listed.filter((one) => names.has(one))).toEqual([...names]);
  expect(new Set(listed)).toEqual(new Set(known.flatMap((names) => [...names])));
});

it('evidence.md shows the dollar figures that `evidence` finds', () => {
  const evidence = capex(['evidence', 'scenarios/alibaba-380bn.yaml', '--only', 'conflicts']);
  const rows = [...EVIDENCE.matchAll(/^\| `(plan-.*-usd)` +\| (\S+ USD) +\| (\S+) +\|$/gm)];
  expect(rows.length).toBe(4);
  for (const [, claim, says, rate] of rows) {
    expect(evidence).toMatch(new RegExp(`^${claim!} +${says!} +${rate!}$`, 'm'));
  }
});

it('arithmetic.md has the rows of the benchmark and its shares of wrong cells', () => {
  const cellsOf = (text: string, row: RegExp) =>
    [...text.matchAll(row)].map(([, name, wrong]) => [name!, wrong!] as const);
  const shown = cellsOf(ARITHMETIC, /^\| (.+?) +\| .* (\S+%) \|$/gm);
  const bench = ['test/bench/bench.js', '--rounds', '1', 'kernel'];
  const printed = execFileSync(process.execPath, bench, { encoding: 'utf8' });
  const measured = cellsOf(printed, /^(\S.*?) {2,}\d.* (\S+%)$/gm);
  expect(measured.length).toBeGreaterThanOrEqual(4); // Python may be missing
  expect(shown.slice(0, measured.length)).toEqual(measured);
  expect(shown.length).toBe(5);
});

it('the closure table of model.md has the amounts that the engine computes', () => {
  const rows = MODEL.matchAll(/^\| `(\w+)` +\|.*\| (\d+\.\d\d) CNY +\| (\d+) +\|$/gm);
  const table = [...rows].map(([, closure, money, units]) => ({ closure, money, units }));
  expect(table.map(({ closure }) => closure)).toEqual(['budget', 'volume', 'scale']);
  for (const { closure, money, units } of table) {
    const csv = announced(['--set', 'fx.path.USD=7.5', '--closure', closure!, '--by', 'component']);
    expect(csv).toContain(`servers,demand,CNY,${money!},`);
    expect(csv).toContain(`servers,units,server,${units!},`);
  }
});

describe('model.md', () => {
  it('states the total in yuan and in dollars', () => {
    const total = announced(['--by', 'component', '--currency', 'CNY,USD']);
    for (const [code, figure] of [
      ['CNY', '380000000000.00'],
      ['USD', '52986042360.96'],
    ] as const) {
      const amounts = [...total.matchAll(new RegExp(`demand,${code},(\\d+)\\.(\\d\\d),`, 'gm'))];
      const sum = amounts.reduce((a, [, whole, cents]) => a + BigInt(whole! + cents!), 0n);
      expect(printDecimal(sum, 2)).toBe(figure);
      expect(MODEL).toContain(figure);
    }
  });

  it('states servers as the sum of quarters, and as a share of the envelope', () => {
    expect(announced(['--by', 'component'])).toContain(
      'servers,demand,CNY,158333333333.36,broker\n',
    );
    const share = fraction(38_000_000_000_000n * 50n, 120n);
    expect(printDecimal(roundHalfEven(share), 2)).toBe('158333333333.33');
    expect(MODEL).toContain('158333333333.36 and not to 158333333333.33');
  });

  it('states how much a dearer dollar raises the price of a server', () => {
    const move = subtract(fraction(75_000n, 71_717n), ONE);
    const dearer = multiply(multiply(move, fraction(40n, 100n)), fraction(10_000n));
    expect(MODEL).toContain(`costs ${printDecimal(roundHalfEven(dearer), 2)}% more`);
  });
});

function announced(args: readonly string[]): string {
  return capex(['run', 'scenarios/alibaba-380bn.yaml', ...args]);
}
