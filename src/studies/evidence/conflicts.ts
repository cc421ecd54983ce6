/** Conflicts: claims about one subject that disagree, side by side. */
import { groupBy } from '../../core/group.js';
import { printRounded } from '../../core/number/decimal.js';
import { divide, type Fraction } from '../../core/number/fraction.js';
import { compareDates } from '../../core/period.js';
import type { Sheet, SheetRow } from '../../core/table.js';
import { sayIn, sayName, saying, type Language, type Saying } from '../../core/text/language.js';
import { wordsOf, type Claim, type Says } from '../../model/claims.js';
import { areSame } from '../../model/inputKind.js';
import { pathInPortfolio } from '../../scenario/portfolio/portfolioPaths.js';
import { buyerKey, type Scenario } from '../../scenario/scenario.js';

/** A subject on which claims differ. */
export interface Conflict {
  readonly about: string;
  readonly claims: readonly ConflictingClaim[];
}

/** A claim in a conflict, and how the scenario uses it. */
export interface ConflictingClaim {
  readonly claim: Claim;
  /** Its id; with a buyer before it (`alibaba.plan`) where another claim of another buyer has the same id. */
  readonly name: string;
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
          const implied = impliedBy(claim, claims, uses, scenario);
          return { claim, name: claim.id, usedBy, implied };
        }),
      },
    ];
  });
}

/** The conflicts of several scenarios; one that is in the ledgers of several is listed once, with all its uses. */
export function conflictsOfAll(scenarios: readonly Scenario[]): readonly Conflict[] {
  const keyOf = ({ about, claims }: Conflict) =>
    JSON.stringify([about, claims.map(({ claim, implied }) => [contentOf(claim), implied?.pair])]);
  const names = claimNames(scenarios);
  const alike = groupBy(scenarios.flatMap(conflictsOf), keyOf);
  return Array.from(alike.values(), ([first, ...others]) => ({
    ...first,
    claims: first.claims.map((one, i) => {
      const usedBy = [one, ...others.map(({ claims }) => claims[i]!)].flatMap((own) => own.usedBy);
      return {
        ...one,
        name: names.get(contentOf(one.claim))!,
        usedBy: [...new Map(usedBy.map((use) => [english(use), use])).values()],
      };
    }),
  }));
}

/** By content, the name of every claim: its id, or that of the first buyer that has it before its id. */
function claimNames(scenarios: readonly Scenario[]): ReadonlyMap<string, string> {
  const all = scenarios.flatMap((scenario) =>
    knownClaims(scenario).map((claim) => {
      return { id: claim.id, content: contentOf(claim), buyer: buyerKey(scenario) };
    }),
  );
  const byContent = [...groupBy(all, ({ content }) => content).values()].map(([first]) => first);
  const byId = groupBy(byContent, ({ id }) => id);
  return new Map(
    byContent.map(({ id, content, buyer }) => {
      return [content, byId.get(id)!.length > 1 ? `${buyer}.${id}` : id];
    }),
  );
}

/** What a claim says, as one text: claims of two ledgers that have the same one are one and the same claim. */
function contentOf({ id, source, about, of, per, says, words, ...others }: Claim): string {
  const { basis, whose, places, note } = others;
  const figure = ({ value: { value, currency } }: Says['low']) =>
    `${value.n}/${value.d} ${currency?.code ?? ''}`;
  return JSON.stringify([
    ...[id, source, about, of, per, says && [figure(says.low), figure(says.high)], words],
    ...[basis, whose, places, note],
  ]);
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
    return areSame(left[end].value, right[end].value);
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
    const rows = claims.flatMap(({ claim, name, implied, usedBy }): SheetRow[] => {
      const { whose } = claim;
      const inputs = usedBy.map((use) => sayName(use, say)).join(', ');
      const author = inputs === '' ? whose : say('{whose}, used by {inputs}', { whose, inputs });
      const cells = [wordsOf(claim), ...rates(implied ? printRate(implied) : '')];
      return [
        { label: name, depth: 0, kind: 'part', cells },
        { label: author, depth: 1, kind: 'part', cells: cells.map(() => '') },
      ];
    });
    const notes = claims.flatMap(({ claim: { note }, name }) => (note ? [`${name}: ${note}`] : []));
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
    claims: claims.map(({ claim, name, implied, usedBy }) => ({
      claim: name,
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
