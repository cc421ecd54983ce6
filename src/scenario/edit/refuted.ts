/** Evidence that other numbers contradict, and what else says that the old ones came from there. */
import { agrees, isEnd } from '../checks/claimChecks.js';
import { type Place, type Rewriting } from './rewriting.js';
import type { Scenario } from '../scenario.js';

/**
 * The attributes that are wrong once numbers have changed: evidence whose claim says otherwise, and
 * with it the name and the day of a rate, which were that claim's. An assumption is the author's own
 * word, and stays; so does evidence whose claim says the new number, too.
 */
export function refuted(
  { ledger }: Pick<Scenario, 'ledger'>,
  rewritings: readonly Rewriting[],
): readonly Place[] {
  const found = rewritings.flatMap((one): readonly (Place | undefined)[] => {
    const { input, of, literal } = one;
    const { evidence, range_evidence, name, date } = input.attributes;
    const pin = of === 'value' ? evidence : range_evidence;
    const claim = pin && ledger.claims.get(pin.value);
    const reading = input.kind.read(literal);
    if (!claim || 'refusal' in reading) return [];
    const { value } = reading;
    if (of !== 'value') return isEnd(input.kind, value, of, claim) ? [] : [pin];
    return agrees({ ...input, ...value }, claim) ? [] : [pin, name, date];
  });
  return [...new Set(found.filter((one) => one !== undefined))];
}
