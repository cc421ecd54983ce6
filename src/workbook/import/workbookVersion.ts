/** How a workbook was made, as its sheets of inputs record it: version of the scenario and options. */
import { fingerprintOf } from '../../core/random/philox.js';
import type { Scenario } from '../../scenario/scenario.js';

/** A fingerprint of everything that a scenario was read from: its text and all files that it names. */
export function versionOf({ tree, files }: Scenario): string {
  const read = files.flatMap(({ request, source }) => [request.path, source.text]);
  return fingerprintOf([tree.span.source.text, ...read].join('\0'));
}

/** `made with --currency CNY,USD --set "mix={ FY2026: guojin }"` */
export function writeArguments(args: readonly string[]): string {
  const words = args.map((word) => (/^[\w./=,%-]+$/.test(word) ? word : JSON.stringify(word)));
  return `${MADE_WITH} ${words.join(' ')}`;
}

const MADE_WITH = 'made with';

/** Reads the text of `writeArguments`; nothing if the text is another. */
export function readArguments(text: string): readonly string[] | undefined {
  const [, words] = new RegExp(`^${MADE_WITH} (.*)$`, 'su').exec(text) ?? [];
  const found = words?.match(/"(?:[^"\\]|\\.)*"|\S+/g)?.map(readWord);
  return found?.every((word) => word !== undefined) ? found : undefined;
}

function readWord(word: string): string | undefined {
  if (!word.startsWith('"')) return word;
  try {
    return String(JSON.parse(word));
  } catch {
    return undefined;
  }
}
