/** A workbook in IronCalc, which computes it by itself: a second engine, of another language and another author. */
import { Model, initSync } from '@ironcalc/wasm';
import { readFileSync } from 'node:fs';
import type { Workbook } from '../../src/workbook/workbook.js';

initSync({ module: readFileSync('node_modules/@ironcalc/wasm/wasm_bg.wasm') });

/** The rows of a sheet. */
const MOST_ROWS = 1_048_576;

/** All digits of a number; a text stays as it is. */
const ALL_DIGITS = '0.0000000000000000E+00';

export interface Computed {
  /** What a cell shows: a number as the double that it is, else a text. Rows and columns count from 0. */
  readonly at: (sheet: string, row: number, column: number) => number | string;
  /** Types into a cell. */
  readonly type: (sheet: string, row: number, column: number, text: string) => void;
  /** Types again what the workbook has in a cell. */
  readonly restore: (sheet: string, row: number, column: number) => void;
  /** Deletes a row as a person does: the rows below move up, and what referred to it is `#REF!`. */
  readonly deleteRow: (sheet: string, row: number) => void;
  /** Gives the memory back: every further model takes longer while many are held. */
  readonly free: () => void;
}

/** The formulas and the values of a workbook, without the results that it holds. Computed anew when a cell is read. */
export function computed({ sheets, names }: Workbook): Computed {
  const model = new Model('book', 'en', 'UTC', 'en');
  model.pauseEvaluation();
  sheets.forEach(({ name }, s) => {
    if (s > 0) model.newSheet();
    model.renameSheet(s, name);
  });
  for (const { name, range } of names) model.newDefinedName(name, null, range);
  sheets.forEach(({ rows, widths }, s) => {
    // A style of whole columns is set once, and not for each cell.
    const area = { sheet: s, row: 1, column: 1, width: widths.length, height: MOST_ROWS };
    model.updateRangeStyle(area, 'num_fmt', ALL_DIGITS);
    rows.forEach((row, r) => {
      row.forEach((cell, c) => {
        if (!cell || cell.content === '') return;
        model.setUserInput(s, r + 1, c + 1, typed(cell.content));
      });
    });
  });
  let isStale = true;
  const indexes = new Map(sheets.map(({ name }, s) => [name, s]));
  const contentAt = (sheet: number, row: number, column: number) =>
    sheets[sheet]!.rows[row]?.[column]?.content ?? '';
  const enter = (sheet: number, row: number, column: number, text: string) => {
    model.setUserInput(sheet, row + 1, column + 1, text);
    isStale = true;
  };
  return {
    at: (name, row, column) => {
      if (isStale) model.evaluate();
      isStale = false;
      const sheet = indexes.get(name)!;
      const shown = model.getFormattedCellValue(sheet, row + 1, column + 1);
      const content = contentAt(sheet, row, column);
      const value = typeof content === 'object' ? content.value : content;
      return typeof value === 'number' ? Number(shown) : shown;
    },
    type: (name, row, column, text) => enter(indexes.get(name)!, row, column, text),
    restore: (name, row, column) => {
      const sheet = indexes.get(name)!;
      const content = contentAt(sheet, row, column);
      enter(sheet, row, column, content === '' ? '' : typed(content));
    },
    deleteRow: (name, row) => {
      model.deleteRows(indexes.get(name)!, row + 1, 1);
      isStale = true;
    },
    free: () => model.free(),
  };
}

/** As it would be typed: a text that looks like a number begins with an apostrophe. */
function typed(content: string | number | { readonly formula: string }): string {
  if (typeof content === 'object') return `=${content.formula}`;
  return typeof content === 'number' ? String(content) : `'${content}`;
}
