/** The labels of a table count in the calendar that holds in the end, whichever file of the scenario gives it. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { printFraction } from '../../../src/core/number/decimal.js';
import { success } from '../../../src/core/result.js';
import { isRest } from '../../../src/model/input.js';
import { load, type Loaded } from '../../../src/scenario/load.js';
import { vary } from '../../../src/scenario/vary.js';

const CSV = 'when,RMB bn,told\n2024Q4,10,2025-02-01\n2025Q1,11,2025-05-01\n2025Q2,12,2025-08-01\n';
const PLAIN =
  '{ file: t.csv, columns: { period: when, value: RMB bn, reported: told }, labels: calendar }';
const REVENUE = '{ file: r.csv, columns: { period: year, value: RMB bn }, labels: month_end }';
const YEARS = 'year,RMB bn\n2023-06-30,100\n2024-06-30,110\n';

interface Settings {
  readonly yearEnds: number;
  readonly supplierEnds: number;
  readonly asOf: string;
}

const calendar = ({ yearEnds }: Settings) =>
  `calendar: { fiscal_year_ends: ${yearEnds}, from: FY2024Q1, to: FY2027Q4 }`;

const own = (settings: Settings) => `scenario: t
as_of: ${settings.asOf}
currency: CNY
${calendar(settings)}
envelope: 900bn CNY
phasing: even
estimates: { e: { split: { part: 60%, other: rest } } }
mix: e
components: { part: { suppliers: { maker: 40%, others: rest } } }
suppliers: { maker: { fiscal_year_ends: ${settings.supplierEnds}, revenue: ${REVENUE} } }
actuals: { periods: ${PLAIN} }
`;

const child = (settings: Settings) => `extends: base.yaml
as_of: ${settings.asOf}
${calendar(settings)}
suppliers: { maker: { fiscal_year_ends: ${settings.supplierEnds} } }
`;

const loaded = (text: string, base = '', set: readonly string[] = []) =>
  load(text, {
    set,
    read: ({ path }) => {
      const texts: Record<string, string> = { 'base.yaml': base, 'r.csv': YEARS, 't.csv': CSV };
      return success({ name: path, text: texts[path]! });
    },
  });

/** The numbers by their paths, or the errors. */
const meaningOf = ({ scenario, diagnostics }: Loaded) =>
  scenario
    ? scenario.inputs.map((one) => `${one.path} ${isRest(one) ? 'rest' : printFraction(one.value)}`)
    : diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);

const settingsOf = fc.record({
  yearEnds: fc.constantFrom(3, 6, 9, 12, 1),
  supplierEnds: fc.constantFrom(6, 7, 12),
  asOf: fc.constantFrom('2025-04-30', '2025-06-30', '2026-06-30'),
});

it('reads a table of a parent as if it stood in the child', () => {
  const law = fc.property(settingsOf, settingsOf, (before, after) => {
    const layered = loaded(child(after), own(before));
    expect([...meaningOf(layered)].sort()).toEqual([...meaningOf(loaded(own(after)))].sort());
  });
  fc.assert(law, { numRuns: 60 });
});

it('reads a table by what `--set` gives as if it stood in the file', () => {
  const law = fc.property(settingsOf, settingsOf, (before, after) => {
    const set = [
      `as_of=${after.asOf}`,
      `calendar.fiscal_year_ends=${after.yearEnds}`,
      `suppliers.maker={ fiscal_year_ends: ${after.supplierEnds} }`,
    ];
    const changed = loaded(own(before), '', set);
    expect(meaningOf(changed)).toEqual(meaningOf(loaded(own(after))));
    expect(meaningOf(loaded(child(before), own(before), set))).toEqual(meaningOf(changed));
  });
  fc.assert(law, { numRuns: 60 });
});

const LATE = { yearEnds: 12, supplierEnds: 6, asOf: '2026-06-30' };

it.each([
  [
    'calendar.fiscal_year_ends=3',
    'the periods of `t.csv` were read before `calendar.fiscal_year_ends` is set',
  ],
  [
    'suppliers.maker.fiscal_year_ends=7',
    'the periods of `r.csv` were read before `suppliers.maker.fiscal_year_ends` is set',
  ],
  ['calendar.period=month', 'the periods of `t.csv` were read before `calendar.period` is set'],
  ['as_of=2025-06-30', 'the rows of `t.csv` were chosen before `as_of` is set'],
])('refuses %s in a scenario that is loaded already', (change, message) => {
  const { scenario } = loaded(own(LATE));
  expect(vary(scenario!, [change]).diagnostics.map((one) => one.message)).toContain(message);
  expect(
    vary(scenario!, ['calendar.fiscal_year_ends=12', 'as_of=2026-06-30']).scenario,
  ).toBeDefined();
});
