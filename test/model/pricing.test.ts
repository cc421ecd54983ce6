/** Foreign content by period: a period's FX factor uses that period's content and pass-through. */
import { describe, expect, it } from 'vitest';
import { CLOSURES } from '../../src/model/fx.js';
import { project } from '../../src/projection/compile.js';
import { naive } from '../naive/model.js';
import type { Spec } from '../naive/spec.js';
import { caseText } from '../support/caseFiles.js';
import { cellsOf, linesOf, loaded } from '../support/cells.js';
import { refusalOf, saidOf, seriesOf, smallForecast } from '../support/scenarios.js';

/** The dollar is 10% up on 7.1717. */
const DOLLAR = '7.88887';

describe('content of 40%, 30% and 20%, and a dollar that is 10% up', () => {
  const text = caseText('content-by-period/s.yaml');
  const forecast = (closure: string) =>
    cellsOf(project(loaded(text, [`fx.path.USD=${DOLLAR}`, `fx.closure=${closure}`])));

  /** The same scenario for the naive model. */
  const SPEC: Spec = {
    currencies: ['CNY'],
    scenario: 'content-by-period',
    title: 'content-by-period',
    as_of: '2099-12-31',
    currency: 'CNY',
    calendar: { fiscal_year_ends: 12, from: 'FY2026', to: 'FY2028', period: 'year' },
    envelope: '100bn CNY',
    phasing: 'even',
    estimates: { mine: { split: { servers: '50%', optics: '3%', open: 'rest' } } },
    mix: 'mine',
    components: {
      servers: { pricing: { USD: { content: { FY2026: '40%', FY2027: '30%', FY2028: '20%' } } } },
    },
    fx: { base: { USD: '7.1717' }, path: { USD: DOLLAR } },
  };

  it.each(CLOSURES)('the naive model agrees on every cell under %s', (closure) => {
    const cells = naive({ ...SPEC, fx: { ...SPEC.fx, closure } });
    expect(linesOf(forecast(closure))).toBe(linesOf(cells));
  });

  it.each([
    // 16,666,666,666.67, then twice 16,666,666,666.66.
    ['budget', ['16666666666.67', '16666666666.66', '16666666666.66']],
    // Times 1.04, 1.03 and 1.02.
    ['volume', ['17333333333.34', '17166666666.66', '16999999999.99']],
    // A third of 100bn each year, by 50% × factor against the 50% of the others.
    ['scale', ['16993464052.29', '16912972085.38', '16831683168.31']],
  ])('servers get their amounts under %s', (closure, amounts) => {
    expect(seriesOf(forecast(closure), 'servers')).toEqual(amounts);
  });
});

const pricing = (usd: string, more = '') => ({
  components: `{ servers: { pricing: { USD: ${usd}${more} } } }`,
  fx: '{ base: { USD: 5, EUR: 8 }, path: { USD: 10 }, closure: volume }',
});
const amountsOf = (usd: string) => seriesOf(smallForecast(pricing(usd)), 'servers');

it.each([
  // 60 CNY a quarter for servers, and a dollar that costs twice the base rate.
  ['{ content: 50% }', ['90.00', '90.00', '90.00', '90.00']],
  ['{ content: { FY2026: 50%, FY2026Q3: 25% } }', ['90.00', '90.00', '75.00', '75.00']],
  ['{ content: { FY2025: 100%, FY2026Q2: 0% } }', ['120.00', '60.00', '60.00', '60.00']],
  [
    '{ content: 50%, pass_through: { FY2026: 100%, FY2026Q2: 50%, FY2026Q4: 0% } }',
    ['90.00', '75.00', '75.00', '60.00'],
  ],
  [
    '{ content: { FY2026Q1: 100%, FY2026Q4: 20% }, pass_through: { FY2026: 50%, FY2026Q3: 100% } }',
    ['90.00', '90.00', '120.00', '72.00'],
  ],
])('servers priced as %s cost %j under volume', (usd, amounts) => {
  expect(amountsOf(usd)).toEqual(amounts);
});

it.each([
  ['{ content: { FY2026Q2: 40% } }', 'error period-uncovered: there is no `content` for FY2026Q1'],
  [
    '{ content: 40%, pass_through: { FY2026Q3: 80% } }',
    'error period-uncovered: there is no `pass_through` for FY2026Q1',
  ],
  ['{ content: { FY2026: 101% } }', 'error bounds: a share of `101%` is above 100%'],
])('rejects %s: %s', (usd, message) => {
  expect(saidOf(pricing(usd))).toEqual([message]);
});

describe('contents that sum to more than 100%', () => {
  const beside = ', EUR: { content: { FY2026: 30%, FY2026Q3: 50% } }';

  it('are an error that names the first period', () => {
    const refusal = refusalOf(pricing('{ content: { FY2026: 70%, FY2026Q4: 20% } }', beside));
    expect(refusal).toContain('the foreign contents in FY2026Q3 sum to 120%, 20% too much');
    expect(refusal).toContain('70% + 50% = 120%');
  });

  it('are accepted where each period has 100% at most', () => {
    expect(saidOf(pricing('{ content: { FY2026: 70%, FY2026Q3: 50% } }', beside))).toEqual([]);
  });
});
