/** The functions as Excel calls them: Office.js custom functions, registered by the ids of the metadata. */
import { caller, FUNCTIONS, type Argument, type CellResult } from './functions.js';
import { isCellError } from './cellValues.js';

/** What Office gives to the script of custom functions. */
interface Office {
  readonly associate: (id: string, run: (...given: readonly Argument[]) => CellResult) => void;
  readonly Error: new (code: unknown, message: string) => Error;
  readonly ErrorCode: { readonly invalidValue: unknown };
}

declare const CustomFunctions: Office;

const call = caller();

for (const { name, parameters } of FUNCTIONS) {
  CustomFunctions.associate(name, (...given) => {
    // Excel adds an argument of its own, which tells of the calling cell.
    const result = call(name, given.slice(0, parameters.length));
    if (!isCellError(result)) return result;
    throw new CustomFunctions.Error(CustomFunctions.ErrorCode.invalidValue, result.wrong);
  });
}
