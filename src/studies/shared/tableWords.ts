/** Words that tables have, in the language of the reader. */
import { CHINESE } from '../../core/text/chinese.js';
import { sayIn, type Language, type Word } from '../../core/text/language.js';
import { UNASSIGNED } from '../../model/supplier.js';
import { tailWords } from '../../projection/timeGroups.js';
import type { Scenario } from '../../scenario/scenario.js';

/**
 * A word of a table in the language of the reader: a measure, a grade, a closure or a group of time. Another text is
 * given back as it is.
 */
export function wordIn(language: Language, word: string): string {
  if (Object.hasOwn(CHINESE, word)) return sayIn(language)(word as Word);
  return tailWords(word, language);
}

/** The name of a supplier. Where a component names none, this is `unassigned`, in the language of the reader. */
export function supplierName(
  { suppliers }: Pick<Scenario, 'suppliers'>,
  key: string,
  language?: Language,
): string {
  const name = suppliers.get(key)?.name ?? key;
  return name === UNASSIGNED ? sayIn(language)(UNASSIGNED) : name;
}
