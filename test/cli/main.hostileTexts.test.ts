/** Texts of others in names, titles, notes, files and arguments: nothing that is printed speaks for the command. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folder, scenario } from '../support/capex.js';
import { cases } from '../support/cases.js';
import { dice, type Dice } from '../support/dice.js';
import { runHere } from '../support/inProcess.js';
import { archiveOf, partsOf } from '../support/workbooks.js';

/** Escape sequences, turns of direction, line ends, C1 controls, halves of a character, and our own words. */
const HOSTILE = [
  ...['\u001b[2J', '\u001b]0;title\u0007', '\u001b[31m', '\u009b31m', '\u0085', '\u008d', '\u007f'],
  ...[
    '\u202e',
    '\u2066',
    '\u2069',
    '\u200f',
    '\u061c',
    '\n',
    '\r',
    '\r\n',
    '\t',
    '\u2028',
    '\u2029',
  ],
  ...['\ud83d', '\ude00', '\ufffe', '\n\n', '😀'],
  ...['error[sum] all is lost', 'warning[bounds] other', 'capex: done', 'CAPEX: done'],
  ...['a long text that has to be wrapped somewhere before its end is reached', 'x', ' '],
];

/** What a scenario may hold: it loads, and its texts are printed. */
const ALLOWED = HOSTILE.filter(
  (text) => !/[^\P{Cc}\n]|\p{Bidi_Control}|\p{Cs}|[\u2028\u2029\ufffe]/u.test(text),
);

const OURS = /^(?:error|warning)\[(?:sum|bounds)\] (?:all|other)|^capex: done/im;

function hostile({ int, pick }: Dice, pieces: readonly string[] = HOSTILE): string {
  return Array.from({ length: 1 + int(5) }, () => pick(pieces)).join('');
}

/** The name of a file: no slash and no zero, and bytes that a disk can hold. */
const fileName = (random: Dice) =>
  hostile(random)
    .replace(/[\ud800-\udfff]/gu, '')
    .slice(0, 60);

/** A valid scenario, most often, with these texts wherever a text may stand. */
function scenarioWith(random: Dice, pieces: readonly string[]): string {
  const text = () => JSON.stringify(`${hostile(random, pieces)}x`);
  return scenario({ calendar: 'from: FY2026, to: FY2027', servers: text() })
    .replace('title: Small', `title: ${text()}`)
    .replace('name: 光模块', `name: ${text()}`)
    .replace('name: Maker', `name: ${text()}`)
    .replace('assumption: a share', `assumption: ${text()}`)
    .replace('assumption: a price', `assumption: ${text()}`)
    .replace('name: a rate', `name: ${text()}`)
    .concat(
      'evidence:\n  sources: { s: { title: ',
      `${text()}, publisher: ${text()}, date: 2025-01-01, kind: news, note: ${text()} } }\n`,
      `  claims: { c: { source: s, about: capex, words: ${text()}, basis: guided, note: ${text()} } }\n`,
    );
}

/** A workbook with other texts as the names of some sheets, and in some of its cells. */
function hostileBook(random: Dice, bytes: Uint8Array): Uint8Array {
  const escaped = () =>
    hostile(random).replace(/[^ -~]|[<>&"]/gu, (one) => `&#x${one.codePointAt(0)!.toString(16)};`);
  const replaced = (text: string, form: RegExp, percent: number) =>
    text.replace(form, (whole, before: string, after: string) =>
      random.chance(percent) ? before + escaped() + after : whole,
    );
  return archiveOf(
    partsOf(bytes).map((part) => {
      if (part.name === 'xl/workbook.xml')
        return { ...part, text: replaced(part.text, /(<sheet name=")[^"]*(")/g, 30) };
      if (part.name !== 'xl/sharedStrings.xml') return part;
      return { ...part, text: replaced(part.text, /(<t[^>]*>)[^<]*(<\/t>)/g, random.pick([0, 2])) };
    }),
  );
}

const COMMANDS = (a: string, text: string): readonly (readonly string[])[] => [
  ...[
    ['check', a],
    ['check', a, '--strict'],
    ['check', a, '--resolved'],
    ['show', a],
    ['run', a],
    ['run', a, '--in', text],
  ],
  ...[
    ['evidence', a],
    ['explain', a, 'servers/inspur'],
    ['explain', a, '--uses', 'envelope'],
  ],
  ...[
    ['explain', a, text],
    ['sensitivity', a, '--of', 'servers', '--show'],
    ['solve', a, '--for', text],
  ],
  ...[
    ['compare', a, a, '--show'],
    ['simulate', a, '--of', text],
    ['materiality', a, '--show'],
    ['exposure', a, '--show'],
  ],
  ...[
    ['show', a, '--set', `title=${text}`],
    ['show', a, '--set', text],
    ['run', a, '--by', text],
  ],
  ...[
    ['backtest', a, '--actuals', text],
    ['import', text, '--onto', a],
    ['verify', text],
    ['verify', a],
  ],
  ...[['new', text], [text], ['run', text], ['run', a, `--${text}`], ['show', a, '-o', text]],
  ...[
    ['--get-yargs-completions', 'capex', 'run', a, '--by', `${text},`],
    ['help', text],
  ],
  ...[
    ['schema', text],
    ['completion', text],
    ['run', a, '-o', BOOK],
  ],
  ['import', 'inputs.csv', '--onto', a],
];

/** A workbook is made, edited and brought back. */
const WITH_BOOK = (a: string): readonly (readonly string[])[] => [
  ['run', a, '-o', BOOK],
  ['import', BOOK, '--onto', a],
];

/** What prints the same whatever files hold. */
const CONSTANT = [['schema'], ['completion']];

const BOOK = 'book.xlsx';

it.each([true, false])(
  'no control character and no line that reads like ours is printed; a terminal: %s',
  async (isTerminal) => {
    const random = dice(isTerminal ? 1 : 2);
    let [shown, books] = [0, 0];
    for (let i = 0; i < cases(20); i++) {
      const cwd = folder();
      const [name, text] = [`${fileName(random)}.yaml`.replace(/^-/, 'x'), hostile(random)];
      writeFileSync(join(cwd, name), scenarioWith(random, i % 2 === 0 ? ALLOWED : HOSTILE));
      writeFileSync(join(cwd, 'inputs.csv'), `Input,Value\n"${hostile(random)}",5\n`);
      const lines = [
        COMMANDS(name, text),
        i % 2 === 0 ? WITH_BOOK(name) : [],
        i === 0 ? CONSTANT : [],
      ];
      for (const line of lines.flat()) {
        const book = line[1] === BOOK ? join(cwd, BOOK) : undefined;
        if (book !== undefined && existsSync(book)) {
          writeFileSync(book, hostileBook(random, readFileSync(book)));
          books++;
        }
        const { code, out, err } = await runHere([...line], { cwd, isTerminal });
        const isData =
          !isTerminal && code === 0 && ['run', 'evidence', 'simulate'].includes(line[0]!);
        const printed = isData ? err : out + err;
        const told = JSON.stringify([line, printed]).slice(0, 2000);
        const plain = printed.replace(/\u001b\[(?:\d{1,2}|\d{1,2};\d{1,2})m/g, '');
        expect(/[^\P{Cc}\n]|\p{Bidi_Control}|\p{Cs}|[\u2028\u2029]/u.exec(plain), told).toBeNull();
        expect(OURS.exec(plain), told).toBeNull();
        if (code === 0) shown++;
      }
    }
    expect(shown).toBeGreaterThan(cases(20) * 4);
    expect(books).toBeGreaterThan(cases(20) / 4);
  },
  120_000,
);
