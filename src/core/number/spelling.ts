/** Numbers spelled in the manner of the literals that they replace. */
import { printRatio, readDecimal } from './decimal.js';
import { MOST_DECIMALS, SHIFTS } from './literal.js';
import { divide, multiply, type Ratio } from './fraction.js';

/**
 * The literal of a number that takes the place of another one: `35%` stays a percentage, `380bn CNY`
 * in billions, `50/120` a part of 120. Where that manner would be harder to read than the plain number,
 * it is the plain number, in the same currency.
 *
 * @param value a decimal: yuan where the old one is an amount, 0.35 where it is a percentage
 */
export function spelledLike(old: string, value: Ratio): string {
  const [, number, suffix, currency] = /^(-?[\d.]+)(\p{L}*)( [A-Z]{3})$/u.exec(old) ?? [];
  if (currency !== undefined) return scaled(number!, suffix!, value) + currency;
  if (old.endsWith('%')) return `${printRatio(multiply(value, HUNDRED))}%`;
  const [over = '', under] = old.split('/');
  const part = under === undefined ? undefined : multiply(value, readDecimal(under));
  const keeps = part && placesOf(printRatio(part)) <= placesOf(over);
  return keeps ? `${printRatio(part)}/${under!}` : printRatio(value);
}

const HUNDRED: Ratio = { n: 100n, d: 1n };

/** `412.5bn`, unless it takes more decimals than people count. */
function scaled(old: string, suffix: string, value: Ratio): string {
  const unit = readDecimal('1', SHIFTS[suffix] ?? 0);
  const number = printRatio(divide(value, unit));
  const most = Math.max(MOST_DECIMALS, placesOf(old));
  return placesOf(number) <= most ? number + suffix : printRatio(value);
}

function placesOf(number: string): number {
  return number.split('.')[1]?.length ?? 0;
}
