/** Reads one table: its text becomes the map that it stands for. */
import { append } from '../../core/lists.js';
import type { CalendarDate } from '../../core/number/literal.js';
import type { FiscalCalendar } from '../../core/period.js';
import { hasErrors } from '../../core/text/diagnostic.js';
import type { SourceText } from '../../core/text/source.js';
import {
  TABLE_SHAPES,
  type TableKey,
  type TableKind,
  type TableText,
} from '../../model/tableReference.js';
import { problemList, textReporter, type ProblemList } from '../reporter.js';
import type { MapNode, TreeNode } from '../tree.js';
import { declaredTable, layoutOf } from './declaredTable.js';
import { byMonthOrQuarter } from './openCalendar.js';
import { readCsv } from './readCsv.js';
import { columnOf, type TableSubject } from './tableColumns.js';
import { mapOfTable } from './tableMap.js';
import { calendarOfTable, isOfPortfolio, scalarAt } from './tableSettings.js';

/** A table in a scenario: where it stands, what it has, and what stands beside `file`. */
interface TablePlace {
  readonly path: string;
  readonly kind: TableKind;
  readonly table: TableText;
}

/** What the scenario says that a table is read by. */
export interface TableSurroundings {
  readonly problems: ProblemList;
  /** The day of the forecast: amounts that were reported later do not count. */
  readonly asOf: CalendarDate | undefined;
  /** The currency of the envelope, as written. */
  readonly envelope: TreeNode | undefined;
  readonly layers: readonly MapNode[];
}

/** The map that a table stands for; nothing if it cannot be read, which is reported. */
export function readTable(
  source: SourceText,
  { path, kind, table }: TablePlace,
  { problems, asOf, envelope, layers }: TableSurroundings,
): MapNode | undefined {
  const ofText = problemList();
  const grid = readCsv(source, ofText, layoutOf(table));
  const readBy = (calendar: FiscalCalendar) => {
    const found = problemList();
    append(found.diagnostics, ofText.diagnostics);
    const subject: TableSubject = {
      ...TABLE_SHAPES[kind],
      pinned: pinnedBy(path, kind),
      suppliers: new Set(table.names?.keys()),
      meaning: {
        labels: table.labels?.value,
        calendar,
        isToDate: table.cumulative?.value === true,
      },
    };
    const csv = textReporter(source, found);
    const context = { subject, table, asOf, csv, envelope, problems: found };
    const ours = grid && declaredTable(grid, context);
    const map = ours && mapOfTable(ours, path, context);
    return { found, calendar, subject, ours, map };
  };
  const isOfDays = table.labels?.value === 'month_end' || table.labels?.value === 'date';
  const isOpen = isOfDays && isOfPortfolio(path, layers);
  const reading = isOpen ? byMonthOrQuarter(readBy) : readBy(calendarOfTable(path, layers));
  const { found, calendar, subject, ours, map } = reading;
  append(problems.diagnostics, found.diagnostics);
  if (!ours || !map || hasErrors(found.diagnostics)) return undefined;
  const hasDays = ours.header.some(({ text }) => columnOf(text, subject)?.holds === 'reported');
  const settings = {
    name: source.name,
    ...(table.labels && { calendar }),
    ...(hasDays && { asOf: scalarAt(['as_of'], layers)?.text ?? '' }),
  };
  return { ...map, table: { over: undefined, readBy: settings } };
}

/** The currency or the supplier that the path of a table gives; its file may have rows of others too. */
function pinnedBy(path: string, kind: TableKind): ReadonlyMap<TableKey, string> {
  const pinned = new Map<TableKey, string>();
  if (kind === 'rates by period') pinned.set('currency', path.split('.').at(-1)!);
  const supplier = /(?:^|\.)suppliers\.([^.]+)\.[^.]+(?:\.value)?$/.exec(path)?.[1];
  if (supplier !== undefined) pinned.set('supplier', supplier);
  const code = /\.pricing\.([A-Z]{3})\.[^.]+$/.exec(path)?.[1];
  if (code !== undefined) pinned.set('currency', code);
  return pinned;
}
