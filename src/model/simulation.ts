/** The simulation section: rank correlations between inputs. */
import * as z from 'zod';
import { ONE, ZERO, type Fraction } from '../core/number/fraction.js';
import { correlationFactor } from '../core/random/copula.js';
import { nearest, type Reporter } from '../core/text/diagnostic.js';
import { firstOf } from '../core/text/prose.js';
import { recordField, textField } from './field.js';
import { inputField, type Input } from './input.js';
import { CORRELATION } from './inputKind.js';

const pairField = z
  .tuple(
    [
      textField('The path of one input.'),
      textField('The path of another input.'),
      inputField(CORRELATION, 'Their rank correlation.'),
    ],
    'a triple such as [envelope, fx.base.USD, 0.3]',
  )
  .meta({ description: 'Two inputs and their rank correlation: [envelope, fx.path.USD, 0.3].' });

/** The section `simulation`. */
export const simulationField = recordField({
  correlations: z
    .array(pairField, 'a list of triples such as [envelope, fx.base.USD, 0.3]')
    .meta({ description: 'Rank correlations between inputs.' })
    .optional(),
}).meta({ description: 'Rank correlations between draws of the inputs.' });

/** The section `simulation` as it is written. */
export type SimulationText = z.output<typeof simulationField>;

/** Two input paths and their rank correlation. */
export interface Correlation {
  readonly paths: readonly [string, string];
  readonly value: Input;
}

/** The correlations in the order of the file. */
export function correlationsOf({ correlations = [] }: SimulationText): readonly Correlation[] {
  return correlations.map(([left, right, value]) => ({ paths: [left.value, right.value], value }));
}

/** Both sides of a correlation must be inputs, and different ones; together the correlations must be possible. */
export function checkCorrelations(
  text: SimulationText,
  paths: ReadonlySet<string>,
  report: Reporter,
): void {
  let areInputs = true;
  for (const [left, right] of text.correlations ?? []) {
    for (const side of [left, right]) {
      if (inputsNamed(side.value, paths).length > 0) continue;
      areInputs = false;
      const meant = nearest(side.value, paths);
      report.error('path-unknown', side.path, {
        message: `\`${side.value}\` is not an input of this scenario`,
        hint: meant === undefined ? PATHS : `write \`${meant}\``,
      });
    }
    if (left.value === right.value) {
      areInputs = false;
      report.error('keys-conflict', right.path, {
        message: `\`${right.value}\` is correlated with itself`,
        hint: 'name two different inputs',
      });
    }
  }
  if (areInputs) checkMatrix(correlationsOf(text), paths, report);
}

const PATHS = 'write the keys of an input, joined by dots, such as `envelope` or `fx.base.USD`';

/** An input, or all of a map of inputs by period such as `fx.path.USD`. */
function inputsNamed(path: string, paths: ReadonlySet<string>): readonly string[] {
  return paths.has(path) ? [path] : [...paths].filter((other) => other.startsWith(`${path}.FY`));
}

/** Impossible correlations are an error: to repair the matrix would invent an opinion. */
function checkMatrix(
  correlations: readonly Correlation[],
  paths: ReadonlySet<string>,
  report: Reporter,
): void {
  const pairs = correlations.map((one) => [...one.paths].sort().join(' '));
  pairs.forEach((pair, i) => {
    if (pairs.indexOf(pair) === i) return;
    const { path } = correlations[i]!.value;
    const message = `\`${pair.replace(' ', '` and `')}\` have a correlation already`;
    report.error('keys-conflict', path, { message, hint: 'delete one of the two' });
  });
  if (new Set(pairs).size < pairs.length) return;
  for (const { members, matrix } of correlatedSets(correlations, paths)) {
    if (correlationFactor(matrix)) continue;
    const involved = correlations.filter((one) =>
      inputsNamed(one.paths[0], paths).some(isIn(members)),
    );
    report.error('correlations', involved.at(-1)!.value.path, {
      message: 'no draws can have these rank correlations together',
      expected: 'a positive semi-definite matrix; what is not given is 0',
      found: firstOf(
        involved.map((one) => `${one.value.text} of ${one.paths.join(' and ')}`),
        '; ',
      ),
      hint: 'bring one of them nearer to what the others imply',
    });
  }
}

function isIn<T>(members: readonly T[]): (one: T) => boolean {
  return (one) => members.includes(one);
}

/** Correlated inputs, and the matrix of their rank correlations. */
export interface CorrelatedSet {
  /** Paths, sorted by UTF-16 code unit. */
  readonly members: readonly string[];
  readonly matrix: readonly (readonly Fraction[])[];
}

/** The sets of inputs that correlations connect, directly or not. */
export function correlatedSets(
  correlations: readonly Correlation[],
  paths: ReadonlySet<string>,
): readonly CorrelatedSet[] {
  const pairs = correlations.flatMap(({ paths: [left, right], value }) =>
    inputsNamed(left, paths).flatMap((a) =>
      inputsNamed(right, paths).map((b) => ({ pair: [a, b] as const, value: value.value })),
    ),
  );
  let sets: (readonly string[])[] = [];
  for (const { pair } of pairs) {
    const joined = sets.filter((set) => pair.some(isIn(set)));
    sets = sets.filter((set) => !joined.includes(set));
    sets.push([...new Set([...joined.flat(), ...pair])].sort());
  }
  const between = (a: string, b: string) =>
    pairs.find(({ pair }) => pair.includes(a) && pair.includes(b))?.value ?? ZERO;
  return sets.map((members) => ({
    members,
    matrix: members.map((a) => members.map((b) => (a === b ? ONE : between(a, b)))),
  }));
}
