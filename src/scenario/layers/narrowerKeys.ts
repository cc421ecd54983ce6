/** Checks maps by period: a layer's key does not stand over narrower keys of the parent, which would still hold. */
import { monthsOf, readPeriodKey, type Months } from '../../core/period.js';
import type { DiagnosticCode, Problem, Related } from '../../core/text/diagnostic.js';
import { listed } from '../../core/text/prose.js';
import { SET_SOURCE, type Span } from '../../core/text/source.js';
import { join, type MapEntry, type MapNode } from '../tree.js';
import { takesPeriods, type FieldPosition } from './fieldPositions.js';

/** A map before and after a layer. */
interface Change {
  readonly before: ReadonlyMap<string, MapEntry> | undefined;
  readonly above: MapNode;
  readonly after: Map<string, MapEntry>;
  readonly position: FieldPosition;
  /** Whether the layer is one assignment of the command line. */
  readonly isSet: boolean;
}

/**
 * A value holds from its key until the next one, and of two keys that begin together the narrower applies:
 * a year over the parent's quarters would change nothing. A key that the parent has too may be changed: its
 * narrower keys were written beside it. So may a key that another assignment of the command line has narrowed.
 */
export function checkNarrowerKeys(
  { before, above, after, position, isSet }: Change,
  fail: (code: DiagnosticCode, span: Span, problem: Problem, related?: Related) => void,
): void {
  if (!before || !takesPeriods(position)) return;
  const isKept = ([one, { key }]: readonly [string, MapEntry]) =>
    after.has(one) && !above.entries.has(one) && key.source.name !== SET_SOURCE;
  const kept = [...before].filter(isKept).map(([one]) => one);
  for (const [wide, { key }] of above.entries) {
    if (before.has(wide) || !after.has(wide)) continue;
    const narrower = kept.filter((one) => isInside(one, wide));
    const first = narrower.find((one) => beginTogether(one, wide));
    if (first === undefined) continue;
    after.delete(wide);
    const related = { span: before.get(first)!.key, message: `the parent gives ${first} here` };
    fail('keys-conflict', key, problemOf(wide, narrower, position.path, isSet), related);
  }
}

function problemOf(
  wide: string,
  narrower: readonly string[],
  path: string,
  isSet: boolean,
): Problem {
  const [first] = narrower;
  const all = listed(narrower, 'and');
  const removal = isSet
    ? `--set '${join(path, first!)}=remove'`
    : `write \`${first!}: remove\` beside it`;
  const isOne = narrower.length === 1;
  return {
    message: `\`${join(path, wide)}\` has no effect: the parent gives ${all}`,
    expected:
      'keys as narrow as those of the parent: where two begin together, the narrower applies',
    hint: `${isSet ? 'before it, ' : ''}give ${all}, or ${removal}${isOne ? '' : ', and so for the others'}`,
  };
}

/** Whether a period is a part of another: a quarter or a month of the year. */
function isInside(key: string, wide: string): boolean {
  const [inner, outer] = [monthsOfKey(key), monthsOfKey(wide)];
  return (
    inner !== undefined &&
    outer !== undefined &&
    key !== wide &&
    outer.start <= inner.start &&
    inner.end <= outer.end
  );
}

function beginTogether(key: string, wide: string): boolean {
  return monthsOfKey(key)?.start === monthsOfKey(wide)?.start;
}

/** In which month the fiscal year ends makes no difference here: all keys are of one calendar. */
function monthsOfKey(key: string): Months | undefined {
  const period = readPeriodKey(key);
  return period && monthsOf(period, { endMonth: 12, unit: 'month' });
}
