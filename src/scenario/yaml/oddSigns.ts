/** The odd character that may be the cause of a YAML error: it looks like a sign of YAML, or like a blank. */
import { oddCharactersIn, type OddCharacter } from '../../core/text/oddCharacters.js';
import type { YamlMessage } from './yamlMessages.js';

/** Where an error was found, and where the mistake begins: both are offsets. */
interface ErrorSpan {
  readonly start: number;
  readonly found: number;
}

/** A message with the odd character that may be the cause, and what to do about it. */
export function withOddSign(message: YamlMessage, text: string, span: ErrorSpan): YamlMessage {
  const odd = oddSignIn(text, span);
  if (!odd) return message;
  return { ...message, found: odd.name, hint: `${remedyOf(odd)}, or ${message.hint}` };
}

function remedyOf({ plain }: OddCharacter): string {
  if (plain === '') return 'delete it';
  const sign = plain === ' ' ? 'a blank' : `\`${plain}\``;
  return `write ${sign}${/[:,]/.test(plain) ? ' and a blank' : ''} in its place`;
}

/**
 * The character at the mistake, else one in the lines from above the mistake to where it was found: a sign
 * of YAML before any other. A line further above may be indented by what is no blank.
 */
function oddSignIn(text: string, { start, found }: ErrorSpan): OddCharacter | undefined {
  const [here] = oddCharactersIn(text.slice(start, start + 2));
  if (here?.at === 0) return here;
  const above = text.slice(0, Math.min(start, found)).split('\n');
  const count = text.slice(0, Math.max(start, found)).split('\n').length;
  const lines = text.split('\n', count).slice(Math.max(above.length - 2, 0));
  const near = lines.flatMap((line) => oddCharactersIn(structureOf(line)));
  const indents = above.toReversed().flatMap((line) => oddCharactersIn(/^\s*/.exec(line)![0]));
  return near.find(isSign) ?? near[0] ?? indents[0];
}

/** A line without its texts: what is in quotes, and what is behind the first colon outside brackets. */
function structureOf(line: string): string {
  const own = line.replace(/"[^"]*"|'[^']*'/g, (quoted) => ' '.repeat(quoted.length));
  return /[{[]/.test(own) ? own : own.replace(/:(?=[ \t]).*/su, '');
}

function isSign({ plain }: OddCharacter): boolean {
  return /^[ :,{}[\]"'#;-]?$/.test(plain);
}
