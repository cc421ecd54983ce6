/** Life: over how many periods what a component costs is depreciated, and from which one on. */
import { MONTHS_IN } from '../core/period.js';
import type { Reporter } from '../core/text/diagnostic.js';
import type { Window } from './calendar.js';
import { choiceField, type Located } from './field.js';
import { inputField, type Input } from './input.js';
import { LIFE } from './inputKind.js';

/** The keys of a component about its depreciation; those of a branch hold for what is below it. */
export const lifeFields = {
  life: inputField(
    LIFE,
    'Over how many periods, or years, the demand is depreciated in equal parts; for all that is below it.',
  ).optional(),
  in_service: choiceField(
    ['same', 'next'],
    'Whether depreciation begins in the period of the demand, or in the next one (next, unless given).',
  ).optional(),
};

/** These keys as they are written. */
export interface LifeText {
  readonly life?: Input | undefined;
  readonly in_service?: Located<'same' | 'next'> | undefined;
}

/** How demand is depreciated. */
export interface Life {
  /** In the unit in which it is written. */
  readonly length: Input;
  /** How many periods that unit has: 4 where years are written in a calendar of quarters. */
  readonly periodsPerUnit: number;
  /** Periods from the demand to the first depreciation: 0 in the same one, else 1. */
  readonly delay: number;
}

/** Reports a life that is in no unit of the calendar, or whose range is in another unit. */
export function isInCalendar({ life }: LifeText, window: Window, report: Reporter): boolean {
  if (!life) return true;
  const { unit } = window.calendar;
  const known = [...new Set([`${unit}s`, 'years'])];
  const { low, high, step, was } = life.attributes;
  const others = [low, high, step, was].filter((one) => one !== undefined);
  const fits = known.includes(life.unit!);
  const wrong = fits
    ? others.find(({ value }) => value.unit !== life.unit)
    : { ...life, value: life };
  if (!wrong) return true;
  const own = wrong.value.unit!;
  report.error('unit-mismatch', wrong.path, {
    message: `\`${wrong.text}\` is in ${own}, where ${fits ? `the life is in ${life.unit!}` : `periods are ${unit}s`}`,
    expected: fits ? life.unit! : known.join(' or '),
    hint: `write ${inUnit(wrong.value.value.n, own, fits ? life.unit! : known[0]!)}`,
  });
  return false;
}

/** A life of as many months in another unit, rounded up. */
function inUnit(count: bigint, from: string, to: string): string {
  const months = count * BigInt(MONTHS[from]!);
  const each = BigInt(MONTHS[to]!);
  const whole = (months + each - 1n) / each;
  return `${whole} ${whole === 1n ? to.slice(0, -1) : to}`;
}

const MONTHS: Readonly<Record<string, number>> = { months: 1, quarters: 3, years: 12 };

/** What holds for a leaf; nothing where it has no life. */
export function lifeOf({ life, in_service }: LifeText, { calendar }: Window): Life | undefined {
  if (!life) return undefined;
  const periodsPerUnit = life.unit === 'years' ? 12 / MONTHS_IN[calendar.unit] : 1;
  return { length: life, periodsPerUnit, delay: in_service?.value === 'same' ? 0 : 1 };
}
