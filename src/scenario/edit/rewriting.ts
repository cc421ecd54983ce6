/** A number of a scenario that is to be another one. */
import type { Span } from '../../core/text/source.js';
import type { Located } from '../../model/field.js';
import type { Input } from '../../model/input.js';

/** A number of an input, and the literal that is to take its place. */
export interface Rewriting {
  readonly input: Input;
  readonly of: 'value' | 'low' | 'high';
  readonly literal: string;
  /** Where it was asked for. */
  readonly asked: Span;
}

/** What stands in a file, as `--set` finds it. */
export type Place = Pick<Located<unknown>, 'path' | 'text' | 'span'>;

export function placeOf({ input, of }: Pick<Rewriting, 'input' | 'of'>): Place {
  return of === 'value' ? input : input.attributes[of]!;
}
