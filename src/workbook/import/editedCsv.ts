/** A CSV of the sheet of inputs, as a spreadsheet saves it, as a workbook of that one sheet. */
import type { Diagnostic } from '../../core/text/diagnostic.js';
import type { SourceText, Span } from '../../core/text/source.js';
import { readLines, type Cell, type Separator } from '../../scenario/tables/readCsv.js';
import { keyOf, type EditedWorkbook, type EditedCell } from './editedWorkbook.js';
import type { CellPlace } from '../workbook.js';

/** The heads of the sheet tell what stands between its cells. */
const HEADS = /^"?input"?([,;\t])"?value"?\1/m;

/**
 * Reads a CSV of the sheet Inputs: cells parted by commas, semicolons or tabs.
 *
 * @returns nothing where the text is not that sheet; `diagnostics` say why
 */
export function readEditedCsv(
  source: SourceText,
  diagnostics: Diagnostic[],
): EditedWorkbook | undefined {
  const separator = HEADS.exec(source.text)?.[1];
  if (separator === undefined) {
    diagnostics.push({
      ...{ code: 'csv-syntax', severity: 'error', span: { source, start: 0, end: 1 } },
      message: 'this is no CSV of a sheet of inputs',
      expected: 'its title, its version, and a line that begins with `input,value,unit`',
      hint: 'save the sheet Inputs of a workbook as CSV, all of it',
    });
    return undefined;
  }
  const lines = readLines(source, diagnostics, separator as Separator);
  if (!lines) return undefined;
  const cells = new Map<string, EditedCell>(
    lines.flatMap((line, row) =>
      line.flatMap(({ text, span }, column) =>
        text === '' ? [] : [[keyOf({ row, column }), { content: { text }, span }] as const],
      ),
    ),
  );
  const spanAt = (place: CellPlace) => blankAt(lines, place) ?? endOf(source);
  return { name: source.name, sheets: [{ name: undefined, cells, spanAt }], isShown: true };
}

/** A blank cell, or the last one of a row that is too short. */
function blankAt(
  lines: readonly (readonly Cell[])[],
  { row, column }: CellPlace,
): Span | undefined {
  const line = lines[row];
  return (line?.[column] ?? line?.at(-1))?.span;
}

function endOf(source: SourceText): Span {
  const end = source.text.length;
  return { source, start: Math.max(end - 1, 0), end };
}
