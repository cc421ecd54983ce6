/** A grid over any path means what `--set` of that path means, value by value. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { printFraction } from '../../../src/core/number/decimal.js';
import { add, fraction, multiply, ONE } from '../../../src/core/number/fraction.js';
import { textRecordsOf } from '../../../src/core/table.js';
import { isRest } from '../../../src/model/input.js';
import { project } from '../../../src/projection/compile.js';
import { readOutput } from '../../../src/projection/output.js';
import { amountOf } from '../../../src/projection/outputAmounts.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { vary } from '../../../src/scenario/vary.js';
import { sensitivity } from '../../../src/studies/sensitivity/sensitivity.js';
import { ask } from '../../../src/studies/study.js';
import { scenarios } from '../../naive/generator.js';
import { toYaml } from '../../naive/spec.js';
import { caseText } from '../../support/caseFiles.js';
import { cases, coverage } from '../../support/cases.js';
import { loaded } from '../../support/cells.js';
import { diagnosticsOf, valueOf } from '../../support/results.js';
import { scenarioText } from '../../support/scenarios.js';

const OF = ':units';

function gridOf(scenario: Scenario, ...grid: readonly string[]) {
  const result = ask(sensitivity, [scenario], { of: 'servers', grid: [...grid] });
  return textRecordsOf(valueOf(result).table!);
}

const base = loaded(caseText('grid-over-path/s.yaml'));

it('moves a whole path of rates, as --set does', () => {
  const rows = gridOf(base, 'fx.path.USD=6.9,7.2');
  const expected = ['6.9', '7.2'].map((rate) => {
    const { scenario } = vary(base, [`fx.path.USD=${rate}`]);
    const output = valueOf(readOutput('servers', scenario!));
    return [rate, String(amountOf(project(scenario!), output).count)];
  });
  expect(rows.map((row) => [row['fx.path.USD'], row['value']!.replace('.', '')])).toEqual(expected);
});

it.each([
  ['fx.path.USD=±10%', 'fx.path.USD change', ['-0.1', '0.1']],
  ['fx.path.USD=-10%..+10%/10%', 'fx.path.USD change', ['-0.1', '0', '0.1']],
  ['envelope=±5%', 'envelope change', ['-0.05', '0.05']],
])('--grid %s has a row for each change', (grid, column, changes) => {
  expect(gridOf(base, grid).map((row) => row[column])).toEqual(changes);
});

it('combines a path with another input', () => {
  const rows = gridOf(base, 'fx.path.USD=±10%', 'components.servers.pricing.USD.content=30%,50%');
  expect(rows).toHaveLength(4);
});

it.each([
  ['fx.path.USD=10%,7', 'is no percentage'],
  ['envelope=90bn CNY,±1bn CNY', 'is no percentage'],
  ['estimates.mine.split.servers=±5%', 'may mean points or a part of it'],
  ['fx.path.EUR=7', '`fx.path.EUR` is not an input'],
  ['fx.path.USD=-100%', 'is not above zero'],
  ['envelope=90bn CNY,90bn USD', '`90bn USD` is not in the unit of `envelope`'],
])('--grid %s is refused', (grid, message) => {
  const result = ask(sensitivity, [base], { grid: [grid] });
  expect(diagnosticsOf(result)[0]!.message).toContain(message);
});

it('has a life in its own unit: 2 quarters are not 2 years', () => {
  const components = '{ servers: { life: 3 years }, open: {} }';
  const scenario = loaded(scenarioText({ components }));
  const gridOf = (values: string) =>
    ask(sensitivity, [scenario], { of: 'servers', grid: [`components.servers.life=${values}`] });
  expect(valueOf(gridOf('2 years,4 years')).table!.rows).toHaveLength(2);
  const [problem] = diagnosticsOf(gridOf('2 quarters,4 years'));
  expect([problem!.message, problem!.hint]).toEqual([
    '`2 quarters` is not in the unit of `components.servers.life`',
    'write … years',
  ]);
});

/** Paths with a value for each period, each with the literal of the first. */
function pathsByPeriod({
  inputs,
}: Scenario): readonly (readonly [path: string, literal: string])[] {
  const steps = inputs.flatMap((input) => {
    const [, path] = /^((?:fx\.path|components|estimates)\..+)\.FY\w+$/.exec(input.path) ?? [];
    return path === undefined || isRest(input) ? [] : [[path, input.text] as const];
  });
  return [...new Map(steps).entries()];
}

it('means what --set means, for every path by period of random scenarios', () => {
  const tried = { answered: 0, refused: 0 };
  const law = fc.property(scenarios(), (spec) => {
    const scenario = loaded(toYaml(spec));
    for (const [path, literal] of pathsByPeriod(scenario)) {
      const { scenario: set } = vary(scenario, [`${path}=${literal}`]);
      const result = ask(sensitivity, [scenario], { grid: [`${path}=${literal}`] });
      expect(result.ok, path).toBe(set !== undefined);
      tried[set ? 'answered' : 'refused']++;
      if (!set || !result.ok) continue;
      const { count } = amountOf(project(set), valueOf(readOutput('', set)));
      const [row] = textRecordsOf(result.value.table!);
      expect(row!['value']!.replace('.', '').replace(/^0+(?=\d)/, ''), path).toBe(String(count));
    }
  });
  fc.assert(law, { numRuns: cases(30) });
  expect(tried.answered).toBeGreaterThan(coverage(1));
});

it('changes every rate of a path by the same percentage, for random scenarios', () => {
  let several = 0;
  const change = fraction(3n, 100n);
  const law = fc.property(scenarios(), (spec) => {
    const scenario = loaded(toYaml(spec));
    for (const code of scenario.fx.path.keys()) {
      const rates = scenario.window.periods.flatMap(({ label, start }) => {
        const rate = scenario.fx.path.get(code)!(start) ?? scenario.fx.base.get(code);
        const moved = rate && multiply(rate.value, add(ONE, change));
        return moved ? [`${label}: ${printFraction(moved)}`] : [];
      });
      const cleared = vary(scenario, [`fx.path.${code}=remove`]).scenario;
      const moved = cleared && vary(cleared, [`fx.path.${code}={ ${rates.join(', ')} }`]).scenario;
      if (!moved) continue; // The path alone has rates that are needed, or one has too many digits.
      const result = ask(sensitivity, [scenario], { of: OF, grid: [`fx.path.${code}=3%`] });
      if (!result.ok) continue; // Units of several kinds have no sum.
      several++;
      const { count } = amountOf(project(moved), valueOf(readOutput(OF, moved)));
      const [row] = textRecordsOf(result.value.table!);
      expect(row!['value']!.replace('.', '').replace(/^0+(?=\d)/, '')).toBe(String(count));
    }
  });
  fc.assert(law, { numRuns: cases(60) });
  expect(several).toBeGreaterThan(coverage(0));
});
