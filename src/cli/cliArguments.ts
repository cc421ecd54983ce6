/** What a command is given, once yargs has read the line. */
import { EXIT, Stop } from './stop.js';

/** What a command is given, as typed. */
export interface CliArguments {
  readonly files: readonly string[];
  readonly set: readonly string[];
  readonly output: string | undefined;
  readonly bom: boolean;
  readonly quiet: boolean;
  readonly noColor: boolean;
  /** How many threads; as many as there are cores unless given. No answer hangs on it. */
  readonly workers?: number | undefined;
  /** The options of a study, by name. */
  readonly options: Readonly<Record<string, string | boolean | readonly string[]>>;
}

/**
 * @param names the options of the study
 * @param repeatable those of them that may be given several times
 * @throws Stop where an option is given twice, or a flag has a value
 */
export function readArguments(
  given: Record<string, unknown>,
  names: readonly string[] = [],
  repeatable: readonly string[] = [],
): CliArguments {
  const list = (value: unknown) => (value === undefined ? [] : [value].flat().map(String));
  const one = (name: string) => {
    const values = list(given[name]);
    if (values.length > 1) throw new Stop(EXIT.usage, `--${name} is given ${values.length} times`);
    return values[0];
  };
  const flag = (name: string) => {
    if (given[name] === false) throw new Stop(EXIT.usage, `--${name} takes no value`);
    return given[name] === true;
  };
  const options = names.flatMap((name) => {
    if (given[name] === undefined) return [];
    const isFlag = typeof given[name] === 'boolean';
    const value = repeatable.includes(name) ? list(given[name]) : isFlag ? flag(name) : one(name);
    return [[name, value!] as const];
  });
  return {
    files: ['files', 'file', 'name'].flatMap((name) => list(given[name])),
    set: list(given['set']),
    output: one('output'),
    bom: flag('bom'),
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
