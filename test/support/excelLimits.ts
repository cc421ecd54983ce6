/** What Excel cannot hold in a workbook: formulas that are too long or too deep, texts that are too long in them. */
import type { Workbook, WorkbookSheet } from '../../src/workbook/workbook.js';
import { columnName } from '../../src/core/text/source.js';

const MOST = { characters: 8192, text: 255, values: 254, arguments: 255, nesting: 64 };
const [MOST_ROWS, MOST_COLUMNS, LONGEST_SHEET_NAME, LONGEST_NAME] = [1_048_576, 16_384, 31, 255];

/** What Excel would refuse, with its place. */
export function excelFaults({ sheets, names }: Workbook): readonly string[] {
  return [
    ...sheets.flatMap(faultsOfSheet),
    ...names.filter(({ name }) => name.length > LONGEST_NAME).map(({ name }) => `name ${name}`),
  ];
}

function faultsOfSheet({ name, rows }: WorkbookSheet): readonly string[] {
  const faults = rows.flatMap((row, r) =>
    row.flatMap((cell, c) => {
      const formula = typeof cell?.content === 'object' ? cell.content.formula : '';
      const rule = cell?.rule && 'among' in cell.rule ? cell.rule.among : '';
      const own = rule.length > MOST.text ? ['a list of choices'] : faultsOfFormula(formula);
      return own.map((fault) => `${name} ${columnName(c)}${r + 1}: ${fault}`);
    }),
  );
  const isLarge = rows.length > MOST_ROWS || rows.some(({ length }) => length > MOST_COLUMNS);
  if (isLarge || name.length > LONGEST_SHEET_NAME) faults.push(`sheet ${name}`);
  return faults;
}

/** A call within a formula: its function, its arguments, and how many calls it is in. */
interface Call {
  readonly name: string;
  readonly given: string[];
  readonly depth: number;
}

export function faultsOfFormula(formula: string): readonly string[] {
  const texts = formula.match(TEXT) ?? [];
  return [
    ...(formula.length > MOST.characters ? [`${formula.length} characters`] : []),
    ...texts.filter((text) => lengthOf(text) > MOST.text).map((text) => `the text ${text}`),
    ...callsIn(formula).flatMap(faultsOfCall),
  ];
}

function faultsOfCall({ name, given, depth }: Call): readonly string[] {
  const isLongCriterion = (text: string) => {
    const parts = text.match(TEXT) ?? [];
    return parts.reduce((sum, part) => sum + lengthOf(part), 0) > MOST.text;
  };
  const hasCriteria = /^(SUM|COUNT|AVERAGE|MAX|MIN)IFS?$/.test(name);
  return [
    ...(given.length > MOST.arguments ? [`${name} of ${given.length}`] : []),
    ...(name === 'CHOOSE' && given.length - 1 > MOST.values ? [`CHOOSE of ${given.length}`] : []),
    ...(hasCriteria && given.some(isLongCriterion) ? [`a long criterion of ${name}`] : []),
    ...(depth > MOST.nesting ? [`${name} within ${depth} calls`] : []),
  ];
}

/** A text in quotes. */
const TEXT = /"(?:[^"]|"")*"/gu;
/** A text, the name of a sheet, a function before its bracket, a sign between arguments, or other signs. */
const TOKEN = /"(?:[^"]|"")*"|'(?:[^']|'')*'|[A-Z][A-Z0-9.]*(?=\()|[(),]|[^"'(),A-Z]+|./gsu;

/** Characters of a text without its quotes; a doubled quote is one. */
function lengthOf(text: string): number {
  return text.slice(1, -1).replaceAll('""', '"').length;
}

function callsIn(formula: string): readonly Call[] {
  const calls: Call[] = [];
  const open: Call[] = [];
  let name = '';
  for (const token of formula.match(TOKEN) ?? []) {
    if (token === '(') open.push({ name, given: [''], depth: open.length + 1 });
    else if (token === ')') calls.push(open.pop()!);
    else if (token === ',') open.at(-1)!.given.push('');
    else if (open.length > 0) open.at(-1)!.given.push(`${open.at(-1)!.given.pop()!}${token}`);
    name = token;
  }
  return calls;
}
