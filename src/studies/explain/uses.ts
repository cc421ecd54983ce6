/** What an input feeds: the outputs that move when it does, by how much. */
import {
  add,
  multiply,
  ratio,
  roundHalfEven,
  subtract,
  type Ratio,
} from '../../core/number/fraction.js';
import { isBranch, type Component } from '../../model/component.js';
import type { Input } from '../../model/input.js';
import { UNASSIGNED } from '../../model/supplier.js';
import { treeOf } from '../../projection/stages/content.js';
import { amountOf, readOutput, type Output } from '../../projection/output.js';
import { MEASURES, type Measure, type Unit } from '../../projection/plan.js';
import { project } from '../../projection/compile.js';
import type { Scenario } from '../../scenario/scenario.js';
import { coursesOf } from '../shared/outputEvaluator.js';
import { rangeOf } from '../shared/variation.js';

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
  readonly low: Ratio;
  readonly high: Ratio;
  /** By measure, of each what moves most first; equal ones in the order of the rows. */
  readonly uses: readonly Use[];
  /** Who gives way: paths of `rest`, or of the others of its group. */
  readonly gaveWay: readonly string[];
  /** Why the scenario does not hold at an end. */
  readonly reasons: readonly string[];
}

/** Components and suppliers that move when an input goes to its low, and to its high. */
export function usesOf(scenario: Scenario, input: Input): Uses {
  const places = MEASURES.flatMap((measure) => placesOf(scenario, measure));
  const outputs = places.map(({ output }) => output);
  const courses = coursesOf(scenario, outputs, [input.path]);
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
  return { input, low, high, uses: moving, gaveWay: ends[0]!.gaveWay, reasons };
}

/** Its own range, or one hundredth to either side. */
function endsOf(input: Input): { readonly low: Ratio; readonly high: Ratio } {
  const { value, currency } = input;
  const { low = value, high = value } = rangeOf(input);
  if (low !== high) return { low, high };
  const exact = multiply(value, ratio(1n, 100n));
  const by = currency && value.d === 1n ? ratio(roundHalfEven(exact)) : exact;
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
    return 'message' in output ? [] : [{ place, output }];
  });
}

function placesIn(component: Component): readonly string[] {
  const { path } = component;
  if (isBranch(component)) return [path, ...component.children.flatMap(placesIn)];
  const named = component.suppliers.filter((supplier) => supplier !== UNASSIGNED);
  return [path, ...named.map((supplier) => `${path}/${supplier}`)];
}
