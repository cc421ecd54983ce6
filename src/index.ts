/** The library: pure functions over plain read-only data. */

// Scenarios
export { load, type Loaded, type LoadOptions } from './scenario/load.js';
export { loadScenarios, type LoadedScenarios } from './scenario/portfolio/loadScenarios.js';
export { vary } from './scenario/vary.js';
export { changesFor } from './studies/variation/variation.js';
export { literalBetween } from './studies/variation/inputValues.js';
export { reportingCurrency, type Scenario } from './scenario/scenario.js';
export type { Buyer, Portfolio } from './model/portfolio.js';
export type { Input, Share } from './model/input.js';
export { CLOSURES, type Closure } from './model/fx.js';

// Files that a scenario names
export type { SourceText } from './core/text/source.js';
export type { FileRequest, ReadFile, ReadRecord } from './core/text/fileRequest.js';
export { fromRecords } from './scenario/scenarioFiles.js';

// Results and diagnostics
export type { Result } from './core/result.js';
export {
  DIAGNOSTIC_CODES,
  hasErrors,
  type Diagnostic,
  type DiagnosticCode,
} from './core/text/diagnostic.js';
export { positionOf, type Span } from './core/text/source.js';
export { failedChecks } from './studies/check/failedChecks.js';
export { plausibilityWarnings } from './studies/check/plausibility.js';

// The forecast
export {
  forecastCache,
  type ForecastCache,
  type ForecastRequest,
} from './projection/forecastCache.js';
export type { CachedForecast } from './projection/forecastVariants.js';
export { compile, project, type ProjectionOptions } from './projection/compile.js';
export { run, type ProjectedCell, type Projection } from './projection/evaluate.js';
export { MEASURES, type Measure, type Plan, type Unit } from './projection/plan.js';
export {
  DIMENSIONS,
  SCENARIO_DIMENSIONS,
  rollup,
  rollupAll,
  type Dimension,
  type RolledRow,
} from './projection/rollup.js';
export { missingRates, readOutput, type Output } from './projection/output.js';
export { amountOf, type OutputAmount } from './projection/outputAmounts.js';
export { readOutputs } from './studies/subject/subjectOutput.js';
export { unlikeCalendars } from './studies/shared/portfolios.js';
export { rateAt } from './model/fx.js';
export { deriveNumber, type Derivation } from './projection/explain/derivation.js';
export type { Grade } from './model/claims.js';

// Studies
export { ask, type Study } from './studies/study.js';
export type { Answer } from './studies/answer.js';
export type { Job } from './studies/job.js';
export { forecast } from './studies/forecast/forecast.js';
export { show } from './studies/forecast/show.js';
export { evidence } from './studies/evidence/evidence.js';
export { explain as explanation } from './studies/explain/explain.js';
export { sensitivity } from './studies/sensitivity/sensitivity.js';
export { compare } from './studies/compare/compare.js';
export { solve } from './studies/solve/solve.js';
export { simulate } from './studies/simulate/simulate.js';
export { exposure } from './studies/suppliers/exposure.js';
export { triangulate } from './studies/triangulate/triangulate.js';
export { unitEstimatesOf } from './studies/triangulate/sides.js';
export { materiality } from './studies/suppliers/materiality.js';
export { backtest } from './studies/backtest/backtest.js';
export { STUDIES } from './studies/studies.js';

// Tables, sheets and workbooks
export type { Column, Sheet, Table } from './core/table.js';
export type { Outline } from './core/outline.js';
export { workbook } from './workbook/book.js';
export type { Workbook } from './workbook/workbook.js';

// Writers
export { writeCsv, type CsvOptions } from './formats/csv.js';
export { writeJson } from './formats/json.js';
export { writeText, type TextOptions } from './formats/text.js';
export { writeOutline } from './formats/outlineText.js';
export { writeDiagnostics } from './formats/diagnosticText.js';
export { writeSvg } from './formats/svg.js';
export { writeXlsx } from './formats/xlsx.js';

// Numbers
export { allocate } from './core/rounding/allocate.js';
export { Decimal, decimalOf, recordsOf, type Amount } from './core/number/outgoingDecimal.js';
export { printDecimal, printFraction, readDouble } from './core/number/decimal.js';
export { add, fraction, type Fraction } from './core/number/fraction.js';
export { unitIn } from './studies/shared/numberFormat.js';

// Words
export type { Language } from './core/text/language.js';
export { shellWord } from './core/text/prose.js';
export { supplierName, wordIn } from './studies/shared/tableWords.js';

export { VERSION } from './version.js';
