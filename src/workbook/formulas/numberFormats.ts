/** How numbers look in a workbook: money, percentages, rates and counts. */
import { currencyOf } from '../../core/number/currency.js';

const MONEY = '#,##0.00';
const COUNT = '#,##0';
export const PERCENT = '0.00%';
export const RATE = '#,##0.0000##';

/** How a number is shown, by what it is counted in. */
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

/** The unit that suits the largest of some numbers: the cells hold all of a number, and show billions. */
export function scaledFormat(
  label: string,
  largest: number,
): { readonly unit: string; readonly format: string } {
  const isMoney = currencyOf(label) !== undefined;
  const { word, commas } = isMoney ? SCALES.find(({ from }) => largest >= from)! : SCALES[2];
  const shown = `${formatOf(label)}${commas}`;
  return { unit: `${label}${word}`, format: `${shown};-${shown};"–"` };
}
