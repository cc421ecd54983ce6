/** Spreadsheet hosts as bare as they are: a context without Node in which no code can be generated. */
import { readFileSync } from 'node:fs';
import { Script, createContext } from 'node:vm';

export type Given = readonly unknown[];
export type CellFunctions = ReadonlyMap<string, (...given: Given) => unknown>;

const built = (name: string) => readFileSync(`dist/cell/${name}`, 'utf8');
const bare = (globals: object) =>
  createContext(globals, { codeGeneration: { strings: false, wasm: false } });

/** The error that Excel shows in a cell. */
export class CellError extends Error {
  constructor(
    readonly code: unknown,
    message: string,
  ) {
    super(message);
  }
}

/** The functions that the script registers with Excel, by id. */
export function excel(): CellFunctions {
  const functions = new Map<string, (...given: Given) => unknown>();
  const CustomFunctions = {
    associate: (id: string, run: (...given: Given) => unknown) => void functions.set(id, run),
    Error: CellError,
    ErrorCode: { invalidValue: '#VALUE!' },
  };
  new Script(built('excel/functions.js')).runInContext(bare({ CustomFunctions }));
  return functions;
}

/** The global functions of the script, as Sheets finds them, by name. */
export function sheets(): CellFunctions {
  const code = built('sheets/Code.js');
  const context = bare({});
  new Script(code).runInContext(context);
  const names = [...code.matchAll(/^function (CAPEX_[A-Z]+)\(/gm)].map(([, name]) => name!);
  return new Map(
    names.map((name) => [name, new Script(name).runInContext(context) as () => unknown]),
  );
}

export interface Metadata {
  readonly functions: readonly {
    readonly id: string;
    readonly description: string;
    readonly parameters: readonly { readonly name: string; readonly description: string }[];
  }[];
}

export function metadata(): Metadata {
  return JSON.parse(built('excel/functions.json')) as Metadata;
}

export { built };
