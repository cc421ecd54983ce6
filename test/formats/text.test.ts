import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import type { Sheet, SheetRow } from '../../src/core/table.js';
import { writeText } from '../../src/formats/text.js';
import { cases } from '../support/cases.js';

const part = (label: string, cells: string[], share?: number, depth = 0): SheetRow => ({
  label,
  depth,
  kind: 'part',
  cells,
  ...(share !== undefined && { bar: [0, share] as const }),
});

const total = (cells: string[]): SheetRow => ({ label: 'total', depth: 0, kind: 'total', cells });

const sheet = (rows: SheetRow[], more: Partial<Sheet> = {}): Sheet => ({
  title: 'Plan',
  caption: 'CNY bn',
  headings: rows[0]!.cells.map((_, i) => `FY${2026 + i}`),
  rows,
  notes: [],
  ...more,
});

it('aligns numbers right and labels left, with Chinese characters two columns wide', () => {
  const rows = [
    part('Servers 服务器', ['52.78', '1.00'], 500),
    part('光模块', ['1,000.00', '2.00'], 63, 1),
    total(['1,052.78', '3.00']),
  ];
  expect(writeText([sheet(rows)], { width: 80 })).toBe(`Plan
CNY bn            FY2026  FY2027
Servers 服务器     52.78    1.00  █████
  光模块        1,000.00    2.00  ▋
total           1,052.78    3.00
`);
});

it.each([
  [0, ''],
  [4, ''],
  [13, '▏'],
  [50, '▌'],
  [99, '█'],
  [100, '█'],
  [112, '█▏'],
  [987, '█████████▉'],
  [1000, '██████████'],
  [1500, '██████████'],
  [-20, ''],
])('draws a share of %i thousandths as the bar `%s`', (share, bar) => {
  const [, , line] = writeText([sheet([part('a', ['1'], share)])], { width: 80 }).split('\n');
  expect(line).toBe(`a            1${bar && `  ${bar}`}`);
});

it('puts columns that do not fit below, with the labels again and bars at the last', () => {
  const rows = [part('Servers', ['10.00', '20.00', '30.00'], 1000)];
  expect(writeText([sheet(rows)], { width: 24 })).toBe(`Plan
CNY bn   FY2026  FY2027
Servers   10.00   20.00

CNY bn   FY2028
Servers   30.00
`);
});

it('prints a common title of sheets once, and a blank line between them', () => {
  const one = sheet([part('a', ['1'])]);
  expect(writeText([one, one, { ...one, title: 'Other' }], { width: 40 })).toBe(`Plan
CNY bn  FY2026
a            1

CNY bn  FY2026
a            1

Other
CNY bn  FY2026
a            1
`);
});

it('breaks titles and notes between words', () => {
  const text = writeText(
    [sheet([part('a', ['1'])], { title: 'A plan of many words', notes: ['* a lag reaches back'] })],
    { width: 12 },
  );
  expect(text).toBe(`A plan of
many words
CNY…  FY2026
a          1
* a lag
reaches back
`);
});

it('a name cannot move the cursor or change colours', () => {
  const text = writeText([sheet([part('a\u001b[31m\n\u202eb', ['1'])], { title: 'T\u0007' })], {
    width: 60,
  });
  expect(text).toContain('a�[31m��b');
  expect(text).toContain('T�\n');
});

it('styles colour whole lines and change no width', () => {
  const rows = [part('a', ['1'], 1000), total(['1'])];
  const styled = writeText([sheet(rows)], {
    width: 60,
    style: (name, text) => `<${name}>${text}</>`,
  });
  expect(styled).toBe(`<title>Plan</>
<faint>CNY bn  FY2026</>
a            1  <bar>██████████</>
<total>total        1</>
`);
});

it('prints no line wider than the terminal, and cuts no number', () => {
  const label = fc.string({
    unit: fc.constantFrom('a', 'B', ' ', '服', '…', 'é', '１', '😀'),
    minLength: 1,
    maxLength: 40,
  });
  const cell = fc.integer({ min: 0, max: 999_999_999 }).map(String);
  const rows = fc.integer({ min: 1, max: 6 }).chain((columns) =>
    fc.array(
      fc.record({
        label,
        depth: fc.nat(3),
        kind: fc.constantFrom('part', 'total'),
        cells: fc.array(cell, { minLength: columns, maxLength: columns }),
        bar: fc.nat(1000).map((share) => [0, share] as const),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  );
  fc.assert(
    fc.property(rows, label, fc.integer({ min: 20, max: 120 }), (given, title, width) => {
      const text = writeText([sheet(given, { title, notes: [title] })], { width });
      for (const line of text.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(width);
      for (const number of given.flatMap(({ cells }) => cells)) expect(text).toContain(number);
    }),
    { numRuns: cases(500) },
  );
});

it('draws a bar with two sides in two tones, which the heading explains', () => {
  const swing = (label: string, low: [number, number], high: [number, number]): SheetRow => ({
    ...part(label, ['1.00']),
    sides: { low: { bar: low, label: '' }, high: { bar: high, label: '' } },
  });
  const rows = [
    swing('share', [0, 500], [500, 1000]),
    swing('price', [500, 700], [300, 500]),
    swing('little', [490, 500], [500, 510]),
  ];
  const axis = { at: 500, label: 'at value: 1.00' };
  expect(writeText([sheet(rows, { axis })], { width: 40 })).toBe(`Plan
CNY bn  FY2026  ▒ low █ high
share     1.00  ▒▒▒▒▒█████
price     1.00     ██▒▒
little    1.00
`);
});

it('breaks a word that is wider than the terminal, whatever the width of its letters', () => {
  const word = `${'宽'.repeat(100)}${'e\u0301'.repeat(100)}${'x'.repeat(100)}${'👩‍💻'.repeat(20)}`;
  const sheet = { title: word, caption: 'CNY', headings: [], rows: [], notes: [] };
  const [printed] = writeText([sheet], { width: 40 }).split('\nCNY');
  const lines = printed!.split('\n');
  expect(lines.join('')).toBe(word);
  expect(lines.every((line) => stringWidth(line) <= 40)).toBe(true);
  expect(lines.slice(0, -2).every((line) => stringWidth(line) >= 39)).toBe(true);
});
