/** What tables for people say of groups of time that a window holds in part, and of periods that are split. */
import { expect, it } from 'vitest';
import { ask, compare, sensitivity } from '../../../src/index.js';
import { explain } from '../../../src/studies/explain/explain.js';
import { solve } from '../../../src/studies/solve/solve.js';
import { tableHeadings } from '../../../src/studies/shared/timeNotes.js';
import { loaded } from '../../support/cells.js';
import { valueOf } from '../../support/results.js';
import { scenarioText } from '../../support/scenarios.js';

const windowOf = (id: string, range: string) =>
  loaded(scenarioText({ scenario: id, calendar: `{ fiscal_year_ends: 3, ${range} }` }));
const short = windowOf('short', 'from: FY2026Q2, to: FY2027Q4');
const long = windowOf('long', 'from: FY2026Q1, to: FY2027Q4');
const tableOf = (scenario: typeof short) => ({ scenario, sellers: [] });

it('gives the months of a group in its heading where all scenarios hold as many', () => {
  const { heading, notes } = tableHeadings([tableOf(short), tableOf(short)], ['fiscal_year']);
  expect(heading('FY2026', 0)).toBe('FY2026, 9 of 12 months');
  expect(heading('FY2027', 0)).toBe('FY2027');
  expect(notes).toEqual([]);
});

it('gives them in a note where scenarios differ', () => {
  const all = [tableOf(short), tableOf(long)];
  const { heading, notes } = tableHeadings(all, ['component', 'calendar_half']);
  expect(heading('2025H1', 1)).toBe('2025H1, 3 of 6 months');
  expect(heading('2027H1', 1)).toBe('2027H1, 3 of 6 months');
  expect(heading('2025H2', 1)).toBe('2025H2');
  expect(notes).toEqual([]);
  expect(tableHeadings(all, ['fiscal_half']).heading('FY2026H1', 0)).toBe('FY2026H1');
  expect(tableHeadings(all, ['fiscal_half']).notes).toEqual(['FY2026H1: 3 of 6 months for short']);
});

it('a comparison and a bridge have the months in their headings', () => {
  const typed = { by: 'fiscal_year', show: true };
  const [beside] = valueOf(ask(compare, [short, short], typed)).sheets!;
  expect(beside!.rows.map(({ label }) => label)).toEqual([
    ...['FY2026, 9 of 12 months', 'FY2027', 'total'],
  ]);
  const [bridge] = valueOf(ask(compare, [short, short], { ...typed, bridge: true })).sheets!;
  expect(bridge!.headings).toEqual(['FY2026, 9 of 12 months', 'FY2027', 'total']);
});

const april = loaded(
  scenarioText({
    envelope: '{ value: 10bn CNY, low: 1bn CNY, high: 90bn CNY, assumption: a wide range }',
    calendar: '{ fiscal_year_ends: 1, from: FY2026Q1, to: FY2026Q2 }',
  }),
);
const SPLIT = 'FY2026Q1 lies partly in 2025Q1 and is split over its months in equal parts';

it('an answer on an output by a group of time says what is split', () => {
  const cell = '*@2025Q1';
  expect(valueOf(ask(explain, [april], { cell })).notes).toEqual([SPLIT]);
  expect(valueOf(ask(sensitivity, [april], { of: cell })).notes).toContain(SPLIT);
  const question = { for: 'envelope', target: `${cell}=1bn` };
  const { notes } = valueOf(ask(solve, [april], question));
  expect(notes).toContain(SPLIT);
  expect(notes[0]).toContain('*@2025Q1:demand.CNY (2025Q1, 2 of 3 months) = 1bn CNY');
});
