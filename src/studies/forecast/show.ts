/** The study `show`: the forecast for people, a sheet for each measure, by fiscal year and component. */
import * as z from 'zod';
import { failure, success } from '../../core/result.js';
import type { Sheet, SheetRow } from '../../core/table.js';
import { sayIn, type Say } from '../../core/text/language.js';
import type { ProjectedCell, Projection } from '../../projection/evaluate.js';
import type { Measure } from '../../projection/plan.js';
import {
  compareTimes,
  groupRows,
  isTime,
  rollup,
  sumIn,
  type CellGroup,
  type Dimension,
  type RolledRow,
} from '../../projection/rollup.js';
import { coverageOf } from '../evidence/coverage.js';
import { ladderTable, wholeLadder } from '../evidence/ladder.js';
import { numberFormat, printSteps, unitIn } from '../shared/numberFormat.js';
import { lang, portfolioOptions, publishOptions } from '../shared/options.js';
import { pageSheets, type PageTable } from '../shared/page.js';
import {
  adjustmentNotes,
  adjustmentsOf,
  publishTable,
  type PublishedTable,
} from '../shared/publishTable.js';
import { partialGroups, tableScenario } from '../shared/timeNotes.js';
import { rateNotes } from '../shared/rateNotes.js';
import { byTable, notesByBuyer, unsummable, usualDimensions } from '../shared/portfolios.js';
import { notesOn, projections, quotation, splitNotesIn, titleWithId } from '../shared/reports.js';
import { isWhole, withColumns } from '../shared/derivedColumns.js';
import {
  conditionsText,
  isRowShown,
  NEEDS_WHERE,
  needsWhere,
  ofAll,
  refuseSummed,
} from '../shared/where.js';
import type { Study } from '../study.js';
import { derivedLines } from './derivedLines.js';
import {
  ancestors,
  joinLines,
  lineFigures,
  placeOf,
  sheetLines,
  totalNamer,
  type SheetLine,
} from './showLines.js';

const options = z
  .object({ ...portfolioOptions, ...publishOptions, with: withColumns, 'of-all': ofAll, lang })
  .refine(({ by = [] }) => by.filter(isTime).length < 2, {
    path: ['by'],
    message: 'takes the period or one group of time, not several; `capex run` takes several',
  })
  .refine(needsWhere, NEEDS_WHERE)
  .refine(({ with: names = [] }) => !names.includes('name'), {
    path: ['with'],
    message: '`name` is a column of files; `show` prints names anyway',
  });

export const show: Study<typeof options> = {
  name: 'show',
  summary: 'The forecast as tables on the terminal, with totals and bars',
  files: 'one',
  text: 'only',
  options,
  example: 'show scenarios/alibaba-380bn.yaml --currency CNY,USD',
  run: (scenarios, typed) => {
    const args = { ...typed, by: typed.by ?? usualDimensions(scenarios) };
    const refused = refuseSummed(args, args.by);
    if (refused) return refused;
    const unsummed = unsummable(scenarios, args.by);
    if (unsummed.length > 0) return failure(unsummed);
    const result = projections(scenarios, args);
    if (!result.ok) return result;
    return success({
      sheets: byTable(result.value).flatMap((members) => showSheets(members, args)),
      notes: byTable(result.value).flatMap((members) => [
        ...members.flatMap((projection) => notesOn(projection, args.lang)),
        ...notesByBuyer(members, (projection) => notesOnRates(projection, args)),
      ]),
    });
  },
};

type ShowArguments = z.output<typeof options> & { readonly by: readonly Dimension[] };

/** The forecasts of a page: one, or those of the buyers of a portfolio. */
type Members = readonly [Projection, ...Projection[]];

/** The page of a forecast: its measures, then its evidence; a portfolio without the rates for that has no evidence. */
export function showSheets(members: Members, args: ShowArguments): readonly Sheet[] {
  const tables = measureTables(members, args);
  const ladder = wholeLadder(members.map(({ scenario }) => scenario));
  if (!ladder.ok) return pageSheets(tables);
  return pageSheets([...tables, ladderTable(ladder.value, titleOf(members, args), args)]);
}

/** How exchange rates are quoted, and those that the forecast used. */
function notesOnRates(projection: Projection, { lang }: ShowArguments): readonly string[] {
  const { scenario, currencies } = projection;
  const foreign = currencies.some(({ code }) => code !== scenario.currency.code);
  if (!foreign && scenario.fx.base.size === 0) return [];
  return [quotation(scenario, lang), ...rateNotes(projection, lang)];
}

/** A table for each measure and unit; revenue only if a lag makes it differ from demand, or if it is asked for. */
function measureTables(members: Members, args: ShowArguments): readonly PageTable[] {
  const hasLag = members.some(({ scenario }) => scenario.leaves.some(({ lag }) => lag));
  const isShown = ({ measure }: ProjectedCell) =>
    measure !== 'revenue' || hasLag || args.measure !== undefined;
  const shown = members.map((one) => ({ ...one, cells: one.cells.filter(isShown) }));
  const kinds = groupRows(
    shown.flatMap((one) => rollup(one, [])),
    [],
  );
  const title = titleWhere(titleOf(members, args), args);
  return kinds.map((kind) => measureTable({ title, members: shown }, kind, args));
}

/** The title with the conditions of the rows, and whether totals are of more than these. */
function titleWhere(title: string, { where = [], lang, ...args }: ShowArguments): string {
  if (where.length === 0) return title;
  const say = sayIn(lang);
  const values = { title, conditions: conditionsText(where) };
  return args['of-all']
    ? say('{title}, {conditions}; the total is of all rows', values)
    : say('{title}, {conditions}', values);
}

function measureTable(
  { title, members }: { readonly title: string; readonly members: readonly Projection[] },
  { measure, unit, cells: totals }: CellGroup<RolledRow>,
  args: ShowArguments,
): PageTable {
  const { by, with: names = [], lang } = args;
  const say = sayIn(lang);
  const time = by.find(isTime);
  const isOwn = (cell: ProjectedCell) => cell.measure === measure && cell.unit.label === unit.label;
  const dimensions: Dimension[] = [...(time ? [time] : []), 'component', 'supplier'];
  const parts = members
    .map((one) => ({ ...one, cells: one.cells.filter(isOwn) }))
    .filter(({ cells }) => cells.length > 0)
    .map((one) => ({ ...one, rolled: rollup(one, dimensions) }));
  const rolled = parts.flatMap((one) => one.rolled);
  const periods = time
    ? [...new Set(rolled.map(({ labels }) => labels[0]!))].sort(compareTimes)
    : [];
  const format = numberFormat(measure, unit.places, sumIn(unit, totals), args);
  const lines = joinLines(parts.map((one) => sheetLines(one, one.rolled, by, lang)));
  const derived = derivedLines(
    {
      ...{ members: parts, time, periods, format },
      placed: parts.flatMap((one) => one.rolled.map((row) => placeOf(row, by, one.scenario))),
      paths: lines.map(({ path }) => path),
      isWhole: isWhole(args),
    },
    names,
  );
  const kept = new Set(
    parts.flatMap(({ scenario, rolled: own }) => {
      const isRow = isRowShown(scenario, args);
      const rows = own.filter((row) => isRow(row.cells));
      return rows.flatMap((row) => ancestors(placeOf(row, by, scenario).path));
    }),
  );
  const shown = lines.filter(({ path }) => kept.has(path.join('/')));
  const groups = time && partialGroups(parts.map(tableScenario), time, lang);
  const understated = new Set(
    parts.flatMap(({ scenario, cells }) => [...understatedHeadings(scenario, cells, time)]),
  );
  const mark = (label: string) => (understated.has(label) ? `${label}*` : label);
  const headingOf = (label: string) => (groups?.heading(label) ?? label).replace(label, mark);
  const printedUnit = unitIn(format, unit.label);
  const sheetOf = (table: PublishedTable): Sheet => ({
    title,
    caption: say('{measure}, {unit}', { measure: say(measure), unit: printedUnit }),
    headings: [...periods.map(headingOf), mark('total').replace('total', say('total'))],
    rows: [...(by.some((one) => one !== time) ? shown : []), TOTAL].flatMap((line) => [
      printLine({ ...line, label: lineLabel(line, say) }, periods, table),
      ...derived.below(line.path),
    ]),
    notes: [
      ...notesOnMeasure(measure, understated.size > 0, say),
      ...(groups?.notes ?? []),
      ...splitNotesIn(parts, by, lang),
      ...adjustmentNotes(adjustmentsOf(table, totalNamer(lines)), lang),
      ...derived.notes(),
      ...(lang === 'zh' ? sourcesNote(parts, say) : []),
    ],
  });
  const figures = parts.flatMap((one) => lineFigures(one, by, unit.places));
  const table = publishTable(figures, format);
  return { unit: printedUnit, table, sheetOf };
}

function notesOnMeasure(measure: Measure, isUnderstated: boolean, say: Say): readonly string[] {
  if (measure === 'content') return [say('content is part of demand: do not add the two')];
  if (measure === 'depreciation')
    return [say('after the window: what is not depreciated by its end (net book value)')];
  return isUnderstated
    ? [say('* understated: part of it comes from spending before the window (lag)')]
    : [];
}

const TOTAL: SheetLine = { label: 'total', path: [] };

/** The label of a line that is named after no component and no supplier depends on the language. */
function lineLabel({ label, path }: SheetLine, say: Say): string {
  return path.length === 0 ? say('total') : label;
}

function printLine(
  { label, path }: SheetLine,
  periods: readonly string[],
  { at, format }: PublishedTable,
): SheetRow {
  const columns = [...periods.map((period) => [period]), []];
  const cells = columns.map((column) => printSteps(at(path, column), format));
  if (path.length === 0) return { label, depth: 0, kind: 'total', cells };
  const total = at([], []);
  const share = total === 0n ? 0 : Number((at(path, []) * 1000n) / total);
  return { label, depth: path.length - 1, kind: 'part', cells, bar: [0, share] };
}

/** Whose claims the forecast uses, as Chinese tables say it. */
function sourcesNote(
  members: readonly Pick<Projection, 'scenario'>[],
  say: Say,
): readonly string[] {
  const claims = members
    .flatMap(({ scenario }) => coverageOf(scenario))
    .flatMap(({ claim }) => claim ?? []);
  const authors = new Set(claims.map(({ whose }) => whose));
  return authors.size > 0 ? [say('sources: {list}', { list: [...authors].join('、') })] : [];
}

/** The title names the closure if there are exchange rates, and it is one; without them it has no effect. */
function titleOf(members: Members, { lang }: ShowArguments): string {
  const [{ scenario }] = members;
  const title = titleWithId(scenario.buyer?.portfolio ?? scenario);
  const rated = members.filter(({ scenario: { fx } }) => fx.base.size + fx.path.size > 0);
  const closures = new Set(rated.map(({ plan }) => plan.closure));
  if (closures.size !== 1) return title;
  const say = sayIn(lang);
  return say('{title}, closure {closure}', { title, closure: say([...closures][0]!) });
}

/** The columns of a sheet with understated revenue; the total is one of them. */
function understatedHeadings(
  scenario: Projection['scenario'],
  cells: Projection['cells'],
  time: Dimension | undefined,
): ReadonlySet<string> {
  const marked = cells.filter(
    ({ measure, period }) => measure === 'revenue' && scenario.understated.has(period),
  );
  if (marked.length === 0) return new Set();
  const years = time ? rollup({ scenario, cells: marked }, [time]) : [];
  return new Set([...years.map(({ labels }) => labels[0]!), 'total']);
}
