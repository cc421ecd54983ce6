/** The sheet Triangulation: what scenarios plan beside what their estimates in units buy, by component and fiscal year. */
import { append, greatest } from '../../core/lists.js';
import { closingsText } from '../../studies/triangulate/closing.js';
import { PERCENT, formatOf, scaledFormat } from '../formulas/numberFormats.js';
import { sumOfCells } from '../formulas/printFormula.js';
import {
  fixed,
  head,
  headOfNumbers,
  note,
  number,
  onSheet,
  text,
  title,
  type WorkbookCell,
  type WorkbookRow,
  type WorkbookSheet,
} from '../workbook.js';
import { widthOf } from './sheetColumns.js';
import type { SideFigure, TriangulatedLine, TriangulatedPlan } from './triangulatedPlans.js';

export const TRIANGULATION = 'Triangulation';

/** Columns, after the name and the key of a component, and the fiscal year. */
const [ABOVE, BELOW, GAP, COUNTED_IN] = [3, 4, 5, 7] as const;
const [UNITS_ABOVE, UNITS_BELOW, CLOSED_BY] = [8, 9, 11] as const;
/** The rows above the first block. */
const TOP = 4;

/** A number of the sheet for the check, which compares it with the engine's exact one. */
export interface CheckedFigure extends SideFigure {
  /** The scenario, the estimate and the side. */
  readonly name: string;
  readonly fiscal_year: string;
  readonly component: string;
  readonly measure: 'demand' | 'units';
  readonly cell: string;
}

/** The sheet, and its numbers that follow from the plans. */
export interface TriangulationTable {
  readonly sheet: WorkbookSheet;
  readonly figures: readonly CheckedFigure[];
}

/** Nothing where no scenario has an estimate in units. */
export function triangulationTable(
  plans: readonly TriangulatedPlan[],
): TriangulationTable | undefined {
  const [first] = plans;
  if (!first) return undefined;
  const { say } = first.below;
  const rows: WorkbookRow[] = [
    [title(say('From above and from below'))],
    [note(say(SAYS))],
    [note(say(CLOSED_SAYS))],
    [],
  ];
  const figures: CheckedFigure[] = [];
  for (const plan of plans) {
    const start = rows.length;
    append(rows, [...blockRows(plan, start), []]);
    append(
      figures,
      plan.lines.flatMap((line, i) => figuresOf(plan, line, start + 1 + i)),
    );
  }
  const texts = rows.slice(TOP);
  return {
    sheet: {
      name: TRIANGULATION,
      widths: [
        ...[widthOf(texts, 0, 24), 20, 12, 18, 18, 18, 10, 14, 16, 16, 16],
        widthOf(texts, CLOSED_BY, 30),
      ],
      rows,
      frozen: { rows: TOP, columns: ABOVE },
    },
    figures,
  };
}

const SAYS = 'gap is what is below less what is above, and its percentage is of what is above';
const CLOSED_SAYS =
  'What would close a gap is computed for the inputs of the file, and does not follow changes.';

/** Heads, then a row for each place. */
function blockRows(plan: TriangulatedPlan, start: number): readonly WorkbookRow[] {
  const { lines, below } = plan;
  const { head: unit, format } = scaledFormat(
    below.plan.scenario.currency.code,
    greatest(lines.flatMap((line) => [line.above.demand, line.below.demand]).map(valueOf), 0),
    below.language,
  );
  const nameOf = namesIn(plan);
  const rows = lines.map((line, i) => {
    const row = start + 1 + i;
    const { component } = line.place;
    if (component === undefined) return totalRow(plan, line, { start, row, format });
    return componentRow(line, nameOf(component), row, format);
  });
  return [headsOf(plan, unit), ...rows];
}

/** @param unit of the money: `CNY, shown in bn` */
function headsOf({ name, below: { say } }: TriangulatedPlan, unit: string): WorkbookRow {
  return [
    head(`${name}: ${say('{measure}, {unit}', { measure: say('demand'), unit })}`),
    head(''),
    head(say('fiscal_year')),
    ...[say('from above'), say('from below'), say('gap'), '%'].map(headOfNumbers),
    head(say('counted in')),
    ...[say('units above'), say('units below'), say('units gap')].map(headOfNumbers),
    head(say('closed by')),
  ];
}

function componentRow(
  line: TriangulatedLine,
  name: string,
  row: number,
  format: string,
): WorkbookRow {
  const { component, year } = line.place;
  return [
    ...[text(name), note(component!), text(year)],
    ...moneyCells(line.above.demand, line.below.demand, row, format),
    ...unitCells(line, row),
    text(closingsText(line.closings)),
  ];
}

/**
 * The sums over the components of a fiscal year.
 *
 * @param start the row of the heads
 */
function totalRow(
  { lines, below: { say } }: TriangulatedPlan,
  { place: { year }, above, below, closings }: TriangulatedLine,
  { start, row, format }: Readonly<{ start: number; row: number; format: string }>,
): WorkbookRow {
  const own = lines.flatMap(({ place }, at) =>
    place.component !== undefined && place.year === year ? [start + 1 + at] : [],
  );
  const sumIn = (figure: SideFigure | undefined, column: number) => {
    const cells = own.map((at) => ({ row: at, column }));
    return figure && { ...figure, formula: sumOfCells(cells, (range) => range) };
  };
  const [over, under] = [sumIn(above.demand, ABOVE), sumIn(below.demand, BELOW)];
  const cells = [
    ...[text(say('total')), text(''), text(year)],
    ...moneyCells(over, under, row, format),
    ...Array.from({ length: CLOSED_BY - COUNTED_IN }, () => text('')),
    text(closingsText(closings)),
  ];
  return cells.map((cell) => cell && { ...cell, look: 'total' });
}

/** Both sides, the gap, and its part of what is above; empty where that is nothing. */
function moneyCells(
  above: SideFigure | undefined,
  below: SideFigure | undefined,
  row: number,
  format: string,
): WorkbookRow {
  const [over, under, gap] = [ABOVE, BELOW, GAP].map((column) => fixed({ row, column }));
  const cells = [above, below].map((figure) => figure && liveCell(figure, format));
  if (!above || !below) return [...cells, undefined, undefined];
  const difference = below.live.value - above.live.value;
  const share = above.live.value === 0 ? '' : difference / above.live.value;
  const formula = `IF(SIGN(${over!})=0,"",${gap!}/${over!})`;
  return [
    ...cells,
    number({ formula: `${under!}-${over!}`, value: difference }, format),
    number({ formula, value: share }, PERCENT),
  ];
}

/** What is counted, the units of both sides, and their gap. */
function unitCells({ above, below }: TriangulatedLine, row: number): WorkbookRow {
  const unit = above.units?.unit ?? below.units?.unit;
  if (unit === undefined) return [undefined, undefined, undefined, undefined];
  const format = formatOf(unit);
  const [over, under] = [UNITS_ABOVE, UNITS_BELOW].map((column) => fixed({ row, column }));
  const value = valueOf(below.units) - valueOf(above.units);
  return [
    text(unit),
    ...[above.units, below.units].map((figure) => figure && liveCell(figure, format)),
    above.units && below.units && number({ formula: `${under!}-${over!}`, value }, format),
  ];
}

function liveCell({ formula, live }: SideFigure, format: string): WorkbookCell {
  return number({ formula, value: live.value }, format);
}

function valueOf(figure: SideFigure | undefined): number {
  return figure?.live.value ?? 0;
}

/** The numbers of a row that follow from the plans. */
function figuresOf(
  { name, below: { say } }: TriangulatedPlan,
  { place: { component, year }, above, below }: TriangulatedLine,
  row: number,
): readonly CheckedFigure[] {
  if (component === undefined) return [];
  const sides = [
    { words: say('from above'), figures: above, demand: ABOVE, units: UNITS_ABOVE },
    { words: say('from below'), figures: below, demand: BELOW, units: UNITS_BELOW },
  ];
  return sides.flatMap((side) =>
    (['demand', 'units'] as const).flatMap((measure): readonly CheckedFigure[] => {
      const figure = side.figures[measure];
      const cell = onSheet(TRIANGULATION, fixed({ row, column: side[measure] }));
      const labels = { name: `${name}, ${side.words}`, fiscal_year: year, component, measure };
      return figure ? [{ ...figure, ...labels, cell }] : [];
    }),
  );
}

/** The names of the components of both sides. */
function namesIn({ above, below }: TriangulatedPlan): (component: string) => string {
  const all = [below, above].flatMap(({ plan }) => plan.scenario.components);
  const names = new Map(all.map(({ key, name }) => [key, name]));
  return (component) => names.get(component) ?? component;
}
