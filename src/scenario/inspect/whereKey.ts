/** Which rows of somebody's table count. */
import { yamlText } from '../../core/outline.js';
import { firstOf } from '../../core/text/prose.js';
import { isNotKnown, readNumber } from '../tables/cellUnits.js';
import { pairsApart } from '../tables/currencyPairs.js';
import { isTotal, meaningOf, type ColumnFacts } from './columnFacts.js';
import type { BlockKey } from './ownerKeys.js';
import type { PlainTable } from './tableLayout.js';
import { MEANINGS_OF, currencyIn, type TableReading, type TableUse } from './tableReading.js';

export function whereKey(reading: TableReading): BlockKey | undefined {
  const { use, conditions } = reading;
  const chosen = conditions.map((one) => {
    const others = one.values.filter((text) => !isTotal(text));
    return { one, value: likelyValue(one, use), others };
  });
  const kept = [keptPeriods(reading), keptOwners(reading)].filter((one) => one !== undefined);
  const wanted = [
    ...chosen.map(({ one, value }) => `${yamlText(one.name)}: ${yamlText(value)}`),
    ...kept.map(({ name, own }) => `${yamlText(name)}: [${own.map(yamlText).join(', ')}]`),
  ];
  if (wanted.length === 0) return undefined;
  const questions = [
    ...chosen
      .filter(({ others }) => others.length > 1)
      .map(({ one, others }) => `which ${one.name}? ${firstOf(others, ' | ')}`),
    ...kept
      .filter(({ out }) => !out.every(isTotal))
      .map(({ out }) => `left out: ${firstOf(out)}; is it so?`),
  ];
  const question = questions.join('; ');
  return { key: 'where', text: `{ ${wanted.join(', ')} }`, ...(question && { question }) };
}

/** The texts of a column that count, and those that are left out. */
interface KeptTexts {
  readonly name: string;
  readonly own: readonly string[];
  readonly out: readonly string[];
}

function keptTexts({ name, values }: ColumnFacts, isOwn: (text: string) => boolean) {
  const own = values.filter(isOwn);
  const out = values.filter((text) => !isOwn(text));
  return own.length === 0 || out.length === 0 ? undefined : { name, own, out };
}

function keptPeriods({ period, counted }: TableReading): KeptTexts | undefined {
  return period && !period.behind ? keptTexts(period, (text) => counted.has(text)) : undefined;
}

/** Suppliers without their totals; currencies that are quoted in one way. */
function keptOwners({ use, owner, conditions }: TableReading): KeptTexts | undefined {
  if (!owner || conditions.includes(owner)) return undefined;
  if (use !== 'rates') return keptTexts(owner, (text) => !isTotal(text));
  const apart = new Set(pairsApart(owner.values));
  return keptTexts(owner, (text) => currencyIn(text) !== undefined && !apart.has(text));
}

/** The value of a condition that is proposed: one that is named as the figures are, else the first; leases are a part. */
export function likelyValue({ values }: ColumnFacts, use: TableUse): string {
  const own = values.filter((text) => !isTotal(text));
  // Rates of one unit are most of a table that has others too.
  if (use === 'rates' && own.includes('1')) return '1';
  const likely = own.find((text) => meaningOf(text) === MEANINGS_OF[use] && !/lease/iu.test(text));
  return likely ?? own[0] ?? values[0]!;
}

/** Whether what was spent is below zero in the rows that are proposed, as statements of cash flows have it. */
export function outflowsKey(
  { rows }: PlainTable,
  facts: readonly ColumnFacts[],
  { use, across, value, conditions, counted }: TableReading,
  decimal: '.' | ',',
): BlockKey | undefined {
  if (use !== 'actuals') return undefined;
  const columns = across ? facts.filter(({ name }) => counted.has(name)) : value ? [value] : [];
  const chosen = conditions.map((one) => ({ index: one.index, text: likelyValue(one, use) }));
  let count = 0;
  for (const row of rows) {
    if (!chosen.every(({ index, text }) => row[index]?.text === text)) continue;
    for (const { index } of columns) {
      const text = row[index]?.text ?? '';
      if (text === '' || isNotKnown(text)) continue;
      if (!/[-−(]/u.test(text) || !readNumber(text, decimal)?.digits.startsWith('-'))
        return undefined;
      count++;
    }
  }
  const question = 'are the negative amounts what was paid? If not, delete the line';
  return count > 0 ? { key: 'outflows', text: 'true', question } : undefined;
}
