/** Estimates in units: by hand, and against the naive model, which shares no code with the engine. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { textRecordsOf } from '../../../src/core/table.js';
import { project } from '../../../src/projection/compile.js';
import { forecast } from '../../../src/studies/forecast/forecast.js';
import { ask } from '../../../src/studies/study.js';
import { naive, naiveTotals } from '../../naive/model.js';
import { toYaml } from '../../naive/spec.js';
import { unitScenarios } from '../../naive/unitScenarios.js';
import { cases } from '../../support/cases.js';
import { cellsOf, linesOf, loaded } from '../../support/cells.js';
import { valueOf } from '../../support/results.js';

/** `CAPEX_UNITS=2000` tries that many random scenarios. */
const TRIED = Number(process.env['CAPEX_UNITS'] ?? cases(150));

it('the engine and the naive model agree on every cell of random scenarios with estimates in units', () => {
  fc.assert(
    fc.property(unitScenarios, (spec) => {
      const projection = project(loaded(toYaml(spec)), { currencies: spec.currencies });
      expect(linesOf(cellsOf(projection))).toBe(linesOf(naive(spec)));
      const { envelope, total } = projection;
      expect({ envelope: String(envelope), total: String(total) }).toEqual(naiveTotals(spec));
    }),
    { numRuns: TRIED },
  );
}, 600_000);

/** 100,000 accelerators a year, 8 for each server, 2.5 modules for each, at 450 USD, 12% cheaper each year. */
const BOTTOM_UP = `scenario: bottom-up
currency: USD
calendar: { fiscal_year_ends: 12, from: FY2026, to: FY2028, period: year }
envelope: { from: physical }
estimates:
  physical:
    units:
      accelerators: { count: 100000 }
      servers: { per: accelerators, ratio: 1/8 }
      optical_modules: { per: accelerators, ratio: 2.5 }
components:
  servers: { price: { value: 200k USD, unit: server } }
  optical_modules: { price: { value: 450 USD, unit: module, erosion: 12% } }
fx: { base: { CNY: 0.14 } }
`;

/** The values of a component by year. */
function byYear(text: string, component: string, options: object): string[] {
  const by = 'fiscal_year,component';
  const where = [`component=${component}`];
  const { table } = valueOf(ask(forecast, [loaded(text)], { by, where, ...options }));
  const at = table!.columns.findIndex(({ name }) => name === 'value');
  return [...table!.rows].map((row) => row[at]!);
}

it('counts 250,000 modules and 12,500 servers a year, and their cost', () => {
  const modules = byYear(BOTTOM_UP, 'optical_modules', { measure: 'units' });
  expect(modules).toEqual(['250000', '250000', '250000']);
  const servers = byYear(BOTTOM_UP, 'servers', { measure: 'units' });
  expect(servers).toEqual(['12500', '12500', '12500']);
  const costs = byYear(BOTTOM_UP, 'optical_modules', { measure: 'demand' });
  expect(costs).toEqual(['112500000.00', '99000000.00', '87120000.00']);
});

it('keeps the units when rates move, and in another currency', () => {
  const foreign = BOTTOM_UP.replace('450 USD', '3150 CNY').replace(
    'fx: { base: { CNY: 0.14 } }',
    'fx: { base: { CNY: 0.14 }, path: { CNY: { FY2027: 0.17 } } }',
  );
  const modules = byYear(foreign, 'optical_modules', { measure: 'units', currency: 'CNY' });
  expect(modules).toEqual(['250000', '250000', '250000']);
  const costs = byYear(foreign, 'optical_modules', { measure: 'demand' });
  expect(costs).toEqual(['110250000.00', '117810000.00', '103672800.00']);
});

it('refuses every closure but volume', () => {
  const result = ask(forecast, [loaded(BOTTOM_UP)], { closure: 'budget' });
  expect(result.ok ? [] : result.diagnostics.map(({ message }) => message)).toEqual([
    'the plan follows from units, which stay as they are: its closure is `volume`',
  ]);
});

it('a gigawatt costs 34.99bn USD, of which accelerators are 39%', () => {
  const text = readFileSync('scenarios/gigawatt.yaml', 'utf8');
  const total = (options: object) =>
    textRecordsOf(valueOf(ask(forecast, [loaded(text)], { by: 'fiscal_year', ...options })).table!);
  expect(total({ measure: 'demand' })[0]!['value']).toBe('34994068801.90');
  expect(total({ measure: 'content' })[0]!['value']).toBe('13647686832.74');
});
