/** The subject of a study: a scenario, or the scenarios of the buyers of a portfolio, asked as one. */
import type { Currency } from '../../core/number/currency.js';
import { ONE, divide, type Fraction } from '../../core/number/fraction.js';
import { failure, success, type Result } from '../../core/result.js';
import type { Problem } from '../../core/text/diagnostic.js';
import type { Language } from '../../core/text/language.js';
import type { Closure, Fx } from '../../model/fx.js';
import type { Input, Share } from '../../model/input.js';
import type { Portfolio, PortfolioRates } from '../../model/portfolio.js';
import type { Correlation } from '../../model/simulation.js';
import {
  isGiven,
  pathInPortfolio,
  portfolioInputs,
} from '../../scenario/portfolio/portfolioPaths.js';
import { closureFor } from '../../projection/compile.js';
import { sharedRatesOf } from '../../scenario/portfolio/sharedRates.js';
import { buyerKey, type Scenario } from '../../scenario/scenario.js';
import { vary } from '../../scenario/vary.js';
import { notesByBuyer } from '../shared/portfolios.js';
import { quotation } from '../shared/reports.js';
import { inputAt, inputsByPath } from '../variation/inputValues.js';

/** What a study asks. */
export interface Subject {
  readonly id: string;
  readonly title: string;
  /** Of outputs that name no unit. */
  readonly currency: Currency;
  /** One scenario; of a portfolio that of every buyer. */
  readonly members: readonly Scenario[];
  readonly portfolio: Portfolio | undefined;
  /** Those of a buyer have its key before their path: `alibaba.envelope`; what the portfolio gives stands once. */
  readonly inputs: readonly Share[];
  /** The rates of the scenario, or those that the portfolio gives. */
  readonly fx: Pick<Fx, 'base' | 'path'>;
  /** Between its inputs. */
  readonly correlations: readonly Correlation[];
}

const NO_RATES: PortfolioRates = { base: new Map(), path: new Map() };

/** @param scenarios one, or those of all buyers of one portfolio */
export function subjectOf(scenarios: readonly Scenario[]): Subject {
  const [first] = scenarios as readonly [Scenario];
  if (!first.buyer) return soleSubject(first);
  const { portfolio } = first.buyer;
  const { id, title, currency, rates = NO_RATES } = portfolio;
  const inputs = portfolioInputs(scenarios);
  const ofMembers = scenarios.flatMap((member) =>
    member.correlations.map(({ paths: [left, right], value }): Correlation => {
      return { paths: [pathInPortfolio(member, left), pathInPortfolio(member, right)], value };
    }),
  );
  const correlations = [...ofMembers, ...portfolio.correlations];
  return { id, title, currency, members: scenarios, portfolio, inputs, fx: rates, correlations };
}

/** A scenario by itself, also if it is one of a portfolio. */
export function soleSubject(scenario: Scenario): Subject {
  return { ...scenario, members: [scenario], portfolio: undefined };
}

/** The closure of the members, asked for or their own: one word where they have the same, else by buyer. */
export function closureOf(
  { members }: Subject,
  closure?: Closure,
): Closure | Readonly<Record<string, Closure>> {
  const own = members.map((member): [string, Closure] => [
    buyerKey(member),
    closureFor(member, closure),
  ]);
  const [first, ...others] = new Set(own.map(([, one]) => one));
  return others.length === 0 ? first! : Object.fromEntries(own);
}

/** How rates are quoted: in the currency of the scenario or of the portfolio, or by each buyer in its own. */
export function subjectQuotation(subject: Subject, language?: Language): string {
  const { members, portfolio } = subject;
  if (!portfolio || portfolio.rates) return quotation(subject, language);
  const own = members.map((scenario) => ({ scenario }));
  return notesByBuyer(own, ({ scenario }) => [quotation(scenario, language)]).join('; ');
}

/** The path of an input of a member among those of the subject. */
export function ownPath({ buyer }: Scenario, path: string): string {
  return buyer ? `${buyer.key}.${path}` : path;
}

/** A path as that of one of the members; nothing where it begins with the key of no buyer. */
export function memberPath(
  { members, portfolio }: Subject,
  path: string,
): { readonly member: Scenario; readonly path: string } | undefined {
  if (!portfolio) return { member: members[0]!, path };
  const member = members.find(({ buyer }) => path.startsWith(`${buyer!.key}.`));
  return member && { member, path: path.slice(member.buyer!.key.length + 1) };
}

/** The input of a subject at a path, as `inputAt` finds that of a scenario. */
export function subjectInputAt(subject: Subject, path: string): Result<Input, Problem> {
  const found = inputAt(subject, path);
  const own = subject.portfolio && memberPath(subject, path);
  if (found.ok || !own || isGiven(subject.portfolio, own.path)) return found;
  // The path of a rate that a buyer has only as a base rate.
  const ofMember = inputAt(own.member, own.path);
  return ofMember.ok ? success({ ...ofMember.value, path }) : found;
}

/** A subject with changes `PATH=VALUE` of inputs of its members; or the errors of the first member that has any. */
export function varySubject(subject: Subject, set: readonly string[]): Result<Subject> {
  const members: Scenario[] = [];
  for (const member of subject.members) {
    const own = set.flatMap((assignment) => {
      const found = memberPath(subject, assignment);
      return found?.member === member ? [found.path] : [];
    });
    const varied = own.length > 0 ? vary(member, own) : { scenario: member, diagnostics: [] };
    if (!varied.scenario) return failure(varied.diagnostics);
    members.push(varied.scenario);
  }
  return success({ ...subject, members });
}

/** An input of a member that moves with inputs of the subject. */
export interface MemberMove {
  /** In the scenario of the member. */
  readonly path: string;
  /** Its value, by those of the inputs of the subject. */
  readonly valueAt: (values: readonly Fraction[]) => Fraction;
}

/**
 * What changes of some inputs of the subject change in one of its members: a rate of a portfolio changes every rate
 * that is made of it.
 */
export function memberMoves(
  subject: Subject,
  member: Scenario,
  paths: readonly string[],
): readonly MemberMove[] {
  const own = paths.flatMap((path, i): MemberMove[] => {
    const found = memberPath(subject, path);
    const valueAt: MemberMove['valueAt'] = (values) => values[i]!;
    if (found) return found.member === member ? [{ path: found.path, valueAt }] : [];
    return inputsByPath(member.inputs).has(path) && !path.startsWith('fx.')
      ? [{ path, valueAt }]
      : [];
  });
  return [...own, ...rateMoves(subject, member, paths)];
}

function rateMoves(
  subject: Subject,
  member: Scenario,
  paths: readonly string[],
): readonly MemberMove[] {
  const { portfolio, currency } = subject;
  if (!portfolio?.rates) return [];
  const rates = paths.reduce(withPath, portfolio.rates);
  const indexOf = (input: Input | undefined) => (input ? paths.indexOf(input.path) : -1);
  const all = sharedRatesOf({ ...member, portfolio: { rates, currency } });
  return all
    .filter(({ above, below }) => indexOf(above) >= 0 || indexOf(below) >= 0)
    .map(({ path, above, below }) => {
      const valueOf = (input: Input | undefined, values: readonly Fraction[]) =>
        values[indexOf(input)] ?? input?.value ?? ONE;
      return { path, valueAt: (values) => divide(valueOf(above, values), valueOf(below, values)) };
    });
}

/** Rates with a path of its own for a currency that has only a base rate. */
function withPath({ base, path }: PortfolioRates, name: string): PortfolioRates {
  const [, code] = /^fx\.path\.([A-Z]{3})$/u.exec(name) ?? [];
  const rate = code === undefined || path.has(code) ? undefined : base.get(code);
  if (!rate) return { base, path };
  const input = { ...rate, path: name };
  return { base, path: new Map(path).set(code!, () => input) };
}
