/** The value of a result that has to be a success. */
import { expect } from 'vitest';
import type { Result } from '../../src/core/result.js';

export function valueOf<T, P>(result: Result<T, P>): T {
  if (!result.ok) expect.fail(JSON.stringify(result.diagnostics));
  return result.value;
}
