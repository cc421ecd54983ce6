/** Characters that nobody sees, or that look like others: what they are called, and what they stand for. */

/** A character of a text that is invisible or looks like another one. */
export interface OddCharacter {
  /** Its offset in the text. */
  readonly at: number;
  /** `U+200B (zero-width space)` */
  readonly name: string;
  /** What it stands for: nothing, a blank, or a sign of ASCII. */
  readonly plain: string;
}

/** What has no width, spaces other than the blank, signs in the width of a Chinese character, and signs in print. */
const ODD =
  /\p{Default_Ignorable_Code_Point}|\p{Cf}|(?! )\p{Z}|\u2800|[\uFE50-\uFE6B\uFF01-\uFF5E\uFFE0-\uFFE6]|[‘’‚“”„、。‐‑‒–—−]/gu;

const NAMES: Readonly<Record<string, string>> = {
  '\u00A0': 'no-break space',
  '\u00AD': 'soft hyphen',
  '\u2009': 'thin space',
  '\u200B': 'zero-width space',
  '\u200C': 'zero-width non-joiner',
  '\u200D': 'zero-width joiner',
  '\u200E': 'left-to-right mark',
  '\u200F': 'right-to-left mark',
  '\u202F': 'narrow no-break space',
  '\u2060': 'word joiner',
  '\u2212': 'minus sign',
  '\u3000': 'ideographic space',
  '\u3001': 'ideographic comma',
  '\u3002': 'ideographic full stop',
  '\uFEFF': 'byte order mark',
};

/** The first odd character of a text. */
export function oddCharacterIn(text: string): OddCharacter | undefined {
  return oddCharactersIn(text)[0];
}

export function oddCharactersIn(text: string): readonly OddCharacter[] {
  return Array.from(text.matchAll(ODD), ({ 0: character, index: at }) => {
    const plain = plainOf(character);
    const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    return { at, name: `U+${code} (${NAMES[character] ?? nounOf(character, plain)})`, plain };
  });
}

/** A text with what its odd characters stand for. */
export function withoutOddCharacters(text: string): string {
  return text.replace(ODD, plainOf);
}

function plainOf(character: string): string {
  if (/\p{Z}|\u2800/u.test(character)) return ' ';
  if (/\p{Default_Ignorable_Code_Point}|\p{Cf}/u.test(character)) return '';
  if (/[‐‑‒–—−]/u.test(character)) return '-';
  if (/[‘’‚]/u.test(character)) return "'";
  if (/[“”„]/u.test(character)) return '"';
  if (character === '、') return ',';
  return character === '。' ? '.' : character.normalize('NFKC');
}

function nounOf(character: string, plain: string): string {
  if (plain === '') return 'an invisible character';
  if (plain === ' ') return 'a space';
  if (/[\uFE50-\uFE6B\uFF01-\uFFE6]/u.test(character)) return `full-width \`${plain}\``;
  return /[‘’‚“”„]/u.test(character) ? 'a quotation mark of print' : 'a dash';
}
