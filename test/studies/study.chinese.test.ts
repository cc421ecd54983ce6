/** Studies in Chinese: no phrase of a page is left in English, and files for programs have the same bytes. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  STUDIES,
  ask,
  loadScenarios,
  writeJson,
  writeOutline,
  type Answer,
  type Scenario,
} from '../../src/index.js';
import type { Sheet } from '../../src/core/table.js';
import { csvPieces } from '../../src/formats/csv.js';
import { englishIn } from '../support/chinese.js';
import { readBeside } from '../support/files.js';
import { valueOf } from '../support/results.js';
import { planOf } from '../support/workbooks.js';

const [BASE, ROLLING, LOW, HIGH, UNITS] = [
  'alibaba-380bn',
  'alibaba-rolling',
  'alibaba-low',
  'alibaba-high',
  'alibaba-units',
].map((id) => planOf(id).scenario) as [Scenario, Scenario, Scenario, Scenario, Scenario];

const PORTFOLIO = 'test/cases/three-buyers/portfolio.yaml';
const REPORTED = `suppliers:
  innolight: { currency: CNY, revenue: { FY2024: { value: 23.862bn CNY, assumption: mine } } }
`;
const BUYERS = loadScenarios(`${readFileSync(PORTFOLIO, 'utf8')}${REPORTED}`, {
  ...{ name: PORTFOLIO, read: readBeside },
}).scenarios;

/** A study, what is asked of it, and the scenarios. */
type Question = readonly [study: string, options: object, scenarios: readonly Scenario[]];

const DERIVED = 'yoy,qoq,ttm,ytd,cumulative,share,cagr,start,end,months';

const ACTUALS_FILE = 'scenarios/actuals/alibaba-capex.csv';
const ACTUALS = { name: ACTUALS_FILE, text: readFileSync(ACTUALS_FILE, 'utf8') };

const QUESTIONS: readonly Question[] = [
  ['run', { by: 'calendar_year,supplier', in: '亿', with: DERIVED }, [ROLLING]],
  ['show', { by: 'fiscal_quarter,component', with: DERIVED }, [ROLLING]],
  ['show', { by: 'supplier_year,supplier' }, [ROLLING]],
  ['show', { by: 'fiscal_year,supplier' }, [BASE]],
  ['evidence', {}, [ROLLING]],
  ['sensitivity', { of: 'h3c:revenue', show: true }, [BASE]],
  ['sensitivity', { of: '*@2026:revenue', show: true }, [ROLLING]],
  ['sensitivity', { grid: ['envelope=300bn CNY,400bn CNY'], show: true }, [BASE]],
  [
    'sensitivity',
    {
      grid: ['envelope=300bn CNY,400bn CNY', 'components.servers.suppliers.h3c.share=10%,20%'],
      show: true,
    },
    [BASE],
  ],
  [
    'sensitivity',
    { fx: ['USD=-10%..+10%/10%'], by: 'calendar_year', in: '亿', show: true },
    [ROLLING],
  ],
  ['compare', { show: true, with: DERIVED, by: 'calendar_year,component' }, [BASE, ROLLING]],
  ['compare', { show: true, in: '亿', measure: 'demand,units' }, [BASE, LOW]],
  ['compare', { bridge: true, show: true, in: '亿' }, [BASE, HIGH]],
  ['compare', { bridge: true, show: true }, [BASE, LOW]],
  ['compare', { inputs: true, show: true }, [BASE, LOW]],
  ['compare', { inputs: true, show: true }, [BASE, BASE]],
  ['explain', { cell: 'servers/inspur@FY2026Q3:revenue.USD' }, [BASE]],
  ['explain', { cell: 'servers/accelerators@2026:revenue' }, [ROLLING]],
  ['explain', { cell: 'servers@2026:demand.CNY.yoy' }, [ROLLING]],
  ['explain', { cell: 'switches@2026:demand.CNY.share' }, [ROLLING]],
  ['explain', { cell: 'servers:demand.CNY.qoq' }, [ROLLING]],
  ['explain', { uses: 'envelope' }, [BASE]],
  ['explain', { uses: 'components.servers.suppliers.h3c.share' }, [BASE]],
  ['simulate', { draws: '50', show: true, above: ['servers/inspur:revenue=60bn CNY'] }, [BASE]],
  ['solve', { for: 'envelope', target: 'h3c:revenue=35bn CNY' }, [BASE]],
  ['solve', { for: 'envelope', target: 'h3c:revenue=90bn CNY' }, [BASE]],
  ['solve', { for: 'components.servers.suppliers.h3c.share', target: '*=380bn CNY' }, [BASE]],
  ['backtest', { actuals: ACTUALS, basis: 'headline', show: true }, [BASE]],
  ['materiality', { show: true }, [ROLLING]],
  ['materiality', { show: true }, [BASE]],
  ['materiality', { show: true }, BUYERS],
  ['evidence', {}, BUYERS],
  ['triangulate', { show: true }, [UNITS]],
  ['exposure', { show: true }, [BASE]],
  ['exposure', { by: 'calendar_year', show: true }, BUYERS],
];

/** All that a person reads of an answer. */
function pageOf({ sheets = [], outline, notes, table }: Answer): readonly string[] {
  return [
    ...sheets.flatMap(textsOf),
    ...(outline ? [writeOutline(outline, { width: 400 })] : []),
    ...notes,
    ...(sheets.length > 0 ? [] : (table?.notes ?? [])),
  ];
}

function textsOf({ title, caption, headings, rows, notes, axis }: Sheet): readonly string[] {
  const sides = rows.flatMap(({ sides }) => (sides ? [sides.low.label, sides.high.label] : []));
  const cells = rows.flatMap(({ label, cells }) => [label, ...cells]);
  return [title, caption, ...headings, ...cells, ...notes, ...sides, ...(axis ? [axis.label] : [])];
}

const filesOf = ({ table, document }: Answer) => [
  table && [...csvPieces(table, {})].join(''),
  document && writeJson(document),
];

it.each(QUESTIONS)('%s %o', (name, options, scenarios) => {
  const study = STUDIES.find((one) => one.name === name)!;
  const answerIn = (lang: string) => valueOf(ask(study, scenarios, { ...options, lang }));
  const [chinese, english] = [answerIn('zh'), answerIn('en')];
  expect(englishIn(pageOf(chinese), scenarios)).toEqual([]);
  expect(filesOf(chinese)).toEqual(filesOf(english));
});

it('asks every study that takes a language', () => {
  const asked = QUESTIONS.map(([name]) => name);
  const taking = STUDIES.filter(({ options }) => Object.hasOwn(options.shape, 'lang'));
  expect(taking.filter(({ name }) => !asked.includes(name))).toEqual([]);
});
