/** Checks of what a portfolio gives itself: of buyers in another currency, only quotients of its rates are seen. */
import { greatest } from '../../core/lists.js';
import { isPeriodStart, periodAt } from '../../core/period.js';
import { nearest, type Reporter } from '../../core/text/diagnostic.js';
import { firstOf } from '../../core/text/prose.js';
import { NO_LEDGER, type Ledger } from '../../model/claims.js';
import { withRemarks } from '../../model/input.js';
import { checkClaims } from '../checks/claimChecks.js';
import { checkLookAhead } from '../checks/lookAhead.js';
import { checkRanges } from '../checks/ranges.js';
import { reporterOf, type ProblemList } from '../reporter.js';
import { buyerKey, type Scenario } from '../scenario.js';
import type { MapNode } from '../tree.js';
import type { ReadPortfolio } from './readPortfolio.js';
import { firstMonthOf } from './sharedRates.js';

/** Reports what is wrong with what a portfolio gives, and what has no effect for any buyer. */
export function checkShared(
  whole: ReadPortfolio,
  members: readonly Scenario[],
  problems: ProblemList,
): void {
  const report = reporterOf(whole.tree, problems);
  const remarked = withRemarks(whole.portfolio.inputs);
  checkRanges({ remarked }, report);
  checkClaims(remarked, ledgerOf(members), whole.asOf, report);
  checkLookAhead({ remarked }, whole.asOf, report);
  warnOfUnused(whole.tree, members, report);
  warnOfRates(whole, members, report);
}

/** The claims of all buyers, among which are those of the portfolio's ledgers. */
function ledgerOf(members: readonly Scenario[]): Ledger {
  const claims = new Map(members.flatMap(({ ledger }) => [...ledger.claims]));
  const isWhole = members.every(({ ledger }) => ledger === NO_LEDGER || ledger.isWhole);
  return claims.size > 0 ? { claims, isWhole } : NO_LEDGER;
}

/** A supplier that no buyer names. */
function warnOfUnused(tree: MapNode, members: readonly Scenario[], report: Reporter): void {
  const node = tree.entries.get('suppliers')?.node;
  const named = new Set(members.flatMap(({ suppliers }) => [...suppliers.keys()]));
  for (const key of node?.kind === 'map' ? node.entries.keys() : []) {
    if (named.has(key)) continue;
    const meant = nearest(key, named);
    report.warn('unused', `suppliers.${key}`, {
      message: `no buyer names \`${key}\``,
      hint: meant === undefined ? 'delete it' : `did you mean \`${meant}\`?`,
    });
  }
}

/** Rates that begin inside a period of a buyer, which keeps the rate of its first month; and after all windows. */
function warnOfRates({ fx }: ReadPortfolio, members: readonly Scenario[], report: Reporter): void {
  for (const [code, steps] of fx?.path ?? []) {
    const at = `fx.path.${code}`;
    const keys = steps.kind === 'steps' ? [...steps.from.keys()] : [];
    const starts = keys.map((key) => ({ key, month: firstMonthOf(key) }));
    for (const key of keys.filter((one) => beginsAfterAll(one, members))) {
      const message = `${key} begins after the window of every buyer, so its value is never used`;
      const hint = 'delete the key, or let a window end later';
      report.warn('unused', `${at}.${key}`, { message, hint }, 'key');
    }
    for (const member of members.filter(({ currency }) => currency.code !== code)) {
      const { start, end: last, calendar } = member.window;
      const inside = starts.filter(
        ({ month }) => month >= start && month < last && !isPeriodStart(month, calendar),
      );
      if (inside.length === 0) continue;
      const [first] = inside;
      const period = periodAt(first!.month, calendar);
      report.warn(
        'period-key',
        `${at}.${first!.key}`,
        {
          message: `${firstOf(inside.map(({ key }) => key))} begin${inside.length === 1 ? 's' : ''} inside ${calendar.unit}s of \`${buyerKey(member)}\`: each ${calendar.unit} keeps the rate of its first month`,
          found: `${first!.key} begins inside ${period.label}`,
          hint: `give rates from the first month of each ${calendar.unit}, or let the scenario of \`${buyerKey(member)}\` have months`,
        },
        'key',
      );
    }
  }
}

/** Whether a key of a portfolio's rates begins after the windows of all buyers. */
export function beginsAfterAll(key: string, members: readonly Scenario[]): boolean {
  return firstMonthOf(key) >= greatest(members.map(({ window }) => window.end));
}
