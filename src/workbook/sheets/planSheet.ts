/** The sheet Plan: every step from the inputs to the forecast, as a formula. */
import { nearestWhole } from '../../core/number/fraction.js';
import type { Word } from '../../core/text/language.js';
import type { Ref } from '../../plan/builder.js';
import { formula, type Step } from '../../plan/step.js';
import { valueAt, type Formula } from '../../plan/steps/formula.js';
import { evaluateFormula } from '../formulas/formulaValues.js';
import type { LongFormulas } from '../formulas/longFormulas.js';
import { formatOf } from '../formulas/numberFormats.js';
import { printFormula, sumOf, type Places } from '../formulas/printFormula.js';
import {
  fixed,
  onSheet,
  note,
  number,
  text,
  title,
  type WorkbookRow,
  type WorkbookSheet,
} from '../workbook.js';
import { headsOver, widthOf } from './sheetColumns.js';
import { VALUES, type LayoutLine, type SheetLayout } from './sheetLayout.js';

/** Each kind of step, in a word or two. */
const WORDS: Readonly<Record<Step['op'], Word>> = {
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

const HEADS = ['number', 'value', 'unit', 'step'] as const;

export function planSheet(layout: SheetLayout, long: LongFormulas): WorkbookSheet {
  const { plan, say } = layout;
  const { scenario } = plan;
  const rows = layout.lines.map((line) => rowOf(layout, line, long));
  return {
    name: layout.planSheet,
    widths: [widthOf(rows, 0, 48), 24, 10, 20],
    rows: [
      [title(say('Calculation, step by step: {title}', { title: scenario.title }))],
      [
        note(
          say(
            'Every number of the calculation, in order. Splits are not rounded to the smallest unit here.',
          ),
        ),
      ],
      headsOver(
        HEADS.map((word) => say(word)),
        rows,
      ),
      ...rows,
    ],
    frozen: { rows: 3, columns: 1 },
  };
}

function rowOf(layout: SheetLayout, line: LayoutLine, long: LongFormulas): WorkbookRow {
  const { say, descriptions, nameOf } = layout;
  if ('sumOf' in line) {
    const { amount, weights } = line.sumOf;
    const places = placesOf(layout, weights[0]!, long);
    const terms = weights.map(valueAt);
    const live = { formula: sumOf(terms, places), value: valueOfSum(layout, weights[0]!, terms) };
    const { label } = descriptions.countedIn(weights[0]!);
    const whole = nameOf(amount);
    const name = whole === '' ? say('weights') : say('weights for {whole}', { whole });
    return [text(name), number(live, formatOf(label)), text(label), text(say('sum'))];
  }
  const { ref, step } = line;
  const { label } = descriptions.countedIn(ref);
  const cell = number(contentOf(layout, ref, step, long), formatOf(label));
  return [text(nameOf(ref)), cell, text(label), text(say(WORDS[step.op]))];
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
  const { rowOf, wholeRow, descriptions, planSheet: name } = layout;
  const at = (row: number) => fixed({ row, column: VALUES });
  const placesFrom = (named: (range: string) => string, longSum: Places['longSum']): Places => ({
    rowOf,
    cell: (row) => named(at(row)),
    range: (first, last) => named(`${at(first)}:${at(last)}`),
    whole: (weights) => named(at(wholeRow(weights))),
    quantum: nearestWhole(descriptions.countedIn(ref).quantum),
    longSum,
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
