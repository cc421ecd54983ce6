/** Cases of portfolios: what a supplier sells to several buyers. */
import { expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { loadScenarios } from '../../src/scenario/portfolio/loadScenarios.js';
import { forecast } from '../../src/studies/forecast/forecast.js';
import { show } from '../../src/studies/forecast/show.js';
import { writeText } from '../../src/formats/text.js';
import { ask } from '../../src/studies/study.js';
import { readBeside } from '../support/files.js';
import { valueOf } from '../support/results.js';

const name = 'test/cases/three-buyers/portfolio.yaml';
const { scenarios } = loadScenarios(readFileSync(name, 'utf8'), { name, read: readBeside });

/** The numbers of a table of what innolight sells, as its lines. */
function linesOf(by: string): readonly string[] {
  const where = ['supplier=innolight'];
  const options = { by, where, currency: 'USD', measure: 'revenue' };
  const { table, notes } = valueOf(ask(forecast, scenarios, options));
  return [...[...table!.rows].map((row) => row.slice(0, -1).join(' ')), ...notes];
}

it('sums what innolight sells to three buyers in calendar 2026', () => {
  expect(linesOf('calendar_year,supplier')).toEqual([
    'three-buyers 2025 innolight revenue USD 585637927.01',
    'three-buyers 2026 innolight revenue USD 702511989.50',
    'three-buyers 2027 innolight revenue USD 772763188.48',
    'three-buyers 2028 innolight revenue USD 70555426.45',
    'three-buyers: 2025: 9 of 12 months for alibaba',
    'three-buyers: 2028: 3 of 12 months for alibaba',
    'three-buyers: 2028: 0 of 12 months for tencent, bytedance',
  ]);
});

it('has its parts by buyer', () => {
  const in2026 = linesOf('calendar_year,buyer').filter((line) => line.includes(' 2026 '));
  expect(in2026).toEqual([
    'three-buyers alibaba 2026 revenue USD 250734160.10',
    'three-buyers tencent 2026 revenue USD 184057634.20',
    'three-buyers bytedance 2026 revenue USD 267720195.20',
  ]);
});

it('says once what is true of several buyers', () => {
  const set = ['tencent', 'bytedance'].map((buyer) => `${buyer}.calendar.fiscal_year_ends=2`);
  const moved = loadScenarios(readFileSync(name, 'utf8'), { name, read: readBeside, set });
  const { notes } = valueOf(ask(forecast, moved.scenarios, { by: 'calendar_year,supplier' }));
  expect(notes.filter((note) => note.includes('split'))).toEqual([
    'tencent, bytedance: FY2025Q4, FY2026Q4, FY2027Q4 lie in more than one calendar year' +
      ' and are split over their months in equal parts',
  ]);
});

it('shows the sum, and its buyers as lines', () => {
  const options = { where: ['supplier=innolight'], currency: 'USD', measure: 'revenue' };
  const shown = (by: string) => {
    const { sheets } = valueOf(ask(show, scenarios, { ...options, by }));
    return writeText(sheets!.slice(0, -1), { width: 80 }).replace(/ +\S*[█▏▎▍▌▋▊▉]$/gm, '');
  };
  expect(shown('calendar_year,buyer')).toBe(`\
What three buyers buy (three-buyers), closure budget, supplier=innolight
revenue, USD m    2025    2026    2027   2028     total
alibaba         174.93  250.73  275.81  70.56    772.03
tencent         167.33  184.06  202.46   0.00    553.85
bytedance       243.38  267.72  294.49   0.00    805.59
total           585.64  702.51  772.76  70.56  2,131.47
2025: 9 of 12 months for alibaba
2028: 3 of 12 months for alibaba
2028: 0 of 12 months for tencent, bytedance
`);
  expect(shown('calendar_year,component')).toContain(
    'optical_modules  585.64  702.51  772.76  70.56  2,131.47\n',
  );
});

it('shows the growth of the sum, and the shares of its buyers', () => {
  const options = { where: ['supplier=innolight'], currency: 'USD', measure: 'revenue' };
  const asked = { ...options, by: 'calendar_year,buyer', with: 'yoy,share' };
  const { sheets } = valueOf(ask(show, scenarios, asked));
  const shown = writeText(sheets!, { width: 80 }).replace(/ +\S*[█▏▎▍▌▋▊▉]$/gm, '');
  expect(shown.split('\n').slice(2, 13)).toEqual([
    'alibaba         174.93  250.73  275.81   70.56    772.03',
    '  yoy                            10.0%',
    '  share          29.9%   35.7%   35.7%  100.0%     36.2%',
    'tencent         167.33  184.06  202.46    0.00    553.85',
    '  yoy                    10.0%   10.0%',
    '  share          28.6%   26.2%   26.2%    0.0%     26.0%',
    'bytedance       243.38  267.72  294.49    0.00    805.59',
    '  yoy                    10.0%   10.0%',
    '  share          41.5%   38.1%   38.1%    0.0%     37.8%',
    'total           585.64  702.51  772.76   70.56  2,131.47',
    '  yoy                            10.0%',
  ]);
});
