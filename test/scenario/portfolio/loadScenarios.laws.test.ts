/**
 * Laws of portfolios, over random ones of two to six buyers with any year-ends, currencies, windows and rates.
 * `CAPEX_PORTFOLIOS=2000 npx vitest run test/scenario/portfolio` tries that many.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { naivePortfolio, underShared } from '../../naive/portfolio.js';
import { toYaml, type Component, type Spec } from '../../naive/spec.js';
import { loaded } from '../../support/cells.js';
import {
  membersOf,
  portfolioCases,
  rowsOf,
  sumsOf,
  type PortfolioCase,
} from '../../support/portfolios.js';

const numRuns = Number(process.env['CAPEX_PORTFOLIOS'] ?? 4);

/** Each buyer's scenario, written and loaded by itself. */
const ownScenarios = ({ specs, shared }: PortfolioCase) =>
  specs.map((spec) => loaded(toYaml(underShared(spec, shared))));

it(`sums the runs of the buyers to the last quantum, as the naive model does`, () => {
  fc.assert(
    fc.property(portfolioCases(), (one) => {
      const { specs, shared, asked } = one;
      const members = membersOf(one);
      const alone = ownScenarios(one);
      for (const by of [
        'calendar_quarter,component,supplier',
        'supplier_year,supplier',
        'component',
      ]) {
        const options = { by, currency: asked };
        const sums = sumsOf(alone.flatMap((scenario) => rowsOf([scenario], options)));
        expect(sumsOf(rowsOf(members, options))).toEqual(sums);
      }
      const naive = naivePortfolio(
        specs.map((spec) => ({ ...underShared(spec, shared), currencies: [asked] })),
      );
      const rows = rowsOf(members, { by: 'calendar_year,component,supplier', currency: asked });
      expect(sumsOf(rows)).toEqual(naive({ whose: 'calendar', part: 'year' }));
    }),
    { numRuns },
  );
}, 3_600_000);

it('sums in the own currencies of suppliers', () => {
  fc.assert(
    fc.property(
      portfolioCases().filter(({ shared }) => shared.fx !== undefined),
      (one) => {
        const options = { by: 'supplier_year,supplier', currency: 'supplier' };
        const sums = sumsOf(ownScenarios(one).flatMap((scenario) => rowsOf([scenario], options)));
        expect(sumsOf(rowsOf(membersOf(one), options))).toEqual(sums);
      },
    ),
    { numRuns: Math.ceil(numRuns / 4) },
  );
}, 3_600_000);

/** The first buyer with lives of its components. */
function withLives({ specs, ...one }: PortfolioCase): PortfolioCase {
  const [first, ...others] = specs as [Spec, ...Spec[]];
  const lives = ['3 years', `5 ${first.calendar.period}s`];
  const components: Record<string, Component> = {};
  Object.entries(first.components ?? {}).forEach(([key, component], i) => {
    const in_service = i % 3 === 0 ? ('same' as const) : undefined;
    components[key] = { ...component, life: lives[i % 2], in_service };
  });
  return { ...one, specs: [{ ...first, components }, ...others] };
}

const livingIn = (one: PortfolioCase) =>
  ownScenarios(one).filter(({ leaves }) => leaves.some(({ life }) => life));

it('sums depreciation, and the net book value after each window', () => {
  const cases = portfolioCases()
    .map(withLives)
    .filter((one) => livingIn(one).length > 0);
  fc.assert(
    fc.property(cases, (one) => {
      for (const by of ['calendar_year', 'calendar_quarter,component,supplier', 'supplier']) {
        const options = { by, currency: one.asked, measure: 'depreciation' };
        const sums = sumsOf(livingIn(one).flatMap((scenario) => rowsOf([scenario], options)));
        expect(sumsOf(rowsOf(membersOf(one), options))).toEqual(sums);
      }
    }),
    { numRuns },
  );
}, 3_600_000);

it('has rows in another order, and no other row, for buyers in another order', () => {
  fc.assert(
    fc.property(portfolioCases(), (one) => {
      const reversed = one.specs.map((_, i) => i).reverse();
      for (const by of ['calendar_year,supplier', 'buyer,fiscal_year,component']) {
        const options = { by, currency: one.asked };
        const linesOf = (order?: readonly number[]) =>
          rowsOf(membersOf(one, order), options)
            .map(({ key, value }) => `${key} ${value}`)
            .sort();
        expect(linesOf(reversed)).toEqual(linesOf());
      }
    }),
    { numRuns: Math.ceil(numRuns / 4) },
  );
}, 3_600_000);

it('has the rows of its buyer if it has one', () => {
  fc.assert(
    fc.property(portfolioCases({ min: 1, max: 1 }), (one) => {
      const [scenario] = ownScenarios(one);
      const options = { by: 'period,component,supplier', currency: one.asked };
      expect(rowsOf(membersOf(one), options)).toEqual(rowsOf([scenario!], options));
    }),
    { numRuns: Math.ceil(numRuns / 4) },
  );
}, 3_600_000);

it('moves a rate of all buyers by one change', () => {
  fc.assert(
    fc.property(
      portfolioCases().filter(({ shared }) => shared.fx !== undefined),
      (one) => {
        const { specs, shared } = one;
        const base = { ...shared.fx!.base, HKD: '0.913' };
        const moved = { ...one, shared: { ...shared, fx: { ...shared.fx!, base } } };
        const options = { by: 'calendar_year,component', currency: one.asked };
        const alone = ownScenarios(moved).flatMap((scenario) => rowsOf([scenario], options));
        const members = membersOf(
          one,
          specs.map((_, i) => i),
          ['fx.base.HKD=0.913'],
        );
        expect(sumsOf(rowsOf(members, options))).toEqual(sumsOf(alone));
      },
    ),
    { numRuns: Math.ceil(numRuns / 4) },
  );
}, 3_600_000);
