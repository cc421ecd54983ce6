/** What the command line needs beside the library. It is no public export: it may change with the command. */

export { failure, success } from './core/result.js';

export { LANGUAGES, sayIn, type Language, type Say } from './core/text/language.js';

// Scenarios and their files
export { type Encoding, type FileRefusal } from './core/text/fileRequest.js';
export { inspectTable } from './scenario/inspect/inspectTable.js';
export { TABLE_USES, type TableUse } from './scenario/inspect/tableReading.js';
export { checkScenarios } from './studies/check/check.js';
export { changesWithoutEffect } from './studies/check/withoutEffect/withoutEffect.js';
export { effectiveFile, effectivePortfolio } from './scenario/effective.js';
export { scenarioSchema } from './scenario/schema/jsonSchema.js';
export { SCHEMA_FILE, newPortfolio, newScenario } from './scenario/starter.js';
export { LARGEST_TEXT } from './scenario/yaml/yaml.js';

// Studies
export { checkClosure, readOptions } from './studies/study.js';

// Work shared out over threads
export { partOf, type Job, type JobBlock, type JobPass, type PassRunner } from './studies/job.js';

// Import of an edited workbook
export { readSheetTables, readXlsx } from './formats/readXlsx.js';
export { sheetText, type SheetPlace, type SheetTables } from './formats/sheetText.js';
export { readEditedCsv } from './workbook/import/editedCsv.js';
export type { EditedWorkbook } from './workbook/import/editedWorkbook.js';
export { importChanges, type ImportResult } from './workbook/import/importChanges.js';
export type { NewFile } from './scenario/edit/inputEdit.js';

// Writers
export { nearest } from './core/text/diagnostic.js';
export { beginning, onOneLine, printableLines, unlikeOurs } from './core/text/printable.js';
export {
  FILE_FORMATS,
  type FileContent,
  type FileFormat,
  type FileOptions,
  type FilePieces,
} from './formats/formats.js';
export { writeDiff } from './formats/diff.js';
export { plainStyle, type Style, type StyleName } from './formats/style.js';
export { writeRemarked } from './formats/text.js';

// Manifests
export { ENGINE } from './version.js';
export {
  manifestOf,
  readManifest,
  resourceOf,
  type FileDigest,
  type InputDigest,
  type Rebuild,
  type Resource,
} from './studies/shared/manifest.js';
