/** Phrases in Chinese and English. */
import { expect, it } from 'vitest';
import { CHINESE } from '../../../src/core/text/chinese.js';
import { sayIn, type Phrase } from '../../../src/core/text/language.js';

const namesIn = (text: string) => new Set(text.match(/\{\w+\}/g));

it.each(Object.entries(CHINESE))('%s: has its values in Chinese too', (english, chinese) => {
  expect(namesIn(chinese)).toEqual(namesIn(english));
  expect(chinese).not.toBe(english);
});

it('says a phrase with its values', () => {
  const phrase = '{known} of {all} inputs are supported by a claim' satisfies Phrase;
  expect(sayIn('en')(phrase, { known: 2, all: 3 })).toBe('2 of 3 inputs are supported by a claim');
  expect(sayIn('zh')(phrase, { known: 2, all: 3 })).toBe('3 项输入中有 2 项有依据');
});

it('says English unless a language is given', () => {
  expect(sayIn()('total')).toBe('total');
});
