/** How an argument of a study is refused. */
import { failure } from '../../core/result.js';
import type { Diagnostic, Problem } from '../../core/text/diagnostic.js';

/** Refuses an argument for a problem. */
export type ArgumentError = (problem: Problem) => {
  readonly ok: false;
  readonly diagnostics: readonly Diagnostic[];
};

/** Refuses an argument, whose text is the place of the diagnostic. */
export function argumentError(name: string, text: string): ArgumentError {
  return ({ code = 'path-unknown', message, hint }) => {
    const span = { source: { name, text }, start: 0, end: Math.max(text.length, 1) };
    return failure([{ code, severity: 'error', span, message, ...(hint && { hint }) }]);
  };
}
