/** The sheet Inputs as a spreadsheet saves it in CSV, read as a workbook with this one sheet. */
import { failure, success, type Result } from '../../core/result.js';
import type { Diagnostic } from '../../core/text/diagnostic.js';
import type { SourceText, Span } from '../../core/text/source.js';
import { problemList } from '../../scenario/reporter.js';
import { readLines, type CsvCell, type Separator } from '../../scenario/tables/readCsv.js';
import { ABOVE } from '../sheets/sheetLayout.js';
import type { CellPlace } from '../workbook.js';
import { keyOf, type EditedCell, type EditedWorkbook } from './editedWorkbook.js';

/** The first two heads of the sheet, with the separator between them. */
const HEADS = /^"?input"?([,;\t|])"?value"?\1/m;

/**
 * Reads a CSV of the sheet Inputs: cells separated by commas, semicolons, tabs or bars. Its heads tell which
 * row is which, so that a line such as `sep=;` may stand above.
 */
export function readEditedCsv(source: SourceText): Result<EditedWorkbook> {
  const separator = HEADS.exec(source.text)?.[1];
  if (separator === undefined) {
    return failure([noInputs(source)]);
  }
  const problems = problemList();
  const lines = readLines(source, problems, separator as Separator);
  if (!lines) return failure(problems.diagnostics);
  const above = lines.findIndex(([first]) => first?.text === 'input') - (ABOVE - 1);
  const cells = new Map<string, EditedCell>(
    lines.flatMap((line, i) =>
      line.flatMap(({ text, span }, column) =>
        text === '' || i < above
          ? []
          : [[keyOf({ row: i - above, column }), { content: { text }, span }] as const],
      ),
    ),
  );
  const spanAt = ({ row, column }: CellPlace) =>
    blankAt(lines, { row: row + above, column }) ?? endOf(source);
  const sheet = { name: undefined, cells, spanAt };
  return success({ name: source.name, sheets: [sheet], isShown: true });
}

function noInputs(source: SourceText): Diagnostic {
  return {
    ...{ code: 'csv-syntax', severity: 'error', span: { source, start: 0, end: 1 } },
    message: 'this is no CSV of a sheet of inputs',
    expected: 'its title, its version, and a line that begins with `input,value,unit`',
    hint: 'save the sheet Inputs of a workbook as CSV, all of it',
  };
}

/** The span of a blank cell, or of the last cell if the row is too short. */
function blankAt(
  lines: readonly (readonly CsvCell[])[],
  { row, column }: CellPlace,
): Span | undefined {
  const line = lines[row];
  return (line?.[column] ?? line?.at(-1))?.span;
}

function endOf(source: SourceText): Span {
  const end = source.text.length;
  return { source, start: Math.max(end - 1, 0), end };
}
