/** The command line as yargs reads it, its help, and the completion of the shell. */
import yargs, { type Argv, type FallbackCompletionFunction } from 'yargs';
import { CLOSURES, DIMENSIONS, MEASURES, VERSION } from '../index.js';
import { DASH, readArguments } from './cliArguments.js';
import { COMMANDS, type Actions, type Command } from './commands.js';
import { EXIT, Stop } from './stop.js';
import {
  refuseNoOptions,
  refuseStandardInput,
  refuseUnknownCommand,
  refuseUnknownWords,
} from './wrongUsage.js';

/**
 * Runs the command that the arguments name.
 *
 * @returns what remains to be printed: help, the version, or the script and the words of a completion
 * @throws Stop where the arguments are wrong, or an action stops
 */
export async function commandLine(args: readonly string[], actions: Actions): Promise<string> {
  const words = args[0] === COMPLETION ? [...args] : plainWords(args);
  const first = GENERAL.includes(words[0]!) ? words[1] : words[0];
  if (args[0] !== COMPLETION && (first !== undefined || words.length === 0)) {
    refuseUnknownCommand(first);
  }
  refuseNoOptions(words);
  let output = '';
  try {
    await parserOf(words, actions).parseAsync(words, {}, (_error, _typed, text) => {
      output = text;
    });
  } catch (thrown) {
    if (!(thrown instanceof ChosenAction)) throw thrown;
    await thrown.action();
  }
  return output === '' ? '' : `${output}\n`;
}

export function helpText(actions: Actions): Promise<string> {
  return parserOf([], actions).getHelp();
}

/** The first argument when a completion script of yargs calls the command; the words of the shell follow. */
const COMPLETION = '--get-yargs-completions';
const GENERAL = ['--help', '-h', '--version', '-V'];

/**
 * The words in which yargs finds what they mean: `help run` is `run --help`; after `--` every word is a
 * file, even if its name begins with a dash; and of a lone `-` yargs makes an empty word.
 */
function plainWords(args: readonly string[]): string[] {
  if (args[0] === 'help') return args.length > 1 ? [...args.slice(1), '--help'] : ['--help'];
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  const files = args.slice(end + 1).map((name) => (name.startsWith('-') ? `./${name}` : name));
  return [...args.slice(0, end).map((word) => (word === '-' ? DASH : word)), ...files];
}

/** Messages of yargs that are written for programmers, in the words of this command. */
const WORDS: Readonly<Record<string, string>> = {
  'Not enough arguments following: %s': 'the option %s needs a value',
};

function parserOf(words: readonly string[], actions: Actions): Argv {
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
    .updateStrings(WORDS)
    .version(VERSION)
    .alias({ version: 'V', help: 'h' })
    .exitProcess(false)
    .showHelpOnFail(false)
    .wrap(Math.min(80, process.stdout.columns || 80))
    .epilogue(
      'Exit codes: 0 done, 1 errors in a scenario, or no solution, 2 wrong usage, ' +
        '74 input or output failed, 75 stopped and can be resumed, 130 stopped from the keyboard.',
    )
    .fail((message, error) => fail(message, error, words));
  for (const command of COMMANDS) addCommand(parser, command, actions);
  return parser.completion('yargs-completion', false, completer(words.slice(1)));
}

function addCommand(parser: Argv, command: Command, actions: Actions): void {
  const { name, words, needs, summary, options, shared, examples } = command;
  const [place] = words.match(/\w+/) ?? [];
  const description = needs.charAt(0).toUpperCase() + needs.slice(1);
  const title = examples.length > 1 ? 'Examples' : 'Example';
  parser.command(
    `${name} ${words}`.trim(),
    summary,
    (own) =>
      (place === undefined ? own : own.positional(place, { type: 'string', description }))
        .options({ ...options, ...shared })
        .epilogue([`${title}:`, ...examples.map((line) => `  capex ${line}`)].join('\n')),
    (typed) => act(parser, command, typed, actions),
  );
}

/** @throws Stop if the words are wrong, else `ChosenAction` */
function act(
  parser: Argv,
  command: Command,
  typed: Record<string, unknown>,
  actions: Actions,
): void {
  refuseUnknownWords(command, typed);
  if (!command.act) {
    // The types of yargs leave out the parameters: how the command is called, and how the script is got.
    const { showCompletionScript } = parser as {
      showCompletionScript: (...names: string[]) => Argv;
    };
    showCompletionScript.call(parser, 'capex', command.name);
    return;
  }
  const names = Object.keys(command.options);
  const args = readArguments({ ...usualOptions(names), ...typed }, names, command.repeatable);
  refuseStandardInput(command, args);
  throw new ChosenAction(() => command.act!(args, actions));
}

/** Options that the environment sets where they are not typed: the language. */
function usualOptions(names: readonly string[]): Record<string, unknown> {
  const language = process.env['CAPEX_LANG'];
  if (!language || !names.includes('lang')) return {};
  // `zh_CN.UTF-8` is Chinese, too.
  const [lang] = /^(?:en|zh)/.exec(language) ?? [];
  if (lang === undefined) throw new Stop(EXIT.usage, `CAPEX_LANG=${language}: write en or zh`);
  return { lang };
}

/**
 * Thrown by the handler of a command, with what the command does. When a handler returns, yargs lays
 * out the whole help, which takes longer than a forecast.
 */
class ChosenAction extends Error {
  constructor(readonly action: () => Promise<void>) {
    super('chosen');
  }
}

/** @throws Stop for wrong usage, with the command that shows the help; anything else as it is */
function fail(message: string, error: Error | undefined, [word]: readonly string[]): never {
  if (error && error.name !== 'YError') throw error;
  const command = COMMANDS.find(({ name }) => name === word);
  if (!command) throw new Stop(EXIT.usage, `${message}; see \`capex --help\``);
  const { name, needs } = command;
  const says = message.startsWith('Not enough non-option') ? `name ${needs}` : message;
  throw new Stop(EXIT.usage, `${says}; see \`capex ${name} --help\``);
}

/** Options that take a comma list of known words. */
const KNOWN_WORDS: Readonly<Record<string, readonly string[]>> = {
  '--by': DIMENSIONS,
  '--measure': MEASURES,
  '--closure': CLOSURES,
};

/**
 * Completes the last of the words that the shell passes on. The first word is the name of the command.
 * Without an offer the shell completes the name of a file.
 */
function completer(words: readonly string[]): FallbackCompletionFunction {
  return (current, _, defaults, done) => {
    const typed = words.filter((word) => word !== '='); // bash makes three words of `--by=period`
    const known = knownWords(typed);
    if (known) done(continuationsOf(current, known));
    else if (current.startsWith('-') || words.length <= 2) defaults();
    else done([]);
  };
}

/** The words that the option before the last word takes. */
function knownWords(typed: readonly string[]): readonly string[] | undefined {
  const option = typed.at(-2) ?? '';
  return KNOWN_WORDS[option];
}

/**
 * A comma list with one more word: each of those that the list does not have yet. A list with another word
 * has no continuation: what is printed here are known words alone.
 */
function continuationsOf(list: string, words: readonly string[]): string[] {
  const before = list.slice(0, list.lastIndexOf(',') + 1);
  const present = before.split(',').slice(0, -1);
  if (!present.every((word) => words.includes(word))) return [];
  return words.filter((word) => !present.includes(word)).map((word) => before + word);
}
