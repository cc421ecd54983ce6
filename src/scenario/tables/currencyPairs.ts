/** Pairs of currencies, by which tables of exchange rates name their columns and rows. */
import { currencyNamed } from '../../core/number/suggestions.js';
import type { Problem } from '../../core/text/diagnostic.js';
import { FOREIGN, type Direction } from '../../model/tableReference.js';

/** A pair such as `USD/CNY`, `100JPY/CNY` or `CNY per 100 JPY`, of which the first is what the rate is for. */
export interface CurrencyPair {
  readonly text: string;
  /** Whether it says so: by `per`, where `USD/CNY` may be meant either way. */
  readonly isTold: boolean;
  readonly first: string;
  readonly second: string;
  /** For how many units of the first currency; 1 unless the name says it. */
  readonly count: bigint;
}

const PAIR = /^(10|100|1000)?\s*([A-Z]{3})\s*(?:\/|-|:| to |)\s*([A-Z]{3})$/iu;
const TOLD = /^([A-Z]{3}) per (?:(1|10|100|1000) ?)?([A-Z]{3})$/iu;

/** The pair that a name is; nothing if it is none. */
export function pairIn(text: string): CurrencyPair | undefined {
  const plain = text.normalize('NFKC').trim();
  const [, over, countTold, under] = TOLD.exec(plain) ?? [];
  const isTold = under !== undefined;
  const [, count, ...codes] = isTold ? [plain, countTold, under, over!] : (PAIR.exec(plain) ?? []);
  const [first, second] = codes.map((code) => currencyNamed(code!.toUpperCase()));
  if (first === undefined || second === undefined || first === second) return undefined;
  return { text, isTold, first, second, count: BigInt(count ?? 1) };
}

const COUNTED = /^(?:(?:10|100|1000)\s*(\D.*)|(.+?)\s*[(（](?:10|100|1000)[)）])$/u;

/** Whether a name is that of a currency for several units: `100 JPY`, `JPY(100)`, 100日元. */
export function isForSeveral(text: string): boolean {
  const [, behind, before] = COUNTED.exec(text.normalize('NFKC').trim()) ?? [];
  const code = behind ?? before;
  return code !== undefined && currencyNamed(code) !== undefined;
}

/**
 * Why one direction is not true for all pairs: some have their currency first and others second, or
 * their names say for how many units they are, and the direction says another number.
 *
 * @param pairs each with the code that stands for its foreign currency
 */
export function pairProblem(
  pairs: readonly (readonly [code: string, pair: CurrencyPair])[],
  { over, count, under }: Direction,
): Problem | undefined {
  const [one] = pairs;
  const foreign = pairs.find(([code, { first, second }]) => {
    const ours = [over, under]
      .map((name) => currencyNamed(name) ?? name)
      .filter((name) => name !== FOREIGN && name !== code);
    return ours.length === 1 && ours[0] !== (first === code ? second : first);
  });
  if (foreign) {
    return {
      message: `\`${foreign[1].text}\` is no rate of ${over === FOREIGN || over === foreign[0] ? under : over}`,
      hint: 'leave it out of `names`, or correct `direction`',
    };
  }
  const against = pairs.find(([, pair]) => pair.isTold && !agrees(pair, { over, under }));
  if (against) {
    const { text, second } = against[1];
    return {
      message: `\`${text}\` is not \`${over} per ${under}\`, as \`direction\` says`,
      hint: `write direction: ${second} per ${FOREIGN}`,
    };
  }
  const other = pairs.find(([code, pair]) => isFirst(code, pair) !== isFirst(one![0], one![1]));
  if (one && other) {
    return {
      message: `\`${one[1].text}\` and \`${other[1].text}\` are quoted in opposite ways, and \`direction\` is one for all`,
      hint: ownTable(other[0]),
    };
  }
  const odd = pairs.find(([, pair]) => (pair.isTold || pair.count !== 1n) && pair.count !== count);
  const units = (number: bigint) => (number === 1n ? 'one unit' : `${number} units`);
  return (
    odd && {
      message: `\`${odd[1].text}\` is for ${units(odd[1].count)}, and \`direction\` is for ${units(count)}`,
      hint: ownTable(odd[0]),
    }
  );
}

/** Whether a pair that says how it is quoted is quoted as a direction says. */
function agrees(
  { first, second }: CurrencyPair,
  { over, under }: Pick<Direction, 'over' | 'under'>,
): boolean {
  const codeOf = (name: string) => currencyNamed(name) ?? name;
  return over === FOREIGN ? codeOf(under) === first : codeOf(over) === second;
}

export function isFirst(code: string, { first }: CurrencyPair): boolean {
  return first === code;
}

function ownTable(code: string): string {
  return `write \`path\` by currency, ${code} too with a \`file\` and a \`direction\` of its own: { ${code}: { file: … } }`;
}

/** The currency in which most pairs are quoted: the yuan where several are. */
export function homeOf(pairs: readonly CurrencyPair[]): string {
  const count = (code: string) =>
    pairs.filter(({ first, second }) => first === code || second === code).length;
  const codes = new Set(['CNY', ...pairs.flatMap(({ first, second }) => [second, first])]);
  return [...codes].reduce((best, code) => (count(code) > count(best) ? code : best));
}

/** The pairs that one direction does not fit: not quoted as most are, or for several units. */
export function pairsApart(names: readonly string[]): readonly string[] {
  const pairs = names.flatMap((name) => pairIn(name) ?? []);
  const home = homeOf(pairs);
  const isHomeFirst = ({ first }: CurrencyPair) => first === home;
  const isMost = 2 * pairs.filter(isHomeFirst).length > pairs.length;
  return pairs
    .filter(({ first, second, count }) => {
      const isHome = isMost ? first === home : second === home;
      return !isHome || count !== 1n;
    })
    .map(({ text }) => text);
}
