/** Inputs that change no number of the forecast, whatever their value is. */
import { CLOSURES } from '../../model/fx.js';
import { isRest, type Input } from '../../model/input.js';
import { compile } from '../../projection/compile.js';
import { inputsWithEffect } from '../../projection/inputsWithEffect.js';
import { missingRates } from '../../projection/output.js';
import { registersByPath } from '../../projection/prepareEvaluation.js';
import type { Scenario } from '../../scenario/scenario.js';

/** Sections that the forecast does not read: reported revenue, and correlations. */
const OTHER_SECTIONS = /^(?:suppliers|simulation)\./u;

/**
 * The inputs that change no number of any measure, in any currency, under any closure and at any shock
 * of the rates. A share that cannot be changed alone is not among them.
 */
export function inputsWithoutEffect(scenario: Scenario): readonly Input[] {
  const { fx, currency, inputs } = scenario;
  const codes = [...new Set([...fx.base.keys(), ...fx.path.keys()])];
  const reported = codes.filter((code) => missingRates(scenario, [code]).length === 0);
  const currencies = [currency.code, ...reported];
  let idle = inputs.flatMap((input) =>
    isRest(input) || OTHER_SECTIONS.test(input.path) ? [] : [input],
  );
  for (const closure of codes.length > 0 ? CLOSURES.toReversed() : [fx.closure]) {
    const plan = compile(scenario, { currencies, shocked: reported, closure });
    const withEffect = inputsWithEffect(plan);
    idle = idle.filter(({ path }) => !withEffect.has(path));
    // A plan reads the same inputs under every closure: what it does not read has no effect.
    const read = registersByPath(plan);
    if (!idle.some(({ path }) => read.has(path))) break;
  }
  return idle;
}
