/** Which lines of somebody's file have the names of its columns. */
import { greatest } from '../../core/lists.js';
import { spelledPeriod } from '../../core/periodSpellings.js';
import { isNotKnown, readNumber, readUnit } from '../tables/cellUnits.js';
import type { HeaderLines } from '../../model/tableReference.js';
import { isForSeveral } from '../tables/currencyPairs.js';
import { joinedNames, type CsvCell } from '../tables/readCsv.js';

/** Names of columns of periods. */
export const PERIOD_WORDS =
  /year|period|date|quarter|month|half|\bfy|quartal|monat|trimestre|zeitraum|时间|時間|年|期|季|月/iu;

/** The cells of a line of a file or of a row of a sheet. */
export type CellLine = readonly CsvCell[];

/** The texts of the filled cells. */
export function texts(cells: CellLine): readonly string[] {
  return cells.map(({ text }) => text).filter((text) => text !== '');
}

/** How many cells are filled. */
export function filledCount(cells: CellLine): number {
  return cells.reduce((count, { text }) => (text === '' ? count : count + 1), 0);
}

/** The places of the first and the last line of the names, from 0; nothing if no line can have them. */
export function placeOfNames(lines: readonly CellLine[]): HeaderLines | undefined {
  const widest = greatest(lines.map(filledCount), 0);
  const isDouble = (i: number) => areNames(lines[i]!, lines[i + 1], widest);
  const mayBe = (i: number) => isHeader(lines[i]!, widest) || isDouble(i);
  const places = [...lines.slice(0, MOST_TITLES).keys()].filter(mayBe);
  const first = places.find((i) => !(isRemark(lines[i]!, lines[i + 1]) && places.includes(i + 1)));
  if (first === undefined) return undefined;
  if (isDouble(first)) return { first, last: first + 1 };
  const last = lastAbovePeriods(lines, first);
  const isAlone = new Set(texts(lines[last]!)).size === filledCount(lines[last]!);
  return isAlone && places.includes(last) ? { first: last, last } : { first, last };
}

const MOST_TITLES = 20;

/** Two cells that say something of the whole table: `Unit:,US$ m`. */
function isRemark(cells: CellLine, below: CellLine | undefined): boolean {
  const [name, value, ...others] = texts(cells);
  if (value === undefined || others.length > 0) return false;
  const isWider = below !== undefined && filledCount(below) > 2;
  return (/[:：]$/u.test(name!) && !/[:：]$/u.test(value)) || (isWider && isUnit(value));
}

function isUnit(text: string): boolean {
  const unit = readUnit(text);
  return unit?.scale !== undefined || unit?.currency !== undefined;
}

/**
 * The last line of words above rows that begin with a period: data services write a few lines, such as a ticker,
 * a field and a unit, above the names. The line itself where it names the periods.
 */
function lastAbovePeriods(lines: readonly CellLine[], first: number): number {
  const beginnings = lines.slice(first, first + MOST_TITLES).map((cells) => cells[0]!.text);
  const isRow = (cells: CellLine) => spelledPeriod(cells[0]!.text) !== undefined;
  const count = beginnings.findIndex((_, i) => isRow(lines[first + i]!));
  if (count < 2 || PERIOD_WORDS.test(beginnings[0]!)) return first;
  const above = lines.slice(first, first + count);
  const rows = lines.slice(first + count);
  const areWords = (cells: CellLine) => cells[0]!.text !== '' && texts(cells).every(isName);
  const arePeriods = rows.filter(isRow).length >= MOST * rows.length;
  return arePeriods && above.every(areWords) ? first + count - 1 : first;
}

/** Of ten rows one may be another, such as a total. */
const MOST = 0.9;

/**
 * Whether two lines are names together: the second repeats names, such as quarters below years, which the
 * first tells apart.
 */
function areNames(above: CellLine, below: CellLine | undefined, widest: number): boolean {
  const own = (below ?? []).map(({ text }) => text).filter(Boolean);
  if (!below || new Set(own).size === own.length) return false;
  const names = joinedNames([above, below])!
    .map(({ text }) => text)
    .filter(Boolean);
  const upper = above.map(({ text }) => text).filter(Boolean);
  const isApart = new Set(names).size === names.length && names.length >= Math.max(2, widest / 2);
  return isApart && upper.length > 0 && [...upper, ...own].every(isName);
}

function isName(text: string): boolean {
  const isNumber = readNumber(text) !== undefined && !isForSeveral(text);
  return !isNotKnown(text) && (!isNumber || /^(?:19|20)\d\d$/.test(text));
}

/** Names are words, years or periods; most columns have one, and most differ: a merged title does not. */
function isHeader(cells: CellLine, widest: number): boolean {
  const filled = cells.map(({ text }) => text).filter(Boolean);
  const isVaried = 2 * new Set(filled).size > filled.length;
  return isVaried && filled.length >= Math.max(2, widest / 2) && filled.every(isName);
}
