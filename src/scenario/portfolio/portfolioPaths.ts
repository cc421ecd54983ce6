/** The paths of a portfolio: an input of a buyer has its key before it, and one that the portfolio gives stands once. */
import type { Share } from '../../model/input.js';
import type { Portfolio } from '../../model/portfolio.js';
import type { Scenario } from '../scenario.js';
import { sharedRatesOf } from './sharedRates.js';

const RATE = /^fx\.(?:base|path)\./u;

/** Whether a portfolio gives an input of the scenarios of its buyers, or replaces it. */
export function isGiven({ rates, inputs }: Portfolio, path: string): boolean {
  return RATE.test(path) ? rates !== undefined : inputs.some((input) => input.path === path);
}

/** The inputs of a portfolio: those of its buyers, then those that it gives itself. */
export function portfolioInputs(members: readonly Scenario[]): readonly Share[] {
  const { portfolio } = members[0]!.buyer!;
  const own = members.flatMap(({ inputs, buyer }) =>
    inputs
      .filter(({ path }) => !isGiven(portfolio, path))
      .map((input): Share => ({ ...input, path: `${buyer!.key}.${input.path}` })),
  );
  return [...own, ...portfolio.inputs];
}

/** The path in its portfolio of an input of a scenario; of one that is read by itself, the path itself. */
export function pathInPortfolio(scenario: Scenario, path: string): string {
  const { buyer } = scenario;
  if (!buyer) return path;
  const own = `${buyer.key}.${path}`;
  if (!isGiven(buyer.portfolio, path)) return own;
  const { rates, currency } = buyer.portfolio;
  if (!rates || !RATE.test(path)) return path;
  const all = sharedRatesOf({ ...scenario, portfolio: { rates, currency } });
  const found = all.find((rate) => rate.path === path);
  if (found) return found.above && !found.below ? found.above.path : own;
  // The rate of a buyer with another currency is a quotient, and no input of the portfolio; nor are its periods.
  return scenario.currency.code === currency.code ? path : own;
}
