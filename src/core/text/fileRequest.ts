/** How a scenario asks for the files that it names; whoever loads it reads them. */
import type { Result } from '../result.js';
import type { SourceText } from './source.js';

/** How the characters of a text may be written as bytes. */
export const ENCODINGS = ['utf-8', 'gb18030', 'big5', 'utf-16'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** A request for a file that another file names: a parent, a table, a ledger. */
export interface FileRequest {
  /** As it is written, relative to the file that names it. */
  readonly path: string;
  /** The name of the source that names it. */
  readonly from: string;
  readonly encoding: Encoding;
  /** Of a workbook: the sheet, and its range or the name of one; the whole of the only sheet unless given. */
  readonly sheet?: string | undefined;
  readonly range?: string | undefined;
  /** Whether it must be in the folder of the file that names it, or below. */
  readonly confined: boolean;
}

/** Reads a file that another file names. The caller of `load` passes it in. */
export type ReadFile = (request: FileRequest) => Result<SourceText, FileRefusal>;

/** The reason why a file cannot be read. */
export interface FileRefusal {
  readonly message: string;
  readonly hint: string;
}

/** A file that was read, with the request for it. */
export interface ReadRecord {
  readonly request: FileRequest;
  readonly source: SourceText;
}
