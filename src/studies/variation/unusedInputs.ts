/** Estimates and exchange rates that no number of the forecast depends on. */
import { isRest } from '../../model/input.js';
import { estimatesOf } from '../../model/mix.js';
import { compile } from '../../projection/compile.js';
import { missingRates } from '../../projection/output.js';
import { dependenciesOf } from '../../projection/prepareEvaluation.js';
import type { Scenario } from '../../scenario/scenario.js';

/** An estimate, or the rates of a currency, and the inputs in it. */
export interface UnusedPart {
  /** `estimates.broker`, `fx.base.USD` */
  readonly path: string;
  readonly inputs: readonly string[];
}

/** The estimates that no mix names, and the rates that neither prices, contents nor reports use. */
export function unusedParts(scenario: Scenario): readonly UnusedPart[] {
  const parts = new Map<string, string[]>();
  for (const input of scenario.inputs) {
    const part = /^(estimates\.[^.]+|fx\.(?:base|path)\.[A-Z]{3})(?:\.|$)/u.exec(input.path)?.[1];
    if (part === undefined || isRest(input)) continue;
    parts.set(part, [...(parts.get(part) ?? []), input.path]);
  }
  const named = new Set(scenario.mixes.flatMap(estimatesOf).map(({ name }) => `estimates.${name}`));
  const rates = [...parts.keys()].some((path) => path.startsWith('fx.'))
    ? usedRates(scenario)
    : new Set<string>();
  return [...parts].flatMap(([path, inputs]): UnusedPart[] => {
    const isUsed = path.startsWith('fx.')
      ? inputs.some((input) => rates.has(input))
      : named.has(path);
    return isUsed ? [] : [{ path, inputs }];
  });
}

/** The paths of all inputs in unused parts. */
export function unusedPaths(scenario: Scenario): ReadonlySet<string> {
  return new Set(unusedParts(scenario).flatMap(({ inputs }) => inputs));
}

/** The rates on which a cell depends in some currency, under the closure that depends on most of them. */
function usedRates(scenario: Scenario): ReadonlySet<string> {
  const { fx, currency } = scenario;
  const codes = [...new Set([...fx.base.keys(), ...fx.path.keys()])];
  const reported = codes.filter((code) => missingRates(scenario, [code]).length === 0);
  const plan = compile(scenario, { currencies: [currency.code, ...reported], closure: 'volume' });
  const needed = dependenciesOf(
    plan,
    plan.cells.map(({ ref }) => ref),
  );
  return new Set(
    plan.steps.flatMap((step) =>
      step.op === 'input' && needed.has(step.out) ? [step.input.path] : [],
    ),
  );
}
