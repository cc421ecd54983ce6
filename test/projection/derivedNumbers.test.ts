/** Derived numbers: each is that of the naive model, month by month; shares add up; a gap is never skipped. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { groupBy } from '../../src/core/group.js';
import { fraction } from '../../src/core/number/fraction.js';
import { project } from '../../src/projection/compile.js';
import { derivedNumbers, type DerivedName } from '../../src/projection/derivedNumbers.js';
import { rollup, type Dimension } from '../../src/projection/rollup.js';
import { TIME_DIMENSIONS } from '../../src/projection/timeGroups.js';
import { naiveDerived, naiveLines } from '../naive/derived.js';
import { scenarios } from '../naive/generator.js';
import { PARTS, allocate, naiveLabel, type Grouping } from '../naive/model.js';
import { toYaml, type Spec } from '../naive/spec.js';
import { cases, coverage } from '../support/cases.js';
import { loaded } from '../support/cells.js';

/** How many scenarios are tried. */
const COUNT = Number(process.env['CAPEX_DERIVED'] ?? cases(50));
const NAMES: readonly DerivedName[] = ['yoy', 'qoq', 'ttm', 'ytd', 'cumulative', 'cagr'];
const GROUPS = TIME_DIMENSIONS.filter((one) => one !== 'period');

/** The lines of a table, month by month: by the labels that are no time, measure and unit. */
function linesOf(spec: Spec, isTotal: boolean, whose: Grouping['whose']) {
  return naiveLines(spec, ({ key, supplier }) => {
    const line = isTotal ? key.split('|').slice(2).join('|') : key;
    const ends = {
      fiscal: spec.calendar.fiscal_year_ends,
      calendar: 12,
      supplier: spec.suppliers?.[supplier]?.fiscal_year_ends ?? 12,
    }[whose];
    return { line, isReported: isTotal && line === `demand|${spec.currency}`, ends };
  });
}

it('agrees with the naive model on every row of random scenarios', () => {
  let reported = 0;
  const law = fc.property(
    scenarios(),
    fc.constantFrom(...GROUPS),
    fc.boolean(),
    (spec, dimension, isTotal) => {
      const [whose, part] = dimension.split('_') as [Grouping['whose'], Grouping['part']];
      if (isTotal && whose === 'supplier') return;
      const projection = project(loaded(toYaml(spec)), { currencies: spec.currencies });
      const dimensions: Dimension[] = isTotal ? [dimension] : [dimension, 'component', 'supplier'];
      const rows = rollup(projection, dimensions);
      const { numberAt } = derivedNumbers(projection, dimensions, rows, true);
      const lines = linesOf(spec, isTotal, whose);
      const length = 12 / PARTS[part];
      const starts = new Map<string, number>();
      for (const row of rows) {
        const [label, ...places] = row.labels as [string, ...string[]];
        const line = lines.get([...places, row.measure, row.unit.label].join('|'));
        if (label.startsWith('after')) continue;
        const { from, to, ends } = line!;
        for (let month = from; month < to; month++) {
          const first = Math.floor((month - ends) / length) * length + ends;
          starts.set(`${String(ends)} ${naiveLabel({ whose, part }, ends, month)}`, first);
        }
        const expected = naiveDerived([line!], starts.get(`${String(ends)} ${label}`)!, length);
        const found = NAMES.flatMap((name) => {
          const number = numberAt(row, name);
          if (!number.ok) return [];
          const { count, places: digits } = number.value;
          if (['yoy', 'qoq', 'cagr'].includes(name)) return [[name, String(count)] as const];
          const { n, d } = fraction(count, 10n ** BigInt(digits));
          return [[name, `${n}/${d}`] as const];
        });
        expect(new Map(found)).toEqual(expected);
        if (line!.before.size > 0) reported++;
      }
    },
  );
  fc.assert(law, { numRuns: COUNT, seed: 2025 });
  expect(reported).toBeGreaterThan(coverage(10));
});

it('splits shares as money, so that they add up to exactly one in every group', () => {
  const law = fc.property(scenarios(), fc.constantFrom(...GROUPS), (spec, dimension) => {
    const projection = project(loaded(toYaml(spec)), { currencies: spec.currencies });
    const dimensions: Dimension[] = [dimension, 'component', 'supplier'];
    const rows = rollup(projection, dimensions);
    const { numberAt } = derivedNumbers(projection, dimensions, rows, true);
    const groups = groupBy(rows, ({ labels: [label, component], measure, unit }) =>
      [label, component, measure, unit.label].join('|'),
    );
    for (const own of groups.values()) {
      const shares = own.map((row) => numberAt(row, 'share'));
      if (own.every(({ count }) => count === 0n)) {
        expect(shares.every(({ ok }) => !ok)).toBe(true);
        continue;
      }
      const counts = own.map(({ count, unit }) => fraction(count, 10n ** BigInt(unit.places)));
      const keys = own.map(({ labels }) => labels[2]!);
      const found = shares.map((share) => (share.ok ? share.value.count : undefined));
      expect(found).toEqual(allocate(1_000_000n, counts, keys));
      expect(found.reduce<bigint>((sum, one) => sum + one!, 0n)).toBe(1_000_000n);
    }
  });
  fc.assert(law, { numRuns: COUNT, seed: 2025 });
});

/** The number of total demand in a quarter of Alibaba’s plan with reported quarters. */
function rollingNumber(label: string, name: DerivedName, set: readonly string[] = []) {
  const projection = project(loaded(readFileSync('scenarios/alibaba-rolling.yaml', 'utf8'), set));
  const demand = projection.cells.filter(({ measure }) => measure === 'demand');
  const rows = rollup({ ...projection, cells: demand }, ['fiscal_quarter']);
  const row = rows.find(({ labels }) => labels[0] === label)!;
  return derivedNumbers(projection, ['fiscal_quarter'], rows, true).numberAt(row, name);
}

/** Reported spending in bn, of which 95% count: the quarters to September 2024 and after. */
const [SEP_24, DEC_24, MAR_25, JUN_25, SEP_25] = [17_500n, 31_800n, 24_600n, 38_676n, 31_501n];
const growth = (value: bigint, base: bigint) => {
  const { n, d } = fraction((value - base) * 2_000_000n, base);
  return (n / d + 1n) / 2n; // a growth above 0, nearest
};

it('compares a quarter with those that were reported before the window', () => {
  const millionths = (count: bigint) => ({ ok: true, value: { count, places: 6 } });
  expect(rollingNumber('FY2026Q1', 'qoq')).toEqual(millionths(growth(JUN_25, MAR_25)));
  expect(rollingNumber('FY2026Q2', 'yoy')).toEqual(millionths(growth(SEP_25, SEP_24)));
  const twelve = ((SEP_24 + DEC_24 + MAR_25 + JUN_25) * 95n * 100_000_000n) / 100n;
  expect(rollingNumber('FY2026Q1', 'ttm')).toEqual({
    ok: true,
    value: { count: twelve, places: 2 },
  });
});

it('compares with no other quarter where the base is missing', () => {
  expect(rollingNumber('FY2026Q1', 'yoy')).toEqual({ ok: false, diagnostics: 'noBase' });
  const known = rollingNumber('FY2026Q1', 'yoy', ['actuals.periods.FY2025Q1=12bn CNY']);
  expect(known).toMatchObject({ ok: true, value: { count: growth(JUN_25, 12_000n) } });
});

it('speaks of what was reported before the window only where something was', () => {
  const reasonIn = (file: string) => {
    const projection = project(loaded(readFileSync(`scenarios/${file}.yaml`, 'utf8')));
    const cells = projection.cells.filter(({ measure }) => measure === 'units');
    const rows = rollup({ ...projection, cells }, ['fiscal_year']);
    return derivedNumbers(projection, ['fiscal_year'], rows, true).numberAt(rows[0]!, 'yoy');
  };
  expect(reasonIn('alibaba-rolling')).toEqual({ ok: false, diagnostics: 'notReported' });
  expect(reasonIn('alibaba-380bn')).toEqual({ ok: false, diagnostics: 'noBase' });
});
