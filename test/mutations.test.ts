/**
 * Files with random damage load, or are rejected with a reason: scenarios, tables and ledgers.
 *
 * `CAPEX_MUTATIONS=200000 npx vitest run test/mutations.test.ts` tries that many files in all, and tells how long
 * the slowest took.
 */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { success } from '../src/core/result.js';
import type { Diagnostic } from '../src/core/text/diagnostic.js';
import type { ReadFile } from '../src/core/text/fileRequest.js';
import { writeDiagnostics } from '../src/formats/diagnosticText.js';
import { writeText } from '../src/formats/text.js';
import { load } from '../src/scenario/load.js';
import { checkScenarios } from '../src/studies/check/check.js';
import { show } from '../src/studies/forecast/show.js';
import { cases } from './support/cases.js';
import { SHIPPED } from './support/cells.js';
import { changedYaml, damaged } from './support/damage.js';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

/** Without comments, in which damage has no effect. */
const ROLLING = read('scenarios/alibaba-rolling.yaml')
  .split('\n')
  .map((line) => line.replace(/(^|\s)#.*/, ''))
  .filter((line) => line !== '')
  .join('\n');
const EVERYTHING = read('test/support/everything.yaml').replace(/^evidence: .*\n/m, '');

/** Files that the scenario names, and the damage that they get. */
const OTHERS = [
  ...['actuals/alibaba-capex.csv', 'rates/filings-convenience.csv'].map(
    (path) => [path, 1000, damaged(read(`scenarios/${path}`))] as const,
  ),
  ...['evidence/announcement.yaml', 'evidence/rates.yaml'].map((path) => {
    const text = read(`scenarios/${path}`);
    return [path, 250, fc.oneof(damaged(text), changedYaml(text))] as const;
  }),
];

const asked = Number(process.env['CAPEX_MUTATIONS'] ?? 0);

/** Half of the files asked for are scenarios. */
const casesOf = (gate: number, part: number) =>
  asked > 0 ? Math.round(asked * part) : cases(gate);

const slowest = { ms: 0, text: '' };

function check(text: string, beside: ReadFile = SHIPPED.read): void {
  const start = performance.now();
  const { scenario, diagnostics } = load(text, { ...SHIPPED, read: beside });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.length > 0).toBe(scenario === undefined);
  checkPrinted(diagnostics);
  if (scenario) {
    checkPrinted(checkScenarios([scenario]));
    const shown = show.run([scenario], {});
    if (shown.ok) isPrintable(writeText(shown.value.sheets!, { width: 100 }));
    else checkPrinted(shown.diagnostics);
  }
  const ms = performance.now() - start;
  if (ms > slowest.ms) Object.assign(slowest, { ms, text });
}

function checkPrinted(diagnostics: readonly Diagnostic[]): void {
  for (const { span, message } of diagnostics) {
    expect(message).not.toBe('');
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.start).toBeLessThan(span.end);
    expect(span.end).toBeLessThanOrEqual(span.source.text.length);
  }
  const told = writeDiagnostics(diagnostics);
  expect(told).not.toMatch(/help: +$|expected: *$|found: *$/m);
  const texts = diagnostics.map(({ span }) => span.source.text);
  for (const word of ['undefined', 'NaN', 'null', '[object'])
    if (told.includes(word)) expect(texts.some((text) => text.includes(word))).toBe(true);
  isPrintable(told);
}

function isPrintable(text: string): void {
  expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cs}/u);
}

const YAML = [
  ['characters and words', 2500, damaged(ROLLING)],
  ['keys and values', 1000, fc.oneof(changedYaml(ROLLING), changedYaml(EVERYTHING))],
] as const;

it.each(YAML)(
  'forecasts scenarios with damaged %s, or reports an error with its place (%i files)',
  (_, gate, texts) => {
    fc.assert(
      fc.property(texts, (text) => check(text)),
      { numRuns: casesOf(gate, 1 / 4) },
    );
  },
  7_200_000,
);

it.each(OTHERS)(
  'forecasts with damaged copies of %s, or reports an error (%i copies)',
  (damagedPath, gate, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        check(ROLLING, (request) =>
          request.path === damagedPath
            ? success({ name: damagedPath, text })
            : SHIPPED.read(request),
        );
      }),
      { numRuns: casesOf(gate, 1 / 8) },
    );
  },
  7_200_000,
);

afterAll(() => {
  if (asked > 0) console.log(`the slowest took ${Math.round(slowest.ms)} ms:\n${slowest.text}`);
});
