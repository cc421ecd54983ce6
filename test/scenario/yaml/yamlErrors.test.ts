/** Every error code of the yaml library has a message of the product. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { Composer, Parser, type ErrorCode } from 'yaml';
import type { Diagnostic } from '../../../src/core/text/diagnostic.js';
import { problemList } from '../../../src/scenario/reporter.js';
import { readTree } from '../../../src/scenario/yaml/yaml.js';
import { MESSAGE_OF_CODE, findYamlProblem } from '../../../src/scenario/yaml/yamlErrors.js';
import { MESSAGES } from '../../../src/scenario/yaml/yamlMessages.js';

const ANCHOR_ALIAS_OR_TAG = 'an anchor (`&`), an alias (`*`) or a tag (`!`)';

/** A code of the library, a text with that error, the message of the product, and the underlined text. */
const ERRORS: readonly (readonly [ErrorCode, string, string, string])[] = [
  ['TAB_AS_INDENT', 'a:\n\tb: 1\n', 'a tab in the indentation', '\t'],
  ['TAB_AS_INDENT', 'a:\n  b: 1\n  \t c: 1\n', 'a tab in the indentation', '\t '],
  ['BAD_INDENT', 'a:\n  b: "1"\n \tc: 1\n', 'a tab in the indentation', '\t'],
  ['BAD_INDENT', 'a: |\n  text\n\tmore\n', 'a tab in the indentation', '\t'],
  [
    'BAD_INDENT',
    'a:\n  b: "1"\n\n  # comment\n c: 1\n',
    'this line is indented unlike those that it belongs to',
    'c',
  ],
  ['BAD_INDENT', '- "a"\n  - b\n', 'this line is indented unlike those that it belongs to', '-'],
  ['BAD_INDENT', 'a: { b: 1\nc: 2\n', 'this bracket is not closed: `}` is missing', '{'],
  ['BAD_INDENT', 'a: { b: [1, 2 }\n', 'this bracket is not closed: `]` is missing', '['],
  ['BAD_INDENT', 'a:\n  b: {\n    c: 1\n}\n', 'this bracket stands too far to the left', '}'],
  ['MISSING_CHAR', '{ "a": 1\n', 'this bracket is not closed: `}` is missing', '{'],
  ['MISSING_CHAR', '[1, 2\n---\n', 'this bracket is not closed: `]` is missing', '['],
  ['MISSING_CHAR', 'a: "b c\nd: 1\n', 'this quotation mark is not closed: `"` is missing', '"b c'],
  ['MISSING_CHAR', "a: 'b\n", "this quotation mark is not closed: `'` is missing", "'b"],
  ['MISSING_CHAR', 'a: "b"# c\n', 'a `#` that touches what stands before it', '# c'],
  ['MISSING_CHAR', 'a: !b[1]\n', ANCHOR_ALIAS_OR_TAG, '['],
  ['MISSING_CHAR', '&a - 1\n', ANCHOR_ALIAS_OR_TAG, '&a'],
  ['MISSING_CHAR', '["a" "b": 1]\n', 'a comma is missing', '"b":'],
  ['MISSING_CHAR', '{ a: ["b" "c"\n', 'a comma is missing', '"c"'],
  ['MISSING_CHAR', 'a: 1\nb\n', 'a key without a value', 'b'],
  ['MISSING_CHAR', '- "a"\n  "b"\n', 'an entry of a list without its `-`', '"'],
  ['MISSING_CHAR', '- "a"\n b: 1\n', 'an entry of a list without its `-`', 'b'],
  ['MISSING_CHAR', '--- a: 1\n', 'something stands beside `---`', 'a'],
  [
    'MISSING_CHAR',
    'a: |\n      \n  text\n',
    'a blank line above this text has more spaces than the text',
    't',
  ],
  ['UNEXPECTED_TOKEN', 'a: [1]]\n', 'a closing bracket that nothing has opened', ']'],
  ['UNEXPECTED_TOKEN', '[1, , 2]\n', 'a comma too many', ','],
  ['UNEXPECTED_TOKEN', '[, 2]\n', 'a comma too many', ','],
  ['UNEXPECTED_TOKEN', '{ a: : 1 }\n', 'a second colon in one value', ':'],
  ['UNEXPECTED_TOKEN', '{ a: { b: 1 } c: 2 }\n', 'a comma is missing', 'c:'],
  ['UNEXPECTED_TOKEN', 'a: >10% growth\n', 'a text cannot begin with `>`', '>'],
  ['UNEXPECTED_TOKEN', 'a: | text\n', 'a text cannot begin with `|`', '|'],
  ['UNEXPECTED_TOKEN', 'a: - 1\n', 'a `-` on the line of its key', '-'],
  ['UNEXPECTED_TOKEN', '"a":1\n', 'a key without a value', ':1'],
  ['UNEXPECTED_TOKEN', "a: 'b's c'\n", 'something follows where the value has ended', "s c'"],
  ['UNEXPECTED_TOKEN', '{ a: "b"c }\n', 'something follows where the value has ended', 'c'],
  [
    'UNEXPECTED_TOKEN',
    'a:1\n\n# b\nc: 1\n',
    'this line does not belong to the lines above it',
    'c',
  ],
  ['UNEXPECTED_TOKEN', '- a\nb: 1\n', 'this line does not belong to the lines above it', 'b'],
  ['BLOCK_AS_IMPLICIT_KEY', 'a: b: c\n', 'a second colon in one value', ':'],
  ['BLOCK_AS_IMPLICIT_KEY', 'a: b\n c: d\n', 'this line and the next one read as one', 'b'],
  ['BLOCK_AS_IMPLICIT_KEY', 'a:\n  b: 1\n\n  - c\n', 'a `-` among the keys of a map', '-'],
  ['BLOCK_AS_IMPLICIT_KEY', 'a:\n  - b\n- c\n', 'a `-` among the keys of a map', '-'],
  ['BLOCK_IN_FLOW', '{ a: 1 b: 2 }\n', 'a comma is missing', '1 b:'],
  ['BLOCK_IN_FLOW', 'a: [\n  - 1\n  - 2\n]\n', 'a `-` inside brackets', '-'],
  ['MULTILINE_IMPLICIT_KEY', 'a b\nc: 1\n', 'this line and the next one read as one', 'a b'],
  ['MULTILINE_IMPLICIT_KEY', 'a: [1, 2\n  b: 1]\n', 'a comma is missing', '2'],
  ['MULTILINE_IMPLICIT_KEY', 'a: 1\n- c\n', 'a `-` among the keys of a map', '-'],
  ['MULTILINE_IMPLICIT_KEY', '[1, - 2]\n', 'a `-` inside brackets', '-'],
  [
    'KEY_OVER_1024_CHARS',
    `${'k'.repeat(1025)}: 1\n`,
    'a key of more than 1,024 characters',
    'k'.repeat(1025),
  ],
  ['BAD_SCALAR_START', 'a: @b\n', 'a text cannot begin with `@`', '@'],
  ['BAD_SCALAR_START', 'a: %b\n', 'a text cannot begin with `%`', '%'],
  ['BAD_SCALAR_START', '[|]\n', 'a text cannot begin with `|`', '|'],
  ['BAD_DQ_ESCAPE', 'a: "\\p"\n', '`\\p` stands for no character inside double quotes', '\\'],
  ['BAD_DQ_ESCAPE', 'a: "\\x4"\n', '`\\x4` stands for no character inside double quotes', '\\'],
  ['BAD_DQ_ESCAPE', 'a: "\\x"\n', '`\\x` stands for no character inside double quotes', '\\'],
  ['BAD_ALIAS', 'a: * b\n', ANCHOR_ALIAS_OR_TAG, '*'],
  ['ALIAS_PROPS', 'a: !b *c\n', ANCHOR_ALIAS_OR_TAG, '*c'],
  ['BAD_PROP_ORDER', '{ "a" &b : 1 }\n', ANCHOR_ALIAS_OR_TAG, ':'],
  ['MULTIPLE_ANCHORS', 'a: &b &c d\n', ANCHOR_ALIAS_OR_TAG, '&c'],
  ['MULTIPLE_TAGS', 'a: !b !c d\n', ANCHOR_ALIAS_OR_TAG, '!c'],
  ['TAG_RESOLVE_FAILED', 'a: !! b\n', ANCHOR_ALIAS_OR_TAG, '!!'],
];

/** Codes that no text causes, as the map of messages explains. */
const NEVER: readonly ErrorCode[] = [
  'BAD_DIRECTIVE',
  'BAD_COLLECTION_TYPE',
  'DUPLICATE_KEY',
  'IMPOSSIBLE',
  'MULTIPLE_DOCS',
  'NON_STRING_KEY',
  'RESOURCE_EXHAUSTION',
];

/** The codes that the installed version of the library declares. */
function codesOfLibrary(): readonly string[] {
  const main = createRequire(import.meta.url).resolve('yaml');
  const types = readFileSync(new URL('errors.d.ts', `file://${main}`), 'utf8');
  const [declaration = ''] = /type ErrorCode = [^;]+/.exec(types) ?? [];
  return [...declaration.matchAll(/'(\w+)'/g)].map(([, code]) => code!);
}

/** Passes on codes and positions alone, so that no message of the library can be used. */
function problemOf(text: string) {
  const tokens = [...new Parser().parse(text)];
  const options = { schema: 'failsafe', uniqueKeys: false, prettyErrors: false } as const;
  const documents = [...new Composer(options).compose(tokens, true, text.length)];
  const errors = documents[0]!.errors.map(({ code, pos }) => ({ code, pos }));
  return { code: errors[0]?.code, problem: findYamlProblem(tokens, errors, text) };
}

describe('error codes of the yaml library', () => {
  it.each(ERRORS)('reports %s in %j', (yamlCode, text, message, underlined) => {
    const { code, problem } = problemOf(text);
    expect(code).toBe(yamlCode);
    expect(problem).toMatchObject({ message });
    expect(text.slice(problem!.start, problem!.end)).toBe(underlined);
    const problems = problemList();
    const { diagnostics } = problems;
    expect(readTree({ name: 'a.yaml', text }, problems)).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: problem!.code, message, hint: problem!.hint }]);
  });

  it('all have a message, and no other code has one', () => {
    const codes = codesOfLibrary();
    expect(codes.length).toBeGreaterThan(20);
    expect(Object.keys(MESSAGE_OF_CODE).sort()).toEqual([...codes].sort());
  });

  it('are all tested above, except those that no text causes', () => {
    const shown = new Set(ERRORS.map(([code]) => code));
    const rest = Object.keys(MESSAGE_OF_CODE).filter((code) => !shown.has(code as ErrorCode));
    expect(rest.sort()).toEqual([...NEVER].sort());
  });

  it('lead to every message of an error', () => {
    const shown = new Set(ERRORS.map(([, , message]) => message));
    const rest = Object.values(MESSAGES).filter(({ message }) => !shown.has(message));
    const { directive, secondDocument, secondDocumentAfterDots, unreadable } = MESSAGES;
    expect(rest).toEqual([directive, secondDocument, secondDocumentAfterDots, unreadable]);
  });
});

describe('a text without errors', () => {
  it.each([
    ['%YAML 1.2\n---\na: 1\n', MESSAGES.directive, '%YAML 1.2'],
    ['a: 1\n---\nb: 1\n', MESSAGES.secondDocument, '---'],
    ['a: 1\n---\nb: [\n', MESSAGES.secondDocument, '---'],
    ['a: 1\n...\n\nb: 1\n', MESSAGES.secondDocumentAfterDots, 'b'],
  ])('rejects %j, which is not one plain document', (text, message, underlined) => {
    const { problem } = problemOf(text);
    expect(problem).toMatchObject(message);
    expect(text.slice(problem!.start, problem!.end)).toBe(underlined);
  });

  it('may have the marks of the beginning and the end of a document', () => {
    expect(problemOf('# c\n---\na: 1\n...\n# c\n').problem).toBeUndefined();
  });
});

describe('anchors and tags', () => {
  it.each([
    ['a: &b 1\n', '&b'],
    ['a: &b\n', '&b'],
    ['a: &b # c\n  - 1\n', '&b'],
    ['a: !!str\n  - 1\n', '!!str'],
    ['{ "a":!b 1 }\n', '!b'],
    [`a: &${'b'.repeat(300)} 1\n`, `&${'b'.repeat(300)}`],
    ['a: !b &c 1\n', '&c'],
  ])('in %j are underlined alone', (text, underlined) => {
    const problems = problemList();
    const { diagnostics } = problems;
    readTree({ name: 'a.yaml', text }, problems);
    const [{ code, span }] = diagnostics as [Diagnostic];
    expect(code).toBe('yaml-feature');
    expect(text.slice(span.start, span.end)).toBe(underlined);
  });
});

describe('a very large text is rejected in seconds', () => {
  it.each([
    ['30,000 documents', 'yaml-feature', 'a: 1\n---\n'.repeat(30_000)],
    ['300,000 underscores in a key', 'key-name', `{ "a${'_'.repeat(300_000)}!b": 1 }`],
    ['two million signs', 'text-size', `[${','.repeat(2_000_000)}]`],
    ['50,000 errors', 'yaml-syntax', `[${', '.repeat(50_000)}]`],
    ['50,000 blank lines before an error', 'yaml-syntax', `a: "1"\n${'\n'.repeat(50_000)} b: 1`],
    ['50,000 comments before an error', 'yaml-syntax', `a: "1"\n${'# c\n'.repeat(50_000)} b: 1`],
  ])('%s', (_, code, text) => {
    const start = performance.now();
    const problems = problemList();
    const { diagnostics } = problems;
    readTree({ name: 'a.yaml', text }, problems);
    expect(diagnostics.map((one) => one.code)).toEqual([code]);
    expect(performance.now() - start).toBeLessThan(30_000);
  });
});
