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

type Values<P extends string> = Readonly<Record<NamesIn<P>, Value>>;

/** What stands for a name in braces. */
type Value = string | number | Saying;

/** A phrase with its values, to be said in a language that is known later. */
export interface Saying {
  readonly english: Phrase;
  readonly values: Readonly<Record<string, Value>>;
}

export function saying<P extends Phrase>(english: P, values: Values<P>): Saying {
  return { english, values };
}

/** Says a phrase in one language: `say('{count} of 12 months', { count: 9 })`. */
export interface Say {
  (phrase: Word | Saying): string;
  <P extends Phrase>(english: P, values: Values<P>): string;
}

/** A name as it is, or a phrase said. */
export function sayName(name: string | Saying, say: Say): string {
  return typeof name === 'string' ? name : say(name);
}

/** @returns what says phrases in the language; English unless given */
export function sayIn(language: Language = 'en'): Say {
  const say = (phrase: Phrase | Saying, given: Saying['values'] = {}): string => {
    const { english, values } =
      typeof phrase === 'string' ? { english: phrase, values: given } : phrase;
    const text = language === 'zh' ? CHINESE[english] : english;
    return text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      return typeof value === 'object' ? say(value) : String(value);
    });
  };
  return say;
}
