/** Inputs that a portfolio gives to its buyers: they stand once, on the sheet Shared inputs, and the sheets of the buyers refer to it. */
import type { Portfolio } from '../../model/portfolio.js';
import { isGiven } from '../../scenario/portfolio/portfolioPaths.js';
import { sharedRatesOf } from '../../scenario/portfolio/sharedRates.js';
import type { Scenario } from '../../scenario/scenario.js';
import { fixed, onSheet } from '../workbook.js';

export const SHARED = 'Shared inputs';

/** The portfolio whose inputs have a sheet of their own: one that gives some. */
export function sharingPortfolio(scenarios: readonly Scenario[]): Portfolio | undefined {
  const portfolio = scenarios[0]?.buyer?.portfolio;
  return portfolio && portfolio.inputs.length > 0 ? portfolio : undefined;
}

/** The formula of a number that the portfolio gives to a buyer, from a column of the sheet Shared inputs. */
export type GivenFormula = (path: string, column: number) => string | undefined;

const NONE_GIVEN: GivenFormula = () => undefined;

/**
 * @param portfolio that has a sheet
 * @param top the row of its first input
 */
export function givenFormulas(
  scenario: Scenario,
  portfolio: Portfolio | undefined,
  top: number,
): GivenFormula {
  if (!portfolio) return NONE_GIVEN;
  const rows = new Map(portfolio.inputs.map(({ path }, i) => [path, top + i]));
  const cellOf = (path: string, column: number) =>
    onSheet(SHARED, fixed({ row: rows.get(path)!, column }));
  const { rates, currency } = portfolio;
  const all = rates ? sharedRatesOf({ ...scenario, portfolio: { rates, currency } }) : [];
  const quotients = new Map(all.map((rate) => [rate.path, rate]));
  return (path, column) => {
    if (!isGiven(portfolio, path)) return undefined;
    const rate = quotients.get(path);
    if (!rate) return cellOf(path, column);
    const above = rate.above ? cellOf(rate.above.path, column) : '1';
    return rate.below ? `${above}/${cellOf(rate.below.path, column)}` : above;
  };
}
