/** Derived columns of scenarios side by side are those of each scenario alone. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { textRecordsOf } from '../../../src/core/table.js';
import { compare } from '../../../src/studies/compare/compare.js';
import { forecast } from '../../../src/studies/forecast/forecast.js';
import { ask } from '../../../src/studies/study.js';
import { loaded } from '../../support/cells.js';
import { valueOf } from '../../support/results.js';

const [LOW, HIGH] = ['alibaba-low', 'alibaba-high'].map((name) =>
  loaded(readFileSync(`scenarios/${name}.yaml`, 'utf8')),
);
const NAMES = ['yoy', 'qoq', 'ttm', 'ytd', 'cumulative', 'share', 'cagr', 'start', 'months'];

it('have the numbers of each scenario alone, at any dimensions and in any unit', () => {
  const law = fc.property(
    fc.constantFrom('fiscal_year', 'calendar_half', 'fiscal_quarter,component', 'component'),
    fc.constantFrom(undefined, 'bn'),
    fc.subarray(NAMES, { minLength: 1 }),
    (by, unit, names) => {
      const options = { by, in: unit, measure: 'demand,units', with: names.join(',') };
      const pairs = textRecordsOf(valueOf(ask(compare, [LOW!, HIGH!], options)).table!);
      const alone = [LOW!, HIGH!].map((scenario) =>
        textRecordsOf(valueOf(ask(forecast, [scenario], options)).table!),
      );
      for (const pair of pairs) {
        ['base', 'value'].forEach((end, i) => {
          const isSame = (row: (typeof pairs)[number]) =>
            [...by.split(','), 'measure', 'unit'].every((name) => row[name] === pair[name]);
          const row = alone[i]!.find(isSame)!;
          expect(names.map((name) => pair[`${end}_${name}`])).toEqual(
            names.map((name) => row[name]),
          );
        });
      }
    },
  );
  fc.assert(law, { numRuns: 25 });
});

it('name component and supplier once', () => {
  const { table } = valueOf(ask(compare, [LOW!, HIGH!], { by: 'component', with: 'name,share' }));
  expect(table!.columns.slice(-3).map(({ name }) => name)).toEqual([
    ...['base_share', 'value_share', 'component_name'],
  ]);
});

it.each([
  { bridge: true, with: 'yoy' },
  { inputs: true, with: 'yoy' },
  { show: true, with: 'name' },
])('are refused with %o', (options) => {
  const result = ask(compare, [LOW!, HIGH!], options);
  expect(result).toMatchObject({
    ok: false,
    diagnostics: [{ span: { source: { name: '--with' } } }],
  });
});
