/** Warnings of values that change no number of the forecast. */
import { groupBy } from '../../../core/group.js';
import type { Diagnostic } from '../../../core/text/diagnostic.js';
import { SET_SOURCE } from '../../../core/text/source.js';
import type { Input } from '../../../model/input.js';
import { isGiven } from '../../../scenario/portfolio/portfolioPaths.js';
import type { Scenario } from '../../../scenario/scenario.js';
import { locate } from '../../../scenario/tree.js';
import { inputsWithoutEffect } from '../../variation/unusedInputs.js';
import {
  effectContext,
  noEffect,
  type NoEffectReason,
  type NoEffectWarning,
} from './effectContext.js';
import { reasonOf } from './effectReasons.js';
import { givenWithoutEffect } from './givenWithoutEffect.js';
import { servicesNotUsed } from './livesNotUsed.js';

/**
 * One warning for all inputs that have no effect for one reason. What the portfolio of a buyer gives is left out:
 * `givenWithoutEffect` asks all its buyers.
 */
export function withoutEffect(scenario: Scenario): readonly NoEffectWarning[] {
  const found = reasonsOf(scenario, () => true);
  const groups = groupBy(found, ({ reason }) => `${reason.path} ${reason.why}`);
  const ofInputs = [...groups.values()].map((members) => {
    const inputs = members.map(({ input }) => input);
    const { reason } = members[0];
    const clause = clauseOf(inputs, reason);
    return { inputs, diagnostic: noEffect(clause, reason, locate(scenario.tree, reason.path)) };
  });
  return [...ofInputs, ...ofServices(scenario).map((diagnostic) => ({ inputs: [], diagnostic }))];
}

function ofServices(scenario: Scenario): readonly Diagnostic[] {
  const reasons = servicesNotUsed(scenario, () => effectContext(scenario, []));
  return reasons.map((reason) =>
    noEffect(`\`${reason.path}\` changes no number`, reason, locate(scenario.tree, reason.path)),
  );
}

function clauseOf(inputs: readonly Input[], { path, subject }: NoEffectReason): string {
  if (subject !== undefined) return `${subject} changes a number`;
  const isOne = inputs.length === 1 && inputs[0]!.path === path;
  return isOne ? `\`${path}\` changes no number` : `nothing in \`${path}\` changes a number`;
}

const isChange = ({ span }: Input) => span.source.name === SET_SOURCE;

/** A warning for each change of the command line that has no effect, by scenario, then by portfolio. */
export function changesWithoutEffect(scenarios: readonly Scenario[]): readonly Diagnostic[] {
  const ofPortfolios = givenWithoutEffect(scenarios, isChange).map(({ diagnostic }) => diagnostic);
  return [...scenarios.flatMap(ownChanges), ...ofPortfolios];
}

function ownChanges(scenario: Scenario): readonly Diagnostic[] {
  if (scenario.set.length === 0) return [];
  const ofInputs = reasonsOf(scenario, isChange).map(({ input, reason }) =>
    noEffect(`\`${input.path}\` changes no number`, reason, input.span),
  );
  const ofChoices = ofServices(scenario).filter(({ span }) => span.source.name === SET_SOURCE);
  return [...ofInputs, ...ofChoices];
}

interface ReasonedInput {
  readonly input: Input;
  readonly reason: NoEffectReason;
}

function reasonsOf(
  scenario: Scenario,
  isAsked: (input: Input) => boolean,
): readonly ReasonedInput[] {
  const portfolio = scenario.buyer?.portfolio;
  const inputs = inputsWithoutEffect(scenario).filter(
    (input) => isAsked(input) && !(portfolio && isGiven(portfolio, input.path)),
  );
  if (inputs.length === 0) return [];
  const context = effectContext(scenario, inputs);
  return inputs.flatMap((input) => {
    const reason = reasonOf(input, context);
    return reason ? [{ input, reason }] : [];
  });
}
