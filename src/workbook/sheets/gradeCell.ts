/** How well known a number of the forecast is, as a cell beside it. */
import type { Grade } from '../../model/claims.js';
import { SELECTOR, VERDICT } from './landmarks.js';
import type { WorkbookCell, Look } from '../workbook.js';

/** Where a scenario has no such number. */
const NONE = '–';

/**
 * The grade in the scenario that is selected. Once inputs differ from the file, no claim says what
 * they are, and the cell says so.
 *
 * @param grades by scenario; nothing where it has no such number
 */
export function gradeCell(
  grades: readonly (Grade | undefined)[],
  look: Look = 'text',
): WorkbookCell {
  const words = grades.map((grade) => `"${grade ?? NONE}"`);
  const own = words.length === 1 ? words[0]! : `CHOOSE(${SELECTOR},${words.join(',')})`;
  const formula = `IF(${VERDICT}="CHANGED","changed",${own})`;
  return { content: { formula, value: grades[0] ?? NONE }, look };
}
