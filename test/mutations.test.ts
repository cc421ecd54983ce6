/** Scenario files with random damage load, or are rejected with a reason. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { success } from '../src/core/result.js';
import type { Diagnostic } from '../src/core/text/diagnostic.js';
import type { ReadFile } from '../src/core/text/fileRequest.js';
import { writeDiagnostics } from '../src/formats/diagnosticText.js';
import { project } from '../src/projection/compile.js';
import { load } from '../src/scenario/load.js';
import { cases } from './support/cases.js';
import { SHIPPED } from './support/cells.js';

const ORIGINAL = readFileSync(new URL('../scenarios/alibaba-rolling.yaml', import.meta.url), 'utf8')
  .split('\n')
  .map((line) => line.replace(/(^|\s)#.*/, ''))
  .filter((line) => line !== '')
  .join('\n');

/** A damage: its place as a part of the text, and the characters written there. */
type Damage = (text: string) => string;

/** Any place, each with an equal chance: fast-check prefers small numbers, so damage would gather at the beginning. */
const place = fc.noBias(fc.nat(999_999));
const at = (part: number, length: number) => Math.floor((part / 1_000_000) * length);

/** Characters that mean something in YAML, in literals, or nowhere. */
const SIGNS = Array.from(' \n\t:,{}[]#&*!|>%@`"\'-?=<~\\019.e+_/xkbnQMFY％亿\u0007').concat(
  '\ud800',
);

const character = fc
  .tuple(place, fc.nat(3), fc.constantFrom('', ...SIGNS))
  .map(([part, length, sign]): Damage => (text) => {
    const from = at(part, text.length);
    return text.slice(0, from) + sign + text.slice(from + length);
  });

/** Lines, tokens: one deleted, doubled, or changed with another one. */
const pieces = (split: RegExp) =>
  fc
    .tuple(place, place, fc.constantFrom('delete', 'double', 'swap'))
    .map(([one, other, act]): Damage => (text) => {
      const all = text.split(split);
      const [i, j] = [at(one, all.length), at(other, all.length)];
      if (act === 'swap') [all[i], all[j]] = [all[j]!, all[i]!];
      else all[i] = act === 'delete' ? '' : all[i]! + all[i]!;
      return all.join('');
    });

const damage = fc.oneof(
  character,
  character,
  pieces(/(?<=\n)/),
  pieces(/(?<=\s)(?=\S)|(?<=\S)(?=[\s,:}\]])/),
);
const damaged = (original: string) =>
  fc
    .array(damage, { minLength: 1, maxLength: 4 })
    .map((damages) => damages.reduce((text, one) => one(text), original));

/** Tables that the original scenario names. */
const TABLES = ['actuals/alibaba-capex.csv', 'rates/filings-convenience.csv'].map(
  (path) => [path, readFileSync(new URL(`../scenarios/${path}`, import.meta.url), 'utf8')] as const,
);

function check({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }) {
  for (const { span, message } of diagnostics) {
    expect(message).not.toBe('');
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.start).toBeLessThan(span.end);
    expect(span.end).toBeLessThanOrEqual(span.source.text.length);
  }
  const told = writeDiagnostics(diagnostics);
  expect(told).not.toMatch(/undefined|NaN|null|\[object|help: +$|expected: *$|found: *$/m);
  expect(told).not.toMatch(/[^\P{Cc}\n]|\p{Cs}/u);
}

it('forecasts each of 2,500 damaged files, or reports an error with its place', () => {
  fc.assert(
    fc.property(damaged(ORIGINAL), (text) => {
      const loaded = load(text, SHIPPED);
      check(loaded);
      const errors = loaded.diagnostics.filter(({ severity }) => severity === 'error');
      expect(errors.length > 0).toBe(loaded.scenario === undefined);
      if (loaded.scenario) project(loaded.scenario);
    }),
    { numRuns: cases(2500) },
  );
}, 300_000);

it.each(TABLES)(
  'forecasts with each of 1,000 damaged copies of %s, or reports an error',
  (damagedPath, original) => {
    fc.assert(
      fc.property(damaged(original), (text) => {
        const read: ReadFile = (request) =>
          request.path === damagedPath
            ? success({ name: damagedPath, text })
            : SHIPPED.read(request);
        const loaded = load(ORIGINAL, { ...SHIPPED, read });
        check(loaded);
        const errors = loaded.diagnostics.filter(({ severity }) => severity === 'error');
        expect(errors.length > 0).toBe(loaded.scenario === undefined);
        if (loaded.scenario) project(loaded.scenario);
      }),
      { numRuns: cases(1000) },
    );
  },
  300_000,
);
