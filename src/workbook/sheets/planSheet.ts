/** The sheet Plan: every step from the inputs to the forecast, as a formula. */
import { nearestWhole } from '../../core/number/fraction.js';
import type { Ref } from '../../plan/builder.js';
import { formula, type Step } from '../../plan/step.js';
import { valueAt, type Formula } from '../../plan/steps/formula.js';
import { evaluateFormula } from '../formulas/formulaValues.js';
import type { LongFormulas } from '../formulas/longFormulas.js';
import { formatOf } from '../formulas/numberFormats.js';
import { printFormula, sumOf, type Places } from '../formulas/printFormula.js';
import {
  onSheet,
  note,
  number,
  text,
  title,
  type WorkbookRow,
  type WorkbookSheet,
} from '../workbook.js';
import { headsOver, widthOf } from './sheetColumns.js';
import { ANY_PERIOD, FIRST_PERIOD, type PlanLine, type PlanRow } from './planGrid.js';
import type { SheetLayout } from './sheetLayout.js';

const HEADS = ['number', 'value', 'unit', 'step'] as const;

export function planSheet(layout: SheetLayout, long: LongFormulas): WorkbookSheet {
  const { plan, say } = layout;
  const { scenario } = plan;
  const rows = layout.grid.rows.map((row) => rowOf(layout, row, long));
  const { labels } = layout.grid;
  const explained =
    labels.length > 0 ? say('Time goes across; “…” in a name is the period of the column.') : '';
  return {
    name: layout.planSheet,
    widths: [widthOf(rows, 0, 40), 20, 10, 20, ...labels.map(() => 18)],
    rows: [
      [title(say('Calculation, step by step: {title}', { title: scenario.title }))],
      [
        note(
          [
            say(
              'Every number of the calculation. Splits are not rounded to the smallest unit here.',
            ),
            explained,
          ]
            .join(' ')
            .trim(),
        ),
      ],
      headsOver([...HEADS.map((word) => say(word)), ...labels], rows),
      ...rows,
    ],
    frozen: { rows: 3, columns: 1 },
  };
}

function rowOf(
  layout: SheetLayout,
  { name, unit, kind, lines }: PlanRow,
  long: LongFormulas,
): WorkbookRow {
  const columns = FIRST_PERIOD + layout.grid.labels.length;
  return Array.from({ length: columns }, (_, column) => {
    const line = lines.get(column);
    if (line) return number(liveOf(layout, line, long), formatOf(unit));
    const shown = name === ANY_PERIOD ? layout.say('amount of …') : name;
    return [text(shown), undefined, text(unit), text(kind)][column];
  });
}

function liveOf(layout: SheetLayout, line: PlanLine, long: LongFormulas) {
  if ('ref' in line) return contentOf(layout, line.ref, line.step, long);
  const { weights } = line.sumOf;
  const places = placesOf(layout, weights[0]!, long);
  const terms = weights.map(valueAt);
  return { formula: sumOf(terms, places), value: valueOfSum(layout, weights[0]!, terms) };
}

function contentOf(layout: SheetLayout, ref: Ref, step: Step, long: LongFormulas) {
  const { value } = layout.liveAt(ref);
  const of = formula(step, ref);
  if (of?.op === 'number') return value;
  if (of) return { formula: printFormula(of, placesOf(layout, ref, long)), value };
  const cell = step.op === 'input' ? layout.inputCell(step.input) : undefined;
  return cell === undefined ? value : { formula: cell, value };
}

/** References for the formulas of this sheet. */
function placesOf(layout: SheetLayout, ref: Ref, long: LongFormulas): Places {
  const { grid, descriptions, planSheet: name } = layout;
  const placesFrom = (named: Places['named'], longSum: Places['longSum']): Places => ({
    ...{ placeOf: grid.placeOf, wholeAt: grid.wholeAt, named, longSum },
    quantum: nearestWhole(descriptions.countedIn(ref).quantum),
  });
  const elsewhere = placesFrom(
    (range) => onSheet(name, range),
    (own) => own,
  );
  return placesFrom(
    (range) => range,
    (own, terms) =>
      long.sum(own, {
        terms,
        print: (some) => sumOf(some, elsewhere),
        valueOf: (some) => valueOfSum(layout, ref, some),
      }),
  );
}

/** The result of a sum as a formula of the register that it belongs to. */
function valueOfSum(
  { liveAt, descriptions }: SheetLayout,
  ref: Ref,
  terms: readonly Formula[],
): number {
  const quantum = nearestWhole(descriptions.countedIn(ref).quantum);
  return evaluateFormula({ op: 'sum', terms }, { at: liveAt, quantum, roundingSlack: 0 }).value;
}
