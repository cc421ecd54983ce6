/** The evidence ladder: how much of the planned spending is traced to evidence, by grade. */
import { groupBy } from '../../core/group.js';
import type { Currency } from '../../core/number/currency.js';
import { append } from '../../core/lists.js';
import { printDecimal } from '../../core/number/decimal.js';
import { failure, success, type Result } from '../../core/result.js';
import type { Sheet, SheetRow } from '../../core/table.js';
import { sayIn, type Word } from '../../core/text/language.js';
import { GRADES, type Grade } from '../../model/claims.js';
import { isRest } from '../../model/input.js';
import { amountOf } from '../../model/estimate/envelope.js';
import { estimatesOf } from '../../model/estimate/mix.js';
import { UNASSIGNED } from '../../model/supplier.js';
import { isInUnits } from '../../model/estimate/unitEstimate.js';
import { project } from '../../projection/compile.js';
import type { ProjectedCell } from '../../projection/evaluate.js';
import { graderOf } from '../../projection/explain/grades.js';
import { missingRates } from '../../projection/output.js';
import { gradeOf } from '../../scenario/checks/claimChecks.js';
import type { Scenario } from '../../scenario/scenario.js';
import {
  numberFormat,
  printSteps,
  unitIn,
  type NumberFormatOptions,
} from '../shared/numberFormat.js';
import type { PageTable } from '../shared/page.js';
import {
  adjustmentNotes,
  adjustmentsOf,
  publishTable,
  type PublishedTable,
} from '../shared/publishTable.js';

/** A part of the envelope, by the evidence for its split over components and over suppliers. */
export interface Rung {
  /** The evidence for the components, then for the suppliers; of several envelopes, that for the envelope first. */
  readonly path: readonly Word[];
  /** In quanta of the currency. */
  readonly count: bigint;
}

/** The envelope and its parts, which add up to it. */
export interface Ladder {
  readonly currency: Currency;
  /** The evidence for the envelope itself: `guided by the company`; of several, `total`. */
  readonly whole: Word;
  readonly envelope: bigint;
  readonly rungs: readonly Rung[];
}

const WHOLE: Readonly<Record<Grade, Word>> = {
  reported: 'reported by the company',
  guided: 'guided by the company',
  broker: 'estimated by a broker',
  derived: 'derived from claims',
  assumption: 'assumed',
  none: 'no evidence or reason given',
};

const SPLIT: Readonly<Record<Grade, Word>> = {
  reported: 'split as reported',
  guided: 'split by the company',
  broker: 'split by a broker',
  derived: 'split derived from claims',
  assumption: 'split by assumption',
  none: 'split without evidence or reason',
};
const OPEN: Word = 'not split by any source';

const REACH: Readonly<Record<Grade, Word>> = {
  reported: 'to suppliers as reported',
  guided: 'to suppliers named by the company',
  broker: 'to suppliers by a broker’s estimate',
  derived: 'to suppliers, derived from claims',
  assumption: 'to suppliers by assumption',
  none: 'to suppliers without evidence or reason',
};
const UNNAMED: Word = 'no supplier named';

const UNSPENT: Word = 'not spent';
const OVERSPENT: Word = 'spent above the envelope';

/** From the best evidence to none. */
const ORDER: readonly Word[] = [
  ...GRADES.map((grade) => WHOLE[grade]),
  ...[...GRADES.map((grade) => SPLIT[grade]), OPEN, UNSPENT, OVERSPENT],
  ...[...GRADES.map((grade) => REACH[grade]), UNNAMED],
];

/**
 * The ladder of a scenario under the closure `budget`: as planned, before exchange rates change amounts.
 *
 * @param currency of the amounts; in another one than that of the envelope, the ladder is of what is spent
 */
export function ladderOf(scenario: Scenario, currency: Currency = scenario.currency): Ladder {
  const own = scenario.currency;
  const amount = amountOf(scenario.envelope);
  const isOwn = currency.code === own.code;
  const { plan, cells, envelope, total } = project(scenario, {
    closure: 'budget',
    measures: ['demand'],
    currencies: isOwn ? [own.code] : [own.code, currency.code],
  });
  // The grade of the split is separate from the grade of the envelope, so the envelope counts as best.
  const grade = graderOf(plan, (input) =>
    input === amount ? GRADES[0] : gradeOf(input, scenario.ledger),
  );
  const gradeOfCells = (some: readonly ProjectedCell[]) => grade(some.map(({ ref }) => ref));
  const [graded, counted] = [own, currency].map(({ code }) =>
    cells.filter(({ unit }) => unit.label === code),
  ) as [ProjectedCell[], ProjectedCell[]];
  // Translation makes no split better or worse known: the amount alone is that in the other currency.
  const counts = new Map(counted.map((cell) => [placeOf(cell), cell.count]));
  const sumOf = (some: readonly ProjectedCell[]) =>
    some.reduce((sum, cell) => sum + counts.get(placeOf(cell))!, 0n);
  const rungs = [...groupBy(graded, (cell) => splitIn(scenario, cell))].flatMap(([key, own]) => {
    const split = key.startsWith(OPEN) ? OPEN : SPLIT[gradeOfCells(own)];
    return [...groupBy(own, ({ path, supplier }) => `${path} ${supplier}`).values()].map(
      (some): Rung => {
        const reach = some[0].supplier === UNASSIGNED ? UNNAMED : REACH[gradeOfCells(some)];
        return { path: [split, reach], count: sumOf(some) };
      },
    );
  });
  const gap = isOwn ? envelope - total : 0n;
  const left: Rung = { path: [gap > 0n ? UNSPENT : OVERSPENT], count: gap };
  return {
    currency,
    whole: WHOLE[amount ? gradeOf(amount, scenario.ledger) : grade([plan.envelope])],
    envelope: isOwn ? envelope : sumOf(graded),
    rungs: mergeRungs([...rungs, left]),
  };
}

function placeOf({ period, path, supplier }: ProjectedCell): string {
  return `${period} ${path} ${supplier}`;
}

/** The ladder of a scenario; of all buyers of a portfolio the one over their envelopes, in its currency. */
export function wholeLadder(scenarios: readonly Scenario[]): Result<Ladder> {
  const { buyer } = scenarios[0]!;
  if (!buyer) return success(ladderOf(scenarios[0]!));
  const { currency } = buyer.portfolio;
  const missing = scenarios.flatMap((one) => missingRates(one, [currency.code]));
  if (missing.length > 0) return failure(missing);
  const [first, ...others] = scenarios.map((one) => ladderOf(one, currency));
  return success(joinLadders([first!, ...others]));
}

/** The ladders of several envelopes as one: by the evidence for the envelopes first. */
function joinLadders(all: readonly [Ladder, ...Ladder[]]): Ladder {
  const rungs = all.flatMap(({ whole, rungs: own }) =>
    own.map(({ path, count }) => ({ path: [whole, ...path], count })),
  );
  return {
    currency: all[0].currency,
    whole: 'total',
    envelope: all.reduce((sum, { envelope }) => sum + envelope, 0n),
    rungs: mergeRungs(rungs),
  };
}

/** The top component of a cell, and whether no estimate splits the period's money for it. */
function splitIn({ mixes }: Scenario, { path, period }: ProjectedCell): string {
  const [component] = path.split('/') as [string];
  const isSplit = estimatesOf(mixes[period]!).some((estimate) => {
    if (isInUnits(estimate)) return estimate.bought.includes(component);
    const part = estimate.parts.get(component);
    return part && !isRest(part);
  });
  return `${isSplit ? '' : OPEN} ${component}`;
}

/** Adds up the rungs of each path, and drops those of zero. */
function mergeRungs(rungs: readonly Rung[]): readonly Rung[] {
  return [...groupBy(rungs, ({ path }) => path.join('\n')).values()]
    .map((alike) => ({
      path: alike[0].path,
      count: alike.reduce((sum, { count }) => sum + count, 0n),
    }))
    .filter(({ count }) => count !== 0n)
    .sort((a, b) => comparePaths(a.path, b.path));
}

function comparePaths([a, ...above]: readonly Word[], [b, ...below]: readonly Word[]): number {
  if (a === b && a !== undefined) return comparePaths(above, below);
  return (a === undefined ? -1 : ORDER.indexOf(a)) - (b === undefined ? -1 : ORDER.indexOf(b));
}

/** The ladder as a table of a page. */
export function ladderTable(
  ladder: Ladder,
  title: string,
  formatOptions: NumberFormatOptions,
): PageTable {
  const { envelope, rungs, currency } = ladder;
  const { code, places } = currency;
  const format = numberFormat('demand', places, envelope, formatOptions);
  const figures = rungs.map(({ path, count }) => ({ row: path, column: [], count }));
  const unit = unitIn(format, code);
  return {
    unit,
    table: publishTable(figures, format),
    sheetOf: (table) => ladderSheet(ladder, title, table, unit),
  };
}

/** The bar of each rung is a part of the bar above it. */
function ladderSheet(
  { whole, rungs }: Ladder,
  title: string,
  table: PublishedTable,
  unit: string,
): Sheet {
  const { format } = table;
  const say = sayIn(format.lang);
  const total = table.at([], []);
  const share = (steps: bigint) => (total === 0n ? 0 : Number((steps * 1000n) / total));
  const rowAt = (path: readonly Word[], from: bigint): SheetRow => {
    const steps = table.at(path, []);
    const bar = [share(from), share(from + steps)] as const;
    const label = say(path.at(-1) ?? whole);
    return { label, depth: path.length, kind: 'part', cells: [printSteps(steps, format)], bar };
  };
  const walk = (path: readonly Word[], from: bigint): readonly SheetRow[] => {
    const rows = [rowAt(path, from)];
    const next = rungs.flatMap(({ path: own }) => {
      const isBelow = own.length > path.length && path.every((word, i) => own[i] === word);
      return isBelow ? [own[path.length]!] : [];
    });
    if (path.at(-1) === OPEN && next.every((word) => word === UNNAMED)) return rows;
    let start = from;
    for (const word of new Set(next)) {
      append(rows, walk([...path, word], start));
      start += table.at([...path, word], []);
    }
    return rows;
  };
  const adjusted = adjustmentNotes(
    adjustmentsOf(table, (path) => path.map((word) => say(word as Word)).join(', ')),
    format.lang,
  );
  return {
    title,
    caption: say('evidence, {unit}', { unit }),
    headings: [say('amount')],
    rows: walk([], 0n),
    notes: adjusted,
  };
}

/** The ladder as plain data. */
export function ladderDocument({ whole, envelope, rungs, currency }: Ladder): object {
  const print = (count: bigint) => printDecimal(count, currency.places);
  return {
    currency: currency.code,
    envelope: print(envelope),
    whole,
    rungs: rungs.map(({ path, count }) => ({ path, value: print(count) })),
  };
}
