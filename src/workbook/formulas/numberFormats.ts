/** Number formats of a workbook. */
import { currencyOf } from '../../core/number/currency.js';
import { sayIn, type Language } from '../../core/text/language.js';
import { unitIn } from '../../studies/shared/numberFormat.js';

const MONEY = '#,##0.00';
const COUNT = '#,##0';
export const TEXT = 'General';
export const PERCENT = '0.00%';
/** Growth and shares. */
export const GROWTH = '0.0%';
export const RATE = '#,##0.0000##';
/** Differences are in the last digits, so they are shown to a millionth. */
export const FINE = '#,##0.000000';

/** The number format for a unit: a currency, `%`, none (a rate), or a counted thing. */
export function formatOf(label: string): string {
  if (label === '%') return PERCENT;
  if (label === '') return RATE;
  return currencyOf(label) ? MONEY : COUNT;
}

/** A unit of money that cells show. */
interface Scale {
  readonly suffix: string;
  /** The least number that is shown in it. */
  readonly from: number;
  readonly format: string;
}

const SCALES: readonly Scale[] = [
  { suffix: 'bn', from: 1e9, format: `${MONEY},,,` },
  { suffix: 'm', from: 1e6, format: `${MONEY},,` },
];

/** A comma divides by 1,000 alone, so that the digits after it are shown behind a point as a text. */
const CHINESE_SCALES: readonly Scale[] = [
  { suffix: '亿', from: 1e8, format: '0\\.00,,' },
  { suffix: '万', from: 1e5, format: '0\\.0,' },
];

/** How cells show large amounts of money; they hold all digits. */
export interface ScaledFormat {
  /** What the cells hold, and how they show it: `CNY, shown in bn`. */
  readonly head: string;
  /** The unit of the numbers as they are shown: `CNY bn`. */
  readonly shown: string;
  readonly format: string;
}

/** A format that shows millions or billions if the largest number needs it. */
export function scaledFormat(label: string, largest: number, lang?: Language): ScaledFormat {
  const isMoney = currencyOf(label) !== undefined;
  const scales = lang === 'zh' ? CHINESE_SCALES : SCALES;
  const scale = isMoney ? scales.find(({ from }) => largest >= from) : undefined;
  const number = scale?.format ?? formatOf(label);
  const format = `${number};-${number};"–"`;
  const shownIn = (suffix: string) => unitIn({ suffix, lang }, label);
  if (!scale) return { head: shownIn(''), shown: shownIn(''), format };
  const { suffix } = scale;
  const scaled = lang === 'zh' ? shownIn(suffix) : suffix;
  const head = sayIn(lang)('{unit}, shown in {scale}', { unit: shownIn(''), scale: scaled });
  return { head, shown: shownIn(suffix), format };
}

/** The format of the axis of a chart: whole numbers where it reaches ten units that cells show, and more. */
export function axisFormat(format: string, most: number): string {
  const [positive] = format.split(';') as [string, ...string[]];
  const [commas] = /,*$/.exec(positive)!;
  return most < 10 * 1000 ** commas.length ? positive : positive.replace(MONEY, COUNT);
}
