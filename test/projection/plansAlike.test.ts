/** Scenarios that differ in numbers alone have one plan, each with its own numbers. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isRest } from '../../src/model/input.js';
import { compile } from '../../src/projection/compile.js';
import { compilerFor } from '../../src/projection/plansAlike.js';
import { load } from '../../src/scenario/load.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { vary } from '../../src/scenario/vary.js';
import { scenarios } from '../naive/generator.js';
import { toYaml } from '../naive/spec.js';
import { cases, coverage } from '../support/cases.js';
import { loaded } from '../support/cells.js';
import { scenarioText } from '../support/scenarios.js';

/**
 * Changes of all numbers of a scenario that can change alone.
 *
 * @param hasZeros whether some become 0, and some that are 0 do not stay so
 */
function changesOf(scenario: Scenario, hasZeros: boolean): readonly string[] {
  return scenario.inputs.reduce<readonly string[]>((set, input, i) => {
    if (isRest(input) || (input.value.n === 0n && !hasZeros)) return set;
    const text =
      hasZeros && i % 5 === 0 && input.value.n > 0n
        ? input.text.replace(/[\d./]+/, '0')
        : input.text.replace(/[1-9]/, (digit) => (digit === '1' ? '2' : String(Number(digit) - 1)));
    const longer = [...set, `${input.path}=${text}`];
    return vary(scenario, longer).scenario ? longer : set;
  }, []);
}

it('gives a scenario with other numbers the plan that it has by itself', () => {
  let [numbers, shared] = [0, 0];
  const law = fc.property(scenarios(), fc.nat(3), (spec, kind) => {
    const { currencies } = spec;
    const text = toYaml(spec);
    const first = loaded(text);
    const set = changesOf(first, kind === 0);
    const other = load(`# Another file\n${text}`, { name: 'other.yaml', set }).scenario!;
    const compiler = compilerFor([first, other]);
    const plan = compiler(first, { currencies });
    const plans = [plan, compiler(other, { currencies }), compiler(first, { currencies })];
    expect(plans[0]).toEqual(compile(first, { currencies }));
    expect(plans[1]).toEqual(compile(other, { currencies }));
    expect(plans[2]).toEqual(plans[0]);
    numbers += set.length;
    if (plans[1]!.cells === plan.cells) shared++;
  });
  fc.assert(law, { numRuns: cases(60) });
  expect(numbers).toBeGreaterThan(coverage(100));
  expect(shared).toBeGreaterThan(coverage(1));
}, 300_000);

const FX = '{ base: { USD: 7.1 } }';
const COMPONENTS =
  '{ servers: { life: 3 years, lag: { quarters: [60%, 40%] }, suppliers: { inspur: 40%, others: rest } } }';
const TEXT = scenarioText({ fx: FX, components: COMPONENTS });

it.each([
  ['another number', ['envelope=500m CNY', 'components.servers.suppliers.inspur=41%'], true],
  ['another name', ['title=Another'], true],
  ['a supplier less', ['components.servers.suppliers.inspur=remove'], false],
  ['a lag of another length', ['components.servers.lag.quarters=[60%, 30%, 10%]'], false],
  ['a life of more years', ['components.servers.life=4 years'], true],
  ['a life in another unit', ['components.servers.life=3 quarters'], false],
  ['a rate by period', ['fx.path.USD.FY2026=7.2'], false],
  ['another closure', ['fx.closure=volume'], false],
  [
    'a share that is no number',
    ['components.servers.suppliers.inspur=rest', 'components.servers.suppliers.others=60%'],
    false,
  ],
] as const)('%s: shared or not', (_, set, isShared) => {
  const first = loaded(TEXT);
  const other = loaded(TEXT, set);
  const compiler = compilerFor([first, other]);
  const plan = compiler(other);
  expect(plan).toEqual(compile(other));
  expect(compiler(first).cells === plan.cells).toBe(isShared);
});

it('shares no plan where something is bought in one and nothing in the other', () => {
  const units =
    '{ servers: { count: { FY2026Q1: 0, FY2026Q2: 5, FY2026Q3: 5, FY2026Q4: 6 }, unit: server } }';
  const text = `scenario: small
currency: CNY
calendar: { fiscal_year_ends: 3, from: FY2026Q1, to: FY2026Q4 }
envelope: { from: phys }
actuals: { periods: { FY2026Q1: 0 CNY } }
estimates: { phys: { units: ${units} } }
components: { servers: { price: { value: 1.5m CNY, unit: server } } }
`;
  const first = loaded(text);
  const more = loaded(text, ['estimates.phys.units.servers.count.FY2026Q2=7']);
  const other = loaded(text, ['estimates.phys.units.servers.count.FY2026Q1=4']);
  const compiler = compilerFor([first, more, other]);
  const { cells } = compiler(first);
  expect(compiler(more).cells).toBe(cells);
  expect(compiler(other)).toEqual(compile(other));
});

it('shares no plan between two currencies, measures or closures', () => {
  const one = loaded(TEXT);
  const compiler = compilerFor([one, one]);
  const all = [
    {},
    { currencies: ['USD'] },
    { measures: ['demand'] },
    { closure: 'scale' },
  ] as const;
  for (const options of all) expect(compiler(one, options)).toEqual(compile(one, options));
});
