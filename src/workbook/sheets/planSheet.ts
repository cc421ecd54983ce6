/** The sheet Plan: every step from the inputs to the forecast, as a formula. */
import { nearestWhole } from '../../core/number/fraction.js';
import type { Ref } from '../../plan/builder.js';
import { formula, type Step } from '../../plan/step.js';
import { total } from '../formulas/formulaValues.js';
import { formatOf } from '../formulas/numberFormats.js';
import { printFormula, sumOf, type Places } from '../formulas/printFormula.js';
import {
  fixed,
  head,
  note,
  number,
  text,
  title,
  type WorkbookRow,
  type WorkbookSheet,
} from '../workbook.js';
import { VALUES, type LayoutLine, type SheetLayout } from './sheetLayout.js';

/** Each kind of step, in a word or two. */
const WORDS: Readonly<Record<Step['op'], string>> = {
  input: 'input',
  constant: 'constant',
  parameter: 'constant',
  sum: 'sum',
  difference: 'remainder',
  product: 'product',
  quotient: 'quotient',
  power: 'power',
  allocate: 'split',
  attributable: 'product, rounded',
  factor: 'product, rounded',
  units: 'units, rounded',
  translate: 'translation, rounded',
};

export function planSheet(layout: SheetLayout): WorkbookSheet {
  const { scenario } = layout.plan;
  return {
    name: layout.planSheet,
    widths: [48, 24, 10, 20],
    rows: [
      [title(`Calculation, step by step: ${scenario.title}`)],
      [
        note(
          'Every number of the calculation, in order. Splits are not rounded to the smallest unit here.',
        ),
      ],
      ['number', 'value', 'unit', 'step'].map(head),
      ...layout.lines.map((line) => rowOf(layout, line)),
    ],
    frozen: { rows: 3, columns: 1 },
  };
}

function rowOf(layout: SheetLayout, line: LayoutLine): WorkbookRow {
  const { descriptions, nameOf, liveAt } = layout;
  if ('sumOf' in line) {
    const { amount, weights } = line.sumOf;
    const terms = weights.map((ref) => ({ op: 'at' as const, ref }));
    const live = {
      formula: sumOf(terms, placesOf(layout, weights[0]!)),
      value: total(weights.map(liveAt)).value,
    };
    const { label } = descriptions.countedIn(weights[0]!);
    const whole = nameOf(amount);
    const name = `weights${whole === '' ? '' : ` for ${whole}`}`;
    return [text(name), number(live, formatOf(label)), text(label), text('sum')];
  }
  const { ref, step } = line;
  const { label } = descriptions.countedIn(ref);
  const cell = number(contentOf(layout, ref, step), formatOf(label));
  return [text(nameOf(ref)), cell, text(label), text(WORDS[step.op])];
}

function contentOf(layout: SheetLayout, ref: Ref, step: Step) {
  const { value } = layout.liveAt(ref);
  const of = formula(step, ref);
  if (of?.op === 'number') return value;
  if (of) return { formula: printFormula(of, placesOf(layout, ref)), value };
  const cell = step.op === 'input' ? layout.inputCell(step.input) : undefined;
  return cell === undefined ? value : { formula: cell, value };
}

/** References for the formulas of this sheet. */
function placesOf({ rowOf, wholeRow, descriptions }: SheetLayout, ref: Ref): Places {
  const cell = (row: number) => fixed({ row, column: VALUES });
  return {
    rowOf,
    cell,
    range: (first, last) => `${cell(first)}:${cell(last)}`,
    whole: (weights) => cell(wholeRow(weights)),
    quantum: nearestWhole(descriptions.countedIn(ref).quantum),
  };
}
