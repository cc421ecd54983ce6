/** The place of an error in a YAML text: what stands there, and in what. */
import type { CST, ErrorCode, YAMLError } from 'yaml';

/** An error of the library. Its message is not read: the library may change it at any time. */
export type YamlError = Pick<YAMLError, 'code' | 'pos'>;

export interface ErrorPlace {
  readonly text: string;
  /** The position that the library gives. */
  readonly offset: number;
  /** The first character from there on that is neither blank nor in a comment. */
  readonly next: number;
  /** The tokens that contain the character before the position, outermost first. */
  readonly before: readonly CST.Token[];
  /** The tokens that contain the character at `next`, outermost first; none where the text ends. */
  readonly around: readonly CST.Token[];
  /** The codes of all errors at the position. */
  readonly codes: ReadonlySet<ErrorCode>;
}

export function placeOf(
  { pos: [offset] }: YamlError,
  errors: readonly YamlError[],
  tokens: readonly CST.Token[],
  text: string,
): ErrorPlace {
  const next = nextCharacter(text, offset);
  const before = tokensAt(tokens, offset - 1);
  const around = next < text.length ? tokensAt(tokens, next) : [];
  const codes = new Set(errors.filter(({ pos }) => pos[0] === offset).map(({ code }) => code));
  return { text, offset, next, before, around, codes };
}

/** The rest of a line, from an offset on. */
export function lineFrom(text: string, offset: number): string {
  return text.slice(offset, lineEnd(text, offset));
}

/** What stands before an offset in its line. */
export function lineBefore(text: string, offset: number): string {
  return offset === 0 ? '' : text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
}

/** Whether the sign of a list entry is next, perhaps behind its anchor or tag. */
export function isDash({ text, next }: ErrorPlace): boolean {
  const dash = /(?:[&!]\S*[ \t]+)*-(?=\s|$)/y;
  dash.lastIndex = next;
  return dash.test(text);
}

/** Whether a colon is next that no space follows: the library reads it as the beginning of a text. */
export function isColonWithoutSpace({ text, next, around }: ErrorPlace): boolean {
  return text[next] === ':' && around.at(-1)?.type === 'scalar';
}

/** Whether a text in quotes ends at an offset and lacks its closing mark. */
export function isOpenQuote(token: CST.Token, offset: number): boolean {
  if (token.type !== 'double-quoted-scalar' && token.type !== 'single-quoted-scalar') return false;
  const { source } = token;
  const isOpen = source.length === 1 || source.at(-1) !== source[0];
  return isOpen && token.offset + source.length === offset;
}

export function isAnchorOrTag(token: CST.Token | undefined): token is CST.SourceToken {
  return token?.type === 'anchor' || token?.type === 'tag';
}

/** The innermost bracket without an end. */
export function openBracket({ before }: ErrorPlace): CST.FlowCollection | undefined {
  return before.findLast(
    (token): token is CST.FlowCollection =>
      token.type === 'flow-collection' && token.end[0]?.source !== closingOf(token),
  );
}

/** The brackets with the next character between them, outermost first. */
export function bracketsAround({ around, next }: ErrorPlace): readonly CST.FlowCollection[] {
  return around.filter(
    (token, depth): token is CST.FlowCollection =>
      token.type === 'flow-collection' &&
      token.offset < next &&
      !token.end.some((part) => part === around[depth + 1]),
  );
}

/** A comment inside a bracket that has the sign with which the bracket is to be closed. */
export function commentWithEnd(bracket: CST.FlowCollection): CST.SourceToken | undefined {
  const find = (token: CST.Token): CST.SourceToken | undefined =>
    token.type === 'comment'
      ? token.source.includes(closingOf(bracket))
        ? token
        : undefined
      : partsOf(token)
          .map(find)
          .find((one) => one !== undefined);
  return find(bracket);
}

/** The text after a `|` or `>` that contains the position. */
export function blockTextAround({ around, offset }: ErrorPlace): CST.BlockScalar | undefined {
  return around.find(
    (token): token is CST.BlockScalar => token.type === 'block-scalar' && token.offset < offset,
  );
}

export function closingOf({ start }: CST.FlowCollection): '}' | ']' {
  return start.source === '{' ? '}' : ']';
}

/** The first character from an offset on that is neither blank nor in a comment. */
export function nextCharacter(text: string, from: number): number {
  const character = /\S/g;
  character.lastIndex = from;
  for (;;) {
    const at = character.exec(text)?.index ?? text.length;
    const isComment = text[at] === '#' && (at === 0 || /\s/.test(text[at - 1]!));
    if (!isComment) return at;
    character.lastIndex = lineEnd(text, at);
  }
}

function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline;
}

/** The tokens of a text contain every character of it: no gap is between them. */
function tokensAt(tokens: readonly CST.Token[], offset: number): readonly CST.Token[] {
  const path: CST.Token[] = [];
  let parts = tokens;
  for (;;) {
    const token = parts.findLast((part) => beginningOf(part) <= offset);
    if (!token) return path;
    path.push(token);
    parts = partsOf(token);
  }
}

/** A map may begin with the anchor or tag of its first key: the library leaves that out of the offset. */
function beginningOf(token: CST.Token): number {
  const first = token.type === 'block-map' ? token.items[0]?.start[0] : undefined;
  return Math.min(token.offset, first?.offset ?? token.offset);
}

/** The tokens inside a token, in the order of the text. */
function partsOf(token: CST.Token): readonly CST.Token[] {
  if (token.type === 'document') return [...partsOfItem(token), ...(token.end ?? [])];
  if (token.type === 'block-scalar') return token.props;
  const start = token.type === 'flow-collection' ? [token.start] : [];
  const items = 'items' in token ? token.items.flatMap(partsOfItem) : [];
  return [...start, ...items, ...('end' in token ? (token.end ?? []) : [])];
}

function partsOfItem({ start, key, sep = [], value }: CST.CollectionItem): CST.Token[] {
  return [...start, key, ...sep, value].filter((token) => token !== null && token !== undefined);
}
