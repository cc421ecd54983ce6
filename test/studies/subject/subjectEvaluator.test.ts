/**
 * Laws of studies that ask portfolios, over random ones: a moved input gives what the changed text of the portfolio
 * gives, and a derivation computes again. `CAPEX_PORTFOLIOS=2000 npx vitest run test/studies/subject` tries that many.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { printDecimal } from '../../../src/core/number/decimal.js';
import { divide, fraction, multiply, type Fraction } from '../../../src/core/number/fraction.js';
import { writeOutline } from '../../../src/formats/outlineText.js';
import { isRest, type Input } from '../../../src/model/input.js';
import { loadScenarios } from '../../../src/scenario/portfolio/loadScenarios.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { explain } from '../../../src/studies/explain/explain.js';
import { ask } from '../../../src/studies/study.js';
import {
  memberPath,
  subjectInputAt,
  subjectOf,
  type Subject,
} from '../../../src/studies/subject/subject.js';
import { moveSubject, subjectEvaluators } from '../../../src/studies/subject/subjectEvaluator.js';
import { readSubjectOutput, subjectAmounts } from '../../../src/studies/subject/subjectOutput.js';
import { literalOf, stepOf } from '../../../src/studies/variation/inputValues.js';
import { assignmentsFor } from '../../../src/studies/variation/variation.js';
import { readTree, recomputed } from '../../support/derivations.js';
import { membersOf, portfolioCases, portfolioText, readerOf } from '../../support/portfolios.js';
import { valueOf } from '../../support/results.js';

const numRuns = Number(process.env['CAPEX_PORTFOLIOS'] ?? 3);
const withRates = portfolioCases({ min: 2, max: 4 });

const outputsOf = (subject: Subject, currency: string) =>
  [`*:demand.${currency}`, `*:revenue.${currency}`].map((text) =>
    valueOf(readSubjectOutput(subject, text)),
  );

/** `--set` of a value, and of the inputs that absorb the change; nothing where no literal has 18 digits. */
function setsFor(subject: Subject, path: string, value: Fraction): readonly string[] | undefined {
  const own = memberPath(subject, path);
  if (!own) {
    const literal = literalOf(valueOf(subjectInputAt(subject, path)), value);
    return literal === undefined ? undefined : [`${path}=${literal}`];
  }
  const assigned = assignmentsFor(own.member, own.path, value);
  if (!assigned.ok) return undefined;
  const sets = assigned.value.values.map((one) => {
    const literal = literalOf(one.input, one.value);
    return literal && `${own.member.buyer!.key}.${one.input.path}=${literal}`;
  });
  return sets.every((one) => one !== undefined) ? sets : undefined;
}

/** A value on the step of an input. */
function onStep(input: Input, factor: Fraction): Fraction {
  const { n, d } = divide(multiply(input.value, factor), stepOf(input));
  return multiply(stepOf(input), fraction(n / d));
}

it('moves an input as `--set` does in the text of the portfolio', () => {
  const compared = { own: 0, shared: 0, refused: 0 };
  const factor = fc.constantFrom(fraction(2n, 3n), fraction(4n, 3n), fraction(0n));
  const picks = fc.array(fc.tuple(fc.nat(), factor), { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(withRates, picks, (one, moves) => {
      const order = one.specs.map((_, i) => i);
      const subject = subjectOf(membersOf(one));
      const outputs = outputsOf(subject, one.asked);
      const given = subject.portfolio!.inputs.map(({ path }) => path);
      const shared = [
        ...given.filter((path) => path.startsWith('fx.')),
        ...[...subject.fx.base.keys()].map((code) => `fx.path.${code}`),
      ].filter((path) => subjectInputAt(subject, path).ok);
      const own = subject.inputs.flatMap((input) =>
        isRest(input) || given.includes(input.path) ? [] : [input.path],
      );
      for (const [i, [number, by]] of moves.entries()) {
        const paths = i % 2 === 0 || shared.length === 0 ? own : shared;
        const path = paths[number % paths.length]!;
        const value = onStep(valueOf(subjectInputAt(subject, path)), by);
        const set = setsFor(subject, path, value);
        if (!set) continue;
        const text = portfolioText(one, order);
        const { scenarios } = loadScenarios(text, {
          name: 'p.yaml',
          read: readerOf(one.specs),
          set,
        });
        const { result } = subjectEvaluators(subject, outputs, [path])([value]);
        const moved = moveSubject(subject, path, value);
        expect([result.ok, moved.ok], set.join()).toEqual([
          scenarios.length > 0,
          scenarios.length > 0,
        ]);
        if (!result.ok || !moved.ok) compared.refused++;
        else {
          const there = subjectOf(scenarios);
          const counts = subjectAmounts(there, outputsOf(there, one.asked)).map(
            ({ count }) => count,
          );
          expect(result.value, set.join()).toEqual(counts);
          expect(subjectAmounts(moved.value, outputs).map(({ count }) => count)).toEqual(counts);
          compared[paths === own ? 'own' : 'shared']++;
        }
      }
    }),
    { numRuns },
  );
  expect(compared.own).toBeGreaterThan(0);
}, 3_600_000);

/** The derivation of a cell, as it is printed. */
function treeOf(members: readonly Scenario[], cell: string) {
  const { outline } = valueOf(ask(explain, members, { cell }));
  const text = writeOutline(outline!, { width: 100_000 });
  // Of a number with very many digits only the first ones are printed, which give no value again.
  fc.pre(!/\[\d+ digits\]/.test(text));
  return readTree(text);
}

it('explains a sum over buyers by steps that compute again', () => {
  fc.assert(
    fc.property(withRates, fc.constantFrom('demand', 'revenue'), (one, measure) => {
      const members = membersOf(one);
      const cell = `*:${measure}.${one.asked}`;
      const tree = treeOf(members, cell);
      const { faults, formulas } = recomputed(tree);
      const own = members.map(({ buyer }) => treeOf(members, `${buyer!.key}!${cell}`));
      expect(faults).toEqual(own.flatMap((part) => recomputed(part).faults));
      expect(tree.below.map(({ value }) => value)).toEqual(own.map(({ value }) => value));
      expect(formulas).toBeGreaterThan(members.length);
      const subject = subjectOf(members);
      const [amount] = subjectAmounts(subject, [valueOf(readSubjectOutput(subject, cell))]);
      expect(tree.value.replaceAll(',', '')).toBe(printDecimal(amount!.count, amount!.unit.places));
    }),
    { numRuns: Math.ceil(numRuns / 3), maxSkipsPerRun: 1000 },
  );
}, 3_600_000);
