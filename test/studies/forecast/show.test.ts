import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fiscalYearOf } from '../../../src/core/period.js';
import { show } from '../../../src/studies/forecast/show.js';
import { ask } from '../../../src/studies/study.js';
import { scenarios } from '../../naive/generator.js';
import { toYaml } from '../../naive/spec.js';
import { caseText } from '../../support/caseFiles.js';
import { cases } from '../../support/cases.js';
import { loaded } from '../../support/cells.js';
import { valueOf } from '../../support/results.js';

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

it('holds as many months in all its headings as the window has', () => {
  const kinds = fc.constantFrom('fiscal_year', 'calendar_year');
  const law = fc.property(scenarios(), kinds, (spec, by) => {
    const scenario = loaded(toYaml(spec));
    const result = ask(show, [scenario], { by, measure: 'demand' });
    if (!result.ok) return; // A period lies in two calendar years.
    const [sheet] = result.value.sheets!;
    const { window } = scenario;
    const endMonth = by === 'fiscal_year' ? window.calendar.endMonth : 12;
    const months = new Map<string, number>();
    for (let month = window.start; month < window.end; month++) {
      const year = `${by === 'fiscal_year' ? 'FY' : ''}${fiscalYearOf(month, endMonth)}`;
      months.set(year, (months.get(year) ?? 0) + 1);
    }
    const expected = [...months].map(([year, held]) =>
      held === 12 ? year : `${year}, ${held} of 12 months`,
    );
    expect(sheet!.headings).toEqual([...expected, 'total']);
  });
  fc.assert(law, { numRuns: cases(25) });
});
