/** The inputs of a scenario as a sheet: the one place of a workbook where numbers are typed. */
import { nearestWhole } from '../../core/number/fraction.js';
import { positionOf } from '../../core/text/source.js';
import { isRest, type Input, type Share } from '../../model/input.js';
import {
  EROSION,
  GROWTH,
  PART,
  PRICE,
  QUANTUM,
  RATE,
  SHARE,
  type InputKind,
} from '../../model/inputKind.js';
import { denominate } from '../../plan/step.js';
import { PLAIN, type Denomination } from '../../plan/steps/denomination.js';
import { formatOf } from '../formulas/numberFormats.js';
import { ABOVE, VALUES, type SheetLayout } from './sheetLayout.js';
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
  type WorkbookCell,
  type WorkbookSheet,
  type CellName,
  type CellPlace,
  type WorkbookRow,
  type Rule,
} from '../workbook.js';

const HEADS = [
  'input',
  'value',
  'unit',
  'low',
  'high',
  'why',
  'where in the file',
  'as written',
  'in the file',
  'changed',
];
const NUMBERS = ['value', 'low', 'high', 'in the file', 'changed'];
/** The columns of the ends of a range, of the number in the file, and of whether the cell has another. */
export const LOW = 3;
export const HIGH = 4;
export const IN_FILE = 8;
export const CHANGED = 9;
/** The cells of the arguments that the workbook was made with, and of the version of the scenario. */
export const ARGUMENTS: CellPlace = { row: 1, column: 5 };
export const VERSION: CellPlace = { row: 1, column: 7 };

/** @param args the arguments of the command, beside its files */
export function inputsSheet(frame: SheetLayout, args: readonly string[]): WorkbookSheet {
  const { scenario } = frame.plan;
  const { inputs } = scenario;
  return {
    name: frame.inputsSheet,
    widths: [46, 22, 8, 22, 22, 50, 28, 20, 22, 10],
    rows: [
      [title(`Inputs: ${scenario.title}`)],
      [
        note('Blue cells may be changed: all sheets but Exact follow. `rest` follows by itself.'),
        ...[undefined, undefined, undefined, undefined],
        args.length === 0 ? undefined : note(writeArguments(args)),
        note('version of the scenario'),
        note(versionOf(scenario)),
      ],
      HEADS.map((word) => (NUMBERS.includes(word) ? headOfNumbers(word) : head(word))),
      ...inputs.map((share, i) => rowOf(frame, share, ABOVE + i)),
    ],
    frozen: { rows: 3, columns: 1 },
  };
}

/** A name for every input, so that formulas of one's own can say `components.servers.price`. */
export function inputNames({ plan, inputsSheet: sheet }: SheetLayout, prefix: string): CellName[] {
  const taken = new Set<string>();
  return plan.scenario.inputs.map(({ path }, i) => {
    const plain = `${prefix}${path}`.replace(/[^A-Za-z0-9_.]/g, '_');
    let name = plain;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${plain}_${n}`;
    taken.add(name.toLowerCase());
    return { name, range: onSheet(sheet, fixed({ row: ABOVE + i, column: VALUES })) };
  });
}

function rowOf(frame: SheetLayout, share: Share, row: number): WorkbookRow {
  const { path, span } = share;
  const counted = isRest(share) ? countedInOf(frame, share) : countedIn(share);
  const format = formatOf(counted.label);
  const { name } = span.source;
  const file = name.replace(/^.*[\\/]/, '');
  const place = `${file}, line ${positionOf(span).line}`;
  const { low, high } = share.attributes;
  return [
    text(path),
    isRest(share) ? restCell(frame, share, format) : inputCell(share, counted, format),
    text(counted.label),
    ...[low, high].map((end) => end && number(scaled(end.value.value, counted), format)),
    text(reasonOf(share)),
    text(place),
    text(share.text),
    ...(isRest(share) ? [] : changedCells(share, counted, format, row)),
  ];
}

function inputCell(input: Input, counted: Denomination, format: string): WorkbookCell {
  const content = scaled(input.value, counted);
  const comment = commentOf(input);
  const rule = ruleOf(input);
  return { content, look: 'input', format, rule, ...(comment !== '' && { comment }) };
}

function restCell(frame: SheetLayout, share: Share, format: string): WorkbookCell {
  const ref = frame.refOf(share);
  if (ref === undefined) return text('rest');
  return number({ formula: frame.cellOf(ref), value: frame.liveAt(ref).value }, format);
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

function countedInOf({ refOf, reading }: SheetLayout, share: Share): Denomination {
  const ref = refOf(share);
  return ref === undefined ? PLAIN : reading.countedIn(ref);
}

function scaled({ n, d }: Input['value'], { quantum }: Denomination): number {
  return nearestWhole({ n: n * quantum.n, d: d * quantum.d });
}

function reasonOf({ attributes }: Share): string {
  const { evidence, assumption } = attributes;
  if (evidence) return `claim: ${evidence.value}`;
  return assumption ? `assumed: ${assumption.value}` : '';
}

/** What is known of an input beside its reason. */
function commentOf({ kind, attributes }: Input): string {
  const { low, high, range_evidence, note: remark, name, date } = attributes;
  const ends = low && high ? `${low.text} to ${high.text}` : (low ?? high)?.text;
  const said = [
    kind.noun,
    ends === undefined ? '' : `likely: ${ends}`,
    range_evidence ? `range: ${range_evidence.value}` : '',
    name?.value ?? '',
    date?.text ?? '',
    remark?.value ?? '',
  ];
  return said.filter((line) => line !== '').join('\n');
}

/** The bounds that the model sets to a kind of input. */
const BOUNDS: readonly (readonly [InputKind, Rule])[] = [
  [SHARE, { least: 0, most: 1, says: 'a share, from 0% to 100%' }],
  [GROWTH, { least: -1, says: 'a growth rate, not below -100%' }],
  [EROSION, { least: -1e9, most: 1, says: 'an erosion, below 100%' }],
  ...[PRICE, RATE, QUANTUM].map(
    (kind) => [kind, { least: 0, isOpen: true, says: `${kind.noun}, above 0` }] as const,
  ),
];
const NOT_NEGATIVE: Rule = { least: 0, says: 'a number that is not below 0' };

function ruleOf({ kind, currency }: Input): Rule {
  const known = BOUNDS.find(([one]) => one === kind)?.[1];
  if (known) return known;
  return kind === PART && !currency ? BOUNDS[0]![1] : NOT_NEGATIVE;
}
