/** The command line as yargs reads it: every command and option, declared from the studies. */
import type * as z from 'zod';
import yargs, { type Argv, type Options } from 'yargs';
import { STUDIES, VERSION, type Study } from '../index.js';
import { completer } from './completion.js';
import { endingsOf } from './outputFormats.js';
import { readArguments, type CliArguments } from './cliArguments.js';
import { EXIT, Stop } from './stop.js';

/** What the commands do; the shell gives them to the parser. */
export interface Actions {
  readonly study: (study: Study, given: CliArguments) => Promise<void>;
  readonly check: (given: CliArguments) => Promise<void>;
  readonly verify: (given: CliArguments) => Promise<void>;
  readonly bringBack: (given: CliArguments) => Promise<void>;
  readonly start: (given: CliArguments) => Promise<void>;
  readonly schema: (given: CliArguments) => Promise<void>;
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

/** Of a study whose work is shared out. */
const WORK_OPTIONS: Record<string, Options> = {
  workers: {
    type: 'string',
    requiresArg: true,
    description: 'Threads; all cores unless given, and the answer is the same',
  },
};

function outputOptions(study: Study): Record<string, Options> {
  const output: Options = {
    alias: 'o',
    type: 'string',
    requiresArg: true,
    description: `Write a ${endingsOf(study)} file instead of standard output`,
  };
  if (study.forEyes === 'alone') return { output };
  return {
    output,
    bom: { type: 'boolean', description: 'Begin the CSV with a byte order mark, for Excel' },
  };
}

/**
 * Does what the arguments ask for. What remains to be printed comes back: help, the version, a
 * script or the words of a completion.
 *
 * @throws Stop where the arguments are wrong, or an action stops
 */
export async function commandLine(args: readonly string[], actions: Actions): Promise<string> {
  const given = args[0] === 'help' ? [...args.slice(1), '--help'] : withoutDashes(args);
  let output = '';
  try {
    await parserOf(given, actions).parseAsync(given, {}, (_error, _given, text) => {
      output = text;
    });
  } catch (thrown) {
    if (!(thrown instanceof Asked)) throw thrown;
    await thrown.action();
  }
  return output === '' ? '' : `${output}\n`;
}

/**
 * What the arguments ask for leaves the parser as an exception: behind a handler that returns, yargs
 * lays out the whole help, which takes longer than a forecast.
 */
class Asked extends Error {
  constructor(readonly action: () => Promise<void>) {
    super('asked');
  }
}

function leaveFor(action: () => Promise<void>): never {
  throw new Asked(action);
}

export function helpText(actions: Actions): Promise<string> {
  return parserOf([], actions).getHelp();
}

/** What follows `--` is a file, also where its name begins with a dash. */
function withoutDashes(args: readonly string[]): string[] {
  const at = args.indexOf('--');
  if (at < 0 || args[0] === COMPLETION) return [...args];
  const files = args.slice(at + 1).map((name) => (name.startsWith('-') ? `./${name}` : name));
  return [...args.slice(0, at), ...files];
}

/** How the completion scripts of yargs call back; the words of the shell follow. */
const COMPLETION = '--get-yargs-completions';

/** Wrong usage in our words, where yargs has only words for programmers. */
const WORDS: Readonly<Record<string, string | { readonly one: string; readonly other: string }>> = {
  'Did you mean %s?': 'there is no such command; did you mean `%s`?',
  'Unknown argument: %s': { one: 'unknown here: %s', other: 'unknown here: %s' },
  'Not enough non-option arguments: got %s, need at least %s': {
    one: 'scenario files given: %s, needed: %s',
    other: 'scenario files given: %s, needed: %s',
  },
  'Not enough arguments following: %s': 'a value is missing after the option %s',
};

function parserOf(args: readonly string[], actions: Actions): Argv {
  const parser = yargs()
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
    .updateStrings(WORDS as Record<string, string>)
    .version(VERSION)
    .alias({ version: 'V', help: 'h' })
    .strict()
    .recommendCommands()
    .demandCommand(1, 1, 'which command?')
    .exitProcess(false)
    .showHelpOnFail(false)
    .wrap(Math.min(80, process.stdout.columns || 80))
    .epilogue(
      'Exit codes: 0 done, 1 errors in a scenario, 2 wrong usage, 74 input or output failed, ' +
        '75 stopped and can be resumed, 130 stopped from the keyboard.',
    )
    .fail((message, error) => fail(message, error, args));
  for (const study of STUDIES) addStudy(parser, study, actions);
  addCheck(parser, actions);
  addImport(parser, actions);
  addVerify(parser, actions);
  addNew(parser, actions);
  addSchema(parser, actions);
  addCompletion(parser);
  return parser.completion('yargs-completion', false, completer(args.slice(1)));
}

/** Wrong usage is told with a way to the help; anything else is passed on as it is. */
function fail(message: string, error: Error | undefined, [command = '']: readonly string[]): never {
  if (error && error.name !== 'YError') throw error;
  const known = [
    ...STUDIES.map(({ name }) => name),
    'check',
    'import',
    'verify',
    'new',
    'schema',
    'completion',
  ];
  const help = known.includes(command) ? `capex ${command} --help` : 'capex --help';
  throw new Stop(EXIT.usage, `${message}; see \`${help}\``.replace('?; see', '? See'));
}

function addStudy(parser: Argv, study: Study, actions: Actions): void {
  const { name, summary, files, asks, example } = study;
  const output = outputOptions(study);
  parser.command(
    `${name} ${files === 'many' ? '<files..>' : '<file>'}${asks === undefined ? '' : ` [${asks}]`}`,
    summary,
    (command) =>
      withFiles(command, files)
        .options({ ...optionsOf(study), ...SCENARIO_OPTIONS, ...output, ...COMMON_OPTIONS })
        .options(study.job ? WORK_OPTIONS : {})
        .epilogue(`Example:\n  capex ${example}`),
    (given) => {
      const read = readArguments(given, Object.keys(study.options.shape), listsOf(study));
      leaveFor(() => actions.study(study, read));
    },
  );
}

function addCheck(parser: Argv, actions: Actions): void {
  const strict = { type: 'boolean', description: 'Warnings are errors' } as const;
  const resolved = {
    type: 'boolean',
    description: 'Print the effective file: all layers in one, each value with who gave it',
  } as const;
  parser.command(
    'check <files..>',
    'Every problem of a scenario at once',
    (command) =>
      withFiles(command, 'many')
        .options({ resolved, strict, ...SCENARIO_OPTIONS, ...COMMON_OPTIONS })
        .epilogue('Example:\n  capex check scenarios/alibaba-380bn.yaml'),
    (given) => leaveFor(() => actions.check(readArguments(given, ['resolved', 'strict']))),
  );
}

function addImport(parser: Argv, actions: Actions): void {
  const onto = {
    type: 'string',
    requiresArg: true,
    description: 'The file of the scenario; repeatable, for a workbook of several',
  } as const;
  const write = { type: 'boolean', description: 'Write the files, not only the diff' } as const;
  parser.command(
    'import <file>',
    'Changed inputs of a workbook, or of its sheet Inputs as CSV, back into the YAML',
    (command) =>
      command
        .positional('file', { type: 'string', description: 'An edited .xlsx or .csv' })
        .options({ onto, write, ...COMMON_OPTIONS })
        .epilogue(
          'Examples:\n  capex run scenarios/alibaba-380bn.yaml -o edited.xlsx\n' +
            '  capex import edited.xlsx --onto scenarios/alibaba-380bn.yaml',
        ),
    (given) => leaveFor(() => actions.bringBack(readArguments(given, ['onto', 'write'], ['onto']))),
  );
}

function addVerify(parser: Argv, actions: Actions): void {
  parser.command(
    'verify <file>',
    'Whether a written file is what its manifest says, made again byte for byte',
    (command) =>
      command
        .positional('file', { type: 'string', description: 'A NAME.datapackage.json' })
        .options(COMMON_OPTIONS)
        .epilogue(
          'Examples:\n  capex run scenarios/alibaba-380bn.yaml -o forecast.csv\n' +
            '  capex verify forecast.datapackage.json',
        ),
    (given) => leaveFor(() => actions.verify(readArguments(given))),
  );
}

function addNew(parser: Argv, actions: Actions): void {
  const print = { type: 'boolean', description: 'Print it, and write no file' } as const;
  parser.command(
    'new <name>',
    'A scenario to start from, with comments: NAME.yaml',
    (command) =>
      command
        .positional('name', { type: 'string', description: 'The id of the scenario' })
        .options({ print, ...COMMON_OPTIONS })
        .epilogue('Example:\n  capex new my-view --print'),
    (given) => leaveFor(() => actions.start(readArguments(given, ['print']))),
  );
}

function addSchema(parser: Argv, actions: Actions): void {
  parser.command(
    'schema',
    'The JSON Schema of a scenario file, for editors',
    (command) => command.options(COMMON_OPTIONS).epilogue('Example:\n  capex schema'),
    (given) => leaveFor(() => actions.schema(readArguments(given))),
  );
}

/** A command of our own, because that of yargs prints the script even where help is asked for. */
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
