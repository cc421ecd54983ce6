/** How single values are written in a scenario file: zod fields over located scalars. */
import { z } from 'zod';
import type { DiagnosticCode } from '../core/diagnostic.js';
import type { Literal, Reading } from '../core/literal.js';
import { readPeriodKey } from '../core/period.js';
import type { Scalar, Span } from '../core/source.js';

/** A value with the text that it was read from. */
export interface Located<T> {
  readonly value: T;
  readonly text: string;
  readonly path: string;
  readonly span: Span;
}

/** What a field adds to a zod issue, for the diagnostic that is made of it. */
export interface IssueParams {
  readonly code: DiagnosticCode;
  readonly hint?: string;
  readonly expected?: string;
}

/** The JSON Schema of a field whose input is one scalar, and its description. */
interface Meta {
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly [key: string]: unknown;
}

/** A field that is one scalar, read by `read`. */
export function scalarField<T>(noun: string, read: (text: string) => Reading<T>, meta: Meta) {
  return z
    .unknown()
    .transform((node, context): Located<T> => {
      const reject = (message: string, params: IssueParams) => {
        context.addIssue({ code: 'custom', message, params: { ...params } });
        return z.NEVER;
      };
      if (node === undefined) return reject('is missing', { code: 'key-missing' });
      if (!isScalar(node)) {
        return reject(`${noun} belongs here`, { code: 'shape', expected: noun });
      }
      const reading = read(node.text);
      if ('refusal' in reading) {
        const { code, message, hint } = reading.refusal;
        return reject(node.text === '' ? `${noun} is missing here` : message, { code, hint });
      }
      return { value: reading.value, text: node.text, path: node.path, span: node.span };
    })
    .meta(meta as Record<string, unknown>);
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

/** A field of free text, of at least one character. */
export function textField(description: string) {
  const read = (text: string): Reading<string> =>
    text.trim() === ''
      ? { refusal: { code: 'literal', message: 'no text', hint: 'write some words' } }
      : { value: text };
  return scalarField('text', read, { type: ['string', 'number'], minLength: 1, description });
}

/** A field that is one of a few words. */
export function choiceField<const W extends string>(words: readonly W[], description: string) {
  const read = (text: string): Reading<W> => {
    const word = words.find((candidate) => candidate === text);
    if (word !== undefined) return { value: word };
    const hint = `write ${words.map((w) => `\`${w}\``).join(' or ')}`;
    return { refusal: { code: 'choice', message: `\`${text}\` is not known here`, hint } };
  };
  const noun = words.map((word) => `\`${word}\``).join(' or ');
  return scalarField(noun, read, { type: 'string', enum: words, description });
}

/** A field that is a whole number between two bounds. */
export function integerField(least: number, most: number, description: string) {
  const read = (text: string): Reading<number> => {
    if (/^(0|[1-9]\d{0,5})$/.test(text) && Number(text) >= least && Number(text) <= most) {
      return { value: Number(text) };
    }
    const message = `\`${text}\` is no whole number from ${least} to ${most}`;
    return { refusal: { code: 'literal', message, hint: `write a number such as ${least}` } };
  };
  const meta = { type: 'integer', minimum: least, maximum: most, description };
  return scalarField(`a whole number from ${least} to ${most}`, read, meta);
}

/** A field that is one name: a letter, then letters, digits, `_` or `-`. */
export function nameField(noun: string, description: string) {
  const read = (text: string): Reading<string> =>
    NAME.test(text)
      ? { value: text }
      : {
          refusal: {
            code: 'literal',
            message: `\`${text}\` is not ${noun}`,
            hint: 'a name is a letter, then letters, digits, `_` or `-`',
          },
        };
  return scalarField(noun, read, { type: 'string', pattern: NAME.source, description });
}

/** A field that names a period. */
export function periodField(description: string) {
  const read = (text: string): Reading<string> =>
    readPeriodKey(text)
      ? { value: text }
      : {
          refusal: {
            code: 'period-key',
            message: `\`${text}\` is no period`,
            hint: 'write a fiscal year, quarter or month: FY2026, FY2026Q1 or FY2026M01',
          },
        };
  return scalarField('a period', read, { type: 'string', pattern: PERIOD_KEY.source, description });
}

/** The names that a scenario gives to its parts; the same rule holds for every key. */
export const NAME = /^\p{L}[\p{L}\p{M}\p{N}_-]*$/u;
const PERIOD_KEY = /^FY\d{4}(Q[1-4]|M(0[1-9]|1[0-2]))?$/;

export const nameKey = z.string().regex(NAME);
export const periodKey = z.string().regex(PERIOD_KEY);
export const yearKey = z.string().regex(/^FY\d{4}$/);
export const currencyKey = z.string().regex(/^[A-Z]{3}$/);

/** A map with free keys, in the order of the file. */
export function mapField<T>(key: z.ZodString, value: z.ZodType<T>, description: string) {
  return z
    .record(key, value)
    .transform((record): ReadonlyMap<string, T> => new Map(Object.entries(record)))
    .meta({ description });
}

/** A map with fixed keys; where a key is unknown, the message of the issue lists the known ones. */
export function recordField<const F extends z.ZodRawShape>(fields: F) {
  const known = Object.keys(fields).join(', ');
  return z.strictObject(fields, {
    error: ({ code }) => (code === 'unrecognized_keys' ? known : undefined),
  });
}

/** Something that may change from a period on: one value, or a step for each key. */
export type ByPeriod<T> = { readonly always: T } | { readonly from: ReadonlyMap<string, T> };

/** A field that is one value, or a map by period (a step). */
export function byPeriod<T>(value: z.ZodType<T>, description: string) {
  return z
    .union([
      value.transform((always): ByPeriod<T> => ({ always })),
      z
        .record(periodKey, value)
        .transform((record): ByPeriod<T> => ({ from: new Map(Object.entries(record)) }))
        .meta({ description: 'A step by period: a value holds from its key until the next one.' }),
    ])
    .meta({ description });
}

/** The values of a `ByPeriod`, each with the path below it at which it stands. */
export function valuesOf<T>(steps: ByPeriod<T>): T[] {
  return 'always' in steps ? [steps.always] : [...steps.from.values()];
}

function isScalar(node: unknown): node is Scalar {
  return (
    typeof node === 'object' && node !== null && 'text' in node && typeof node.text === 'string'
  );
}
