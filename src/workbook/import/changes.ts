/** The changes in a workbook, sheet by sheet, compared with the workbook made again. */
import { readDouble } from '../../core/number/decimal.js';
import type { Diagnostic } from '../../core/text/diagnostic.js';
import { listed } from '../../core/text/prose.js';
import { isRest } from '../../model/input.js';
import type { InputEdit } from '../../scenario/edit/rewrite.js';
import type { Scenario } from '../../scenario/scenario.js';
import { sheetOf, workbook } from '../book.js';
import { isShownAs, shownNumber } from '../formulas/numberFormats.js';
import { HIGH, IN_FILE, LOW } from '../sheets/inputsSheet.js';
import { ABOVE, CHOICE_AT, SCENARIOS, VALUES } from '../sheets/sheetLayout.js';
import type { WorkbookSheet } from '../workbook.js';
import { differencesOf, type Slot } from './differences.js';
import { contentText, keyOf, type EditedSheet, type EditedWorkbook } from './editedWorkbook.js';
import type { WorkbookOrigin } from './origin.js';

export interface Changes {
  /** One list for each scenario. */
  readonly changes: readonly (readonly InputEdit[])[];
  readonly diagnostics: readonly Diagnostic[];
  readonly notes: readonly string[];
}

export function changesIn(
  edited: EditedWorkbook,
  { plans, args, sheets }: WorkbookOrigin,
): Changes {
  const made = workbook(plans, args);
  const numberOf = (i: number) => (plans.length === 1 ? undefined : i + 1);
  const ofInputs = plans.map(({ scenario }, i) => {
    const name = sheetOf('Inputs', numberOf(i), scenario.id);
    return { name, scenario, edited: sheets[i]! };
  });
  const diagnostics: Diagnostic[] = [];
  const changes = plans.map((): readonly InputEdit[] => []);
  for (const sheet of made.sheets) {
    const at = ofInputs.findIndex(({ name }) => name === sheet.name);
    const own = ofInputs[at];
    const found = own?.edited ?? edited.sheets.find(({ name }) => name === sheet.name);
    if (!found || (edited.isShown && !own)) continue;
    const slots = own ? slotsOf(own.scenario) : new Map<string, Slot>();
    const result = differencesOf(sheet, found, {
      slotAt: (key) => slots.get(key),
      isFree: (key) => sheet.name === SCENARIOS && key === keyOf(CHOICE_AT),
      shown: edited.isShown ? { hasCommas: hasCommas(sheet, found) } : undefined,
    });
    diagnostics.push(...result.diagnostics);
    if (own) changes[at] = result.changes;
  }
  return { changes, diagnostics, notes: edited.isShown ? [] : notesOn(edited, made.sheets) };
}

/** The cells of the inputs of a scenario: their values, and both ends of their ranges. */
function slotsOf({ inputs }: Scenario): ReadonlyMap<string, Slot> {
  const slots = new Map<string, Slot>();
  inputs.forEach((input, i) => {
    if (isRest(input)) return;
    const put = (column: number, of: Slot['of']) =>
      slots.set(keyOf({ row: ABOVE + i, column }), { input, of });
    put(VALUES, 'value');
    if (input.attributes.low) put(LOW, 'low');
    if (input.attributes.high) put(HIGH, 'high');
  });
  return slots;
}

/** Whether the decimal sign is a comma: the column of values in the file, which nobody edits, shows it. */
function hasCommas({ rows }: WorkbookSheet, { cells }: EditedSheet): boolean {
  const fits = (commas: boolean) =>
    rows.every((row, r) => {
      const cell = row[IN_FILE];
      const text = cells.get(keyOf({ row: r, column: IN_FILE }));
      if (typeof cell?.content !== 'number' || !text) return true;
      const shown = shownNumber(contentText(text.content), commas);
      return shown !== undefined && isShownAs(shown, readDouble(cell.content), cell.format ?? '');
    });
  return !fits(false) && fits(true);
}

/** Names the sheets that a person has added or deleted; they are not compared. */
function notesOn({ sheets }: EditedWorkbook, made: readonly WorkbookSheet[]): readonly string[] {
  const names = made.map(({ name }) => name);
  const own = sheets.flatMap(({ name = '' }) => (names.includes(name) ? [] : [name]));
  const gone = names.filter((name) => !sheets.some((sheet) => sheet.name === name));
  const noteOn = (words: string, some: readonly string[]) => {
    const quoted = some.map((name) => `\`${name}\``);
    return some.length === 0 ? [] : [`${words}: ${listed(quoted, 'and')}`];
  };
  return [
    ...noteOn('added sheets are not compared', own),
    ...noteOn('deleted sheets are not compared', gone),
  ];
}
