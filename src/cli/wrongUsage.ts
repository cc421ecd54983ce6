/** Refuses words of a command line that mean nothing, and says which words there are. */
import { nearest } from '../shell.js';
import { STANDARD_INPUT, wordTyped, type CliArguments } from './cliArguments.js';
import { COMMANDS, type Command } from './commands.js';
import { EXIT, Stop } from './stop.js';

const GENERAL_OPTIONS = ['help', 'h', 'version', 'V'];

/** @throws Stop if no command has this name, with those that there are */
export function refuseUnknownCommand(word: string | undefined): void {
  const names = COMMANDS.map(({ name }) => name);
  if (word !== undefined && names.includes(word)) return;
  const list = `the commands are ${names.join(', ')}`;
  if (word === undefined || /^[-\0]/.test(word)) throw wrongUsage(`a command comes first: ${list}`);
  throw wrongUsage(`there is no command \`${word}\`${meant(word, names)}: ${list}`);
}

/**
 * @param typed what yargs has read: options by their names, and in `_` the words that no place takes
 * @throws Stop if the command has no such option, or takes fewer words
 */
export function refuseUnknownWords(command: Command, typed: Record<string, unknown>): void {
  const { name, words, options, shared } = command;
  const all = { ...options, ...shared };
  const aliases = Object.values(all).flatMap(({ alias = [] }) => alias);
  const places = words.match(/\w+/g) ?? [];
  const known = new Set([
    ...GENERAL_OPTIONS,
    ...Object.keys(all),
    ...aliases,
    ...places,
    '_',
    '$0',
  ]);
  const unknown = Object.keys(typed).find((key) => !known.has(key));
  if (unknown !== undefined) {
    const names = Object.keys(all).map(withDashes);
    const own = withDashes(unknown);
    const list = names.length > 0 ? `: its options are ${names.join(', ')}` : '';
    throw wrongUsage(`\`capex ${name}\` has no option \`${own}\`${meant(own, names)}${list}`);
  }
  const [, extra] = (typed['_'] ?? []) as readonly unknown[];
  if (extra === undefined) return;
  const taken = words === '' ? 'no word after it' : `only ${words.replace('..', ' …')}`;
  throw wrongUsage(`\`capex ${name}\` takes ${taken}: \`${wordTyped(extra)}\` is one too many`);
}

/**
 * Refuses `-` where it is not a scenario: only some commands read standard input, and only once.
 *
 * @throws Stop with what to write
 */
export function refuseStandardInput(command: Command, args: CliArguments): void {
  const { files, output, options } = args;
  const piped = files.filter((name) => name === STANDARD_INPUT);
  const isNamed = Object.values(options).flat().includes(STANDARD_INPUT);
  const readers = COMMANDS.filter(({ readsStandardInput }) => readsStandardInput);
  if (isNamed || (piped.length > 0 && !command.readsStandardInput)) {
    const names = readers.map(({ name }) => name).join(', ');
    throw wrongUsage(`\`-\` is standard input, a scenario for ${names} alone: name a file`);
  }
  if (piped.length > 1)
    throw wrongUsage('`-` is standard input, which can be read once: name a file');
  if (output === STANDARD_INPUT) {
    throw wrongUsage('leave `-o -` out: the answer then goes to standard output');
  }
  if (piped.length > 0 && output !== undefined) {
    throw wrongUsage(
      'a file from -o has a manifest, which names the files that it was made from: ' +
        'save the scenario to a file, and name that in place of `-`',
    );
  }
}

function withDashes(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`;
}

function meant(word: string, known: readonly string[]): string {
  const likely = nearest(word, known);
  return likely === undefined ? '' : ` (did you mean \`${likely}\`?)`;
}

function wrongUsage(message: string): Stop {
  return new Stop(EXIT.usage, message);
}
