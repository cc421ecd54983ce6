/** The sheet Check: formulas compared with the engine, tables with their cells, and one verdict. */
import { groupBy } from '../../core/group.js';
import { greatest } from '../../core/lists.js';
import type { Say, Word } from '../../core/text/language.js';
import { buyerKey } from '../../scenario/scenario.js';
import type { LongFormulas } from '../formulas/longFormulas.js';
import { FINE, PERCENT, formatOf } from '../formulas/numberFormats.js';
import {
  fixed,
  head,
  headOfNumbers,
  note,
  number,
  text,
  title,
  verdict,
  type WorkbookCell,
  type WorkbookRow,
  type WorkbookSheet,
} from '../workbook.js';
import { CHANGED_INPUTS, ERRORS, FOOT_VERDICT, footingRows, sheetRows } from './checkedSheets.js';
import type { CrossTab } from './crossTab.js';
import {
  EXACT,
  FORECAST,
  SELECTED,
  numberCell,
  indexed,
  isNumberOfCells,
  type ForecastEntry,
  type ForecastFigure,
} from './forecastSheets.js';
import { conditionRows } from './conditions.js';
import type { CheckedFigure } from './triangulationSheet.js';
import { headsOver, widthOf } from './sheetColumns.js';
import { CHECK, type SheetLayout } from './sheetLayout.js';

const WHY = [
  'Formulas compute in doubles and do not round a split of an amount: it is amount × weight ÷ sum of weights.',
  'The engine rounds every split down to the smallest unit, and gives the units left over to the largest remainders.',
  'So each split or rounding changes a cell by less than one smallest unit; a sum adds these differences.',
  'The tolerance of a cell is the sum of these differences and of the last digits of doubles, computed for each cell.',
] as const;

const HEADS = [
  'scenario',
  ...(['period', 'component', 'supplier', 'measure', 'unit'] as const),
  ...(['formula', 'exact', 'difference', 'tolerance', '% of tolerance', 'verdict'] as const),
] as const;
/** The column of the values of formulas; all columns after it are numbers, too. */
const FIRST_NUMBER = 6;
const [DIFFERENCE, TOLERANCE, OF_TOLERANCE, LINE_VERDICT] = [8, 9, 10, 11] as const;

const FOOT_HEADS = ['table', 'total', 'sum of cells', 'difference', 'verdict'] as const;
const SHEET_HEADS = ['sheet', 'changed inputs', 'errors'] as const;
const CONDITION_HEADS = ['condition', 'value', 'what it has to be', '', 'verdict'] as const;

/** A number of one scenario, with the cell of its formula. */
interface Line {
  readonly id: string;
  readonly entry: Pick<ForecastEntry, 'period' | 'component' | 'supplier' | 'measure' | 'unit'>;
  readonly figure: Pick<ForecastFigure, 'live' | 'exact'>;
  readonly live: string;
  /** The cell of the exact number, if it has one. */
  readonly exact: string | undefined;
}

/** The rows above the summary: the title and a note. */
const ABOVE = 2;

/** What the check is about, besides the numbers of the forecast. */
export interface Checked {
  readonly tables: readonly CrossTab[];
  /** The other sheets, none of whose cells may be an error. */
  readonly others: readonly WorkbookSheet[];
  /** Its sheet is checked, too. */
  readonly long: LongFormulas;
  /** Further plans of the scenarios, and the numbers of the sheet that compares them. */
  readonly added: readonly SheetLayout[];
  readonly figures: readonly CheckedFigure[];
}

export function checkSheet(
  layouts: readonly SheetLayout[],
  entries: readonly ForecastEntry[],
  { tables, others, long, added, figures }: Checked,
): WorkbookSheet {
  const { say } = layouts[0]!;
  const all = [...linesOf(layouts, entries), ...figures.map(lineOfFigure)];
  const byUnit = groupBy(all, ({ entry }) => entry.unit);
  const lines = [...byUnit.values()].flat();
  const under = ABOVE + ON_ALL + byUnit.size + 1 + WHY.length + 2;
  const feet = footingRows(tables, layouts, under, { all: indexed(entries), long, say });
  const sheets = sheetRows([...others, ...long.sheets()], layouts);
  const sheetsAt = under + feet.length + 2;
  const conditionsAt = sheetsAt + sheets.length + 2;
  const conditions = conditionRows(layouts, added, conditionsAt);
  const at = {
    feet: { first: under, count: feet.length },
    sheets: { first: sheetsAt, count: sheets.length },
    conditions: { first: conditionsAt, count: conditions.length },
    lines: { first: conditionsAt + conditions.length + 2, count: lines.length },
  };
  return {
    name: CHECK,
    widths: [widthOf(conditions, 0, 40), 22, 28, 18, 10, 10, 22, 22, 16, 16, 12, 10],
    rows: [
      [title(say('Check: formulas compared with the engine, tables with their cells'))],
      [
        note(
          say('CHANGED: inputs differ from the file, and the differences below follow from that.'),
        ),
      ],
      ...summary(lines, at, say),
      ...largestDifferences(byUnit, at.lines.first, say),
      [],
      ...WHY.map((line) => [note(say(line))]),
      [],
      headsOver(
        FOOT_HEADS.map((word) => say(word)),
        feet,
      ),
      ...feet,
      [],
      headsOver(
        SHEET_HEADS.map((word) => say(word)),
        sheets,
      ),
      ...sheets,
      [],
      headsOver(
        CONDITION_HEADS.map((word) => word && say(word)),
        conditions,
      ),
      ...conditions,
      [],
      HEADS.map((word, i) => (i < FIRST_NUMBER ? head : headOfNumbers)(say(word))),
      ...lines.map((line, i) => lineRow(line, at.lines.first + i, say)),
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
          ...{ id: buyerKey(layouts[f]!.plan.scenario), entry, figure },
          live: numberCell(FORECAST, e, column),
          exact: numberCell(EXACT, e, SELECTED + f),
        },
      ];
    }),
  );
}

function lineOfFigure({ name, fiscal_year: period, ...figure }: CheckedFigure): Line {
  return {
    ...{ id: name, entry: { ...figure, period, supplier: '' }, figure },
    ...{ live: figure.cell, exact: undefined },
  };
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
  lines: readonly Line[],
  at: Readonly<Record<'feet' | 'sheets' | 'conditions' | 'lines', Rows>>,
  say: Say,
): readonly WorkbookRow[] {
  const changed = `SUM(${rangeOf(CHANGED_INPUTS, at.sheets)})`;
  const errors = `${at.sheets.count}-COUNTIF(${rangeOf(ERRORS, at.sheets)},0)`;
  const notOk = (column: number, rows: Rows) =>
    `${rows.count}-COUNTIF(${rangeOf(column, rows)},"OK")`;
  const count = (formula: string) => number({ formula, value: 0 }, '0');
  // A deleted row or an error is neither OK nor FAIL, so the number of both words is less than it was.
  const words = ['OK', 'FAIL'].map(
    (word) => `COUNTIF(${rangeOf(LINE_VERDICT, at.lines)},"${word}")`,
  );
  const isWhole = `${words.join('+')}=${at.lines.count}`;
  const rows: readonly (readonly [Word, WorkbookCell])[] = [
    [
      'verdict',
      verdict(
        `IFERROR(IF(B5+B6>0,"INVALID",IF(AND(B8=0,${isWhole}),IF(B4>0,"CHANGED",IF(B7=0,"OK","FAIL")),"FAIL")),"FAIL")`,
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
  return rows.map(([label, cell]) => [text(say(label)), cell]);
}

/**
 * The largest difference in each unit, because yuan and servers cannot be compared. The lines of a unit stand
 * together, so that it needs no condition, which programs compute in different ways.
 */
function largestDifferences(
  byUnit: ReadonlyMap<string, readonly Line[]>,
  first: number,
  say: Say,
): readonly WorkbookRow[] {
  let at = first;
  return [...byUnit].map(([unit, lines]) => {
    const range = rangeOf(DIFFERENCE, { first: at, count: lines.length });
    const value = most(lines, (figure) => Math.abs(differenceOf(figure)));
    at += lines.length;
    return [
      text(say('largest difference, in')),
      number({ formula: `MAX(MAX(${range}),-MIN(${range}))`, value }, FINE),
      text(unit),
    ];
  });
}

function most(lines: readonly Line[], of: (figure: Line['figure']) => number): number {
  return greatest(
    lines.map(({ figure }) => of(figure)),
    0,
  );
}

function rangeOf(column: number, { first, count }: Rows): string {
  return `${fixed({ row: first, column })}:${fixed({ row: first + count - 1, column })}`;
}

function lineRow({ id, entry, figure, live, exact }: Line, row: number, say: Say): WorkbookRow {
  const { period, component, supplier, measure, unit } = entry;
  const at = (column: number) => fixed({ row, column });
  const format = formatOf(unit);
  const [here, there, difference, tolerance] = [6, 7, DIFFERENCE, TOLERANCE].map(at);
  // A program reads a text as a number by the signs of its country, so that a long number stands here itself.
  const value = Number(figure.exact);
  const part = `IF(${tolerance!}=0,0,ABS(${difference!})/${tolerance!})`;
  return [
    ...[id, period, component, supplier, say(measure), unit].map(text),
    number({ formula: live, value: figure.live.value }, format),
    number(
      exact !== undefined && isNumberOfCells(figure.exact) ? { formula: exact, value } : value,
      format,
    ),
    number({ formula: `${here!}-${there!}`, value: differenceOf(figure) }, FINE),
    number(figure.live.slack, FINE),
    number({ formula: part, value: partUsed(figure) }, PERCENT),
    verdict(`IF(ABS(${difference!})<=${tolerance!},"OK","FAIL")`),
  ];
}

function differenceOf({ live, exact }: Line['figure']): number {
  return live.value - Number(exact);
}

function partUsed(figure: Line['figure']): number {
  const { slack } = figure.live;
  return slack === 0 ? 0 : Math.abs(differenceOf(figure)) / slack;
}
