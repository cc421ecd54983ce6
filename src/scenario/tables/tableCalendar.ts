/** The calendar in which the labels of a table count: the buyer's, or for revenue a supplier's own. */
import type { FiscalCalendar } from '../../core/period.js';
import type { ProblemList } from '../reporter.js';
import { findNode, join, type MapNode, type ScalarNode, type TreeNode } from '../tree.js';

/**
 * The calendar of a table.
 *
 * @param path where the table is
 * @param layers the files of the scenario, the nearest first: each holds over those behind it
 */
export function calendarOfTable(path: string, layers: readonly MapNode[]): FiscalCalendar {
  const fields = fieldsOf(path);
  const [year, unit] = [fields.endMonth, fields.unit].map((steps) => scalarAt(steps, layers)?.text);
  const endMonth = Number(year ?? 12);
  return {
    endMonth: endMonth >= 1 && endMonth <= 12 ? Math.floor(endMonth) : 12,
    unit:
      fields.unit === undefined ? 'year' : unit === 'year' || unit === 'month' ? unit : 'quarter',
  };
}

/** Where the month in which the years end is given, and the length of the periods; revenue is by year. */
function fieldsOf(path: string): { endMonth: readonly string[]; unit?: readonly string[] } {
  const [, supplier] = /^suppliers\.([^.]+)\.revenue$/.exec(path) ?? [];
  return supplier === undefined
    ? { endMonth: ['calendar', 'fiscal_year_ends'], unit: ['calendar', 'period'] }
    : { endMonth: ['suppliers', supplier, 'fiscal_year_ends'] };
}

function scalarAt(
  steps: readonly string[] | undefined,
  layers: readonly MapNode[],
): ScalarNode | undefined {
  const node = steps && layers.map((layer) => findNode(layer, steps)).find((one) => one);
  return node?.kind === 'scalar' ? node : undefined;
}

/**
 * Reports tables whose labels were read in another calendar than the one that holds now: a change by
 * `--set` comes after the tables are read.
 *
 * @param changed the paths that were set
 */
export function checkTableCalendars(
  root: MapNode,
  changed: readonly string[],
  problems: ProblemList,
): void {
  if (!changed.some((path) => /^(?:calendar|suppliers)\b/.test(path))) return;
  for (const { path, calendar, name } of labelledTables(root, '')) {
    const now = calendarOfTable(path, [root]);
    const { endMonth, unit } = fieldsOf(path);
    const steps = now.endMonth === calendar.endMonth ? unit : endMonth;
    const field = scalarAt(steps, [root]);
    const isSame = now.endMonth === calendar.endMonth && now.unit === calendar.unit;
    if (isSame || !field) continue;
    problems.error('period-key', field.span, {
      message: `the periods of \`${name}\` were read before \`${steps!.join('.')}\` is set`,
      found: 'a table whose `labels` say how its periods are meant in the calendar of the file',
      hint: `write \`${steps!.join('.')}\` in the file of the scenario, or in one that extends it`,
    });
  }
}

interface LabelledTable {
  readonly path: string;
  readonly calendar: FiscalCalendar;
  readonly name: string;
}

function labelledTables(node: TreeNode, path: string): readonly LabelledTable[] {
  if (node.kind !== 'map') return [];
  const { labelled } = node.table ?? {};
  const below = [...node.entries].flatMap(([key, entry]) =>
    labelledTables(entry.node, join(path, key)),
  );
  return labelled ? [{ path, ...labelled }, ...below] : below;
}
