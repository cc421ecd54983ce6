/** Inputs that change no number of the forecast, whatever their value is. */
import { isRest, type Input } from '../../model/input.js';
import { compile } from '../../projection/compile.js';
import { inputsWithEffect } from '../../projection/inputsWithEffect.js';
import { missingRates } from '../../projection/output.js';
import type { Scenario } from '../../scenario/scenario.js';

/** Sections that the forecast does not read: reported revenue, and correlations. */
const OTHER_SECTIONS = /^(?:suppliers|simulation)\./u;

/**
 * The inputs that change no number of any measure, in any currency, under any closure and at any shock
 * of the rates. A share that cannot be changed alone is not among them.
 */
export function inputsWithoutEffect(scenario: Scenario): readonly Input[] {
  const { fx, currency } = scenario;
  const codes = [...new Set([...fx.base.keys(), ...fx.path.keys()])];
  const reported = codes.filter((code) => missingRates(scenario, [code]).length === 0);
  // The closure `volume` depends on all inputs on which another one depends.
  const plan = compile(scenario, {
    ...{ currencies: [currency.code, ...reported], shocked: reported },
    closure: 'volume',
  });
  const withEffect = inputsWithEffect(plan);
  return scenario.inputs.flatMap((input) =>
    isRest(input) || OTHER_SECTIONS.test(input.path) || withEffect.has(input.path) ? [] : [input],
  );
}
