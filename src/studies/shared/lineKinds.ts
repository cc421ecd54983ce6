/** Lines of one kind, a measure and a unit: only these can be added up, and share a sheet. */
import { groupBy } from '../../core/group.js';
import { greatest } from '../../core/lists.js';
import { powerOfTen } from '../../core/number/decimal.js';
import { sayIn, type Language } from '../../core/text/language.js';
import type { Measure, Unit } from '../../projection/plan.js';
import { unitIn } from './numberFormat.js';

/** A line with numbers in a unit. */
export interface Counted {
  readonly measure: Measure;
  readonly unit: Unit;
}

/** The rows of one measure and unit, which can be added up in one sheet. */
export interface LineKind<L> {
  /** `demand, CNY`. */
  readonly caption: string;
  readonly lines: readonly L[];
  /** The greatest number of decimal places of their units. */
  readonly places: number;
}

/** The caption of the numbers of a line: `demand, CNY`. */
export function captionOf({ measure, unit }: Counted): string {
  return `${measure}, ${unit.label}`;
}

/** That caption in a language: `采购额，元`. */
export function captionIn({ measure, unit }: Counted, lang?: Language): string {
  const say = sayIn(lang);
  const shown = unitIn({ suffix: '', lang }, unit.label);
  return say('{measure}, {unit}', { measure: say(measure), unit: shown });
}

export function lineKindsOf<L extends Counted>(lines: readonly L[]): readonly LineKind<L>[] {
  return [...groupBy(lines, captionOf)].map(([caption, own]) => {
    return { caption, lines: own, places: greatest(own.map(({ unit }) => unit.places)) };
  });
}

/** Adds up one number of every line, as a count of 10^-places. */
export function sumIn<L extends Counted>(
  places: number,
  lines: readonly L[],
  count: (line: L) => bigint,
): bigint {
  return lines.reduce((sum, line) => sum + count(line) * powerOfTen(places - line.unit.places), 0n);
}
