/** Evidence: claims of sources, each with its place, its day and its author. */
import * as z from 'zod';
import { compare } from '../core/number/fraction.js';
import { date, type CalendarDate } from '../core/number/literal.js';
import type { PeriodUnit } from '../core/period.js';
import { nearest, type NodePart, type Reporter } from '../core/text/diagnostic.js';
import type { Span } from '../core/text/source.js';
import {
  choiceField,
  literalField,
  listField,
  mapField,
  nameField,
  nameKey,
  recordField,
  textField,
  type Located,
} from './field.js';
import { FIGURE, type Quantity } from './inputKind.js';

/** The basis of a claim, the most reliable first. */
const BASES = ['reported', 'guided', 'broker', 'derived'] as const;
/** The basis of a claim. */
export type Basis = (typeof BASES)[number];

/**
 * How well a number is known, the best first: reported, guided by the company, estimated by a broker,
 * derived from claims, assumed, or without evidence or reason.
 */
export const GRADES = [...BASES, 'assumption', 'none'] as const;
/** How well a number is known. */
export type Grade = (typeof GRADES)[number];

/** A source of claims: a document of one publisher and one day. */
export const sourceField = recordField({
  title: textField('What the document is.'),
  publisher: textField('Who published it.'),
  date: literalField(date, 'The day on which it was published, or the latest that it can be.'),
  kind: choiceField(
    ['filing', 'company', 'broker', 'news', 'own'],
    'A filing or official figure, the company speaking, a broker, the press, or our own arithmetic.',
  ),
  file: textField('The file that holds it.').optional(),
  note: textField('A remark.').optional(),
}).meta({ id: 'source', description: 'A document that claims come from.' });

const figureField = literalField(FIGURE, 'The figure, as the source has it.');

/** A single figure is a range of one. */
const saysField = z
  .union([
    figureField.transform((figure) => ({ low: figure, high: figure })),
    recordField({ low: figureField, high: figureField }).meta({
      description: 'A range of figures.',
    }),
  ])
  .meta({ description: 'The figure, or the range from `low` to `high`.' });

/** One entry of `claims` in a ledger. */
export const claimField = recordField({
  source: nameField('the id of a source', 'The source that makes the claim.'),
  about: nameField(
    'the name of a subject',
    'The subject: claims about the same one stand together.',
  ),
  of: textField(
    'What of a forecast it is to be held against: `capex`, or the part of the component of that path.',
  ).optional(),
  per: choiceField(
    ['month', 'quarter', 'year'],
    'Of `capex`: how long it is for. A year bounds each year, a shorter time is a run-rate.',
  ).optional(),
  says: saysField.optional(),
  words: textField('What it says where that is no figure, in our words.').optional(),
  basis: choiceField(BASES, 'How it comes to be known: reported, guided, a broker’s, or derived.'),
  whose: textField('Whose claim it is, where that is not the publisher of the source.').optional(),
  where: textField('The place in the source.').optional(),
  also: mapField(
    nameKey,
    textField('The place in that source.'),
    'Further sources that say the same, each with its place.',
  ).optional(),
  note: textField('A remark: what it covers, and why it is believed or not.').optional(),
}).meta({ id: 'claim', description: 'What a source says of a subject.' });

/** The fields of an evidence ledger. */
export const ledgerFields = {
  sources: mapField(nameKey, sourceField, 'Documents, by id.'),
  claims: mapField(nameKey, claimField, 'What they say, by id.'),
};

/** What a scenario says of its evidence. */
export const evidenceField = z
  .union([
    listField(
      textField('The path of an evidence ledger.'),
      'a list of paths',
      'The paths of ledgers, relative to this file.',
    ),
    recordField(ledgerFields).meta({ description: 'One ledger, written into the scenario.' }),
  ])
  .meta({ description: 'Ledgers of sources and claims: their paths, or one ledger itself.' });

/** The evidence of a scenario as it is written: paths of ledgers, or a ledger. */
export type EvidenceText = z.output<typeof evidenceField>;
/** A source as it is written. */
export type EvidenceSourceText = z.output<typeof sourceField>;
/** A claim as it is written. */
export type ClaimText = z.output<typeof claimField>;

/** A document that claims come from. */
export interface EvidenceSource {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly date: CalendarDate;
  readonly file: string | undefined;
}

/** A statement of a source on a subject: a figure or a range (`says`), else `words`. */
export interface Claim {
  readonly id: string;
  readonly source: EvidenceSource;
  readonly about: string;
  /** The number of a forecast to compare it with: `capex`, or the path of a component. */
  readonly of: string | undefined;
  /** The length of time that it is for. */
  readonly per: PeriodUnit | undefined;
  readonly says: Says | undefined;
  readonly words: string | undefined;
  readonly basis: Basis;
  /** Author of the claim. */
  readonly whose: string;
  /** All sources that make the claim, its own first. */
  readonly places: readonly ClaimPlace[];
  readonly note: string | undefined;
  /** Of its figure, or of its words, in the ledger. */
  readonly span: Span;
}

/** The figure of a claim; `low` and `high` are the same object where it is no range. */
export interface Says {
  readonly low: Located<Quantity>;
  readonly high: Located<Quantity>;
}

/** A place in a source. */
export interface ClaimPlace {
  readonly source: EvidenceSource;
  /** A page, a section. */
  readonly where: string | undefined;
}

/** The claims of all ledgers of a scenario. */
export interface Ledger {
  /** By id; a claim that could not be read is there without a value. */
  readonly claims: ReadonlyMap<string, Claim | undefined>;
  /** Whether there are ledgers, and all of them could be read. */
  readonly isWhole: boolean;
}

/** A scenario without ledgers. */
export const NO_LEDGER: Ledger = { claims: new Map(), isWhole: false };

/** A source with its id. */
export function sourceOf(id: string, text: EvidenceSourceText): EvidenceSource {
  const { title, publisher, date, file } = text;
  const plain = { title: title.value, publisher: publisher.value, date: date.value };
  return { id, ...plain, file: file?.value };
}

/**
 * A claim with its sources; nothing where something is wrong with it.
 *
 * @param sources by id; a source that could not be read is there without a value
 * @param at the path of the claim in its file
 */
export function claimOf(
  id: string,
  text: ClaimText,
  sources: ReadonlyMap<string, EvidenceSource | undefined>,
  report: Reporter,
  at: string,
): Claim | undefined {
  const places = placesOf(text, at, sources, report);
  if (!hasFigureOrWords(text, at, report) || !places) return undefined;
  const { about, of, per, says, words, basis, whose, note, source } = text;
  return {
    id,
    source: places[0]!.source,
    about: about.value,
    ...{ of: of?.value, per: per?.value },
    ...{ says, words: words?.value, basis: basis.value, note: note?.value, places },
    whose: whose?.value ?? places[0]!.source.publisher,
    span: (says?.low ?? words ?? source).span,
  };
}

function placesOf(
  { source, where, also = new Map() }: ClaimText,
  at: string,
  sources: ReadonlyMap<string, EvidenceSource | undefined>,
  report: Reporter,
): readonly ClaimPlace[] | undefined {
  const placeOf = (key: string, path: string, part: NodePart, where: string | undefined) => {
    if (!sources.has(key)) reportUnknown('source', key, sources.keys(), path, report, part);
    const found = sources.get(key);
    return found && { source: found, where };
  };
  const places = [
    placeOf(source.value, source.path, 'value', where?.value),
    ...[...also].map(([key, place]) => placeOf(key, `${at}.also.${key}`, 'key', place.value)),
  ];
  return places.every((place) => place !== undefined) ? places : undefined;
}

/** Whether a claim has either a figure or words, and a range is in order and of one currency. */
function hasFigureOrWords({ says, words }: ClaimText, path: string, report: Reporter): boolean {
  if (!says === !words) {
    const message = words
      ? 'the claim has a figure and words'
      : 'the claim has neither a figure nor words';
    const hint = words
      ? 'move the words to `note`, or delete them'
      : 'add `says` with its figure, or `words` where it has none';
    report.error(words ? 'keys-conflict' : 'key-missing', words?.path ?? path, { message, hint });
    return false;
  }
  if (!says) return true;
  const [low, high] = [says.low.value, says.high.value];
  if (low.currency?.code !== high.currency?.code) {
    const message = `\`${says.high.text}\` is not in the currency of \`${says.low.text}\``;
    report.error('currency-mismatch', says.high.path, { message, hint: 'use one currency' });
    return false;
  }
  if (compare(low.value, high.value) <= 0) return true;
  const message = `\`low\` is above \`high\``;
  report.error('range-order', says.low.path, { message, hint: 'swap `low` and `high`' });
  return false;
}

/** The figure or the words of a claim, in one line. */
export function wordsOf({ says, words = '' }: Pick<Claim, 'says' | 'words'>): string {
  if (!says) return words;
  const { low, high } = says;
  return low === high ? low.text : `${low.text} to ${high.text}`;
}

/** One error for a claim, or a source, that no ledger has. */
export function reportUnknown(
  noun: 'claim' | 'source',
  id: string,
  known: Iterable<string>,
  path: string,
  report: Reporter,
  part?: NodePart,
): void {
  const meant = nearest(id, known);
  const problem = {
    message: `no ledger has a ${noun} \`${id}\``,
    hint: meant === undefined ? `add it to a ledger, under \`${noun}s\`` : `write \`${meant}\``,
  };
  report.error('name-unknown', path, problem, part);
}

/** The worst of some grades; the best grade for none. */
export function weakest(grades: Iterable<Grade>): Grade {
  let worst = 0;
  for (const grade of grades) worst = Math.max(worst, GRADES.indexOf(grade));
  return GRADES[worst]!;
}
