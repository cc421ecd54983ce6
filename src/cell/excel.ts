/** The functions as Excel calls them: Office.js custom functions, registered by the ids of the metadata. */
import { caller } from './caller.js';
import { FUNCTIONS, type Argument, type CellResult } from './functions.js';

/** The part of Office.js that the script of custom functions uses. */
interface Office {
  readonly associate: (id: string, run: (...args: readonly Argument[]) => CellResult) => void;
  readonly Error: new (code: unknown, message: string) => Error;
  readonly ErrorCode: { readonly invalidValue: unknown };
}

declare const CustomFunctions: Office;

const call = caller();

for (const { name, parameters } of FUNCTIONS) {
  CustomFunctions.associate(name, (...args) => {
    // Excel adds an argument with the calling cell.
    const result = call(name, args.slice(0, parameters.length));
    if (result.ok) return result.value;
    throw new CustomFunctions.Error(CustomFunctions.ErrorCode.invalidValue, result.diagnostics);
  });
}
