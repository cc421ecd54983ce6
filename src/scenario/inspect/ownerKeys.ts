/** The keys of a block that say whose figures they are: names of suppliers and currencies, and how rates are quoted. */
import { yamlText } from '../../core/outline.js';
import { currencyNamed } from '../../core/number/suggestions.js';
import { homeOf, pairIn, pairsApart } from '../tables/currencyPairs.js';
import { isTotal } from './columnFacts.js';
import type { PlainTable } from './tableLayout.js';
import { currencyIn, type TableReading } from './tableReading.js';

/** A key of the block. */
export interface BlockKey {
  readonly key: string;
  /** As YAML. */
  readonly text: string;
  /** What is not certain, with its possible answers. */
  readonly question?: string;
}

/** Our names of suppliers and of pairs of currencies; a name that is ours already needs none. */
export function namesKey({ use, owner, across, conditions }: TableReading): BlockKey | undefined {
  if (use === 'rates' && (across?.holds === 'currency' || owner)) {
    const theirs = across?.names ?? owner!.values;
    const odd = pairsApart(theirs);
    const home = homeOf(theirs.flatMap((name) => pairIn(name) ?? []));
    const pairs = theirs.flatMap((name) => {
      const isOwn = currencyNamed(name) !== undefined || odd.includes(name);
      const code = isOwn ? undefined : currencyIn(name, home);
      return code === undefined ? [] : [`${code}: ${yamlText(name)}`];
    });
    return pairs.length > 0 ? { key: 'names', text: `{ ${pairs.join(', ')} }` } : undefined;
  }
  const theirs = across?.holds === 'supplier' ? across.names : (owner?.values ?? []);
  if (use !== 'shares' || (owner && conditions.includes(owner))) return undefined;
  const names = idsOf(theirs.filter((text) => !isTotal(text)));
  if (across?.holds !== 'supplier' && names.every(([id, text]) => id === text)) return undefined;
  return {
    key: 'names',
    text: `{ ${names.map(([id, text]) => `${id}: ${yamlText(text)}`).join(', ')} }`,
    question: 'what does your scenario call them?',
  };
}

/** A different name of a scenario for each of somebody's names: of `A&B` and `A B` the second is `a-b-2`. */
function idsOf(texts: readonly string[]): readonly (readonly [id: string, text: string])[] {
  const used = new Set<string>();
  const counts = new Map<string, number>();
  return texts.map((text) => {
    const plain = idOf(text);
    let [id, count] = [plain, counts.get(plain) ?? 1];
    while (used.has(id)) id = `${plain}-${++count}`;
    counts.set(plain, count);
    used.add(id);
    return [id, text] as const;
  });
}

/** A name of a scenario for somebody's name: `Zhongji Innolight` is `zhongji-innolight`. */
function idOf(text: string): string {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const id = words.join('-');
  return /^\p{L}/u.test(id) ? id : `s-${id}`;
}

/** How rates are quoted, as far as the table says it. */
export function directionKey(
  { header, titles }: PlainTable,
  { owner, across, quantity }: TableReading,
): BlockKey {
  const words = [...titles, ...header.map(({ text }) => text)].join(' ');
  const theirs = across?.names ?? owner?.values ?? header.map(({ text }) => text);
  const pairs = theirs.flatMap((text) => pairIn(text) ?? []);
  const own = homeOf(pairs);
  if (2 * pairs.filter(({ first }) => first === own).length > Math.max(pairs.length, 1)) {
    const { text, isTold } = pairs.find(({ first }) => first === own)!;
    const question = isTold
      ? `the table says ${text}: is it so for all?`
      : `\`${text}\` has ${own} first: foreign per ${own} | ${own} per foreign`;
    return { key: 'direction', text: `foreign per ${own}`, question };
  }
  const told = pairs.find(({ isTold }) => isTold);
  if (told) {
    const question = `the table says ${told.text}: is it so for all?`;
    return { key: 'direction', text: `${told.second} per foreign`, question };
  }
  const [units, ...more] = quantity?.values ?? [];
  if (units !== undefined && units !== '1' && more.length === 0) {
    const question = `\`${quantity!.name}\` says ${units}: ${own} per ${units} foreign | ${own} per foreign`;
    return { key: 'direction', text: `${own} per ${units} foreign`, question };
  }
  if (/中行折算价|现汇买入价|现汇卖出价/u.test(words)) {
    const question = 'the Bank of China quotes for 100: CNY per 100 foreign | CNY per foreign';
    return { key: 'direction', text: 'CNY per 100 foreign', question };
  }
  // The rates of a title such as 人民币/100外币.
  if (/100\s*(?:外币|外幣|foreign|units)/iu.test(words)) {
    const question = 'the table says 100: CNY per 100 foreign | CNY per foreign';
    return { key: 'direction', text: 'CNY per 100 foreign', question };
  }
  if (/\bper (?:CNY|RMB|yuan|renminbi)\b/iu.test(words)) {
    const question = 'the table says so: foreign per CNY | CNY per foreign';
    return { key: 'direction', text: 'foreign per CNY', question };
  }
  const [, over, under] = /\b([A-Z]{3}) per ([A-Z]{3})\b/u.exec(words) ?? [];
  const key = 'direction';
  const home = over ?? own;
  return under === undefined
    ? {
        key,
        text: `${own} per foreign`,
        question: `how are the rates quoted? ${own} per foreign | foreign per ${own} | ${own} per 100 foreign`,
      }
    : {
        key,
        text: `${home} per foreign`,
        question: `the table says ${home} per ${under}: is it so for all?`,
      };
}

/** The currency of a table of rates that has those of one alone: the foreign one that it names, else the dollar. */
export function onlyCurrency(
  { titles, header }: PlainTable,
  { use, across, owner }: TableReading,
): string | undefined {
  if (use !== 'rates' || owner || across?.holds === 'currency') return undefined;
  const words = [...header.map(({ text }) => text), ...titles].flatMap(
    (text) => text.match(/\b[A-Z]{3}\/?[A-Z]{3}\b|\b[A-Z]{3}\b/gu) ?? [],
  );
  const codes = words.flatMap((word) => currencyIn(word) ?? []);
  return codes.find((code) => code !== 'CNY') ?? 'USD';
}
