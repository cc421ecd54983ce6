/** Rows in the order of the contract: by time, component, supplier in file order, measure, currency. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DIMENSIONS, load, project, rollup } from '../../src/index.js';
import { scenarios } from '../naive/generator.js';
import { TIME_DIMENSIONS } from '../../src/projection/timeGroups.js';
import { toYaml } from '../naive/spec.js';
import { caseText } from '../support/caseFiles.js';
import { cases } from '../support/cases.js';
import { loaded } from '../support/cells.js';

const TEXT = `scenario: rows
currency: CNY
calendar: { fiscal_year_ends: 3, from: FY2026, to: FY2027 }
envelope: 10bn CNY
phasing: even
estimates:
  view: { split: { servers: 60%, switches: 30%, optics: rest } }
mix: view
components:
  servers:
    price: { value: 100 CNY, unit: server, assumption: a price }
    suppliers: { late: 50%, early: 30%, shared: rest }
  switches: { suppliers: { shared: 10%, early: 20%, late: rest } }
  optics: { suppliers: { early: 100% } }
fx: { base: { USD: { value: 7, name: a rate } } }
`;

const { scenario } = load(TEXT);
const rows = rollup(project(scenario!, { currencies: ['USD', 'CNY'] }), [
  'fiscal_year',
  'component',
  'supplier',
]);

it('orders suppliers as their own component does', () => {
  const names = rows.flatMap(({ labels: [year, ...place], measure, unit }) =>
    year === 'FY2027' && measure === 'demand' && unit.label === 'CNY' ? [place.join('/')] : [],
  );
  expect(names).toEqual([
    ...['servers/late', 'servers/early', 'servers/shared'],
    ...['switches/shared', 'switches/early', 'switches/late'],
    'optics/early',
  ]);
});

it('orders the measures of a supplier, and currencies as asked for', () => {
  const own = rows.filter(({ labels }) => labels.join('/') === 'FY2026/servers/early');
  expect(own.map(({ measure, unit }) => `${measure} ${unit.label}`)).toEqual([
    ...['demand USD', 'demand CNY', 'revenue USD', 'revenue CNY', 'units server'],
  ]);
});

it('units of one name and different quanta are summed in the finer one', () => {
  const power = (quanta: readonly string[]) =>
    quanta
      .map((quantum, i) => `p${i}: { price: { value: 3 CNY, unit: MW, quantum: ${quantum} } }`)
      .join(', ');
  const unitsOf = (quanta: readonly string[]) => {
    const text = TEXT.slice(0, TEXT.indexOf('estimates:'));
    const parts = `estimates: { view: { split: { p0: 50%, p1: rest } } }\nmix: view\n`;
    const loaded = load(`${text}${parts}components: { ${power(quanta)} }\n`);
    const all = rollup(project(loaded.scenario!), ['fiscal_year']);
    return all
      .filter(({ measure }) => measure === 'units')
      .map(({ labels: [year], count, unit }) => [year, count, unit.places]);
  };
  // 625m CNY a quarter for each of the two: 208,333,333.333 MW, and 208,333,333.
  const rows = [
    ['FY2026', 1_666_666_665_332n, 3],
    ['FY2027', 1_666_666_665_332n, 3],
  ];
  expect(unitsOf(['0.001', '1'])).toEqual(rows);
  expect(unitsOf(['1', '0.001'])).toEqual(rows);
});

it('puts years of suppliers that end in different months into the order of time', () => {
  const projection = project(loaded(caseText('supplier-year-order/s.yaml')));
  const places = rollup(projection, ['supplier_year', 'supplier']).flatMap(({ labels, measure }) =>
    measure === 'revenue' ? [labels.join(' ')] : [],
  );
  expect(places).toEqual([
    ...['FY2025 amd', 'FY2025 unassigned'],
    ...['FY2026 smci', 'FY2026 amd', 'FY2026 others', 'FY2026 unassigned'],
  ]);
});

const TIMES: readonly string[] = TIME_DIMENSIONS;

it('orders labels by time, then by their place in the forecast, whatever dimensions are kept', () => {
  const kept = fc.subarray([...DIMENSIONS], { minLength: 1 });
  const law = fc.property(scenarios(), kept, (spec, dimensions) => {
    const projection = project(loaded(toYaml(spec)));
    const rolled = rollup(projection, dimensions);
    const isTime = (_: string, i: number) => TIMES.includes(dimensions[i]!);
    const keep = (time: boolean) =>
      rolled.map(({ labels }) => labels.filter((one, i) => isTime(one, i) === time));
    const labelsOfTime = keep(true);
    expect(labelsOfTime).toEqual([...labelsOfTime].sort(compareTimes));
    const order = rollup(
      projection,
      dimensions.filter((one) => !TIMES.includes(one)),
    );
    const ranks = new Map(order.map(({ labels }, rank) => [labels.join(), rank]));
    const places = keep(false).map((labels) => ranks.get(labels.join())!);
    labelsOfTime.forEach((labels, i) => {
      // `after FY2028` and `after FY2028Q1` are two labels of tails, of suppliers with other years.
      const isSameTime = labelsOfTime[i - 1]?.join() === labels.join();
      if (isSameTime) expect(places[i]!).toBeGreaterThanOrEqual(places[i - 1]!);
    });
  });
  fc.assert(law, { numRuns: cases(60) });
});

/** The month in which a group begins; all tails begin where the window ends, after every group. */
function timeOf(label: string): number {
  const [, after, year, part, index] = /^(after )?(?:FY)?(\d+)(?:([HQM])(\d+))?$/.exec(label)!;
  if (after !== undefined) return Infinity;
  const length = { H: 6, Q: 3, M: 1 }[part ?? 'M']!;
  return Number(year) * 12 + (part === undefined ? 0 : (Number(index) - 1) * length);
}

/** Tails of suppliers with other years have other labels: among them the text decides. */
function compareTimes(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((one, i) => one !== b[i]);
  if (at < 0) return 0;
  const [x, y] = [a[at]!, b[at]!];
  return timeOf(x) === timeOf(y) ? Number(x > y) - Number(x < y) : timeOf(x) - timeOf(y);
}
