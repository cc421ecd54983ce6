/** The changes in a workbook, sheet by sheet, compared with the workbook made again. */
import { append } from '../../core/lists.js';
import { readDouble } from '../../core/number/decimal.js';
import type { Diagnostic } from '../../core/text/diagnostic.js';
import { printPlace, type Span } from '../../core/text/source.js';
import { isRest } from '../../model/input.js';
import type { EditedInputs } from '../../scenario/edit/inputEdit.js';
import { isGiven } from '../../scenario/portfolio/portfolioPaths.js';
import { problemList } from '../../scenario/reporter.js';
import { buyerKey } from '../../scenario/scenario.js';
import type { MapNode } from '../../scenario/tree.js';
import { readTree } from '../../scenario/yaml/yaml.js';
import { workbook } from '../book.js';
import { SHARED, sharingPortfolio } from '../sheets/givenInputs.js';
import { DETAILS, HIGH, IN_FILE, LOW, PLACE } from '../sheets/inputsSheet.js';
import { VALUES } from '../sheets/planGrid.js';
import { ABOVE, CHOICE_AT, SCENARIOS, sheetOf } from '../sheets/sheetLayout.js';
import type { CellPlace, WorkbookSheet } from '../workbook.js';
import { differencesOf, type ComparisonOptions } from './differences.js';
import {
  contentText,
  keyOf,
  placeAt,
  type EditedSheet,
  type EditedWorkbook,
} from './editedWorkbook.js';
import type { HeldScenario } from './holdToCells.js';
import type { WorkbookOrigin } from './origin.js';
import { pairSheets } from './sheetPairs.js';
import { DECIMAL_SIGNS, isShownAs, shownNumber, type DecimalSign } from './shownNumber.js';
import type { Slot } from './typedNumber.js';

export interface Changes {
  /** Each scenario with its edits. */
  readonly scenarios: readonly HeldScenario[];
  readonly diagnostics: readonly Diagnostic[];
  readonly notes: readonly string[];
}

export function changesIn(
  edited: EditedWorkbook,
  { plans, args, options, sheets }: WorkbookOrigin,
): Changes {
  const made = workbook(plans, args, options.lang, options).sheets;
  const scenarios = plans.map(({ scenario }) => scenario);
  const names = scenarios.map((scenario, i) =>
    sheetOf('Inputs', plans.length === 1 ? undefined : i + 1, buyerKey(scenario)),
  );
  const inputs = new Map(names.map((name, i) => [name, sheets[i]!]));
  const { editedOf, madeName, notes } = pairSheets(made, edited, inputs);
  const ofSheet = new Map<string, EditedInputs>(scenarios.map((one, i) => [names[i]!, one]));
  const portfolio = sharingPortfolio(scenarios);
  if (portfolio) ofSheet.set(SHARED, sharedInputs(scenarios[0]!));
  const diagnostics: Diagnostic[] = [];
  const own: Span[] = [];
  const held: HeldScenario[] = [];
  for (const sheet of made) {
    const found = editedOf.get(sheet);
    if (!found) continue;
    const scenario = ofSheet.get(sheet.name);
    const signs = edited.isShown ? signsIn(sheet, found) : DECIMAL_SIGNS;
    const result = differencesOf(sheet, found, {
      ...(scenario ? optionsOfInputs(scenario) : optionsOf(sheet)),
      ...{ isShown: edited.isShown, signs, names: { own: sheet.name, madeName } },
    });
    append(diagnostics, result.diagnostics);
    append(own, result.own);
    if (scenario) held.push({ scenario, edits: result.changes, cellOf: cellsOf(found) });
  }
  const seen = edited.isShown ? [] : notes;
  return { scenarios: held, diagnostics, notes: [...seen, ...noteOnOwnCells(own)] };
}

/** What a portfolio gives to all its buyers; its ledgers are among those of each of them. */
export function sharedInputs(buyer: EditedInputs): EditedInputs {
  const { id, inputs, set, span } = buyer.buyer!.portfolio;
  const tree = readTree(span.source, problemList()) as MapNode;
  return { ...buyer, ...{ id, inputs, set, tree, files: [], isShared: true } };
}

type SheetOptions = Pick<ComparisonOptions, 'slotAt' | 'isFree' | 'isInTable'>;

function optionsOf({ name }: WorkbookSheet): SheetOptions {
  return {
    slotAt: () => undefined,
    isFree: (key) => name === SCENARIOS && key === keyOf(CHOICE_AT),
    isInTable: () => false,
  };
}

/** A comment in the file moves its lines, so that the places in the file are not compared. */
function optionsOfInputs(scenario: EditedInputs): SheetOptions {
  const slots = slotsOf(scenario);
  const { inputs } = scenario;
  const isRow = ({ row }: CellPlace) => row >= ABOVE && row < ABOVE + inputs.length;
  return {
    slotAt: (key) => slots.get(key),
    isFree: (key) => isRow(placeAt(key)) && placeAt(key).column === PLACE,
    isInTable: (key) => isRow(placeAt(key)) && placeAt(key).column <= DETAILS,
  };
}

/** The cells of the inputs of a scenario: their values, and both ends of their ranges. */
function slotsOf({ inputs, buyer, isShared }: EditedInputs): ReadonlyMap<string, Slot> {
  const slots = new Map<string, Slot>();
  inputs.forEach((input, i) => {
    if (isRest(input) || (buyer && !isShared && isGiven(buyer.portfolio, input.path))) return;
    const put = (of: Slot['of']) => slots.set(keyOf(placeOfSlot(i, of)), { input, of });
    put('value');
    if (input.attributes.low) put('low');
    if (input.attributes.high) put('high');
  });
  return slots;
}

const COLUMNS = { value: VALUES, low: LOW, high: HIGH };

function placeOfSlot(index: number, of: Slot['of']): CellPlace {
  return { row: ABOVE + index, column: COLUMNS[of] };
}

function cellsOf({ cells, spanAt }: EditedSheet): HeldScenario['cellOf'] {
  return (index, of) => {
    const place = placeOfSlot(index, of);
    return cells.get(keyOf(place))?.span ?? spanAt(place);
  };
}

/**
 * The decimal signs with which the column of values in the file, which nobody edits, shows its numbers; all
 * of them if it does so with none.
 */
function signsIn({ rows }: WorkbookSheet, { cells }: EditedSheet): readonly DecimalSign[] {
  const fitting = DECIMAL_SIGNS.filter((sign) =>
    rows.every((row, r) => {
      const cell = row[IN_FILE];
      const text = cells.get(keyOf({ row: r, column: IN_FILE }));
      if (typeof cell?.content !== 'number' || !text) return true;
      const shown = shownNumber(contentText(text.content), sign);
      return shown !== undefined && isShownAs(shown, readDouble(cell.content), cell.format ?? '');
    }),
  );
  return fitting.length === 0 ? DECIMAL_SIGNS : fitting;
}

/** Names the first cells that a person has filled beside those of the sheets, and counts the rest. */
function noteOnOwnCells(spans: readonly Span[]): readonly string[] {
  if (spans.length === 0) return [];
  const places = spans.slice(0, MOST_NAMED).map((span) => span.source.cell ?? printPlace(span));
  const more = spans.length - places.length;
  return [
    `cells of your own are not compared: ${places.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  ];
}

const MOST_NAMED = 4;
