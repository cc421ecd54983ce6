/** Cells that other sheets look at: the verdict, and the scenario that is selected. */
import { fixed, onSheet, type CellPlace } from '../workbook.js';

export const CHECK = 'Check';
export const VERDICT = onSheet(CHECK, fixed({ row: 2, column: 1 }));

export const SCENARIOS = 'Scenarios';
/** The cell with the id of the selected scenario, and the one with its number. */
export const CHOICE_AT: CellPlace = { row: 2, column: 1 };
export const CHOICE = onSheet(SCENARIOS, fixed(CHOICE_AT));
export const SELECTOR = onSheet(SCENARIOS, fixed({ row: 2, column: 2 }));
