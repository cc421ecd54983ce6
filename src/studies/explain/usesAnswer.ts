/** What an input feeds, as tidy rows and as sheets. */
import { recordsOf, type Sheet, type Table } from '../../core/table.js';
import type { Scenario } from '../../scenario/scenario.js';
import { VERSION } from '../../version.js';
import { kindsOf } from '../compare/comparedLines.js';
import { plainScale, printPlain, printScaled, scaleFor, unitIn } from '../shared/scale.js';
import type { Answer } from '../study.js';
import type { Use, Uses } from './uses.js';
import { plainValue, spoken } from '../shared/variation.js';

export function usesAnswer(scenario: Scenario, found: Uses, json: boolean): Answer {
  const { input, low, high, gaveWay, reasons } = found;
  const table = tableOf(scenario, found);
  const document = {
    engine: `capex-engine ${VERSION}`,
    scenario: scenario.id,
    closure: scenario.fx.closure,
    input: input.path,
    ...{ low: plainValue(input, low), high: plainValue(input, high), gives_way: gaveWay },
    uses: recordsOf(table),
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
      const scale = plainScale(use, {});
      const counts = [use.low, base, use.high, swing];
      const print = (count?: bigint) => (count === undefined ? '' : printPlain(count, scale));
      return [id, input.path, place, measure, unit.label, ...values, ...counts.map(print)];
    }),
  };
}

/** A sheet for each measure and unit, whose rows can be compared. */
function sheetsOf({ title }: Scenario, { input, low, high, uses, gaveWay }: Uses): Sheet[] {
  const heading = `${title}: what ${input.path} feeds`;
  const headings = [low, input.value, high].map((value) => `at ${spoken(input, value)}`);
  const notes = gaveWay.length > 0 ? [`it is given way to by ${gaveWay.join(', ')}`] : [];
  const kinds = kindsOf(uses);
  if (kinds.length === 0) {
    return [{ title: heading, caption: 'it moves nothing', headings: [], rows: [], notes }];
  }
  return kinds.map(({ lines, places }, k) => {
    const [first] = lines;
    const scale = scaleFor(first!.measure, places, lines.reduce(most, 0n));
    const print = (count?: bigint) =>
      count === undefined ? 'no result' : printScaled(count, scale);
    return {
      title: heading,
      caption: `${first!.measure}, ${unitIn(scale, first!.unit.label)}`,
      headings: [...headings, 'moves by'],
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
