/** Periods as people write them in tables, and what to write for a misspelt period key. */
import { MONTH_NAMES } from './months.js';
import { daysIn } from './number/literal.js';
import { readPeriodKey } from './period.js';
import { withoutOddCharacters } from './text/oddCharacters.js';

/** A period as it is spelled. Which months it covers depends on the calendar that is meant. */
export interface SpelledPeriod {
  readonly year: number;
  readonly part: 'year' | 'half' | 'quarter' | 'month' | 'day';
  /** Of the part within the year, from 1; of a day, its month. 1 for a year. */
  readonly index: number;
  /** For a day: the day of its month. */
  readonly day?: number;
  /** What the spelling itself says of its year: `FY25`, `CY2024Q3`, 2025财年. A named month or a day is one of the calendar. */
  readonly says?: 'fiscal' | 'calendar';
  /** Whether it is the year up to the end of the part: `9M24`, 前三季度. */
  readonly isToDate?: boolean;
}

/** Reads a spelling of a period; nothing if it is none, or can mean two days: `03/04/2024`. */
export function spelledPeriod(text: string): SpelledPeriod | undefined {
  if (text.length > LONGEST_SPELLING) return undefined;
  const plain = withoutOddCharacters(text)
    .normalize('NFKC')
    .trim()
    .toUpperCase()
    .replace(/[一二三四]/gu, (digit) => String('一二三四'.indexOf(digit) + 1))
    .replace(ESTIMATED, '$1');
  return spelledDay(plain) ?? spelledMonth(plain) ?? spelledPart(plain);
}

const LONGEST_SPELLING = 40;

/** Brokers mark what is reported (A) and what they expect (E, F): `2025E`, `1Q25A`, 2026年(预测). */
const ESTIMATED = /([\d年])(?:[AEF]|\((?:[AEF]|预测|预计|实际)\))$/u;

/** `2024-09-30`, `2024/9/30`, `20240930`, `2024年9月30日`, `30/09/2024`, `9/30/24`, `30 Sep 2024`, `30-Sep-24`, `September 30, 2024`. */
function spelledDay(text: string): SpelledPeriod | undefined {
  const [, year, month, day] =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?(?:[T ]0?0:00(?::00)?)?$/u.exec(text) ??
    /^((?:19|20)\d\d)(\d\d)(\d\d)$/.exec(text) ??
    [];
  if (year !== undefined) return dayOf(year, Number(month), day!);
  const [, first, second, ofYear] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text) ?? [];
  if (ofYear !== undefined) {
    if (Number(first) > 12) return dayOf(ofYear, Number(second), first!);
    return Number(second) > 12 || first === second
      ? dayOf(ofYear, Number(first), second!)
      : undefined;
  }
  const [, ofMonth, certain, short] = /^(\d{1,2})\/(\d{1,2})\/(\d\d)$/.exec(text) ?? [];
  // No country puts a day between a year and a month, so that `3/31/24` is certain, and `31/3/24` is not.
  if (short !== undefined)
    return Number(certain) > 12 ? dayOf(short, Number(ofMonth), certain!) : undefined;
  const [, before, name, after, inYear] =
    /^(?:(\d{1,2})[\s-])?([A-Z]{3,9})\.?(?:\s(\d{1,2}),?)?[\s-](\d{4}|\d\d)$/.exec(text) ?? [];
  const named = name === undefined ? 0 : monthNamed(name);
  if (named === 0 || (before === undefined) === (after === undefined)) return undefined;
  return dayOf(inYear!, named, (before ?? after)!);
}

function dayOf(written: string, month: number, day: string): SpelledPeriod | undefined {
  const year = fullYear(written);
  const isDay = month >= 1 && month <= 12 && Number(day) >= 1 && Number(day) <= daysIn(year, month);
  if (!isDay) return undefined;
  return {
    ...{ year, part: 'day', index: month },
    ...{ day: Number(day), says: 'calendar' },
  };
}

/** `2024-09`, `202409`, `2024年9月`, `Sep 2024`, `Sep'24`, 2024年1-9月. */
function spelledMonth(text: string): SpelledPeriod | undefined {
  const [, ofYear, last] = /^(\d{4})年?1[-–~至](\d{1,2})月份?$/u.exec(text) ?? [];
  if (ofYear !== undefined) return monthOf(ofYear, Number(last), true);
  const [, year, month, chinese] =
    /^(\d{4})(?:[-/.年](\d\d)|年(\d{1,2})月份?)$/u.exec(text) ??
    /^((?:19|20)\d\d)(\d\d)$/.exec(text) ??
    /^(\d{4})[-/.年](\d{1,2})月份?$/u.exec(
      text.endsWith('月') || text.endsWith('份') ? text : '',
    ) ??
    [];
  if (year !== undefined) return monthOf(year, Number(month ?? chinese), false);
  const [, name, inYear] =
    /^([A-Z]{3,9})\.?(?:[\s/-]+((?:19|20)\d\d)|\s?['’]\d\d)$/.exec(text) ?? [];
  const named = name === undefined ? 0 : monthNamed(name);
  return named === 0 ? undefined : monthOf(inYear ?? text.slice(-2), named, false);
}

function monthOf(year: string, index: number, isToDate: boolean): SpelledPeriod | undefined {
  if (index < 1 || index > 12) return undefined;
  const month = { year: fullYear(year), part: 'month', index, says: 'calendar' } as const;
  return isToDate ? { ...month, isToDate } : month;
}

/** The number of a month, from 1; 0 if the word names none. */
function monthNamed(word: string): number {
  return (
    MONTH_NAMES.map((name) => name.toUpperCase()).findIndex(
      (name) => word === name || word === name.slice(0, 3) || word === name.slice(0, 4),
    ) + 1
  );
}

const YEAR = '((?:19|20)\\d\\d|\\d\\d)';

/** A part before its year: `1QFY25`, `3Q24`, `3T24` of a trimestre, `H1 2024`, `S1 2024` of a semestre, `9M24`, `CQ1-24`. */
const PART_FIRST = new RegExp(
  `^([CF])?(?:([1-4])[QT]|[QT]([1-4])|([12])[HS]|[HS]([12])|(3|6|9|12)M)(FY|CY)?${YEAR}$`,
);

/**
 * A year, and perhaps its part: `2024`, `FY25Q1`, `2024 3Q`, `2024H1`, 2025财年第一季度, 2024年上半年, 2024年前三季度.
 * Of reports, 一季报 has the first quarter, and 三季报 the three quarters up to its end.
 */
const YEAR_FIRST = new RegExp(
  `^(FY|CY)?${YEAR}(财年|财政年度|年?年[度报]|年)?(?:[QT]([1-4])|([1-4])(?:[QT]|季度?)|(1)季报|(3)季报|[HS]([12])|([12])[HS]|([上下])半年|(半年度|半年报|中报|中期)|` +
    `M(\\d\\d?)|前([23])季度|(3|6|9|12)M|全年)?$`,
  'u',
);

/** Quarters from the first one on: `2024Q1-Q3`, 2024年1-3季度. */
const FIRST_QUARTERS = new RegExp(`^(FY|CY)?${YEAR}年?Q?1[-–~至]Q?([234])季?度?$`, 'u');

/**
 * Two numbers are no year: `19/20` is from 2019 to 2020. Nor is a sign before or behind a period part of it.
 * `H100` and `H200` are processors.
 */
const OTHER_SIGNS = /^\d+[\s_./'’-]+\d+$|^[-_./]|[-_./]$|^[HSTQ]\d00$/u;

function spelledPart(text: string): SpelledPeriod | undefined {
  if (OTHER_SIGNS.test(text)) return undefined;
  const plain = text.replace(/[\s_./'’]|第/gu, '').replace(/^FISCAL(?:YEAR)?/, 'FY');
  const [, ofRange, rangeYear, quarters] = FIRST_QUARTERS.exec(plain) ?? [];
  if (quarters !== undefined) return partOf(rangeYear!, saidBy(ofRange), { quarters });
  const word = plain.replaceAll('-', '');
  const first = PART_FIRST.exec(word);
  if (first) {
    const [, sign, quarter, otherQuarter, half, otherHalf, months, mark, year] = first;
    const own = { quarter: quarter ?? otherQuarter, half: half ?? otherHalf, months };
    return partOf(year!, saidBy(sign === undefined ? mark : `${sign}Y`), own);
  }
  const [, mark, year, ofYear, ...parts] = YEAR_FIRST.exec(word) ?? [];
  if (year === undefined || (word === year && year.length === 2)) return undefined;
  const [quarter, otherQuarter, firstReport, thirdReport, ...others] = parts;
  const [half, otherHalf, side, interim, month, firstOf, months] = others;
  const ofHalf =
    half ?? otherHalf ?? (interim === undefined ? side && (side === '上' ? '1' : '2') : '1');
  return partOf(year, saidBy(mark ?? ofYear), {
    ...{ quarter: quarter ?? otherQuarter ?? firstReport, half: ofHalf, month },
    ...{ quarters: firstOf ?? thirdReport, months },
  });
}

function saidBy(mark: string | undefined): SpelledPeriod['says'] {
  if (mark === 'CY') return 'calendar';
  return mark === 'FY' || mark === '财年' || mark === '财政年度' ? 'fiscal' : undefined;
}

/** The numbers of a part, as written; at most one is there. `quarters` and `months` are those of the year to date. */
interface PartNumbers {
  readonly quarter?: string | undefined;
  readonly half?: string | undefined;
  readonly month?: string | undefined;
  readonly quarters?: string | undefined;
  readonly months?: string | undefined;
}

function partOf(
  year: string,
  says: SpelledPeriod['says'],
  { quarter, half, month, quarters, months }: PartNumbers,
): SpelledPeriod | undefined {
  const head = { year: fullYear(year), ...(says && { says }) };
  if (quarter !== undefined) return { ...head, part: 'quarter', index: Number(quarter) };
  if (half !== undefined) return { ...head, part: 'half', index: Number(half) };
  if (quarters !== undefined)
    return { ...head, part: 'quarter', index: Number(quarters), isToDate: true };
  if (months !== undefined)
    return { ...head, part: 'month', index: Number(months), isToDate: true };
  if (month === undefined) return { ...head, part: 'year', index: 1 };
  const index = Number(month);
  return index >= 1 && index <= 12 ? { ...head, part: 'month', index } : undefined;
}

function fullYear(year: string): number {
  return Number(year.padStart(4, '20'));
}

const PERIODS = 'a fiscal year, quarter or month: FY2026, FY2026Q1 or FY2026M01';

/** What to write for a text that is no period key, as the end of a sentence with `write`. */
export function periodRemedy(text: string): string {
  const meant = meantPeriod(text);
  if (!meant) return PERIODS;
  const { key, isFiscal } = meant;
  return isFiscal
    ? key
    : `${key} if fiscal year ${key.slice(2, 6)} is meant, as keys count fiscal years`;
}

/** The fiscal year of a misspelt key such as `FY26` or `2026财年`. */
export function meantYear(text: string): string | undefined {
  return meantPeriod(text)?.key.slice(0, 6);
}

/** The key that a text most likely means, and whether the text says that its year is a fiscal one. */
function meantPeriod(text: string): { key: string; isFiscal: boolean } | undefined {
  const spelled = spelledPeriod(text);
  const key = spelled && fiscalKey(spelled);
  return key === undefined ? undefined : { key, isFiscal: spelled?.says === 'fiscal' };
}

/** The period key that counts as the spelling does; nothing for halves, days, and the year to date. */
export function fiscalKey({ year, part, index, isToDate }: SpelledPeriod): string | undefined {
  if (isToDate || part === 'half' || part === 'day') return undefined;
  const parts = { year: '', quarter: `Q${index}`, month: `M${String(index).padStart(2, '0')}` };
  const key = `FY${String(year).padStart(4, '0')}${parts[part]}`;
  return readPeriodKey(key) && key;
}
