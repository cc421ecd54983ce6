/** Tables in a coarser unit that still foot, and what had to be moved for it. */
import { printDecimal } from '../core/decimal.js';
import { nest } from '../core/nesting.js';
import { publish, type Counts, type Published } from '../core/publish.js';
import { TIME_DIMENSIONS, type Dimension, type RolledRow } from '../projection/rollup.js';
import { printSteps, scaleFor, stepOfScale, type Asked, type Scale } from './scale.js';

/** The texts of a table and of its margins. */
export interface PrintedTable {
  readonly texts: readonly (readonly string[])[];
  readonly rowTotals: readonly string[];
  readonly columnTotals: readonly string[];
  readonly whole: string;
  readonly notes: readonly string[];
}

/** What the lines of a table are called in its notes. */
export interface LineNames {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
}

/** A table in printed steps; a step finer than the quantum adds zeros and moves nothing. */
export function printedTable(counts: Counts, scale: Scale, names: LineNames): PrintedTable {
  const { from, power, decimals } = scale;
  const step = stepOfScale(scale);
  const published = publish(counts, step === 0n ? 1n : step);
  const finer = step === 0n ? 10n ** BigInt(decimals - from - power) : 1n;
  const print = (steps: bigint) => printSteps(steps * finer, scale);
  return {
    texts: published.cells.map((row) => row.map(print)),
    rowTotals: published.rowTotals.map(print),
    columnTotals: published.columnTotals.map(print),
    whole: print(published.total),
    notes: notesOn(published, scale, names),
  };
}

/** Margins that moved are named, with how far; subtotals that moved are counted. */
function notesOn({ moved }: Published, scale: Scale, { rows, columns }: LineNames): string[] {
  const margins = moved.filter(({ row, column }) => row === undefined || column === undefined);
  const named = margins.map(({ row, column, by }) => {
    const name = row === undefined ? columns[column!]! : rows[row]!;
    return `${name} ${by > 0n ? '+' : ''}${printSteps(by, scale)}`;
  });
  const inner = moved.length - margins.length;
  const counted = inner > 0 ? [`${inner} inner total${inner === 1 ? '' : 's'}`] : [];
  const all = [...named, ...counted];
  return all.length === 0
    ? []
    : [`moved from the nearest rounding so that all foots: ${all.join(', ')}`];
}

/** Tidy rows in a coarser unit: what stands in the unit and the value column of each. */
export interface PrintedRows {
  readonly cells: readonly (readonly [unit: string, value: string])[];
  readonly notes: readonly string[];
}

/** Each measure and unit is a table of its own, (component → supplier) × (year → period). */
export function printedRows(
  rows: readonly RolledRow[],
  dimensions: readonly Dimension[],
  asked: Asked,
): PrintedRows {
  const kindOf = ({ measure, unit }: RolledRow) => `${measure} ${unit.label}`;
  const cells = new Map<RolledRow, readonly [string, string]>();
  const notes = [...new Set(rows.map(kindOf))].flatMap((kind) =>
    printKind(
      kind,
      rows.filter((row) => kindOf(row) === kind),
      dimensions,
      asked,
      cells,
    ),
  );
  return { cells: rows.map((row) => cells.get(row)!), notes };
}

function printKind(
  kind: string,
  rows: readonly RolledRow[],
  dimensions: readonly Dimension[],
  asked: Asked,
  cells: Map<RolledRow, readonly [string, string]>,
): readonly string[] {
  const { measure, unit } = rows[0]!;
  const total = rows.reduce((sum, { count }) => sum + count, 0n);
  const scale = scaleFor(measure, unit.places, total, { in: '1', ...asked });
  const label = [unit.label, scale.suffix].filter(Boolean).join(' ');
  const step = stepOfScale(scale);
  if (step === 0n || measure === 'units') {
    const more = Math.max(scale.decimals, unit.places) - unit.places;
    for (const row of rows) {
      cells.set(row, [label, printDecimal(row.count * 10n ** BigInt(more), unit.places + more)]);
    }
    return [];
  }
  const isTime = dimensions.map((one) => TIME_DIMENSIONS.includes(one));
  const down = nest(rows.map(({ labels }) => placeOf(labels.filter((_, i) => !isTime[i]))));
  const across = nest(rows.map(({ labels }) => placeOf(labels.filter((_, i) => isTime[i]))));
  const counts = down.nesting.map(() => across.nesting.map(() => 0n));
  rows.forEach(({ count }, i) => (counts[down.lineOf[i]!]![across.lineOf[i]!] = count));
  const table = { rows: down.nesting, columns: across.nesting, cells: counts };
  const published = publish(table, step);
  rows.forEach((row, i) => {
    const steps = published.cells[down.lineOf[i]!]![across.lineOf[i]!]!;
    cells.set(row, [label, printDecimal(steps, scale.decimals)]);
  });
  const { moved } = published;
  return moved.length === 0 ? [] : [`${kind}: ${moved.length} totals moved so that all foots`];
}

/** A path for the nesting; a component's path has its own steps. */
function placeOf(labels: readonly string[]): string[] {
  return labels.length === 0 ? ['all'] : labels.flatMap((label) => label.split('/'));
}
