/** Outputs by groups of time: every label names what a rollup has under it, and a derivation comes to it. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { printDecimal } from '../../src/core/number/decimal.js';
import { fraction } from '../../src/core/number/fraction.js';
import { compile } from '../../src/projection/compile.js';
import { run } from '../../src/projection/evaluate.js';
import { deriveNumber } from '../../src/projection/explain/derivation.js';
import { readOutput } from '../../src/projection/output.js';
import { amountOf } from '../../src/projection/outputAmounts.js';
import { rollup } from '../../src/projection/rollup.js';
import { TIME_DIMENSIONS, isBySupplier } from '../../src/projection/timeGroups.js';
import { scenarios } from '../naive/generator.js';
import { toYaml } from '../naive/spec.js';
import { cases, coverage } from '../support/cases.js';
import { loaded } from '../support/cells.js';
import { valueOf } from '../support/results.js';
import { scenarioText } from '../support/scenarios.js';

const NAMED = TIME_DIMENSIONS.filter((one) => !isBySupplier(one));

it('takes every label of a group as a place, with the number that a rollup has', () => {
  let split = 0;
  const dimension = fc.constantFrom(...NAMED);
  const law = fc.property(scenarios(), dimension, fc.nat(), (spec, time, pick) => {
    const plan = compile(loaded(toYaml(spec)), { currencies: spec.currencies });
    const projection = run(plan);
    const rows = rollup(projection, [time, 'component', 'supplier']);
    const { labels, measure, unit, count, cells } = rows[pick % rows.length]!;
    const [label, path, supplier] = labels as [string, string, string];
    const place = supplier === 'unassigned' ? path : `${path}/${supplier}`;
    const output = valueOf(
      readOutput(`${place}@${label}:${measure}.${unit.label}`, projection.scenario),
    );
    const amount = amountOf(projection, output);
    expect(fraction(amount.count, 10n ** BigInt(amount.unit.places))).toEqual(
      fraction(count, 10n ** BigInt(unit.places)),
    );
    const derived = deriveNumber(plan, output, 1)!;
    expect(Number(derived.value)).toBe(Number(printDecimal(count, unit.places)));
    if (cells.some(({ month }) => month !== undefined)) split++;
  });
  fc.assert(law, { numRuns: cases(80) });
  expect(split).toBeGreaterThan(coverage(2));
});

const quarters = loaded(
  scenarioText({ calendar: '{ fiscal_year_ends: 1, from: FY2026Q1, to: FY2026Q4 }' }),
);

it.each(['2025', '2025H1', '2025Q1', '2026Q1', 'FY2026', 'FY2026H2', 'FY2026Q3', 'after FY2026'])(
  'knows %s',
  (label) => {
    expect(readOutput(`*@${label}`, quarters).ok).toBe(true);
  },
);

it.each(['2027', '2026Q2', '2026Q5', '2026H3', 'FY2027', 'FY2026M01', '2026M01', 'after 2026Q1'])(
  'does not know %s',
  (label) => {
    expect(readOutput(`*@${label}`, quarters)).toEqual({
      ok: false,
      diagnostics: {
        code: 'output-unknown',
        message: `\`${label}\` is not a period of the window FY2026Q1 to FY2026Q4`,
      },
    });
  },
);

it('explains a part of a quarter by its months', () => {
  const plan = compile(quarters);
  const output = valueOf(readOutput('servers@2025Q1', quarters));
  const root = deriveNumber(plan, output)!;
  expect(root.name).toBe('servers@2025Q1 (2025Q1, 2 of 3 months)');
  expect(root.from.map(({ name }) => name)).toEqual([
    'servers@FY2026Q1 › 2025-02',
    'servers@FY2026Q1 › 2025-03',
  ]);
});
