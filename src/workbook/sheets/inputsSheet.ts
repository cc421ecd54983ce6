/** The sheet Inputs: the only sheet of a workbook on which a person changes numbers. */
import { nearestWhole } from '../../core/number/fraction.js';
import type { Say, Word } from '../../core/text/language.js';
import { positionOf } from '../../core/text/source.js';
import { isRest, type Input, type Share } from '../../model/input.js';
import type { Portfolio } from '../../model/portfolio.js';
import { denominate } from '../../plan/step.js';
import { PLAIN, type Denomination } from '../../plan/steps/denomination.js';
import { formatOf } from '../formulas/numberFormats.js';
import { versionOf, writeArguments } from '../import/workbookVersion.js';
import {
  fixed,
  head,
  headOfNumbers,
  note,
  number,
  onSheet,
  text,
  title,
  type CellName,
  type CellPlace,
  type WorkbookCell,
  type WorkbookRow,
  type WorkbookSheet,
} from '../workbook.js';
import { SHARED } from './givenInputs.js';
import { ruleOf } from './inputRules.js';
import { VALUES } from './planGrid.js';
import { ABOVE, type SheetLayout } from './sheetLayout.js';

const HEADS = [
  'input',
  'value',
  'unit',
  'low',
  'high',
  'evidence or assumption',
  'place in the file',
  'text in the file',
  'value in the file',
  'changed',
  'details',
] as const;
const NUMBERS: readonly Word[] = ['value', 'low', 'high', 'value in the file', 'changed'];
/** What stands for a share that no number of the forecast reads, and that takes what the others leave. */
export const REST = 'rest';
/** Columns: both ends of the range, the place in the file, the value in the file, whether the cell differs from it, and the last one. */
export const LOW = 3;
export const HIGH = 4;
export const PLACE = 6;
export const IN_FILE = 8;
export const CHANGED = 9;
export const DETAILS = 10;
/** Cells: the options of the command that made the workbook, and the version of the scenario. */
export const ARGUMENTS: CellPlace = { row: 1, column: 5 };
export const VERSION: CellPlace = { row: 1, column: 7 };

/** @param args the options of the command that makes the workbook, without its files */
export function inputsSheet(layout: SheetLayout, args: readonly string[]): WorkbookSheet {
  const { plan, say } = layout;
  const { scenario } = plan;
  const { inputs, title: words } = scenario;
  const beside = [
    args.length === 0 ? undefined : note(writeArguments(args, layout.language)),
    note(say('version of the scenario')),
    note(versionOf(scenario)),
  ];
  const rows = inputs.map((share, i) => rowIn(layout, share, ABOVE + i));
  return sheetOfInputs(layout.inputsSheet, { words, say, beside, rows });
}

/** The inputs that a portfolio gives to all its buyers. */
export function sharedInputsSheet({ title: words, inputs }: Portfolio, say: Say): WorkbookSheet {
  const rows = inputs.flatMap((share, i) =>
    isRest(share) ? [] : [rowOf(say, share, typedCells(share, ABOVE + i, say))],
  );
  return sheetOfInputs(SHARED, { words, say, beside: [], rows });
}

interface InputRows {
  readonly words: string;
  readonly say: Say;
  /** Cells beside the note. */
  readonly beside: WorkbookRow;
  readonly rows: readonly WorkbookRow[];
}

function sheetOfInputs(name: string, { words, say, beside, rows }: InputRows): WorkbookSheet {
  return {
    name,
    widths: [46, 22, 8, 22, 22, 50, 28, 20, 22, 10, 60],
    rows: [
      [title(say('Inputs: {title}', { title: words }))],
      [
        note(
          say('Change blue cells: all sheets except Exact are recalculated. `rest` is calculated.'),
        ),
        ...[undefined, undefined, undefined, undefined],
        ...beside,
      ],
      HEADS.map((word) => (NUMBERS.includes(word) ? headOfNumbers : head)(say(word))),
      ...rows,
    ],
    frozen: { rows: 3, columns: 1 },
  };
}

/** A defined name has at most 255 characters in Excel; the last ones are left for a number. */
const LONGEST_NAME = 245;

/**
 * A defined name for every input, so that a person's own formulas can refer to `input.components.servers.price`.
 *
 * @param taken the names of the workbook, in lower case; the new ones are added
 */
export function inputNames(
  inputs: readonly Share[],
  sheet: string,
  prefix: string,
  taken: Set<string>,
): CellName[] {
  return inputs.map(({ path }, i) => {
    const plain = `${prefix}${path}`.replace(/[^A-Za-z0-9_.]/g, '_').slice(0, LONGEST_NAME);
    let name = plain;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${plain}_${n}`;
    taken.add(name.toLowerCase());
    return { name, range: onSheet(sheet, fixed({ row: ABOVE + i, column: VALUES })) };
  });
}

/** The cells of an input that differ by who gives it its number. */
interface InputCells {
  readonly counted: Denomination;
  readonly value: WorkbookCell;
  readonly ends: WorkbookRow;
  /** The value in the file, and whether the cell differs from it. */
  readonly changed: WorkbookRow;
}

function rowIn(layout: SheetLayout, share: Share, row: number): WorkbookRow {
  const { say } = layout;
  if (!isRest(share))
    return rowOf(say, share, givenCells(layout, share) ?? typedCells(share, row, say));
  const counted = countedInOf(layout, share);
  const value = restCell(layout, share, formatOf(counted.label));
  return rowOf(say, share, { counted, value, ends: NONE, changed: NONE });
}

const NONE = [undefined, undefined];

/** A person changes the number here. */
function typedCells(input: Input, row: number, say: Say): InputCells {
  const counted = countedIn(input);
  const format = formatOf(counted.label);
  const { low, high } = input.attributes;
  const ends = [low, high].map((end) => end && number(scaled(end.value.value, counted), format));
  const value = inputCell(input, counted, format, say);
  return { counted, value, ends, changed: changedCells(input, counted, format, row) };
}

/** The number is that of the sheet Shared inputs; nothing if the portfolio does not give it. */
function givenCells({ given }: SheetLayout, input: Input): InputCells | undefined {
  const counted = countedIn(input);
  const cell = (column: number, of: Input['value']): WorkbookCell | undefined => {
    const formula = given(input.path, column);
    const value = scaled(of, counted);
    return formula === undefined ? undefined : number({ formula, value }, formatOf(counted.label));
  };
  const value = cell(VALUES, input.value);
  const { low, high } = input.attributes;
  const ends = [low && cell(LOW, low.value.value), high && cell(HIGH, high.value.value)];
  return value && { counted, value, ends, changed: NONE };
}

function rowOf(say: Say, share: Share, { counted, value, ends, changed }: InputCells): WorkbookRow {
  const { path, span } = share;
  const { name } = span.source;
  const file = name.replace(/^.*[\\/]/, '');
  const place = say('{file}, line {line}', { file, line: positionOf(span).line });
  return [
    ...[text(path), value, text(unitOf(share, counted, say)), ...ends],
    ...[text(reasonOf(share, say)), text(place), text(share.text)],
    ...[...changed, text(detailsOf(share, say))],
  ];
}

const TIMES = ['months', 'quarters', 'years'] as const;
/** A life is in one of these. */
function unitOf(share: Share, { label }: Denomination, say: Say): string {
  const time = TIMES.find((one) => !isRest(share) && share.unit === one);
  return time ? say(time) : label;
}

/** A number of an input, or the end of its range, as its cell shows it. */
export function shownInput(input: Input, number: Input['value']): ShownInput {
  const counted = countedIn(input);
  return { value: scaled(number, counted), format: formatOf(counted.label) };
}

interface ShownInput {
  readonly value: number;
  readonly format: string;
}

function inputCell(input: Input, counted: Denomination, format: string, say: Say): WorkbookCell {
  const rule = ruleOf(input, say);
  return { content: scaled(input.value, counted), look: 'input', format, rule };
}

function restCell(layout: SheetLayout, share: Share, format: string): WorkbookCell {
  const ref = layout.refOf(share);
  if (ref === undefined) return text(REST);
  return number({ formula: layout.cellOf(ref), value: layout.liveAt(ref).value }, format);
}

function changedCells(
  input: Input,
  counted: Denomination,
  format: string,
  row: number,
): readonly WorkbookCell[] {
  const [here, there] = [VALUES, IN_FILE].map((column) => fixed({ row, column }));
  const formula = `IF(${here!}=${there!},0,1)`;
  return [number(scaled(input.value, counted), format), number({ formula, value: 0 }, '0;-0;""')];
}

function countedIn(input: Input): Denomination {
  return denominate({ op: 'input', out: 0, input }, () => PLAIN);
}

function countedInOf({ refOf, descriptions }: SheetLayout, share: Share): Denomination {
  const ref = refOf(share);
  return ref === undefined ? PLAIN : descriptions.countedIn(ref);
}

function scaled({ n, d }: Input['value'], { quantum }: Denomination): number {
  return nearestWhole({ n: n * quantum.n, d: d * quantum.d });
}

function reasonOf({ attributes }: Share, say: Say): string {
  const { evidence, assumption } = attributes;
  if (evidence) return say('claim: {claim}', { claim: evidence.value });
  return assumption ? say('assumed: {reason}', { reason: assumption.value }) : '';
}

/** What else the file says of an input: its kind, the claim of its range, its name, date and note. */
function detailsOf(share: Share, say: Say): string {
  const { range_evidence, note: remark, name, date } = share.attributes;
  const said = [
    isRest(share) ? '' : say(share.kind.noun),
    range_evidence ? say('range: {claim}', { claim: range_evidence.value }) : '',
    name?.value ?? '',
    date?.text ?? '',
    remark?.value ?? '',
  ];
  return said.filter((words) => words !== '').join('; ');
}
