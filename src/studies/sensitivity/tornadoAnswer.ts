/** The tornado as an answer: tidy rows, and a sheet with a bar for each input. */
import {
  recordsOf,
  type Bar,
  type Sheet,
  type SheetRow,
  type Side,
  type Table,
} from '../../core/table.js';
import type { Output } from '../../projection/output.js';
import type { Scenario } from '../../scenario/scenario.js';
import {
  inSteps,
  plainScale,
  printPlain,
  printScaled,
  scaleFor,
  unitIn,
  type Asked,
} from '../shared/scale.js';
import type { Answer } from '../study.js';
import { tornado, type End, type Swing, type Tornado } from './tornado.js';
import { plainValue, spoken } from '../shared/variation.js';

export function tornadoAnswer(
  scenario: Scenario,
  output: Output,
  { show, ...asked }: Asked & { readonly show?: boolean | undefined },
): Answer {
  const found = tornado(scenario, output);
  const table = tornadoTable(scenario, output, found, asked);
  return {
    table,
    document: {
      scenario: scenario.id,
      output: output.text,
      inputs: recordsOf(table),
    },
    ...(show && { sheets: [sheetOf(scenario, output, found, asked)] }),
    notes: notesOn(found),
  };
}

/** Ends that the scenario does not reach, and inputs without a range to move in. */
function notesOn({ swings }: Tornado): readonly string[] {
  const broken = swings.flatMap(({ input, low, high }) =>
    [low, high].flatMap(({ value, reason }) =>
      reason === undefined ? [] : [`${input.path} at ${spoken(input, value)}: ${reason}`],
    ),
  );
  return swings.length === 0 ? ['no input has a range: give some of them low and high'] : broken;
}

const TEXT = ['scenario', 'output', 'input', 'gives_way', 'unit'];
const NUMBERS = ['low', 'value', 'high', 'at_low', 'base', 'at_high', 'swing'];

/** Nothing here is a sum, so each number is rounded by itself. */
export function tornadoTable(
  { id }: Scenario,
  { text, measure }: Output,
  { base, swings }: Tornado,
  asked: Asked,
): Table {
  const scale = plainScale({ measure, unit: base.unit }, asked);
  const print = (count: bigint | undefined) =>
    count === undefined ? '' : printPlain(inSteps(count, scale), scale);
  return {
    columns: [
      ...TEXT.map((name) => ({ name, kind: 'text' as const })),
      ...NUMBERS.map((name) => ({ name, kind: 'number' as const })),
    ],
    rows: swings.map(({ input, low, high, swing, gaveWay }) => [
      ...[id, text, input.path, gaveWay.join(' '), unitIn(scale, base.unit.label)],
      ...[low.value, input.value, high.value].map((value) => plainValue(input, value)),
      ...[low.result, base.count, high.result, swing].map(print),
    ]),
  };
}

function sheetOf(
  { title }: Scenario,
  { text, measure }: Output,
  { base, swings }: Tornado,
  asked: Asked,
): Sheet {
  const scale = scaleFor(measure, base.unit.places, base.count, asked);
  const place = axisOf(base.count, swings);
  const at = ({ result }: End) => (result === undefined ? 'no result' : printScaled(result, scale));
  const moving = swings.filter(
    ({ swing, low, high }) => inSteps(swing, scale) > 0n || low.reason || high.reason,
  );
  const still = swings.length - moving.length;
  const value = `at value: ${printScaled(base.count, scale)}`;
  const sideOf = ({ input }: Swing, end: End): Side => ({
    bar: barOf([base.count, end.result ?? base.count].map(place)),
    label: `${at(end)} at ${spoken(input, end.value)}`,
  });
  return {
    title: `${title}: what ${text || 'demand'} hangs on`,
    caption: `${text || measure} ${unitIn(scale, base.unit.label)}`,
    headings: ['low', 'high', 'at low', 'at high'],
    rows: moving.map((swing): SheetRow => {
      const sides = { low: sideOf(swing, swing.low), high: sideOf(swing, swing.high) };
      const ends = [swing.low, swing.high];
      return {
        label: swing.input.path,
        depth: 0,
        kind: 'part',
        cells: [...ends.map((end) => spoken(swing.input, end.value)), ...ends.map(at)],
        bar: barOf([...sides.low.bar, ...sides.high.bar]),
        sides,
      };
    }),
    notes: [
      still > 0 ? `${value}; inputs that move less than is shown: ${still}` : value,
      ...waysOf(moving),
    ],
    axis: { at: place(base.count), label: value },
  };
}

function barOf(places: readonly number[]): Bar {
  return [Math.min(...places), Math.max(...places)];
}

function waysOf(swings: readonly Swing[]): readonly string[] {
  return swings.flatMap(({ input, gaveWay }) =>
    gaveWay.length > 0 ? [`${input.path} is given way to by ${gaveWay.join(', ')}`] : [],
  );
}

/** Places results on one axis, from the least of all inputs to the greatest, in thousandths. */
function axisOf(base: bigint, swings: readonly Swing[]): (result: bigint) => number {
  const all = swings.flatMap(({ low, high }) => [low.result ?? base, high.result ?? base]);
  const least = all.reduce((a, b) => (a < b ? a : b), base);
  const most = all.reduce((a, b) => (a > b ? a : b), base);
  return (result) => (most === least ? 0 : Number(((result - least) * 1000n) / (most - least)));
}
