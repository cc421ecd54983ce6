/** CSV: cells are those of csv-parse, and each stands where its text stands in the file. */
import { parse } from 'csv-parse/sync';
import { build } from 'esbuild';
import fc from 'fast-check';
import { readFileSync, readdirSync } from 'node:fs';
import { Script, createContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { problemList } from '../../../src/scenario/reporter.js';
import { readCsv, readLines, type Separator } from '../../../src/scenario/tables/readCsv.js';
import { cases } from '../../support/cases.js';

/** The cells of a text with their places, or what is wrong with it. */
function cellsOf(text: string, separator: Separator = ',') {
  const problems = problemList();
  const lines = readLines({ name: 'x.csv', text }, problems, separator);
  return {
    lines: lines?.map((line) =>
      line.map(({ text: cell, span: { start, end } }) => ({ cell, start, end })),
    ),
    faults: problems.diagnostics.map(({ code, message, span: { start, end } }) => ({
      ...{ code, message, start, end },
    })),
  };
}

const sign = fc.constantFrom('a', '7', '.', ' ', '-', '"', '季', 'é', '\u{1F600}', '\u00A0');
const SEPARATORS: readonly Separator[] = [',', ';', '\t'];

/** A field as it is written: bare, or in quotes with blanks around it. */
const bare = fc
  .string({ unit: sign, maxLength: 6 })
  .filter((field) => !field.trimStart().startsWith('"'));
const quoted = fc
  .tuple(
    fc.constantFrom('', ' ', '  '),
    fc.string({
      unit: fc.oneof(sign, fc.constantFrom(',', ';', '\t', '\n', '\r\n', '\r')),
      maxLength: 6,
    }),
    fc.constantFrom('', ' ', '  '),
  )
  .map(([before, content, after]) => `${before}"${content.replaceAll('"', '""')}"${after}`);

/** Lines, each with its own end; where `\r` is one, the next line does not begin with `\n`. */
const endedLines = fc
  .array(
    fc.tuple(
      fc.array(fc.oneof(bare, quoted), { minLength: 1, maxLength: 4 }),
      fc.constantFrom('\n', '\r\n', '\r'),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .filter((lines) =>
    lines.every(([, end], i) => end !== '\r' || !lines[i + 1] || lines[i + 1]![0].join() !== ''),
  );
const files = fc.record({
  lines: endedLines,
  separator: fc.constantFrom(...SEPARATORS),
  mark: fc.constantFrom('', '\uFEFF'),
});

it('a cell stands where its field is written, whatever stands before it', () => {
  fc.assert(
    fc.property(files, ({ lines, separator, mark }) => {
      const text = mark + lines.map(([fields, end]) => fields.join(separator) + end).join('');
      const { lines: found, faults } = cellsOf(text, separator);
      expect(faults).toEqual([]);
      const written = [...lines.map(([fields]) => fields), ['']];
      expect(found?.map((line) => line.length)).toEqual(written.map(({ length }) => length));
      let at = mark.length;
      for (const [row, fields] of written.entries()) {
        for (const [column, field] of fields.entries()) {
          const { cell, start, end } = found![row]![column]!;
          const own = field.trim();
          expect(start).toBe(own === '' ? at : at + field.indexOf(own));
          expect(end - start).toBe(Math.max(own.length, 1));
          if (own !== '') expect(text.slice(start, end)).toBe(own);
          const content = own.startsWith('"') ? own.slice(1, -1).replaceAll('""', '"') : own;
          expect(cell).toBe(content.trim());
          at += field.length + 1;
        }
        if (lines[row]?.[1] === '\r\n') at++;
      }
    }),
    { numRuns: cases(1000) },
  );
});

it('cells end where csv-parse says that fields end', () => {
  fc.assert(
    fc.property(files, ({ lines, separator, mark }) => {
      const text = mark + lines.map(([fields, end]) => fields.join(separator) + end).join('');
      const utf8 = Buffer.from(text);
      const ends: number[] = [];
      const records = parse(utf8, {
        ...{ bom: true, delimiter: separator, record_delimiter: ['\r\n', '\n', '\r'] },
        ...{ relax_column_count: true, relax_quotes: true, trim: true },
        cast: (value, { bytes }) => {
          ends.push(utf8.subarray(0, bytes).toString().length);
          return value.trim();
        },
      });
      const found = cellsOf(text, separator).lines!.slice(0, records.length);
      expect(found.map((line) => line.map(({ cell }) => cell))).toEqual(records);
      for (const [i, { cell, end }] of found.flat().entries()) {
        if (cell !== '') expect(text.slice(end, ends[i]).trim()).toBe('');
      }
    }),
    { numRuns: cases(500) },
  );
});

describe('a quote in the wrong place is told where it stands', () => {
  const CLOSED_EARLY = 'text after a closing quote';
  const NOT_CLOSED = 'a quote that is not closed';
  it.each<[name: string, text: string, message: string, start: number]>([
    ['behind text', 'a,"b"c,d', CLOSED_EARLY, 4],
    ['behind blanks', 'a,"b"  c', CLOSED_EARLY, 6],
    ['behind a doubled quote', 'a,"b""c"d', CLOSED_EARLY, 7],
    ['behind an empty cell', 'a,"" "b"', CLOSED_EARLY, 4],
    ['behind an empty cell, with a comma', '"" "a,b"', CLOSED_EARLY, 2],
    ['behind two empty ones', 'a,"" ""', CLOSED_EARLY, 4],
    ['in the first cell, behind a byte order mark', '\uFEFF"a"b', CLOSED_EARLY, 3],
    ['in a later line', 'a,b\r\n\r\nc,"d"e', CLOSED_EARLY, 11],
    ['in the first cell of a line', 'a,b\n"d"e,', CLOSED_EARLY, 6],
    ['behind blank cells', ',,"d"e,', CLOSED_EARLY, 4],
    ['behind characters of two bytes', '"éééé","d"e', CLOSED_EARLY, 9],
    ['behind characters of three bytes', '"季季季季","d"e', CLOSED_EARLY, 9],
    ['behind characters of four bytes', '\u{1F600}\u{1F600}\u{1F600},"d"e', CLOSED_EARLY, 9],
    ['before a zero character', 'a,"d"\0', CLOSED_EARLY, 4],
    ['never closed', 'a,"b\nc,d', NOT_CLOSED, 2],
    ['never closed, behind blanks', 'a,  "b', NOT_CLOSED, 4],
    ['never closed, in the first cell', '\uFEFF"b', NOT_CLOSED, 1],
    ['never closed, in a later line', '季,b\r"c,d\n', NOT_CLOSED, 4],
    ['alone', '"', NOT_CLOSED, 0],
  ])('%s', (_, text, message, start) => {
    const { lines, faults } = cellsOf(text);
    expect(lines).toBeUndefined();
    expect(faults).toEqual([expect.objectContaining({ code: 'csv-syntax', message, start })]);
  });

  it('and a quote within text is a character as any other', () => {
    const { lines, faults } = cellsOf('19" rack,a "b" c');
    expect(faults).toEqual([]);
    expect(lines).toEqual([
      [
        { cell: '19" rack', start: 0, end: 8 },
        { cell: 'a "b" c', start: 9, end: 16 },
      ],
    ]);
  });
});

it('half of a character is told where it stands', () => {
  expect(cellsOf('a,"b\ud800",c').faults).toEqual([
    expect.objectContaining({ code: 'text-character', start: 4, end: 5 }),
  ]);
});

it('lines of different lengths are read, however many there are', () => {
  const text = Array.from({ length: 20_000 }, (_, i) => `a${',b'.repeat(i % 3)}`).join('\n');
  const { lines } = cellsOf(text);
  expect(lines!.map(({ length }) => length)).toEqual(
    Array.from({ length: 20_000 }, (_, i) => 1 + (i % 3)),
  );
});

describe('csv-parse', () => {
  it('is what reads CSV, in one place', () => {
    const names = readdirSync('src', { recursive: true, encoding: 'utf8' });
    const importers = names.filter(
      (name) =>
        name.endsWith('.ts') && /from '[^']*csv-parse/.test(readFileSync(`src/${name}`, 'utf8')),
    );
    expect(importers.map((name) => name.split('/').at(-1))).toEqual(['readCsv.ts']);
  });

  const TEXT = '\uFEFFperiod,"rate, USD" ,\u{1F600}\r\nFY2026Q1, "7.1""6",季\r\rFY2026Q2,7,\n';

  it('reads the same where there is no Node', async () => {
    const { outputFiles } = await build({
      ...{
        entryPoints: ['src/scenario/tables/readCsv.ts'],
        bundle: true,
        write: false,
        format: 'iife',
      },
      ...{ globalName: 'csv', platform: 'neutral', mainFields: ['module', 'main'] },
    });
    const bare = createContext({}, { codeGeneration: { strings: false, wasm: false } });
    new Script(outputFiles[0]!.text).runInContext(bare);
    const readThere = new Script('csv.readCsv').runInContext(bare) as typeof readCsv;
    for (const text of [TEXT, `${TEXT}a,"b`, `${TEXT}季,"b"c`]) {
      const source = { name: 'x.csv', text };
      const [there, here] = [problemList(), problemList()];
      expect(JSON.stringify(readThere(source, there))).toBe(JSON.stringify(readCsv(source, here)));
      expect(JSON.stringify(there)).toBe(JSON.stringify(here));
      expect(here.diagnostics.length).toBe(text === TEXT ? 0 : 1);
    }
  });
});
