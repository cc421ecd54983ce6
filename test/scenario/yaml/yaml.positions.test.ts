/** The places of inputs: each spans its own literal, and `--set` accepts each path. */
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { load } from '../../../src/scenario/load.js';
import { SHIPPED, loaded } from '../../support/cells.js';
import { toldOf } from '../../support/forecasts.js';
import { shipped } from '../../support/schema.js';

describe.each(shipped)('the inputs of %s', (_, text) => {
  const { inputs, files } = loaded(text);
  const isOwn = ({ span }: { readonly span: Span }) => span.source.text === text;
  const own = inputs.filter(isOwn);

  it('are all numbers of the file in its order, and those kept of its parent', () => {
    const starts = own.map(({ span }) => span.start);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    expect(new Set(starts).size).toBe(starts.length);
    expect(starts.length).toBe(numbersIn(parse(text, { schema: 'failsafe' })));
  });

  it('have different paths', () => {
    expect(new Set(inputs.map(({ path }) => path)).size).toBe(inputs.length);
  });

  it('span exactly their literal', () => {
    for (const { path, span, text: literal } of inputs) {
      const { source, start, end } = span;
      const spelt = source.text.slice(start, end);
      if (source.text === text) expect(spelt, path).toBe(literal);
      // A cell of a table has its unit and its thousands separators from a spreadsheet.
      else expect(literal, path).toContain(spelt.replace(/[",]/g, ''));
      expect([text, ...files.map((file) => file.source.text)]).toContain(source.text);
    }
  });

  it('have attributes that span their text with its quotes', () => {
    for (const { path, attributes } of inputs) {
      for (const located of Object.values(attributes) as { text: string; span: Span }[]) {
        const { start, end, source } = located.span;
        const spelt = source.text.slice(start, end);
        const isCell = source.name.endsWith('.csv');
        const said = isCell ? spelt : (parse(spelt, { schema: 'failsafe' }) as unknown);
        expect(said, path).toBe(located.text);
      }
    }
  });

  it('change nothing when `--set` gives each its own text', { timeout: 30_000 }, () => {
    const told = toldOf(text);
    for (const { path, text: literal } of inputs) {
      expect(toldOf(text, [`${path}=${literal}`]), path).toEqual(told);
    }
    expect(
      toldOf(
        text,
        inputs.map(({ path, text: literal }) => `${path}=${literal}`),
      ),
    ).toEqual(told);
  });

  it('are found by `--set`, which reports a misspelt value', () => {
    for (const { path } of inputs) {
      const { diagnostics } = load(text, { ...SHIPPED, set: [`${path}=x`] });
      const { span } = diagnostics[0]!;
      expect([span.source.name, span.start], path).toEqual(['--set', path.length + 1]);
    }
  });
});

interface Span {
  readonly start: number;
  readonly end: number;
  readonly source: { readonly name: string; readonly text: string };
}

/** Keys whose value is no input: attributes, names, and the like. */
const WORDS =
  /^(low|high|step|was|shape|evidence|range_evidence|assumption|note|name|date|unit|quantum|at|per|scenario|title|as_of|currency|fiscal_year_ends|from|to|period|closure|reforecast)$/;

/** The count of values of a file that are numbers or `rest`, read without the engine. */
function numbersIn(value: unknown, key = ''): number {
  if (Array.isArray(value)) return value.reduce<number>((n, item) => n + numbersIn(item), 0);
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).reduce((n, [inner, item]) => n + numbersIn(item, inner), 0);
  }
  return !WORDS.test(key) && /^(-?\d|rest$)/.test(String(value)) ? 1 : 0;
}
