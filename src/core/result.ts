/** A value, or why there is none: what every function returns that can fail on a user's input. */
import type { Diagnostic } from './text/diagnostic.js';

/**
 * A function that reads one document reports to a `Reporter` instead, as it can find many problems.
 *
 * @typeParam Problems diagnostics with their places, unless a text is read whose place the caller knows
 */
export type Result<T, Problems = readonly Diagnostic[]> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly diagnostics: Problems };

/** A result with a value. */
export function success<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** A result without a value. */
export function failure<P>(diagnostics: P): { readonly ok: false; readonly diagnostics: P } {
  return { ok: false, diagnostics };
}

/** The values of all results, or the diagnostics of all that failed. */
export function allOf<T>(results: readonly Result<T>[]): Result<readonly T[]> {
  const diagnostics = results.flatMap((result) => (result.ok ? [] : result.diagnostics));
  if (diagnostics.length > 0) return failure(diagnostics);
  return success(results.flatMap((result) => (result.ok ? [result.value] : [])));
}
