/** The functions as Google Apps Script calls them: one global function for each passes its arguments on. */
import { caller } from './caller.js';
import type { Argument, CellResult } from './functions.js';

const callCell = caller();

/** @throws Error with the message that the cell shows */
export function call(name: string, args: readonly Argument[]): CellResult {
  const result = callCell(name, args);
  if (!result.ok) throw new Error(result.diagnostics);
  return result.value;
}
