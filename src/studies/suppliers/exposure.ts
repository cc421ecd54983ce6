/** The study `exposure`: what each supplier sells to each buyer in a year, and how much it depends on one of them. */
import * as z from 'zod';
import { printDecimal } from '../../core/number/decimal.js';
import { success } from '../../core/result.js';
import { textRecordsOf, type Column, type Table } from '../../core/table.js';
import { sayIn } from '../../core/text/language.js';
import { RATIO_PLACES } from '../../projection/derivedNumbers.js';
import type { Scenario } from '../../scenario/scenario.js';
import { namedColumns } from '../shared/columns.js';
import { OWN_CURRENCY, lang, reportOptions, show } from '../shared/options.js';
import { coverageNotes, tableId } from '../shared/portfolios.js';
import { splitNotesIn } from '../shared/reports.js';
import type { Study } from '../study.js';
import { concentrationOf } from './concentration.js';
import { exposureSheets } from './exposureSheets.js';
import {
  YEARS,
  salesNotes,
  salesOf,
  splitYears,
  type SupplierYear,
  type YearDimension,
} from './supplierYears.js';

const { closure, where } = reportOptions;

const options = z.object({
  by: z
    .enum(YEARS, { error: `write one of ${YEARS.join(', ')}` })
    .default('supplier_year')
    .meta({ description: `The years: ${YEARS.join(',')}; default: each supplier’s own` }),
  currency: reportOptions.currency.meta({
    description: 'Currencies: ISO codes; default: each supplier’s own',
  }),
  ...{ closure, where, show, lang },
});

export const exposure: Study<typeof options> = {
  name: 'exposure',
  summary: 'What each supplier sells to each buyer, the buyers’ shares, and the concentration',
  files: 'one',
  options,
  example: 'exposure scenarios/china-cloud.yaml --by calendar_year --show',
  run: (scenarios, { by, currency = [OWN_CURRENCY], closure, where, show, lang }) => {
    const result = salesOf(scenarios, { currency, closure, where }, by);
    if (!result.ok) return result;
    const { members, lines } = result.value;
    const split = splitYears(members, by);
    const table = exposureTable(scenarios[0]!, lines, by);
    const say = sayIn(lang);
    const definition = [
      say('share is the part of a buyer in what a supplier sells to all buyers of the table'),
      say(
        'Herfindahl index is the sum of the squared shares: 1 for one buyer, 1/n for n equal ones',
      ),
    ];
    return success({
      table: {
        ...table,
        notes: [...coverageNotes(members, [by], lang), ...splitNotesIn(members, [by], lang)],
      },
      document: { rows: textRecordsOf(table), ...(split.length > 0 && { split }) },
      ...(show && { sheets: exposureSheets(result.value, by, lang) }),
      notes: salesNotes(result.value, definition, lang),
    });
  },
};

const SHARE: Column = {
  name: 'share',
  kind: 'number',
  description: 'The part of the buyer in what the supplier sells to all buyers: 0.1 is 10%.',
};

/** A row for each buyer; what is true of all buyers together stands in each of their rows. */
function exposureTable(
  scenario: Scenario,
  lines: readonly SupplierYear[],
  by: YearDimension,
): Table {
  return {
    columns: [
      ...namedColumns('text', ['scenario', 'supplier', by, 'buyer']),
      ...namedColumns('number', ['months']),
      ...namedColumns('text', ['measure', 'unit']),
      ...[...namedColumns('number', ['value']), SHARE, ...namedColumns('number', ['all_buyers'])],
      ...namedColumns('text', ['largest_buyer']),
      ...namedColumns('number', ['largest_share', 'herfindahl']),
      ...namedColumns('text', ['reported_year', 'reported_unit']),
      ...namedColumns('number', ['reported_revenue']),
    ],
    rows: lines.flatMap((line) => rowsOf(scenario, line)),
  };
}

function rowsOf(scenario: Scenario, line: SupplierYear): readonly (readonly string[])[] {
  const { supplier, year, measure, unit, count, byBuyer, reported } = line;
  const { shares, largest, herfindahl } = concentrationOf(byBuyer) ?? {};
  const print = (amount: bigint) => printDecimal(amount, unit.places);
  const ratio = (millionths: bigint | undefined) =>
    millionths === undefined ? '' : printDecimal(millionths, RATIO_PLACES);
  const { code, places } = supplier.currency;
  const together = [
    print(count),
    largest === undefined ? '' : byBuyer[largest]!.buyer,
    ratio(shares?.[largest!]),
    ratio(herfindahl),
    ...(reported
      ? [reported.year, code, printDecimal(reported.revenue.value.n, places)]
      : ['', '', '']),
  ];
  return byBuyer.map(({ buyer, months, count: own }, i) => [
    ...[tableId(scenario), supplier.key, year, buyer, String(months), measure, unit.label],
    ...[print(own), ratio(shares?.[i]), ...together],
  ]);
}
