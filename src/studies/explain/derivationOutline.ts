/** A derivation as a tree for people: formulas with their numbers, and the evidence for each input. */
import type { Outline, OutlineLine } from '../../core/outline.js';
import { sayIn, type Language, type Say, type Word } from '../../core/text/language.js';
import { SET_SOURCE } from '../../core/text/source.js';
import { UNASSIGNED } from '../../model/supplier.js';
import type { SplitSentence } from '../../plan/steps/sentence.js';
import type { Derivation, InputOrigin, OriginClaim } from '../../projection/explain/derivation.js';

export function outlineOf(root: Derivation, language?: Language): Outline {
  return outline(root, referredTo(root), sayIn(language));
}

/** The numbers of the steps that occur more than once. */
function referredTo({ number, cut, from }: Derivation): ReadonlySet<number> {
  const own = cut === 'above' ? [number] : [];
  return new Set([...own, ...from.flatMap((one) => [...referredTo(one)])]);
}

function outline(step: Derivation, referred: ReadonlySet<number>, say: Say): Outline {
  const { number, name, said, about, unit, cut, from } = step;
  const value = [said, unit].filter((word) => word !== '').join(' ');
  const shown =
    about === undefined
      ? value
      : say('{number}, about {rounded}', { number: value, rounded: about });
  const equation = `${name === '' ? '' : `${name} = `}${shown}`;
  if (cut === 'above') {
    return {
      head: say('{equation}, see [{number}]', { equation, number }),
      lines: [],
      rows: [],
      branches: [],
    };
  }
  return {
    head: referred.has(number) ? `[${number}] ${equation}` : equation,
    lines: [...formulaLine(step), ...originLines(step, say)],
    rows: step.split ? splitRows(step.split, say) : [],
    branches: from.map((one) => outline(one, referred, say)),
  };
}

function formulaLine({ formula, said, origin, cut }: Derivation): OutlineLine[] {
  const isText = origin !== undefined && origin.text === formula;
  const more = cut === 'depth' ? ' …' : '';
  if (isText || formula === said) return [];
  return [{ kind: 'formula', text: `= ${formula}${more}` }];
}

function originLines({ origin, name, said }: Derivation, say: Say): OutlineLine[] {
  if (!origin) return [];
  const path = origin.path === name ? [] : [origin.path];
  const words = [placeOf(origin, said, say), ...path].join(', ');
  return [
    { kind: 'place', text: words },
    ...reasonsOf(origin, say).map((text): OutlineLine => ({ kind: 'reason', text })),
  ];
}

function placeOf({ text, source, line, column }: InputOrigin, said: string, say: Say): string {
  if (source.startsWith(`${SET_SOURCE} `)) return source;
  const place = `${source}:${line}:${column}`;
  return text === said ? place : say('{text} at {place}', { text, place });
}

function reasonsOf(origin: InputOrigin, say: Say): readonly string[] {
  const { low, high, range_evidence, name, date, evidence, assumption, note } = origin;
  const ends = [
    low && say('low {value}', { value: low }),
    high && say('high {value}', { value: high }),
  ].filter((end) => end !== undefined);
  const range = ends.join(', ') + (range_evidence === undefined ? '' : ` (${range_evidence})`);
  const reason = [
    name !== undefined && date !== undefined
      ? say('{name} of {date}', { name, date })
      : (name ?? date),
    range,
    evidence && claimOf(evidence, origin.claim, say),
    assumption && say('assumption: {reason}', { reason: assumption }),
    note && say('note: {note}', { note }),
  ];
  const said = reason.filter((words) => words !== undefined && words !== '');
  const isGuess = evidence === undefined && assumption === undefined && origin.text !== 'rest';
  return [...(said as string[]), ...(isGuess ? [say('no evidence or assumption given')] : [])];
}

/** `the company (guided): …, 2025-02-24; claim plan-380bn` */
function claimOf(id: string, claim: OriginClaim | undefined, say: Say): string {
  if (!claim) return say('claim {id}', { id });
  const { basis, whose, title, date, where } = claim;
  const place = [title, where, date].filter((words) => words !== undefined).join(', ');
  return say('{whose} ({basis}): {place}; claim {id}', {
    ...{ whose, basis: say(basis as Word), place, id },
  });
}

/** A row for each part of an allocation: weight, rounded down, remainder, and the unit added. */
function splitRows(
  { parts, left, quantum }: SplitSentence,
  say: Say,
): readonly (readonly string[])[] {
  const words = (['weight', 'rounded down', 'remainder'] as const).map((word) => say(word));
  const head = [say('left over {left}', { left }), ...words, ''];
  const rows = parts.map(({ key, weight, down, remainder, more }) => [
    key === UNASSIGNED ? say(UNASSIGNED) : key,
    weight,
    down,
    remainder,
    more ? `+ ${quantum}` : '',
  ]);
  return [head, ...rows];
}
