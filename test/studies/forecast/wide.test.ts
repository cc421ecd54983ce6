/** Wide tables: a column for each period or group of time. */
import { expect, it } from 'vitest';
import { writeCsv } from '../../../src/formats/csv.js';
import { ask, forecast } from '../../../src/index.js';
import { loaded } from '../../support/cells.js';
import { valueOf } from '../../support/results.js';
import { scenarioText } from '../../support/scenarios.js';

it('has whole periods as columns: groups of time that split them are left out', () => {
  const calendar = '{ fiscal_year_ends: 1, from: FY2026Q1, to: FY2026Q4 }';
  const csvOf = (by: string) => {
    const scenario = loaded(scenarioText({ calendar }));
    return writeCsv(valueOf(ask(forecast, [scenario], { by, wide: true })).table!);
  };
  expect(csvOf('calendar_quarter,period,component')).toBe(csvOf('period,component'));
  expect(csvOf('calendar_quarter,component')).toContain('2025Q1,2025Q2,2025Q3,2025Q4,2026Q1');
});
