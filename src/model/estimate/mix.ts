/** The mix: the estimate, or blend of estimates, of each period. */
import * as z from 'zod';
import { percent } from '../../core/number/decimal.js';
import { ONE } from '../../core/number/fraction.js';
import { nearest, type NodePart, type Problem, type Reporter } from '../../core/text/diagnostic.js';
import { firstOf } from '../../core/text/prose.js';
import { acrossWindow, byPeriod, valuesOf, type Window } from '../calendar.js';
import { mapField, nameField, nameKey, recordField, type Located } from '../field.js';
import { reasonFields, shareField, withAttributes, type Share } from '../input.js';
import { SHARE } from '../inputKind.js';
import { checkShares } from '../shares.js';
import { componentKeys, type Estimate } from './estimate.js';

const nameOfEstimate = nameField('the name of an estimate', 'The estimate that gives the mix.');
const blendField = recordField({
  blend: mapField(
    nameKey,
    shareField(SHARE, 'The weight of one estimate in the blend.'),
    'Weights of several estimates; `rest` is allowed.',
  ),
  ...reasonFields,
})
  .transform(({ blend: written, ...reason }) => {
    const blend = new Map([...written].map(([key, share]) => [key, withAttributes(share, reason)]));
    return { blend };
  })
  .meta({ description: 'Several estimates, each with its weight.' });

/** The section `mix`. */
export const mixField = byPeriod(
  z
    .union([nameOfEstimate, blendField])
    .meta({ description: 'The name of one estimate, or a blend of several.' }),
  'Which estimate splits the money: one name, a blend of several, or either by period.',
);

/** The section `mix` as it is written. */
export type MixText = z.output<typeof mixField>;
type ChoiceText = Located<string> | z.output<typeof blendField>;

/** The mix of a period. */
export type Mix =
  | { readonly kind: 'estimate'; readonly estimate: Estimate }
  | { readonly kind: 'blend'; readonly blend: readonly BlendMember[] };

/** An estimate with its weight in a blend. */
export interface BlendMember {
  readonly estimate: Estimate;
  readonly weight: Share;
}

/**
 * The mix of every period of the window.
 *
 * @param estimates by name; an estimate that could not be read is there without a value
 */
export function mixOf(
  text: MixText,
  estimates: ReadonlyMap<string, Estimate | undefined>,
  window: Window,
  report: Reporter,
): readonly Mix[] | undefined {
  const known = new Map<ChoiceText, Mix | undefined>();
  for (const choice of valuesOf(text)) known.set(choice, choiceOf(choice, estimates, report));
  const choices = acrossWindow(text, 'mix', window, report);
  const mixes = choices?.map((choice) => known.get(choice));
  return mixes?.every((mix) => mix !== undefined) ? mixes : undefined;
}

function choiceOf(
  choice: ChoiceText,
  estimates: ReadonlyMap<string, Estimate | undefined>,
  report: Reporter,
): Mix | undefined {
  const find = (name: string, path: string, part: NodePart) => {
    if (!estimates.has(name)) {
      report.error('name-unknown', path, unknownEstimate(name, estimates), part);
    }
    return estimates.get(name);
  };
  if (!('blend' in choice)) {
    const estimate = find(choice.value, choice.path, 'value');
    return estimate && { kind: 'estimate', estimate };
  }
  const members = [...choice.blend].map(([name, weight]) => ({
    estimate: find(name, weight.path, 'key'),
    weight,
  }));
  const path = members[0]?.weight.path.replace(/\.[^.]+$/, '') ?? 'mix';
  const group = { name: 'weights of the blend', path, whole: ONE, print: percent };
  const areWhole = checkShares(
    members.map(({ weight }) => weight),
    group,
    report,
  );
  const areComplete = members.every(({ estimate }) => estimate !== undefined);
  return areWhole && areComplete
    ? { kind: 'blend', blend: members as readonly BlendMember[] }
    : undefined;
}

/** What is wrong with the name of an estimate that there is not. */
export function unknownEstimate(name: string, known: ReadonlyMap<string, unknown>): Problem {
  const meant = nearest(name, known.keys());
  const expected = known.size > 0 ? `one of ${firstOf(known.keys())}` : 'an estimate';
  return {
    message: `there is no estimate \`${name}\``,
    expected,
    hint: meant === undefined ? `add \`${name}\` under \`estimates\`` : `write \`${meant}\``,
  };
}

/** The estimates of a mix. */
export function estimatesOf(mix: Mix): readonly Estimate[] {
  return mix.kind === 'estimate' ? [mix.estimate] : mix.blend.map(({ estimate }) => estimate);
}

/** The keys of all components of the estimates in use, those of the first estimate first. */
export function componentsOf(mixes: readonly Mix[]): readonly string[] {
  const estimates = new Set(mixes.flatMap(estimatesOf));
  return [...new Set([...estimates].flatMap(componentKeys))];
}
