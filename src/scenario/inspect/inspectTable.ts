/** What stands in somebody's table, and the block of a scenario file that reads it. */
import { yamlText, type RemarkedLine } from '../../core/outline.js';
import { spelledPeriod } from '../../core/periodSpellings.js';
import { onOneLine } from '../../core/text/printable.js';
import { firstOf } from '../../core/text/prose.js';
import type { Encoding } from '../../core/text/fileRequest.js';
import type { SourceText } from '../../core/text/source.js';
import { isTotal, decimalOf, factsOf, type ColumnFacts } from './columnFacts.js';
import { tableOfText, type PlainTable } from './tableLayout.js';
import { blockKeys } from './blockKeys.js';
import { onlyCurrency, type BlockKey } from './ownerKeys.js';
import { TABLE_USES, readingOf, type TableReading, type TableUse } from './tableReading.js';
import { trapsOf } from './tableTraps.js';

/** What is asked of a table. */
export interface InspectRequest {
  /** What the table is for; what its columns look like unless given. */
  readonly use?: TableUse | undefined;
  /** How the file is encoded, where it is not UTF-8. */
  readonly encoding?: Exclude<Encoding, 'utf-8'> | undefined;
  /** Rows of the sheet that are hidden. */
  readonly hiddenRows?: number | undefined;
}

/**
 * Inspects a table: what is in it as comments, then the block that reads it, with a question behind each
 * line that is not certain.
 *
 * @returns lines of YAML; nothing if the text has no table
 */
export function inspectTable(
  source: SourceText,
  request: InspectRequest = {},
): readonly RemarkedLine[] | undefined {
  const table = tableOfText(source);
  return table && linesOfTable(table, request);
}

/** Inspects a table that is read already. */
export function linesOfTable(
  table: PlainTable,
  { use, encoding, hiddenRows = 0 }: InspectRequest,
): readonly RemarkedLine[] {
  const decimal = decimalOf(table);
  const facts = factsOf(table, decimal.sign);
  const reading = readingOf(table, facts, use);
  const traps = [
    ...(hiddenRows > 0 ? [`hidden rows, ${hiddenRows}, which are read`] : []),
    ...trapsOf(table, facts, reading, decimal.sign),
  ];
  return [
    ...[...describedTable(table, encoding), ...facts.map((one) => describedColumn(one, table))].map(
      comment,
    ),
    ...(traps.length > 0 ? [comment('Look at:'), ...traps.map((one) => comment(`- ${one}`))] : []),
    ...block(table, reading, blockKeys(table, facts, reading, decimal), encoding),
  ];
}

/** A comment is one line, whatever texts of the table are in it. */
function comment(text: string): RemarkedLine {
  return { text: `# ${onOneLine(text)}` };
}

const SEPARATOR_NAMES = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' } as const;

function describedTable(
  { name, separator, sheet, rows, header, headerLines, titles }: PlainTable,
  encoding: InspectRequest['encoding'],
): readonly string[] {
  const parts = [
    encoding && ENCODING_NAMES[encoding],
    sheet !== undefined && `sheet ${sheet}`,
    separator && `${SEPARATOR_NAMES[separator]} between cells`,
    `${rows.length} rows and ${header.length} columns below line ${headerLines.last}`,
  ].filter(Boolean);
  return [
    `${name}: ${parts.join(', ')}`,
    ...(titles.length > 0 ? [`above the names of the columns: ${firstOf(titles, ' | ')}`] : []),
  ];
}

const ENCODING_NAMES = { gb18030: 'GB18030', big5: 'Big5', 'utf-16': 'UTF-16' } as const;

function describedColumn(
  { index, name, cells, meaning, values, filled }: ColumnFacts,
  { header }: PlainTable,
): string {
  const texts = values.filter((text) => !isTotal(text));
  const periods = cells === 'period' ? values.filter((text) => spelledPeriod(text)) : [];
  const found =
    cells === 'period'
      ? describedPeriods(periods)
      : cells === 'text' || cells === 'currency' || cells === 'unit'
        ? `${texts.length} ${texts.length === 1 ? 'value' : 'values'}: ${firstOf(texts.slice(0, MOST_VALUES))}`
        : cells === 'empty'
          ? 'empty'
          : `${filled} ${filled === 1 ? 'number' : 'numbers'}`;
  const kind = meaning === 'growth' ? ', growth' : '';
  return `- ${name}${header[index]!.text === '' ? ' (no name)' : ''}: ${found}${kind}`;
}

function describedPeriods(periods: readonly string[]): string {
  const [first = '', ...others] = periods;
  return periods.length === 1
    ? `1 period, ${first}`
    : `${periods.length} periods, ${first} to ${others.at(-1) ?? ''}`;
}

const MOST_VALUES = 12;

const PARENTS: Readonly<Record<TableUse, readonly string[]>> = {
  actuals: ['actuals:', '  periods:'],
  rates: ['fx:', '  path:'],
  shares: ['suppliers: # of a component'],
  prices: ['price: # of a component', '  value:'],
};

/** The block of the scenario file. */
function block(
  table: PlainTable,
  reading: TableReading,
  keys: readonly BlockKey[],
  encoding: InspectRequest['encoding'],
): readonly RemarkedLine[] {
  const { use, isUseGiven, across, unread } = reading;
  const code = onlyCurrency(table, reading);
  const parents = [
    ...PARENTS[use],
    ...(code === undefined
      ? []
      : [`    ${code}: # of which currency are the rates? Write its code`]),
  ];
  const indent = ' '.repeat(2 * parents.length);
  const own: readonly BlockKey[] = [
    {
      ...{ key: 'file', text: yamlText(table.name) },
      ...(!isUseGiven && {
        question: `read for ${use}; \`--for\` names another use: ${TABLE_USES.join(' | ')}`,
      }),
    },
    ...(table.sheet === undefined ? [] : [{ key: 'sheet', text: yamlText(table.sheet) }]),
    ...(encoding ? [{ key: 'encoding', text: encoding }] : []),
    ...keys,
  ];
  const isNeeded = ({ key, text }: BlockKey) =>
    key !== 'columns' || text !== '{}' || across || unread;
  return [
    ...parents.map((text) => ({ text })),
    ...own.filter(isNeeded).map(({ key, text, question }) => ({
      text: `${indent}${key}: ${text}`,
      ...(question !== undefined && { remark: question }),
    })),
  ];
}
