/**
 * Random damage to the text of a file: to its characters, lines and words, and to what they mean. Keys are lost,
 * doubled and exchanged; values become other values that the grammar of scenario files knows, or nearly knows.
 */
import fc from 'fast-check';
import { isCollection, isMap, isPair, isScalar, parseDocument, visit, type Document } from 'yaml';

/** A damage: what a text becomes. */
type Damage = (text: string) => string;

/** Any place, each with an equal chance: fast-check prefers small numbers, so damage would gather at the beginning. */
const place = fc.noBias(fc.nat(999_999));
const at = (part: number, length: number) => Math.floor((part / 1_000_000) * length);

/** Characters that mean something in YAML, in literals, or nowhere. */
const SIGNS = Array.from(' \n\t:,{}[]#&*!|>%@`"\'-?=<~\\019.e+_/xkbnQMFY％亿\u0007').concat(
  '\ud800',
);

const character = fc
  .tuple(place, fc.nat(3), fc.constantFrom('', ...SIGNS))
  .map(([part, length, sign]): Damage => (text) => {
    const from = at(part, text.length);
    return text.slice(0, from) + sign + text.slice(from + length);
  });

/** Lines, words: one deleted, doubled, or changed with another one. */
const pieces = (split: RegExp) =>
  fc
    .tuple(place, place, fc.constantFrom('delete', 'double', 'swap'))
    .map(([one, other, act]): Damage => (text) => {
      const all = text.split(split);
      const [i, j] = [at(one, all.length), at(other, all.length)];
      if (act === 'swap') [all[i], all[j]] = [all[j]!, all[i]!];
      else all[i] = act === 'delete' ? '' : all[i]! + all[i]!;
      return all.join('');
    });

/** One to four damages of a text, whatever its format. */
export const damaged = (original: string) =>
  fc
    .array(
      fc.oneof(
        character,
        character,
        pieces(/(?<=\n)/),
        pieces(/(?<=\s)(?=\S)|(?<=\S)(?=[\s,:}\]])/),
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((damages) => damages.reduce((text, one) => one(text), original));

/** Values that some field takes, and some that none takes. */
const VALUES = [
  ...[
    '0',
    '-1',
    '1',
    '1/3',
    '7/0',
    '100%',
    '-5%',
    '0%',
    '33.3%',
    '1e400',
    '0.1e-300',
    '9'.repeat(60),
  ],
  ...[
    '380bn CNY',
    '1 JPY',
    '0 USD',
    '-3bn CNY',
    '5 XXX',
    '3,5bn CNY',
    '1,000,000 CNY',
    '3800亿元',
    'CNY',
  ],
  ...[
    'rest',
    'even',
    'budget',
    'volume',
    'scale',
    'year',
    'quarter',
    'month',
    'keep-envelope',
    'supplier',
  ],
  ...[
    'FY2026',
    'FY2026Q1',
    'FY2026M13',
    'FY0001',
    'FY9999Q4',
    '2026-03-31',
    '2026-02-30',
    '1900-02-29',
  ],
  ...[
    '',
    'null',
    'true',
    '.inf',
    '٣',
    '３',
    '１０％',
    'a.b',
    '..',
    '__proto__',
    'constructor',
    'toString',
  ],
  ...[
    'rates/filings-convenience.csv',
    'actuals/alibaba-capex.csv',
    '../outside.csv',
    'evidence/later.yaml',
  ],
];

const KEYS = [
  ...[
    'value',
    'low',
    'high',
    'name',
    'date',
    'share',
    'price',
    'part',
    'suppliers',
    'components',
    'bill',
  ],
  ...[
    'of',
    'split',
    'blend',
    'file',
    'unit',
    'at',
    'erosion',
    'lag',
    'pricing',
    'content',
    'pass_through',
  ],
  ...[
    'base',
    'path',
    'closure',
    'growth',
    'per',
    'years',
    'weights',
    'periods',
    'attributable',
    'evidence',
  ],
  ...[
    'assumption',
    'was',
    'extends',
    'adds',
    'checks',
    'simulation',
    'FY2026',
    'FY2026Q1',
    'USD',
    'servers',
  ],
];

/** A change of a YAML document; two places in it, and a word, decide what it does. */
type Change = (document: Document, one: number, other: number, word: number) => void;

const CHANGES: readonly Change[] = [
  // Another value, of the grammar or of elsewhere in the file.
  (document, one, _, word) => {
    const scalar = nth(scalarsOf(document), one);
    if (scalar) scalar.value = VALUES[word % VALUES.length];
  },
  (document, one, other) => {
    const scalars = scalarsOf(document);
    const [to, from] = [nth(scalars, one), nth(scalars, other)];
    if (to && from) to.value = from.value;
  },
  // A key is lost, has another name, or moves to another map with all that is below it.
  (document, one, other) => {
    const map = nth(mapsOf(document), one);
    map?.items.splice(at(other, map.items.length), 1);
  },
  (document, one, other, word) => {
    const pair = nth(nth(mapsOf(document), one)?.items ?? [], other);
    if (pair) pair.key = document.createNode(KEYS[word % KEYS.length]);
  },
  (document, one, other) => {
    const maps = mapsOf(document);
    const [from, to] = [nth(maps, one), nth(maps, other)];
    const pair = from?.items.at(-1);
    if (pair && to && to !== from)
      to.items.push(document.createPair(String(pair.key), clone(pair.value)));
  },
  // A value becomes a map or a list of itself.
  (document, one, _, word) => {
    const pair = nth(nth(mapsOf(document), one)?.items ?? [], word * 7919);
    const key = KEYS[word % KEYS.length]!;
    if (pair)
      pair.value = document.createNode(
        word % 2 === 0 ? { [key]: clone(pair.value) } : [clone(pair.value)],
      );
  },
];

function nth<T>(list: readonly T[], part: number): T | undefined {
  return list[at(part % 1_000_000, list.length)];
}

function scalarsOf(document: Document) {
  const found: { value: unknown }[] = [];
  visit(document, {
    Scalar: (key, node) => {
      if (key !== 'key') found.push(node);
    },
  });
  return found;
}

function mapsOf(document: Document) {
  const found: { items: { key: unknown; value: unknown }[] }[] = [];
  visit(document, {
    Map: (_, node) => {
      found.push(node);
    },
  });
  return found;
}

function clone(value: unknown): unknown {
  return isCollection(value) || isScalar(value) || isPair(value) || isMap(value)
    ? (value as { clone: () => unknown }).clone()
    : value;
}

/** One to three changes of what a YAML file says; the text is YAML again. */
export const changedYaml = (original: string) => {
  const change = fc.tuple(fc.nat(CHANGES.length - 1), place, place, fc.nat(9_999));
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    const document = parseDocument(original, { schema: 'failsafe' }) as Document;
    for (const [kind, one, other, word] of changes) CHANGES[kind]!(document, one, other, word);
    return document.toString({ nullStr: '' });
  });
};
