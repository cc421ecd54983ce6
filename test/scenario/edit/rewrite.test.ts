/** Any number of any scenario can be replaced in its text, and no other number changes. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { printFraction } from '../../../src/core/number/decimal.js';
import { fraction, multiply, type Fraction } from '../../../src/core/number/fraction.js';
import { writeDiagnostics } from '../../../src/formats/diagnosticText.js';
import { isRest, type Input } from '../../../src/model/input.js';
import { placeOf, type InputEdit } from '../../../src/scenario/edit/inputEdit.js';
import { rewriteInputs } from '../../../src/scenario/edit/rewrite.js';
import { load } from '../../../src/scenario/load.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { scenarios } from '../../naive/generator.js';
import { toYaml } from '../../naive/spec.js';
import { cases } from '../../support/cases.js';
import { SHIPPED, loaded, unpinned } from '../../support/cells.js';

const numbersOf = ({ inputs }: Scenario) => inputs.flatMap((one) => (isRest(one) ? [] : [one]));

/** A literal for a part of a number, in the form of the old literal where that is a decimal. */
function partOf({ text }: Input, part: Fraction): string | undefined {
  const [, digits, rest] = /^(\d+(?:\.\d+)?)([^/]*)$/u.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const [whole, decimals = ''] = digits.split('.');
  const number = fraction(BigInt(whole! + decimals), 10n ** BigInt(decimals.length));
  return printFraction(multiply(number, part)) + rest!;
}

function rewriting(input: Input, part: Fraction): readonly InputEdit[] {
  const literal = partOf(input, part);
  const isRead = literal !== undefined && input.kind.read(literal).ok;
  return isRead ? [{ input, of: 'value', literal, origin: input.span }] : [];
}

/** All numbers of a text, also if it has errors, because sums may no longer be 100%. */
function saidBy(text: string, scenario: Scenario) {
  const paths = numbersOf(scenario).map(({ path }) => path);
  const { scenario: again } = load(text, SHIPPED);
  return again && { paths, numbers: new Map(numbersOf(again).map((one) => [one.path, one.text])) };
}

it('replaces one or all numbers of 200 random scenarios', () => {
  const parts = fc.constantFrom(fraction(1n, 2n), fraction(9n, 10n), fraction(3n, 4n));
  fc.assert(
    fc.property(scenarios(), fc.nat(), fc.boolean(), parts, (spec, which, isAll, part) => {
      const text = toYaml(spec);
      const scenario = load(text, SHIPPED).scenario!;
      const inputs = numbersOf(scenario);
      const chosen = isAll ? inputs : [inputs[which % inputs.length]!];
      const changes = chosen.flatMap((input) => rewriting(input, part));
      const result = rewriteInputs([{ scenario, edits: changes }], (name) => name);
      if (!result.ok) expect.fail(writeDiagnostics(result.diagnostics));
      const after = result.value.files[0]?.text ?? text;
      const said = saidBy(after, scenario);
      if (!said) return;
      const literals = new Map(changes.map((one) => [placeOf(one).path, one.literal]));
      for (const { path, text: old } of inputs) {
        expect(said.numbers.get(path), path).toBe(literals.get(path) ?? old);
      }
    }),
    { numRuns: cases(200) },
  );
});

it('replaces each number of a file with every key', () => {
  const text = readFileSync('test/support/everything.yaml', 'utf8');
  const scenario = loaded(unpinned(text));
  for (const input of numbersOf(scenario)) {
    for (const one of rewriting(input, fraction(99n, 100n))) {
      const result = rewriteInputs([{ scenario, edits: [one] }], (name) => name);
      if (!result.ok) expect.fail(writeDiagnostics(result.diagnostics));
      const { source, text: after } = result.value.files[0]!;
      const { start, end } = input.span;
      expect(source.name).toBe(input.span.source.name);
      expect(after.slice(0, start)).toBe(source.text.slice(0, start));
      const behind = source.text.slice(source.text.indexOf('\n', end));
      expect(after.endsWith(behind), input.path).toBe(true);
    }
  }
});
