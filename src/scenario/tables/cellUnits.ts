/** Units and numbers as spreadsheets write them: `RMB bn`, `亿元`, `31,800`, `35%`. */
import { printFraction, readDecimal } from '../../core/number/decimal.js';
import { currencyNamed, scaleNamed } from '../../core/number/suggestions.js';

/** The unit that a header or a cell gives beside a number. */
export interface TableUnit {
  /** A suffix of the literal grammar (`bn`), `lakh` or `crore`. */
  readonly scale?: string;
  readonly currency?: string;
  readonly isPercent?: boolean;
}

export const NO_UNIT: TableUnit = {};

const WORD = /[\s,]*(?:(%)|(\p{Script=Han}+|[A-Za-z]*[$€£¥₹₩]|[A-Za-z]+|['’]?000(?:,000)?)\.?)/uy;

/** A longer text in a cell is no number, and no name of a column. */
export const LONGEST_CELL = 100;

/** Reads a text as a unit; nothing if one of its words is unknown or contradicts another. */
export function readUnit(text: string): TableUnit | undefined {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/^(?:[单單]位:?|in\s)\s*/iu, '')
    .replace(/['’](?=\p{L})/gu, ' ')
    .replace(/\s(?:in|of)\s/giu, ' ')
    .replace(/\bUS dollars?\b/iu, 'USD');
  if (plain.length > LONGEST_CELL) return undefined;
  let unit: TableUnit = NO_UNIT;
  for (let at = 0; at < plain.length; at = WORD.lastIndex) {
    WORD.lastIndex = at;
    const [, percent, word] = WORD.exec(plain) ?? [];
    const part = percent === undefined ? word && readWord(word) : { isPercent: true };
    const both = part && combineUnits(unit, part);
    if (!both || isTwice(unit, part)) return undefined;
    unit = both;
  }
  // By itself `cr` is a credit as often as ten millions.
  return /\bcr\b/iu.test(plain) && unit.currency !== 'INR' ? undefined : unit;
}

/** Whether a scale or a percent sign stands there twice; a currency may: RMB 亿元. */
function isTwice(a: TableUnit, b: TableUnit): boolean {
  const hasBoth = (name: 'isPercent' | 'scale') => a[name] !== undefined && b[name] !== undefined;
  return hasBoth('isPercent') || hasBoth('scale');
}

/** Words of scales that are no suffix of the literal grammar. */
const INDIAN_SCALES: ReadonlyMap<string, string> = new Map([
  ...['lakh', 'lakhs', 'lac', 'lacs'].map((word) => [word, 'lakh'] as const),
  ...['crore', 'crores', 'cr'].map((word) => [word, 'crore'] as const),
]);

/** The power of ten of a scale that the literal grammar does not have. */
const POWERS: ReadonlyMap<string, number> = new Map([
  ['lakh', 5],
  ['crore', 7],
]);

/** An amount as the literal grammar writes it: `1.5` crore INR is `15000000 INR`. */
export function amountText(digits: string, scale: string, currency: string): string {
  const power = POWERS.get(scale);
  if (power === undefined) return `${digits}${scale} ${currency}`;
  return `${printFraction(readDecimal(digits, power))} ${currency}`;
}

/** A code or a sign and a scale in one word: `USDm`, `RMBbn`, `k€`. */
function splitWord(word: string): string | undefined {
  const [, code, scale] = /^([A-Z]{3})(k|m|mn|bn|tn)$/u.exec(word) ?? [];
  if (code !== undefined) return `${code} ${scale!}`;
  const [, before, sign] = /^(k|m|M|bn|Mio|Mrd)([€£])$/u.exec(word) ?? [];
  return before === undefined ? undefined : `${sign!} ${before}`;
}

/** Reads one word of a unit; Chinese writes several words without blanks: 人民币亿元. `'000` is thousands. */
function readWord(word: string): TableUnit | undefined {
  if (word.endsWith('000')) return { scale: word.includes(',') ? 'm' : 'k' };
  const indian = INDIAN_SCALES.get(word.toLowerCase());
  if (indian !== undefined) return { scale: indian };
  const split = splitWord(word);
  if (split !== undefined) return readUnit(split);
  for (let length = word.length; length > 0; length--) {
    const head = word.slice(0, length);
    const [scale, currency] = [scaleNamed(head), currencyNamed(head)];
    const unit = scale === undefined ? currency && { currency } : { scale };
    if (!unit) continue;
    if (length === word.length) return unit;
    if (!/\p{Script=Han}/u.test(word)) return undefined;
    const rest = word.slice(length);
    // In 新台币亿元 the last sign is the currency that is named already.
    const others = unit.currency === undefined ? [rest] : [rest, rest.replace(/元$/u, '')];
    for (const other of others) {
      const inner = other === '' ? NO_UNIT : readWord(other);
      const both = inner && combineUnits(unit, inner);
      if (both) return both;
    }
  }
  return undefined;
}

/** Combines two units; nothing if they contradict each other. */
export function combineUnits(a: TableUnit, b: TableUnit): TableUnit | undefined {
  if (a === NO_UNIT) return b;
  if (b === NO_UNIT) return a;
  const differ = <T>(one: T | undefined, other: T | undefined) =>
    one !== undefined && other !== undefined && one !== other;
  if (differ(a.scale, b.scale) || differ(a.currency, b.currency)) return undefined;
  const both = { ...a, ...b };
  const isMoney = both.scale !== undefined || both.currency !== undefined;
  return both.isPercent && isMoney ? undefined : both;
}

/** Whether a cell says that its value is not known: people write a dash, or `n/a`. */
export function isNotKnown(text: string): boolean {
  return /^(?:[-–—]{1,3}|n\/?a|n\.a\.|nm|\.{2,3}|…|不适用|未披露)$/iu.test(text);
}

/** The number of a cell in digits of the literal grammar, and the unit that the cell gives. */
export interface TableNumber {
  readonly digits: string;
  readonly unit: TableUnit;
}

/** As most cells have it: `7.1717`. */
const PLAIN_NUMBER = /^(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** The digits of a number with the signs between them, what is before it, and what is behind it. */
const NUMBER = /^(\D*)(\d(?:[\d.,'’\s]*\d)?)(?![.,])(\D*)$/su;

/** A minus before a number, or parentheses around it. */
const NEGATIVE = /^(.*)(?:[-−]|\()$/su;

/**
 * Reads a number such as `31,800`, `31.8bn CNY`, `RMB 318亿`, `35%` or `(1 234.5)`, which is negative.
 *
 * @param decimal the sign before decimals
 */
export function readNumber(text: string, decimal: '.' | ',' = '.'): TableNumber | undefined {
  if (text.length > LONGEST_CELL) return undefined;
  if (decimal === '.' && PLAIN_NUMBER.test(text)) return { digits: text, unit: NO_UNIT };
  const [, before, written, after] = NUMBER.exec(text) ?? [];
  const digits = written && plainDigits(decimal === '.' ? written : swapped(written));
  if (!digits) return undefined;
  const [, word] = NEGATIVE.exec(before!) ?? [];
  const isInside = before!.endsWith('(');
  if (isInside !== after!.startsWith(')')) return undefined;
  const sign = word ?? before!;
  if (/^[A-Za-z]+$/.test(sign) && scaleNamed(sign) !== undefined) return undefined; // `B200` is a name
  const unit = readUnit(`${sign} ${isInside ? after!.slice(1) : after!}`);
  return unit && { digits: word === undefined ? digits : `-${digits}`, unit };
}

/** The other sign for each point and comma. */
function swapped(digits: string): string {
  return digits.replace(/[.,]/g, (sign) => (sign === ',' ? '.' : ','));
}

/** Digits alone; or thousands apart by commas, by blanks or by apostrophes, and in India hundreds above them. */
const WHOLE_NUMBERS = [
  /^(?:0|[1-9]\d*)$/,
  /^[1-9]\d{0,2}(?:,\d{3})+$/,
  /^[1-9]\d?(?:,\d\d)+,\d{3}$/,
  /^[1-9]\d{0,2}(?:(\s|['’])\d{3})(?:\1\d{3})*$/u,
];

/** The digits of the literal grammar; nothing if thousands are not apart in a country's way. */
function plainDigits(written: string): string | undefined {
  const [, whole, decimals] = /^([^.]+)(\.\d+)?$/su.exec(written) ?? [];
  if (whole === undefined || !WHOLE_NUMBERS.some((form) => form.test(whole))) return undefined;
  return `${whole.replace(/\D/gu, '')}${decimals ?? ''}`;
}
