/** The study `materiality`: the forecast of each supplier as a share of its last reported revenue. */
import * as z from 'zod';
import { printDecimal } from '../../core/number/decimal.js';
import { fraction } from '../../core/number/fraction.js';
import { success } from '../../core/result.js';
import { textRecordsOf, type Sheet, type SheetRow, type Table } from '../../core/table.js';
import { sayIn, type Language, type Say } from '../../core/text/language.js';
import type { Scenario } from '../../scenario/scenario.js';
import { namedColumns } from '../shared/columns.js';
import {
  numberFormat,
  percentOf,
  printCount,
  unitIn,
  type NumberFormat,
} from '../shared/numberFormat.js';
import { OWN_CURRENCY, lang, reportOptions, show } from '../shared/options.js';
import { coverageNotes, tableId, tableTitle } from '../shared/portfolios.js';
import { splitNotesIn } from '../shared/reports.js';
import type { Study } from '../study.js';
import { salesNotes, salesOf, splitYears, type SupplierYear } from './supplierYears.js';

const { closure, where } = reportOptions;
const options = z.object({ closure, where, show, lang });

export const materiality: Study<typeof options> = {
  name: 'materiality',
  summary: "Each supplier's forecast as a share of its last reported revenue",
  files: 'one',
  options,
  example: 'materiality scenarios/alibaba-380bn.yaml --show',
  run: (scenarios, { closure, where, show, lang }) => {
    const result = salesOf(scenarios, { currency: [OWN_CURRENCY], closure, where }, YEAR);
    if (!result.ok) return result;
    const { members, lines } = result.value;
    const [scenario] = scenarios as [Scenario];
    const remarks = [
      ...coverageNotes(members, [YEAR], lang),
      ...splitNotesIn(members, [YEAR], lang),
    ];
    const split = splitYears(members, YEAR);
    const table = materialityTable(scenario, lines);
    const say = sayIn(lang);
    const definition = say(
      'share is forecast ÷ reported revenue in percent, rounded half-even to 2 decimals',
    );
    return success({
      table: { ...table, notes: remarks },
      document: { rows: textRecordsOf(table), ...(split.length > 0 && { split }) },
      ...(show && {
        sheets: [{ ...materialitySheet(scenario, lines, lang), notes: remarks }],
      }),
      notes: salesNotes(result.value, [definition], lang),
    });
  },
};

const YEAR = 'supplier_year';

function shareOf({ count, reported }: SupplierYear): string {
  return reported ? percentOf(fraction(count), reported.revenue.value) : '';
}

function materialityTable(scenario: Scenario, lines: readonly SupplierYear[]): Table {
  return {
    columns: [
      ...namedColumns('text', ['scenario', 'supplier', 'supplier_year']),
      ...namedColumns('number', ['months']),
      ...namedColumns('text', ['measure', 'unit']),
      ...namedColumns('number', ['forecast']),
      ...namedColumns('text', ['reported_year']),
      ...namedColumns('number', ['reported_revenue', 'share']),
    ],
    rows: lines.map((line) => {
      const { supplier, year, byBuyer, measure, unit, count, reported } = line;
      const months = byBuyer.reduce((fewest, one) => Math.min(fewest, one.months), 12);
      const print = (amount: bigint) => printDecimal(amount, supplier.currency.places);
      return [
        ...[tableId(scenario), supplier.key, year, String(months), measure, unit.label],
        print(count),
        ...(reported ? [reported.year, print(reported.revenue.value.n)] : ['', '']),
        shareOf(line),
      ];
    }),
  };
}

/** Suppliers differ in currency and size: each number is rounded by itself, and nothing is a sum. */
function materialitySheet(
  scenario: Scenario,
  lines: readonly SupplierYear[],
  language?: Language,
): Sheet {
  const say = sayIn(language);
  const suppliers = [...new Set(lines.map(({ supplier }) => supplier))];
  return {
    title: say('{title}: materiality for suppliers', { title: tableTitle(scenario) }),
    caption: say('forecast and last reported revenue'),
    headings: [say('forecast'), say('reported'), '%'],
    rows: suppliers.flatMap((supplier): readonly SheetRow[] => {
      const own = lines.filter((line) => line.supplier === supplier);
      const name = { label: supplier.name, depth: 0, kind: 'part', cells: ['', '', ''] } as const;
      return [name, ...own.map((line) => yearRow(line, formatOf(own, language), say))];
    }),
    notes: [],
  };
}

/** One unit for all numbers of a supplier, chosen for the greatest. */
function formatOf(lines: readonly SupplierYear[], language?: Language): NumberFormat {
  const [{ measure, supplier }] = lines as [SupplierYear];
  const amounts = lines.flatMap(({ count, reported }) => [count, reported?.revenue.value.n ?? 0n]);
  const greatest = amounts.reduce((a, b) => (a > b ? a : b));
  return numberFormat(measure, supplier.currency.places, greatest, { lang: language });
}

function yearRow(line: SupplierYear, format: NumberFormat, say: Say): SheetRow {
  const { supplier, year, byBuyer, measure, count, reported } = line;
  const held = new Set(byBuyer.map(({ months }) => months));
  const months = held.size === 1 ? byBuyer[0]!.months : 12;
  const print = (amount: bigint) =>
    `${printCount(amount, format)} ${unitIn(format, supplier.currency.code)}`;
  // Buyers that have other months of the year are named in a note.
  const part =
    months < 12
      ? say('{label}, {held} of {all} months', { label: year, held: months, all: 12 })
      : year;
  const before = reported
    ? say('{amount} in {year}', {
        ...{ amount: print(reported.revenue.value.n), year: reported.year },
      })
    : '';
  return {
    label: measure === 'content' ? say('{year}, content', { year: part }) : part,
    depth: 1,
    kind: 'part',
    cells: [print(count), before, shareOf(line)],
  };
}
