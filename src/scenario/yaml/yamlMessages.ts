/** What we say of a text that is not one plain YAML document, in words that an analyst knows. */
import type { Problem } from '../../core/text/diagnostic.js';

export interface YamlMessage extends Problem {
  /** `yaml-syntax` unless given. */
  readonly code?: 'yaml-feature';
  readonly hint: string;
  /** Where the problem begins: the position of the library unless given. */
  readonly start?: number;
  /** What to underline of the line, from the beginning of the problem on. */
  readonly underline?: RegExp;
}

export const MESSAGES = {
  tab: {
    message: 'a tab in the indentation',
    hint: 'indent with spaces',
    underline: /\t[ \t]*/,
  },
  indentation: {
    message: 'this line is indented unlike those that it belongs to',
    hint: 'begin it in the column of the lines above',
  },
  bracketIndentation: {
    message: 'this bracket stands too far to the left',
    hint: 'indent it more than the line of its opening bracket',
  },
  blankLineIndentation: {
    message: 'a blank line above this text has more spaces than the text',
    hint: 'delete the spaces of the blank line',
  },
  linesJoined: {
    message: 'this line and the next one read as one',
    hint: 'write `key: value`, with a space after the colon, and indent the keys of one map alike',
    underline: /\S.*/,
  },
  lineApart: {
    message: 'this line does not belong to the lines above it',
    hint: 'write `key: value`, with a space after the colon, and indent the keys of one map alike',
  },
  keyWithoutValue: {
    message: 'a key without a value',
    hint: 'write `key: value`, with a space after the colon',
  },
  longKey: {
    message: 'a key of more than 1,024 characters',
    hint: 'shorten it, or look for a quotation mark that is not closed',
  },
  secondColon: {
    message: 'a second colon in one value',
    hint: 'put a text with a colon in quotes: "…"',
    underline: /:(?=\s|$)/,
  },
  afterValue: {
    message: 'something follows where the value has ended',
    hint: 'begin a new line before it, or put the whole value in double quotes',
  },
  commaMissing: {
    message: 'a comma is missing',
    hint: 'put a comma between the entries of { } and [ ], and close every bracket',
    underline: /\S[^:]*:?/,
  },
  commaTooMany: { message: 'a comma too many', hint: 'delete it' },
  bracketNotOpened: { message: 'a closing bracket that nothing has opened', hint: 'delete it' },
  dashAfterKey: {
    message: 'a `-` on the line of its key',
    hint: 'write [1, 1.2, …], or begin a new line before each `-`',
  },
  dashInMap: {
    message: 'a `-` among the keys of a map',
    hint: 'delete the `-`',
    underline: /-(?=\s|$)/,
  },
  dashInBrackets: {
    message: 'a `-` inside brackets',
    hint: 'put commas between the entries, and delete each `-`',
    underline: /-(?=\s|$)/,
  },
  dashMissing: {
    message: 'an entry of a list without its `-`',
    hint: 'write `- ` before it, or indent it like the lines that it belongs to',
  },
  besideDashes: { message: 'something stands beside `---`', hint: 'delete the `---`' },
  comment: {
    message: 'a `#` that touches what stands before it',
    hint: 'put a space before the `#` of a comment',
  },
  anchorAliasOrTag: {
    code: 'yaml-feature',
    message: 'an anchor (`&`), an alias (`*`) or a tag (`!`)',
    hint: 'write values out where they are used; put a text that begins with &, * or ! in quotes',
  },
  directive: {
    code: 'yaml-feature',
    message: 'a directive changes what the YAML means',
    expected: 'YAML 1.2 without directives',
    hint: 'delete the line',
  },
  secondDocument: {
    code: 'yaml-feature',
    message: 'a second document in the file',
    expected: 'one scenario in each file',
    hint: 'delete `---`, or move what follows it into a file of its own',
  },
  secondDocumentAfterDots: {
    code: 'yaml-feature',
    message: 'a second document in the file',
    expected: 'one scenario in each file',
    hint: 'delete `...`, or move what follows it into a file of its own',
  },
  unreadable: {
    message: 'this cannot be read as YAML',
    hint: 'check indentation, quotation marks and brackets',
  },
} as const satisfies Readonly<Record<string, YamlMessage>>;

export const bracketNotClosed = (start: number, closing: string): YamlMessage => ({
  message: `this bracket is not closed: \`${closing}\` is missing`,
  hint: 'close it, and close brackets in the order in which they were opened',
  start,
  underline: /./,
});

/** @param comment from its `#` on */
export const hashInText = (start: number, comment: string): YamlMessage => ({
  message: `a \`#\` behind a blank begins a comment: \`${comment}\` is not read`,
  hint: 'put a text with a `#` in quotes: "broker #3"',
  start,
  underline: /.*/,
});

export const quoteNotClosed = (start: number, mark: string): YamlMessage => ({
  message: `this quotation mark is not closed: \`${mark}\` is missing`,
  hint: 'end the text with the mark with which it begins',
  start,
  underline: /.*/,
});

/** Some characters have a meaning in YAML where a text without quotes would begin. */
export const badStart = (start: number, character: string): YamlMessage => ({
  message: `a text cannot begin with \`${character}\``,
  hint: 'put the text in quotes: "…"',
  start,
  underline: /./,
});

/** @param escape a backslash inside double quotes, and what belongs to it */
export const badEscape = (escape: string): YamlMessage => ({
  message: `\`${escape}\` stands for no character inside double quotes`,
  hint: 'write `\\\\` for a backslash, or put the text in single quotes',
});
