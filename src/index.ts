/** The library: what others import. Pure functions over plain readonly data. */

// Scenarios
export { load, type Loaded, type LoadOptions } from './scenario/load.js';
export { vary } from './scenario/vary.js';
export { starter } from './scenario/starter.js';
export { scenarioSchema } from './scenario/schema/jsonSchema.js';
export { effectiveFile } from './scenario/effective.js';
export type { Scenario } from './scenario/scenario.js';
export type { Attributes, Input } from './model/input.js';
export { CLOSURES, type Closure } from './model/fx.js';

// Files that a scenario names
export type {
  FileRequest,
  ReadFile,
  ReadRecord,
  FileRefusal,
  SourceText,
} from './core/text/source.js';
export { fromRecords } from './scenario/scenarioFiles.js';

// What is wrong
export {
  DIAGNOSTIC_CODES,
  hasErrors,
  type Diagnostic,
  type DiagnosticCode,
  type Related,
} from './core/text/diagnostic.js';
export { positionOf, type Position, type Span } from './core/text/source.js';
export { failedChecks } from './studies/check/failedChecks.js';
export { plausibilityWarnings } from './studies/check/plausibility.js';

// The forecast
export { project, compile, type ProjectionOptions } from './projection/compile.js';
export { run, type ProjectedCell, type Projection } from './projection/evaluate.js';
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
  type CellGroup,
  type RolledRow,
} from './projection/rollup.js';
export { amountOf, readOutput, type OutputAmount, type Output } from './projection/output.js';
export { missingRates, rateOf } from './projection/output.js';
export {
  deriveNumber,
  type Derivation,
  type InputOrigin,
  type OriginClaim,
} from './projection/explain/derivation.js';
export { graderOf, type Grader } from './projection/explain/grades.js';
export { GRADES, type Basis, type Claim, type Grade, type Ledger } from './model/claims.js';

// Studies
export { ask, isAnswer, type Answer, type Study } from './studies/study.js';
export { forecast } from './studies/forecast/forecast.js';
export { show } from './studies/forecast/show.js';
export { evidence } from './studies/evidence/evidence.js';
export { explain as explanation } from './studies/explain/explain.js';
export { sensitivity } from './studies/sensitivity/sensitivity.js';
export { compare } from './studies/compare/compare.js';
export { solve } from './studies/solve/solve.js';
export { simulate } from './studies/simulate/simulate.js';
export { materiality } from './studies/materiality.js';
export { backtest } from './studies/backtest/backtest.js';
export { STUDIES } from './studies/studies.js';
export {
  isJobPass,
  partOf,
  type JobBlock,
  type PassRunner,
  type JobPass,
  type Job,
} from './studies/simulate/job.js';

// Tables, sheets and workbooks
export type { Axis, Bar, Column, Sheet, SheetRow, Side, Table } from './core/table.js';
export type { Outline, OutlineLine } from './core/outline.js';
export type { RemarkedLine } from './core/outline.js';
export { workbook } from './workbook/book.js';
export type { Workbook } from './workbook/workbook.js';

// The way back
export { importChanges, type ImportResult, type NewFile } from './workbook/import/importChanges.js';
export { readEditedCsv } from './workbook/import/editedCsv.js';
export type {
  CellContent,
  EditedWorkbook,
  EditedCell,
  EditedSheet,
} from './workbook/import/editedWorkbook.js';
export type { CellPlace } from './workbook/workbook.js';
export { readXlsx } from './formats/readXlsx.js';

// Writers
export { csvPieces, writeCsv, type CsvOptions } from './formats/csv.js';
export { writeJson } from './formats/json.js';
export { writeText, type TextOptions } from './formats/text.js';
export { writeOutline } from './formats/outlineText.js';
export { writeRemarked } from './formats/text.js';
export { writeDiff } from './formats/diff.js';
export { writeDiagnostics } from './formats/diagnosticText.js';
export { writeSvg } from './formats/svg.js';
export { writeXlsx } from './formats/xlsx.js';
export { plainStyle, type Style, type StyleName } from './formats/style.js';

// Numbers
export { printDecimal, printFraction, readDouble } from './core/number/decimal.js';
export { Decimal, decimalOf } from './core/number/carried.js';
export { allocate } from './core/rounding/allocate.js';
export { fraction, type Fraction } from './core/number/fraction.js';

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
} from './studies/shared/manifest.js';
export { VERSION } from './version.js';
