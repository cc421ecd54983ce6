/** The unit of the numbers of somebody's table. */
import { yamlText } from '../../core/outline.js';
import { readDecimal } from '../../core/number/decimal.js';
import { ONE, compare } from '../../core/number/fraction.js';
import { isNotKnown, readUnit } from '../tables/cellUnits.js';
import { unitIn } from '../tables/keptColumns.js';
import { isError, type ColumnFacts } from './columnFacts.js';
import type { BlockKey } from './ownerKeys.js';
import type { PlainTable } from './tableLayout.js';
import type { TableReading } from './tableReading.js';
import { likelyValue } from './whereKey.js';

/** A number without thousands apart and without a unit. */
const DECIMAL = /^\d+(?:[.,]\d+)?$/u;

/** The unit of bare numbers, where neither the name of the column nor the cells give it. */
export function unitKey(
  { titles, header }: PlainTable,
  facts: readonly ColumnFacts[],
  { use, value, conditions }: TableReading,
): BlockKey | undefined {
  const key = 'unit';
  const texts = facts.flatMap(({ cells, values }) => (cells === 'number' ? values : []));
  if (use === 'rates') return undefined;
  if (use === 'shares') {
    const isBare = (text: string) =>
      DECIMAL.test(text) && compare(readDecimal(text.replace(',', '.')), ONE) > 0;
    const isHundred = !/%/.test(value?.name ?? '') && texts.some(isBare);
    return isHundred ? { key, text: "'%'" } : undefined;
  }
  const hasColumns = facts.some(({ cells }) => cells === 'unit' || cells === 'currency');
  const isInName = value !== undefined && unitIn(value.name, use === 'prices') !== '';
  const known = (value?.values ?? texts).filter((text) => !isNotKnown(text) && !isError(text));
  const isInCells = known.some((text) => /[\p{L}\p{Sc}]/u.test(text));
  if (hasColumns || isInName || isInCells) return undefined;
  const rows = conditions.map((one) => likelyValue(one, use));
  const words = [...rows, ...titles, ...header.map(({ text }) => text)];
  const said = words.flatMap((text) => unitsIn(text));
  if (said.length > 0)
    return {
      key,
      text: yamlText(said[0]!),
      question: 'the table says so; is it of these numbers?',
    };
  const parts = value && unitOfWord(value.name);
  if (parts) return { key, text: parts, question: `from the name \`${value.name}\`: is it so?` };
  const question = 'which currency, and which scale (k, m, bn, 亿)? The table does not say it';
  return { key: '# unit', text: 'bn CNY', question };
}

/** Units in a text: `(in RMB millions)`, （单位：亿元）, `US$m`. */
function unitsIn(text: string): readonly string[] {
  const plain = text.normalize('NFKC');
  const inner = [...plain.matchAll(/[([]([^()[\]]+)[)\]]/gu)].map(([, one]) => one!);
  const after = /(?:[单單]位:?|\bin )\s*(.+)$/iu.exec(plain)?.[1];
  return [...inner, ...(after === undefined ? [] : [after]), plain].flatMap((one) => {
    const words = one
      .trim()
      .replace(/^(?:[单單]位:?|in)\s*/iu, '')
      .replace(/, (?:except|unless)\b.*$/iu, '')
      .replace(/[。.]$/u, '');
    const unit = readUnit(words);
    return unit?.currency !== undefined ? [words] : [];
  });
}

/** The unit in the parts of one word: `capex_usd_m` is `m USD`. */
function unitOfWord(name: string): string | undefined {
  const words = name.split(/[_\s-]+/u);
  const units = words.flatMap((word) => readUnit(word) ?? readUnit(word.toUpperCase()) ?? []);
  const currency = units.find((one) => one.currency !== undefined)?.currency;
  const scale = units.find((one) => one.scale !== undefined)?.scale;
  return currency === undefined ? undefined : [scale, currency].filter(Boolean).join(' ');
}
