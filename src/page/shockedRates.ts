/** Exchange rates that change by a percentage, as changes of inputs: what the FX table computes, to be explained. */
import { fraction, printFraction, rateAt, type Scenario } from '../index.js';
import type { PageForecast } from './pageForecast.js';

/**
 * The changes under which the rates of a currency are others over the whole window. Base rates, at which prices were
 * set, stay as they are.
 *
 * @param shock `USD=-10%`
 */
export function shockedRates(
  { scenarios }: Pick<PageForecast, 'scenarios'>,
  shock: string,
): readonly (readonly [string, string])[] {
  const [code = '', change = ''] = shock.split('=');
  const percent = BigInt(change.replace(/[+%]/g, ''));
  const isShared = scenarios[0]!.buyer?.portfolio.rates !== undefined;
  const found = scenarios.flatMap((scenario) => {
    const prefix = scenario.buyer && !isShared ? `${scenario.buyer.key}.` : '';
    return ratesOf(scenario, code).map(({ path, n, d }) => {
      const literal = printFraction(fraction(n * (100n + percent), d * 100n));
      return [prefix + path, literal] as const;
    });
  });
  return [...new Map(found)];
}

interface RateOfPath {
  readonly path: string;
  readonly n: bigint;
  readonly d: bigint;
}

/** The rates of a scenario in every period, under the paths that they have in `fx.path`. */
function ratesOf(scenario: Scenario, code: string): readonly RateOfPath[] {
  const { fx, window } = scenario;
  return window.periods.flatMap(({ label }, t) => {
    const rate = rateAt(scenario, code, t);
    if (!rate) return [];
    const hasPath = rate !== fx.base.get(code);
    const path = fx.path.has(code) ? `fx.path.${code}.${label}` : `fx.path.${code}`;
    return [{ path: hasPath ? rate.path : path, n: rate.value.n, d: rate.value.d }];
  });
}
