/** Why an input changes no number of the forecast, and what to write instead. */
import type { Period } from '../../../core/period.js';
import { SET_SOURCE } from '../../../core/text/source.js';
import { componentKeys } from '../../../model/estimate/estimate.js';
import { pathCovers } from '../../../model/fx.js';
import type { Input } from '../../../model/input.js';
import { estimatesOf } from '../../../model/estimate/mix.js';
import { isInUnits } from '../../../model/estimate/unitEstimate.js';
import { findNode, type TreeNode } from '../../../scenario/tree.js';
import {
  stepKeyOf,
  type EffectContext,
  type FindReason,
  type NoEffectReason,
} from './effectContext.js';
import {
  contentMovesNothing,
  erosionIsInOneYear,
  lagEndsAfterWindow,
  nothingReachesComponent,
  nothingReachesSupplier,
  pricesAreSuppliersOwn,
} from './reasonsInTree.js';
import { lifeIsGivenBelow, nothingIsInService } from './livesNotUsed.js';
import {
  amountIsNotUsed,
  attributableIsNotUsed,
  keyIsNotInForce,
  nothingIsSpent,
  nothingIsSpentWhile,
  phasingSplitsNothing,
  weightStandsAlone,
} from './reasonsInTime.js';

/** In this order: the first that applies is told. */
const REASONS: readonly FindReason[] = [
  estimateIsNotNamed,
  quantityIsNotBought,
  nothingIsSpent,
  rateIsNotUsed,
  keyIsNotInForce,
  nothingReachesComponent,
  nothingReachesSupplier,
  phasingSplitsNothing,
  weightStandsAlone,
  amountIsNotUsed,
  attributableIsNotUsed,
  pricesAreSuppliersOwn,
  erosionIsInOneYear,
  contentMovesNothing,
  lagEndsAfterWindow,
  lifeIsGivenBelow,
  nothingIsInService,
  estimateHasNoWeight,
  estimateIsOnePart,
  nothingIsSpentWhile,
  blendIsOfAlike,
];

/** Why an input without effect has none; nothing where there is nothing to tell. */
export function reasonOf(input: Input, context: EffectContext): NoEffectReason | undefined {
  if (isTold(input, context) || isNeutral(input, context)) return undefined;
  for (const find of REASONS) {
    const reason = find(input, context);
    if (reason) return isOfOtherFile(input, reason, context) ? undefined : reason;
  }
  const why = 'nothing is spent where it applies';
  return { path: input.path, why, hint: 'let money reach what it is about, or delete it' };
}

/** Whether loading has told of a value: it begins after the window, its component is in no mix, or nothing follows from it. */
function isTold({ path }: Input, { scenario }: EffectContext): boolean {
  const [section, name] = path.split('.');
  if (isIdleQuantity(path, scenario)) return true;
  if (section === 'components' && !scenario.components.some(({ key }) => key === name)) return true;
  const step = stepKeyOf(path, scenario);
  return step !== undefined && step.start >= scenario.window.end;
}

/** Whether a value is what the forecast has without it, so that it cannot mislead. */
function isNeutral({ path, value: { n, d } }: Input, { scenario }: EffectContext): boolean {
  const [isZero, isOne] = [n === 0n, n === d];
  if (path.startsWith('phasing.weights.')) return isZero || isOne;
  if (path.startsWith('actuals.attributable')) return isOne;
  const { within } = scenario.actuals;
  return isZero && [...within.values()].some(({ reported }) => reported.path === path);
}

/**
 * Whether a value of another file has no effect in this scenario alone: what a parent or a table has
 * beside is no mistake; a change that the portfolio makes is one. Estimates and currencies without any use are told all
 * the same.
 */
function isOfOtherFile(
  { span: { source } }: Input,
  { path }: NoEffectReason,
  { scenario }: EffectContext,
): boolean {
  const own = [scenario.tree.span.source, scenario.buyer?.portfolio.span.source];
  if (source.name === SET_SOURCE || own.includes(source)) return false;
  return !/^(?:estimates\.[^.]+|fx\.[^.]+\.[^.]+)$/u.test(path);
}

function estimateIsNotNamed(input: Input, { scenario }: EffectContext) {
  const [section, name] = input.path.split('.') as [string, string];
  if (section !== 'estimates' || estimateNamed(name, scenario)) return undefined;
  const path = `estimates.${name}`;
  const mix = findNode(scenario.tree, ['mix']);
  if (!mix) return { path, why: 'the plan follows from another estimate', hint: 'delete it' };
  const isMixed = namesIn(mix).includes(name);
  const hint = isMixed ? 'delete it here and in `mix`' : 'name it in `mix`, or delete it';
  return { path, why: '`mix` names it for no period', hint };
}

function quantityIsNotBought({ path }: Input) {
  const place = /^estimates\.[^.]+\.units\.[^.]+/u.exec(path)?.[0];
  if (place === undefined) return undefined;
  const why = 'nothing that is bought follows from it while it holds';
  return { path: place, why, hint: 'let something that is bought follow from it, or delete it' };
}

/**
 * Whether a value is of a quantity that is not bought, and that nothing follows from, or of an estimate in units
 * that stands beside the mix: `triangulate` compares it.
 */
function isIdleQuantity(path: string, scenario: EffectContext['scenario']): boolean {
  const [, name, key] = /^estimates\.([^.]+)\.units\.([^.]+)/u.exec(path) ?? [];
  if (scenario.unusedEstimates.some((one) => one.name === name && isInUnits(one))) return true;
  const estimate = estimateNamed(name, scenario);
  return estimate !== undefined && isInUnits(estimate) && estimate.idle.includes(key!);
}

/** The estimate of a name that some mix uses. */
function estimateNamed(name: string | undefined, { mixes }: EffectContext['scenario']) {
  return mixes.flatMap(estimatesOf).find((one) => one.name === name);
}

/** All words of a part of the file: the keys of its maps, and its values. */
function namesIn(node: TreeNode): readonly string[] {
  if (node.kind === 'scalar') return [node.text];
  if (node.kind === 'list') return node.items.flatMap(namesIn);
  return [...node.entries].flatMap(([key, entry]) => [key, ...namesIn(entry.node)]);
}

function rateIsNotUsed({ path }: Input, { scenario, idle }: EffectContext) {
  const [section, kind, code] = path.split('.') as [string, string, string];
  if (section !== 'fx') return undefined;
  const whole = `fx.${kind}.${code}`;
  const isPart = (one: string) => one === whole || one.startsWith(`${whole}.`);
  if (scenario.inputs.some((one) => isPart(one.path) && !idle.has(one.path))) return undefined;
  const isWhole = pathCovers(scenario.fx, code, scenario.window);
  if (kind === 'base') {
    const of = { path: whole, code, isPriced: pricedIn(code, scenario) };
    const [{ label }] = scenario.window.periods as [Period];
    return isWhole ? baseIsReplaced(of, 'every period') : baseHoldsTooEarly(of, `with ${label}`);
  }
  if (isWhole) return undefined;
  const why = `without a rate for every period nothing can be reported in ${code}`;
  const hint = `add \`fx.base.${code}\`, or a rate for the first period`;
  return { path: whole, why, hint };
}

/** A base rate of a currency, in which something may be priced. */
interface BaseRate {
  readonly path: string;
  readonly code: string;
  readonly isPriced: boolean;
}

/** @param all the periods that have a rate of the path */
export function baseIsReplaced({ path, code, isPriced }: BaseRate, all: string): NoEffectReason {
  const gives = `\`fx.path.${code}\` gives ${all} its rate`;
  return isPriced
    ? {
        path,
        why: `${gives}, and no money reaches what is priced at it`,
        hint: 'delete it, with what is priced at it',
      }
    : {
        path,
        why: `${gives}, and nothing is priced in ${code}`,
        hint: `delete it, or let \`fx.path.${code}\` begin later`,
      };
}

/** @param begin where the path would begin if no base rate were needed */
export function baseHoldsTooEarly({ path, code, isPriced }: BaseRate, begin: string) {
  const early = `nothing is spent before \`fx.path.${code}\` begins`;
  const hint = `let \`fx.path.${code}\` begin ${begin}, and delete it`;
  return isPriced
    ? {
        path,
        why: `${early}, and no money reaches what is priced at it`,
        hint: `${hint}, with what is priced at it`,
      }
    : { path, why: `${early}, and nothing is priced in ${code}`, hint };
}

/** Whether a price or a content is in a currency. */
export function pricedIn(code: string, { inputs }: EffectContext['scenario']): boolean {
  return inputs.some(
    (input) =>
      input.path.startsWith('components.') &&
      (input.path.includes(`.pricing.${code}.`) ||
        ('currency' in input && input.currency?.code === code)),
  );
}

function estimateHasNoWeight({ path }: Input, { scenario, idle }: EffectContext) {
  const [section, name] = path.split('.') as [string, string];
  if (section !== 'estimates') return undefined;
  const whole = `estimates.${name}`;
  const own = scenario.inputs.filter((one) => 'value' in one && one.path.startsWith(`${whole}.`));
  if (own.some((one) => !idle.has(one.path)) || own.length < 2) return undefined;
  const why = 'it has no weight in the mix of any period in which money is spent';
  return { path: whole, why, hint: 'give it a weight above 0% in `mix`, or delete it in both' };
}

function estimateIsOnePart({ path }: Input, { scenario }: EffectContext) {
  const name = /^estimates\.([^.]+)\.of$/u.exec(path)?.[1];
  const estimate = estimateNamed(name, scenario);
  if (!estimate || componentKeys(estimate).length > 1) return undefined;
  return { path, why: 'the estimate has one part, which is all of it', hint: 'delete `of`' };
}

function blendIsOfAlike({ path }: Input) {
  if (!path.startsWith('mix.')) return undefined;
  const why = 'the estimates of the blend split alike';
  return { path, why, hint: 'name one of the estimates in place of the blend' };
}
