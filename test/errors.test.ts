/** The error gallery: one bad file and its message each, and what no text whatever may do. */
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readText } from '../src/cli/files.js';
import { DIAGNOSTIC_CODES, hasErrors, type Diagnostic } from '../src/core/diagnostic.js';
import { project } from '../src/projection/project.js';
import { load } from '../src/scenario/load.js';
import { forecast } from '../src/studies/forecast.js';
import { writeDiagnostics } from '../src/write/diagnostics.js';
import { loaded } from './cells.js';

const FOLDER = new URL('errors/', import.meta.url).pathname;
const ENTRIES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .sort();

/** `sum.too-little.yaml` shows the code `sum`. */
const codeOf = (name: string) => name.split('.')[0]!;

/** What a user would see of a file, and whether it became a scenario. */
function outcome(name: string) {
  const text = readText(FOLDER + name);
  if (typeof text !== 'string') return { diagnostics: [renamed(text, name)], isScenario: false };
  const given = optionsOf(text);
  const { scenario, diagnostics } = load(text, { name, set: given('set') });
  const [currency, by] = [given('currency')[0], given('by')[0]];
  const options = forecast.options.parse({ currency, by });
  const answer = scenario && forecast.run([scenario], options);
  const problems = answer && !('notes' in answer) ? answer : [];
  return {
    diagnostics: [...diagnostics, ...problems],
    isScenario: answer !== undefined && problems.length === 0,
  };
}

/** Options of the command line, from a first line such as `# --set fx.closure=volume`. */
function optionsOf(text: string): (option: string) => string[] {
  const [first = ''] = text.split('\n');
  const given = [...first.matchAll(/--(\w+) (\S+)/g)];
  return (option) => given.flatMap(([, name, value]) => (name === option ? [value!] : []));
}

function renamed(diagnostic: Diagnostic, name: string): Diagnostic {
  const { span } = diagnostic;
  return { ...diagnostic, span: { ...span, source: { ...span.source, name } } };
}

describe('the gallery', () => {
  it.each(ENTRIES)('%s is told as beside it', async (name) => {
    const { diagnostics, isScenario } = outcome(name);
    const told = writeDiagnostics(diagnostics);
    expect(told).toContain(`[${codeOf(name)}]`);
    await expect(told).toMatchFileSnapshot(`${FOLDER}${name.replace(/yaml$/, 'txt')}`);
    expect(isScenario).toBe(!hasErrors(diagnostics));
  });

  it('shows every code', () => {
    const shown = new Set(ENTRIES.map(codeOf));
    expect(Object.keys(DIAGNOSTIC_CODES).filter((code) => !shown.has(code))).toEqual([]);
  });

  it('has no message without a file', () => {
    const texts = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));
    expect(texts.map((name) => name.replace(/txt$/, 'yaml')).sort()).toEqual(ENTRIES);
  });

  it('speaks of scenarios, not of the libraries that read them', () => {
    const told = ENTRIES.flatMap((name) => outcome(name).diagnostics.map(wordsOf)).join('\n');
    const jargon =
      /zod|parse|invalid|implicit|mapping|scalar|sequence|flow|block|union|record|tuple|object|undefined/i;
    expect(told.split('\n').filter((line) => jargon.test(line))).toEqual([]);
  });
});

/** All words of ours in a diagnostic: the user's own stand between backticks. */
function wordsOf({ message, expected, found, hint }: Diagnostic): string {
  const words = [message, expected, found, hint].filter((one) => one !== undefined);
  expect(words.filter((one) => one.trim() === '')).toEqual([]);
  return words.join('\n').replace(/`[^`]*`/g, '…');
}
