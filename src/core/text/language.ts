/** The languages of what people read. A phrase stands in English where it is used; `CHINESE` has it in Chinese. */
import { CHINESE } from './chinese.js';

/** The languages that a reader can ask for, the default first. */
export const LANGUAGES = ['en', 'zh'] as const;
/** A language of what people read. */
export type Language = (typeof LANGUAGES)[number];

/** A phrase in English; names in braces stand for values. */
export type Phrase = keyof typeof CHINESE;

/** The names in braces of a phrase. */
type NamesIn<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** A phrase without values. */
export type Word = { [P in Phrase]: [NamesIn<P>] extends [never] ? P : never }[Phrase];

/** Says a phrase in one language: `say('{count} of 12 months', { count: 9 })`. */
export interface Say {
  (english: Word): string;
  <P extends Phrase>(english: P, values: Readonly<Record<NamesIn<P>, string | number>>): string;
}

/** @returns what says phrases in the language; English unless given */
export function sayIn(language: Language = 'en'): Say {
  return (english: Phrase, values: Readonly<Record<string, string | number>> = {}) => {
    const text = language === 'zh' ? CHINESE[english] : english;
    return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
  };
}
