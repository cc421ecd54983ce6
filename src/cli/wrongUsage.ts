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
  if (unknown !== undefined) throw unknownOption(command, withDashes(unknown));
  const [, extra] = (typed['_'] ?? []) as readonly unknown[];
  if (extra === undefined) return;
  const taken = words === '' ? 'no word after it' : `only ${words.replace('..', ' …')}`;
  throw wrongUsage(`\`capex ${name}\` takes ${taken}: \`${wordTyped(extra)}\` is one too many`);
}

/**
 * Refuses options that yargs would not read as options: of three dashes, and with a name that every object of
 * JavaScript has, such as `--constructor`.
 *
 * @throws Stop if there is one, with the options of the command
 */
export function refuseNoOptions(words: readonly string[]): void {
  const end = words.includes('--') ? words.indexOf('--') : words.length;
  for (const word of words.slice(0, end)) {
    const [option, name] = /^--?([^=]*)/.exec(word) ?? [];
    if (name === undefined || !(name.startsWith('-') || name in Object.prototype)) continue;
    const command = COMMANDS.find((one) => words.includes(one.name));
    throw command
      ? unknownOption(command, option!)
      : wrongUsage(`there is no option \`${option!}\``);
  }
}

function unknownOption({ name, options, shared }: Command, own: string): Stop {
  const names = Object.keys({ ...options, ...shared }).map(withDashes);
  const list = names.length > 0 ? `: its options are ${names.join(', ')}` : '';
  return wrongUsage(`\`capex ${name}\` has no option \`${own}\`${meant(own, names)}${list}`);
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
