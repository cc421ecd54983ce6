/** What to write for a misspelt period key. */
import { readPeriodKey } from './period.js';
import { withoutOddCharacters } from './text/oddCharacters.js';

const PERIODS = 'a fiscal year, quarter or month: FY2026, FY2026Q1 or FY2026M01';

/** A quarter before its year: `1Q26`, `1QFY2026`. */
const QUARTER_FIRST = /^([1-4])Q(FY)?((?:19|20)?\d\d)$/;
/** A year, and perhaps a quarter or a month: `FY26Q1`, `2026Q1`, `2026财年1季度`, `2026年9月`, `202609`. */
const YEAR_FIRST =
  /^(FY)?((?:19|20)?\d\d)(财年|财政年度)?年?(?:Q([1-4])|([1-4])季度?|M(\d\d?)|(\d\d?)月|(\d\d))?$/u;

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
  const plain = withoutOddCharacters(text)
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s_./-]|第/gu, '')
    .replace(/[一二三四]/gu, (digit) => String('一二三四'.indexOf(digit) + 1));
  const [, first, fiscal, ofFirst] = QUARTER_FIRST.exec(plain) ?? [];
  const [, mark, ofYear, word, ...parts] = YEAR_FIRST.exec(plain) ?? [];
  const year = ofFirst ?? ofYear;
  const isFiscal = (fiscal ?? mark ?? word) !== undefined;
  if (year === undefined || (first === undefined && !isFiscal && year.length === 2))
    return undefined;
  const [quarter = first, quarterWord = quarter, ...months] = parts;
  const month = months.join(''); // one of them at most is there
  const part = quarterWord === undefined ? '' : `Q${quarterWord}`;
  const key = `FY${year.padStart(4, '20')}${month === '' ? part : `M${month.padStart(2, '0')}`}`;
  return readPeriodKey(key) ? { key, isFiscal } : undefined;
}
