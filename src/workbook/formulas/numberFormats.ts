/** Number formats of a workbook. */
import { currencyOf } from '../../core/number/currency.js';

const MONEY = '#,##0.00';
const COUNT = '#,##0';
export const PERCENT = '0.00%';
export const RATE = '#,##0.0000##';
/** Differences are in the last digits, so they are shown to a millionth. */
export const FINE = '#,##0.000000';

/** The number format for a unit: a currency, `%`, none (a rate), or a counted thing. */
export function formatOf(label: string): string {
  if (label === '%') return PERCENT;
  if (label === '') return RATE;
  return currencyOf(label) ? MONEY : COUNT;
}

const SCALES = [
  { word: 'bn', from: 1e9, commas: ',,,' },
  { word: 'm', from: 1e6, commas: ',,' },
] as const;

/** How cells show large amounts of money; they hold all digits. */
export interface ScaledFormat {
  /** What the cells hold, and how they show it: `CNY, shown in bn`. */
  readonly head: string;
  /** The unit of the numbers as they are shown: `CNY bn`. */
  readonly shown: string;
  readonly format: string;
}

/** A format that shows millions or billions if the largest number needs it. */
export function scaledFormat(label: string, largest: number): ScaledFormat {
  const isMoney = currencyOf(label) !== undefined;
  const scale = isMoney ? SCALES.find(({ from }) => largest >= from) : undefined;
  const number = `${formatOf(label)}${scale?.commas ?? ''}`;
  const format = `${number};-${number};"–"`;
  if (!scale) return { head: label, shown: label, format };
  return { head: `${label}, shown in ${scale.word}`, shown: `${label} ${scale.word}`, format };
}
