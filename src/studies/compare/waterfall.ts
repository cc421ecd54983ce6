/** A bridge as sheets: from one scenario to the other, step by step, a column for each period or year. */
import { grouped, printDecimal } from '../../core/number/decimal.js';
import type { Sheet, SheetRow } from '../../core/table.js';
import { sayIn, type Language, type Say } from '../../core/text/language.js';
import { isTime } from '../../projection/rollup.js';
import { captionIn, lineKindsOf, sumIn, type LineKind } from '../shared/lineKinds.js';
import { adjustmentsAt } from '../shared/publishLines.js';
import { adjustmentNotes } from '../shared/publishTable.js';
import type { TableHeadings } from '../shared/timeNotes.js';
import { effective, stepName, type Bridge, type BridgeLine } from './bridge.js';

/** The ids of the two scenarios. */
export interface WaterfallEnds {
  readonly from: string;
  readonly to: string;
}

/** A sheet for each measure and unit; in it a waterfall for each component or supplier, and in total. */
export function waterfalls(
  bridge: Bridge,
  ends: WaterfallEnds,
  heading: TableHeadings['heading'],
  lang?: Language,
): readonly Sheet[] {
  return lineKindsOf(bridge.lines).map((kind) => waterfallSheet(kind, bridge, ends, heading, lang));
}

function waterfallSheet(
  { caption, lines, places: decimals }: LineKind<BridgeLine>,
  { dimensions, steps, adjusted }: Bridge,
  ends: WaterfallEnds,
  heading: TableHeadings['heading'],
  lang?: Language,
): Sheet {
  const say = sayIn(lang);
  const ofTime = dimensions.map(isTime);
  const labelOf = (line: BridgeLine, time: boolean) =>
    line.labels.flatMap((label, d) => (ofTime[d] === time ? [heading(label, d)] : [])).join(' ');
  const distinct = (time: boolean) => [...new Set(lines.map((line) => labelOf(line, time)))];
  const times = ofTime.includes(true) ? distinct(true) : [];
  const places = ofTime.includes(false) ? distinct(false) : [];
  const parts = partsOf(steps, lines, ends, say);
  const block = (label: string, rows: readonly BridgeLine[]) => {
    const columns = times.map((time) => rows.filter((line) => labelOf(line, true) === time));
    return waterfall(label, [...columns, rows], parts, decimals);
  };
  const blocks = places.flatMap((place) =>
    block(
      place,
      lines.filter((line) => labelOf(line, false) === place),
    ),
  );
  const total = places.length === 1 ? [] : block(say('total'), lines);
  return {
    title: `${ends.from} → ${ends.to}`,
    caption: captionIn(lines[0]!, lang),
    headings: [...times, say('total')],
    rows: [...blocks, ...total],
    notes: adjustmentNotes(adjustmentsAt(adjusted, caption), lang),
  };
}

/** A row of a waterfall: an end, or a step that changes a number of the sheet. */
interface Part {
  readonly label: string;
  readonly kind: SheetRow['kind'];
  readonly count: (line: BridgeLine) => bigint;
}

function partsOf(
  steps: Bridge['steps'],
  lines: readonly BridgeLine[],
  { from, to }: WaterfallEnds,
  say: Say,
): readonly Part[] {
  const moving = effective({ steps, lines }).map((step): Part => {
    const s = steps.indexOf(step);
    return { label: stepName(step, say), kind: 'part', count: ({ pieces }) => pieces[s]! };
  });
  return [
    { label: from, kind: 'total', count: (line) => line.from },
    ...moving,
    { label: to, kind: 'total', count: (line) => line.to },
  ];
}

/** @param columns the lines that each column sums */
function waterfall(
  label: string,
  columns: readonly (readonly BridgeLine[])[],
  parts: readonly Part[],
  decimals: number,
): readonly SheetRow[] {
  const rows = parts.map(({ label: name, kind, count }): SheetRow => {
    const sums = columns.map((lines) => sumIn(decimals, lines, count));
    const plus = (sum: bigint) => (kind === 'part' && sum > 0n ? '+' : '');
    const cells = sums.map((sum) => plus(sum) + grouped(printDecimal(sum, decimals)));
    return { label: name, depth: 1, kind, cells };
  });
  return [{ label, depth: 0, kind: 'part', cells: columns.map(() => '') }, ...rows];
}
