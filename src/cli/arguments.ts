/** The command line as yargs reads it: every command and option, declared from the studies. */
import type { z } from 'zod';
import yargs, { type Argv, type FallbackCompletionFunction, type Options } from 'yargs';
import type { Study } from '../index.js';
import { CLOSURES, DIMENSIONS, MEASURES, STUDIES, VERSION } from '../index.js';
import { EXIT, Stop } from './terminal.js';

/** What a command is given, as typed. */
export interface Given {
  readonly files: readonly string[];
  readonly set: readonly string[];
  readonly output: string | undefined;
  readonly bom: boolean;
  readonly quiet: boolean;
  readonly noColor: boolean;
  /** The options of a study, by name. */
  readonly options: Readonly<Record<string, string | boolean>>;
}

/** What the commands do; the shell gives them to the parser. */
export interface Actions {
  readonly study: (study: Study, given: Given) => Promise<void>;
  readonly check: (given: Given) => Promise<void>;
  readonly schema: (given: Given) => Promise<void>;
}

const SCENARIO_OPTIONS: Record<string, Options> = {
  set: {
    type: 'string',
    requiresArg: true,
    description: 'Vary an input: PATH=VALUE, repeatable, such as --set fx.path.USD=7.5',
  },
};

const COMMON_OPTIONS: Record<string, Options> = {
  quiet: { type: 'boolean', description: 'Say nothing but errors' },
  'no-color': { type: 'boolean', description: 'No colour, also on a terminal' },
};

const OUTPUT_OPTIONS: Record<string, Options> = {
  output: {
    alias: 'o',
    type: 'string',
    requiresArg: true,
    description: 'Write a .csv or .json file instead of standard output',
  },
  bom: { type: 'boolean', description: 'Begin the CSV with a byte order mark, for Excel' },
};

export function commandLine(args: readonly string[], actions: Actions): Argv {
  const parser = yargs([...args])
    .scriptName('capex')
    .usage('$0 <command>\n\nForecasts what suppliers will sell, exactly, from a scenario file.')
    .parserConfiguration({
      'boolean-negation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'dot-notation': false,
      'camel-case-expansion': false,
    })
    .locale('en')
    .version(VERSION)
    .alias({ version: 'V', help: 'h' })
    .strict()
    .recommendCommands()
    .demandCommand(1, 1, 'which command? `capex --help` lists them')
    .exitProcess(false)
    .showHelpOnFail(false)
    .wrap(Math.min(100, process.stdout.columns || 100))
    .epilogue(
      'Exit codes: 0 done, 1 errors in a scenario, 2 wrong usage, 74 input or output failed.',
    )
    .fail((message, error) => {
      throw error instanceof Stop ? error : new Stop(EXIT.usage, message);
    });
  for (const study of STUDIES) addStudy(parser, study, actions);
  addCheck(parser, actions);
  addSchema(parser, actions);
  return parser.completion('completion', 'Print a script for shell completion', complete);
}

function addStudy(parser: Argv, study: Study, actions: Actions): void {
  const { name, summary, files, example } = study;
  const output = study.files === 'many' ? OUTPUT_OPTIONS : {};
  parser.command(
    `${name} ${files === 'many' ? '<files..>' : '<file>'}`,
    summary,
    (command) =>
      withFiles(command, files)
        .options({ ...optionsOf(study), ...SCENARIO_OPTIONS, ...output, ...COMMON_OPTIONS })
        .epilogue(`Example:\n  capex ${example}`),
    (given) => actions.study(study, read(given, Object.keys(study.options.shape))),
  );
}

function addCheck(parser: Argv, actions: Actions): void {
  parser.command(
    'check <files..>',
    'Every problem of a scenario at once',
    (command) =>
      withFiles(command, 'many')
        .options({ ...SCENARIO_OPTIONS, ...COMMON_OPTIONS })
        .epilogue('Example:\n  capex check scenarios/alibaba-380bn.yaml'),
    (given) => actions.check(read(given)),
  );
}

function addSchema(parser: Argv, actions: Actions): void {
  parser.command(
    'schema',
    'The JSON Schema of a scenario file, for editors',
    (command) => command.options(COMMON_OPTIONS).epilogue('Example:\n  capex schema'),
    (given) => actions.schema(read(given)),
  );
}

function withFiles(command: Argv, files: Study['files']): Argv {
  return files === 'many'
    ? command.positional('files', { type: 'string', array: true, description: 'Scenario files' })
    : command.positional('file', { type: 'string', description: 'A scenario file' });
}

function optionsOf({ options }: Study): Record<string, Options> {
  const fields = Object.entries<z.ZodType>(options.shape);
  const entries = fields.map(([name, field]) => {
    const description = field.meta()?.description ?? '';
    const isFlag = field.safeParse(true).success;
    const option: Options = isFlag
      ? { type: 'boolean', description }
      : { type: 'string', requiresArg: true, description };
    return [name, option] as const;
  });
  return Object.fromEntries(entries);
}

function read(given: Record<string, unknown>, names: readonly string[] = []): Given {
  const list = (value: unknown) => (value === undefined ? [] : [value].flat().map(String));
  const one = (name: string) => {
    const values = list(given[name]);
    if (values.length > 1) throw new Stop(EXIT.usage, `--${name} is given ${values.length} times`);
    return values[0];
  };
  const options = names.flatMap((name) => {
    const value = given[name] === true ? true : one(name);
    return value === undefined || given[name] === false ? [] : [[name, value] as const];
  });
  return {
    files: [...list(given['files']), ...list(given['file'])],
    set: list(given['set']),
    output: one('output'),
    bom: given['bom'] === true,
    quiet: given['quiet'] === true,
    noColor: given['no-color'] === true,
    options: Object.fromEntries(options),
  };
}

/** Completes the words of an option that takes known words; file names are left to the shell. */
const complete: FallbackCompletionFunction = (_current, _args, defaults, done) => {
  const words = KNOWN_WORDS[process.argv.at(-2) ?? ''];
  if (words) done([...words]);
  else defaults();
};

const KNOWN_WORDS: Readonly<Record<string, readonly string[]>> = {
  '--by': DIMENSIONS,
  '--measure': MEASURES,
  '--closure': CLOSURES,
};
