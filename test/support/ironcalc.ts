/** A workbook in IronCalc, which computes it by itself: a second engine, of another language and another author. */
import { Model, initSync } from '@ironcalc/wasm';
import { readFileSync } from 'node:fs';
import type { Workbook } from '../../src/workbook/workbook.js';

initSync({ module: readFileSync('node_modules/@ironcalc/wasm/wasm_bg.wasm') });

/** All digits of a number; a text stays as it is. */
const ALL_DIGITS = '0.0000000000000000E+00';

export interface Computed {
  /** What a cell shows: a number as the double that it is, else a text. Rows and columns count from 0. */
  readonly at: (sheet: string, row: number, column: number) => number | string;
  /** Types into a cell, and computes everything anew. */
  readonly type: (sheet: string, row: number, column: number, text: string) => void;
  /** Deletes a row as a person does: the rows below move up, and what referred to it is `#REF!`. */
  readonly deleteRow: (sheet: string, row: number) => void;
}

/** The formulas and the values of a workbook, without the results that it holds. */
export function computed({ sheets, names }: Workbook): Computed {
  const model = new Model('book', 'en', 'UTC', 'en');
  const numbers = new Map<string, boolean>();
  model.pauseEvaluation();
  sheets.forEach(({ name }, s) => {
    if (s > 0) model.newSheet();
    model.renameSheet(s, name);
  });
  for (const { name, range } of names) model.newDefinedName(name, null, range);
  sheets.forEach(({ name, rows, widths }, s) => {
    const area = { sheet: s, row: 1, column: 1, width: widths.length, height: rows.length };
    model.updateRangeStyle(area, 'num_fmt', ALL_DIGITS);
    rows.forEach((row, r) => {
      row.forEach((cell, c) => {
        if (!cell || cell.content === '') return;
        const { content } = cell;
        const value = typeof content === 'object' ? content.value : content;
        numbers.set(`${name}\n${r}\n${c}`, typeof value === 'number');
        model.setUserInput(s, r + 1, c + 1, typed(content));
      });
    });
  });
  model.resumeEvaluation();
  model.evaluate();
  const indexOf = (sheet: string) => sheets.findIndex(({ name }) => name === sheet);
  return {
    at: (sheet, row, column) => {
      const shown = model.getFormattedCellValue(indexOf(sheet), row + 1, column + 1);
      return numbers.get(`${sheet}\n${row}\n${column}`) ? Number(shown) : shown;
    },
    type: (sheet, row, column, text) => {
      model.setUserInput(indexOf(sheet), row + 1, column + 1, text);
      model.evaluate();
    },
    deleteRow: (sheet, row) => {
      model.deleteRows(indexOf(sheet), row + 1, 1);
      model.evaluate();
    },
  };
}

/** As it would be typed: a text that looks like a number begins with an apostrophe. */
function typed(content: string | number | { readonly formula: string }): string {
  if (typeof content === 'object') return `=${content.formula}`;
  return typeof content === 'number' ? String(content) : `'${content}`;
}
