/** The README, word for word: its commands, its scenario, its library example and its figures. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { printDecimal } from '../src/core/decimal.js';
import { multiply, ONE, ratio, roundHalfEven, subtract } from '../src/core/ratio.js';
import { load } from '../src/scenario/load.js';
import { SHIPPED } from './cells.js';

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

it('its picture is what the tornado above it writes, byte for byte', () => {
  const [, picture] = /!\[.*\]\((docs\/.*\.svg)\)/.exec(README)!;
  const [, args] = /^\$ npx capex (sensitivity .*) --show$/m.exec(README)!;
  const file = join(mkdtempSync(join(tmpdir(), 'capex-readme-')), 'tornado.svg');
  capex([...args!.split(' '), '-o', file]);
  expect(readFileSync(file, 'utf8')).toBe(readFileSync(picture!, 'utf8'));
});

it('its scenario loads without an error', () => {
  const [scenario] = blocks('yaml');
  const { diagnostics } = load(scenario!, SHIPPED);
  expect(diagnostics.map(({ code }) => code)).toEqual(['lag-reaches-back']);
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
    expect(csv).toContain(`servers,demand,CNY,${money!}\n`);
    expect(csv).toContain(`servers,units,server,${units!}\n`);
  }
});

describe('the figures of its prose', () => {
  it('the total in yuan and in dollars of the day', () => {
    const total = announced(['--by', 'component', '--currency', 'CNY,USD']);
    for (const [code, figure] of [
      ['CNY', '380000000000.00'],
      ['USD', '52986042360.96'],
    ] as const) {
      const amounts = [...total.matchAll(new RegExp(`demand,${code},(\\d+)\\.(\\d\\d)$`, 'gm'))];
      const sum = amounts.reduce((a, [, whole, cents]) => a + BigInt(whole! + cents!), 0n);
      expect(printDecimal(sum, 2)).toBe(figure);
      expect(README).toContain(figure);
    }
  });

  it('servers, by the sum of their quarters and by their own share of the whole', () => {
    expect(announced(['--by', 'component'])).toContain('servers,demand,CNY,158333333333.36\n');
    const share = ratio(38_000_000_000_000n * 50n, 120n);
    expect(printDecimal(roundHalfEven(share), 2)).toBe('158333333333.33');
    expect(README).toContain('158333333333.36 and not to 158333333333.33');
  });

  it('what a dearer dollar does to the price of a server', () => {
    const move = subtract(ratio(75_000n, 71_717n), ONE);
    const dearer = multiply(multiply(move, ratio(40n, 100n)), ratio(10_000n));
    expect(README).toContain(`costs ${printDecimal(roundHalfEven(dearer), 2)}% more`);
  });
});

function announced(args: readonly string[]): string {
  return capex(['run', 'scenarios/alibaba-380bn.yaml', ...args]);
}
