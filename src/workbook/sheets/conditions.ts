/** What the engine requires of inputs, as rows of the sheet Check: numbers that it would refuse are INVALID here, too. */
import type { Fraction } from '../../core/number/fraction.js';
import type { Word } from '../../core/text/language.js';
import type { SplitEstimate } from '../../model/estimate/estimate.js';
import { inputsOf, isRest, type Input, type Share } from '../../model/input.js';
import { AMOUNT, LIFE, PART } from '../../model/inputKind.js';
import { isInUnits } from '../../model/estimate/unitEstimate.js';
import type { Guard } from '../../plan/builder.js';
import { buyerKey } from '../../scenario/scenario.js';
import { total } from '../formulas/formulaValues.js';
import { TEXT, formatOf } from '../formulas/numberFormats.js';
import { sumOfCells } from '../formulas/printFormula.js';
import { fixed, number, onSheet, text, verdict, type Rule, type WorkbookRow } from '../workbook.js';
import { ruleOf } from './inputRules.js';
import { HIGH, LOW, REST, shownInput } from './inputsSheet.js';
import { VALUES } from './planGrid.js';
import { ABOVE, type SheetLayout } from './sheetLayout.js';

/**
 * @param added further plans of these scenarios
 * @param first the first of the rows
 */
export function conditionRows(
  layouts: readonly SheetLayout[],
  added: readonly SheetLayout[],
  first: number,
): readonly WorkbookRow[] {
  const own = layouts.flatMap((layout) => {
    const { plan } = layout;
    const title = layouts.length === 1 ? '' : `${buyerKey(plan.scenario)}: `;
    return [
      ...inputConditions(layout, title),
      ...guardConditions(layout, title),
      ...plan.scenario.unusedEstimates.flatMap((one) =>
        isInUnits(one) ? [] : estimateConditions(layout, title, one),
      ),
    ];
  });
  const others = added.flatMap((one) => guardConditions(one, `${one.planSheet}: `));
  return [...own, ...others].map(({ name, cell, value, format, says, holds }, i): WorkbookRow => {
    const here = fixed({ row: first + i, column: 1 });
    return [
      text(name),
      number({ formula: cell, value }, format),
      text(says),
      undefined,
      verdict(`IF(${holds(here)},"OK","INVALID")`),
    ];
  });
}

interface Condition {
  readonly name: string;
  /** The cell that it is about. */
  readonly cell: string;
  readonly value: number | string;
  readonly format: string;
  /** What it requires, in words. */
  readonly says: string;
  /** The test, as a formula of the cell with the value. */
  readonly holds: (value: string) => string;
}

/** Each input is a number of its kind; so are the ends of its range, and the number is between them. */
function inputConditions(layout: SheetLayout, title: string): readonly Condition[] {
  return layout.plan.scenario.inputs.flatMap((input, i): readonly Condition[] => {
    const at = (column: number) => onSheet(layout.inputsSheet, fixed({ row: ABOVE + i, column }));
    const value = at(VALUES);
    if (isRest(input)) return [restCondition(layout, input, title, value)];
    const { low, high } = input.attributes;
    const { say } = layout;
    const rule = ruleOf(input, say);
    const about = (
      words: string,
      column: number,
      number: Fraction,
      orderOf?: (end: string) => string,
    ): Condition => ({
      ...{ name: `${title}${input.path}${words}`, cell: at(column) },
      ...shownInput(input, number),
      says: wordsOf(rule),
      holds: (here) => {
        const order = orderOf ? [orderOf(here)] : [];
        // The cell itself is asked: a reference to an empty one is 0, which is a number.
        return `AND(${[`ISNUMBER(${at(column)})`, ...boundsOf(input, rule, here), ...order].join(',')})`;
      },
    });
    return [
      about('', VALUES, input.value),
      ...(low ? [about(`, ${say('low')}`, LOW, low.value.value, (end) => `${end}<=${value}`)] : []),
      ...(high
        ? [about(`, ${say('high')}`, HIGH, high.value.value, (end) => `${value}<=${end}`)]
        : []),
    ];
  });
}

/** A `rest` is calculated: nobody typed over it, and its row is there. */
function restCondition(
  { refOf, cellOf, liveAt, descriptions, say }: SheetLayout,
  share: Share,
  title: string,
  cell: string,
): Condition {
  const name = `${title}${share.path}`;
  const says = say('calculated');
  const ref = refOf(share);
  if (ref === undefined)
    return { name, cell, value: REST, format: TEXT, says, holds: (here) => `${here}="${REST}"` };
  const format = formatOf(descriptions.countedIn(ref).label);
  const holds = (here: string) => `AND(ISNUMBER(${cell}),${here}=${cellOf(ref)})`;
  return { name, cell, value: liveAt(ref).value, format, says, holds };
}

function wordsOf(rule: Rule): string {
  return 'says' in rule ? rule.says : rule.among;
}

function boundsOf(input: Input, rule: Rule, value: string): readonly string[] {
  const within =
    'among' in rule
      ? []
      : [
          rule.isOpen && rule.least === 0 ? isPositive(value) : `${value}>=${rule.least}`,
          ...(rule.most === undefined ? [] : [`${value}${rule.isOpen ? '<' : '<='}${rule.most}`]),
        ];
  const { currency, kind } = input;
  const isCounted = currency !== undefined && (kind === AMOUNT || kind === PART);
  const places = kind === LIFE ? 0 : isCounted ? currency.places : undefined;
  return [...within, ...(places === undefined ? [] : [isRounded(value, places)])];
}

const GUARDS: Readonly<Record<Guard, Word>> = {
  zero: 'nothing left over',
  'not negative': 'not below zero',
  positive: 'above zero',
};

/** What shares leave of their whole, and amounts that are divided by. */
function guardConditions(layout: SheetLayout, title: string): readonly Condition[] {
  const { plan, say, nameOf, cellOf, liveAt, digitsAt, descriptions } = layout;
  return [...plan.guards].map(([ref, guard]): Condition => {
    const { value } = liveAt(ref);
    // Roundings agree with the exact ones, but near a half: then a remainder of zero may be a quantum below it.
    const error = Math.max(MARGIN * digitsAt(ref), -1.01 * value);
    return {
      ...{ name: `${title}${nameOf(ref)}`, cell: cellOf(ref), value },
      format: formatOf(descriptions.countedIn(ref).label),
      says: say(GUARDS[guard]),
      holds: (here) => testOf(guard, here, toleranceOf(error)),
    };
  });
}

/** The parts of an estimate that no number of the forecast reads sum to its whole, which is not zero. */
function estimateConditions(
  { inputsSheet, plan, say }: SheetLayout,
  title: string,
  { name, of, parts }: SplitEstimate,
): readonly Condition[] {
  const rows = new Map(plan.scenario.inputs.map((share, i) => [share, ABOVE + i]));
  const cellOf = (row: number) => onSheet(inputsSheet, fixed({ row, column: VALUES }));
  const shares = inputsOf([...parts.values()]);
  const places = shares.map((share) => ({ row: rows.get(share)!, column: VALUES }));
  const sum =
    places.length === 0 ? '0' : sumOfCells(places, (range) => onSheet(inputsSheet, range));
  const whole = of ? cellOf(rows.get(of)!) : '1';
  const numbers = shares.map((share) => shownInput(share, share.value).value);
  const all = of ? shownInput(of, of.value).value : 1;
  const left = total(
    [all, ...numbers.map((value) => -value)].map((value) => ({ value, slack: 0 })),
  );
  const guard = shares.length < parts.size ? 'not negative' : 'zero';
  const about = (
    path: string,
    cell: string,
    value: number,
    one: Guard,
    error: number,
  ): Condition => ({
    ...{ name: `${title}estimates.${name}.${path}`, cell, value },
    format: formatOf(of?.currency?.code ?? '%'),
    says: say(GUARDS[one]),
    holds: (here) => testOf(one, here, toleranceOf(error)),
  });
  return [
    about('split', `${whole}-${sum}`, left.value, guard, MARGIN * left.slack),
    ...(of ? [about('of', whole, all, 'positive', 0)] : []),
  ];
}

/** Last digits of doubles, in which a remainder of zero is not quite zero; also of inputs that were made larger. */
const TOLERANCE = 1e-12;
const MARGIN = 16;

/** In three digits: some programs save no more than 15 of a number in a formula. */
function toleranceOf(error: number): string {
  return String(Number(Math.max(TOLERANCE, error).toPrecision(3)));
}

function testOf(guard: Guard, value: string, tolerance: string): string {
  if (guard === 'zero') return `ABS(${value})<=${tolerance}`;
  return guard === 'positive' ? isPositive(value) : `${value}>=-${tolerance}`;
}

/**
 * Programs differ in how they round a number of more than 15 digits: in some it stays the number, in others the
 * rounded one is next to it.
 */
function isRounded(value: string, places: number): string {
  const rounded = `ROUND(${value},${places})`;
  return `OR(${rounded}=${value},ABS(${rounded}-${value})<=1E-15*ABS(${value}))`;
}

/** Some programs take a difference of less than 1e-15 for none. */
function isPositive(value: string): string {
  return `SIGN(${value})=1`;
}
