/** The library: what others import. Pure functions over plain readonly data. */
export { Decimal, decimalOf } from './core/carried.js';
export { printDecimal, printRatio } from './core/decimal.js';
export {
  DIAGNOSTIC_CODES,
  hasErrors,
  type Diagnostic,
  type DiagnosticCode,
} from './core/diagnostic.js';
export { allocate } from './core/allocate.js';
export { ratio, type Ratio } from './core/ratio.js';
export {
  positionOf,
  type FileRequest,
  type Position,
  type ReadFile,
  type ReadRecord,
  type Refusal,
  type Source,
  type Span,
} from './core/source.js';
export type { Outline } from './core/outline.js';
export type { Axis, Bar, Column, Sheet, SheetRow, Side, Table } from './core/table.js';
export { CLOSURES, type Closure } from './model/closure.js';
export { GRADES, type Basis, type Claim, type Grade, type Ledger } from './model/evidence.js';
export { effectiveFile } from './scenario/effective.js';
export { load, type Loaded, type LoadOptions } from './scenario/load.js';
export { fromRecords } from './scenario/reading.js';
export { starter } from './scenario/starter.js';
export { scenarioSchema } from './scenario/jsonSchema.js';
export type { Scenario } from './scenario/scenario.js';
export { vary } from './scenario/vary.js';
export { MEASURES, type Measure, type Plan, type Unit } from './projection/plan.js';
export {
  compile,
  project,
  run,
  type ProjectedCell,
  type Projection,
  type ProjectionOptions,
} from './projection/project.js';
export { explain, type Explained, type Origin } from './projection/derivation.js';
export { graderOf, type Grader } from './projection/grades.js';
export { amountOf, readOutput, type Output } from './projection/output.js';
export { missingRates, rateOf } from './projection/rates.js';
export { DIMENSIONS, rollup, type Dimension, type RolledRow } from './projection/rollup.js';
export { failedChecks } from './studies/checks.js';
export { doubtsOn } from './studies/doubts.js';
export {
  ENGINE,
  manifestOf,
  readManifest,
  resourceOf,
  type FileDigest,
  type InputDigest,
  type Rebuild,
  type Resource,
} from './studies/manifest.js';
export { isAnswer, type Answer, type Study } from './studies/study.js';
export { STUDIES } from './studies/studies.js';
export { isPass, type Block, type Pass, type Work } from './studies/work.js';
export { workbook } from './book/book.js';
export type { Workbook } from './book/workbook.js';
export { csvPieces, writeCsv, type CsvOptions } from './write/csv.js';
export { writeDiagnostics } from './write/diagnostics.js';
export { writeJson } from './write/json.js';
export { writeOutline } from './write/outline.js';
export { writeRemarked } from './write/remarked.js';
export { writeSvg } from './write/svg.js';
export { plainStyle, type Style, type StyleName } from './write/style.js';
export { writeText } from './write/text.js';
export { writeXlsx } from './write/xlsx.js';
export { VERSION } from './version.js';
