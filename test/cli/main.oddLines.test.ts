/** Odd command lines: an exit code and a message, never a stack. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.js';
import { EXIT } from '../../src/cli/stop.js';
import { folder, scenario } from '../support/capex.js';
import { cases, coverage } from '../support/cases.js';
import { dice, type Dice } from '../support/dice.js';
import { runHere } from '../support/inProcess.js';

const OPTIONS = [
  ...new Set(
    COMMANDS.flatMap(({ options, shared }) => Object.keys({ ...options, ...shared })),
  ).values(),
].map((name) => `--${name}`);

const WORDS = [
  ...['none/new-view', '--hasOwnProperty=1', '----', '---x=1'],
  ...['', ' ', '-', '--', '---', '-x', '-o', '-oq.csv', '=', '--=', '--=x', '--set=', '-h', '-V'],
  ...['true', 'false', 'null', 'NaN', '0', '-1', '1e9', '0x10', '1/0', '１２', '٣', '-5%', '±10%'],
  ...['__proto__', 'constructor', '--__proto__', '--__proto__.x=1', '--constructor', '$0', '_'],
  ...['toString', '--no-quiet', '--quiet=7', '--quiet=false', '--by.x=1', '[]', '{}', '*', '\\'],
  ...[
    '\u0007',
    'a\nb',
    '\u001b[31mred',
    '\u202Eright',
    '\ud800',
    '人',
    'e\u0301',
    '\u2028',
    '%s%d',
  ],
  ...['x'.repeat(5000), '9'.repeat(400), ','.repeat(300), '.', '..', 'none.yaml', 'sub', 'a.yaml'],
  ...['a.yaml', 'b.yaml', 'broken.yaml', 'empty.yaml', 'list.csv', 'x.datapackage.json'],
  ...['envelope=1', 'envelope', '=1', 'envelope=', 'fx.base.USD=6', 'servers', 'servers:revenue'],
  ...[
    'servers@FY2026',
    'servers/inspur:units',
    ':',
    '@',
    '/',
    'fiscal_year',
    'fiscal_year,,',
    'USD',
  ],
  ...['fx.base.USD=4..6/1', 'fx.base.USD=6..4/0', 'USD=-10%..+10%/10%', 'bn', 'new-view', 'help'],
  ...['x.csv', 'x.xlsx', 'x.svg', 'x.json', 'x.txt', 'sub/', 'sub/x.csv', 'none/x.csv', '.csv'],
];

/** A command, most often with a file, and then anything. */
function oddLine({ chance, int, pick, shuffle }: Dice): string[] {
  const command = COMMANDS[int(COMMANDS.length)]!;
  const own = Object.keys({ ...command.options, ...command.shared }).map((name) => `--${name}`);
  const more = Array.from({ length: int(5) }, () => {
    const option = chance(70) && own.length > 0 ? pick(own) : pick(OPTIONS);
    if (chance(35)) return [pick(WORDS)];
    if (chance(30)) return [`${option}=${pick(WORDS)}`];
    return chance(70) ? [option, pick(WORDS)] : [option];
  });
  const file = chance(75) ? [['a.yaml']] : [];
  const words = [
    ...(chance(95) ? [command.name] : [pick(WORDS)]),
    ...shuffle([...file, ...more]).flat(),
  ];
  return chance(3) ? words.slice(1) : words;
}

/** No command of the generator may work for long, or stop the keyboard. */
const isLong = (line: readonly string[]) =>
  line.some((word) => /^--(workers|draws|bins)/.test(word));

it('has an exit code and a message for every odd command line (500)', async () => {
  const codes: Record<number, number> = {};
  const random = dice(13);
  for (let i = 0; i < cases(500);) {
    const line = oddLine(random);
    if (isLong(line)) continue;
    i++;
    const cwd = folder({
      ...{ 'a.yaml': scenario(), 'b.yaml': scenario({ id: 'other' }), 'empty.yaml': '' },
      ...{ 'broken.yaml': 'scenario: [', 'list.csv': 'period,value\n', 'x.datapackage.json': '{}' },
    });
    mkdirSync(join(cwd, 'sub'));
    const told = JSON.stringify(line).slice(0, 300);
    // `capex watch` does not end by itself: it is stopped as soon as it listens.
    const stop = setInterval(() => line.includes('watch') && process.emit('SIGINT'), 20);
    const { code, out, err } = await runHere(line, { cwd })
      .catch((error: unknown) => {
        throw new Error(`a bug at ${told}`, { cause: error });
      })
      .finally(() => clearInterval(stop));
    codes[code] = (codes[code] ?? 0) + 1;
    expect(Object.values(EXIT), told).toContain(code);
    expect(err, told).not.toMatch(
      /^\s+at |\[object|undefined|[^\P{Cc}\n]|\p{Bidi_Control}|\p{Cs}/mu,
    );
    if (code === EXIT.done) continue;
    const isEmpty = out === '' || [EXIT.errors, EXIT.interrupted].some((one) => one === code);
    expect(isEmpty, told).toBe(true);
    const stops = err.match(/^capex: .+$/gm) ?? [];
    if (line.length > 0 && !err.includes('error[')) expect(stops, told).toHaveLength(1);
  }
  const met = [0, 1, 2, 74, 130].filter((code) => codes[code] !== undefined);
  expect(met.length).toBeGreaterThan(coverage(4));
}, 120_000);
