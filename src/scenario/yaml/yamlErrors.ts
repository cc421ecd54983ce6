/** Finds what is wrong with a text that is not one plain YAML document. */
import type { CST, ErrorCode } from 'yaml';
import type { Problem } from '../../core/text/diagnostic.js';
import {
  blockTextAround,
  bracketsAround,
  closingOf,
  commentWithEnd,
  isAnchorOrTag,
  isColonWithoutSpace,
  isDash,
  isOpenQuote,
  lineBefore,
  lineFrom,
  nextCharacter,
  openBracket,
  placeOf,
  type ErrorPlace,
  type YamlError,
} from './errorPlace.js';
import { withOddSign } from './oddSigns.js';
import {
  MESSAGES,
  badEscape,
  badStart,
  bracketNotClosed,
  hashInText,
  quoteNotClosed,
  type YamlMessage,
} from './yamlMessages.js';

/** A problem with its place in the text. */
export interface YamlProblem extends Problem {
  readonly code: 'yaml-syntax' | 'yaml-feature';
  readonly start: number;
  readonly end: number;
}

/**
 * The first problem of a text. After an error the library reads on, but often misreads what follows:
 * its further errors are not reported.
 *
 * @param tokens all tokens of the text
 * @param errors the errors of its first document
 */
export function findYamlProblem(
  tokens: readonly CST.Token[],
  errors: readonly YamlError[],
  text: string,
): YamlProblem | undefined {
  const directive = tokens.find((token) => token.type === 'directive');
  if (directive) {
    const { offset, source } = directive;
    return { ...MESSAGES.directive, start: offset, end: offset + source.length };
  }
  const [error] = errors;
  if (error) return problemOf(error, placeOf(error, errors, tokens, text));
  const [, second] = tokens.filter(({ type }) => type === 'document');
  return second && secondDocument(second.offset, text);
}

function problemOf({ code: yamlCode, pos }: YamlError, place: ErrorPlace): YamlProblem {
  const known = MESSAGE_OF_CODE[yamlCode];
  const found = typeof known === 'function' ? known(place) : known;
  const { start: from = pos[0], underline = /(?! )/ } = found;
  const line = lineFrom(place.text, from);
  const match = underline.exec(line);
  const start = from + (match?.index ?? 0);
  const end = match?.[0] ? start + match[0].length : Math.min(pos[1], from + line.length);
  const { code = 'yaml-syntax', ...problem } = withOddSign(found, place.text, {
    start,
    found: pos[0],
  });
  return { ...problem, code, start, end: Math.max(end, start + 1) };
}

/** A document begins behind `---`, or behind the `...` that ends the one before it. */
function secondDocument(offset: number, text: string): YamlProblem {
  if (text.startsWith('---', offset)) {
    return { ...MESSAGES.secondDocument, start: offset, end: offset + 3 };
  }
  const start = nextCharacter(text, offset);
  return { ...MESSAGES.secondDocumentAfterDots, start, end: start + 1 };
}

/**
 * Every error code of the library, and what we say of it. One code often stands for several
 * mistakes: what stands at its position tells them apart.
 */
export const MESSAGE_OF_CODE: Readonly<
  Record<ErrorCode, YamlMessage | ((place: ErrorPlace) => YamlMessage)>
> = {
  TAB_AS_INDENT: MESSAGES.tab,
  BAD_INDENT: messageOfIndentation,
  MISSING_CHAR: messageOfMissing,
  UNEXPECTED_TOKEN: messageOfUnexpected,
  BLOCK_AS_IMPLICIT_KEY: messageOfNesting,
  BLOCK_IN_FLOW: messageInBrackets,
  MULTILINE_IMPLICIT_KEY: messageOfLines,
  KEY_OVER_1024_CHARS: MESSAGES.longKey,
  BAD_SCALAR_START: ({ text, offset }) => badStart(offset, text.charAt(offset)),
  BAD_DQ_ESCAPE: ({ text, offset }) => badEscape(ESCAPE.exec(lineFrom(text, offset))?.[0] ?? '\\'),
  ALIAS_PROPS: MESSAGES.anchorAliasOrTag,
  BAD_ALIAS: MESSAGES.anchorAliasOrTag,
  BAD_PROP_ORDER: MESSAGES.anchorAliasOrTag,
  MULTIPLE_ANCHORS: MESSAGES.anchorAliasOrTag,
  MULTIPLE_TAGS: MESSAGES.anchorAliasOrTag,
  TAG_RESOLVE_FAILED: MESSAGES.anchorAliasOrTag,
  // No text leads to the codes below. Directives, too many levels and second documents are found
  // before the library looks for them; it warns of BAD_COLLECTION_TYPE and gives no error; its other
  // checks are switched off (`uniqueKeys`, `stringKeys`) or are for states that it calls impossible.
  BAD_DIRECTIVE: MESSAGES.directive,
  MULTIPLE_DOCS: MESSAGES.secondDocument,
  BAD_COLLECTION_TYPE: MESSAGES.anchorAliasOrTag,
  DUPLICATE_KEY: MESSAGES.unreadable,
  NON_STRING_KEY: MESSAGES.unreadable,
  RESOURCE_EXHAUSTION: MESSAGES.unreadable,
  IMPOSSIBLE: MESSAGES.unreadable,
};

/** A backslash, and the digits or the character that belong to it. */
const ESCAPE = /\\(?:x[\da-fA-F]{0,2}|u[\da-fA-F]{0,4}|U[\da-fA-F]{0,8}|.)/u;

function messageOfIndentation(place: ErrorPlace): YamlMessage {
  const { text, next } = place;
  const bracket = openBracket(place);
  if (bracket) {
    const closing = closingOf(bracket);
    return text[next] === closing
      ? { ...MESSAGES.bracketIndentation, start: next }
      : messageOfOpen(bracket);
  }
  const indentation = lineBefore(text, next);
  return /^ *\t/.test(indentation)
    ? { ...MESSAGES.tab, start: next - indentation.length }
    : { ...MESSAGES.indentation, start: next };
}

function messageOfMissing(place: ErrorPlace): YamlMessage {
  const { text, offset, next, before, around } = place;
  const last = before.at(-1);
  const token = around.at(-1);
  if (last && isOpenQuote(last, offset)) {
    return quoteNotClosed(last.offset, text.charAt(last.offset));
  }
  if (token?.type === 'comment') return MESSAGES.comment;
  if (isAnchorOrTag(last) && last.offset + last.source.length === offset) {
    return MESSAGES.anchorAliasOrTag;
  }
  const open = openBracket(place);
  const brackets = bracketsAround(place);
  if (open && !brackets.includes(open)) return messageOfOpen(open);
  if (brackets.length > 0)
    return isColonWithoutSpace(place) ? MESSAGES.keyWithoutValue : messageOfComma(place);
  if (/^---\s/.test(lineBefore(text, offset))) return MESSAGES.besideDashes;
  if (isAnchorOrTag(token)) return MESSAGES.anchorAliasOrTag;
  if (blockTextAround(place)) return MESSAGES.blankLineIndentation;
  const isEntry = around.some(
    ({ type }, depth) => type === 'block-seq' && around[depth + 1]?.offset === next,
  );
  return isEntry ? { ...MESSAGES.dashMissing, start: next } : MESSAGES.keyWithoutValue;
}

function messageOfUnexpected(place: ErrorPlace): YamlMessage {
  const { text, offset, around } = place;
  const token = around.at(-1);
  const block = blockTextAround(place);
  if (block) return badStart(block.offset, text.charAt(block.offset));
  if (/[\]}]/.test(text.charAt(offset))) return MESSAGES.bracketNotOpened;
  const isNested = around.length > 1;
  if (isNested && token?.type === 'error' && isDash(place)) return MESSAGES.dashAfterKey;
  const isApart = /(?:^|\s)$/.test(lineBefore(text, offset));
  if (bracketsAround(place).length > 0) {
    if (token?.type === 'comma') return MESSAGES.commaTooMany;
    if (token?.type === 'map-value-ind') return MESSAGES.secondColon;
    if (isApart) return messageOfComma(place);
  }
  if (isColonWithoutSpace(place)) return MESSAGES.keyWithoutValue;
  return lineBefore(text, offset).trim() === '' ? MESSAGES.lineApart : MESSAGES.afterValue;
}

function messageOfNesting(place: ErrorPlace): YamlMessage {
  // Two lines that read as one have a second colon as well, but that is not what is wrong with them.
  if (isDash(place) || place.codes.has('MULTILINE_IMPLICIT_KEY')) return messageOfLines(place);
  return MESSAGES.secondColon;
}

function messageOfLines(place: ErrorPlace): YamlMessage {
  if (bracketsAround(place).length > 0) return messageInBrackets(place);
  return isDash(place) ? { ...MESSAGES.dashInMap, start: place.next } : MESSAGES.linesJoined;
}

function messageInBrackets(place: ErrorPlace): YamlMessage {
  return isDash(place) ? { ...MESSAGES.dashInBrackets, start: place.next } : messageOfComma(place);
}

function messageOfOpen(bracket: CST.FlowCollection): YamlMessage {
  const comment = commentWithEnd(bracket);
  return comment
    ? hashInText(comment.offset, comment.source)
    : bracketNotClosed(bracket.offset, closingOf(bracket));
}

/** A comma may stand in a comment that was meant as text. */
function messageOfComma({ text, next }: ErrorPlace): YamlMessage {
  const [comment] = /#[^\n]*,\s*$/.exec(text.slice(lineAbove(text, next), next)) ?? [];
  if (comment === undefined) return MESSAGES.commaMissing;
  return hashInText(text.lastIndexOf(comment, next), comment.trimEnd());
}

/** The start of the line above the line of an offset. */
function lineAbove(text: string, offset: number): number {
  const lineStart = offset - lineBefore(text, offset).length;
  return Math.max(lineStart - 1 - lineBefore(text, Math.max(lineStart - 1, 0)).length, 0);
}
