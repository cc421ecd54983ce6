/** Materiality: the forecast beside what suppliers have reported, in their own years and currencies. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { textRecordsOf, type Table } from '../../../src/core/table.js';
import { writeCsv } from '../../../src/formats/csv.js';
import { materiality } from '../../../src/studies/suppliers/materiality.js';
import { scenarios } from '../../naive/generator.js';
import { naiveSupplierYears } from '../../naive/model.js';
import { underShared } from '../../naive/portfolio.js';
import { toYaml, type Spec } from '../../naive/spec.js';
import { caseText } from '../../support/caseFiles.js';
import { cases, coverage } from '../../support/cases.js';
import { loaded } from '../../support/cells.js';
import { membersOf, portfolioCases, sumsOf } from '../../support/portfolios.js';
import { diagnosticsOf, valueOf } from '../../support/results.js';
import { scenarioText } from '../../support/scenarios.js';

/** The reported revenues are assumptions of this test, without a source. */
const scenario = (period: string, revenue: string) => `
scenario: material
currency: CNY
calendar: { fiscal_year_ends: 3, from: FY2026, to: FY2026, period: ${period} }
envelope: 12bn CNY
phasing: even
estimates: { broker: { split: { servers: 50%, open: rest } } }
mix: broker
components:
  servers:
    lag: { ${period}s: [50%, 50%] }
    suppliers: { inspur: 60%, others: rest }
    bill: { chips: { part: 50%, suppliers: { maker: rest } } }
suppliers:
  inspur: { name: Inspur, fiscal_year_ends: 12${revenue} }
  maker: { currency: USD, fiscal_year_ends: 1, revenue: { FY2024: { value: 4bn USD, assumption: made up } } }
fx: { base: { USD: 8 }, path: { USD: { FY2026: 8, FY2026M10: 7.5 } } }
`;
const INSPUR =
  ', revenue: { FY2024: { value: 90bn CNY, assumption: made up }, FY2023: { value: 1bn CNY, assumption: made up } }';

function ask(text: string) {
  const result = materiality.run([loaded(text)], { show: true });
  if (!result.ok) return { messages: result.diagnostics.map(({ message }) => message) };
  const { table, notes, sheets } = result.value;
  return { csv: writeCsv(table!), notes: [...notes, ...table!.notes!], sheets: sheets! };
}

it('shows each supplier in its fiscal year and currency, with its reported revenue', () => {
  const { csv, notes } = ask(scenario('month', INSPUR));
  expect(csv)
    .toBe(`scenario,supplier,supplier_year,months,measure,unit,forecast,reported_year,reported_revenue,share
material,inspur,FY2025,9,revenue,CNY,2550000000.00,FY2024,90000000000.00,2.83
material,inspur,FY2026,3,revenue,CNY,900000000.00,FY2024,90000000000.00,1.00
material,others,FY2025,9,revenue,CNY,1700000000.00,,,
material,others,FY2026,3,revenue,CNY,600000000.00,,,
material,maker,FY2026,10,content,USD,314583333.33,FY2024,4000000000.00,7.86
material,maker,FY2027,2,content,USD,66666666.66,FY2024,4000000000.00,1.67
`);
  expect(notes).toContain('revenue after the window is not included');
  expect(notes).toContain('no reported revenue under `suppliers`: others');
});

it('shows sheets with each supplier in one unit', () => {
  const { sheets } = ask(scenario('month', INSPUR));
  expect(sheets![0]!.rows.slice(0, 3)).toEqual([
    { label: 'Inspur', depth: 0, kind: 'part', cells: ['', '', ''] },
    {
      label: 'FY2025, 9 of 12 months',
      depth: 1,
      kind: 'part',
      cells: ['2.55 CNY bn', '90.00 CNY bn in FY2024', '2.83'],
    },
    {
      label: 'FY2026, 3 of 12 months',
      depth: 1,
      kind: 'part',
      cells: ['0.90 CNY bn', '90.00 CNY bn in FY2024', '1.00'],
    },
  ]);
});

it('tells a currency without a rate', () => {
  const text = scenario('month', '').replace('currency: USD, f', 'currency: KRW, f');
  const messages = ['no rate of CNY per KRW for FY2026M01'];
  expect(ask(text.replace('4bn USD', '4bn KRW'))).toEqual({ messages });
});

it('rejects a scenario in which no component names a supplier', () => {
  const [problem] = diagnosticsOf(materiality.run([loaded(scenarioText({}))], {}));
  expect(problem!.message).toBe('no component names a supplier: there is no revenue to compare');
});

it('keeps the rows that meet the conditions, and says where none of them has a supplier', () => {
  const text = scenario('month', INSPUR);
  const answerTo = (...where: readonly ['component' | 'supplier', string][]) =>
    materiality.run([loaded(text)], {
      where: where.map(([dimension, value]) => ({ dimension, value })),
    });
  const suppliersOf = (result: ReturnType<typeof answerTo>) => [
    ...new Set([...valueOf(result).table!.rows].map((row) => row[1])),
  ];
  expect(suppliersOf(answerTo(['supplier', 'maker']))).toEqual(['maker']);
  expect(suppliersOf(answerTo(['component', 'servers']))).toEqual(['inspur', 'others']);
  const [problem] = diagnosticsOf(answerTo(['component', 'open']));
  expect(problem).toMatchObject({
    span: { source: { name: '--where', text: 'component=open' } },
    message: 'no row that meets these conditions has a supplier: there is no revenue to compare',
  });
});

it('splits a quarter that lies in two years of a supplier over its months, and says so', () => {
  const { csv, notes } = ask(caseText('materiality-straddle/s.yaml'));
  expect(csv)
    .toBe(`scenario,supplier,supplier_year,months,measure,unit,forecast,reported_year,reported_revenue,share
materiality-straddle,nvidia,FY2026,7,revenue,CNY,11666666666.67,,,
materiality-straddle,nvidia,FY2027,5,revenue,CNY,8333333333.33,,,
materiality-straddle,amd,FY2025,6,revenue,CNY,5000000000.00,FY2025,200000000000.00,2.50
materiality-straddle,amd,FY2026,6,revenue,CNY,5000000000.00,FY2025,200000000000.00,2.50
materiality-straddle,others,FY2025,6,revenue,CNY,10000000000.00,,,
materiality-straddle,others,FY2026,6,revenue,CNY,10000000000.00,,,
`);
  expect(notes).toContain(
    'FY2026Q3 lies in more than one fiscal year of nvidia and is split over its months in equal parts',
  );
});

it('agrees with the naive model on every year of every supplier, whatever months its years end in', () => {
  let split = 0;
  const law = fc.property(scenarios(), (one) => {
    const spec = inOwnCurrencies(one);
    const result = materiality.run([loaded(toYaml(spec))], {});
    if (!result.ok) return; // A supplier's currency has no rate.
    const found = forecastsOf(result.value.table!).map(({ key, value }) => [key, value]);
    split += result.value.table!.notes!.length;
    const naive = [...naiveSupplierYears(spec)].filter(
      ([place]) => !place.startsWith('unassigned|'),
    );
    expect(found.sort()).toEqual(naive.sort());
  });
  fc.assert(law, { numRuns: cases(75) });
  expect(split).toBeGreaterThan(coverage(2));
});

it('adds up what the buyers of a portfolio buy, as the naive model does', () => {
  let compared = 0;
  const law = fc.property(
    portfolioCases({ min: 2, max: 3 }).filter(({ shared }) => shared.fx !== undefined),
    (one) => {
      const result = materiality.run(membersOf(one), {});
      if (!result.ok) return; // No rate, or a supplier that is described nowhere is counted in two currencies.
      const found = sumsOf(forecastsOf(result.value.table!));
      const naive = one.specs.flatMap((spec) =>
        [...naiveSupplierYears(inOwnCurrencies(underShared(spec, one.shared)))].map(
          ([key, value]) => ({ key, value }),
        ),
      );
      expect(found).toEqual(sumsOf(naive.filter(({ key }) => !key.startsWith('unassigned|'))));
      compared += found.size;
    },
  );
  fc.assert(law, { numRuns: cases(12) });
  expect(compared).toBeGreaterThan(coverage(0));
});

/** A scenario that reports in the currencies of its suppliers for which it has rates. */
function inOwnCurrencies(one: Spec): Spec {
  const companies = Object.values(one.suppliers ?? {});
  const own = [one.currency, ...companies.flatMap(({ currency }) => currency ?? [])];
  const rates = [one.currency, ...Object.keys({ ...one.fx?.base, ...one.fx?.path })];
  return { ...one, currencies: rates.filter((code) => own.includes(code)) };
}

/** `supplier|year|measure|unit`, and the forecast. */
function forecastsOf(table: Table): readonly { readonly key: string; readonly value: string }[] {
  return textRecordsOf(table).map((row) => ({
    key: [row['supplier'], row['supplier_year'], row['measure'], row['unit']].join('|'),
    value: row['forecast']!,
  }));
}
