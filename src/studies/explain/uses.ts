/** The outputs that an input changes, and by how much. */
import {
  add,
  fraction,
  multiply,
  roundHalfEven,
  subtract,
  type Fraction,
} from '../../core/number/fraction.js';
import { textRecordsOf, type Sheet, type Table } from '../../core/table.js';
import { sayIn, type Language } from '../../core/text/language.js';
import { isBranch, type Component } from '../../model/component.js';
import type { Closure } from '../../model/fx.js';
import type { Input } from '../../model/input.js';
import { UNASSIGNED } from '../../model/supplier.js';
import { measuresOf, treeOf } from '../../projection/measureTree.js';
import { MEASURES, type Measure, type Unit } from '../../projection/plan.js';
import type { Scenario } from '../../scenario/scenario.js';
import { ENGINE } from '../../version.js';
import type { Answer } from '../answer.js';
import { namedColumns } from '../shared/columns.js';
import { lineKindsOf } from '../shared/lineKinds.js';
import {
  numberFormat,
  plainFormat,
  printCount,
  printPlain,
  unitIn,
} from '../shared/numberFormat.js';
import { closureOf, type Subject } from '../subject/subject.js';
import { subjectEvaluators } from '../subject/subjectEvaluator.js';
import { readSubjectOutput, subjectAmounts, type SubjectOutput } from '../subject/subjectOutput.js';
import { rangeOf, tidyValue, valueText } from '../variation/inputValues.js';
import { absorbedWords } from '../variation/rebalance.js';

/** An output over the whole window, at the input's value, low and high. */
export interface InputUse {
  /** `servers/inspur`; `*` for all components. */
  readonly place: string;
  readonly measure: Measure;
  readonly unit: Unit;
  readonly base: bigint;
  /** Nothing if the scenario has errors at that end. */
  readonly low: bigint | undefined;
  readonly high: bigint | undefined;
  /** The greatest less the least of low, base and high, in quanta of the output. */
  readonly swing: bigint;
}

/** The uses of an input between its low and its high. */
export interface InputUses {
  readonly closure: Closure | undefined;
  readonly input: Input;
  readonly low: Fraction;
  readonly high: Fraction;
  /** By measure, the greatest swing first; equal swings in the order of the rows. */
  readonly uses: readonly InputUse[];
  /** Paths of the inputs that absorb the change. */
  readonly rebalanced: readonly string[];
  /** The errors of the scenario at an end. */
  readonly reasons: readonly string[];
}

export function usesAnswer(
  subject: Subject,
  found: InputUses,
  json: boolean,
  language?: Language,
): Answer {
  const { input, low, high, rebalanced, reasons } = found;
  const table = usesTable(subject, found);
  const document = {
    engine: ENGINE,
    scenario: subject.id,
    closure: closureOf(subject, found.closure),
    input: input.path,
    ...{ low: tidyValue(input, low), high: tidyValue(input, high), gives_way: rebalanced },
    uses: textRecordsOf(table),
  };
  return json
    ? { document, notes: reasons }
    : { document, table, sheets: usesSheets(subject, found, language), notes: reasons };
}

const TEXT = ['scenario', 'input', 'output', 'measure', 'unit'];
const NUMBERS = ['low', 'value', 'high', 'at_low', 'base', 'at_high', 'swing'];

function usesTable({ id }: Subject, { input, low, high, uses }: InputUses): Table {
  const values = [low, input.value, high].map((value) => tidyValue(input, value));
  return {
    columns: [...namedColumns('text', TEXT), ...namedColumns('number', NUMBERS)],
    rows: uses.map((use) => {
      const { place, measure, unit, base, swing } = use;
      const format = plainFormat(use, {});
      const counts = [use.low, base, use.high, swing];
      const print = (count?: bigint) => (count === undefined ? '' : printPlain(count, format));
      return [id, input.path, place, measure, unit.label, ...values, ...counts.map(print)];
    }),
  };
}

/** A sheet for each measure and unit, as only their rows can be compared. */
function usesSheets(
  { title }: Subject,
  { input, low, high, uses, rebalanced }: InputUses,
  lang?: Language,
): Sheet[] {
  const say = sayIn(lang);
  const heading = say('{title}: what {input} changes', { title, input: input.path });
  const headings = [low, input.value, high].map((value) =>
    say('at {value}', { value: valueText(input, value, lang) }),
  );
  const notes = absorbedWords(input.path, rebalanced, lang);
  const kinds = lineKindsOf(uses);
  if (kinds.length === 0) {
    const nothing = say('{input} changes no output', { input: input.path });
    return [{ title: heading, caption: '', headings: [], rows: [], notes: [nothing, ...notes] }];
  }
  return kinds.map(({ lines, places }, k) => {
    const [first] = lines;
    const format = numberFormat(first!.measure, places, lines.reduce(greater, 0n), { lang });
    const print = (count?: bigint) =>
      count === undefined ? say('no result') : printCount(count, format);
    return {
      title: heading,
      caption: say('{measure}, {unit}', {
        ...{ measure: say(first!.measure), unit: unitIn(format, first!.unit.label) },
      }),
      headings: [...headings, say('changes by')],
      rows: lines.map(({ place, base, swing, ...ends }) => ({
        label: place === '*' ? say('all components') : place,
        depth: 0,
        kind: 'part' as const,
        cells: [ends.low, base, ends.high, swing].map(print),
        bar: [0, Number((swing * 1000n) / first!.swing)] as const,
      })),
      notes: k === kinds.length - 1 ? notes : [],
    };
  });
}

function greater(greatest: bigint, { base }: InputUse): bigint {
  return base > greatest ? base : greatest;
}

/** The components and suppliers that change when an input goes to its low or to its high. */
export function usesOf(subject: Subject, input: Input, closure?: Closure): InputUses {
  const measured = new Set(subject.members.flatMap(measuresOf));
  const measures = MEASURES.filter((measure) => measured.has(measure));
  const places = measures.flatMap((measure) => placesOf(subject, measure));
  const outputs = places.map(({ output }) => output);
  const evaluate = subjectEvaluators(subject, outputs, [input.path], { closure });
  const amounts = subjectAmounts(subject, outputs, closure);
  const { low, high } = endsOf(input);
  const ends = [low, high].map((value) => evaluate([value]));
  const uses = places.map(({ place, output }, i): InputUse => {
    const { count: base, unit } = amounts[i]!;
    const [atLow, atHigh] = ends.map(({ result }) => (result.ok ? result.value[i] : undefined));
    const { measure } = output;
    const swing = distance([base, atLow ?? base, atHigh ?? base]);
    return { place, measure, unit, base, low: atLow, high: atHigh, swing };
  });
  const rank = ({ measure }: InputUse) => MEASURES.indexOf(measure);
  const moving = uses.filter(({ swing }) => swing > 0n);
  moving.sort((a, b) => rank(a) - rank(b) || Number(b.swing > a.swing) - Number(a.swing > b.swing));
  const reasons = ends.flatMap(({ result }) => {
    return result.ok ? [] : [result.diagnostics[0]!.message];
  });
  const { rebalanced } = ends[0]!;
  return { closure, input, low, high, uses: moving, rebalanced, reasons };
}

/** The low and the high of an input, or 1% less and 1% more if it has no range. */
function endsOf(input: Input): { readonly low: Fraction; readonly high: Fraction } {
  const { value, currency } = input;
  const { low = value, high = value } = rangeOf(input);
  if (low !== high) return { low, high };
  const exact = multiply(value, fraction(1n, 100n));
  const by = currency && value.d === 1n ? fraction(roundHalfEven(exact)) : exact;
  return { low: subtract(value, by), high: add(value, by) };
}

function distance(counts: readonly bigint[]): bigint {
  const least = counts.reduce((a, b) => (a < b ? a : b));
  const most = counts.reduce((a, b) => (a > b ? a : b));
  return most - least;
}

/** All components together, each component and each supplier; units are added up only within a leaf. */
function placesOf(
  subject: Subject,
  measure: Measure,
): readonly { readonly place: string; readonly output: SubjectOutput }[] {
  const names = [...new Set(subject.members.flatMap((member) => namesIn(member, measure)))];
  return names.flatMap((name) => {
    const output = readSubjectOutput(subject, name);
    return output.ok ? [{ place: name.split(':')[0]!, output: output.value }] : [];
  });
}

/** The names of the outputs of a scenario: `servers/inspur:units.server`. */
function namesIn(scenario: Scenario, measure: Measure): readonly string[] {
  const tree = treeOf(measure, scenario.components);
  const places = [...(tree.length > 0 ? ['*'] : []), ...tree.flatMap(placesIn)];
  if (measure !== 'units') return places.map((place) => `${place}:${measure}`);
  const units = new Map(scenario.leaves.map(({ path, unit }) => [path, unit?.name]));
  return places.flatMap((place) => {
    const name = units.get(place) ?? units.get(place.replace(/\/[^/]*$/, ''));
    return name === undefined ? [] : [`${place}:units.${name}`];
  });
}

function placesIn(component: Component): readonly string[] {
  const { path } = component;
  if (isBranch(component)) return [path, ...component.children.flatMap(placesIn)];
  const named = component.suppliers.filter((supplier) => supplier !== UNASSIGNED);
  return [path, ...named.map((supplier) => `${path}/${supplier}`)];
}
