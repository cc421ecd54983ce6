/** Inserting a value into a text, or removing one, leaves everything else unchanged. */
import { describe, expect, it } from 'vitest';
import {
  applySplices,
  rewriteLiteral,
  withValue,
  withoutEntry,
} from '../../../src/scenario/edit/splice.js';
import { problemList } from '../../../src/scenario/reporter.js';
import { findNode } from '../../../src/scenario/tree.js';
import { readTree } from '../../../src/scenario/yaml/yaml.js';

describe('replacing the literal of a value', () => {
  it.each([
    ['a: 380bn CNY # so far\n', 'a: 9bn CNY # so far\n'],
    ['a: "380bn CNY"\n', 'a: "9bn CNY"\n'],
    ["a:   '380bn CNY'\r\nb: 1\r\n", "a:   '9bn CNY'\r\nb: 1\r\n"],
    ['{ "a": "380bn CNY" }', '{ "a": "9bn CNY" }'],
    ['a: "\\x33\\x380bn CNY"\n', 'a: "9bn CNY"\n'],
    ['a: >-\n  380bn CNY\nb: 1\n', 'a: >-\n  9bn CNY\nb: 1\n'],
    ['a:\n  380bn\n  CNY\n', 'a:\n  9bn CNY\n'],
  ])('%j', (before, after) => {
    const source = { name: 'a.yaml', text: before };
    const { span } = findNode(readTree(source, problemList())!, ['a'])!;
    expect(applySplices(before, [rewriteLiteral(span, '380bn CNY', '9bn CNY')])).toBe(after);
  });
});

describe('inserting a value at a path that the text does not have', () => {
  it.each([
    ['at the end', 'a: 1\n', 'b', 'a: 1\nb: 9\n'],
    ['where the last line is open', 'a: 1', 'b', 'a: 1\nb: 9'],
    ['in the line ends of the text', 'a: 1\r\n', 'b.c', 'a: 1\r\nb:\r\n  c: 9\r\n'],
    ['in steps', 'a: 1\n', 'b.c.d', 'a: 1\nb:\n  c:\n    d: 9\n'],
    [
      'below a map that is there',
      'a:\n  b: 1 # x\n\nc: 2\n',
      'a.d',
      'a:\n  b: 1 # x\n  d: 9\n\nc: 2\n',
    ],
    ['in braces', 'a: { b: 1 } # x\n', 'a.c.d', 'a: { b: 1, c: { d: 9 } } # x\n'],
    ['in JSON', '{ "a": { "b": "1" } }', 'a.c.d', '{ "a": { "b": "1", "c": { "d": "9" } } }'],
    ['beside a value in JSON', '{"a": "35%"}', 'a.low', '{"a": { "value": "35%", "low": "9" }}'],
    ['in empty braces', 'a: {}\n', 'a.b', 'a: { b: 9 }\n'],
    ['in braces of several lines', '{\n  a: 1,\n}\n', 'b', '{\n  a: 1, b: 9,\n}\n'],
    ['beside a bare value', 'a: 35% # x\n', 'a.low', 'a: { value: 35%, low: 9 } # x\n'],
    ['in a map without its number', 'a:\n  low: 1\n', 'a', 'a:\n  low: 1\n  value: 9\n'],
    [
      'behind a text of several lines',
      'a:\n  b: >-\n    x\n    y\n',
      'a.c',
      'a:\n  b: >-\n    x\n    y\n  c: 9\n',
    ],
    ['apart, as the sections are', 'a: 1\n\nb: 2\n', 'c.d', 'a: 1\n\nb: 2\n\nc:\n  d: 9\n'],
    ['before the end of the document', 'a: 1\n...\n', 'b', 'a: 1\nb: 9\n...\n'],
  ])('%s', (_, before, path, after) => {
    expect(withValue(before, path.split('.'), '9', 'value')).toBe(after);
  });
});

describe('removing an entry', () => {
  it.each([
    ['in braces', 'a: { b: 1, c: 2, d: 3 } # x\n', 'a.c', 'a: { b: 1, d: 3 } # x\n'],
    ['first in braces', 'a: { b: 1, c: 2 }\n', 'a.b', 'a: { c: 2 }\n'],
    ['last in braces', 'a: { b: 1, c: 2 }\n', 'a.c', 'a: { b: 1 }\n'],
    ['behind a comment', '{ a: 1, # x\n  b: 2, c: 3 }\n', 'b', '{ a: 1, # x\n  c: 3 }\n'],
    ['on a line of its own', 'a: 1\nb: 2 # x\nc: 3\n', 'b', 'a: 1\nc: 3\n'],
    ['with its lines', 'a:\n  b: >-\n    x\n    y\n  c: 3\n', 'a.b', 'a:\n  c: 3\n'],
    ['at the end without a line end', 'a: 1\nb: 2', 'b', 'a: 1\n'],
    ['behind a hyphen', '- a: 1\n  b: 2\n', '0.a', '- b: 2\n'],
  ])('%s', (_, before, path, after) => {
    expect(withoutEntry(before, path.split('.'))).toBe(after);
  });
});
