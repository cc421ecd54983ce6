/** The laws of a forecast, each a check that throws where a projection breaks it. */
import { expect } from 'vitest';
import { fraction, multiply, roundHalfEven } from '../../src/core/number/fraction.js';
import { project } from '../../src/projection/compile.js';
import type { ProjectedCell, Projection } from '../../src/projection/evaluate.js';
import { rollup, type Dimension, type RolledRow } from '../../src/projection/rollup.js';
import { naive, naiveTotals } from '../naive/model.js';
import { toYaml, type Spec } from '../naive/spec.js';
import { cellsOf, linesOf, loaded } from './cells.js';

/** A random scenario, its forecast in all its currencies, some dimensions to sum it by, and an order of keys. */
export interface LawCase {
  readonly spec: Spec;
  readonly projection: Projection;
  readonly dimensions: readonly Dimension[];
  readonly order: number;
}

/** By the names that the tests have. */
export const LAWS: Readonly<Record<string, (one: LawCase) => void>> = {
  'demand is the envelope': ({ projection, spec }) => demandIsTheEnvelope(projection, spec),
  'revenue plus tail is demand': ({ projection }) => revenueIsDemand(projection),
  'depreciation plus tail is demand': ({ projection }) => depreciationIsDemand(projection),
  'content is inside demand': ({ projection }) => contentIsInsideDemand(projection),
  'every translation foots': ({ projection }) => translatedTotalsFoot(projection),
  'every rollup foots': ({ projection, dimensions }) => rollupIsTheSum(projection, dimensions),
  'further currencies move no cell of the currency of the envelope': ({ projection }) =>
    currenciesMoveNothing(projection),
  'the order of the keys in the file moves no cell': ({ spec, projection, order }) =>
    orderMovesNothing(spec, projection, order),
  'removing the suppliers moves no total of units': ({ spec, projection }) =>
    suppliersMoveNoUnits(spec, projection),
  'the engine and the naive model agree on every cell': ({ spec, projection }) =>
    agreesWithNaive(spec, projection),
};

export function sumBy(
  { cells }: Projection,
  key: (cell: Projection['cells'][number]) => string | undefined,
): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const cell of cells) {
    const name = key(cell);
    if (name !== undefined) sums.set(name, (sums.get(name) ?? 0n) + cell.count);
  }
  return sums;
}

/** Millions of numbers are compared: `expect` itself is called only where two differ. */
function expectSame<T extends bigint | boolean>(found: T | undefined, expected: T): void {
  if (found !== expected) expect(found).toBe(expected);
}

/** Each period's total in a foreign currency is the total ÷ rate, correctly rounded: it foots. */
function translatedTotalsFoot(projection: Projection): void {
  const { scenario, currencies } = projection;
  const { window, fx, currency: own } = scenario;
  const last = window.periods.length - 1;
  for (const currency of currencies.filter(({ code }) => code !== own.code)) {
    for (const measure of ['demand', 'revenue', 'content', 'depreciation'] as const) {
      const totals = sumBy(projection, (cell) =>
        cell.measure === measure ? `${cell.unit.label} ${String(cell.period)}` : undefined,
      );
      for (let t = 0; t <= last + 1; t++) {
        const total = totals.get(`${own.code} ${String(t)}`);
        const { start } = window.periods[Math.min(t, last)]!;
        const rate = fx.path.get(currency.code)?.(start) ?? fx.base.get(currency.code)!;
        if (total === undefined) continue;
        const inverse = fraction(rate.value.d, rate.value.n);
        const scale = fraction(10n ** BigInt(currency.places), 10n ** BigInt(own.places));
        const expected = roundHalfEven(multiply(multiply(fraction(total), inverse), scale));
        expectSame(totals.get(`${currency.code} ${String(t)}`), expected);
      }
    }
  }
}

/** Demand of the window is the envelope, unless money has nowhere to go or a closure moves it. */
function demandIsTheEnvelope(projection: Projection, spec: Spec): void {
  const { scenario, envelope, total } = projection;
  const moved = scenario.fx.closure === 'volume';
  const reported = scenario.actuals.within.size > 0;
  if (!moved && !reported) expect(total).toBe(envelope);
  if (!moved && spec.actuals?.reforecast !== 'keep-phasing') {
    expect(total <= envelope).toBe(true);
  }
}

/** Revenue plus tail equals demand, and what actuals before the window bring in. */
function revenueIsDemand(projection: Projection): void {
  const { scenario } = projection;
  const own = sumBy(projection, ({ measure, unit, path, supplier }) =>
    unit.label === scenario.currency.code ? `${measure} ${path} ${supplier}` : undefined,
  );
  for (const [key, demand] of own) {
    if (!key.startsWith('demand ')) continue;
    const revenue = own.get(key.replace('demand', 'revenue'))!;
    if (scenario.actuals.before.length === 0) expectSame(revenue, demand);
    else expectSame(revenue >= demand, true);
  }
}

/** Depreciation plus the net book value equals the demand of a leaf with a life; no other leaf has any. */
function depreciationIsDemand(projection: Projection): void {
  const { scenario } = projection;
  const own = sumBy(projection, ({ measure, unit, path, supplier }) =>
    unit.label === scenario.currency.code ? `${measure} ${path} ${supplier}` : undefined,
  );
  for (const { path, suppliers, life } of scenario.leaves)
    for (const supplier of suppliers) {
      const demand = own.get(`demand ${path} ${supplier}`)!;
      const found = own.get(`depreciation ${path} ${supplier}`);
      if (life) expectSame(found, demand);
      else expectSame(found === undefined, true);
    }
}

/** What is bought in is inside the demand for what it is built into, and no demand of its own. */
function contentIsInsideDemand(projection: Projection): void {
  const { scenario } = projection;
  const billed = scenario.leaves.filter(({ bill }) => bill);
  const own =
    billed.length === 0
      ? new Map<string, bigint>()
      : sumBy(projection, ({ measure, unit, path, period }) =>
          unit.label === scenario.currency.code
            ? `${measure} ${String(period)} ${path}`
            : undefined,
        );
  for (const { path, bill } of billed) {
    scenario.window.periods.forEach((_, t) => {
      const parts = (bill?.children ?? []).map((part) => own.get(`content ${t} ${part.path}`)!);
      const demand = own.get(`demand ${t} ${path}`)!;
      expectSame(parts.reduce((a, b) => a + b, 0n) <= demand, true);
    });
  }
  const demand = projection.cells.filter(
    ({ measure, unit }) => measure === 'demand' && unit.label === scenario.currency.code,
  );
  expect(demand.reduce((a, { count }) => a + count, 0n)).toBe(projection.total);
}

/** A rollup is the sum of its cells, whatever dimensions are kept; units of other quanta too. */
function rollupIsTheSum(projection: Projection, dimensions: readonly Dimension[]): void {
  const finest = 20;
  const sumsOf = (rows: Iterable<Pick<RolledRow, 'measure' | 'unit' | 'count'>>) => {
    const sums = new Map<string, bigint>();
    for (const { measure, unit, count } of rows) {
      const key = `${measure} ${unit.label}`;
      const aligned = count * 10n ** BigInt(finest - unit.places);
      sums.set(key, (sums.get(key) ?? 0n) + aligned);
    }
    return sums;
  };
  const [rows, cells] = [sumsOf(rollup(projection, dimensions)), sumsOf(projection.cells)];
  const isSame = rows.size === cells.size && [...rows].every(([key, n]) => cells.get(key) === n);
  if (!isSame) expect(new Map([...rows].sort())).toEqual(new Map([...cells].sort()));
}

/** A forecast in its own currency alone has the cells that it has beside other currencies. */
function currenciesMoveNothing(projection: Projection): void {
  const { scenario, currencies } = projection;
  const own = scenario.currency.code;
  const others = currencies.map(({ code }) => code).filter((code) => code !== own);
  if (others.length === 0) return;
  const cells = projection.cells.filter(({ unit }) => !others.includes(unit.label));
  expectSameCells(cells, project(scenario, { currencies: [own] }).cells);
}

/** A file with its keys in another order has the forecast that it had. */
function orderMovesNothing(spec: Spec, projection: Projection, order: number): void {
  const shuffled = loaded(toYaml(spec, (keys) => shuffle(keys, order)));
  const currencies = projection.currencies.map(({ code }) => code);
  expectSameCells(project(shuffled, { currencies }).cells, projection.cells);
}

/** Cells in any order are equal by name and number; only where they are not are they printed. */
function expectSameCells(some: readonly ProjectedCell[], others: readonly ProjectedCell[]): void {
  const counts = new Map(others.map((cell) => [nameOf(cell), cell.count]));
  const isSame =
    some.length === counts.size && some.every((cell) => counts.get(nameOf(cell)) === cell.count);
  if (!isSame) expect(printedCells(some)).toEqual(printedCells(others));
}

function nameOf({ period, path, supplier, measure, unit }: ProjectedCell): string {
  return `${String(period)}|${path}|${supplier}|${measure}|${unit.label}|${String(unit.places)}`;
}

function printedCells(cells: readonly ProjectedCell[]): readonly string[] {
  return cells.map((cell) => `${nameOf(cell)} ${String(cell.count)}`).sort();
}

/** A permutation that depends on the seed and the keys alone. */
function shuffle(keys: readonly string[], seed: number): string[] {
  const weight = (key: string) =>
    Array.from(key).reduce(
      (hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 65_521,
      seed % 65_521,
    );
  return [...keys].sort((a, b) => weight(a) - weight(b));
}

/** Units are counted by component; who sells them changes no total, unless a supplier has a price of its own. */
function suppliersMoveNoUnits(spec: Spec, projection: Projection): void {
  const ownPrices = pathsWithOwnPrices(projection);
  const totals = unitTotals(projection, ownPrices);
  if (totals.size === 0) return;
  const nameless = project(loaded(toYaml(withoutSuppliers(spec))), { measures: ['units'] });
  expect(unitTotals(nameless, ownPrices)).toEqual(totals);
}

function unitTotals(projection: Projection, except: ReadonlySet<string>) {
  return sumBy(projection, ({ measure, path, period }) =>
    measure === 'units' && !except.has(path) ? `${path} ${String(period)}` : undefined,
  );
}

/** Leaves whose prices belong to suppliers, so that removing these would remove prices. */
function pathsWithOwnPrices({ scenario }: Projection): ReadonlySet<string> {
  const own = scenario.leaves.filter(({ prices }) => prices.some((price) => price?.own));
  return new Set(own.map(({ path }) => path));
}

/** The scenario without bills, and without the suppliers of leaves that have no prices of their own. */
function withoutSuppliers(spec: Spec): Spec {
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key, inner]) => key !== 'bill' && (key !== 'suppliers' || hasOwnPrice(inner)))
        .map(([key, inner]) => [key, key === 'suppliers' ? inner : strip(inner)]),
    );
  };
  return { ...spec, components: strip(spec.components) } as Spec;
}

function hasOwnPrice(suppliers: unknown): boolean {
  return Object.values(suppliers as object).some(
    (supplier) => typeof supplier === 'object' && supplier !== null && 'price' in supplier,
  );
}

/** The whole model against a second, naive one that shares no code with it. */
function agreesWithNaive(spec: Spec, projection: Projection): void {
  const { currencies } = spec;
  // The forecast has its own currency too, which may not have been asked for.
  const asked = currencies.includes(spec.currency)
    ? projection
    : project(projection.scenario, { currencies });
  expect(linesOf(cellsOf(asked))).toBe(linesOf(naive(spec)));
  const { envelope, total } = asked;
  expect({ envelope: String(envelope), total: String(total) }).toEqual(naiveTotals(spec));
}
