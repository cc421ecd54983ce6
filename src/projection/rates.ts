/** Which exchange rates a report needs, and which of them are not there. */
import type { Diagnostic } from '../core/text/diagnostic.js';
import { rateAt } from '../model/fx.js';
import type { Input } from '../model/input.js';
import type { Scenario } from '../scenario/scenario.js';
import { locate } from '../scenario/tree.js';

/** One error for each reporting currency without a rate for every period, naming the first gap. */
export function missingRates(scenario: Scenario, codes: readonly string[]): readonly Diagnostic[] {
  const { fx, window, currency, tree } = scenario;
  return codes.flatMap((code): Diagnostic[] => {
    if (code === currency.code) return [];
    const gap = window.periods.find((_, t) => !rateAt(fx, code, t, window));
    if (!gap) return [];
    return [
      {
        code: 'rate-missing',
        severity: 'error',
        span: locate(tree, fx.path.has(code) ? `fx.path.${code}` : 'fx'),
        message: `no rate of ${currency.code} per ${code} for ${gap.label}`,
        expected: `\`fx.base.${code}\`, or \`fx.path.${code}\` from ${window.periods[0]!.label} on`,
        hint: `add fx: { base: { ${code}: … } }, or --set fx.base.${code}=…`,
      },
    ];
  });
}

/** The rate of a currency in a period of the window, by index; nothing where none is given. */
export function rateOf({ fx, window }: Scenario, code: string, period: number): Input | undefined {
  return rateAt(fx, code, period, window);
}
