/** The literals of values between the low and the high of an input, as a slider sets them. */
import { expect, it } from 'vitest';
import { isRest, type Input } from '../../../src/model/input.js';
import { literalBetween } from '../../../src/studies/variation/inputValues.js';
import { vary } from '../../../src/scenario/vary.js';
import { loaded } from '../../support/cells.js';

const scenario = loaded(`scenario: ranges
currency: CNY
calendar: { fiscal_year_ends: 12, from: FY2026Q1, to: FY2027Q4, period: quarter }
envelope: { value: 1000 CNY, low: 900 CNY, high: 1000.01 CNY }
phasing: even
mix: view
estimates: { view: { split: { servers: 100% } } }
components:
  servers:
    life: { value: 20 quarters, low: 16 quarters, high: 24 quarters }
    price: { value: 10 CNY, unit: server, low: 9 CNY, high: 12 CNY }
`);
const inputs = scenario.inputs.filter((one): one is Input => !isRest(one));

it.each([
  ['components.servers.life', ['16 quarters', '16 quarters', '22 quarters', '24 quarters']],
  ['envelope', ['900 CNY', '901 CNY', '977 CNY', '1000.01 CNY']],
  ['components.servers.price', ['9 CNY', '9.03 CNY', '11.31 CNY', '12 CNY']],
])('of %s are %j at the steps 0, 1, 77 and 100', (path, literals) => {
  const input = inputs.find((one) => one.path === path)!;
  const found = [0, 1, 77, 100].map((step) => literalBetween(input, step, 100));
  expect(found).toEqual(literals);
});

it('are literals that the scenario takes', () => {
  const refused = inputs.flatMap((input) =>
    Array.from({ length: 101 }, (_, step) => `${input.path}=${literalBetween(input, step, 100)!}`),
  );
  expect(refused.filter((one) => !vary(scenario, [one]).scenario)).toEqual([]);
});
