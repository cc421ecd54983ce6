/** The command line as yargs reads it, its help, and the completion of the shell. */
import yargs, { type Argv, type FallbackCompletionFunction } from 'yargs';
import { CLOSURES, DIMENSIONS, MEASURES, VERSION } from '../index.js';
import { COMMANDS, ChosenAction, addCommands, type Actions } from './commands.js';
import { EXIT, Stop } from './stop.js';

/**
 * Runs the command that the arguments name.
 *
 * @returns what remains to be printed: help, the version, or the script and the words of a completion
 * @throws Stop where the arguments are wrong, or an action stops
 */
export async function commandLine(args: readonly string[], actions: Actions): Promise<string> {
  const words = args[0] === 'help' ? [...args.slice(1), '--help'] : withoutDashes(args);
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

/** Every word after `--` is a file, even if its name begins with a dash. */
function withoutDashes(args: readonly string[]): string[] {
  const at = args.indexOf('--');
  if (at < 0 || args[0] === COMPLETION) return [...args];
  const files = args.slice(at + 1).map((name) => (name.startsWith('-') ? `./${name}` : name));
  return [...args.slice(0, at), ...files];
}

/** The first argument when a completion script of yargs calls the command; the words of the shell follow. */
const COMPLETION = '--get-yargs-completions';

/** Messages of yargs that are written for programmers, in the words of this command. */
const WORDS: Readonly<Record<string, string | { readonly one: string; readonly other: string }>> = {
  'Did you mean %s?': 'there is no such command; did you mean `%s`?',
  'Unknown argument: %s': { one: 'unknown argument: %s', other: 'unknown arguments: %s' },
  'Not enough non-option arguments: got %s, need at least %s': {
    one: 'scenario files given: %s, needed: %s',
    other: 'scenario files given: %s, needed: %s',
  },
  'Not enough arguments following: %s': 'the option %s needs a value',
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
  addCommands(parser, actions);
  return parser.completion('yargs-completion', false, completer(args.slice(1)));
}

/** @throws Stop for wrong usage, with the command that shows the help; anything else as it is */
function fail(message: string, error: Error | undefined, [command = '']: readonly string[]): never {
  if (error && error.name !== 'YError') throw error;
  const help = COMMANDS.includes(command) ? `capex ${command} --help` : 'capex --help';
  throw new Stop(EXIT.usage, `${message}; see \`${help}\``.replace('?; see', '? See'));
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
    const known = KNOWN_WORDS[typed.at(-2) ?? ''];
    if (known) done(continuationsOf(current, known));
    else if (current.startsWith('-') || words.length <= 2) defaults();
    else done([]);
  };
}

/** A comma list with one more word: each of those that the list does not have yet. */
function continuationsOf(list: string, words: readonly string[]): string[] {
  const before = list.slice(0, list.lastIndexOf(',') + 1);
  const present = before.split(',');
  return words.filter((word) => !present.includes(word)).map((word) => before + word);
}
