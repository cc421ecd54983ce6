/** What a table is read by that stands elsewhere in the scenario: a calendar (for revenue the supplier's own), and a day. */
import type { FiscalCalendar } from '../../core/period.js';
import type { ProblemList } from '../reporter.js';
import {
  findNode,
  join,
  type MapNode,
  type ScalarNode,
  type TableSettings,
  type TreeNode,
} from '../tree.js';

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

/** Whether a table is in a portfolio, which has no calendar for it. */
export function isOfPortfolio(path: string, layers: readonly MapNode[]): boolean {
  return fieldsOf(path).unit !== undefined && layers.some(({ entries }) => entries.has('buyers'));
}

/** Where the month in which the years end is given, and the length of the periods; revenue is by year. */
function fieldsOf(path: string): { endMonth: readonly string[]; unit?: readonly string[] } {
  const [, supplier] = /^suppliers\.([^.]+)\.revenue$/.exec(path) ?? [];
  return supplier === undefined
    ? { endMonth: ['calendar', 'fiscal_year_ends'], unit: ['calendar', 'period'] }
    : { endMonth: ['suppliers', supplier, 'fiscal_year_ends'] };
}

/** The scalar that the nearest layer with these keys has there. */
export function scalarAt(
  steps: readonly string[] | undefined,
  layers: readonly MapNode[],
): ScalarNode | undefined {
  const node = steps && layers.map((layer) => findNode(layer, steps)).find((one) => one);
  return node?.kind === 'scalar' ? node : undefined;
}

/**
 * Reports tables that were read by another calendar or another `as_of` than the ones that hold now: a
 * change of a scenario that is loaded already comes after its tables are read.
 *
 * @param changed the paths that were set
 */
export function checkTableSettings(
  root: MapNode,
  changed: readonly string[],
  problems: ProblemList,
): void {
  if (!changed.some((path) => /^(?:calendar|suppliers|as_of)\b/.test(path))) return;
  for (const { path, calendar, asOf, name } of tablesBelow(root, '')) {
    const fail = (steps: readonly string[], message: string, found: string) => {
      const span = scalarAt(steps, [root])?.span ?? root.span;
      const hint = `write \`${steps.join('.')}\` in the file of the scenario, or in one that extends it`;
      problems.error('period-key', span, { message, found, hint });
    };
    const now = calendarOfTable(path, [root]);
    const { endMonth, unit } = fieldsOf(path);
    const isOtherYear = calendar && now.endMonth !== calendar.endMonth;
    const steps = isOtherYear ? endMonth : unit;
    if (steps && (isOtherYear || (calendar && now.unit !== calendar.unit))) {
      fail(
        steps,
        `the periods of \`${name}\` were read before \`${steps.join('.')}\` is set`,
        'a table whose `labels` say how its periods are meant in the calendar of the file',
      );
    }
    if (asOf !== undefined && asOf !== (scalarAt(['as_of'], [root])?.text ?? '')) {
      fail(
        ['as_of'],
        `the rows of \`${name}\` were chosen before \`as_of\` is set`,
        'a table whose rows have the day on which they became known',
      );
    }
  }
}

interface TableAtPath extends TableSettings {
  readonly path: string;
}

function tablesBelow(node: TreeNode, path: string): readonly TableAtPath[] {
  if (node.kind !== 'map') return [];
  const { readBy } = node.table ?? {};
  const below = [...node.entries].flatMap(([key, entry]) =>
    tablesBelow(entry.node, join(path, key)),
  );
  return readBy ? [{ path, ...readBy }, ...below] : below;
}
