/** Every command with its arguments and options, as yargs reads them. A study declares its own options. */
import type { Argv, Options } from 'yargs';
import type * as z from 'zod';
import { STUDIES, type Study } from '../index.js';
import { readArguments, type CliArguments } from './cliArguments.js';
import { endingsOf } from './outputFormats.js';

/** The function behind each command. */
export interface Actions {
  readonly study: (study: Study, args: CliArguments) => Promise<void>;
  readonly check: (args: CliArguments) => Promise<void>;
  readonly importWorkbook: (args: CliArguments) => Promise<void>;
  readonly verify: (args: CliArguments) => Promise<void>;
  readonly createScenario: (args: CliArguments) => Promise<void>;
  readonly printSchema: (args: CliArguments) => Promise<void>;
}

/** The commands that are not studies. */
const OWN_COMMANDS: Readonly<Record<string, (parser: Argv, actions: Actions) => void>> = {
  check: addCheck,
  import: addImport,
  verify: addVerify,
  new: addNew,
  schema: addSchema,
  completion: addCompletion,
};

export const COMMANDS: readonly string[] = [
  ...STUDIES.map(({ name }) => name),
  ...Object.keys(OWN_COMMANDS),
];

export function addCommands(parser: Argv, actions: Actions): void {
  for (const study of STUDIES) addStudy(parser, study, actions);
  for (const add of Object.values(OWN_COMMANDS)) add(parser, actions);
}

/**
 * Thrown by the handler of a command, with what the command does. When a handler returns, yargs lays
 * out the whole help, which takes longer than a forecast.
 */
export class ChosenAction extends Error {
  constructor(readonly action: () => Promise<void>) {
    super('chosen');
  }
}

function choose(action: () => Promise<void>): never {
  throw new ChosenAction(action);
}

const SCENARIO_OPTIONS: Record<string, Options> = {
  set: {
    type: 'string',
    requiresArg: true,
    description: 'Vary an input: PATH=VALUE, repeatable, such as --set fx.path.USD=7.5',
  },
};

const COMMON_OPTIONS: Record<string, Options> = {
  quiet: { type: 'boolean', description: 'Print errors only' },
  'no-color': { type: 'boolean', description: 'No colour, also on a terminal' },
};

/** Options of a study that runs in several threads. */
const WORK_OPTIONS: Record<string, Options> = {
  workers: {
    type: 'string',
    requiresArg: true,
    description: 'Number of threads; all cores by default. The answer does not depend on it',
  },
};

function addStudy(parser: Argv, study: Study, actions: Actions): void {
  const { name, summary, files, optionAfterFile: last, example } = study;
  const output = outputOptions(study);
  parser.command(
    `${name} ${files === 'many' ? '<files..>' : '<file>'}${last === undefined ? '' : ` [${last}]`}`,
    summary,
    (command) =>
      withFiles(command, files)
        .options({ ...optionsOf(study), ...SCENARIO_OPTIONS, ...output, ...COMMON_OPTIONS })
        .options(study.job ? WORK_OPTIONS : {})
        .epilogue(`Example:\n  capex ${example}`),
    (typed) => {
      const args = readArguments(typed, Object.keys(study.options.shape), listsOf(study));
      choose(() => actions.study(study, args));
    },
  );
}

function outputOptions(study: Study): Record<string, Options> {
  const output: Options = {
    alias: 'o',
    type: 'string',
    requiresArg: true,
    description: `Write a ${endingsOf(study)} file instead of standard output`,
  };
  if (study.text === 'only') return { output };
  return {
    output,
    bom: { type: 'boolean', description: 'Begin the CSV with a byte order mark, for Excel' },
    ...(study.hasPlans && {
      force: { type: 'boolean', description: 'Write over a workbook that was edited' },
    }),
  };
}

/** The options that may be given several times: their field takes a list. */
function listsOf({ options }: Study): string[] {
  const fields = Object.entries<z.ZodType>(options.shape);
  return fields.flatMap(([name, field]) => (field.safeParse([]).success ? [name] : []));
}

function optionsOf({ options }: Study): Record<string, Options> {
  const fields = Object.entries<z.ZodType>(options.shape);
  const entries = fields.map(([name, field]) => {
    // A space after each comma lets a list of words break between them.
    const description = (field.meta()?.description ?? '').replace(/,(?=\S)/g, ', ');
    const isFlag = field.safeParse(true).success;
    const option: Options = isFlag
      ? { type: 'boolean', description }
      : { type: 'string', requiresArg: true, description };
    return [name, option] as const;
  });
  return Object.fromEntries(entries);
}

function addCheck(parser: Argv, actions: Actions): void {
  const strict = { type: 'boolean', description: 'Warnings are errors' } as const;
  const resolved = {
    type: 'boolean',
    description: 'Print the scenario with all layers merged, each value with its origin',
  } as const;
  parser.command(
    'check <files..>',
    'Report all problems of scenarios at once',
    (command) =>
      withFiles(command, 'many')
        .options({ resolved, strict, ...SCENARIO_OPTIONS, ...COMMON_OPTIONS })
        .epilogue('Example:\n  capex check scenarios/alibaba-380bn.yaml'),
    (typed) => choose(() => actions.check(readArguments(typed, ['resolved', 'strict']))),
  );
}

function addImport(parser: Argv, actions: Actions): void {
  const onto = {
    type: 'string',
    requiresArg: true,
    description: 'The scenario file; repeatable, for a workbook of several scenarios',
  } as const;
  const write = {
    type: 'boolean',
    description: 'Write the files; without it, print the diff only',
  } as const;
  parser.command(
    'import <file>',
    'Apply changed inputs of a workbook, or of its sheet Inputs as CSV, to the YAML',
    (command) =>
      command
        .positional('file', { type: 'string', description: 'An edited .xlsx or .csv' })
        .options({ onto, write, ...COMMON_OPTIONS })
        .epilogue(
          'Examples:\n  capex run scenarios/alibaba-380bn.yaml -o edited.xlsx\n' +
            '  capex import edited.xlsx --onto scenarios/alibaba-380bn.yaml',
        ),
    (typed) =>
      choose(() => actions.importWorkbook(readArguments(typed, ['onto', 'write'], ['onto']))),
  );
}

function addVerify(parser: Argv, actions: Actions): void {
  parser.command(
    'verify <file>',
    'Make files again from their manifest, and compare them byte for byte',
    (command) =>
      command
        .positional('file', { type: 'string', description: 'A NAME.datapackage.json' })
        .options(COMMON_OPTIONS)
        .epilogue(
          'Examples:\n  capex run scenarios/alibaba-380bn.yaml -o forecast.csv\n' +
            '  capex verify forecast.datapackage.json',
        ),
    (typed) => choose(() => actions.verify(readArguments(typed))),
  );
}

function addNew(parser: Argv, actions: Actions): void {
  const print = { type: 'boolean', description: 'Print it, do not write a file' } as const;
  parser.command(
    'new <name>',
    'Write a commented scenario to start from: NAME.yaml',
    (command) =>
      command
        .positional('name', { type: 'string', description: 'The id of the scenario' })
        .options({ print, ...COMMON_OPTIONS })
        .epilogue('Example:\n  capex new my-view --print'),
    (typed) => choose(() => actions.createScenario(readArguments(typed, ['print']))),
  );
}

function addSchema(parser: Argv, actions: Actions): void {
  parser.command(
    'schema',
    'Print the JSON Schema of scenario files, for editors',
    (command) => command.options(COMMON_OPTIONS).epilogue('Example:\n  capex schema'),
    (typed) => choose(() => actions.printSchema(readArguments(typed))),
  );
}

/** A command of our own: the one of yargs prints the script even with --help. */
function addCompletion(parser: Argv): void {
  // The types of yargs leave out the parameters: how the command is called, and how the script is got.
  const { showCompletionScript } = parser as { showCompletionScript: (...names: string[]) => Argv };
  parser.command(
    'completion',
    'Print a script for shell completion',
    (command) => command.epilogue('Example:\n  capex completion'),
    () => void showCompletionScript.call(parser, 'capex', 'completion'),
  );
}

function withFiles(command: Argv, files: Study['files']): Argv {
  return files === 'many'
    ? command.positional('files', { type: 'string', description: 'Scenario files' })
    : command.positional('file', { type: 'string', description: 'A scenario file' });
}
