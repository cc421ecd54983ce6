/** The value of a result that has to be a success, and the diagnostics of one that has to be a failure. */
import { expect } from 'vitest';
import type { Result } from '../../src/core/result.js';

export function valueOf<T, P>(result: Result<T, P>): T {
  if (!result.ok) expect.fail(JSON.stringify(messagesIn(result.diagnostics)));
  return result.value;
}

export function diagnosticsOf<T, P>(result: Result<T, P>): P {
  if (result.ok) expect.fail('a value where a failure was expected');
  return result.diagnostics;
}

/** Diagnostics hold whole source texts, which no failure message should print. */
function messagesIn(diagnostics: unknown): unknown {
  if (!Array.isArray(diagnostics)) return diagnostics;
  return diagnostics.map((one) => (one as { readonly message: string }).message);
}
