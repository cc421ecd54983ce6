/** Warnings of values that change no number of the forecast. */
import { groupBy } from '../../../core/group.js';
import type { Diagnostic } from '../../../core/text/diagnostic.js';
import { SET_SOURCE } from '../../../core/text/source.js';
import type { Input } from '../../../model/input.js';
import type { Scenario } from '../../../scenario/scenario.js';
import { locate } from '../../../scenario/tree.js';
import { inputsWithoutEffect } from '../../variation/unusedInputs.js';
import { effectContext, type NoEffectReason } from './effectContext.js';
import { reasonOf } from './effectReasons.js';
import { servicesNotUsed } from './livesNotUsed.js';

/** A warning, and the inputs of which it tells. */
export interface NoEffectWarning {
  readonly inputs: readonly Input[];
  readonly diagnostic: Diagnostic;
}

/** One warning for all inputs that have no effect for one reason. */
export function withoutEffect(scenario: Scenario): readonly NoEffectWarning[] {
  const found = reasonsOf(scenario, () => true);
  const groups = groupBy(found, ({ reason }) => `${reason.path} ${reason.why}`);
  const ofInputs = [...groups.values()].map((members) => {
    const inputs = members.map(({ input }) => input);
    const { reason } = members[0];
    const clause = clauseOf(inputs, reason);
    return { inputs, diagnostic: warning(clause, reason, locate(scenario.tree, reason.path)) };
  });
  return [...ofInputs, ...ofServices(scenario).map((diagnostic) => ({ inputs: [], diagnostic }))];
}

function ofServices(scenario: Scenario): readonly Diagnostic[] {
  const reasons = servicesNotUsed(scenario, () => effectContext(scenario, []));
  return reasons.map((reason) =>
    warning(`\`${reason.path}\` changes no number`, reason, locate(scenario.tree, reason.path)),
  );
}

function clauseOf(inputs: readonly Input[], { path, subject }: NoEffectReason): string {
  if (subject !== undefined) return `${subject} changes a number`;
  const isOne = inputs.length === 1 && inputs[0]!.path === path;
  return isOne ? `\`${path}\` changes no number` : `nothing in \`${path}\` changes a number`;
}

/** A warning for each change of the command line that has no effect. */
export function changesWithoutEffect(scenario: Scenario): readonly Diagnostic[] {
  if (scenario.set.length === 0) return [];
  const isChange = ({ span }: Input) => span.source.name === SET_SOURCE;
  const ofInputs = reasonsOf(scenario, isChange).map(({ input, reason }) =>
    warning(`\`${input.path}\` changes no number`, reason, input.span),
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
  const inputs = inputsWithoutEffect(scenario).filter(isAsked);
  if (inputs.length === 0) return [];
  const context = effectContext(scenario, inputs);
  return inputs.flatMap((input) => {
    const reason = reasonOf(input, context);
    return reason ? [{ input, reason }] : [];
  });
}

function warning(
  clause: string,
  { why, hint, related }: NoEffectReason,
  span: Diagnostic['span'],
): Diagnostic {
  const message = `${clause} of the forecast: ${why}`;
  return { code: 'unused', severity: 'warning', span, message, hint, ...(related && { related }) };
}
