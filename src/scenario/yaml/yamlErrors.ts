/** What is wrong with a text that is not YAML, in the words of somebody who writes scenarios. */
import type { CST } from 'yaml';

/** An error as the parser tells it. */
interface ParseError {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

/** A slip with its place in the text. */
export interface Slip {
  readonly code: 'yaml-syntax' | 'yaml-feature';
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly hint: string;
}

/**
 * The first error alone: what the parser says of the text behind it, it says of a misreading.
 *
 * @param tokens the parser's own, which know where a bracket or a quotation mark was opened
 */
export function firstSlip(
  errors: readonly ParseError[],
  tokens: readonly CST.Token[],
  text: string,
): Slip | undefined {
  const [first] = errors;
  if (!first) return undefined;
  // Two lines that read as one have a second colon as well, but that is not what is wrong with them.
  const error =
    errors.find(({ pos, message }) => pos[0] === first.pos[0] && JOINED_LINES.test(message)) ??
    first;
  if (FEATURES.has(error.code)) return { ...placeOf(error, text), ...FEATURE };
  const known = KNOWN.find(({ says }) => says.test(error.message)) ?? UNKNOWN;
  const place = known.opened ? openedAt(tokens, error, text) : undefined;
  const { message, hint } = known;
  const [, detail = ''] = known.says.exec(error.message) ?? [];
  const told = { message: message.replace('…', detail), hint };
  return { code: 'yaml-syntax', ...(place ?? placeOf(error, text, known.mark)), ...told };
}

/** What the parser says, and what it means. */
interface Known {
  readonly says: RegExp;
  readonly message: string;
  readonly hint: string;
  /** Whether the place to look at is where something was opened, not where its end was missed. */
  readonly opened?: true;
  /** What to underline of the line, from the parser's place on. */
  readonly mark?: RegExp;
}

const JOINED_LINES = /keys.* need to be on a single line/i;

const KNOWN: readonly Known[] = [
  { says: /Tabs are not/, message: 'a tab in the indentation', hint: 'indent with spaces' },
  {
    says: /end with a ([}\]])/,
    message: 'this bracket is not closed: `…` is missing',
    hint: 'close it, and close brackets in the order in which they were opened',
    opened: true,
  },
  {
    says: /Missing closing (["'])/,
    message: 'this quotation mark is not closed: `…` is missing',
    hint: 'end the text with the mark with which it begins',
    opened: true,
  },
  {
    says: /Nested mappings are not allowed in compact/,
    message: 'a second colon in one value',
    hint: 'put a text with a colon in quotes: "…"',
    mark: /:(?=\s|$)/,
  },
  {
    says: JOINED_LINES,
    message: 'this line and the next one read as one',
    hint: 'write `key: value`, with a space after the colon, and indent the keys of one map alike',
  },
  {
    says: /map keys need to be followed by map values|Missing space after :/,
    message: 'a key without a value',
    hint: 'write `key: value`, with a space after the colon',
  },
  {
    says: /Block collections are not allowed within flow|Missing , /,
    message: 'a comma is missing',
    hint: 'put a comma between the entries of { } and [ ], and close every bracket',
    mark: /\S[^:]*:?/,
  },
  {
    says: /Unexpected flow-(?:map|seq)-end/,
    message: 'a closing bracket that nothing has opened',
    hint: 'delete it',
  },
  {
    says: /Unexpected , in|Unexpected empty item/,
    message: 'a comma too many',
    hint: 'delete it',
  },
  {
    says: /Unexpected \S+ at node end/,
    message: 'something follows where the value has ended',
    hint: 'begin a new line before it, or put the whole value in double quotes',
  },
  {
    says: /block-seq-ind on same line/,
    message: 'a `-` on the line of its key',
    hint: 'write [1, 1.2, …], or begin a new line before each `-`',
  },
  {
    says: /block sequence may not be used as an implicit map key/,
    message: 'a `-` among the keys of a map',
    hint: 'delete the `-`',
  },
  {
    says: /must start at the same column/,
    message: 'this line is indented unlike those that it belongs to',
    hint: 'begin it in the column of the lines above',
  },
  {
    says: /Comments must be separated/,
    message: 'a `#` that touches what stands before it',
    hint: 'put a space before the `#` of a comment',
  },
  {
    says: /cannot start with .*?(\S)$/,
    message: 'a text cannot begin with `…`',
    hint: 'put the text in quotes: "…"',
  },
  {
    says: /Invalid escape sequence (\S+)/,
    message: '`…` stands for no character inside double quotes',
    hint: 'write `\\\\` for a backslash, or put the text in single quotes',
  },
  {
    says: /1024 chars/,
    message: 'a key of more than 1,024 characters',
    hint: 'shorten it, or look for a quotation mark that is not closed',
  },
  {
    says: /directives-end marker/,
    message: 'something stands beside `---`',
    hint: 'delete the `---`',
  },
];

const UNKNOWN: Known = {
  says: /./,
  message: 'this cannot be read as YAML',
  hint: 'check indentation, quotation marks and brackets',
};

/** Errors of what scenario files do without. */
const FEATURES: ReadonlySet<string> = new Set([
  ...['BAD_ALIAS', 'ALIAS_PROPS', 'MULTIPLE_ANCHORS', 'MULTIPLE_TAGS', 'BAD_PROP_ORDER'],
  ...['TAG_RESOLVE_FAILED', 'BAD_COLLECTION_TYPE'],
]);
const FEATURE = {
  code: 'yaml-feature',
  message: 'an anchor (`&`), an alias (`*`) or a tag (`!`)',
  hint: 'write values out where they are used; put a text that begins with &, * or ! in quotes',
} as const;

/** The parser's place, within its line; of blank space before something, that something. */
function placeOf({ pos: [from, to] }: ParseError, text: string, mark = /(?! )/) {
  const newline = text.indexOf('\n', from);
  const lineEnd = newline < 0 ? text.length : newline;
  const marked = mark.exec(text.slice(from, lineEnd));
  const start = from + (marked?.index ?? 0);
  const end = marked?.[0] ? start + marked[0].length : Math.min(to, lineEnd);
  return { start, end: Math.max(end, start + 1) };
}

/** Where the bracket or the quotation mark stands whose end the error misses. */
function openedAt(tokens: readonly CST.Token[], { message, pos }: ParseError, text: string) {
  const isQuote = message.includes('quote');
  for (const level of levelsOf(tokens)) {
    const open = level.find((token) =>
      isQuote ? endsAt(token, pos[0]) : token.type === 'flow-collection' && isOpen(token),
    );
    if (!open) continue;
    const lineEnd = text.indexOf('\n', open.offset);
    const quoteEnd = lineEnd < 0 ? text.length : lineEnd;
    return { start: open.offset, end: isQuote ? quoteEnd : open.offset + 1 };
  }
  return undefined;
}

function isOpen({ start, end }: CST.FlowCollection): boolean {
  const closing = start.source === '{' ? '}' : ']';
  return !end.some(({ source }) => source === closing);
}

function endsAt(token: CST.Token, offset: number): boolean {
  return token.type.endsWith('quoted-scalar') && 'source' in token
    ? token.offset + token.source.length === offset
    : false;
}

/** The tokens of a text by how deeply they are nested: recursion would end in a deep text. */
function* levelsOf(tokens: readonly CST.Token[]): Generator<readonly CST.Token[]> {
  let level: readonly CST.Token[] = tokens;
  while (level.length > 0) {
    yield level;
    level = level
      .flatMap((token): (CST.Token | null | undefined)[] => {
        if (token.type === 'document') return [token.value];
        return 'items' in token ? token.items.flatMap(({ key, value }) => [key, value]) : [];
      })
      .filter((token) => token !== null && token !== undefined);
  }
}
