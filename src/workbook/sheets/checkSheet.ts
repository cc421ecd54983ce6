/** The sheet Check: formulas compared with the engine, tables with their cells, and one verdict. */
import { groupBy } from '../../core/group.js';
import { greatest } from '../../core/lists.js';
import { PERCENT, formatOf } from '../formulas/numberFormats.js';
import {
  criterion,
  fixed,
  head,
  headOfNumbers,
  note,
  number,
  onSheet,
  text,
  title,
  verdict,
  type WorkbookCell,
  type WorkbookRow,
  type WorkbookSheet,
} from '../workbook.js';
import type { BlockTotal, CrossTab } from './crossTab.js';
import {
  EXACT,
  FORECAST,
  SELECTED,
  numberCell,
  indexed,
  isNumberOfCells,
  sumIfs,
  sumOfEntries,
  type ForecastEntry,
  type ForecastFigure,
  type IndexedEntries,
} from './forecastSheets.js';
import { CHANGED } from './inputsSheet.js';
import { conditionRows } from './conditions.js';
import { CHECK, VERDICT, type SheetLayout } from './sheetLayout.js';

/** Differences are in the last digits, so they are shown to a millionth. */
const FINE = '#,##0.000000';

const WHY = [
  'Formulas compute in doubles and do not round a split of an amount: it is amount × weight ÷ sum of weights.',
  'The engine rounds every split down to the smallest unit, and gives the units left over to the largest remainders.',
  'So each split or rounding changes a cell by less than one smallest unit; a sum adds these differences.',
  'The tolerance of a cell is the sum of these differences and of the last digits of doubles, computed for each cell.',
];

const HEADS = [
  'scenario',
  ...['period', 'component', 'supplier', 'measure', 'unit'],
  ...['formula', 'exact', 'difference', 'tolerance', '% of tolerance', 'verdict'],
];
/** The column of the values of formulas; all columns after it are numbers, too. */
const FIRST_NUMBER = 6;
const [DIFFERENCE, TOLERANCE, OF_TOLERANCE, LINE_VERDICT] = [8, 9, 10, 11] as const;
/** The column of the verdict on a total, or on a condition. */
const FOOT_VERDICT = 4;

/** A number of one scenario with its two cells: the formula and the exact number. */
interface Line {
  readonly id: string;
  readonly entry: ForecastEntry;
  readonly figure: ForecastFigure;
  readonly live: string;
  readonly exact: string;
}

/** The rows above the summary: the title and a note. */
const ABOVE = 2;

/** @param others the other sheets, none of whose cells may be an error */
export function checkSheet(
  layouts: readonly SheetLayout[],
  entries: readonly ForecastEntry[],
  tables: readonly CrossTab[],
  others: readonly WorkbookSheet[],
): WorkbookSheet {
  const feet = tables.flatMap(({ sheet, totals }) =>
    totals.map((total) => ({ table: sheet.name, total })),
  );
  const byUnit = groupBy(linesOf(layouts, entries), ({ entry }) => entry.unit);
  const lines = [...byUnit.values()].flat();
  const all = indexed(entries);
  const under = ABOVE + ON_ALL + byUnit.size + 1 + WHY.length + 2;
  const conditionsAt = under + feet.length + 2;
  const conditions = conditionRows(layouts, conditionsAt);
  const at = {
    feet: { first: under, count: feet.length },
    conditions: { first: conditionsAt, count: conditions.length },
    lines: { first: conditionsAt + conditions.length + 2, count: lines.length },
  };
  return {
    name: CHECK,
    widths: [40, 22, 28, 18, 10, 10, 22, 22, 16, 16, 12, 10],
    rows: [
      [title('Check: formulas compared with the engine, tables with their cells')],
      [note('CHANGED: inputs differ from the file, and the differences below follow from that.')],
      ...summary(layouts, lines, at, others),
      ...largestDifferences(byUnit, at.lines.first),
      [],
      ...WHY.map((line) => [note(line)]),
      [],
      ['table', 'total', 'sum of cells', 'difference', 'verdict'].map(head),
      ...feet.map(({ table, total }, i) => footing(all, table, total, at.feet.first + i)),
      [],
      ['condition', 'value', 'what it has to be', '', 'verdict'].map(head),
      ...conditions,
      [],
      HEADS.map((word, i) => (i < FIRST_NUMBER ? head : headOfNumbers)(word)),
      ...lines.map((line, i) => lineRow(line, at.lines.first + i)),
    ],
    frozen: { rows: 1, columns: 0 },
  };
}

function linesOf(
  layouts: readonly SheetLayout[],
  entries: readonly ForecastEntry[],
): readonly Line[] {
  return entries.flatMap((entry, e) =>
    entry.numbers.flatMap((figure, f): readonly Line[] => {
      if (!figure) return [];
      const column = layouts.length === 1 ? SELECTED : SELECTED + 1 + f;
      return [
        {
          ...{ id: layouts[f]!.plan.scenario.id, entry, figure },
          live: numberCell(FORECAST, e, column),
          exact: numberCell(EXACT, e, SELECTED + f),
        },
      ];
    }),
  );
}

/** Rows of this sheet. */
interface Rows {
  readonly first: number;
  readonly count: number;
}

/** The number of rows of the summary that are about all cells. */
const ON_ALL = 7;

/**
 * The verdict is OK only where every line says OK: a line that was deleted, or that is an error, is not counted.
 * Numbers that the engine would refuse, and errors in any cell, come before everything else.
 */
function summary(
  layouts: readonly SheetLayout[],
  lines: readonly Line[],
  at: { readonly feet: Rows; readonly conditions: Rows; readonly lines: Rows },
  others: readonly WorkbookSheet[],
): readonly WorkbookRow[] {
  const changed = layouts.map(({ inputColumn }) => `SUM(${inputColumn(CHANGED)})`).join('+');
  // A sum over a range is an error as soon as one of its cells is.
  const errors = others.map((sheet) => `IF(ISERROR(SUM(${checkedRange(sheet)})),1,0)`).join('+');
  const notOk = (column: number, rows: Rows) =>
    `${rows.count}-COUNTIF(${rangeOf(column, rows)},"OK")`;
  const count = (formula: string) => number({ formula, value: 0 }, '0');
  // A deleted row or an error is neither OK nor FAIL, so the number of both words is less than it was.
  const words = ['OK', 'FAIL'].map(
    (word) => `COUNTIF(${rangeOf(LINE_VERDICT, at.lines)},"${word}")`,
  );
  const isWhole = `${words.join('+')}=${at.lines.count}`;
  const rows: readonly (readonly [string, WorkbookCell])[] = [
    [
      'verdict',
      verdict(
        `IF(B5+B6>0,"INVALID",IF(AND(B8=0,${isWhole}),IF(B4>0,"CHANGED",IF(B7=0,"OK","FAIL")),"FAIL"))`,
      ),
    ],
    ['inputs that differ from the file', count(changed)],
    ['sheets with a cell that is an error', count(errors)],
    ['conditions that do not hold', count(notOk(FOOT_VERDICT, at.conditions))],
    ['cells outside their tolerance', count(notOk(LINE_VERDICT, at.lines))],
    ['totals that are not the sum of their cells', count(notOk(FOOT_VERDICT, at.feet))],
    [
      'largest difference, as % of its tolerance',
      number(
        { formula: `MAX(${rangeOf(OF_TOLERANCE, at.lines)})`, value: most(lines, partUsed) },
        PERCENT,
      ),
    ],
  ];
  return rows.map(([label, cell]) => [text(label), cell]);
}

/** The cells of a sheet that do not follow from the verdict itself. */
function checkedRange({ name, rows }: WorkbookSheet): string {
  const follows = (cell: WorkbookCell | undefined) =>
    typeof cell?.content === 'object' && cell.content.formula.includes(VERDICT);
  const top = rows.findLastIndex(([first]) => follows(first)) + 1;
  const last = rows.findLastIndex((row) => row.length > 0);
  const own = rows.slice(top, last + 1);
  const widest = own.reduce((most, row) => Math.max(most, row.length), 1);
  const column = own.reduce((least, row) => {
    const at = row.findIndex(follows);
    return at === -1 ? least : Math.min(least, at);
  }, widest);
  return onSheet(
    name,
    `${fixed({ row: top, column: 0 })}:${fixed({ row: last, column: column - 1 })}`,
  );
}

/**
 * The largest difference in each unit, because yuan and servers cannot be compared. The lines of a unit stand
 * together, so that it needs no condition, which programs compute in different ways.
 */
function largestDifferences(
  byUnit: ReadonlyMap<string, readonly Line[]>,
  first: number,
): readonly WorkbookRow[] {
  let at = first;
  return [...byUnit].map(([unit, lines]) => {
    const range = rangeOf(DIFFERENCE, { first: at, count: lines.length });
    const value = most(lines, (figure) => Math.abs(differenceOf(figure)));
    at += lines.length;
    return [
      text('largest difference, in'),
      number({ formula: `MAX(MAX(${range}),-MIN(${range}))`, value }, FINE),
      text(unit),
    ];
  });
}

function most(lines: readonly Line[], of: (figure: ForecastFigure) => number): number {
  return greatest(
    lines.map(({ figure }) => of(figure)),
    0,
  );
}

function rangeOf(column: number, { first, count }: Rows): string {
  return `${fixed({ row: first, column })}:${fixed({ row: first + count - 1, column })}`;
}

const isAlike = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** A total of a table, compared with the sum of its cells. */
function footing(all: IndexedEntries, table: string, of: BlockTotal, row: number): WorkbookRow {
  const { measure, unit, cell, value } = of;
  const own = [...all.keys()].filter((entry) => entry.measure === measure && entry.unit === unit);
  const labels = [
    ['measure', criterion(measure)],
    ['unit', criterion(unit)],
  ] as const;
  // SUMIFS takes `Server` and `server` for one word, and programs differ in what a `~` means.
  const hasTwin = [...all.keys()].some((one) => one.unit !== unit && isAlike(one.unit, unit));
  const sum =
    hasTwin || unit.includes('~')
      ? sumOfEntries(all, own, SELECTED, labels)
      : sumIfs(all.size, SELECTED, labels);
  const [total, cells, difference] = [1, 2, 3].map((column) => fixed({ row, column }));
  const isNear = `ABS(${difference!})<=1E-12*MAX(1,ABS(${total!}))`;
  return [
    text(`${table}: ${measure}, ${unit}`),
    number({ formula: cell, value }, formatOf(unit)),
    number({ formula: sum, value }, formatOf(unit)),
    number({ formula: `${total!}-${cells!}`, value: 0 }, FINE),
    verdict(`IF(${isNear},"OK","FAIL")`),
  ];
}

function lineRow({ id, entry, figure, live, exact }: Line, row: number): WorkbookRow {
  const { period, component, supplier, measure, unit } = entry;
  const at = (column: number) => fixed({ row, column });
  const format = formatOf(unit);
  const [here, there, difference, tolerance] = [6, 7, DIFFERENCE, TOLERANCE].map(at);
  // A program reads a text as a number by the signs of its country, so that a long number stands here itself.
  const value = Number(figure.exact);
  const part = `IF(${tolerance!}=0,0,ABS(${difference!})/${tolerance!})`;
  return [
    ...[id, period, component, supplier, measure, unit].map(text),
    number({ formula: live, value: figure.live.value }, format),
    number(isNumberOfCells(figure.exact) ? { formula: exact, value } : value, format),
    number({ formula: `${here!}-${there!}`, value: differenceOf(figure) }, FINE),
    number(figure.live.slack, FINE),
    number({ formula: part, value: partUsed(figure) }, PERCENT),
    verdict(`IF(ABS(${difference!})<=${tolerance!},"OK","FAIL")`),
  ];
}

function differenceOf({ live, exact }: ForecastFigure): number {
  return live.value - Number(exact);
}

function partUsed(figure: ForecastFigure): number {
  const { slack } = figure.live;
  return slack === 0 ? 0 : Math.abs(differenceOf(figure)) / slack;
}
