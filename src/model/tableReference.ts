/** Tables: CSV files in place of maps by period, by currency or by supplier. */
import * as z from 'zod';
import type { LiteralReading } from '../core/number/literal.js';
import { failure, success } from '../core/result.js';
import { ENCODINGS, type Encoding } from '../core/text/fileRequest.js';
import {
  NO_NOUN,
  choiceField,
  flagField,
  listField,
  mapField,
  nameKey,
  recordField,
  scalarField,
  textField,
  type Key,
  type Located,
} from './field.js';
import { reasonFields } from './input.js';

/** The column that identifies the rows of a table. */
export type TableKey = 'currency' | 'period' | 'supplier';

/** A table as a map: by its keys, one inside the other; only the first is required. */
export interface TableShape {
  readonly keys: readonly TableKey[];
  readonly value: 'rate' | 'amount' | 'share' | 'price';
}

/** The maps that a table may replace. */
export const TABLE_SHAPES = {
  'rates by currency': { keys: ['currency'], value: 'rate' },
  'rates by currency and period': { keys: ['currency', 'period'], value: 'rate' },
  'rates by period': { keys: ['period'], value: 'rate' },
  'reported amounts by period': { keys: ['period'], value: 'amount' },
  'amounts by period': { keys: ['period'], value: 'amount' },
  'shares by supplier': { keys: ['supplier', 'period'], value: 'share' },
  'shares by period': { keys: ['period'], value: 'share' },
  'prices by period': { keys: ['period'], value: 'price' },
} as const satisfies Readonly<Record<string, TableShape>>;

/** A kind of table. */
export type TableKind = keyof typeof TABLE_SHAPES;

/** How rates are quoted: in units of `over` for `count` units of `under`. */
export interface Direction {
  readonly over: string;
  readonly count: bigint;
  readonly under: string;
}

/** The word for all foreign currencies, in a table of several. */
export const FOREIGN = 'foreign';
const DIRECTION = `([A-Z]{3}|${FOREIGN}) per (?:(1|10|100|1000) )?([A-Z]{3}|${FOREIGN})`;

function readDirection(text: string): LiteralReading<Direction> {
  const [, over, count, under] = new RegExp(`^${DIRECTION}$`).exec(text) ?? [];
  if (over !== undefined && over !== under) {
    return success({ over, count: BigInt(count ?? 1), under: under! });
  }
  const message = `\`${text}\` does not say how the rates are quoted`;
  const hint = 'write CNY per USD, USD per CNY, or CNY per foreign for several currencies';
  return failure({ code: 'literal', message, hint });
}

/** What a column of a table may hold, in our words. */
export const COLUMN_NAMES = [
  ...['period', 'currency', 'supplier', 'value', 'unit', 'basis', 'reported', 'low', 'high'],
  ...['shape', 'evidence', 'range_evidence', 'assumption', 'note', 'name', 'date'],
] as const;
export type TableColumnName = (typeof COLUMN_NAMES)[number];

/** How the periods of a table are meant. */
const LABELS = ['fiscal', 'calendar', 'month_end', 'date'] as const;
export type PeriodLabels = (typeof LABELS)[number];

/** The name of a column of the table: any text, as somebody else chose it. */
const theirColumn: Key = { noun: 'text', pattern: /^[^]/, schema: z.string().min(1) };

/** One text, or a list of texts. */
function textOrList(text: ReturnType<typeof textField>, several: string, description: string) {
  const field: z.ZodType<readonly Located<string>[]> = z
    .union([text.transform((one) => [one]), listField(text, 'a list of texts', several)])
    .meta({ description });
  return field;
}

/** The lines of the names of the columns, from 1: one, or several that are read as one. */
export interface HeaderLines {
  readonly first: number;
  readonly last: number;
}

function readLines(text: string): LiteralReading<HeaderLines> {
  const [, first, last = first] = /^([1-9]\d{0,5})(?:-([1-9]\d{0,5}))?$/.exec(text) ?? [];
  const lines = { first: Number(first), last: Number(last) };
  if (first !== undefined && lines.last >= lines.first && lines.last - lines.first < MOST_LINES)
    return success(lines);
  const message = `\`${text}\` is not the number of a line`;
  const hint = 'write a number, 1 is the first line, or two: 3-4';
  return failure({ code: 'literal', message, hint });
}

/** Names of columns stand on few lines. */
const MOST_LINES = 5;

/** How a table that was not made for us is read. */
const description = {
  columns: recordField(
    Object.fromEntries(
      COLUMN_NAMES.map((name) => {
        const text = textField(`The name of their column that is \`${name}\`.`);
        const several =
          name === 'value'
            ? 'Several columns, each of one period, one currency or one supplier: others are passed over.'
            : 'Several columns, read as one: their texts with a blank between them.';
        return [name, textOrList(text, several, text.description!).optional()];
      }),
    ) as Record<TableColumnName, z.ZodOptional<ReturnType<typeof textOrList>>>,
  )
    .meta({
      id: 'table-columns',
      description: 'Our columns by the names of theirs; other columns are passed over.',
    })
    .optional(),
  where: mapField(
    theirColumn,
    textOrList(
      textField('What their column has in the rows that count.'),
      'Several, of which a row has one.',
      'What their column has in the rows that count.',
    ),
    'Which rows count: what their columns have. Amounts of several parts of one value are added.',
  ).optional(),
  labels: choiceField(
    LABELS,
    'How their periods are meant: of the fiscal or of the calendar year; as a day near the end of a ' +
      'period (month_end), or a day in it (date).',
  ).optional(),
  names: mapField(
    nameKey,
    textField('How the table calls it.'),
    'Our names of suppliers and currencies by the names in the table.',
  ).optional(),
  header: scalarField(
    'the number of a line',
    readLines,
    {
      type: ['string', 'number'],
      pattern: '^[1-9]\\d*(-[1-9]\\d*)?$',
      description:
        'The line of the names of the columns, from 1; the first one unless given. 3-4 for names on two lines, company above and measure below.',
    },
    '3',
  ).optional(),
  decimal: choiceField(['.', ','], 'The sign before decimals; a point unless given.').optional(),
};

const common = {
  file: textField('The file, .csv or .xlsx, in the folder of the scenario or below it.'),
  sheet: textField('The sheet of a workbook; its only sheet unless given.').optional(),
  range: textField('The cells of the sheet, B4:H20, or the name of a range.').optional(),
  encoding: choiceField(ENCODINGS, 'How the file is encoded; utf-8 unless given.').optional(),
  basis: textField('Which rows count, where the file has several bases: headline.').optional(),
  ...description,
  ...reasonFields,
};

const amounts = {
  ...common,
  unit: textField('The unit of bare numbers, where no header says it: bn CNY, 亿元.').optional(),
};

const formOf = {
  rate: recordField(
    {
      ...common,
      direction: scalarField(
        'how the rates are quoted',
        readDirection,
        {
          type: 'string',
          pattern: `^${DIRECTION}$`,
          description: 'How the rates are quoted: CNY per USD, USD per CNY, CNY per 100 JPY.',
        },
        'CNY per USD',
      ),
    },
    NO_NOUN,
  ),
  amount: recordField(amounts, NO_NOUN),
  reported: recordField(
    {
      ...amounts,
      cumulative: flagField(
        'Whether amounts are for the fiscal year to date, as filings give them.',
      ).optional(),
      outflows: flagField(
        'Whether amounts that are paid stand there as negative numbers, as in statements of cash flows.',
      ).optional(),
    },
    NO_NOUN,
  ),
  share: recordField(
    {
      ...common,
      unit: textField('The unit of bare numbers, where no header says it: %.').optional(),
    },
    NO_NOUN,
  ),
  price: recordField(amounts, NO_NOUN),
};

/** The map of a scenario file that names a table. */
export interface TableText {
  readonly file: Located<string>;
  readonly encoding?: Located<Encoding>;
  readonly sheet?: Located<string>;
  readonly range?: Located<string>;
  readonly direction?: Located<Direction>;
  readonly unit?: Located<string>;
  readonly cumulative?: Located<boolean>;
  readonly outflows?: Located<boolean>;
  readonly basis?: Located<string>;
  readonly columns?: Readonly<Partial<Record<TableColumnName, readonly Located<string>[]>>>;
  readonly where?: ReadonlyMap<string, readonly Located<string>[]>;
  readonly labels?: Located<PeriodLabels>;
  readonly names?: ReadonlyMap<string, Located<string>>;
  readonly header?: Located<HeaderLines>;
  readonly decimal?: Located<'.' | ','>;
  /** For values whose rows have no evidence of their own. */
  readonly evidence?: Located<string>;
  readonly assumption?: Located<string>;
  readonly note?: Located<string>;
}

/** The field that names a table of a kind; tables are read before the other fields. */
export function tableForm(kind: TableKind): z.ZodType<TableText> {
  const { value } = TABLE_SHAPES[kind];
  return formOf[kind === 'reported amounts by period' ? 'reported' : value];
}

const tableKinds = z.registry<{ readonly kind: TableKind }>();

/** The kind of table that a field names; nothing for other fields. */
export function tableKindOf(field: z.core.$ZodType): TableKind | undefined {
  return tableKinds.get(field)?.kind;
}

/** A table as an alternative to a map, which only a scenario file may contain. */
export function tableField(kind: TableKind): z.ZodType<never> {
  return tableForm(kind)
    .transform((table, context) => {
      const params = {
        code: 'choice',
        noun: '',
        message: `\`${table.file.text}\` can only be named in a scenario file`,
        hint: 'write the values themselves here',
      };
      context.addIssue({ code: 'custom', params });
      return z.NEVER;
    })
    .meta({ title: kind, description: `A CSV file with the ${kind}.` })
    .register(tableKinds, { kind });
}
