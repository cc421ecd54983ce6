/** The functions as Google Apps Script calls them: a global function for each hands its arguments on. */
import { caller, type Argument, type Result } from './functions.js';
import { isWrong } from './cellValues.js';

const callCell = caller();

/** @throws Error with the diagnostic's text, which the cell shows */
export function call(name: string, given: readonly Argument[]): Result {
  const result = callCell(name, given);
  if (isWrong(result)) throw new Error(result.wrong);
  return result;
}
