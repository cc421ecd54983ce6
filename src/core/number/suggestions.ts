/** Suggestions for misspelt literals: spellings that the number most likely means. */
import { nearest } from '../text/diagnostic.js';
import { currencyOf } from './currency.js';
import { printFraction, readDecimal } from './decimal.js';

/** Possible spellings of a number, an amount or a date, the most likely first. */
export function suggestSpellings(text: string): readonly string[] {
  const plain = normalized(text);
  const numbers = withoutCommas(plain).map(withoutExponent);
  return [...new Set([...numbers, ...numbers.flatMap(amountOf), ...dateOf(plain)])];
}

/** The code of the currency that a word, a sign or a misspelt code probably means. */
export function meantCurrency(word: string): string | undefined {
  const plain = word.normalize('NFKC').trim();
  const named = CURRENCY_WORDS.get(plain.toLowerCase());
  if (named !== undefined || plain.length !== 3) return named;
  return currencyOf(plain.toUpperCase())?.code ?? nearest(plain, OFTEN_MEANT);
}

/** The code of the currency with exactly this code, name or sign. */
export function currencyNamed(word: string): string | undefined {
  return currencyOf(word)?.code ?? CURRENCY_WORDS.get(word.toLowerCase());
}

/** The suffix of the literal grammar for a word of scale: `bn` for `billion`. */
export function scaleNamed(word: string): string | undefined {
  const plain = word.toLowerCase();
  return Object.hasOwn(SUFFIX_WORDS, plain) ? SUFFIX_WORDS[plain] : undefined;
}

/** Normalizes full-width characters, signs, separators and superfluous zeros, whose meaning is certain. */
function normalized(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .replace(/^[−–]\s*/, '-')
    .replace(/(\d)[_'](?=\d)/g, '$1')
    .replace(/^\+/, '')
    .replace(/(^|[^\d.,])0+(?=\d)/g, '$1')
    .replace(/(^|\D)\.(?=\d)/g, (_, before: string) => `${before}0.`)
    .replace(/(\d)\.(?!\d)/g, '$1')
    .replace(/\s+(?=%)/g, '')
    .replace(/\s*\/\s*/g, '/');
}

/** A single comma may separate thousands or decimals; where both are possible, both are suggested. */
function withoutCommas(text: string): string[] {
  const commas = text.match(/\d,(?=\d)/g) ?? [];
  if (commas.length === 0) return [text];
  const thousands = /^[^,]*\d{1,3}(?:,\d{3})+(?![\d,])[^,]*$/.test(text);
  return [
    ...(thousands && !/(^|\D)0,/.test(text) ? [text.replace(/,/g, '')] : []),
    ...(commas.length === 1 ? [text.replace(',', '.')] : []),
  ];
}

/** `1e9` and hexadecimal numbers as decimals; left unchanged where the result would be absurdly long. */
function withoutExponent(text: string): string {
  if (/^0x[0-9a-f]{1,12}$/i.test(text)) return BigInt(text).toString();
  const match = /^(-?\d{1,18}(?:\.\d{1,18})?)e([+-]?\d{1,2})(?!\d)(.*)$/i.exec(text);
  if (!match) return text;
  return printFraction(readDecimal(match[1]!, Number(match[2]))) + match[3]!;
}

const SUFFIX_WORDS: Readonly<Record<string, string>> = {
  ...{ k: 'k', thousand: 'k', m: 'm', mn: 'm', mm: 'm', million: 'm', b: 'bn', bn: 'bn' },
  ...{ billion: 'bn', t: 'tn', tn: 'tn', trillion: 'tn', 万亿: '万亿', 万: '万', 亿: '亿' },
  ...{ 千: 'k', 百万: 'm', 十亿: 'bn' },
};
const MONEY = new RegExp(
  `^([^\\d\\s-]*)\\s*(-?[\\d.]+)\\s*(${Object.keys(SUFFIX_WORDS)
    .sort((a, b) => b.length - a.length)
    .join('|')})?\\s*(\\S*)$`,
  'iu',
);

/** `¥ 380 billion`, `RMB380bn` or `3800亿元` as an amount. */
function amountOf(text: string): string[] {
  const match = MONEY.exec(text);
  if (!match) return [];
  const [, before, digits, suffix, after] = match;
  if (before !== '' && after !== '') return [];
  const currency = meantCurrency(before! || after!);
  const scale = suffix === undefined ? '' : SUFFIX_WORDS[suffix.toLowerCase()]!;
  return currency === undefined ? [] : [`${digits}${scale} ${currency}`];
}

/** `2025/2/24`, `2025年2月24日` or `24.2.2025` as a date. */
function dateOf(text: string): string[] {
  const [, year, month, day] = /^(\d{4})[./年-](\d{1,2})[./月-](\d{1,2})日?$/u.exec(text) ?? [];
  if (year !== undefined) return [isoDate(year, month!, day!)];
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  return german ? [isoDate(german[3]!, german[2]!, german[1]!)] : [];
}

function isoDate(year: string, month: string, day: string): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

const CURRENCY_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    CNY: ['¥', '元', '人民币', 'yuan', 'renminbi', 'rmb', 'cnh'],
    USD: ['$', 'us$', '美元', 'dollar', 'dollars'],
    HKD: ['hk$', '港元', '港币'],
    TWD: ['nt$', '新台币'],
    JPY: ['yen', '日元'],
    EUR: ['€', '欧元', 'euro', 'euros'],
    GBP: ['£', '英镑'],
    KRW: ['₩', '韩元', 'won'],
  }).flatMap(([code, words]) => words.map((word) => [word, code])),
);

/** Few frequent currencies, so that the most similar one is likely to be meant. */
const OFTEN_MEANT = ['CNY', 'USD', 'HKD', 'EUR', 'JPY', 'TWD', 'KRW', 'GBP', 'SGD'];
