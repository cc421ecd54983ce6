/** Exposure for people: a sheet for each supplier, with a line for each buyer and a column for each year. */
import { groupBy } from '../../core/group.js';
import { printDecimal } from '../../core/number/decimal.js';
import { fraction } from '../../core/number/fraction.js';
import type { Sheet, SheetRow } from '../../core/table.js';
import { sayIn, type Language, type Say } from '../../core/text/language.js';
import { RATIO_PLACES } from '../../projection/derivedNumbers.js';
import { numberFormat, percentOf, printCount, printSteps, unitIn } from '../shared/numberFormat.js';
import { pageSheets, type PageTable } from '../shared/page.js';
import { tableTitle } from '../shared/portfolios.js';
import {
  adjustmentNotes,
  adjustmentsOf,
  publishTable,
  type PublishedTable,
} from '../shared/publishTable.js';
import { splitNotesIn } from '../shared/reports.js';
import { partialGroups, tableScenario } from '../shared/timeNotes.js';
import { concentrationOf, sharesIn, type Purchase } from './concentration.js';
import type { Sales, SupplierYear, YearDimension } from './supplierYears.js';

export function exposureSheets(
  { members, lines }: Sales,
  by: YearDimension,
  lang?: Language,
): readonly Sheet[] {
  const kinds = groupBy(lines, ({ supplier, measure, unit }) =>
    [supplier.key, measure, unit.label].join('\n'),
  );
  return pageSheets([...kinds.values()].map((own) => exposureTable(members, own, by, lang)));
}

/** @param lines the years of one supplier */
function exposureTable(
  members: Sales['members'],
  lines: readonly [SupplierYear, ...SupplierYear[]],
  by: YearDimension,
  lang?: Language,
): PageTable {
  const say = sayIn(lang);
  const [{ supplier, measure, unit, byBuyer }] = lines;
  const total = lines.reduce((sum, { count }) => sum + count, 0n);
  const format = numberFormat(measure, unit.places, total, { lang });
  const printedUnit = unitIn(format, unit.label);
  const buyers = byBuyer.map(({ buyer }) => buyer);
  const sellers = members
    .map((one) => ({ ...one, cells: one.cells.filter((cell) => cell.supplier === supplier.key) }))
    .filter(({ cells }) => cells.length > 0);
  const groups = partialGroups(sellers.map(tableScenario), by, lang);
  const columns: readonly ExposureColumn[] = [
    ...lines.map(({ year, byBuyer: purchases }) => ({ path: [year], purchases })),
    { path: [], purchases: buyers.map((buyer, i) => ({ buyer, count: sumOf(lines, i) })) },
  ];
  const sheetOf = (table: PublishedTable): Sheet => ({
    title: say('{title}: exposure of suppliers to buyers', {
      title: tableTitle(members[0]!.scenario),
    }),
    caption: say('{name}: {measure}, {unit}', {
      ...{ name: supplier.name, measure: say(measure), unit: printedUnit },
    }),
    headings: [...lines.map(({ year }) => groups.heading(year)), say('total')],
    rows: [
      ...buyerRows(buyers, columns, table, say),
      {
        ...{ label: say('total'), depth: 0, kind: 'total' },
        cells: columns.map(({ path }) => printSteps(table.at([], path), format)),
      },
      ...concentrationRows(columns, say),
      ...reportedRow(lines, lang),
    ],
    notes: [
      ...groups.notes,
      ...splitNotesIn(sellers, [by], lang),
      ...adjustmentNotes(
        adjustmentsOf(table, (row, column) => [...row, ...column].join(' ')),
        lang,
      ),
    ],
  });
  const figures = lines.flatMap(({ year, byBuyer: purchases }) =>
    purchases.map(({ buyer, count }) => ({ row: [buyer], column: [year], count })),
  );
  return { unit: printedUnit, table: publishTable(figures, format), sheetOf };
}

/** What a supplier sells in a year, or in all of them, which have no path. */
interface ExposureColumn {
  readonly path: readonly string[];
  /** In the order of the buyers. */
  readonly purchases: readonly Purchase[];
}

/** Of one buyer, over all years. */
function sumOf(lines: readonly SupplierYear[], buyer: number): bigint {
  return lines.reduce((sum, { byBuyer }) => sum + byBuyer[buyer]!.count, 0n);
}

/** The amounts of each buyer, and its shares below them. The bar of a buyer begins where that of the last one ends. */
function buyerRows(
  buyers: readonly string[],
  columns: readonly ExposureColumn[],
  table: PublishedTable,
  say: Say,
): readonly SheetRow[] {
  const shares = columns.map(({ purchases }) => {
    return purchases.some(({ count }) => count !== 0n) ? sharesIn(WHOLE, purchases) : undefined;
  });
  let from = 0;
  return buyers.flatMap((buyer, i): readonly SheetRow[] => {
    const bar = [from, (from += Number(shares.at(-1)?.[i] ?? 0n))] as const;
    const amounts = columns.map(({ path }) => printSteps(table.at([buyer], path), table.format));
    const percents = shares.map((own) => (own ? percent(own[i]!) : ''));
    return [
      { label: buyer, depth: 0, kind: 'part', cells: amounts, bar },
      { label: say('share'), depth: 1, kind: 'part', cells: percents },
    ];
  });
}

const WHOLE = 1000n;

/** Of tenths of a percent. */
function percent(tenths: bigint): string {
  return `${printDecimal(tenths, 1)}%`;
}

function concentrationRows(columns: readonly ExposureColumn[], say: Say): readonly SheetRow[] {
  const all = columns.map(({ purchases }) => {
    const found = concentrationOf(purchases);
    return found && { ...found, buyer: purchases[found.largest]!.buyer };
  });
  const row = (label: string, cells: readonly string[]): SheetRow => {
    return { label, depth: 0, kind: 'part', cells };
  };
  return [
    row(
      say('largest buyer'),
      all.map((one) => one?.buyer ?? ''),
    ),
    row(
      say('Herfindahl index'),
      all.map((one) => (one ? printDecimal(one.herfindahl, RATIO_PLACES) : '')),
    ),
  ];
}

/** Each year in percent of the last reported revenue, where both are in one currency; content is no revenue. */
function reportedRow(
  lines: readonly [SupplierYear, ...SupplierYear[]],
  lang?: Language,
): readonly SheetRow[] {
  const [{ reported, supplier, measure, unit }] = lines;
  if (!reported) return [];
  const { code, places } = supplier.currency;
  const whole = reported.revenue.value;
  const format = numberFormat(measure, places, whole.n, { lang });
  const amount = `${printCount(whole.n, format)} ${unitIn(format, code)}`;
  const isLike = unit.label === code;
  return [
    {
      ...{ depth: 0, kind: 'part' },
      label: sayIn(lang)('% of {amount} in {year}', { amount, year: reported.year }),
      cells: [...lines.map(({ count }) => (isLike ? percentOf(fraction(count), whole) : '')), ''],
    },
  ];
}
