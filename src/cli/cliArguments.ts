/** The arguments of a command, after yargs has read the command line. */
import { LANGUAGES, type Language } from '../shell.js';
import { EXIT, Stop } from './stop.js';

/** In the place of a file: standard input. */
export const STANDARD_INPUT = '-';
/** A lone `-` for yargs, which makes an empty word of that sign; no other word has this character. */
export const DASH = '\0-';

/** A word as it was typed. */
export function wordTyped(word: unknown): string {
  return word === DASH ? STANDARD_INPUT : String(word);
}

/** The arguments of a command, as typed. */
export interface CliArguments {
  readonly files: readonly string[];
  readonly set: readonly string[];
  readonly output: string | undefined;
  readonly bom: boolean;
  /** Whether a file is written over that a person may have edited. */
  readonly force: boolean;
  readonly quiet: boolean;
  readonly noColor: boolean;
  /** The number of threads; all cores by default. It does not affect results. */
  readonly workers?: number | undefined;
  /** The options of a study, by name. */
  readonly options: Readonly<Record<string, string | boolean | readonly string[]>>;
}

/**
 * @param names the options of the study
 * @param repeatable those of them that may be given several times
 * @throws Stop if an option is given twice, or a flag has a value
 */
export function readArguments(
  typed: Record<string, unknown>,
  names: readonly string[] = [],
  repeatable: readonly string[] = [],
): CliArguments {
  const list = (value: unknown) => (value === undefined ? [] : [value].flat().map(wordTyped));
  const one = (name: string) => {
    const values = list(typed[name]);
    if (values.length > 1) throw new Stop(EXIT.usage, `--${name} is given ${values.length} times`);
    return values[0];
  };
  const flag = (name: string) => {
    if (typed[name] === false) throw new Stop(EXIT.usage, `--${name} takes no value`);
    return typed[name] === true;
  };
  const options = names.flatMap((name) => {
    if (typed[name] === undefined) return [];
    const isFlag = typeof typed[name] === 'boolean';
    const value = repeatable.includes(name) ? list(typed[name]) : isFlag ? flag(name) : one(name);
    return [[name, value!] as const];
  });
  return {
    files: ['files', 'file', 'name'].flatMap((name) => list(typed[name])),
    set: list(typed['set']),
    output: one('output'),
    bom: flag('bom'),
    force: flag('force'),
    quiet: flag('quiet'),
    noColor: flag('no-color'),
    workers: workersIn(one('workers')),
    options: Object.fromEntries(options),
  };
}

function workersIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new Stop(EXIT.usage, `--workers ${text}: write a whole number from 1 to 999`);
}

/**
 * The language that a person reads; nothing where it is the default.
 *
 * @throws Stop if there is no such language
 */
export function languageOf({ options }: Pick<CliArguments, 'options'>): Language | undefined {
  const typed = options['lang'];
  const language = LANGUAGES.find((one) => one === typed);
  if (typed === undefined || language) return language;
  throw new Stop(EXIT.usage, `--lang: write one of ${LANGUAGES.join(', ')}`);
}
