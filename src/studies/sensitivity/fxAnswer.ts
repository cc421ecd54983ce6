/** The answer of the FX table: the effect of changes of exchange rates, under every closure, split into translation, transaction and cross. */
import { groupBy } from '../../core/group.js';
import { grouped, printDecimal, printFraction } from '../../core/number/decimal.js';
import { ONE, subtract } from '../../core/number/fraction.js';
import { failure, success, type Result } from '../../core/result.js';
import { textRecordsOf, type Sheet, type Table } from '../../core/table.js';
import type { Diagnostic } from '../../core/text/diagnostic.js';
import { sayIn, type Language, type Say } from '../../core/text/language.js';
import { CLOSURES } from '../../model/fx.js';
import { isInUnits } from '../../model/estimate/unitEstimate.js';
import { missingRates } from '../../projection/output.js';
import type { Answer } from '../answer.js';
import { namedColumns } from '../shared/columns.js';
import { captionOf } from '../shared/lineKinds.js';
import { unitIn, type NumberFormatOptions } from '../shared/numberFormat.js';
import { argumentError } from '../shared/argumentError.js';
import type { ReportOptions, ShowOptions } from '../shared/options.js';
import {
  adjustmentsAt,
  publishLines,
  sheetFormat,
  tableAdjustmentNotes,
  tidyFormat,
  type Publication,
  type PublishLayout,
  type TableAdjustment,
} from '../shared/publishLines.js';
import { adjustmentNotes } from '../shared/publishTable.js';
import { notesByBuyer, unsummable } from '../shared/portfolios.js';
import { codesFor, missingMeasures } from '../shared/reports.js';
import { splitNotes, tableHeadings, type TableHeadings } from '../shared/timeNotes.js';
import { conditionsTest, placesOf, unmetConditions } from '../shared/where.js';
import { subjectQuotation, type Subject } from '../subject/subject.js';
import { commonShock, shocksLabel, type Shocks } from './fxShocks.js';

import {
  AMOUNTS,
  EFFECTS,
  codesIn,
  fxTable,
  multipleOf,
  type AmountColumn,
  type FxRow,
} from './fxTable.js';
/** The FX table of demand and units in the envelope's currency and the changed ones, unless asked otherwise. */
export function fxAnswer(
  subject: Subject,
  moves: readonly Shocks[],
  options: ReportOptions & ShowOptions,
): Result<Answer> {
  const { by = [], closure } = options;
  const codes = codesIn(moves);
  const { id, members } = subject;
  const currency = options.currency ?? [subject.currency.code, ...codes];
  const measure = options.measure ?? (['demand', 'units'] as const);
  const report = { currency, measure, where: options.where };
  const problems = [
    ...ownCurrency(subject, codes),
    ...missingMeasures(members, options),
    ...members.flatMap((member) =>
      missingRates(member, [
        ...new Set([...codesFor(member, report), ...neededBy(subject, codes)]),
      ]),
    ),
    ...unmetConditions(members, options.where, options.measure),
    ...unsummable(members, by),
  ];
  if (problems.length > 0) return failure(problems);
  const tables = members.map((scenario) => {
    const places = placesOf(scenario, measure).filter(conditionsTest(scenario, options.where));
    return { scenario, sellers: places.map(({ supplier }) => supplier) };
  });
  const isFree = members.some(({ envelope }) => !isInUnits(envelope));
  const own = isFree ? CLOSURES : (['volume'] as const);
  const closures = closure ? [closure] : own;
  const rows = fxTable(subject, { moves, closures, report, by });
  const { lines, adjusted } = publishLines(rows, LAYOUT, tidyFormat(options));
  const { lang } = options;
  const { heading } = tableHeadings(tables, by, lang);
  const sheets = () => fxSheets(subject, codes, sheetRows(rows, options), heading, lang);
  const table = fxTidyTable(subject, codes, lines, by);
  return success({
    table: { ...table, notes: tableAdjustmentNotes(withTableNames(adjusted), lang) },
    document: {
      scenario: id,
      currency: codes.join('+'),
      quotation: subjectQuotation(subject),
      rows: textRecordsOf(table),
      ...(adjusted.length > 0 && { moved: adjusted }),
    },
    ...(options.show && { sheets: sheets() }),
    notes: [
      subjectQuotation(subject, lang),
      ...notesByBuyer(tables, ({ scenario, sellers }) => splitNotes(scenario, sellers, by, lang)),
    ],
  });
}

/** The currencies of which every member needs a rate; a buyer of a portfolio may have none of those that change. */
function neededBy({ portfolio, members }: Subject, codes: readonly string[]): readonly string[] {
  if (!portfolio) return codes;
  const isKnown = (code: string) =>
    members.some(
      ({ currency, fx }) => currency.code === code || fx.base.has(code) || fx.path.has(code),
    );
  return codes.filter((code) => !isKnown(code));
}

/** The currency of the envelope has no rate that could move. */
function ownCurrency(
  { currency, portfolio }: Subject,
  codes: readonly string[],
): readonly Diagnostic[] {
  if (!codes.includes(currency.code)) return [];
  const refused = argumentError(
    '--fx',
    currency.code,
  )({
    message: `${currency.code} is the currency of the ${portfolio ? 'portfolio' : 'envelope'}: it has no rate`,
    hint: 'name the other currency of the pair',
  });
  return refused.diagnostics;
}

/** Rows of one move and closure add up, and base and effects add up to the value. */
const layoutOf = (say: Say): PublishLayout<FxRow> => ({
  tableOf: ({ shocks, closure }) => `${shocksLabel(shocks)} ${say(closure)}`,
  rowOf: ({ labels }) => labels,
  partsOf: ({ base, translation, transaction, cross }) => [
    [['base'], base],
    [['translation'], translation],
    [['transaction'], transaction],
    [['cross'], cross],
  ],
  withParts: (row, [base, translation, transaction, cross], value) => {
    const effects = { translation: translation!, transaction: transaction!, cross: cross! };
    return { ...row, base: base!, ...effects, value };
  },
  pinnedColumn: ['base'],
  nameOf: (row, [column = 'value']) => [...row, say(column as AmountColumn)].join(' '),
});

/** Names in files are those of the columns. */
const LAYOUT = layoutOf(sayIn());

/** One list of the adjusted totals of all tables, each named with its move and closure. */
function withTableNames(adjusted: readonly TableAdjustment[]): readonly TableAdjustment[] {
  return adjusted.map((one) => ({ ...one, table: '', total: `${one.table} ${one.total}` }));
}

/** The rows in the unit asked for, or in one chosen for the base numbers. */
function sheetRows(rows: readonly FxRow[], formatOptions: NumberFormatOptions): Publication<FxRow> {
  const tables = [...groupBy(rows, LAYOUT.tableOf).values()];
  return publishLines(
    rows,
    layoutOf(sayIn(formatOptions.lang)),
    sheetFormat(tables[0] ?? [], ({ base }) => base, formatOptions),
  );
}

/** With several currencies there is a column for the change of each, besides the change that all have. */
function fxTidyTable(
  { id }: Subject,
  codes: readonly string[],
  rows: readonly FxRow[],
  by: readonly string[],
): Table {
  const several = codes.length > 1 ? codes : [];
  const text = ['scenario', 'currency', 'closure', ...by, 'measure', 'unit'];
  const numbers = ['shock', ...several.map((code) => `shock_${code}`), ...AMOUNTS];
  return {
    columns: [...namedColumns('text', text), ...namedColumns('number', numbers)],
    rows: rows.map((row) => {
      const { closure, labels, measure, unit, shocks } = row;
      const moving = shocks.map(({ code }) => code).join('+');
      const common = commonShock(shocks);
      const values = several.map((code) => subtract(multipleOf(code, shocks), ONE));
      const changes = [common ? printFraction(common) : '', ...values.map(printFraction)];
      const amounts = AMOUNTS.map((name) => printDecimal(row[name], unit.places));
      return [id, moving, closure, ...labels, measure, unit.label, ...changes, ...amounts];
    }),
  };
}

/** For each output a sheet of its values and one of its effects: a row for each move, closures side by side. */
function fxSheets(
  { title }: Subject,
  codes: readonly string[],
  { lines, adjusted }: Publication<FxRow>,
  heading: TableHeadings['heading'],
  lang?: Language,
): readonly Sheet[] {
  const say = sayIn(lang);
  const nameOf = ({ labels, measure, unit }: FxRow) =>
    [...labels.map(heading), say(measure), unitIn({ suffix: '', lang }, unit.label)].join(' ');
  return [...groupBy(lines, nameOf)].flatMap(([name, own]) => {
    const closures = [...new Set(own.map(({ closure }) => closure))];
    const shown = adjustmentsAt(adjusted, captionOf(own[0]));
    const nameIn = (column: AmountColumn) => layoutOf(say).nameOf(own[0].labels, [column], '');
    const byMove = [...groupBy(own, ({ shocks }) => shocksLabel(shocks))];
    const sheet = (columns: readonly AmountColumn[], headings: readonly string[]): Sheet => ({
      title: say('{title}: effect of {currencies}, by closure', {
        ...{ title, currencies: codes.join(', ') },
      }),
      caption: name,
      headings,
      rows: byMove.map(([label, rows]) => ({
        label,
        depth: 0,
        kind: 'part' as const,
        cells: columns.flatMap((column) =>
          rows.map((row) => grouped(printDecimal(row[column], row.unit.places))),
        ),
      })),
      notes: adjustmentNotes(
        withTableNames(shown.filter(({ total }) => columns.some((one) => total === nameIn(one)))),
        lang,
      ),
    });
    const effects = EFFECTS.filter((effect) => own.some((row) => row[effect] !== 0n));
    const headings = effects.flatMap((effect) =>
      closures.map((closure) => `${say(effect)} ${say(closure)}`),
    );
    const values = sheet(
      ['value'],
      closures.map((closure) => say(closure)),
    );
    return [values, ...(effects.length > 0 ? [sheet(effects, headings)] : [])];
  });
}
