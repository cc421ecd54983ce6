/** Diagnostics: what is wrong with a scenario, with a code of a closed list, a place, a reason and a remedy. */
import type { Span } from './source.js';

/** Every code, with its explanation. */
export const DIAGNOSTIC_CODES = {
  'text-encoding': 'the file is not UTF-8',
  'text-size': 'the file is larger or more deeply nested than any scenario',
  'text-character': 'a control character, or half of a character',
  'yaml-syntax': 'the text is not YAML',
  'yaml-feature': 'a YAML feature that scenario files do not allow: anchors, tags, merge keys, …',
  portfolio: 'a portfolio of several buyers in the place of one scenario, or in one text with them',
  'supplier-differs': 'buyers of one portfolio describe a supplier differently',
  'rates-differ': 'buyers of one portfolio use different rates for one month (warning)',
  'file-unread': 'a file that the scenario names cannot be read',
  'csv-syntax': 'a CSV file that is not a table',
  'csv-column': 'a column of a table is missing, unknown or duplicated',
  'csv-cell': 'a cell of a table does not have what its column needs',
  'csv-unit': 'an amount in a table has no unit, or two units that contradict each other',
  'csv-series': 'the rows of a table are not one series',
  'csv-empty':
    'a table, a column of it, or one of its currencies or suppliers, gives no value (warning)',
  'key-duplicate': 'a key occurs twice in one map',
  'key-name': 'a key is not a name',
  'key-unknown': 'a key that the format does not have',
  'key-missing': 'a key that the format requires is missing',
  'keys-conflict': 'two keys that exclude each other',
  shape: 'a map, a list or a single value in the place of another',
  choice: 'a word that is not one of the allowed ones',
  literal:
    'a number, amount, ratio, rate, date or period that is not spelled as the format requires',
  'literal-size': 'a number with too many digits',
  bounds: 'a value outside what the model allows',
  'amount-quantum': 'an amount finer than the smallest unit of its currency',
  'range-order': 'low, value and high are not in this order',
  'currency-unknown': 'a code that is not an ISO 4217 currency',
  'currency-mismatch': 'an amount in another currency than its place requires',
  'name-unknown': 'a name that the file does not define',
  'evidence-mismatch': 'a value that differs from its claim',
  'evidence-late': 'a claim is dated after the day of the forecast',
  'look-ahead': 'a rate, or a reported amount, is later than the day of the forecast',
  'evidence-unlisted': 'claims are named, but no ledger is listed (warning)',
  'path-unknown': 'a path that names no input',
  'period-key': 'a period key that does not fit the calendar',
  'period-outside': 'a period outside the window',
  'period-uncovered': 'a period without a value',
  'extends-cycle': 'files extend each other in a circle, or the chain is too long',
  'was-differs': 'the value in the parent is no longer the one that a layer was written against',
  adds: '`adds` lists a name that the parent already has, or that the file does not give',
  window: 'a window that is empty, too long or off the calendar',
  'weights-count': 'not as many weights as periods',
  'weights-zero': 'weights that are all zero',
  sum: 'shares, parts or weights that do not sum to the whole',
  'rest-twice': 'more than one `rest` in a group',
  'actuals-exceed': 'the reported amounts exceed the envelope',
  'unit-mismatch': 'a unit that differs from the one it has to match',
  'content-sum': 'foreign content above 100%',
  'rate-missing': 'a required exchange rate is missing',
  'output-unknown': 'an output that is not in the forecast',
  'check-failed': 'a number of the forecast is outside the bounds of its check',
  'workbook-version': 'the workbook belongs to another version of the scenario',
  'workbook-cell': 'a cell of a workbook that is not an input was changed',
  'input-cell': 'the cell of an input does not contain a number',
  'input-place': 'an input whose number cannot be written in its place',
  'not-comparable': 'the scenarios cannot be compared in this way',
  'range-draws': 'a range from which no draws can be taken',
  correlations: 'rank correlations that are impossible together',
  'lag-reaches-back': 'revenue of the first periods is understated (warning)',
  'run-rate': 'an envelope far from the spending so far (warning)',
  'yearly-range': 'a year outside the range of the sources (warning)',
  'share-range': 'the part of a component is outside the range of the sources (warning)',
  'rounding-band': 'two figures of sources differ by more than rounding (warning)',
  'range-author': 'a value and its range have different authors (warning)',
  'steep-growth': 'demand that multiplies or collapses from one period to the next (warning)',
  'last-year': 'a last year far from the years before it (warning)',
  'units-cycle': 'quantities of an estimate in units that follow from each other in a circle',
  'units-count': 'a price that gives very few or very many units (warning)',
  'rates-apart': 'two rates of one currency that are more than 2 times apart (warning)',
  'percent-missing': 'growth or erosion of 100% and more, without a percent sign (warning)',
  'range-room': 'a range that the others of its group leave no room for (warning)',
  unused: 'something is described, but never used (warning)',
} as const;

/** A code of the list. */
export type DiagnosticCode = keyof typeof DIAGNOSTIC_CODES;

/** One problem of a scenario. Diagnostics are collected, never thrown. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: 'error' | 'warning';
  readonly span: Span;
  readonly message: string;
  readonly expected?: string;
  /** What the place has instead, with the arithmetic. */
  readonly found?: string;
  /** What to write. */
  readonly hint?: string;
  /** Another place that belongs to the problem. */
  readonly related?: Related;
}

/** A further place of a problem, and what is there. */
export interface Related {
  readonly span: Span;
  readonly message: string;
}

/** Each problem of a place once. */
export function distinctProblems(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const keyOf = ({ code, span: { source, start }, message }: Diagnostic) =>
    JSON.stringify([code, source.name, source.text.length, start, message]);
  return [...new Map(diagnostics.map((one) => [keyOf(one), one])).values()];
}

/** Whether there is an error; a scenario with warnings only is valid. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

/**
 * The candidate that a misspelt word most likely means; nothing where none is similar. Of thousands of
 * candidates only the first ones, and those that share a half of the word, are compared letter by letter:
 * as many words may be unknown as there are candidates.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > LONGEST_WORD) return undefined;
  const lower = word.toLowerCase();
  const [firstHalf, secondHalf] = [lower.slice(0, word.length >> 1), lower.slice(word.length >> 1)];
  const sharesHalf = (other: string) => other.startsWith(firstHalf) || other.endsWith(secondHalf);
  let best: string | undefined;
  let least = mostWrong(word, /\p{Script=Han}/u.test(word)) + 1;
  let [seen, letters] = [0, 0];
  for (const candidate of candidates) {
    if (++seen > MOST_CANDIDATES || letters > 2 * MOST_LETTERS) break;
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const other = candidate.toLowerCase();
    if (letters > MOST_LETTERS && !sharesHalf(other)) continue;
    const distance = editDistance(lower, other, least);
    letters += least * word.length;
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/**
 * The key that a word means: one with a similar spelling, or the only one whose name for people has the word
 * in it, as 中际旭创 is in the name of `innolight`.
 */
export function nearestKey(word: string, names: ReadonlyMap<string, string>): string | undefined {
  const similar = nearest(word, names.keys());
  const plain = word.trim().toLowerCase();
  if (similar !== undefined || plain.length < 2) return similar;
  const named = [...names].filter(([, name]) => name.toLowerCase().includes(plain));
  return named.length === 1 ? named[0]![0] : undefined;
}

/** How many letters of a word may be wrong. Of a few Chinese characters, each changes the meaning: 同比 is no 占比. */
function mostWrong({ length }: string, isHan: boolean): number {
  return isHan ? Math.floor(length / 4) : Math.max(1, Math.floor(length / 3));
}

/** In a longer word a few wrong letters are hard to see, and long to find. */
const LONGEST_WORD = 100;

const MOST_CANDIDATES = 20_000;
const MOST_LETTERS = 20_000;

/**
 * The number of insertions, deletions, replacements and swaps of neighbours between two words; `most`
 * where it is not below that.
 */
function editDistance(longA: string, longB: string, most: number): number {
  const [a, b] = withoutCommonEnds(longA, longB);
  if (a.length === 0 || b.length === 0) return Math.min(a.length + b.length, most);
  // Both begin and end with other letters: one letter was replaced, or more than one has changed.
  if (most <= 2) return (a.length === 1 && b.length === 1) || isSwap(a, b) ? 1 : most;
  let before: number[] = [];
  let row: number[] = [];
  for (let j = 0; j <= b.length; j++) row.push(j);
  for (let i = 1; i <= a.length; i++) {
    // Further from the diagonal than `most`, so many letters are inserted or deleted.
    const last = Math.min(b.length, i + most);
    const next = [i];
    let smallest = i;
    for (let j = 1; j < i - most; j++) next.push(most);
    for (let j = next.length; j <= last; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swaps = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = swaps ? before[j - 2]! + 1 : most;
      const distance = Math.min(replaced, swapped, (row[j] ?? most) + 1, next[j - 1]! + 1);
      next.push(distance);
      smallest = Math.min(smallest, distance);
    }
    if (smallest >= most) return most;
    [before, row] = [row, next];
  }
  return Math.min(row[b.length] ?? most, most);
}

/** Equal letters at the beginning and at the end of both words cost nothing. */
function withoutCommonEnds(a: string, b: string): readonly [string, string] {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
}

function isSwap(a: string, b: string): boolean {
  return a.length === 2 && b.length === 2 && a[0] === b[1] && a[1] === b[0];
}

/** A problem that a rule has found; the reporter adds the severity and the span. */
export interface Problem {
  /** Absent where the caller knows it. */
  readonly code?: DiagnosticCode;
  readonly message: string;
  readonly expected?: string;
  readonly found?: string;
  readonly hint?: string;
}

/** The part of a map entry that is wrong. */
export type NodePart = 'value' | 'key';

/** Collects the problems that the rules of the model find, by the path of the value or key. */
export interface Reporter {
  readonly error: (code: DiagnosticCode, path: string, problem: Problem, part?: NodePart) => void;
  readonly warn: (code: DiagnosticCode, path: string, problem: Problem, part?: NodePart) => void;
}
