/** The unit of the numbers of somebody's table. */
import { yamlText } from '../../core/outline.js';
import { readDecimal } from '../../core/number/decimal.js';
import { ONE, compare } from '../../core/number/fraction.js';
import { isNotKnown, readNumber, readUnit, type TableUnit } from '../tables/cellUnits.js';
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
  { titles, header, notes }: PlainTable,
  facts: readonly ColumnFacts[],
  { use, value, across, conditions }: TableReading,
): BlockKey | undefined {
  const key = 'unit';
  const texts = facts.flatMap(({ cells, values }) => (cells === 'number' ? values : []));
  if (use === 'rates') return undefined;
  if (use === 'shares') {
    const isBare = (text: string) =>
      DECIMAL.test(text) && compare(readDecimal(text.replace(',', '.')), ONE) > 0;
    const names = new Set(value ? [value.name] : across?.names);
    const own = facts.flatMap(({ name, values }) => (names.has(name) ? values : []));
    const isHundred = !/%/.test(value?.name ?? '') && own.some(isBare);
    return isHundred ? { key, text: "'%'" } : undefined;
  }
  const given = givenUnit(
    facts,
    value?.values ?? texts,
    value ? unitIn(value.name, use === 'prices') : '',
  );
  if (given.hasCurrency && given.hasScale) return undefined;
  const rows = conditions.map((one) => likelyValue(one, use));
  const words = [...rows, ...titles, ...header.map(({ text }) => text), ...notes];
  const said = words.flatMap((text) => unitsIn(text));
  const question = 'the table says so; is it of these numbers?';
  const scale = said.find(({ unit }) => unit.scale !== undefined)?.unit.scale;
  if (given.hasCurrency)
    return scale === undefined ? undefined : { key, text: yamlText(scale), question };
  const whole = said.find(({ unit }) => unit.currency !== undefined);
  if (whole && given.hasScale) return { key, text: whole.unit.currency!, question };
  if (whole && whole.unit.scale === undefined && scale !== undefined)
    return { key, text: `${scale} ${whole.unit.currency!}`, question };
  if (whole) return { key, text: yamlText(whole.text), question };
  const parts = value && unitOfWord(value.name);
  if (parts) return { key, text: parts, question: `from the name \`${value.name}\`: is it so?` };
  if (given.hasScale) return undefined;
  const [scaled] = said;
  return scaled
    ? {
        ...{ key: '# unit', text: `${scaled.unit.scale!} CNY` },
        question: `which currency? The table says \`${scaled.text}\` and names no currency`,
      }
    : {
        ...{ key: '# unit', text: 'bn CNY' },
        question: 'which currency, and which scale (k, m, bn, 亿)? The table does not say it',
      };
}

/** What the columns, the name of the values and their cells give themselves. */
function givenUnit(facts: readonly ColumnFacts[], values: readonly string[], inName: string) {
  const ofColumns = facts.flatMap(({ cells, values: own }) =>
    cells === 'unit' || cells === 'currency' ? own.map(readUnit) : [],
  );
  const ofCells = values
    .filter((text) => /[\p{L}\p{Sc}]/u.test(text) && !isNotKnown(text) && !isError(text))
    .map((text) => (readNumber(text, '.') ?? readNumber(text, ','))?.unit);
  const all = [...ofColumns, ...ofCells, readUnit(inName)].filter((one) => one !== undefined);
  return {
    hasCurrency: all.some(({ currency }) => currency !== undefined),
    hasScale: all.some(({ scale }) => scale !== undefined),
  };
}

/** A unit, and its words. */
interface SaidUnit {
  readonly text: string;
  readonly unit: TableUnit;
}

/** Units in a text: `(in RMB millions)`, （单位：亿元）, `US$m`, `单位：千元 币种：人民币`. A scale alone is one where its word is long. */
function unitsIn(text: string): readonly SaidUnit[] {
  const plain = text.normalize('NFKC');
  const inner = [...plain.matchAll(/[([]([^()[\]]+)[)\]]/gu)].map(([, one]) => one!);
  const after = /(?:[单單]位:?|\bin )\s*(.+)$/iu.exec(plain)?.[1];
  const wholes = [...inner, ...(after === undefined ? [] : [after]), plain];
  const parts = wholes.flatMap((one) => one.split(/[,;]\s|\s(?=[币幣][种種])/u));
  return [...wholes, ...parts].flatMap((one) => {
    const words = one
      .trim()
      .replace(/^(?:[单單]位:?|in)\s*/iu, '')
      .replace(/, (?:except|unless)\b.*$/iu, '')
      .replace(/\b(?:LC|(?:local|reporting) currency)$/iu, '')
      .replace(/[。.]$/u, '')
      .trim();
    const unit = readUnit(words);
    const isSaid = unit?.currency !== undefined || (unit?.scale !== undefined && SCALE.test(words));
    return isSaid ? [{ text: words, unit: unit }] : [];
  });
}

/** A word of scale that is no letter alone: `M` is also the head of a column of months. */
const SCALE = /thousand|million|billion|trillion|crore|lakh|mio|mrd|000|mn\b|bn\b|[千万萬亿億]/iu;

/** The unit in the parts of one word: `capex_usd_m` is `m USD`. */
function unitOfWord(name: string): string | undefined {
  const words = name.split(/[_\s-]+/u);
  const units = words.flatMap((word) => readUnit(word) ?? readUnit(word.toUpperCase()) ?? []);
  const currency = units.find((one) => one.currency !== undefined)?.currency;
  const scale = units.find((one) => one.scale !== undefined)?.scale;
  return currency === undefined ? undefined : [scale, currency].filter(Boolean).join(' ');
}
