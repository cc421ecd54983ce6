/** The README, word for word: its commands, its scenario, its library example and its figures. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { printDecimal } from '../src/core/number/decimal.js';
import { multiply, ONE, fraction, roundHalfEven, subtract } from '../src/core/number/fraction.js';
import type { ReadFile } from '../src/core/text/source.js';
import { workbook } from '../src/workbook/book.js';
import { load } from '../src/scenario/load.js';
import { planOf } from './support/workbooks.js';
import { asEdited, diffOf, importedOnto } from './support/workbookEdits.js';
import { SHIPPED } from './support/cells.js';

const README = readFileSync('README.md', 'utf8');

function blocks(language: string): string[] {
  const pattern = new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm');
  return [...README.matchAll(pattern)].map(([, text]) => text!);
}

function capex(args: readonly string[]): string {
  return execFileSync(process.execPath, ['bin/capex.js', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

describe('every command of the README prints what stands below it', () => {
  it.each(blocks('console').map((block) => [block.split('\n')[0]!, block] as const))(
    '%s',
    (_, block) => {
      const [command, ...shown] = block.trimEnd().split('\n');
      const [program, ...args] = command!.replace('$ npx ', '').split(' ');
      expect(program).toBe('capex');
      const printed = capex(args).trimEnd().split('\n');
      const cut = shown.indexOf('…');
      const expected = cut < 0 ? shown : shown.slice(0, cut);
      expect(cut < 0 ? printed : printed.slice(0, cut)).toEqual(expected);
    },
  );
});

it.each([
  ['docs/tornado.svg', /^\$ npx capex (sensitivity .*) --show$/m],
  ['docs/ladder.svg', /^\$ npx capex (evidence .* --only ladder)$/m],
])('its picture %s is what the command in its text writes, byte for byte', (picture, command) => {
  expect(README).toContain(`](${picture})`);
  const [, args] = command.exec(README)!;
  const file = join(mkdtempSync(join(tmpdir(), 'capex-readme-')), 'picture.svg');
  capex([...args!.split(' '), '-o', file]);
  expect(readFileSync(file, 'utf8')).toBe(readFileSync(picture, 'utf8'));
});

it('its diff is what `import` shows of a workbook with another envelope and another share', () => {
  const args = ['--currency', 'CNY,USD'];
  const cells = [
    ['Inputs', 'B', '4', '400000000000'],
    ['Inputs', 'B', '13', '0.4'],
  ];
  const edited = asEdited(workbook([planOf('alibaba-380bn')], args), cells);
  const diff = diffOf(importedOnto(edited, 'alibaba-380bn')).replace(/ +$/gm, '');
  expect(blocks('diff')).toEqual([diff]);
});

it('its scenario loads without an error', () => {
  const [scenario] = blocks('yaml');
  const { diagnostics } = load(scenario!, SHIPPED);
  expect(diagnostics.map(({ code }) => code)).toEqual(['lag-reaches-back']);
});

it('its ledger is read, and holds its scenario to what it says', () => {
  const [text] = blocks('yaml');
  const ledger = blocks('yaml').find((block) => block.startsWith('sources:'));
  const read: ReadFile = ({ path }) => ({ name: path, text: ledger! });
  const only = text!.replace('evidence: guozheng-range', 'note: another ledger has it');
  expect(load(only, { read }).scenario).toBeDefined();
  const { diagnostics } = load(only.replace('value: 380bn CNY', 'value: 390bn CNY'), { read });
  expect(diagnostics.map(({ code }) => code)).toContain('evidence-mismatch');
});

it('its table of dollar figures is what `evidence` finds', () => {
  const evidence = capex(['evidence', 'scenarios/alibaba-380bn.yaml', '--only', 'conflicts']);
  const rows = [...README.matchAll(/^\| `(plan-.*-usd)` +\| (\S+ USD) +\| (\S+) +\|$/gm)];
  expect(rows.length).toBe(4);
  for (const [, claim, says, rate] of rows) {
    expect(evidence).toMatch(new RegExp(`^${claim!} +${says!} +${rate!}$`, 'm'));
  }
});

it('its layer changes a shipped scenario without a complaint', () => {
  const layer = blocks('yaml').find((text) => text.startsWith('extends:'));
  const { scenario, diagnostics } = load(layer!, SHIPPED);
  expect(diagnostics).toEqual([]);
  expect(scenario!.suppliers.has('huawei')).toBe(true);
});

it('its library example prints what stands below it', () => {
  const [code] = blocks('js');
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', code!], {
    encoding: 'utf8',
  });
  expect(printed).toBe(blocks('text')[0]);
});

it('the closure table states what the engine computes', () => {
  const rows = README.matchAll(/^\| `(\w+)` +\|.*\| (\d+\.\d\d) CNY +\| (\d+) +\|$/gm);
  const table = [...rows].map(([, closure, money, units]) => ({ closure, money, units }));
  expect(table.map(({ closure }) => closure)).toEqual(['budget', 'volume', 'scale']);
  for (const { closure, money, units } of table) {
    const csv = announced(['--set', 'fx.path.USD=7.5', '--closure', closure!, '--by', 'component']);
    expect(csv).toContain(`servers,demand,CNY,${money!},`);
    expect(csv).toContain(`servers,units,server,${units!},`);
  }
});

describe('the figures of its prose', () => {
  it('the total in yuan and in dollars of the day', () => {
    const total = announced(['--by', 'component', '--currency', 'CNY,USD']);
    for (const [code, figure] of [
      ['CNY', '380000000000.00'],
      ['USD', '52986042360.96'],
    ] as const) {
      const amounts = [...total.matchAll(new RegExp(`demand,${code},(\\d+)\\.(\\d\\d),`, 'gm'))];
      const sum = amounts.reduce((a, [, whole, cents]) => a + BigInt(whole! + cents!), 0n);
      expect(printDecimal(sum, 2)).toBe(figure);
      expect(README).toContain(figure);
    }
  });

  it('servers, by the sum of their quarters and by their own share of the whole', () => {
    expect(announced(['--by', 'component'])).toContain(
      'servers,demand,CNY,158333333333.36,broker\n',
    );
    const share = fraction(38_000_000_000_000n * 50n, 120n);
    expect(printDecimal(roundHalfEven(share), 2)).toBe('158333333333.33');
    expect(README).toContain('158333333333.36 and not to 158333333333.33');
  });

  it('what a dearer dollar does to the price of a server', () => {
    const move = subtract(fraction(75_000n, 71_717n), ONE);
    const dearer = multiply(multiply(move, fraction(40n, 100n)), fraction(10_000n));
    expect(README).toContain(`costs ${printDecimal(roundHalfEven(dearer), 2)}% more`);
  });
});

function announced(args: readonly string[]): string {
  return capex(['run', 'scenarios/alibaba-380bn.yaml', ...args]);
}
