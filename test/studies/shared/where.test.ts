/** `--where`: the rows that meet the conditions are those of the whole forecast, number for number. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compare } from '../../../src/studies/compare/compare.js';
import { forecast } from '../../../src/studies/forecast/forecast.js';
import { show } from '../../../src/studies/forecast/show.js';
import { materiality } from '../../../src/studies/suppliers/materiality.js';
import { sensitivity } from '../../../src/studies/sensitivity/sensitivity.js';
import { ask } from '../../../src/studies/study.js';
import { scenarios } from '../../naive/generator.js';
import { toYaml } from '../../naive/spec.js';
import { cases } from '../../support/cases.js';
import { loaded } from '../../support/cells.js';
import { valueOf } from '../../support/results.js';

const TEXT = readFileSync('scenarios/alibaba-380bn.yaml', 'utf8');
const ALIBABA = loaded(TEXT);

it('keeps exactly the rows of the whole forecast that meet the conditions', () => {
  fc.assert(
    fc.property(scenarios(), fc.nat(), fc.nat(), (spec, a, b) => {
      const scenario = loaded(toYaml(spec));
      const whole = rowsOf(scenario, []);
      const [some, other] = [whole[a % whole.length]!, whole[b % whole.length]!];
      const bySupplier = [`supplier=${some[4]!}`, `supplier=${other[4]!}`];
      expect(rowsOf(scenario, bySupplier)).toEqual(
        whole.filter((row) => row[4] === some[4] || row[4] === other[4]),
      );
      const both = [`supplier=${some[4]!}`, `component=${some[3]!}`];
      expect(rowsOf(scenario, both)).toEqual(
        whole.filter((row) => row[4] === some[4] && row[3] === some[3]),
      );
      const start = some[3]!.slice(0, 1 + (b % some[3]!.length));
      expect(rowsOf(scenario, [`component=${start}*`])).toEqual(
        whole.filter((row) => row[3]!.startsWith(start)),
      );
    }),
    { numRuns: cases(200) },
  );
});

/** The rows at full detail: scenario, fiscal year, period, component, supplier, … */
function rowsOf(scenario: typeof ALIBABA, where: string[]) {
  return [...valueOf(ask(forecast, [scenario], { where })).table!.rows];
}

it('takes a component with sub-components for all of them', () => {
  const tree = loaded(`
scenario: tree
currency: CNY
calendar: { fiscal_year_ends: 3, from: FY2026, to: FY2026, period: year }
envelope: 100 CNY
phasing: even
estimates: { broker: { split: { racks: 100% } } }
mix: broker
components: { racks: { components: { compute: { part: 60% }, power: { part: rest } } } }
`);
  expect(rowsOf(tree, ['component=racks'])).toEqual(rowsOf(tree, []));
  expect(rowsOf(tree, ['component=racks/power']).map((row) => row[3])).toEqual([
    'racks/power',
    'racks/power',
  ]);
});

it.each([
  ['supplier=inspr', 'no row has the supplier `inspr`', 'write supplier=inspur'],
  ['component=server', 'no row has the component `server`', 'write component=servers'],
  ['supplier=中际旭创', 'no row has the supplier `中际旭创`', 'write supplier=innolight'],
  ['supplier=zhongji', 'no row has the supplier `zhongji`', 'write supplier=innolight'],
  ['component=光模块', 'no row has the component `光模块`', 'write component=optical_modules'],
  [
    'component=racks',
    'no row has the component `racks`',
    'write component=PATH with one of servers, switches, optical_modules, unallocated',
  ],
])('names the value that is meant by %s', (where, message, hint) => {
  const everywhere = [
    ask(forecast, [ALIBABA], { where: [where] }),
    ask(show, [ALIBABA], { where: [where] }),
    ask(compare, [ALIBABA, ALIBABA], { where: [where] }),
    ask(sensitivity, [ALIBABA], { where: [where] }),
    ask(sensitivity, [ALIBABA], { fx: 'USD=10%', where: [where] }),
    ask(materiality, [ALIBABA], { where: [where] }),
  ];
  for (const result of everywhere) {
    expect(result).toMatchObject({ ok: false, diagnostics: [{ message, hint }] });
  }
});

it.each([
  [['supplier=inspur', 'component=switches'], 'no row meets all of these conditions'],
  [['vendor=inspur'], /names no dimension/],
  [['supplier='], /has no value/],
  [
    ['component=servers,supplier=h3c，ruijie'],
    /has a comma; write --where component=servers --where supplier=h3c --where supplier=ruijie/,
  ],
  [['supplier=h3c、ruijie'], /write --where supplier=h3c --where supplier=ruijie/],
])('refuses %s', (where, message) => {
  expect(ask(forecast, [ALIBABA], { where })).toMatchObject({
    ok: false,
    diagnostics: [{ message: expect.stringMatching(message) as string }],
  });
});

it('gives `show` totals of the rows kept, and names the conditions in the title', () => {
  const { sheets } = valueOf(ask(show, [ALIBABA], { where: ['supplier=inspur'] }));
  expect(sheets![0]!.title).toMatch(/, supplier=inspur$/);
  const [servers, total] = sheets![0]!.rows;
  expect(total!.cells).toEqual(servers!.cells);
});

it('gives `sensitivity` the output of the rows kept', () => {
  const kept = valueOf(ask(sensitivity, [ALIBABA], { where: ['supplier=inspur'] })).table!;
  const named = valueOf(ask(sensitivity, [ALIBABA], { of: 'servers/inspur' })).table!;
  const numbers = ({ rows }: typeof kept) => [...rows].map((row) => row.filter((_, i) => i !== 1));
  expect(numbers(kept)).toEqual(numbers(named));
});

it('needs rates of the kept suppliers alone', () => {
  const others = loaded(TEXT, [
    'suppliers.other_servers={ name: Others, currency: EUR, fiscal_year_ends: 12 }',
  ]);
  const options = { currency: 'supplier' };
  expect(ask(forecast, [others], options).ok).toBe(false);
  expect(ask(forecast, [others], { ...options, where: ['supplier=inspur'] }).ok).toBe(true);
});

it('keeps totals and shares of all rows with --of-all', () => {
  fc.assert(
    fc.property(scenarios(), fc.nat(), (spec, a) => {
      const scenario = loaded(toYaml(spec));
      const rows = (options: object) => [
        ...valueOf(ask(forecast, [scenario], { with: 'share', ...options })).table!.rows,
      ];
      const whole = rows({});
      const supplier = whole[a % Math.max(whole.length, 1)]?.[4];
      if (supplier === undefined) return;
      expect(rows({ where: [`supplier=${supplier}`], 'of-all': true })).toEqual(
        whole.filter((row) => row[4] === supplier),
      );
    }),
    { numRuns: cases(60) },
  );
});

it('shows the lines kept above the total of all with --of-all', () => {
  const options = { by: 'fiscal_year,component', measure: 'demand', with: 'share' };
  const rowsShown = (more: object) =>
    valueOf(ask(show, [ALIBABA], { ...options, ...more })).sheets![0]!.rows;
  const whole = rowsShown({});
  const kept = rowsShown({ where: ['component=servers'], 'of-all': true });
  expect(kept).toEqual([...whole.slice(0, 2), ...whole.slice(-2)]);
});

it('says in the title that the total is of all rows', () => {
  const titleOf = (options: object) =>
    valueOf(ask(show, [ALIBABA], { where: ['component=servers'], ...options })).sheets![0]!.title;
  expect(titleOf({})).toMatch(/component=servers$/);
  expect(titleOf({ 'of-all': true })).toMatch(/component=servers; the total is of all rows$/);
});

it('refuses --of-all where rows sum over the dimension of a condition', () => {
  const asked = { by: 'component', where: ['supplier=inspur'], 'of-all': true };
  for (const study of [forecast, show]) {
    expect(ask(study, [ALIBABA], asked)).toMatchObject({
      ok: false,
      diagnostics: [{ hint: 'add supplier to --by' }],
    });
  }
});

it('says that the conditions leave no cell of the output, and refuses an unknown output as before', () => {
  const messageOf = (of: string) => {
    const result = ask(sensitivity, [ALIBABA], { of, where: ['supplier=inspur'] });
    return result.ok ? [] : result.diagnostics.map((one) => [one.span.source.name, one.message]);
  };
  expect(messageOf('servers/inspur:revenue')).toEqual([]);
  expect(messageOf('h3c:revenue')).toEqual([
    ['--where', 'no cell of `h3c:revenue` meets these conditions'],
  ]);
  expect(messageOf('h3d:revenue')).toEqual([
    ['--of', 'there is no component or supplier `h3d`: write h3c'],
  ]);
});
