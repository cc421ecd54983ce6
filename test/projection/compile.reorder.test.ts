/** Order and names in a file do not change its numbers, over 10,000 random scenarios. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { project } from '../../src/projection/compile.js';
import type { Projection } from '../../src/projection/evaluate.js';
import { scenarios } from '../naive/generator.js';
import { toYaml, type Spec } from '../naive/spec.js';
import { cases } from '../support/cases.js';
import { cellsOf, linesOf, loaded } from '../support/cells.js';
import { sumBy } from '../support/laws.js';

it('reordering maps changes no number; removing suppliers changes no unit total', () => {
  fc.assert(
    fc.property(scenarios(), fc.nat(), (spec, seed) => {
      const cells = (projection: Projection) => linesOf(cellsOf(projection));
      const { currencies } = spec;
      const written = project(loaded(toYaml(spec)), { currencies });
      const shuffled = toYaml(spec, (keys) => shuffle(keys, seed));
      expect(cells(project(loaded(shuffled), { currencies }))).toBe(cells(written));

      const nameless = project(loaded(toYaml(withoutSuppliers(spec))));
      const ownPrices = pathsWithOwnPrices(written);
      expect(unitTotals(nameless, ownPrices)).toEqual(unitTotals(written, ownPrices));
    }),
    { numRuns: cases(10_000) },
  );
}, 600_000);

/** A permutation that depends on the seed and the keys alone. */
function shuffle(keys: readonly string[], seed: number): string[] {
  const weight = (key: string) =>
    Array.from(key).reduce(
      (hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 65_521,
      seed % 65_521,
    );
  return [...keys].sort((a, b) => weight(a) - weight(b));
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
