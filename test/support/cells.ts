/** What the tests compare: every cell of a scenario's forecast, by its full name. */
import { expect } from 'vitest';
import { printDecimal } from '../../src/core/number/decimal.js';
import { writeDiagnostics } from '../../src/formats/diagnosticText.js';
import { tailLabel } from '../../src/model/calendar.js';
import { project } from '../../src/projection/compile.js';
import type { Projection } from '../../src/projection/evaluate.js';
import { load } from '../../src/scenario/load.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { readBeside } from './files.js';

/** How a text is loaded as if it stood among the shipped scenarios, beside their ledgers. */
export const SHIPPED = { name: 'scenarios/scenario.yaml', read: readBeside };

/** A shipped text without its ledgers, so that its numbers may be edited away from their claims. */
export function unpinned(text: string): string {
  return text.replace(/^evidence: \[.*\]\n/m, '');
}

/** A scenario that has to load. */
export function loaded(text: string, set: readonly string[] = []): Scenario {
  const { scenario, diagnostics } = load(text, { ...SHIPPED, set });
  if (!scenario) expect.fail(`${writeDiagnostics(diagnostics)}\n${text}`);
  return scenario;
}

/** `period|component|supplier|measure|unit` → printed value; a zero of the tail has no row. */
export function cellsOf({ scenario, cells }: Projection): ReadonlyMap<string, string> {
  const { window } = scenario;
  const printed = cells.flatMap(({ period, path, supplier, measure, unit, count }) => {
    const label = window.periods[period]?.label;
    if (label === undefined && count === 0n) return [];
    const key = [label ?? tailLabel(window), path, supplier, measure, unit.label];
    return [[key.join('|'), printDecimal(count, unit.places)] as const];
  });
  return new Map(printed);
}

/** A line for each cell, sorted: equal texts are equal cells, in whatever order. */
export function linesOf(cells: ReadonlyMap<string, string>): string {
  return Array.from(cells, ([key, value]) => `${key} ${value}`)
    .sort()
    .join('\n');
}

export function forecastCells(
  text: string,
  currencies: readonly string[] = [],
  set: readonly string[] = [],
): ReadonlyMap<string, string> {
  return cellsOf(project(loaded(text, set), { currencies }));
}
