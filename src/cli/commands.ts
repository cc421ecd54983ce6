/** Every command with its arguments and options, as data. A study declares its own options. */
import { STUDIES, show, type Study } from '../index.js';
import { LANGUAGES, TABLE_USES } from '../shell.js';
import type { CliArguments } from './cliArguments.js';
import { listsOf, optionsOf, outputOptions, type OptionsByName } from './studyOptions.js';

/** The function behind each command. */
export interface Actions {
  readonly study: (study: Study, args: CliArguments) => Promise<void>;
  readonly report: (args: CliArguments) => Promise<void>;
  readonly watch: (args: CliArguments) => Promise<void>;
  readonly check: (args: CliArguments) => Promise<void>;
  readonly importWorkbook: (args: CliArguments) => Promise<void>;
  readonly verify: (args: CliArguments) => Promise<void>;
  readonly inspect: (args: CliArguments) => Promise<void>;
  readonly createScenario: (args: CliArguments) => Promise<void>;
  readonly printSchema: () => Promise<void>;
}

/** A command, and what is typed after its name. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** The words after its name, as yargs reads them: `<files..>`, `<file> [cell]`. */
  readonly words: string;
  /** What the first of these words is. */
  readonly needs: string;
  readonly options: OptionsByName;
  /** Those of its options that may be given several times. */
  readonly repeatable: readonly string[];
  /** Options that it shares with other commands. */
  readonly shared: OptionsByName;
  /** Whether `-` in the place of a file is standard input. */
  readonly readsStandardInput: boolean;
  /** A command line that runs as it stands, `watch` until it is stopped; or several, one after the other. */
  readonly examples: readonly string[];
  /** What it does; the parser itself prints the script for completion. */
  readonly act?: (args: CliArguments, actions: Actions) => Promise<void>;
}

const SCENARIO_OPTIONS: OptionsByName = {
  set: {
    type: 'string',
    requiresArg: true,
    description: 'Vary an input: PATH=VALUE, repeatable, such as --set fx.path.USD=7.5',
  },
};

const COMMON_OPTIONS: OptionsByName = {
  quiet: { type: 'boolean', description: 'Print errors only' },
  'no-color': { type: 'boolean', description: 'No colour, also on a terminal' },
};

/** The language of notes; a study has an option of its own for its tables. */
const LANGUAGE_OPTION: OptionsByName = {
  lang: {
    type: 'string',
    requiresArg: true,
    description: `Language of notes: ${LANGUAGES.join(', ')}; the default is in CAPEX_LANG`,
  },
};

/** Options of a study that runs in several threads. */
const WORK_OPTIONS: OptionsByName = {
  workers: {
    type: 'string',
    requiresArg: true,
    description: 'Number of threads; all cores by default. The answer does not depend on it',
  },
};

const OF_FILES = { words: '<files..>', needs: 'scenario files' };
const OF_ONE_FILE = { words: '<file>', needs: 'a scenario file' };
const PLAIN = { options: {}, repeatable: [], shared: COMMON_OPTIONS, readsStandardInput: false };

const report: Command = {
  ...PLAIN,
  ...OF_FILES,
  name: 'report',
  summary: 'Write a page that computes: a reader moves the inputs, without a network or a server',
  options: {
    output: {
      alias: 'o',
      type: 'string',
      requiresArg: true,
      description: 'Write a .html file instead of standard output',
    },
    ...LANGUAGE_OPTION,
  },
  examples: ['report scenarios/alibaba-380bn.yaml -o report.html'],
  act: (args, actions) => actions.report(args),
};

const watch: Command = {
  ...PLAIN,
  ...OF_FILES,
  name: 'watch',
  summary: 'Show the forecast again at every save of the files, on the terminal or as a page',
  options: {
    page: {
      type: 'boolean',
      description: 'Serve the page of `capex report` to this machine alone, and print its address',
    },
    port: {
      type: 'string',
      requiresArg: true,
      description: 'With --page: its port; a free one by default',
    },
    ...optionsOf(show),
  },
  repeatable: listsOf(show),
  shared: { ...SCENARIO_OPTIONS, ...COMMON_OPTIONS },
  examples: ['watch scenarios/alibaba-380bn.yaml --page'],
  act: (args, actions) => actions.watch(args),
};

const check: Command = {
  ...PLAIN,
  ...OF_FILES,
  name: 'check',
  summary: 'Report all problems of scenarios at once',
  options: {
    resolved: {
      type: 'boolean',
      description: 'Print the scenario with all layers merged, each value with its origin',
    },
    strict: { type: 'boolean', description: 'Warnings are errors' },
    ...LANGUAGE_OPTION,
  },
  shared: { ...SCENARIO_OPTIONS, ...COMMON_OPTIONS },
  readsStandardInput: true,
  examples: ['check scenarios/alibaba-380bn.yaml'],
  act: (args, actions) => actions.check(args),
};

const importChanges: Command = {
  ...PLAIN,
  name: 'import',
  summary: 'Apply changed inputs of a workbook, or of its sheet Inputs as CSV, to the YAML',
  words: '<file>',
  needs: 'an edited .xlsx or .csv',
  options: {
    onto: {
      type: 'string',
      requiresArg: true,
      description: 'The scenario file; repeatable, for a workbook of several scenarios',
    },
    write: { type: 'boolean', description: 'Write the files; without it, print the diff only' },
    ...LANGUAGE_OPTION,
  },
  repeatable: ['onto'],
  examples: [
    'run scenarios/alibaba-380bn.yaml -o edited.xlsx',
    'import edited.xlsx --onto scenarios/alibaba-380bn.yaml',
  ],
  act: (args, actions) => actions.importWorkbook(args),
};

const verify: Command = {
  ...PLAIN,
  name: 'verify',
  summary: 'Make files again from their manifest, and compare them byte for byte',
  words: '<file>',
  needs: 'a NAME.datapackage.json',
  options: {
    root: {
      type: 'string',
      requiresArg: true,
      description: 'The folder in which the files have to be; by default, that of the manifest',
    },
    ...LANGUAGE_OPTION,
  },
  examples: [
    'run scenarios/alibaba-380bn.yaml -o forecast.csv',
    'verify forecast.datapackage.json',
  ],
  act: (args, actions) => actions.verify(args),
};

const inspect: Command = {
  ...PLAIN,
  name: 'inspect',
  summary:
    'Show what stands in a table that somebody made, and the lines of a scenario that read it',
  words: '<file>',
  needs: 'a .csv or .xlsx',
  options: {
    sheet: {
      type: 'string',
      requiresArg: true,
      description: 'The sheet of a workbook; its only sheet by default',
    },
    for: {
      type: 'string',
      requiresArg: true,
      description: `What the table is for: ${TABLE_USES.join(', ')}; by default, what it looks like`,
    },
  },
  examples: ['inspect scenarios/actuals/alibaba-capex.csv --for actuals'],
  act: (args, actions) => actions.inspect(args),
};

const createScenario: Command = {
  ...PLAIN,
  name: 'new',
  summary: 'Write a commented scenario to start from, NAME.yaml, and the schema for editors',
  words: '<name>',
  needs: 'the id of the scenario',
  options: {
    portfolio: {
      type: 'boolean',
      description: 'Write a portfolio of two buyers, and the scenarios of both',
    },
    print: { type: 'boolean', description: 'Print it, do not write a file' },
    ...LANGUAGE_OPTION,
  },
  shared: {
    force: { type: 'boolean', description: 'Write over files that exist already' },
    ...COMMON_OPTIONS,
  },
  examples: ['new my-view --print', 'new my-buyers --portfolio --print'],
  act: (args, actions) => actions.createScenario(args),
};

const schema: Command = {
  ...PLAIN,
  name: 'schema',
  summary: 'Print the JSON Schema of scenario files, for editors',
  words: '',
  needs: '',
  examples: ['schema'],
  act: (_, actions) => actions.printSchema(),
};

const completion: Command = {
  ...PLAIN,
  name: 'completion',
  summary: 'Print a script for shell completion',
  words: '',
  needs: '',
  shared: {},
  examples: ['completion'],
};

/** Studies that read a scenario from standard input. */
const PIPED = ['run', 'show'];

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  ...STUDIES.map(commandOf),
  ...[report, watch, check, importChanges, inspect, verify, createScenario, schema, completion],
];

function commandOf(study: Study): Command {
  const { name, summary, files, optionAfterFile: last, example } = study;
  const { words, needs } = files === 'many' ? OF_FILES : OF_ONE_FILE;
  const work = study.job ? WORK_OPTIONS : {};
  return {
    ...{ name, summary, needs, words: last === undefined ? words : `${words} [${last}]` },
    options: optionsOf(study),
    repeatable: listsOf(study),
    shared: { ...SCENARIO_OPTIONS, ...outputOptions(study), ...COMMON_OPTIONS, ...work },
    readsStandardInput: PIPED.includes(name),
    examples: [example],
    act: (args, actions) => actions.study(study, args),
  };
}
