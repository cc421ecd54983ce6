/** A small scenario for tests of one section: the sections that a test does not name have these values. */
import { expect } from 'vitest';
import { writeDiagnostics } from '../../src/formats/diagnosticText.js';
import { project } from '../../src/projection/compile.js';
import { load } from '../../src/scenario/load.js';
import { cellsOf, loaded } from './cells.js';

const SECTIONS = {
  scenario: 'small',
  currency: 'CNY',
  calendar: '{ fiscal_year_ends: 3, from: FY2026Q1, to: FY2026Q4 }',
  envelope: '400 CNY',
  phasing: 'even',
  estimates: '{ view: { split: { servers: 60%, open: rest } } }',
  mix: 'view',
};

/** @param sections YAML by the name of its section */
export function scenarioText(sections: Readonly<Record<string, string>>): string {
  const all = Object.entries({ ...SECTIONS, ...sections });
  return all.map(([name, yaml]) => `${name}: ${yaml}\n`).join('');
}

/** The printed cells of a small scenario: `period|component|supplier|measure|unit` → value. */
export function smallForecast(
  sections: Readonly<Record<string, string>>,
  currencies: readonly string[] = [],
): ReadonlyMap<string, string> {
  return cellsOf(project(loaded(scenarioText(sections)), { currencies }));
}

/** The values of a measure of one component in the order of time, the tail last. */
export function seriesOf(
  cells: ReadonlyMap<string, string>,
  component: string,
  measure = 'demand',
  unit = 'CNY',
): readonly string[] {
  return [...cells].flatMap(([key, value]) => {
    const [, path, , ...kind] = key.split('|');
    return path === component && kind.join('|') === `${measure}|${unit}` ? [value] : [];
  });
}

/** The diagnostics of a small scenario, one text each: `error bounds: a price of 0 is not above zero`. */
export function saidOf(sections: Readonly<Record<string, string>>): readonly string[] {
  const { diagnostics } = load(scenarioText(sections));
  return diagnostics.map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
}

/** A small scenario has to be refused; the text of what is said of it. */
export function refusalOf(sections: Readonly<Record<string, string>>): string {
  const { scenario, diagnostics } = load(scenarioText(sections));
  if (scenario) expect.fail('the scenario was not refused');
  return writeDiagnostics(diagnostics);
}
