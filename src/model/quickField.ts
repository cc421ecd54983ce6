/** A quick way through fields that have several forms: most values are written in the form that is tried first here. */
import type * as z from 'zod';

/**
 * Reads an input that is right in the usual form; nothing for all others. These are left to zod, which tries
 * one form after the other and says what is wrong.
 */
export type QuickReader<T> = (input: unknown) => T | undefined;

const READERS = new WeakMap<z.ZodType, QuickReader<unknown>>();

/** The quick reader of a field; one that reads nothing if it has none. */
export function quickReaderOf<T>(field: z.ZodType<T>): QuickReader<T> {
  return (READERS.get(field) as QuickReader<T> | undefined) ?? (() => undefined);
}

/** Gives a field a quick reader. It must be the last that is done to the field: zod makes copies without it. */
export function withQuickReader<T, F extends z.ZodType<T>>(field: F, read: QuickReader<T>): F {
  READERS.set(field, read);
  const run = field._zod.run.bind(field._zod);
  field._zod.run = (payload, context) => {
    const value = read(payload.value);
    if (value === undefined) return run(payload, context);
    payload.value = value;
    return payload;
  };
  return field;
}

/** Reads a map whose keys fit and whose values are all right in their usual form; nothing for all others. */
export function quickMap<T>(
  key: RegExp,
  value: QuickReader<T>,
): QuickReader<ReadonlyMap<string, T>> {
  return (input) => {
    if (typeof input !== 'object' || input === null || Array.isArray(input)) return undefined;
    const found = new Map<string, T>();
    for (const name of Object.keys(input)) {
      const one = key.test(name) ? value((input as Record<string, unknown>)[name]) : undefined;
      if (one === undefined) return undefined;
      found.set(name, one);
    }
    return found;
  };
}
