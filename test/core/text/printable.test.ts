/** Control characters and the like are made visible before a text is printed. */
import { expect, it } from 'vitest';
import { printable } from '../../../src/core/text/printable.js';
import { writeDiagnostics, writeOutline, writeSvg, writeText } from '../../../src/index.js';
import { writeRemarked } from '../../../src/shell.js';

/** An escape sequence, an override and a mark of direction, a line separator, half of a character. */
const UNPRINTABLE = ['\u001b[31m', '\u202e', '\u200f', '\u2028', '\ud83d', '\u0085', '\n'];

it.each(UNPRINTABLE)('replaces %j', (sign) => {
  expect(printable(`a${sign}b`)).toBe(`a�${sign.slice(1)}b`);
});

it('keeps letters of all scripts, and symbols', () => {
  const text = '阿里巴巴 Ünal עברית 100 % – 😀';
  expect(printable(text)).toBe(text);
});

const bad = 'A\u001b[31mB\u202eC';
const row = { label: bad, depth: 0, kind: 'part' as const, cells: [bad] };
const sheet = { title: bad, caption: bad, headings: [bad], rows: [row], notes: [bad] };
const source = { name: bad, text: bad };
const diagnostic = {
  ...{ code: 'shape', severity: 'error', span: { source, start: 0, end: 1 } },
  ...{ message: bad, expected: bad, found: bad, hint: bad },
} as const;

it.each([
  ['writeText', () => writeText([sheet], { width: 80 })],
  ['writeSvg', () => writeSvg([sheet])],
  [
    'writeOutline',
    () => writeOutline({ head: bad, lines: [], rows: [[bad]], branches: [] }, { width: 80 }),
  ],
  ['writeRemarked', () => writeRemarked([{ text: 'a: 1', remark: bad }])],
  ['writeDiagnostics', () => writeDiagnostics([diagnostic as never])],
])('%s prints no control character', (_, write) => {
  const text = write();
  expect(text).toContain('B�C');
  expect(text).not.toMatch(/[\u001b\u202e]/);
});

it('cuts no character of an excerpt into halves, wherever the place is', () => {
  for (let start = 0; start < 240; start++) {
    const long = { name: 'a.yaml', text: 'x'.repeat(start % 3) + '😀'.repeat(150) };
    const span = { source: long, start: start + (start % 2), end: start + 3 };
    const [, , , shown] = writeDiagnostics([{ ...diagnostic, span } as never]).split('\n');
    expect(shown).not.toContain('�');
  }
});

it('sets a line of others in that reads like a message of ours', () => {
  const texts = ['error[sum] x', 'warning[sum] x', 'capex: x', 'Capex: x'];
  for (const title of texts) {
    const text = writeText([{ ...sheet, title, notes: [title] }], { width: 80 });
    expect(text.split('\n').filter((line) => line === ` ${title}`)).toHaveLength(2);
  }
});
