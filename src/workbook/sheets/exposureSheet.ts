/** The sheet Exposure: the part of each buyer in what a supplier sells to all of them, and how concentrated it is. */
import { append, greatest } from '../../core/lists.js';
import type { Say } from '../../core/text/language.js';
import { UNASSIGNED } from '../../model/supplier.js';
import { PERCENT } from '../formulas/numberFormats.js';
import {
  fixed,
  head,
  headOfNumbers,
  note,
  onSheet,
  text,
  title,
  type WorkbookCell,
  type WorkbookRow,
  type WorkbookSheet,
} from '../workbook.js';
import { BUYERS, LEFT, type BuyersGroup, type BuyersTable } from './buyersSheet.js';
import type { CrossTable } from './crossTab.js';
import { widthOf } from './sheetColumns.js';
import { ABOVE } from './tableLines.js';

const INDEX_FORMAT = '0.000000';

/** Of the revenue of each supplier, in each currency. */
export function exposureSheet(
  { groups, years }: BuyersTable,
  { nameOf }: Pick<CrossTable, 'nameOf'>,
  say: Say,
): WorkbookSheet {
  const sold = groups.filter(
    ({ dimension, measure, key }) =>
      dimension === 'supplier' && measure === 'revenue' && key !== UNASSIGNED,
  );
  const rows: WorkbookRow[] = [[title(say('Exposure of suppliers to buyers'))]];
  rows.push([note(say(SAYS))], []);
  for (const group of sold) {
    rows.push([
      head(say('{measure}, {unit}', { measure: say('revenue'), unit: group.unit })),
      ...[say('supplier'), say('buyer')].map(head),
      ...years.map(headOfNumbers),
    ]);
    const columns = years.map((_, c): ShareColumn => {
      return { column: LEFT + c, shares: sharesAt(group, LEFT + c) };
    });
    const first = rows.length;
    append(rows, shareRows(group, columns, nameOf('supplier', group.key)));
    append(rows, [...indexRows(group, columns, first, say), []]);
  }
  return {
    name: 'Exposure',
    widths: [
      widthOf(rows.slice(ABOVE), 0, 24),
      20,
      22,
      ...years.map((one) => Math.max(16, one.length)),
    ],
    rows,
    frozen: { rows: ABOVE, columns: LEFT },
  };
}

const SAYS =
  'Herfindahl index is the sum of the squared shares: 1 for one buyer, 1/n for n equal ones';

/** A column, and the share of each buyer in it. */
interface ShareColumn {
  readonly column: number;
  readonly shares: readonly number[];
}

/** What a buyer buys of a supplier in a column of the sheet Buyers, as it is computed for the inputs of the file. */
function valueAt(row: WorkbookRow, column: number): number {
  const content = row[column]?.content;
  return Number(typeof content === 'object' ? content.value : content);
}

/** The share of each buyer in a column. A supplier that sells nothing in a year has no shares there: they are 0. */
function sharesAt({ buyers }: BuyersGroup, column: number): readonly number[] {
  const amounts = buyers.map((row) => valueAt(row, column));
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  return amounts.map((amount) => (total === 0 ? 0 : amount / total));
}

/** The share of each buyer. */
function shareRows(
  group: BuyersGroup,
  columns: readonly ShareColumn[],
  supplier: string,
): readonly WorkbookRow[] {
  const { buyers, sumAt, key } = group;
  return buyers.map((row, i): WorkbookRow => {
    const cells = columns.map(({ column, shares }): WorkbookCell => {
      const [total, own] = [sumAt, sumAt + 1 + i].map((at) =>
        onSheet(BUYERS, fixed({ row: at, column })),
      );
      const formula = `IF(SIGN(${total!})=0,0,${own!}/${total!})`;
      const content = { formula, value: shares[i]! };
      return { content, look: 'number', format: PERCENT };
    });
    const labels = i === 0 ? [text(supplier), note(key)] : [text(''), text('')];
    return [...labels, row[LEFT - 1], ...cells];
  });
}

/** The largest buyer, and the sum of the squared shares. */
function indexRows(
  { buyers }: BuyersGroup,
  columns: readonly ShareColumn[],
  first: number,
  say: Say,
): readonly WorkbookRow[] {
  const rangeOf = (column: number) =>
    [first, first + buyers.length - 1].map((row) => fixed({ row, column })).join(':');
  const names = rangeOf(LEFT - 1);
  const largest = columns.map(({ column, shares }): WorkbookCell => {
    const range = rangeOf(column);
    const most = shares.indexOf(greatest(shares));
    const formula = `IF(SIGN(MAX(${range}))=0,"",INDEX(${names},MATCH(MAX(${range}),${range},0)))`;
    const value = shares[most] === 0 ? '' : (buyers[most]![LEFT - 1]!.content as string);
    return { content: { formula, value }, look: 'sum' };
  });
  const index = columns.map(({ column, shares }): WorkbookCell => {
    const value = shares.reduce((sum, share) => sum + share * share, 0);
    const content = { formula: `SUMSQ(${rangeOf(column)})`, value };
    return { content, look: 'sum', format: INDEX_FORMAT };
  });
  const row = (label: string, cells: readonly WorkbookCell[]): WorkbookRow => [
    ...[text(label), text(''), text('')],
    ...cells,
  ];
  return [row(say('largest buyer'), largest), row(say('Herfindahl index'), index)];
}
