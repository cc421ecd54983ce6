/** The evidence ladder: how much of the planned spending is traced to evidence, by grade. */
import { groupBy } from '../../core/group.js';
import { printDecimal } from '../../core/number/decimal.js';
import type { Sheet, SheetRow } from '../../core/table.js';
import { sayIn, type Word } from '../../core/text/language.js';
import { GRADES, type Grade } from '../../model/claims.js';
import { isRest } from '../../model/input.js';
import { estimatesOf } from '../../model/mix.js';
import { UNASSIGNED } from '../../model/supplier.js';
import { project } from '../../projection/compile.js';
import type { ProjectedCell } from '../../projection/evaluate.js';
import { graderOf } from '../../projection/explain/grades.js';
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
  /** The evidence for the components, then for the suppliers. */
  readonly path: readonly Word[];
  /** In quanta of the envelope's currency. */
  readonly count: bigint;
}

/** The envelope and its parts, which add up to it. */
export interface Ladder {
  readonly scenario: Scenario;
  /** The evidence for the envelope itself: `guided by the company`. */
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
  ...[...GRADES.map((grade) => SPLIT[grade]), OPEN, UNSPENT, OVERSPENT],
  ...[...GRADES.map((grade) => REACH[grade]), UNNAMED],
];

/** The ladder of a scenario under the closure `budget`: as planned, before exchange rates change amounts. */
export function ladderOf(scenario: Scenario): Ladder {
  const { plan, cells, envelope, total } = project(scenario, {
    closure: 'budget',
    measures: ['demand'],
  });
  // The grade of the split is separate from the grade of the envelope, so the envelope counts as best.
  const grade = graderOf(plan, (input) =>
    input === scenario.envelope ? GRADES[0] : gradeOf(input, scenario.ledger),
  );
  const gradeOfCells = (some: readonly ProjectedCell[]) => grade(some.map(({ ref }) => ref));
  const rungs = [...groupBy(cells, (cell) => splitIn(scenario, cell))].flatMap(([key, own]) => {
    const split = key.startsWith(OPEN) ? OPEN : SPLIT[gradeOfCells(own)];
    return [...groupBy(own, ({ path, supplier }) => `${path} ${supplier}`).values()].map(
      (some): Rung => {
        const reach = some[0].supplier === UNASSIGNED ? UNNAMED : REACH[gradeOfCells(some)];
        return { path: [split, reach], count: sumOf(some) };
      },
    );
  });
  const gap = envelope - total;
  const left: Rung = { path: [gap > 0n ? UNSPENT : OVERSPENT], count: gap };
  return {
    scenario,
    whole: WHOLE[gradeOf(scenario.envelope, scenario.ledger)],
    envelope,
    rungs: mergeRungs([...rungs, left]),
  };
}

/** The top component of a cell, and whether no estimate splits the period's money for it. */
function splitIn({ mixes }: Scenario, { path, period }: ProjectedCell): string {
  const [component] = path.split('/') as [string];
  const parts = estimatesOf(mixes[period]!).flatMap(
    (estimate) => estimate.parts.get(component) ?? [],
  );
  return `${parts.every(isRest) ? OPEN : ''} ${component}`;
}

function sumOf(counted: readonly { readonly count: bigint }[]): bigint {
  return counted.reduce((sum, { count }) => sum + count, 0n);
}

/** Adds up the rungs of each path, and drops those of zero. */
function mergeRungs(rungs: readonly Rung[]): readonly Rung[] {
  const rank = ({ path: [split, reach] }: Rung) =>
    ORDER.indexOf(split!) * ORDER.length + ORDER.indexOf(reach!);
  return [...groupBy(rungs, ({ path }) => path.join('\n')).values()]
    .map((alike) => ({ path: alike[0].path, count: sumOf(alike) }))
    .filter(({ count }) => count !== 0n)
    .sort((a, b) => rank(a) - rank(b));
}

/** The ladder as a table of a page. */
export function ladderTable(
  ladder: Ladder,
  title: string,
  formatOptions: NumberFormatOptions,
): PageTable {
  const { envelope, rungs, scenario } = ladder;
  const { code, places } = scenario.currency;
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
  const rows = [rowAt([], 0n)];
  let from = 0n;
  for (const split of new Set(rungs.map(({ path }) => path[0]!))) {
    rows.push(rowAt([split], from));
    const reached = rungs.filter(({ path }) => path[0] === split && path[1] !== undefined);
    const isKnown = split === OPEN && reached.every(({ path }) => path[1] === UNNAMED);
    for (const { path } of reached) {
      if (!isKnown) rows.push(rowAt(path, from));
      from += table.at(path, []);
    }
  }
  const adjusted = adjustmentNotes(
    adjustmentsOf(table, (path) => path.map((word) => say(word as Word)).join(', ')),
    format.lang,
  );
  return {
    title,
    caption: say('evidence, {unit}', { unit }),
    headings: [say('amount')],
    rows,
    notes: adjusted,
  };
}

/** The ladder as plain data. */
export function ladderDocument({ whole, envelope, rungs, scenario }: Ladder): object {
  const print = (count: bigint) => printDecimal(count, scenario.currency.places);
  return {
    currency: scenario.currency.code,
    envelope: print(envelope),
    whole,
    rungs: rungs.map(({ path, count }) => ({ path, value: print(count) })),
  };
}
