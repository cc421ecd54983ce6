/** Which periods of somebody's table one series can have. */
import { spelledPeriod, type SpelledPeriod } from '../../core/periodSpellings.js';
import { firstOf } from '../../core/text/prose.js';
import { isTotal } from './columnFacts.js';

/** A period, and the label that it is spelled by. */
interface Labelled {
  readonly label: string;
  readonly period: SpelledPeriod;
}

/** The periods that count, by their labels. */
export type CountedPeriods = ReadonlyMap<string, SpelledPeriod>;

/** What brokers expect: `2025E`, 2026年(预测). */
const ESTIMATE = /[\d年](?:[EF]|[(（](?:[EF]|预测|预计)[)）])$/iu;

/**
 * The labels that are kept: periods alone, without years and halves among quarters or months, and without
 * estimates among what was reported.
 *
 * @param isReported whether the table is of what was reported
 */
export function countedLabels(labels: readonly string[], isReported: boolean): CountedPeriods {
  const spelled = spelledLabels(labels);
  const reported = spelled.filter(({ label }) => !isReported || !ESTIMATE.test(label));
  const known = reported.length > 0 ? reported : spelled;
  const least = shortest(known);
  const kept = least === undefined ? known : known.filter(({ period }) => isSingle(period, least));
  return new Map(kept.map(({ label, period }) => [label, period]));
}

function spelledLabels(labels: readonly string[]): readonly Labelled[] {
  return labels.flatMap((label) => {
    const period = spelledPeriod(label);
    return period ? [{ label, period }] : [];
  });
}

/** The length of single periods, if some are quarters or months: a first quarter is one for the year to date, too. */
function shortest(labels: readonly Labelled[]): 'quarter' | 'month' | undefined {
  return (['month', 'quarter'] as const).find((part) =>
    labels.some(({ period }) => isSingle(period, part) && period.index > 1),
  );
}

function isSingle({ part, isToDate }: SpelledPeriod, wanted: SpelledPeriod['part']): boolean {
  return part === wanted && isToDate !== true;
}

/** What is left out of the periods of a table, and why. */
export function periodsLeftOut(
  labels: readonly string[],
  counted: CountedPeriods,
  column: string,
): readonly string[] {
  if (counted.size === labels.length) return [];
  const spelled = spelledLabels(labels);
  const isSpelled = new Set(spelled.map(({ label }) => label));
  const words = labels.filter((label) => !isSpelled.has(label) && label !== '' && !isTotal(label));
  const out = spelled.filter(({ label }) => !counted.has(label));
  const estimates = out.filter(({ label }) => ESTIMATE.test(label));
  const others = out.filter((one) => !estimates.includes(one));
  const years = others.filter(({ period }) => period.part === 'year');
  const toDate = others.filter(({ period }) => period.part !== 'year');
  const names = (some: readonly Labelled[]) => firstOf(some.map(({ label }) => label));
  return [
    ...(words.length > 0 && counted.size > 0
      ? [`no period in \`${column}\`, left out: ${firstOf(words)}`]
      : []),
    ...(estimates.length > 0
      ? [`${names(estimates)} are estimates among what was reported: left out`]
      : []),
    ...(toDate.length > 0
      ? [`${names(toDate)} are for the year to date, a half or a quarter among others: left out`]
      : []),
    ...(years.length > 0 ? [`${names(years)} are years among shorter periods: left out`] : []),
  ];
}

/** Halves of a year, of which no calendar consists: second halves stand for themselves, not for the year to date. */
export function halvesAlone(counted: CountedPeriods): readonly string[] {
  return [...counted].flatMap(([label, { part, index }]) =>
    part === 'half' && index === 2 ? [label] : [],
  );
}
