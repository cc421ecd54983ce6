/** Conflicts: claims about one subject that disagree, side by side. */
import { groupBy } from '../../core/group.js';
import { printRounded } from '../../core/number/decimal.js';
import { divide, equal, type Fraction } from '../../core/number/fraction.js';
import { compareDates } from '../../core/period.js';
import type { Sheet, SheetRow } from '../../core/table.js';
import { sayIn, sayName, saying, type Language, type Saying } from '../../core/text/language.js';
import { wordsOf, type Claim } from '../../model/claims.js';
import { pathInPortfolio } from '../../scenario/portfolio/portfolioPaths.js';
import type { Scenario } from '../../scenario/scenario.js';

/** A subject on which claims differ. */
export interface Conflict {
  readonly about: string;
  readonly claims: readonly ConflictingClaim[];
}

/** A claim in a conflict, and how the scenario uses it. */
export interface ConflictingClaim {
  readonly claim: Claim;
  /** The inputs that it supports, by path or as `range of PATH`. */
  readonly usedBy: readonly (string | Saying)[];
  /** The exchange rate between this figure and the same source's figure in the envelope's currency. */
  readonly implied: Rate | undefined;
}

export interface Rate {
  /** `CNY per USD` */
  readonly pair: Saying;
  readonly value: Fraction;
}

/** Printed decimal places of an implied rate, rounded half-even. */
const PLACES = 6;

function printRate({ value }: Rate): string {
  return printRounded(value, PLACES);
}

/** The conflicts in the order of the ledgers, among claims known on the day of the forecast. */
export function conflictsOf(scenario: Scenario): readonly Conflict[] {
  const bySubject = groupBy(knownClaims(scenario), ({ about }) => about);
  const uses = claimUses(scenario);
  return [...bySubject].flatMap(([about, claims]): Conflict[] => {
    if (claims.every((claim) => saysTheSame(claim, claims[0]))) return [];
    return [
      {
        about,
        claims: claims.map((claim) => {
          const usedBy = uses.get(claim.id) ?? [];
          return { claim, usedBy, implied: impliedBy(claim, claims, uses, scenario) };
        }),
      },
    ];
  });
}

/** The conflicts of several scenarios; one that is in the ledgers of several is listed once, with all its uses. */
export function conflictsOfAll(scenarios: readonly Scenario[]): readonly Conflict[] {
  const keyOf = ({ about, claims }: Conflict) =>
    JSON.stringify([
      about,
      claims.map(({ claim, implied }) => [claim.id, claim.words, implied?.pair]),
    ]);
  const alike = groupBy(scenarios.flatMap(conflictsOf), keyOf);
  return Array.from(alike.values(), ([first, ...others]) => ({
    ...first,
    claims: first.claims.map((one, i) => {
      const usedBy = [one, ...others.map(({ claims }) => claims[i]!)].flatMap((own) => own.usedBy);
      return { ...one, usedBy: [...new Map(usedBy.map((use) => [english(use), use])).values()] };
    }),
  }));
}

/** The name of a use in files for programs. */
function english(use: string | Saying): string {
  return sayName(use, sayIn());
}

/** The claims dated on or before the day of the forecast. */
export function knownClaims({ ledger, asOf }: Scenario): readonly Claim[] {
  const claims = [...ledger.claims.values()].filter((claim) => claim !== undefined);
  return claims.filter(({ source }) => !asOf || compareDates(source.date, asOf) <= 0);
}

/** By claim, the names of the values and ranges that it supports. */
function claimUses(scenario: Scenario): ReadonlyMap<string, ConflictingClaim['usedBy']> {
  const uses = scenario.inputs.flatMap((input) => {
    const { evidence, range_evidence } = input.attributes;
    const name = pathInPortfolio(scenario, input.path);
    return [
      ...(evidence ? [{ id: evidence.value, pinned: name }] : []),
      ...(range_evidence
        ? [{ id: range_evidence.value, pinned: saying('range of {input}', { input: name }) }]
        : []),
    ];
  });
  const byClaim = groupBy(uses, ({ id }) => id);
  return new Map([...byClaim].map(([id, own]) => [id, own.map(({ pinned }) => pinned)]));
}

function saysTheSame(a: Claim, b: Claim): boolean {
  if (!a.says || !b.says) return a.words === b.words;
  const [left, right] = [a.says, b.says];
  return (['low', 'high'] as const).every((end) => {
    const [one, other] = [left[end].value, right[end].value];
    return equal(one.value, other.value) && one.currency?.code === other.currency?.code;
  });
}

/** The single amount of a claim, in major units. */
export function claimAmount({ says }: Claim) {
  return says && says.low === says.high ? says.low.value : undefined;
}

function impliedBy(
  claim: Claim,
  claims: readonly Claim[],
  uses: ReadonlyMap<string, unknown>,
  { currency }: Scenario,
): Rate | undefined {
  const foreign = claimAmount(claim);
  if (!foreign?.currency || foreign.currency.code === currency.code) return undefined;
  const own = claims.filter((other) => claimAmount(other)?.currency?.code === currency.code);
  const sourcesOf = ({ places }: Claim) => places.map(({ source }) => source.id);
  const base =
    own.find((other) => sourcesOf(other).includes(claim.source.id)) ??
    own.find(({ id }) => uses.has(id)) ??
    own[0];
  if (!base) return undefined;
  const value = divide(claimAmount(base)!.value, foreign.value);
  const codes = { code: currency.code, foreign: foreign.currency.code };
  return { pair: saying('{code} per {foreign}', codes), value };
}

/** A sheet for each subject: each claim with its implied rate, its author and the inputs that use it. */
export function conflictSheets(
  title: string,
  conflicts: readonly Conflict[],
  language?: Language,
): readonly Sheet[] {
  const say = sayIn(language);
  return conflicts.map(({ about, claims }) => {
    const pair = claims.find(({ implied }) => implied)?.implied?.pair;
    const rates = (rate: string) => (pair ? [rate] : []);
    const rows = claims.flatMap(({ claim, implied, usedBy }): SheetRow[] => {
      const { whose } = claim;
      const inputs = usedBy.map((use) => sayName(use, say)).join(', ');
      const author = inputs === '' ? whose : say('{whose}, used by {inputs}', { whose, inputs });
      const cells = [wordsOf(claim), ...rates(implied ? printRate(implied) : '')];
      return [
        { label: claim.id, depth: 0, kind: 'part', cells },
        { label: author, depth: 1, kind: 'part', cells: cells.map(() => '') },
      ];
    });
    const notes = claims.flatMap(({ claim: { id, note } }) => (note ? [`${id}: ${note}`] : []));
    return {
      title,
      caption: say('sources disagree: {about}', { about }),
      headings: [say('claim'), ...(pair ? [say(pair)] : [])],
      rows,
      notes,
    };
  });
}

export function conflictsDocument(conflicts: readonly Conflict[]): readonly object[] {
  return conflicts.map(({ about, claims }) => ({
    about,
    claims: claims.map(({ claim, implied, usedBy }) => ({
      claim: claim.id,
      says: wordsOf(claim),
      basis: claim.basis,
      whose: claim.whose,
      places: claim.places.map(({ source, where }) => ({ source: source.id, where })),
      implied: implied && { rate: printRate(implied), pair: english(implied.pair) },
      used_by: usedBy.map(english),
      note: claim.note,
    })),
  }));
}
