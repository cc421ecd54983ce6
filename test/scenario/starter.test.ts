/** The file that `capex new` writes runs, and every comment in it is true. */
import { describe, expect, it } from 'vitest';
import { amountOf } from '../../src/model/estimate/envelope.js';
import { success } from '../../src/core/result.js';
import { writeDiagnostics } from '../../src/formats/diagnosticText.js';
import { project } from '../../src/projection/compile.js';
import { load } from '../../src/scenario/load.js';
import { loadScenarios } from '../../src/scenario/portfolio/loadScenarios.js';
import { newPortfolio, newScenario } from '../../src/scenario/starter.js';
import { failedChecks } from '../../src/studies/check/failedChecks.js';

const TEXT = newScenario('my-view')![0]!.text;

/** The printed problems of a text and its checks; throws if a valid text cannot be forecast. */
function problems(text: string): string {
  const { scenario, diagnostics } = load(text, { name: 'my-view.yaml' });
  if (scenario) project(scenario, { currencies: ['CNY', 'USD'] });
  return writeDiagnostics([...diagnostics, ...(scenario ? failedChecks(scenario) : [])]);
}

it('runs without a warning, and passes its own checks', () => {
  expect(problems(TEXT)).toBe('');
  expect(load(TEXT).scenario?.id).toBe('my-view');
});

/** Each commented line of YAML, by its number. */
const EXAMPLES = TEXT.split('\n').flatMap((line, i) =>
  /^ *# [a-z_]+: /.test(line) ? [[line.trim(), i] as const] : [],
);

/** The text with a commented line as YAML, in the place of the line with its key if there is one. */
function withExample(index: number): string {
  const lines = TEXT.split('\n');
  const written = lines[index]!.replace('# ', '');
  const key = /^ *[a-z_]+:/.exec(written)![0];
  lines[index] = written;
  // Within a few lines, so that the key belongs to the same block.
  const sibling = lines.findIndex(
    (line, i) => i !== index && line.startsWith(`${key} `) && Math.abs(i - index) < 6,
  );
  return lines.filter((_, i) => i !== sibling).join('\n');
}

describe('the YAML in its comments is valid', () => {
  it('in nine comments or more', () => {
    expect(EXAMPLES.length).toBeGreaterThanOrEqual(9);
  });

  it.each(EXAMPLES)('%s', (_, index) => {
    const { scenario, diagnostics } = load(withExample(index));
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    expect(writeDiagnostics(errors)).toBe('');
    expect(withExample(index)).not.toBe(TEXT);
    project(scenario!);
  });
});

it('the window agrees with its comment', () => {
  const { window } = load(TEXT).scenario!;
  expect(window.start).toBe(2025 * 12 + 3);
  expect(window.periods[0]!.label).toBe('FY2026Q1');
});

it('calls each reason of a number an example, and names no source', () => {
  const { inputs } = load(TEXT).scenario!;
  const reasons = inputs.flatMap(({ attributes }) => attributes.assumption?.value ?? []);
  expect(new Set(reasons)).toEqual(new Set(['an example']));
  expect(inputs.filter(({ attributes }) => attributes.evidence)).toEqual([]);
});

it.each(['My view', 'a/b', '', 'x.y', '人'])('rejects %s as an id', (name) => {
  expect(newScenario(name)).toBeUndefined();
  expect(newPortfolio(name)).toBeUndefined();
});

describe('a new portfolio', () => {
  const [portfolio, ...buyers] = newPortfolio('my-buyers')!;
  const load = (text: string) =>
    loadScenarios(text, {
      name: 'my-buyers.yaml',
      read: ({ path }) => {
        const file = buyers.find(({ name }) => name === path)!;
        return success({ name: file.name, text: file.text });
      },
    });

  it('comes with the scenarios that it names, and runs without a warning', () => {
    const { scenarios, diagnostics } = load(portfolio!.text);
    expect(writeDiagnostics(diagnostics)).toBe('');
    expect(scenarios.map(({ id, buyer }) => [buyer!.key, id])).toEqual([
      ['first', 'my-buyers-first'],
      ['second', 'my-buyers-second'],
    ]);
    expect(scenarios.map(({ envelope }) => amountOf(envelope)!.text)).toEqual([
      '100bn CNY',
      '90bn CNY',
    ]);
  });

  const comments = portfolio!.text.split('\n').filter((line) => /^ *# [a-z_]+: /.test(line));

  it('has comments with YAML that is valid', () => {
    expect(comments).toHaveLength(2);
    for (const line of comments) {
      const text = portfolio!.text.replace(line, line.replace('# ', ''));
      expect(writeDiagnostics(load(text).diagnostics)).toBe('');
    }
  });
});
