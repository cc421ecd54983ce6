/** The study `show`: the forecast for people, a sheet for each measure, by fiscal year and component. */
import * as z from 'zod';
import { success } from '../../core/result.js';
import type { Sheet, SheetRow } from '../../core/table.js';
import { sayIn, type Say } from '../../core/text/language.js';
import type { Projection } from '../../projection/evaluate.js';
import type { Measure } from '../../projection/plan.js';
import { isTime, rollup, type Dimension, type RolledRow } from '../../projection/rollup.js';
import { coverageOf } from '../evidence/coverage.js';
import type { Scenario } from '../../scenario/scenario.js';
import { ladderOf, ladderTable } from '../evidence/ladder.js';
import { numberFormat, printSteps, unitIn } from '../shared/numberFormat.js';
import { lang, publishOptions, reportOptions } from '../shared/options.js';
import { pageSheets, type PageTable } from '../shared/page.js';
import {
  adjustmentNotes,
  adjustmentsOf,
  publishTable,
  type PublishedTable,
} from '../shared/publishTable.js';
import { partialGroups, splitNotes } from '../shared/timeNotes.js';
import { rateNotes } from '../shared/rateNotes.js';
import { notesOn, projections, quotation, titleWithId } from '../shared/reports.js';
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
  lineFigures,
  placeOf,
  sheetLines,
  totalNamer,
  type SheetLine,
} from './showLines.js';

const options = z
  .object({ ...reportOptions, ...publishOptions, with: withColumns, 'of-all': ofAll, lang })
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
  run: (scenarios, args) => {
    const refused = refuseSummed(args, args.by ?? DEFAULT_DIMENSIONS);
    if (refused) return refused;
    const result = projections(scenarios, args);
    if (!result.ok) return result;
    return success({
      sheets: result.value.flatMap((projection) => showSheets(projection, args)),
      notes: result.value.flatMap((projection) => [
        ...notesOn(projection, args.lang),
        ...notesOnRates(projection, args),
      ]),
    });
  },
};

const DEFAULT_DIMENSIONS: readonly Dimension[] = ['fiscal_year', 'component'];

type ShowArguments = z.output<typeof options>;

/** The page of one forecast: its measures, then its evidence. */
export function showSheets(projection: Projection, args: ShowArguments): readonly Sheet[] {
  return pageSheets([
    ...measureTables(projection, args),
    ladderTable(ladderOf(projection.scenario), titleOf(projection, args), args),
  ]);
}

/** How exchange rates are quoted, and those that the forecast used. */
function notesOnRates(projection: Projection, { lang }: ShowArguments): readonly string[] {
  const { scenario, currencies } = projection;
  const foreign = currencies.some(({ code }) => code !== scenario.currency.code);
  if (!foreign && scenario.fx.base.size === 0) return [];
  return [quotation(scenario, lang), ...rateNotes(projection, lang)];
}

/** A table for each measure and unit; revenue only if a lag makes it differ from demand, or if it is asked for. */
function measureTables(projection: Projection, args: ShowArguments): readonly PageTable[] {
  const { scenario } = projection;
  const hasLag = scenario.leaves.some(({ lag }) => lag !== undefined);
  const shown = projection.cells.filter(
    ({ measure }) => measure !== 'revenue' || hasLag || args.measure !== undefined,
  );
  const kinds = rollup({ scenario, cells: shown }, []);
  const title = titleWhere(titleOf(projection, args), args);
  return kinds.map((kind) => measureTable({ ...projection, title, cells: shown }, kind, args));
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
  { title, ...projection }: Projection & { readonly title: string },
  { measure, unit, count }: RolledRow,
  args: ShowArguments,
): PageTable {
  const { by = DEFAULT_DIMENSIONS, with: names = [], lang } = args;
  const say = sayIn(lang);
  const { scenario, cells } = projection;
  const time = by.find(isTime);
  const own = cells.filter((cell) => cell.measure === measure && cell.unit.label === unit.label);
  const dimensions: Dimension[] = [...(time ? [time] : []), 'component', 'supplier'];
  const rolled = rollup({ scenario, cells: own }, dimensions);
  const periods = time ? [...new Set(rolled.map(({ labels }) => labels[0]!))] : [];
  const sellers = new Set(own.map(({ supplier }) => supplier));
  const format = numberFormat(measure, unit.places, count, args);
  const lines = sheetLines({ scenario, cells: own }, rolled, by);
  const derived = derivedLines(
    {
      ...{ projection, time, periods, format },
      placed: rolled.map((row) => placeOf(row, by)),
      paths: lines.map(({ path }) => path),
      isWhole: isWhole(args),
    },
    names,
  );
  const isRow = isRowShown(scenario, args);
  const kept = new Set(
    rolled.filter((row) => isRow(row.cells)).flatMap((row) => ancestors(placeOf(row, by).path)),
  );
  const shown = lines.filter(({ path }) => kept.has(path.join('/')));
  const groups = time && partialGroups([{ scenario, sellers }], time, lang);
  const understated = understatedHeadings(scenario, own, time);
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
      ...splitNotes(scenario, sellers, by, lang),
      ...adjustmentNotes(adjustmentsOf(table, totalNamer(lines)), lang),
      ...derived.notes(),
      ...(lang === 'zh' ? sourcesNote(scenario, say) : []),
    ],
  });
  const table = publishTable(lineFigures(rolled, by, unit.places), format);
  return { unit: printedUnit, table, sheetOf };
}

function notesOnMeasure(measure: Measure, isUnderstated: boolean, say: Say): readonly string[] {
  if (measure === 'content') return [say('content is part of demand: do not add the two')];
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
function sourcesNote(scenario: Scenario, say: Say): readonly string[] {
  const claims = coverageOf(scenario).flatMap(({ claim }) => claim ?? []);
  const authors = new Set(claims.map(({ whose }) => whose));
  return authors.size > 0 ? [say('sources: {list}', { list: [...authors].join('、') })] : [];
}

/** The title names the closure if there are exchange rates; without them it has no effect. */
function titleOf({ scenario, plan }: Projection, { lang }: ShowArguments): string {
  const { fx } = scenario;
  const title = titleWithId(scenario);
  const { closure } = plan;
  if (fx.base.size + fx.path.size === 0) return title;
  return sayIn(lang)('{title}, closure {closure}', { title, closure });
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
