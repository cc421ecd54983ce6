/** What each column of somebody's table holds, as far as its name and its cells show it. */
import { currencyNamed } from '../../core/number/suggestions.js';
import { spelledPeriod } from '../../core/periodSpellings.js';
import { remembered } from '../../core/remembered.js';
import { isNotKnown, readNumber, readUnit } from '../tables/cellUnits.js';
import { pairIn } from '../tables/currencyPairs.js';
import { nameOfColumn } from '../tables/tableConditions.js';
import { PERIOD_WORDS } from './namesOfColumns.js';
import type { PlainTable } from './tableLayout.js';

/** What the cells of a column are. */
export type CellKind = 'period' | 'currency' | 'unit' | 'number' | 'text' | 'empty';

/** What the name of a column says of its numbers. */
export type Meaning = 'growth' | 'share' | 'price' | 'rate' | 'spending' | 'other';

/** A column, and what is known of it. */
export interface ColumnFacts {
  readonly index: number;
  readonly name: string;
  readonly cells: CellKind;
  readonly meaning: Meaning;
  /** Its different texts, in their order; of periods in two columns, the texts of both. */
  readonly values: readonly string[];
  /** How many of its cells are filled. */
  readonly filled: number;
  /** The column that completes it: quarters behind years. */
  readonly behind?: ColumnFacts;
}

/** The sign before decimals, and a number that can be read by either if no number of the table tells. */
export interface LikelyDecimal {
  readonly sign: '.' | ',';
  readonly open?: string | undefined;
}

/** A comma where a number of the table proves it and none proves a point. */
export function decimalOf({ rows, separator }: PlainTable): LikelyDecimal {
  let commas = 0;
  let open: string | undefined;
  const isPeriod = remembered((text) => spelledPeriod(text) !== undefined);
  for (const cells of rows) {
    for (const { text } of cells) {
      if (!/\d/.test(text) || isPeriod(text)) continue;
      const [byPoint, byComma] = [readNumber(text, '.'), readNumber(text, ',')];
      if (byPoint && !byComma) return { sign: '.' };
      if (byComma && !byPoint) commas++;
      if (byPoint && byPoint.digits !== byComma?.digits) open ??= text;
    }
  }
  // Between commas, and in a workbook, a number with one sign is as English writes it.
  const isEnglish = separator === undefined || separator === ',';
  return commas > 0 ? { sign: ',' } : { sign: '.', ...(!isEnglish && { open }) };
}

/** @param decimal the sign before decimals */
export function factsOf(table: PlainTable, decimal: '.' | ','): readonly ColumnFacts[] {
  return table.header.map((cell, index) => {
    const counts = new Map<string, number>();
    let filled = 0;
    for (const row of table.rows) {
      const text = row[index]?.text ?? '';
      if (text === '') continue;
      counts.set(text, (counts.get(text) ?? 0) + 1);
      filled++;
    }
    const isKnown = (text: string) => !isNotKnown(text) && !isTotal(text) && !isError(text);
    const known = [...counts].filter(([text]) => isKnown(text));
    return {
      ...{ index, name: nameOfColumn(cell, index) },
      cells: cellKind(known, cell.text, decimal),
      meaning: meaningOf(cell.text),
      values: [...counts.keys()],
      filled,
    };
  });
}

/** An error of a spreadsheet, or a formula without its value: it does not tell what its column holds. */
export function isError(text: string): boolean {
  return /^(?:#[A-Z]|=)/u.test(text);
}

/** Of ten cells one may be wrong; where the name says that they are periods, one of two. */
const [MOST, HALF] = [0.9, 0.5];

/** @param counts how often each text stands in the column */
function cellKind(
  counts: readonly (readonly [text: string, count: number])[],
  name: string,
  decimal: '.' | ',',
): CellKind {
  if (counts.length === 0) return 'empty';
  const all = counts.reduce((sum, [, count]) => sum + count, 0);
  const are = (test: (text: string) => unknown, least = MOST) => {
    let fit = all;
    return counts.every(([text, count]) => {
      if (test(text) === undefined) fit -= count;
      return fit >= least * all;
    });
  };
  const isPlainYears = counts.every(([text]) => /^(?:19|20)\d\d$/.test(text));
  const isNamed = PERIOD_WORDS.test(name) && !spelledPeriod(name);
  const mayBe = !isPlainYears || isNamed || name === '';
  if (mayBe && are(spelledPeriod, isNamed ? HALF : MOST)) return 'period';
  if (are((text) => currencyNamed(text) ?? pairIn(text))) return 'currency';
  if (are((text) => readNumber(text, decimal))) return 'number';
  // The column of the figures may have notes in its cells: `1,234*`, `1,234 (1)`.
  const isFigure = MEANINGS.some(([meaning, words]) => meaning !== 'growth' && words.test(name));
  if (isFigure && are((text) => NOTED.exec(text) ?? undefined)) return 'number';
  return are(unitOf) ? 'unit' : 'text';
}

/** A number with what may stand around it. */
const NOTED = /^[-−~(<>≈\s]*\p{Sc}?\s?\d[\d.,'’\s]*(?:\D{0,4}|\D{0,2}\d\D{0,2})$/u;

/** A scale, a currency or both. */
function unitOf(text: string) {
  const unit = readUnit(text);
  return unit && (unit.scale ?? unit.currency);
}

/** By the words of a name; 同比 is growth and 占比 a share, however alike they look. */
const MEANINGS: readonly (readonly [Meaning, RegExp])[] = [
  [
    'growth',
    /yoy|y\/y|qoq|q\/q|\bmom\b|m\/m|\bpp\b(?!&)|growth|change|chg|cagr|同比|环比|環比|年增|季增|月增|增速|增长|增長|增幅|变动|變動|涨跌|较上/iu,
  ],
  ['share', /share|percent|% of|占比|份额|份額|比重|市占/iu],
  ['price', /price|\basp\b|单价|價格|價|价格|均价|报价/iu],
  [
    'spending',
    /cap(?:ital)?[\s_-]*ex|capital|investi|investment|spend|purchase|property|\bpp&?e\b|lease|资本开支|资本支出|資本開支|資本支出|购建|投资|投資/iu,
  ],
  ['rate', /rate|\bfx\b|exchange|汇率|匯率|中间价|牌价/iu],
];

export function meaningOf(name: string): Meaning {
  return MEANINGS.find(([, words]) => words.test(name))?.[0] ?? 'other';
}

/** A number or a day, as most cells have it. */
const ONLY_SIGNS = /^[\d.,/-]*$/;

/** `All`, alone or with what it counts: `All others` and `All other vendors` are a part of them. */
const ALL =
  /^all(?: (?:the )?(?:vendors|suppliers|makers|manufacturers|companies|firms|brands|buyers|customers|segments|regions|items|products|categories))?(?: ?\(.*\))?$/iu;

/** A row that adds up others. */
export function isTotal(text: string): boolean {
  if (ONLY_SIGNS.test(text)) return false;
  if (ALL.test(text.trim())) return true;
  return /^(?:grand |sub-?)?total\b|^sum\b|合计|合計|总计|總計|小计|小計|总额|总和|^summe\b|^gesamt/iu.test(
    text.trim(),
  );
}
