/** Bridges: pieces sum to the difference, equal groups get zero, and swapping flips signs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printDecimal } from '../../../src/core/number/decimal.js';
import type { UnitEstimate } from '../../../src/model/estimate/unitEstimate.js';
import { project } from '../../../src/projection/compile.js';
import type { Projection } from '../../../src/projection/evaluate.js';
import type { Dimension } from '../../../src/projection/rollup.js';
import { load } from '../../../src/scenario/load.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { bridge, stepName, type Bridge } from '../../../src/studies/compare/bridge.js';
import {
  groupConflicts,
  hybridScenario,
  type GroupSources,
} from '../../../src/studies/compare/hybridScenario.js';
import {
  GROUPS,
  differingGroups,
  type InputGroup,
} from '../../../src/studies/compare/inputGroups.js';
import { projections } from '../../../src/studies/shared/reports.js';
import { dice, scenarios } from '../../naive/generator.js';
import { toYaml, type Spec } from '../../naive/spec.js';
import { withUnits } from '../../naive/unitScenarios.js';
import { cases, coverage } from '../../support/cases.js';
import { cellsOf, loaded } from '../../support/cells.js';
import { graft, pairs, type Pair } from '../../support/pairs.js';

const FULL: readonly Dimension[] = ['fiscal_year', 'period', 'component', 'supplier'];
const COARSE: readonly Dimension[] = ['fiscal_year', 'component'];

/** Every number of a bridge: by output, then by step. */
function numbersOf({ steps, lines }: Bridge): Map<string, Record<string, bigint>> {
  const named = lines.map(({ labels, measure, unit, from, pieces, to }) => {
    const numbers = Object.fromEntries(steps.map((step, s) => [stepName(step), pieces[s]!]));
    return [[...labels, measure, unit.label].join('|'), { from, ...numbers, to }] as const;
  });
  return new Map(named);
}

/** How often each way was taken: a law that never met a case has not been tested. */
const seen = { merged: 0, same: 0, groups: new Map<InputGroup, number>(), steps: 0, lines: 0 };

function checkLaws(forward: Bridge, backward: Bridge, changed: readonly InputGroup[]): void {
  const flipped = numbersOf(backward);
  const isChanged = (step: string) =>
    step.split('+').some((group) => changed.includes(group as InputGroup));
  const broken: string[] = [];
  for (const [key, { from, to, ...pieces }] of numbersOf(forward)) {
    const sum = Object.values(pieces).reduce((a, b) => a + b, 0n);
    if (sum !== to! - from!) broken.push(`${key}: the pieces do not sum to the difference`);
    const back = flipped.get(key)!;
    if (back['from'] !== to || back['to'] !== from) broken.push(`${key}: ends are not swapped`);
    for (const [name, piece] of Object.entries(pieces)) {
      if (back[name] !== -piece) broken.push(`${key} ${name}: the sign is not flipped`);
      if (piece !== 0n && !isChanged(name)) broken.push(`${key} ${name}: not zero`);
    }
    if (Object.keys(back).length !== Object.keys(pieces).length + 2) broken.push(`${key}: steps`);
  }
  expect(broken).toEqual([]);
  expect(flipped.size).toBe(forward.lines.length);
}

/** Both in the currencies of the first, where the second has rates for them too. */
function forecasts(a: Spec, both: Pair['scenarios']) {
  const wanted = [{ currency: a.currencies }, { currency: ['supplier'] }, {}];
  for (const options of a.currencies.length > 2 ? wanted.slice(1) : wanted) {
    const made = projections(both, options);
    if (!made.ok) continue;
    return { from: made.value[0]!, to: made.value[1]!, options };
  }
  throw new Error('a scenario without a rate for its own currency');
}

it('in 1,000 bridges pieces sum, equal groups get zero, and swapping flips signs', () => {
  fc.assert(
    fc.property(pairs(), fc.constantFrom(FULL, COARSE), ({ a, scenarios, changed }, by) => {
      const { from, to, options } = forecasts(a, scenarios);
      const forward = bridge(from, to, by, options);
      checkLaws(forward, bridge(to, from, by, options), changed);
      seen.lines += forward.lines.length;
      seen.steps = Math.max(seen.steps, forward.differing.length);
      seen.merged += forward.merged.length > 0 ? 1 : 0;
      seen.same += forward.differing.length === 0 ? 1 : 0;
      forward.differing.flat().forEach((g) => seen.groups.set(g, (seen.groups.get(g) ?? 0) + 1));
    }),
    { numRuns: cases(1000), seed: 2025 },
  );
  expect(seen.same).toBeLessThan(200);
  expect(seen.merged).toBeGreaterThan(coverage(20));
  for (const group of GROUPS) {
    expect(seen.groups.get(group) ?? 0, group).toBeGreaterThan(coverage(100));
  }
}, 120_000);

/** A plan that follows from units, and one of an amount that is split over what the units buy. */
const unitPairs = fc.tuple(scenarios(), fc.noShrink(fc.noBias(fc.nat()))).map(([spec, seed]) => {
  const bought = withUnits(spec, dice(seed, 'bridge'), 'envelope');
  const { bought: keys } = loaded(toYaml(bought)).envelope as UnitEstimate;
  const split = Object.fromEntries(
    keys.map((key, k) => [key, k === 0 ? 'rest' : `1/${keys.length}`]),
  );
  const planned: Spec = {
    ...bought,
    ...{ envelope: `1000000 ${bought.currency}`, phasing: 'even', mix: 'own' },
    estimates: { ...bought.estimates, own: { split } },
    actuals: bought.actuals && { ...bought.actuals, reforecast: 'keep-phasing' },
  };
  return [bought, planned] as const;
});

it('bridges a plan that follows from units and a plan of an amount, both ways', () => {
  fc.assert(
    fc.property(unitPairs, (specs) => {
      const [units, amount] = specs.map((spec) => project(loaded(toYaml(spec)))) as [
        Projection,
        Projection,
      ];
      const forward = bridge(units, amount, COARSE, {});
      checkLaws(forward, bridge(amount, units, COARSE, {}), GROUPS);
      expect(
        forward.differing.some((step) => step.includes('envelope') && step.includes('mix')),
      ).toBe(true);
    }),
    { numRuns: cases(60) },
  );
});

/** Takes the groups of a subset, as bits, from the second. */
function chosen<T>(a: T, b: T, groups: readonly InputGroup[], subset: number) {
  return (group: InputGroup): T =>
    (subset >> groups.indexOf(group)) & 1 && groups.includes(group) ? b : a;
}

it('a hybrid scenario equals the scenario of the combined text', () => {
  let compared = 0;
  const sorted = (projection: Projection) => [...cellsOf(projection)].sort();
  fc.assert(
    fc.property(pairs(), fc.nat(), ({ a, b, scenarios: [one, other] }, seed) => {
      const groups = differingGroups(one, other);
      const mixed = (subset: number) =>
        hybridScenario(sourcesOf(chosen(one, other, groups, subset)));
      const last = 2 ** groups.length - 1;
      expect(sorted(project(mixed(last)))).toEqual(sorted(project(other)));

      const subset = seed % (last + 1);
      const { scenario } = load(toYaml(graft(chosen<Spec>(a, b, groups, subset))));
      expect(groupConflicts(mixed(subset)).length === 0).toBe(scenario !== undefined);
      if (!scenario) return;
      compared++;
      expect(sorted(project(mixed(subset)))).toEqual(sorted(project(scenario)));
      expect([...mixed(subset).understated].sort()).toEqual([...scenario.understated].sort());
    }),
    { numRuns: cases(250), seed: 2026 },
  );
  expect(compared).toBeGreaterThan(coverage(200));
}, 120_000);

function sourcesOf(of: (group: InputGroup) => Scenario): GroupSources {
  return Object.fromEntries(GROUPS.map((group) => [group, of(group)])) as GroupSources;
}

describe('a bridge checked by hand', () => {
  /** 1,000 CNY over one year; half of it in servers, of which 40% is priced in dollars at 5. */
  const text = (envelope: string, rate: string, closure = 'volume', id = 'a') => `
scenario: ${id}
currency: CNY
calendar: { fiscal_year_ends: 12, from: FY2026, to: FY2026, period: year }
envelope: ${envelope} CNY
phasing: even
estimates: { view: { split: { servers: 50%, other: rest } } }
mix: view
components: { servers: { pricing: { USD: { content: 40% } } } }
fx: { base: { USD: 5 }, path: { USD: ${rate} }, closure: ${closure} }
`;
  const walk = (a: string, b: string) => {
    const result = bridge(project(loaded(a)), project(loaded(b)), ['component'], {});
    return new Map(
      [...numbersOf(result)]
        .filter(([key]) => key.includes('demand'))
        .map(([key, numbers]) => [
          key.split('|')[0],
          Object.entries(numbers)
            .filter(([, count]) => count !== 0n)
            .map(([name, count]) => `${name} ${printDecimal(count, 2)}`)
            .join(', '),
        ]),
    );
  };

  it('gives a new envelope half of what it adds', () => {
    expect(walk(text('1000', '5'), text('1200', '5'))).toEqual(
      new Map([
        ['servers', 'from 500.00, envelope 100.00, to 600.00'],
        ['other', 'from 500.00, envelope 100.00, to 600.00'],
      ]),
    );
  });

  it('gives a new rate 40% of its 10%', () => {
    expect(walk(text('1000', '5'), text('1000', '5.5'))).toEqual(
      new Map([
        ['servers', 'from 500.00, fx 20.00, to 520.00'],
        ['other', 'from 500.00, to 500.00'],
      ]),
    );
  });

  it('gives envelope and rate half each of what only both together add', () => {
    expect(walk(text('1000', '5'), text('1200', '5.5'))).toEqual(
      new Map([
        ['servers', 'from 500.00, envelope 102.00, fx 22.00, to 624.00'],
        ['other', 'from 500.00, envelope 100.00, to 600.00'],
      ]),
    );
  });

  it('gives an odd fen to the earlier group', () => {
    // 0.25 × 1.04 rounds to 0.26, 0.50 × 1.04 to 0.52: the pieces are 25.5 and 1.5 quanta.
    expect(walk(text('0.50', '5'), text('1', '5.5')).get('servers')).toBe(
      'from 0.25, envelope 0.26, fx 0.01, to 0.52',
    );
  });

  it('shows groups that are only valid together as one step', () => {
    const actual = (amount: string) => `actuals: { periods: { FY2026: ${amount} CNY } }\n`;
    const [a, b] = [text('100', '5') + actual('90'), text('1000', '5') + actual('900')];
    const result = bridge(project(loaded(a)), project(loaded(b)), ['component'], {});
    expect(result.steps.map((step) => stepName(step))).toContain('envelope+actuals');
    expect(result.differing.map((step) => stepName(step))).toEqual(['envelope+actuals']);
    expect(result.merged.map(({ groups }) => groups)).toEqual([['envelope', 'actuals']]);
  });

  it('joins a price in a currency without a base rate with the rates', () => {
    const priced = text('1000', '5').replace(
      'servers: {',
      'servers: { price: { value: 10 USD, unit: server },',
    );
    const without = text('1000', '5')
      .replace(/components.*\n/, '')
      .replace(/fx.*\n/, '');
    const result = bridge(project(loaded(priced)), project(loaded(without)), [], {});
    expect(result.differing.map((step) => stepName(step))).toEqual(['prices+fx']);
  });
});
