/** Columns of figures that each have one period, where the period is not read: no answer can make a block of them. */
import { MONTH_NAMES } from '../../core/months.js';
import { spelledPeriod } from '../../core/periodSpellings.js';
import { firstOf } from '../../core/text/prose.js';
import { isTotal, type ColumnFacts } from './columnFacts.js';
import { PERIOD_WORDS } from './namesOfColumns.js';

/** Columns that are each of one period, one currency or one supplier. */
export interface Across {
  readonly holds: 'period' | 'currency' | 'supplier';
  readonly names: readonly string[];
}

/** Columns whose periods are not read, and a column of parts of years beside them. */
export interface UnreadColumns {
  readonly names: ReadonlySet<string>;
  /** What is to be changed in the table. */
  readonly remark: string;
}

/**
 * The columns whose periods are not read, if there are several.
 *
 * @param needsPeriods whether every value has a period
 */
export function unreadColumns(
  needsPeriods: boolean,
  facts: readonly ColumnFacts[],
  across: Across | undefined,
  period: ColumnFacts | undefined,
): UnreadColumns | undefined {
  const figures = facts.filter(({ cells, meaning }) => cells === 'number' && meaning !== 'growth');
  if (across) return across.holds === 'period' ? partsDown(facts, across) : undefined;
  if (period) return areYears(period.values) && !period.behind ? partsAcross(figures) : undefined;
  return needsPeriods ? periodsAmongWords(figures) : undefined;
}

/** Names that say more than their period, as those of two lines do: `1Q24 US$m`, `Amazon 1Q24`. */
function periodsAmongWords(figures: readonly ColumnFacts[]): UnreadColumns | undefined {
  return several(
    figures.flatMap(({ name }) => (hasPeriod(name) ? [name] : [])),
    'each column is of one period, which is read only where it is the whole name: keep the columns of one figure, and name them 2024Q1, 2024Q2 and so on, in one line',
  );
}

function hasPeriod(name: string): boolean {
  const words = name.split(/[\s()（）:：,，|_]+/u).filter(Boolean);
  const isAtAnEnd = words.some(
    (_, i) =>
      i > 0 &&
      [words.slice(0, i), words.slice(i)].some(
        (some) => spelledPeriod(some.join(' ')) !== undefined,
      ),
  );
  return isAtAnEnd || (PERIOD_WORDS.test(name) && /(?:19|20)\d\d/.test(name));
}

/** Quarters or months across, and years down. */
function partsAcross(figures: readonly ColumnFacts[]): UnreadColumns | undefined {
  return several(
    figures.flatMap(({ name }) => (isPart(name) ? [name] : [])),
    `parts of the years in the rows, which are not read so: ${ONE_ROW}`,
  );
}

/** Years across, and quarters or months down. */
function partsDown(facts: readonly ColumnFacts[], { names }: Across): UnreadColumns | undefined {
  const areParts = ({ cells, values }: ColumnFacts) => {
    const own = values.filter((text) => !isTotal(text));
    return cells === 'text' && own.length > 1 && own.every(isPart);
  };
  const parts = areYears(names) ? facts.find(areParts) : undefined;
  const found =
    parts &&
    several(names, `years of the parts in \`${parts.name}\`, which are not read so: ${ONE_ROW}`);
  return found && { ...found, names: new Set([...names, parts.name]) };
}

const ONE_ROW = 'write one row for each period, such as 2024Q1 or 2024-01, and its figure';

function several(names: readonly string[], remark: string): UnreadColumns | undefined {
  if (names.length < 2) return undefined;
  const said = firstOf(names.map((name) => `\`${name}\``));
  return { names: new Set(names), remark: `${said}: ${remark}` };
}

function areYears(labels: readonly string[]): boolean {
  const spelled = labels.flatMap((label) => spelledPeriod(label) ?? []);
  return spelled.length > 0 && spelled.every(({ part }) => part === 'year');
}

/** Whether a text is a part of a year without its year: `Q1`, 第一季度. */
export function isPartAlone(text: string): boolean {
  return PART_ALONE.test(text);
}

const PART_ALONE = /^(?:Q[1-4]|[1-4]Q|H[12]|[12]H|M\d\d?|第?[一二三四1-4]季度|[上下]半年)$/iu;

/** A part, or a month by its name: `Jan`, 1月. */
function isPart(text: string): boolean {
  const word = text.replace(/\.$/, '').toLowerCase();
  const isMonth = MONTH_NAMES.map((name) => name.toLowerCase()).some(
    (name) => word === name || (word.length >= 3 && word.length <= 4 && name.startsWith(word)),
  );
  return (
    isMonth ||
    isPartAlone(text) ||
    /^(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?$/u.test(text)
  );
}
