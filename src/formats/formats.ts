/** The formats of files. A new format is a file in this folder and an entry here. */
import type { Sheet, Table } from '../core/table.js';
import type { Language } from '../core/text/language.js';
import { tooLarge, workbook } from '../workbook/book.js';
import { csvPieces, type CsvOptions } from './csv.js';
import { writeJson } from './json.js';
import { writeSvg } from './svg.js';
import { writeXlsx } from './xlsx.js';

/** The forms of an answer that a file can hold. */
export interface FileContent {
  readonly table?: Table | undefined;
  readonly document?: object | undefined;
  readonly sheets?: readonly Sheet[] | undefined;
  readonly plans?: Parameters<typeof workbook>[0] | undefined;
  /** The derived columns of a workbook. */
  readonly derived?: Parameters<typeof workbook>[3] | undefined;
}

/** Options of all formats; each format reads its own. */
export interface FileOptions extends CsvOptions {
  /** The options of the command as a person would type them again, for a workbook. */
  readonly typed: readonly string[];
  /** The language of a workbook. */
  readonly language?: Language | undefined;
}

/** A format of files, by the ending of their name. */
export interface FileFormat {
  readonly ending: string;
  readonly mediatype: string;
  /** The encoding of a text; without it, the file is bytes. */
  readonly encoding?: 'utf-8';
  /** The form of an answer that it writes. */
  readonly form: keyof FileContent;
  /** Why the format cannot hold an answer, and what to do; nothing where it can. */
  readonly refusal?: (content: FileContent) => string | undefined;
  /** Writes an answer that has this form, in pieces of text or of bytes. */
  readonly write: (content: FileContent, options: FileOptions) => FilePieces | Promise<FilePieces>;
}

/** A file in pieces: texts, or bytes. */
export type FilePieces = Iterable<string | Uint8Array>;

/** All formats; the first is written if no file is named. */
export const FILE_FORMATS: readonly [FileFormat, ...FileFormat[]] = [
  {
    ending: '.csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    form: 'table',
    write: ({ table }, options) => csvPieces(table!, options),
  },
  {
    ending: '.json',
    mediatype: 'application/json',
    encoding: 'utf-8',
    form: 'document',
    write: ({ document }) => [writeJson(document!)],
  },
  {
    ending: '.svg',
    mediatype: 'image/svg+xml',
    encoding: 'utf-8',
    form: 'sheets',
    write: ({ sheets }) => [writeSvg(sheets!)],
  },
  {
    ending: '.xlsx',
    mediatype: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    form: 'plans',
    refusal: ({ plans }) => tooLarge(plans!),
    write: async ({ plans, derived }, { typed, language }) => [
      await writeXlsx(workbook(plans!, typed, language, derived)),
    ],
  },
];
