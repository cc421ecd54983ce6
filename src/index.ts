/** The library: what others import. Pure functions over plain readonly data. */

// Scenarios
export { load, type Loaded, type LoadOptions } from './scenario/load.js';
export { vary } from './scenario/vary.js';
export { starter } from './scenario/starter.js';
export { scenarioSchema } from './scenario/jsonSchema.js';
export { effectiveFile } from './scenario/effective.js';
export type { Scenario } from './scenario/scenario.js';
export type { Attributes, Input } from './model/input.js';
export { CLOSURES, type Closure } from './model/closure.js';

// Files that a scenario names
export type { FileRequest, ReadFile, ReadRecord, Refusal, Source } from './core/source.js';
export { fromRecords } from './scenario/reading.js';

// What is wrong
export {
  DIAGNOSTIC_CODES,
  hasErrors,
  type Diagnostic,
  type DiagnosticCode,
  type Related,
} from './core/diagnostic.js';
export { positionOf, type Position, type Span } from './core/source.js';
export { failedChecks } from './studies/checks.js';
export { doubtsOn } from './studies/doubts.js';

// The forecast
export {
  project,
  compile,
  run,
  type ProjectedCell,
  type Projection,
  type ProjectionOptions,
} from './projection/project.js';
export {
  MEASURES,
  type Cell,
  type Measure,
  type Plan,
  type PlannedCell,
  type Unit,
} from './projection/plan.js';
export {
  DIMENSIONS,
  rollup,
  type Dimension,
  type Group,
  type RolledRow,
} from './projection/rollup.js';
export {
  amountOf,
  readOutput,
  type Amount,
  type NoOutput,
  type Output,
} from './projection/output.js';
export { missingRates, rateOf } from './projection/rates.js';
export { explain, type Explained, type Origin, type OriginClaim } from './projection/derivation.js';
export { graderOf, type Grader } from './projection/grades.js';
export { GRADES, type Basis, type Claim, type Grade, type Ledger } from './model/evidence.js';

// Studies
export { ask, isAnswer, type Answer, type Study } from './studies/study.js';
export { forecast } from './studies/forecast.js';
export { show } from './studies/show.js';
export { evidence } from './studies/evidence.js';
export { explain as explanation } from './studies/explain.js';
export { sensitivity } from './studies/sensitivity.js';
export { compare } from './studies/compare.js';
export { solve } from './studies/solve.js';
export { simulate } from './studies/simulate.js';
export { materiality } from './studies/materiality.js';
export { backtest } from './studies/backtest.js';
export { STUDIES } from './studies/studies.js';
export { isPass, partOf, type Block, type Doing, type Pass, type Work } from './studies/work.js';

// Tables, sheets and workbooks
export type { Axis, Bar, Column, Sheet, SheetRow, Side, Table } from './core/table.js';
export type { Outline, OutlineLine } from './core/outline.js';
export type { RemarkedLine } from './core/remark.js';
export { workbook } from './book/book.js';
export type { Workbook } from './book/workbook.js';

// The way back
export { imported, type Imported, type NewFile } from './book/import.js';
export { readEditedCsv } from './book/editedCsv.js';
export type { Content, EditedBook, EditedCell, EditedSheet } from './book/edited.js';
export type { Place } from './book/workbook.js';
export { readXlsx } from './write/readXlsx.js';

// Writers
export { csvPieces, writeCsv, type CsvOptions } from './write/csv.js';
export { writeJson } from './write/json.js';
export { writeText, type TextOptions } from './write/text.js';
export { writeOutline } from './write/outline.js';
export { writeRemarked } from './write/remarked.js';
export { writeDiff } from './write/diff.js';
export { writeDiagnostics } from './write/diagnostics.js';
export { writeSvg } from './write/svg.js';
export { writeXlsx } from './write/xlsx.js';
export { plainStyle, type Style, type StyleName } from './write/style.js';

// Numbers
export { printDecimal, printRatio, readDouble } from './core/decimal.js';
export { Decimal, decimalOf } from './core/carried.js';
export { allocate } from './core/allocate.js';
export { ratio, type Ratio } from './core/ratio.js';

// Manifests
export {
  ENGINE,
  manifestOf,
  readManifest,
  resourceOf,
  type FileDigest,
  type InputDigest,
  type Rebuild,
  type Resource,
  type Written,
} from './studies/manifest.js';
export { VERSION } from './version.js';
