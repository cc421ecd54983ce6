/** What can be wrong with a scenario: a closed list of codes, each with a place, a reason and a remedy. */
import type { Span } from './source.js';

/** Every code, with the one sentence that explains it. */
export const DIAGNOSTIC_CODES = {
  'text-encoding': 'the file is not UTF-8',
  'text-size': 'the file is larger or more deeply nested than any scenario',
  'text-character': 'a control character, or half of a character',
  'yaml-syntax': 'the text is not YAML',
  'yaml-feature': 'a YAML feature that scenario files do without: anchors, tags, merge keys, …',
  'file-unread': 'a file that the scenario names cannot be read',
  'csv-syntax': 'a CSV file that is no table',
  'csv-column': 'a column of a table that is missing, unknown or not alone',
  'csv-cell': 'a cell of a table that does not say what its column asks for',
  'csv-unit': 'an amount of a table without a unit, or with two that contradict each other',
  'csv-series': 'rows of a table that do not make one series',
  'key-duplicate': 'a key stands twice in one map',
  'key-name': 'a key is not a name',
  'key-unknown': 'a key that the format does not have',
  'key-missing': 'a key that the format requires is not there',
  'keys-conflict': 'two keys that exclude each other',
  shape: 'a map, a list or a single value stands where another of them belongs',
  choice: 'a word that is none of the allowed ones',
  literal: 'a number, amount, ratio, rate, date or period that is not spelled as the format asks',
  'literal-size': 'a number with too many digits',
  bounds: 'a value outside what the model allows',
  'amount-quantum': 'an amount finer than the smallest unit of its currency',
  'range-order': 'low, value and high are not in this order',
  'currency-unknown': 'a code that is no ISO 4217 currency',
  'currency-mismatch': 'an amount in another currency than its place asks for',
  'name-unknown': 'a name that nothing in the file has',
  'evidence-mismatch': 'a value that is not what its claim says',
  'evidence-late': 'a claim dated after the day of the forecast',
  'evidence-unlisted': 'claims are named and no ledger is listed (warning)',
  'path-unknown': 'a path that names no input',
  'period-key': 'a period key that does not fit the calendar',
  'period-outside': 'a period outside the window',
  'period-uncovered': 'a period for which nothing is given',
  'extends-cycle': 'files that extend each other in a circle, or without end',
  'was-differs': 'the parent no longer says what a layer was written against',
  adds: '`adds` lists a name that the parent already has, or that the file does not give',
  window: 'a window that is empty, too long or off the calendar',
  'weights-count': 'not as many weights as periods',
  'weights-zero': 'weights that are all zero',
  sum: 'shares, parts or weights that do not sum to the whole',
  'rest-twice': 'more than one `rest` in a group',
  'actuals-exceed': 'reported amounts that exceed the envelope',
  'unit-mismatch': 'a unit that differs from the one it has to match',
  'content-sum': 'foreign content above 100%',
  'rate-missing': 'an exchange rate that is needed and not given',
  'output-unknown': 'an output that names no number of the forecast',
  'check-failed': 'a number of the forecast is not between the values of its check',
  'period-straddles': 'a period that lies in two of the years asked for',
  'workbook-version': 'a workbook of another version of the scenario',
  'workbook-cell': 'a cell of a workbook that is no input, and has changed',
  'input-cell': 'a cell of an input that says no number',
  'input-place': 'an input that stands where its number cannot be written',
  'not-comparable': 'scenarios that cannot be compared in the way asked for',
  'range-draws': 'a range from which no draws can be taken',
  correlations: 'rank correlations that no draws can have together',
  'lag-reaches-back': 'revenue of the first periods is understated (warning)',
  'run-rate': 'an envelope far from what is spent already (warning)',
  'yearly-range': 'a year outside what sources say of a year (warning)',
  'share-range': 'a component whose part of the whole no source supports (warning)',
  'rounding-band': 'a figure of a source that no rounding explains (warning)',
  'range-author': 'a value of one author inside the range of another (warning)',
  'steep-growth': 'demand that multiplies or collapses from one period to the next (warning)',
  'last-year': 'a last year far from the years before it (warning)',
  'units-count': 'a price that makes very few or very many units (warning)',
  unused: 'something is described and never used (warning)',
} as const;

/** One of the codes; the list is closed. */
export type DiagnosticCode = keyof typeof DIAGNOSTIC_CODES;

/** One problem of one scenario. Collected, never thrown; made into prose at the edge. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: 'error' | 'warning';
  readonly span: Span;
  readonly message: string;
  readonly expected?: string;
  /** What stands there instead, with the arithmetic. */
  readonly found?: string;
  /** What to type. */
  readonly hint?: string;
  /** Another place that belongs to the problem, and what stands there. */
  readonly related?: Related;
}

/** A further place of a problem. */
export interface Related {
  readonly span: Span;
  readonly message: string;
}

/** Whether one of them is an error; warnings alone leave a scenario valid. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

/** The candidate that a misspelt word most likely means, if one is near. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swaps = j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = swaps && i > 1 ? before[j - 2]! + 1 : Infinity;
      next.push(Math.min(replaced, swapped, row[j]! + 1, next[j - 1]! + 1));
    }
    [before, row] = [row, next];
  }
  return row[b.length]!;
}

/** What a rule says of a place; the severity and the span are added by whoever keeps the list. */
export interface Problem {
  /** Where the rule knows it; else whoever keeps the list does. */
  readonly code?: DiagnosticCode;
  readonly message: string;
  readonly expected?: string;
  readonly found?: string;
  readonly hint?: string;
}

/** What is at fault at a path: the value, unless its key is. */
export type NodePart = 'value' | 'key';

/** Takes the problems that the rules of the model find, by the path at which they find them. */
export interface Reporter {
  readonly error: (code: DiagnosticCode, path: string, problem: Problem, part?: NodePart) => void;
  readonly warn: (code: DiagnosticCode, path: string, problem: Problem, part?: NodePart) => void;
}
