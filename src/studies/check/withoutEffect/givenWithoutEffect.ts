/** Warnings of the rates that a portfolio gives, and that change no number of any of its buyers. */
import { groupBy } from '../../../core/group.js';
import { SET_SOURCE } from '../../../core/text/source.js';
import { isRest, type Input } from '../../../model/input.js';
import type { Portfolio } from '../../../model/portfolio.js';
import { beginsAfterAll } from '../../../scenario/portfolio/sharedChecks.js';
import type { Scenario } from '../../../scenario/scenario.js';
import { subjectOf } from '../../subject/subject.js';
import { effectTest } from '../../subject/effectTest.js';
import { noEffect, type NoEffectReason, type NoEffectWarning } from './effectContext.js';
import { pricedIn } from './effectReasons.js';

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
  if (kind === 'base') return reasonOfBase(path, code, given);
  if (!given.portfolio.rates!.base.has(code) && key !== undefined) {
    const why = `without a rate for every period nothing can be reported in ${code}`;
    return { path, why, hint: `add \`fx.base.${code}\`, or a rate for the first period` };
  }
  if (key === undefined) return { path, ...NOTHING_SPENT };
  const { source } = input.span;
  const isOfTable = source.name !== SET_SOURCE && source !== given.portfolio.span.source;
  if (isOfTable || beginsAfterAll(key, given.members)) return undefined;
  return { path, why: 'nothing depends on it while it holds', hint: `delete ${key}` };
}

const NOTHING_SPENT = {
  why: 'nothing is spent where it applies',
  hint: 'let money reach what it is about, or delete it',
};

function reasonOfBase(path: string, code: string, { portfolio, members }: Given): NoEffectReason {
  if (!portfolio.rates!.path.has(code)) return { path, ...NOTHING_SPENT };
  const gives = `\`fx.path.${code}\` gives every period of every buyer its rate`;
  // Prices of a buyer that plans in this currency are in others, at rates that are made of this one.
  const isNeeded = members.some((one) => one.currency.code === code || pricedIn(code, one));
  return isNeeded
    ? {
        path,
        why: `${gives}, and no money reaches what is priced at it`,
        hint: 'delete it, with what is priced at it',
      }
    : {
        path,
        why: `${gives}, and nothing is priced in ${code}`,
        hint: `delete it, or let \`fx.path.${code}\` begin later`,
      };
}
