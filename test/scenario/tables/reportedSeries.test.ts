/** Reported series: the latest row that was known, and year-to-date amounts as amounts of periods. */
import { expect, it } from 'vitest';
import { success } from '../../../src/core/result.js';
import { project } from '../../../src/projection/compile.js';
import { load } from '../../../src/scenario/load.js';
import { cellsOf } from '../../support/cells.js';
import { scenarioText, seriesOf } from '../../support/scenarios.js';

/** A scenario whose reported amounts stand in a table. */
function reported(csv: string, options = '', asOf = '2026-03-31') {
  const text = scenarioText({
    as_of: asOf,
    estimates: '{ view: { split: { servers: 100% } } }',
    actuals: `{ periods: { file: t.csv${options} } }`,
  });
  return load(text, { read: () => success({ name: 't.csv', text: csv }) });
}

/** Its demand by period; a message where it was refused. */
function demandOf(...args: Parameters<typeof reported>): readonly string[] {
  const { scenario, diagnostics } = reported(...args);
  return scenario
    ? seriesOf(cellsOf(project(scenario)), 'servers')
    : diagnostics.map(({ code, message }) => `${code}: ${message}`);
}

it.each([
  ['amounts that grow', '20 CNY\nFY2026Q2,45 CNY', ['20.00', '25.00', '177.50', '177.50']],
  ['a period of zero', '20 CNY\nFY2026Q2,20 CNY', ['20.00', '0.00', '190.00', '190.00']],
  ['nothing so far', '0 CNY\nFY2026Q2,0 CNY', ['0.00', '0.00', '200.00', '200.00']],
  [
    'amounts that fall',
    '20 CNY\nFY2026Q2,19.99 CNY',
    ['csv-series: the year-to-date amount falls by 0.01 CNY in FY2026Q2'],
  ],
])('reads year-to-date amounts: %s', (_, amounts, demand) => {
  expect(demandOf(`period,capex\nFY2026Q1,${amounts}\n`, ', cumulative: true')).toEqual(demand);
});

it('year-to-date amounts need every period of the year so far', () => {
  expect(demandOf('period,capex\nFY2026Q2,45 CNY\n', ', cumulative: true')).toEqual([
    'csv-series: the year-to-date amount of FY2026Q2 needs that of FY2026Q1',
  ]);
});

const RESTATED = 'period,capex,reported\nFY2026Q1,10 CNY,2025-08-01\nFY2026Q1,40 CNY,2025-11-01\n';

it.each([
  ['before the second one', '2025-10-31', '10.00'],
  ['of the second one', '2025-11-01', '40.00'],
  ['after both', '2026-03-31', '40.00'],
])('takes the latest row that was reported by a day %s', (_, asOf, first) => {
  expect(demandOf(RESTATED, '', asOf)[0]).toBe(first);
});

it('the order of the rows does not choose between them', () => {
  const [head, early, late] = RESTATED.trim().split('\n');
  expect(demandOf(`${head}\n${late}\n${early}\n`)).toEqual(demandOf(RESTATED));
});

it('rejects two rows for a period that were reported on one day', () => {
  const rows = RESTATED.replace('2025-11-01', '2025-08-01');
  expect(demandOf(rows)).toEqual(['key-duplicate: `FY2026Q1` appears twice in this table']);
});
