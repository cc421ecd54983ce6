/** The simulation section: rank correlations between inputs. */
import * as z from 'zod';
import { append } from '../core/lists.js';
import { ONE, ZERO, equal, type Fraction } from '../core/number/fraction.js';
import { arePossible } from '../core/random/copula.js';
import { nearest, type Reporter } from '../core/text/diagnostic.js';
import { firstOf } from '../core/text/prose.js';
import { recordField, textField } from './field.js';
import { inputField, isRest, type Input, type Share } from './input.js';
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

/** As many inputs as correlations may connect, directly or not: the time of a draw grows with its square. */
const MOST_CORRELATED = 64;

/**
 * Both sides of a correlation must be inputs, and different ones; together the correlations must be
 * possible. A correlation of an input that is not drawn has no effect.
 */
export function checkCorrelations(
  text: SimulationText,
  inputs: readonly Share[],
  report: Reporter,
  whole: 'scenario' | 'portfolio' = 'scenario',
): void {
  if (!text.correlations?.length) return;
  const named = inputsByName(inputs.map(({ path }) => path));
  let areInputs = true;
  for (const [left, right] of text.correlations) {
    for (const side of [left, right]) {
      if (named.has(side.value)) continue;
      areInputs = false;
      const meant = nearest(side.value, named.keys());
      report.error('path-unknown', side.path, {
        message: `\`${side.value}\` is not an input of this ${whole}`,
        hint: meant === undefined ? PATHS : `write \`${meant}\``,
      });
    }
  }
  const correlations = correlationsOf(text);
  if (!areInputs || correlations.length === 0) return;
  if (!areDistinct(correlations, named, report)) return;
  if (checkMatrix(correlations, named, report)) warnOfUndrawn(text, inputs, named, report);
}

const PATHS = 'write the keys of an input, joined by dots, such as `envelope` or `fx.base.USD`';

/** The inputs of each name: of its path, or of a map by period such as `fx.path.USD`. */
type NamedInputs = ReadonlyMap<string, readonly string[]>;

function inputsByName(paths: Iterable<string>): NamedInputs {
  const named = new Map<string, string[]>();
  for (const path of paths) {
    named.set(path, [path]);
    for (let at = path.indexOf('.FY'); at >= 0; at = path.indexOf('.FY', at + 1)) {
      const map = path.slice(0, at);
      if (named.has(map)) named.get(map)!.push(path);
      else named.set(map, [path]);
    }
  }
  return named;
}

/** Two inputs with their rank correlation. */
interface CorrelatedPair {
  readonly pair: readonly [string, string];
  readonly value: Fraction;
}

/** A correlation of a map by period is one of each of its inputs. */
function pairsOf({ paths: [left, right], value }: Correlation, named: NamedInputs) {
  return (named.get(left) ?? []).flatMap((a) =>
    (named.get(right) ?? []).map((b): CorrelatedPair => ({ pair: [a, b], value: value.value })),
  );
}

function keyOf(pair: readonly string[]): string {
  return [...pair].sort().join(' ');
}

/** Whether no correlation connects too many inputs, or an input with itself, and no pair has two. */
function areDistinct(
  correlations: readonly Correlation[],
  named: NamedInputs,
  report: Reporter,
): boolean {
  const connected = correlations.map(({ paths }) => paths.flatMap((path) => named.get(path)!));
  const largest = connectedSets(connected).find((members) => members.length > MOST_CORRELATED);
  if (largest) {
    report.error('correlations', correlations.at(-1)!.value.path, {
      message: `correlations connect ${largest.length} inputs`,
      expected: `at most ${MOST_CORRELATED}, directly or through others`,
      hint: 'delete weak correlations, or correlate single periods instead of a whole map',
    });
    return false;
  }
  const known = new Set<string>();
  for (const correlation of correlations) {
    const { paths, value } = correlation;
    const pairs = pairsOf(correlation, named).map(({ pair }) => pair);
    const isItself = pairs.some(([a, b]) => a === b);
    const keys = new Set(pairs.map(keyOf));
    if (isItself || [...keys].some((key) => known.has(key))) {
      const [a, b] = [...paths].sort() as [string, string];
      const message = isItself
        ? `\`${paths[1]}\` is correlated with itself`
        : `\`${a}\` and \`${b}\` have a correlation already`;
      const hint = isItself ? 'name two different inputs' : 'delete one of the two';
      const path = isItself ? value.path.replace(/2$/, '1') : value.path;
      report.error('keys-conflict', path, { message, hint });
      return false;
    }
    for (const key of keys) known.add(key);
  }
  return true;
}

/** Impossible correlations are an error: to repair the matrix would invent an opinion. */
function checkMatrix(
  correlations: readonly Correlation[],
  named: NamedInputs,
  report: Reporter,
): boolean {
  const impossible = setsOf(correlations, named).filter(({ matrix }) => !arePossible(matrix));
  for (const { members } of impossible) {
    const own = new Set(members);
    const involved = correlations.filter(({ paths }) => own.has(named.get(paths[0])![0]!));
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
  return impossible.length === 0;
}

/** Only inputs with a range are drawn; `rest` follows the others. */
function warnOfUndrawn(
  { correlations = [] }: SimulationText,
  inputs: readonly Share[],
  named: NamedInputs,
  report: Reporter,
): void {
  const byPath = new Map(inputs.map((input) => [input.path, input]));
  const membersOf = (name: string) => named.get(name)!.map((path) => byPath.get(path)!);
  for (const [left, right] of correlations) {
    const idle = [left, right].filter(({ value }) => !membersOf(value).some(isDrawn));
    if (!idle[0]) continue;
    const reasons = idle.map(({ value }) => {
      return `\`${value}\` ${membersOf(value).every(isRest) ? 'is `rest`' : 'has no range'}`;
    });
    report.warn('unused', idle[0].path, {
      message: `the correlation of \`${left.value}\` and \`${right.value}\` has no effect: ${reasons.join(', ')}`,
      expected: 'two inputs with `low` and `high`, which `simulate` draws',
      hint: 'give it a range, or delete the correlation',
    });
  }
}

function isDrawn(input: Share): boolean {
  if (isRest(input)) return false;
  const { low, high } = input.attributes;
  return [low, high].some((end) => end !== undefined && !equal(end.value.value, input.value));
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
  return setsOf(correlations, inputsByName(paths));
}

function setsOf(
  correlations: readonly Correlation[],
  named: NamedInputs,
): readonly CorrelatedSet[] {
  const pairs = correlations.flatMap((one) => pairsOf(one, named));
  const values = new Map(pairs.map(({ pair, value }) => [keyOf(pair), value]));
  return connectedSets(pairs.map(({ pair }) => pair)).map((unsorted) => {
    const members = [...unsorted].sort();
    const valueOf = (a: string, b: string) => (a === b ? ONE : (values.get(keyOf([a, b])) ?? ZERO));
    return { members, matrix: members.map((a) => members.map((b) => valueOf(a, b))) };
  });
}

/** The sets that overlapping groups of paths join; the smaller of two sets is put into the larger. */
function connectedSets(groups: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const setOf = new Map<string, string[]>();
  for (const group of groups) {
    for (const path of group) if (!setOf.has(path)) setOf.set(path, [path]);
    for (const path of group.slice(1)) {
      const [less, more] = [setOf.get(path)!, setOf.get(group[0]!)!].sort(
        (a, b) => a.length - b.length,
      ) as [string[], string[]];
      if (less === more) continue;
      append(more, less);
      for (const member of less) setOf.set(member, more);
    }
  }
  return [...new Set(setOf.values())];
}
