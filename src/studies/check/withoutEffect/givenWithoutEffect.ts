/** Warnings of the rates that a portfolio gives, and that change no number of any of its buyers. */
import { groupBy } from '../../../core/group.js';
import { SET_SOURCE } from '../../../core/text/source.js';
import { pathCovers } from '../../../model/fx.js';
import { isRest, type Input } from '../../../model/input.js';
import type { Portfolio } from '../../../model/portfolio.js';
import { beginsAfterAll } from '../../../scenario/portfolio/sharedChecks.js';
import { firstMonthOf } from '../../../scenario/portfolio/sharedRates.js';
import type { Scenario } from '../../../scenario/scenario.js';
import { subjectOf } from '../../subject/subject.js';
import { effectTest } from '../../subject/effectTest.js';
import { noEffect, type NoEffectReason, type NoEffectWarning } from './effectContext.js';
import { baseHoldsTooEarly, baseIsReplaced, pricedIn } from './effectReasons.js';

/** A portfolio, and the scenarios of its buyers. */
interface Given {
  readonly portfolio: Portfolio;
  readonly members: readonly Scenario[];
}

/**
 * One warning for each rate of a portfolio that has no effect for any buyer. A rate of a buyer with another currency
 * is a quotient of two of them: it depends on both.
 *
 * @param scenarios also those of several portfolios, and of none
 */
export function givenWithoutEffect(
  scenarios: readonly Scenario[],
  isAsked: (input: Input) => boolean = () => true,
): readonly NoEffectWarning[] {
  const buyers = scenarios.filter(({ buyer }) => buyer);
  return [...groupBy(buyers, ({ buyer }) => buyer!.portfolio)].flatMap(([portfolio, members]) =>
    warningsOf({ portfolio, members }, isAsked),
  );
}

function warningsOf(given: Given, isAsked: (input: Input) => boolean): readonly NoEffectWarning[] {
  const { portfolio, members } = given;
  const rates = portfolio.inputs.flatMap((input) =>
    isRest(input) || !input.path.startsWith('fx.') ? [] : [input],
  );
  if (!rates.some(isAsked)) return [];
  const isUsed = effectTest(subjectOf(members));
  const idle = rates.filter(({ path }) => !isUsed(path));
  return idle.filter(isAsked).flatMap((input) => {
    const reason = reasonOf(input, given);
    if (!reason) return [];
    const clause = `\`${input.path}\` changes no number`;
    return [{ inputs: [input], diagnostic: noEffect(clause, reason, input.span) }];
  });
}

/** Why a rate has no effect for any buyer; nothing where loading has told of it, or a table has it beside. */
function reasonOf(input: Input, given: Given): NoEffectReason | undefined {
  const { path } = input;
  const [, kind, code, key] = path.split('.') as [string, string, string, string?];
  const { rates } = given.portfolio;
  const isWhole = given.members.every(({ window }) => pathCovers(rates!, code, window));
  if (kind === 'base') return reasonOfBase({ path, code, isWhole }, given);
  if (!rates!.base.has(code) && key !== undefined && !isWhole) {
    const why = `without a rate for every period nothing can be reported in ${code}`;
    return { path, why, hint: `add \`fx.base.${code}\`, or a rate for the first period` };
  }
  if (key === undefined) return { path, ...NOTHING_SPENT };
  const { source } = input.span;
  const isOfTable = source.name !== SET_SOURCE && source !== given.portfolio.span.source;
  if (isOfTable || beginsAfterAll(key, given.members)) return undefined;
  return { path, why: 'nothing depends on it while it holds', hint: remedyOfKey(key, code, given) };
}

/** The first rate of a path without a base rate may not go: the next one takes its place. */
function remedyOfKey(key: string, code: string, { portfolio }: Given): string {
  const place = `fx.path.${code}.`;
  const others = portfolio.inputs.flatMap(({ path }) =>
    path.startsWith(place) && path !== place + key ? [path.slice(place.length)] : [],
  );
  const start = firstMonthOf(key);
  const isFirst = others.length > 0 && others.every((other) => firstMonthOf(other) > start);
  if (portfolio.rates!.base.has(code) || !isFirst) return `delete ${key}`;
  const [next] = others.toSorted((a, b) => firstMonthOf(a) - firstMonthOf(b));
  return `delete ${key}, and write ${key} in place of ${next}`;
}

const NOTHING_SPENT = {
  why: 'nothing is spent where it applies',
  hint: 'let money reach what it is about, or delete it',
};

function reasonOfBase(
  rate: { readonly path: string; readonly code: string; readonly isWhole: boolean },
  { portfolio, members }: Given,
): NoEffectReason {
  const { path, code, isWhole } = rate;
  if (!portfolio.rates!.path.has(code)) return { path, ...NOTHING_SPENT };
  // Prices of a buyer that plans in this currency are in others, at rates that are made of this one.
  const isPriced = members.some((one) => one.currency.code === code || pricedIn(code, one));
  return isWhole
    ? baseIsReplaced({ path, code, isPriced }, 'every period of every buyer')
    : baseHoldsTooEarly({ path, code, isPriced }, 'before the window of every buyer');
}
