/** Derived numbers, explained: each is the one that a table has in its column, and its operands make it again. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { printDecimal } from '../../../src/core/number/decimal.js';
import { writeOutline } from '../../../src/formats/outlineText.js';
import { compile } from '../../../src/projection/compile.js';
import {
  DERIVED_NAMES,
  derivedNumbers,
  type DerivedName,
} from '../../../src/projection/derivedNumbers.js';
import { run } from '../../../src/projection/evaluate.js';
import type { Derivation } from '../../../src/projection/explain/derivation.js';
import { deriveColumn } from '../../../src/projection/explain/derivedDerivation.js';
import { readOutput } from '../../../src/projection/output.js';
import { rollup, type Dimension } from '../../../src/projection/rollup.js';
import { TIME_DIMENSIONS, isBySupplier } from '../../../src/projection/timeGroups.js';
import { outlineOf } from '../../../src/studies/explain/derivationOutline.js';
import { scenarios } from '../../naive/generator.js';
import { toYaml } from '../../naive/spec.js';
import { cases, coverage } from '../../support/cases.js';
import { loaded } from '../../support/cells.js';
import { readTree, recomputed } from '../../support/derivations.js';
import { valueOf } from '../../support/results.js';
import { scenarioText } from '../../support/scenarios.js';

const TIMES = TIME_DIMENSIONS.filter((one) => !isBySupplier(one));
const PLACES: readonly (readonly Dimension[])[] = [
  [],
  ['component'],
  ['supplier'],
  ['component', 'supplier'],
];

/** The first two levels, as they are printed. */
function faultsOf(root: Derivation): readonly string[] {
  const leafOf = (one: Derivation): Derivation => {
    return { ...one, name: '', formula: one.said, from: [], cut: undefined };
  };
  const tidy = (one: Derivation, levels: number): Derivation => {
    if (levels === 0) return leafOf({ ...one, split: undefined });
    const from = one.from.map((part) => tidy(part, part.name.includes('share') ? 1 : 0));
    return { ...one, name: '', unit: '', from };
  };
  const text = writeOutline(outlineOf(tidy(root, 1)), { width: 1_000_000 });
  return recomputed(readTree(text)).faults;
}

it('gives the number of the column, or the same reason, from operands that make it again', () => {
  const found = new Map<string, number>();
  const law = fc.property(
    scenarios(),
    fc.constantFrom(...TIMES),
    fc.constantFrom(...PLACES),
    fc.nat(),
    (spec, time, places, pick) => {
      const plan = compile(loaded(toYaml(spec)), { currencies: spec.currencies });
      const projection = run(plan);
      const dimensions = [time, ...places];
      const rows = rollup(projection, dimensions);
      const { numberAt } = derivedNumbers(projection, dimensions, rows, true);
      const row = rows[pick % rows.length]!;
      const { labels, measure, unit } = row;
      const [label, ...names] = labels;
      const text = `${names.join('/') || '*'}@${label!}:${measure}.${unit.label}`;
      const output = valueOf(readOutput(text, projection.scenario));
      // A component of the same key hides a supplier.
      if (output.dimensions.at(-1) !== dimensions.at(-1) && places.length > 0) return;
      for (const column of DERIVED_NAMES) {
        const number = numberAt(row, column);
        const derived = deriveColumn(plan, output, column, 2);
        if (!number.ok || !derived.ok) {
          expect(derived).toEqual(number);
          continue;
        }
        const { count, places: digits } = number.value;
        expect(Number(derived.value.value)).toBe(Number(printDecimal(count, digits)));
        expect(faultsOf(derived.value), `${text}.${column}`).toEqual([]);
        found.set(column, (found.get(column) ?? 0) + 1);
      }
    },
  );
  fc.assert(law, { numRuns: cases(40), seed: 2025 });
  for (const column of DERIVED_NAMES)
    expect(found.get(column) ?? 0, column).toBeGreaterThan(coverage(2));
});

it('adds up the shares of the leaves of a branch', () => {
  const scenario = loaded(readFileSync('scenarios/alibaba-rolling.yaml', 'utf8'));
  const shareOf = (place: string) => {
    const output = valueOf(readOutput(`${place}@FY2027`, scenario));
    return valueOf(deriveColumn(compile(scenario), output, 'share', 2));
  };
  const branch = shareOf('servers');
  expect(branch.from.map(({ name }) => name)).toEqual([
    'servers/accelerators@FY2027.share',
    'servers/memory@FY2027.share',
    'servers/chassis@FY2027.share',
  ]);
  const parts = branch.from.map(({ value }) => Number(value) * 1e6);
  expect(parts.reduce((a, b) => a + b, 0)).toBeCloseTo(Number(branch.value) * 1e6);
  expect(faultsOf(branch)).toEqual([]);
  expect(branch.from[1]!.value).toBe(shareOf('servers/memory').value);
});

/** The window begins in February 2025; the quarters of the year before were reported. */
const REPORTED = scenarioText({
  calendar: '{ fiscal_year_ends: 1, from: FY2026Q1, to: FY2026Q4 }',
  actuals:
    '{ periods: { FY2025Q1: 50.01 CNY, FY2025Q2: 60.01 CNY, FY2025Q3: 70.01 CNY, FY2025Q4: 80.02 CNY } }',
});

it.each([
  ['2025Q2', 'yoy', '2024Q2, 3 months reported before the window'],
  ['2025Q2', 'qoq', '*@2025Q1 (2025Q1, 2 of 3 months), with 1 month reported before the window'],
  ['FY2026', 'yoy', 'FY2025, 12 months reported before the window'],
  ['FY2026Q2', 'ttm', 'FY2025Q3, 3 months reported before the window'],
])('explains %s %s by months that were reported before the window', (label, column, operand) => {
  const plan = compile(loaded(REPORTED));
  const output = valueOf(readOutput(`*@${label}`, plan.scenario));
  const root = valueOf(deriveColumn(plan, output, column as DerivedName));
  expect(root.from.map(({ name }) => name)).toContain(operand);
  const text = writeOutline(outlineOf(root), { width: 1_000_000 });
  expect(recomputed(readTree(text)).faults).toEqual([]);
});

it('explains reported months down to the file', () => {
  const scenario = loaded(readFileSync('scenarios/alibaba-rolling.yaml', 'utf8'));
  const output = valueOf(readOutput('*@2026', scenario));
  const { from } = valueOf(deriveColumn(compile(scenario), output, 'yoy'));
  const reported = from[1]!.from.find(({ name }) => name === 'FY2025Q4')!;
  expect(reported.from[0]).toMatchObject({ origin: { text: '24.6bn CNY' } });
});
