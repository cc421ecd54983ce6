/** What an input feeds: the outputs that move when it does, by how much. */
import { textRecordsOf, type Sheet, type Table } from '../../core/table.js';
import type { Scenario } from '../../scenario/scenario.js';
import { VERSION } from '../../version.js';
import { lineKindsOf } from '../compare/comparedLines.js';
import { plainFormat, printPlain, printScaled, numberFormat, unitIn } from '../shared/scale.js';
import type { Answer } from '../study.js';
import { plainValue, valueText, rangeOf } from '../shared/variation.js';
import {
  add,
  multiply,
  fraction,
  roundHalfEven,
  subtract,
  type Fraction,
} from '../../core/number/fraction.js';
import { isBranch, type Component } from '../../model/component.js';
import type { Input } from '../../model/input.js';
import { UNASSIGNED } from '../../model/supplier.js';
import { treeOf } from '../../projection/measureTree.js';
import { amountOf, readOutput, type Output } from '../../projection/output.js';
import { MEASURES, type Measure, type Unit } from '../../projection/plan.js';
import { project } from '../../projection/compile.js';
import { outputEvaluators } from '../shared/outputEvaluator.js';
import { absorbedWords } from '../shared/rebalance.js';

export function usesAnswer(scenario: Scenario, found: Uses, json: boolean): Answer {
  const { input, low, high, rebalanced, reasons } = found;
  const table = tableOf(scenario, found);
  const document = {
    engine: `capex-engine ${VERSION}`,
    scenario: scenario.id,
    closure: scenario.fx.closure,
    input: input.path,
    ...{ low: plainValue(input, low), high: plainValue(input, high), gives_way: rebalanced },
    uses: textRecordsOf(table),
  };
  return json
    ? { document, notes: reasons }
    : { document, table, sheets: sheetsOf(scenario, found), notes: reasons };
}

const TEXT = ['scenario', 'input', 'output', 'measure', 'unit'];
const NUMBERS = ['low', 'value', 'high', 'at_low', 'base', 'at_high', 'swing'];

function tableOf({ id }: Scenario, { input, low, high, uses }: Uses): Table {
  const values = [low, input.value, high].map((value) => plainValue(input, value));
  return {
    columns: [
      ...TEXT.map((name) => ({ name, kind: 'text' as const })),
      ...NUMBERS.map((name) => ({ name, kind: 'number' as const })),
    ],
    rows: uses.map((use) => {
      const { place, measure, unit, base, swing } = use;
      const scale = plainFormat(use, {});
      const counts = [use.low, base, use.high, swing];
      const print = (count?: bigint) => (count === undefined ? '' : printPlain(count, scale));
      return [id, input.path, place, measure, unit.label, ...values, ...counts.map(print)];
    }),
  };
}

/** A sheet for each measure and unit, whose rows can be compared. */
function sheetsOf({ title }: Scenario, { input, low, high, uses, rebalanced }: Uses): Sheet[] {
  const heading = `${title}: what ${input.path} changes`;
  const headings = [low, input.value, high].map((value) => `at ${valueText(input, value)}`);
  const notes = absorbedWords(input.path, rebalanced);
  const kinds = lineKindsOf(uses);
  if (kinds.length === 0) {
    return [{ title: heading, caption: 'it changes no output', headings: [], rows: [], notes }];
  }
  return kinds.map(({ lines, places }, k) => {
    const [first] = lines;
    const scale = numberFormat(first!.measure, places, lines.reduce(most, 0n));
    const print = (count?: bigint) =>
      count === undefined ? 'no result' : printScaled(count, scale);
    return {
      title: heading,
      caption: `${first!.measure}, ${unitIn(scale, first!.unit.label)}`,
      headings: [...headings, 'changes by'],
      rows: lines.map(({ place, base, swing, ...ends }) => ({
        label: place === '*' ? 'all components' : place,
        depth: 0,
        kind: 'part' as const,
        cells: [ends.low, base, ends.high, swing].map(print),
        bar: [0, Number((swing * 1000n) / first!.swing)] as const,
      })),
      notes: k === kinds.length - 1 ? notes : [],
    };
  });
}

function most(so: bigint, { base }: Use): bigint {
  return base > so ? base : so;
}

/** An output over the whole window, at the value of the input and at both ends. */
export interface Use {
  /** `servers/inspur`; `*` for all components. */
  readonly place: string;
  readonly measure: Measure;
  readonly unit: Unit;
  readonly base: bigint;
  /** Nothing where the scenario does not hold at that end. */
  readonly low: bigint | undefined;
  readonly high: bigint | undefined;
  /** Distance between the outermost of low, base and high, in quanta of the output. */
  readonly swing: bigint;
}

export interface Uses {
  readonly input: Input;
  readonly low: Fraction;
  readonly high: Fraction;
  /** By measure, of each what moves most first; equal ones in the order of the rows. */
  readonly uses: readonly Use[];
  /** Who gives way: paths of `rest`, or of the others of its group. */
  readonly rebalanced: readonly string[];
  /** Why the scenario does not hold at an end. */
  readonly reasons: readonly string[];
}

/** Components and suppliers that move when an input goes to its low, and to its high. */
export function usesOf(scenario: Scenario, input: Input): Uses {
  const places = MEASURES.flatMap((measure) => placesOf(scenario, measure));
  const outputs = places.map(({ output }) => output);
  const courses = outputEvaluators(scenario, outputs, [input.path]);
  const projection = project(scenario);
  const { low, high } = endsOf(input);
  const ends = [low, high].map((value) => courses([value]));
  const uses = places.map(({ place, output }, i): Use => {
    const { count: base, unit } = amountOf(projection, output);
    const [atLow, atHigh] = ends.map((end) => ('counts' in end ? end.counts[i] : undefined));
    const { measure } = output;
    const swing = distance([base, atLow ?? base, atHigh ?? base]);
    return { place, measure, unit, base, low: atLow, high: atHigh, swing };
  });
  const rank = ({ measure }: Use) => MEASURES.indexOf(measure);
  const moving = uses.filter(({ swing }) => swing > 0n);
  moving.sort((a, b) => rank(a) - rank(b) || Number(b.swing > a.swing) - Number(a.swing > b.swing));
  const reasons = ends.flatMap((end) => ('counts' in end ? [] : [end.diagnostics[0]!.message]));
  return { input, low, high, uses: moving, rebalanced: ends[0]!.rebalanced, reasons };
}

/** Its own range, or one hundredth to either side. */
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

/** All components, each component and each supplier; units are summed within a leaf alone. */
function placesOf(
  scenario: Scenario,
  measure: Measure,
): readonly { readonly place: string; readonly output: Output }[] {
  const tree = treeOf(measure, scenario.components);
  const places = [...(tree.length > 0 ? ['*'] : []), ...tree.flatMap(placesIn)];
  const counted = new Set(scenario.leaves.filter(({ unit }) => unit).map(({ path }) => path));
  const isCounted = (place: string) =>
    counted.has(place) || counted.has(place.replace(/\/[^/]*$/, ''));
  return places.flatMap((place) => {
    if (measure === 'units' && !isCounted(place)) return [];
    const output = readOutput(`${place}:${measure}`, scenario);
    return output.ok ? [{ place, output: output.value }] : [];
  });
}

function placesIn(component: Component): readonly string[] {
  const { path } = component;
  if (isBranch(component)) return [path, ...component.children.flatMap(placesIn)];
  const named = component.suppliers.filter((supplier) => supplier !== UNASSIGNED);
  return [path, ...named.map((supplier) => `${path}/${supplier}`)];
}
