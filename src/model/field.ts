/** The fields of a scenario file: zod schemas over scalars that know their place. */
import * as z from 'zod';
import type { Literal, LiteralReading } from '../core/number/literal.js';
import { meantCurrency } from '../core/number/suggestions.js';
import { readPeriodKey } from '../core/period.js';
import { MONTH_STARTS } from '../core/months.js';
import { meantYear, periodRemedy } from '../core/periodSpellings.js';
import { failure, success } from '../core/result.js';
import { nearest, type DiagnosticCode } from '../core/text/diagnostic.js';
import { withoutOddCharacters } from '../core/text/oddCharacters.js';
import { either, listed } from '../core/text/prose.js';
import type { Scalar, Span } from '../core/text/source.js';
import { quickMap, quickReaderOf, withQuickReader } from './quickField.js';

// A field is read only a few times: code that zod would generate costs more than it saves, and functions
// in a cell run where no code may be generated.
z.config({ jitless: true });

/** A value with its text and its place. */
export interface Located<T> {
  readonly value: T;
  readonly text: string;
  readonly path: string; // of the scalar: `components.servers.price`
  readonly span: Span;
}

/** What a field adds to a zod issue, for the diagnostic made from it. */
export interface IssueParams {
  readonly code: DiagnosticCode;
  /** Empty where the code suffices. */
  readonly message: string;
  /** What the field expects: `an amount of money`. */
  readonly noun: string;
  /** An example of its spelling. */
  readonly example?: string;
  readonly hint?: string;
  /** Whether only the spelling is wrong, and the hint corrects it. */
  readonly isNear?: boolean;
}

/** The JSON Schema of a field whose input is one scalar, and its description. */
interface Meta {
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly examples?: readonly string[];
  readonly enum?: readonly string[];
  readonly [key: string]: unknown;
}

/**
 * A scalar as zod sees it: a function, so that zod does not try to read keys or items of it. Only the
 * fields below call it.
 */
export type Opaque = () => Scalar;

const ANYTHING = z.unknown();

/** A field that is one scalar, read by `read`. */
export function scalarField<T>(
  noun: string,
  read: (text: string) => LiteralReading<T>,
  meta: Meta,
  example = meta.examples?.[0] ?? meta.enum?.[0],
) {
  const field = ANYTHING.transform((node, context): Located<T> => {
    const reject = (message: string, params: Pick<IssueParams, 'code' | 'hint' | 'isNear'>) => {
      context.addIssue({ code: 'custom', params: { noun, example, message, ...params } });
      return z.NEVER;
    };
    if (node === undefined) return reject('', { code: 'key-missing' });
    if (typeof node !== 'function') return reject('', { code: 'shape' });
    const scalar = (node as Opaque)();
    if (scalar.text === '') return reject('', { code: 'literal' });
    const reading = read(scalar.text);
    if (!reading.ok) return reject(reading.diagnostics.message, reading.diagnostics);
    return { value: reading.value, text: scalar.text, path: scalar.path, span: scalar.span };
  }).register(z.globalRegistry, { ...(!meta.enum && example && { examples: [example] }), ...meta });
  return withQuickReader(field, (node) => {
    if (typeof node !== 'function') return undefined;
    const { text, path, span } = (node as Opaque)();
    const reading = text === '' ? undefined : read(text);
    return reading?.ok ? { value: reading.value, text, path, span } : undefined;
  });
}

/** A field that is one literal of the number grammar. */
export function literalField<T>(literal: Literal<T>, description?: string) {
  return scalarField(literal.noun, literal.read, {
    type: ['string', 'number'],
    pattern: literal.pattern,
    examples: [literal.example],
    ...(description === undefined ? {} : { description }),
  });
}

/** A field of free text, of at least one character. Its value is one line, however YAML spreads it. */
export function textField(description: string) {
  const read = (text: string): LiteralReading<string> =>
    text.trim() === ''
      ? failure({ code: 'literal', message: 'the text is blank', hint: 'write some words' })
      : success(text.trim().replace(/\s*\n\s*/gu, ' '));
  return scalarField('a text', read, { type: ['string', 'number'], minLength: 1, description });
}

/** A field that is one of a few words. */
export function choiceField<const W extends string>(words: readonly W[], description: string) {
  const noun = either(words.map((word) => `\`${word}\``));
  const read = (text: string): LiteralReading<W> => {
    const word = words.find((candidate) => candidate === text);
    if (word !== undefined) return success(word);
    const meant = nearest(text, words);
    const hint = `write ${meant === undefined ? noun : `\`${meant}\``}`;
    const message = `\`${text}\` is not ${noun}`;
    return failure({ code: 'choice', message, hint, isNear: meant !== undefined });
  };
  return scalarField(noun, read, { type: 'string', enum: words, description });
}

/** A field that is true or false. */
export function flagField(description: string) {
  const noun = '`true` or `false`';
  const read = (text: string): LiteralReading<boolean> =>
    text === 'true' || text === 'false'
      ? success(text === 'true')
      : failure({ code: 'choice', message: `\`${text}\` is not ${noun}`, hint: `write ${noun}` });
  const meta = { type: ['boolean', 'string'], pattern: '^(true|false)$', description };
  return scalarField(noun, read, meta, 'true');
}

/** A field that is a month of the year as a number. */
export function monthField(description: string) {
  const noun = 'the number of a month';
  const read = (text: string): LiteralReading<number> => {
    if (/^([1-9]|1[0-2])$/.test(text)) return success(Number(text));
    const named = MONTH_STARTS.indexOf(text.slice(0, 3).toLowerCase()) + 1;
    const hint = named > 0 ? `write ${named}` : 'write a number from 1 to 12: 3 is March';
    const message = `\`${text}\` is not ${noun}`;
    return failure({ code: 'literal', message, hint, isNear: named > 0 });
  };
  return scalarField(noun, read, { type: 'integer', minimum: 1, maximum: 12, description }, '3');
}

/** A field that is one name: a letter, then letters, digits, `_` or `-`. */
export function nameField(noun: string, description: string) {
  const read = (text: string): LiteralReading<string> =>
    NAME.test(text)
      ? success(text)
      : failure({
          code: 'literal',
          message: `\`${text}\` is not ${noun}`,
          hint: `write ${noun}: a letter, then letters, digits, \`_\` or \`-\``,
        });
  const meta = { type: 'string', pattern: NAME.source, description };
  return scalarField(noun, read, meta, 'guojin');
}

/** A field that names a period. */
export function periodField(description: string) {
  const read = (text: string): LiteralReading<string> =>
    readPeriodKey(text)
      ? success(text)
      : failure({
          code: 'period-key',
          message: `\`${text}\` is not a period`,
          hint: `write ${periodRemedy(text)}`,
        });
  const meta = { type: 'string', pattern: PERIOD_KEY.source, description };
  return scalarField('a period', read, meta, 'FY2026Q1');
}

/**
 * The names that a scenario gives to its parts; the same rule holds for every key. Letters and digits in the
 * width of a Chinese character, and letters without a shape, look like others and are refused.
 */
export const NAME =
  /^(?!.*[\uFF10-\uFF5A\u034F\u115F\u1160\u17B4\u17B5\u180B-\u180F\u3164\uFE00-\uFE0F\uFFA0])\p{L}[\p{L}\p{M}\p{N}_-]*$/u;
const PERIOD_KEY = /^FY(?!0000)\d{4}(Q[1-4]|M(0[1-9]|1[0-2]))?$/;

/** What the keys of a map have to be. */
export interface Key {
  readonly noun: string;
  readonly pattern: RegExp;
  readonly schema: z.ZodString;
}

/** The code of a wrong key, and what to write instead. */
interface KeyFault {
  readonly code: DiagnosticCode;
  readonly hint: (text: string) => string;
}

/** The kinds of key: names of components and the like, periods (`FY2026Q1`), fiscal years, ISO 4217 codes. */
export const nameKey = keyField('name', NAME);
export const periodKey = keyField('period', PERIOD_KEY);
export const yearKey = keyField('fiscal year', /^FY(?!0000)\d{4}$/);
export const currencyKey = keyField('currency', /^[A-Z]{3}$/);

/** @param pattern what a key of the kind is; `noun` is the message of the zod issue */
export function keyField(noun: string, pattern: RegExp): Key {
  return { noun, pattern, schema: z.string().regex(pattern, noun) };
}

/** By the noun of a key, which is the message of the zod issue. */
export const KEY_FAULTS: Readonly<Record<string, KeyFault>> = {
  name: { code: 'key-name', hint: nameRemedy },
  period: { code: 'period-key', hint: (text) => `write ${periodRemedy(text)}` },
  'fiscal year': {
    code: 'period-key',
    hint: (text) => `write ${meantYear(text) ?? 'a fiscal year such as FY2026'}`,
  },
  path: { code: 'key-name', hint: () => 'write the keys of the scenario, joined by dots' },
  currency: {
    code: 'currency-unknown',
    hint: (text) =>
      readPeriodKey(text)
        ? `write it below its currency: { USD: { ${text}: … } }`
        : `write ${meantCurrency(text) ?? 'an ISO 4217 code such as USD'}`,
  },
};

function nameRemedy(text: string): string {
  const plain = withoutOddCharacters(text);
  return `write ${NAME.test(plain) ? plain : 'a letter, then letters, digits, `_` or `-`'}`;
}

/** A map with free keys, in the order of the file. */
export function mapField<T>(key: Key, value: z.ZodType<T>, description: string) {
  const field = z
    .record(key.schema, value, `a map by ${key.noun}`)
    .transform((record): ReadonlyMap<string, T> => new Map(Object.entries(record)))
    .meta({ description });
  return withQuickReader(field, quickMap(key.pattern, quickReaderOf(value)));
}

/** An alternative form of a map (a table), which is converted to the map before its fields are read. */
export type MapAlternative = z.ZodType<never>;

/** A map with free keys, or a table in its place. */
export function mapOrTable<T>(
  key: Key,
  value: z.ZodType<T>,
  description: string,
  table: MapAlternative,
): z.ZodType<ReadonlyMap<string, T>> {
  const map = mapField(key, value, description);
  return withQuickReader(z.union([map, table]).meta({ description }), quickReaderOf(map));
}

/** @param noun of the list: `a list of weights` */
export function listField<T>(item: z.ZodType<T>, noun: string, description: string) {
  return z.array(item, noun).meta({ description });
}

/**
 * A map with fixed keys. The message of a zod issue is what belongs in the place: the known keys where
 * a key is unknown, else `noun`.
 */
export function recordField<const F extends z.ZodRawShape>(fields: F, noun = mapWith(fields)) {
  const known = Object.keys(fields).join(', ');
  const error = ({ code }: { readonly code: string }) =>
    code === 'unrecognized_keys' ? known : noun;
  return z.strictObject(fields, { error });
}

/** The noun of a map that is another form of a bare value: diagnostics name the value alone. */
export const NO_NOUN = '';

function mapWith(fields: z.ZodRawShape): string {
  const keys = Object.keys(fields);
  const required = keys.filter((key) => !(fields[key] instanceof z.ZodOptional));
  const named = (some: readonly string[]) => some.map((key) => `\`${key}\``);
  if (required.length === 0) return `a map with ${either(named(keys))}`;
  return `a map with ${listed(named(required), 'and')}`;
}
