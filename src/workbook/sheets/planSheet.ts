/** The steps of a plan as a sheet: every number on the way from the inputs to the forecast, as a formula. */
import { nearestWhole } from '../../core/number/fraction.js';
import type { Ref } from '../../plan/builder.js';
import { formula, type Step } from '../../plan/step.js';
import { total } from '../formulas/formulaValues.js';
import { formatOf } from '../formulas/numberFormats.js';
import { VALUES, type SheetLayout, type LayoutLine } from './sheetLayout.js';
import { print, sumOf, type Places } from '../formulas/printFormula.js';
import {
  fixed,
  head,
  note,
  number,
  text,
  title,
  type WorkbookSheet,
  type WorkbookRow,
} from '../workbook.js';

/** What a kind of step does, in a word. */
const WORDS: Readonly<Record<Step['op'], string>> = {
  input: 'input',
  constant: 'constant',
  parameter: 'constant',
  sum: 'sum',
  difference: 'what is left',
  product: 'product',
  quotient: 'quotient',
  power: 'power',
  allocate: 'split',
  attributable: 'product, rounded',
  factor: 'product, rounded',
  units: 'units, rounded',
  translate: 'translation, rounded',
};

export function planSheet(frame: SheetLayout): WorkbookSheet {
  const { scenario } = frame.plan;
  return {
    name: frame.planSheet,
    widths: [48, 24, 10, 20],
    rows: [
      [title(`How the forecast comes about: ${scenario.title}`)],
      [
        note(
          'Every number of the calculation, in its order. Splits are not cut to the last unit here.',
        ),
      ],
      ['what', 'value', 'unit', 'how'].map(head),
      ...frame.lines.map((line) => rowOf(frame, line)),
    ],
    frozen: { rows: 3, columns: 1 },
  };
}

function rowOf(frame: SheetLayout, line: LayoutLine): WorkbookRow {
  const { reading, nameOf, liveAt } = frame;
  if ('sumOf' in line) {
    const { amount, weights } = line.sumOf;
    const terms = weights.map((ref) => ({ op: 'at' as const, ref }));
    const live = {
      formula: sumOf(terms, placesOf(frame, weights[0]!)),
      value: total(weights.map(liveAt)).value,
    };
    const { label } = reading.countedIn(weights[0]!);
    const whole = nameOf(amount);
    const name = `weights${whole === '' ? '' : ` for ${whole}`}`;
    return [text(name), number(live, formatOf(label)), text(label), text('sum')];
  }
  const { ref, step } = line;
  const { label } = reading.countedIn(ref);
  const cell = number(contentOf(frame, ref, step), formatOf(label));
  return [text(nameOf(ref)), cell, text(label), text(WORDS[step.op])];
}

function contentOf(frame: SheetLayout, ref: Ref, step: Step) {
  const { value } = frame.liveAt(ref);
  const of = formula(step, ref);
  if (of?.op === 'number') return value;
  if (of) return { formula: print(of, placesOf(frame, ref)), value };
  const given = step.op === 'input' ? frame.inputCell(step.input) : undefined;
  return given === undefined ? value : { formula: given, value };
}

/** Places for the formulas of this sheet. */
function placesOf({ rowOf, wholeRow, reading }: SheetLayout, ref: Ref): Places {
  const cell = (row: number) => fixed({ row, column: VALUES });
  return {
    rowOf,
    cell,
    range: (first, last) => `${cell(first)}:${cell(last)}`,
    whole: (weights) => cell(wholeRow(weights)),
    quantum: nearestWhole(reading.countedIn(ref).quantum),
  };
}
