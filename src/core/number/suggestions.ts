/** Suggestions for misspelt literals: spellings that the number most likely means. */
import { MONTH_STARTS } from '../months.js';
import { nearest } from '../text/diagnostic.js';
import { withoutOddCharacters } from '../text/oddCharacters.js';
import { currencyOf } from './currency.js';
import { printFraction, readDecimal } from './decimal.js';

/** Possible spellings of a number, an amount or a date, the most likely first. */
export function suggestSpellings(text: string): readonly string[] {
  const plain = normalized(text);
  const numbers = withoutSeparators(plain).map(withoutExponent);
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

/** Normalizes odd characters, signs, separators and superfluous zeros, whose meaning is certain. */
function normalized(text: string): string {
  return withoutOddCharacters(text)
    .normalize('NFKC')
    .trim()
    .replace(/^-\s+/, '-')
    .replace(/(\d)[_'](?=\d)/g, '$1')
    .replace(/(\d) (?=\d{3}(?!\d))/g, '$1')
    .replace(/^\+/, '')
    .replace(/(^|[^\d.,])0+(?=\d)/g, '$1')
    .replace(/(^|\D)\.(?=\d)/g, (_, before: string) => `${before}0.`)
    .replace(/(\d)\.(?!\d)/g, '$1')
    .replace(/\s+(?=%)/g, '')
    .replace(/\s*\/\s*/g, '/');
}

/** A text whose number has no separators but a decimal point: every number that it can mean, or none. */
function withoutSeparators(text: string): string[] {
  const [number] = /\d[\d.,]*/.exec(text) ?? [];
  return number === undefined
    ? [text]
    : plainNumbers(number).map((one) => text.replace(number, one));
}

/** Thousands are separated by commas or by points; India separates hundreds above them. */
function plainNumbers(number: string): readonly string[] {
  const [commas, points] = [',', '.'].map((sign) => number.split(sign).length - 1);
  if (commas === 0 && points! < 2) return [number];
  const byCommas = /^[1-9]\d{0,2}(?:,\d{2,3})*,\d{3}(?:\.\d+)?$/.test(number);
  const byPoints = /^[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?$/.test(number);
  const isDecimal = commas === 1 && (points === 0 || byPoints);
  return [
    ...(byCommas ? [number.replaceAll(',', '')] : []),
    ...(isDecimal ? [number.replaceAll('.', '').replace(',', '.')] : []),
    ...(byPoints && commas === 0 ? [number.replaceAll('.', '')] : []),
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
  ...{ billion: 'bn', tn: 'tn', trillion: 'tn', thousands: 'k', millions: 'm', billions: 'bn' },
  ...{
    mln: 'm',
    mio: 'm',
    bln: 'bn',
    mrd: 'bn',
    tsd: 'k',
    万亿: '万亿',
    万: '万',
    亿: '亿',
    千: 'k',
    百万: 'm',
    十亿: 'bn',
  },
  ...{ 萬億: '万亿', 萬: '万', 億: '亿', 仟: 'k', 百萬: 'm', 佰万: 'm', 佰萬: 'm', 十億: 'bn' },
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
  const currency = meantCurrency(before! || after!);
  if (before !== '' && after !== '' && meantCurrency(after!) !== currency) return [];
  const scale = suffix === undefined ? '' : SUFFIX_WORDS[suffix.toLowerCase()]!;
  return currency === undefined ? [] : [`${digits}${scale} ${currency}`];
}

/**
 * `2025/2/24`, `20250224`, `2025年2月24日`, `24.2.2025` or `24 Feb 2025` as a date; `3/4/2025` as two, as
 * countries differ.
 */
function dateOf(text: string): string[] {
  const [, year, month, day] =
    /^(\d{4})[./年-](\d{1,2})[./月-](\d{1,2})[日号]?$/u.exec(text) ??
    /^((?:19|20)\d\d)(\d\d)(\d\d)$/.exec(text) ??
    [];
  if (year !== undefined) return [isoDate(year, month!, day!)];
  const words = text.toLowerCase().split(/[\s,./-]+/);
  const named = words.findIndex((word) => MONTH_STARTS.includes(word.slice(0, 3)));
  if (words.length === 3 && /^\d{4}$/.test(words[2]!)) {
    if (named >= 0 && named < 2) {
      const own = MONTH_STARTS.indexOf(words[named]!.slice(0, 3)) + 1;
      return isoDates(words[2]!, String(own), words[1 - named]!);
    }
    const [first, second] = words as [string, string];
    const isGerman = text.includes('.');
    const all = [...isoDates(words[2]!, second, first), ...isoDates(words[2]!, first, second)];
    return isGerman ? all.slice(0, 1) : all;
  }
  return [];
}

function isoDates(year: string, month: string, day: string): string[] {
  const isDay = /^\d{1,2}$/.test(month) && /^\d{1,2}$/.test(day) && Number(month) <= 12;
  return isDay ? [isoDate(year, month, day)] : [];
}

function isoDate(year: string, month: string, day: string): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

const CURRENCY_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    CNY: [
      '¥',
      '元',
      '人民币',
      '人民币元',
      '元人民币',
      '人民幣',
      'yuan',
      'renminbi',
      'rmb',
      'cnh',
      'cn¥',
    ],
    USD: ['$', 'us$', '美元', '美金', 'dollar', 'dollars'],
    HKD: ['hk$', '港元', '港币', '港幣'],
    TWD: ['nt$', '新台币', '新臺幣', '新台幣', '台币', '台幣'],
    JPY: ['yen', '日元', '日圆', '日圓', '円', 'jp¥'],
    EUR: ['€', '欧元', '歐元', 'euro', 'euros'],
    GBP: ['£', '英镑'],
    KRW: ['₩', '韩元', 'won'],
    INR: ['₹'],
  }).flatMap(([code, words]) => words.map((word) => [word, code])),
);

/** Few frequent currencies, so that the most similar one is likely to be meant. */
const OFTEN_MEANT = ['CNY', 'USD', 'HKD', 'EUR', 'JPY', 'TWD', 'KRW', 'GBP', 'SGD'];
