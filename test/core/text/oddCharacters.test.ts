/** Odd characters: each has its code point, a name, and what it stands for. */
import { describe, expect, it } from 'vitest';
import {
  oddCharacterIn,
  oddCharactersIn,
  withoutOddCharacters,
} from '../../../src/core/text/oddCharacters.js';

it.each([
  ['\u00A0', 'U+00A0 (no-break space)', ' '],
  ['\u200B', 'U+200B (zero-width space)', ''],
  ['\uFEFF', 'U+FEFF (byte order mark)', ''],
  ['\u3000', 'U+3000 (ideographic space)', ' '],
  ['\u2003', 'U+2003 (a space)', ' '],
  ['\u2800', 'U+2800 (a space)', ' '],
  ['\u3164', 'U+3164 (an invisible character)', ''],
  ['\uFE0F', 'U+FE0F (an invisible character)', ''],
  ['\u{E0041}', 'U+E0041 (an invisible character)', ''],
  ['：', 'U+FF1A (full-width `:`)', ':'],
  ['５', 'U+FF15 (full-width `5`)', '5'],
  ['％', 'U+FF05 (full-width `%`)', '%'],
  ['￥', 'U+FFE5 (full-width `¥`)', '¥'],
  ['、', 'U+3001 (ideographic comma)', ','],
  ['。', 'U+3002 (ideographic full stop)', '.'],
  ['−', 'U+2212 (minus sign)', '-'],
  ['–', 'U+2013 (a dash)', '-'],
  ['“', 'U+201C (a quotation mark of print)', '"'],
  ['’', 'U+2019 (a quotation mark of print)', "'"],
])('%j is %s', (character, name, plain) => {
  expect(oddCharacterIn(`ab${character}`)).toEqual({ at: 2, name, plain });
  expect(withoutOddCharacters(`a${character}b`)).toBe(`a${plain}b`);
});

describe('of a text', () => {
  it('the first is told, and all are found in order', () => {
    expect(oddCharacterIn('a\u200Bb：')?.at).toBe(1);
    expect(oddCharactersIn('a\u200Bb：').map(({ at }) => at)).toEqual([1, 3]);
  });

  it('a word of any language has none', () => {
    const words = 'Alibaba 3,800亿元 Müller café ½ 浪潮 가나 日本 -12.5% "a" \t\n';
    expect(oddCharacterIn(words)).toBeUndefined();
    expect(withoutOddCharacters(words)).toBe(words);
  });

  it('every sign of ASCII in full width stands for that sign', () => {
    for (let code = 0x21; code < 0x7f; code++) {
      const wide = String.fromCodePoint(code + 0xfee0);
      expect(withoutOddCharacters(wide)).toBe(String.fromCodePoint(code));
    }
  });
});
