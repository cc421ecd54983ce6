/** A derivation as a tree for people: formulas with their numbers, and the evidence for each input. */
import type { Outline, OutlineLine } from '../../core/outline.js';
import { SET_SOURCE } from '../../core/text/source.js';
import type { SplitSentence } from '../../plan/steps/sentence.js';
import type { Derivation, InputOrigin, OriginClaim } from '../../projection/explain/derivation.js';

export function outlineOf(root: Derivation): Outline {
  return outline(root, referredTo(root));
}

/** The numbers of the steps that occur more than once. */
function referredTo({ number, cut, from }: Derivation): ReadonlySet<number> {
  const own = cut === 'above' ? [number] : [];
  return new Set([...own, ...from.flatMap((one) => [...referredTo(one)])]);
}

function outline(step: Derivation, referred: ReadonlySet<number>): Outline {
  const { number, name, said, about, unit, cut, from } = step;
  const value = [said, unit].filter((word) => word !== '').join(' ');
  const near = about === undefined ? '' : `, about ${about}`;
  const equation = `${name === '' ? '' : `${name} = `}${value}${near}`;
  if (cut === 'above') {
    return { head: `${equation}, see [${number}]`, lines: [], rows: [], branches: [] };
  }
  return {
    head: referred.has(number) ? `[${number}] ${equation}` : equation,
    lines: [...formulaLine(step), ...originLines(step)],
    rows: step.split ? splitRows(step.split) : [],
    branches: from.map((one) => outline(one, referred)),
  };
}

function formulaLine({ formula, said, origin, cut }: Derivation): OutlineLine[] {
  const isText = origin !== undefined && origin.text === formula;
  const more = cut === 'depth' ? ' …' : '';
  if (isText || formula === said) return [];
  return [{ kind: 'formula', text: `= ${formula}${more}` }];
}

function originLines({ origin, name, said }: Derivation): OutlineLine[] {
  if (!origin) return [];
  const path = origin.path === name ? [] : [origin.path];
  const words = [placeOf(origin, said), ...path].join(', ');
  return [
    { kind: 'place', text: words },
    ...reasonsOf(origin).map((text): OutlineLine => ({ kind: 'reason', text })),
  ];
}

function placeOf({ text, source, line, column }: InputOrigin, said: string): string {
  if (source.startsWith(`${SET_SOURCE} `)) return source;
  const place = `${source}:${line}:${column}`;
  return text === said ? place : `${text} at ${place}`;
}

function reasonsOf(origin: InputOrigin): readonly string[] {
  const { low, high, range_evidence, name, date, evidence, assumption, note } = origin;
  const ends = [low && `low ${low}`, high && `high ${high}`].filter((end) => end !== undefined);
  const range = ends.join(', ') + (range_evidence === undefined ? '' : ` (${range_evidence})`);
  const reason = [
    [name, date].filter((word) => word !== undefined).join(' of '),
    range,
    evidence && claimOf(evidence, origin.claim),
    assumption && `assumption: ${assumption}`,
    note && `note: ${note}`,
  ];
  const said = reason.filter((words) => words !== undefined && words !== '');
  const isGuess = evidence === undefined && assumption === undefined && origin.text !== 'rest';
  return [...(said as string[]), ...(isGuess ? ['no evidence or assumption given'] : [])];
}

/** `the company (guided): …, 2025-02-24; claim plan-380bn` */
function claimOf(id: string, claim: OriginClaim | undefined): string {
  if (!claim) return `claim ${id}`;
  const { basis, whose, title, date, where } = claim;
  const place = [title, where, date].filter((words) => words !== undefined).join(', ');
  return `${whose} (${basis}): ${place}; claim ${id}`;
}

/** A row for each part of an allocation: weight, rounded down, remainder, and the unit added. */
function splitRows({ parts, left, quantum }: SplitSentence): readonly (readonly string[])[] {
  const head = [`left over ${left}`, 'weight', 'rounded down', 'remainder', ''];
  const rows = parts.map(({ key, weight, down, remainder, more }) => [
    key,
    weight,
    down,
    remainder,
    more ? `+ ${quantum}` : '',
  ]);
  return [head, ...rows];
}
