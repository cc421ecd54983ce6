/** The functions as Google Apps Script calls them: a global function for each hands its arguments on. */
import { caller, type Argument, type CellResult } from './functions.js';
import { isCellError } from './cellValues.js';

const callCell = caller();

/** @throws Error with the diagnostic's text, which the cell shows */
export function call(name: string, given: readonly Argument[]): CellResult {
  const result = callCell(name, given);
  if (isCellError(result)) throw new Error(result.wrong);
  return result;
}
