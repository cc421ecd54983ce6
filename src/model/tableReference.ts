/** Tables: CSV files in place of maps by period, by currency or by supplier. */
import * as z from 'zod';
import type { LiteralReading } from '../core/number/literal.js';
import { failure, success } from '../core/result.js';
import {
  NO_NOUN,
  choiceField,
  flagField,
  recordField,
  scalarField,
  textField,
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

const common = {
  file: textField('The CSV file, in the folder of the scenario or below it.'),
  encoding: choiceField(
    ['utf-8', 'gb18030'],
    'How the file is encoded; utf-8 unless given.',
  ).optional(),
  basis: textField('Which rows count, where the file has several bases: headline.').optional(),
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
    },
    NO_NOUN,
  ),
  share: recordField(common, NO_NOUN),
  price: recordField(amounts, NO_NOUN),
};

/** The map of a scenario file that names a table. */
export interface TableText {
  readonly file: Located<string>;
  readonly encoding?: Located<'utf-8' | 'gb18030'>;
  readonly direction?: Located<Direction>;
  readonly unit?: Located<string>;
  readonly cumulative?: Located<boolean>;
  readonly basis?: Located<string>;
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
