import fc from 'fast-check';
import { expect, it } from 'vitest';
import { show } from '../../../src/studies/forecast/show.js';
import { ask } from '../../../src/studies/study.js';
import { scenarios } from '../../naive/generator.js';
import { toYaml } from '../../naive/spec.js';
import { caseText } from '../../support/caseFiles.js';
import { cases } from '../../support/cases.js';
import { loaded } from '../../support/cells.js';
import { valueOf } from '../../support/results.js';
import { scenarioText } from '../../support/scenarios.js';

const sheetsOf = (text: string, options: object) =>
  valueOf(ask(show, [loaded(text)], options)).sheets!;

it('says how many months of a calendar year the window holds, where it does not hold all', () => {
  const [sheet] = sheetsOf(caseText('calendar-partial/s.yaml'), { by: 'calendar_year,component' });
  expect(sheet!.headings).toEqual([
    '2025, 9 of 12 months',
    '2026',
    '2027, 3 of 12 months',
    'total',
  ]);
});

it('says which supplier’s years the window holds in part, where suppliers differ', () => {
  const [sheet] = sheetsOf(caseText('supplier-year-order/s.yaml'), {
    by: 'supplier_year,supplier',
  });
  expect(sheet!.headings).toEqual(['FY2025, 6 of 12 months', 'FY2026', 'total']);
  expect(sheet!.notes).toContain('FY2026: 6 of 12 months for amd, unassigned');
});

it('says which quarters the window holds in part, and which periods are split', () => {
  const calendar = '{ fiscal_year_ends: 1, from: FY2026Q1, to: FY2026Q2 }';
  const [sheet] = sheetsOf(scenarioText({ calendar }), { by: 'calendar_quarter' });
  expect(sheet!.headings).toEqual([
    ...['2025Q1, 2 of 3 months', '2025Q2', '2025Q3, 1 of 3 months', 'total'],
  ]);
  expect(sheet!.notes).toEqual([
    'FY2026Q1, FY2026Q2 lie in more than one calendar quarter and are split over their months in equal parts',
  ]);
});

const PARTS = { year: 1, half: 2, quarter: 4 } as const;
const KINDS = (['fiscal', 'calendar'] as const).flatMap((whose) =>
  (['year', 'half', 'quarter'] as const).map((part) => ({ whose, part })),
);

it('holds as many months in all its headings as the window has', () => {
  const law = fc.property(scenarios(), fc.constantFrom(...KINDS), (spec, { whose, part }) => {
    const scenario = loaded(toYaml(spec));
    const by = `${whose}_${part}`;
    const [sheet] = valueOf(ask(show, [scenario], { by, measure: 'demand' })).sheets!;
    const { window } = scenario;
    const endMonth = whose === 'fiscal' ? window.calendar.endMonth : 12;
    const length = 12 / PARTS[part];
    const months = new Map<string, number>();
    for (let month = window.start; month < window.end; month++) {
      const year = Math.floor((month + 12 - endMonth) / 12);
      const index = Math.floor((month + 12 - endMonth - 12 * year) / length) + 1;
      const name = part === 'year' ? '' : `${part === 'half' ? 'H' : 'Q'}${index}`;
      const label = `${whose === 'fiscal' ? 'FY' : ''}${year}${name}`;
      months.set(label, (months.get(label) ?? 0) + 1);
    }
    const expected = [...months].map(([label, held]) =>
      held === length ? label : `${label}, ${held} of ${length} months`,
    );
    expect(sheet!.headings).toEqual([...expected, 'total']);
  });
  fc.assert(law, { numRuns: cases(25) });
});
