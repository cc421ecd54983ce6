/** What a person may type into the cell of an input: the bounds of its kind, and how they are said. */
import type { Say, Word } from '../../core/text/language.js';
import type { Input } from '../../model/input.js';
import {
  EROSION,
  GROWTH,
  LIFE,
  PART,
  PRICE,
  QUANTUM,
  RATE,
  SHARE,
  type InputKind,
} from '../../model/inputKind.js';
import type { Rule } from '../workbook.js';

/** A rule of numbers, with the phrase that says it. */
interface Bounds {
  readonly least: number;
  readonly most?: number;
  readonly isOpen?: true;
  readonly says: Word;
}

/** The bounds of each kind of input in the model. */
const BOUNDS: readonly (readonly [InputKind, Bounds])[] = [
  [SHARE, { least: 0, most: 1, says: 'a share, from 0% to 100%' }],
  [GROWTH, { least: -1, says: 'a growth rate, not below -100%' }],
  [EROSION, { least: -1e300, most: 1, isOpen: true, says: 'an erosion, below 100%' }],
  [PRICE, { least: 0, isOpen: true, says: 'a price, above 0' }],
  [RATE, { least: 0, isOpen: true, says: 'an exchange rate, above 0' }],
  [LIFE, { least: 1, most: 9999, says: 'a life, in whole periods from 1 on' }],
  [QUANTUM, { least: 0, isOpen: true, says: 'a quantum, above 0' }],
];
const NOT_NEGATIVE: Bounds = { least: 0, says: 'a number that is not below 0' };

/** What the model takes for an input. */
export function ruleOf(input: Input, say: Say): Rule {
  const bounds = boundsOf(input);
  return { ...bounds, says: say(bounds.says) };
}

function boundsOf({ kind, currency }: Input): Bounds {
  const known = BOUNDS.find(([one]) => one === kind)?.[1];
  if (known) return known;
  return kind === PART && !currency ? BOUNDS[0]![1] : NOT_NEGATIVE;
}
