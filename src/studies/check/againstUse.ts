/** Plausibility check of what is written and never used. */
import type { Scenario } from '../../scenario/scenario.js';
import { locate } from '../../scenario/tree.js';
import { unusedParts } from '../variation/unusedInputs.js';
import type { PlausibilityWarning } from './demandTotals.js';

/** Finds estimates and rates that change no number, whatever their value is. */
export function withoutUse(scenario: Scenario): readonly PlausibilityWarning[] {
  return unusedParts(scenario).map(({ path }) => ({
    code: 'unused',
    span: locate(scenario.tree, path),
    problem: {
      message: `nothing uses \`${path}\`: it changes no number of the forecast`,
      hint: hintFor(path),
    },
  }));
}

function hintFor(path: string): string {
  const [section, kind, code] = path.split('.') as [string, string, string];
  if (section === 'estimates') return 'name it in `mix`, or delete it';
  if (kind === 'base') {
    return `delete it, or let \`fx.path.${code}\` begin later: the path gives every period its rate, and nothing is priced in ${code}`;
  }
  return `add \`fx.base.${code}\`, or a rate for the first period, so that amounts can be reported in ${code}`;
}
