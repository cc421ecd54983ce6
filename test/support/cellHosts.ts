/**
 * Spreadsheet hosts as bare and as old as they are: a context without Node in which no code can be generated, with
 * the JavaScript of 2020.
 */
import { readFileSync } from 'node:fs';
import { Script, createContext } from 'node:vm';

export type Given = readonly unknown[];
export type CellFunctions = ReadonlyMap<string, (...given: Given) => unknown>;

const built = (name: string) => readFileSync(`dist/cell/${name}`, 'utf8');

function bare(globals: object) {
  const context = createContext(globals, { codeGeneration: { strings: false, wasm: false } });
  new Script(OLD_ENGINE).runInContext(context);
  return context;
}

/** Takes away what Safari 14 does not have. */
const OLD_ENGINE = `
  const later = ['at', 'findLast', 'findLastIndex', 'toReversed', 'toSorted', 'toSpliced', 'with', 'group'];
  for (const name of later) delete Array.prototype[name];
  for (const name of ['at', 'isWellFormed', 'toWellFormed']) delete String.prototype[name];
  for (const name of ['hasOwn', 'groupBy']) delete Object[name];
  for (const name of ['groupBy']) delete Map[name];
  for (const name of ['union', 'intersection', 'difference', 'isSubsetOf']) delete Set.prototype[name];
  for (const name of ['Segmenter', 'ListFormat']) delete Intl[name];
  delete globalThis.structuredClone;
  globalThis.RegExp = new Proxy(RegExp, {
    construct(target, [pattern, flags = '']) {
      if (/\\(\\?<[=!]/.test(pattern) || /[dv]/.test(flags)) throw new SyntaxError('invalid regular expression');
      return Reflect.construct(target, [pattern, flags = '']);
    },
  });
`;

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
