/** Places in a text: the line and the column that an editor shows for an offset. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineAt, positionOf, printPlace, type Span } from '../../../src/core/text/source.js';

const spanIn = (text: string, start: number, cell?: string): Span => ({
  source: { name: 'plan.yaml', text, ...(cell !== undefined && { cell }) },
  start,
  end: start,
});

describe('positionOf', () => {
  it.each([
    ['the beginning', 'ab\ncd', 0, [1, 1]],
    ['the end of a line', 'ab\ncd', 2, [1, 3]],
    ['the first character of a line', 'ab\ncd', 3, [2, 1]],
    ['the end of the text', 'ab\ncd', 5, [2, 3]],
    ['the line after the last line end', 'ab\n', 3, [2, 1]],
    ['an empty text', '', 0, [1, 1]],
    ['a line that ends in CR LF', 'ab\r\ncd', 4, [2, 1]],
    ['a character after Chinese ones', '服务器: 1', 5, [1, 6]],
    ['a character after one of two code units', '😀x', 2, [1, 2]],
    ['a line after one with such a character', '😀\nx', 3, [2, 1]],
  ])('finds %s', (_, text, start, [line, column]) => {
    expect(positionOf(spanIn(text, start))).toEqual({ line, column });
  });

  it('counts lines and characters up to any offset', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', '元', '😀', '\n') });
    fc.assert(
      fc.property(texts, fc.nat(), (text, seed) => {
        const characters = Array.from(text);
        const before = characters.slice(0, seed % (characters.length + 1)).join('');
        const lines = before.split('\n');
        const position = positionOf(spanIn(text, before.length));
        expect(position).toEqual({
          line: lines.length,
          column: Array.from(lines.at(-1)!).length + 1,
        });
      }),
    );
  });
});

describe('lineAt', () => {
  it('gives each offset of a text its line', () => {
    const { source } = spanIn('a\n\nb\n', 0);
    expect([0, 1, 2, 3, 4, 5].map((offset) => lineAt(source, offset))).toEqual([1, 1, 2, 3, 3, 4]);
  });
});

describe('printPlace', () => {
  it('prints file, line and column', () => {
    expect(printPlace(spanIn('a: 1\nb: 2', 8))).toBe('plan.yaml:2:4');
  });

  it('prints the cell of a workbook in place of line and column', () => {
    expect(printPlace(spanIn('12', 1, 'Inputs!B5'))).toBe('plan.yaml:Inputs!B5');
  });
});
