/** The sheets of an edited workbook beside the sheets as they were made, also where a person has renamed some. */
import { listed } from '../../core/text/prose.js';
import type { WorkbookSheet } from '../workbook.js';
import { contentText, keyOf, type EditedSheet, type EditedWorkbook } from './editedWorkbook.js';

export interface SheetPairs {
  /** The edited sheet of each sheet that was made and is still there. */
  readonly editedOf: ReadonlyMap<WorkbookSheet, EditedSheet>;
  /** The name with which a sheet was made, by the name that it has; other names stay. */
  readonly madeName: (name: string) => string;
  /** The sheets that a person has added, deleted or renamed. */
  readonly notes: readonly string[];
}

/**
 * Pairs sheets: those of the inputs, which name their version; then those of one name; then those that have
 * most of the texts of a sheet that is missing.
 *
 * @param inputs the sheets of inputs, by the names with which they were made
 */
export function pairSheets(
  made: readonly WorkbookSheet[],
  { sheets }: EditedWorkbook,
  inputs: ReadonlyMap<string, EditedSheet>,
): SheetPairs {
  const pairs = new Map<WorkbookSheet, EditedSheet>();
  const free = () => sheets.filter((one) => ![...pairs.values()].includes(one));
  const pair = (find: (sheet: WorkbookSheet) => EditedSheet | undefined) => {
    for (const sheet of made) {
      const found = pairs.has(sheet) ? undefined : find(sheet);
      if (found) pairs.set(sheet, found);
    }
  };
  pair(({ name }) => inputs.get(name));
  pair(({ name }) => free().find((one) => one.name === name));
  pair((sheet) => mostAlike(sheet, free()));
  const renamed = [...pairs].filter(
    ([{ name }, one]) => one.name !== undefined && one.name !== name,
  );
  const names = new Map(renamed.map(([{ name }, one]) => [one.name!.toUpperCase(), name]));
  return {
    editedOf: pairs,
    madeName: (name) => names.get(name.toUpperCase()) ?? name,
    notes: [
      ...noteOn(
        'added sheets are not compared',
        free().map(({ name = '' }) => name),
      ),
      ...noteOn(
        'deleted sheets are not compared',
        made.filter((sheet) => !pairs.has(sheet)).map(({ name }) => name),
      ),
    ],
  };
}

/** The sheet with the most texts of another in their cells, if it has more than half of them. */
function mostAlike(
  { rows }: WorkbookSheet,
  candidates: readonly EditedSheet[],
): EditedSheet | undefined {
  const texts = rows.flatMap((row, r) =>
    row.flatMap((cell, column) => {
      const text = cell?.content;
      return typeof text === 'string' && text !== '' ? [[keyOf({ row: r, column }), text]] : [];
    }),
  ) as readonly (readonly [key: string, text: string])[];
  let [most, best] = [texts.length / 2, undefined as EditedSheet | undefined];
  for (const sheet of candidates) {
    const count = texts.filter(([key, text]) => {
      const cell = sheet.cells.get(key);
      return cell !== undefined && contentText(cell.content) === text;
    }).length;
    if (count > most) [most, best] = [count, sheet];
  }
  return best;
}

function noteOn(words: string, names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  const quoted = names.map((name) => `\`${name}\``);
  return [`${words}: ${listed(quoted, 'and')}`];
}
