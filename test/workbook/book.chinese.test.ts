/** A workbook in Chinese: heads, labels and notes; numbers, formulas and the way back are those in English. */
import { describe, expect, it } from 'vitest';
import { UNASSIGNED } from '../../src/model/supplier.js';
import { workbook } from '../../src/workbook/book.js';
import type { Workbook, WorkbookCell } from '../../src/workbook/workbook.js';
import { englishIn } from '../support/chinese.js';
import { computed } from '../support/ironcalc.js';
import { asEdited, diffOf, importedOnto } from '../support/workbookEdits.js';
import { SHIPPED, planOf } from '../support/workbooks.js';

const ARGS = ['--currency', 'CNY,USD'];
const inChinese = (ids: readonly string[]) =>
  workbook(
    ids.map((id) => planOf(id)),
    [...ARGS, '--lang', 'zh'],
    'zh',
  );
const cellsOf = ({ sheets }: Workbook) =>
  sheets.flatMap(({ name, rows }) =>
    rows.flatMap((row, r) =>
      row.flatMap((cell, c) => (cell ? [[`${name} ${r} ${c}`, cell] as const] : [])),
    ),
  );

/** A formula without the texts in it: measures, grades and criteria are words of the language. */
const formulaOf = ({ content }: WorkbookCell) =>
  typeof content === 'object' ? content.formula.replace(/"(?:[^"]|"")*"/g, '""') : undefined;
const numberOf = ({ content }: WorkbookCell) =>
  typeof content === 'object' && typeof content.value === 'number' ? content.value : content;

describe.each([[SHIPPED], ...[...SHIPPED, 'alibaba-units'].map((id) => [[id]])])('%s', (ids) => {
  const [chinese, english] = [
    inChinese(ids),
    workbook(
      ids.map((id) => planOf(id)),
      ARGS,
    ),
  ];

  it('has the cells, the numbers and the formulas of the English one', () => {
    const others = new Map(cellsOf(english));
    expect(cellsOf(chinese).map(([at]) => at)).toEqual([...others.keys()]);
    expect(chinese.names).toEqual(english.names);
    const different = cellsOf(chinese).filter(([at, cell]) => {
      const other = others.get(at)!;
      const isNumber = typeof numberOf(cell) === 'number' || typeof numberOf(other) === 'number';
      return (
        formulaOf(cell) !== formulaOf(other) || (isNumber && numberOf(cell) !== numberOf(other))
      );
    });
    expect(different).toEqual([]);
  });

  it('leaves no phrase in English', () => {
    const texts = cellsOf(chinese).flatMap(([, { content, rule }]) => {
      const shown = typeof content === 'object' ? content.value : content;
      const said = rule && 'says' in rule ? [rule.says] : [];
      // Formulas find a supplier by its key, also that of the one that is not named.
      const isRead = typeof shown === 'string' && shown !== UNASSIGNED;
      return [...(isRead ? [shown] : []), ...said];
    });
    const titles = chinese.sheets.flatMap(({ charts = [] }) => charts.map(({ title }) => title));
    const scenarios = ids.map((id) => planOf(id).scenario);
    expect(englishIn([...texts, ...titles], scenarios)).toEqual([]);
  });
});

it('is computed to OK by another program, and says that inputs have changed', () => {
  const book = inChinese(['alibaba-380bn']);
  const { at, type } = computed(book);
  expect(at('Check', 2, 1)).toBe('OK');
  const year = book.sheets.find(({ name }) => name === 'By year')!;
  const grade = year.rows[4]!.length - 1;
  expect(at('By year', 4, grade)).toBe('券商');
  type('Inputs', 3, 1, '400000000000');
  expect(at('Check', 2, 1)).toBe('CHANGED');
  expect(at('By year', 4, grade)).toBe('已改动');
});

it('shows amounts in 亿元 and 万元', () => {
  const { rows } = inChinese(['alibaba-380bn']).sheets.find(({ name }) => name === 'By year')!;
  expect(rows[3]![0]!.content).toBe('采购额，元，显示为亿元');
  expect(rows[4]![2]!.format).toBe('0\\.00,,;-0\\.00,,;"–"');
});

it('comes back like an English one', () => {
  const edit = [['Inputs', 'B', '4', '400000000000']];
  const [one, other] = [
    inChinese(['alibaba-380bn']),
    workbook([planOf('alibaba-380bn')], ARGS),
  ].map((book) => importedOnto(asEdited(book, edit), 'alibaba-380bn'));
  expect(one!.diagnostics.map(({ message }) => message)).toEqual(
    other!.diagnostics.map(({ message }) => message),
  );
  expect(diffOf(one!)).toBe(diffOf(other!));
  expect(diffOf(one!)).toContain('400');
});
