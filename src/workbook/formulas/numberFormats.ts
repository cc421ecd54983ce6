/** Number formats of a workbook. */
import { currencyOf } from '../../core/number/currency.js';

const MONEY = '#,##0.00';
const COUNT = '#,##0';
export const PERCENT = '0.00%';
export const RATE = '#,##0.0000##';

/** The number format for a unit: a currency, `%`, none (a rate), or a counted thing. */
export function formatOf(label: string): string {
  if (label === '%') return PERCENT;
  if (label === '') return RATE;
  return currencyOf(label) ? MONEY : COUNT;
}

const SCALES = [
  { word: ' bn', from: 1e9, commas: ',,,' },
  { word: ' m', from: 1e6, commas: ',,' },
  { word: '', from: 0, commas: '' },
] as const;

/** A format that shows millions or billions if the largest number needs it; the cells keep all digits. */
export function scaledFormat(
  label: string,
  largest: number,
): { readonly unit: string; readonly format: string } {
  const isMoney = currencyOf(label) !== undefined;
  const { word, commas } = isMoney ? SCALES.find(({ from }) => largest >= from)! : SCALES[2];
  const shown = `${formatOf(label)}${commas}`;
  return { unit: `${label}${word}`, format: `${shown};-${shown};"–"` };
}
