/** The study `compare`: scenarios side by side, the bridge between two, and the inputs that differ. */
import * as z from 'zod';
import { failure, success } from '../../core/result.js';
import { sayIn, type Language } from '../../core/text/language.js';
import type { Projection } from '../../projection/evaluate.js';
import type { Dimension } from '../../projection/rollup.js';
import type { Answer } from '../answer.js';
import { hasCoarserUnit } from '../shared/numberFormat.js';
import { lang, portfolioOptions, publishOptions, show } from '../shared/options.js';
import { coverageNotes, unsummable, usualDimensions } from '../shared/portfolios.js';
import { sheetFormat, tidyFormat } from '../shared/publishLines.js';
import { notesOn, projections, quotation, splitNotesOn } from '../shared/reports.js';
import { tableHeadings, tableScenario, type TableHeadings } from '../shared/timeNotes.js';
import type { Study } from '../study.js';
import { bridgeTable, effective, publishBridge, stepName, type Bridge } from './bridge.js';
import { withColumns } from '../shared/derivedColumns.js';
import { comparisonDocument } from './compareDocument.js';
import type { ComparedLine } from './comparedLines.js';
import {
  currencyOf,
  distinctlyNamed,
  sidesNotBridgeable,
  sidesOf,
  wrongNumber,
  type ComparedSide,
} from './comparedSides.js';
import { derivedPairs } from './derivedPairs.js';
import { derivedRows } from './derivedRows.js';
import type { HybridStep } from './hybridForecasts.js';
import {
  inputDifferences,
  inputsSheets,
  inputsTable,
  type InputDifferences,
} from './inputDifferences.js';
import {
  RELATIVE,
  publishSideBySide,
  sheetHeadings,
  sideBySide,
  sideBySideSheets,
  sideBySideTable,
  type SideBySide,
} from './sideBySide.js';
import { sumOfBridges } from './sumOfBridges.js';
import { waterfalls } from './waterfall.js';

const flag = (description: string) => z.boolean().optional().meta({ description });

const options = z
  .object({
    ...portfolioOptions,
    ...publishOptions,
    with: withColumns,
    bridge: flag('Bridge from the first scenario to the second, a step for each group of inputs'),
    inputs: flag('The inputs that differ, with file and line'),
    show,
    lang,
  })
  .refine(({ bridge: asBridge, inputs }) => !asBridge || !inputs, {
    path: ['inputs'],
    message: 'cannot be combined with --bridge; a .json file holds both',
  })
  .refine(({ bridge: asBridge, inputs, with: names }) => !names || !(asBridge || inputs), {
    path: ['with'],
    message: 'is for scenarios side by side; leave out --bridge and --inputs',
  })
  .refine(({ show: isShown, with: names = [] }) => !isShown || !names.includes('name'), {
    path: ['with'],
    message: '`name` is a column of files; leave out --show',
  });

type Options = z.output<typeof options> & { readonly by: readonly Dimension[] };

export const compare: Study<typeof options> = {
  name: 'compare',
  summary: 'Scenarios side by side, and the bridge from one to another',
  files: 'many',
  takesVersions: true,
  options,
  example: 'compare scenarios/alibaba-low.yaml scenarios/alibaba-high.yaml --bridge',
  run: (scenarios, typed) => {
    const args = { ...typed, by: typed.by ?? usualDimensions(scenarios) };
    const refused = wrongNumber(scenarios, args.bridge === true);
    if (refused) return failure([refused]);
    const unsummed = unsummable(scenarios, args.by);
    if (unsummed.length > 0) return failure(unsummed);
    const result = projections(distinctlyNamed(scenarios), args);
    if (!result.ok) return result;
    const sides = sidesOf(result.value);
    const problems = args.bridge ? sidesNotBridgeable(sides[0]!, sides[1]!, args) : [];
    return problems.length > 0 ? failure(problems) : success(answer(sides, args));
  },
};

function answer(sides: readonly ComparedSide[], args: Options): Answer {
  const { by: dimensions } = args;
  const all = sides.flatMap(({ members }) => members);
  const [base, ...others] = sides as [ComparedSide, ...ComparedSide[]];
  const inputs = others.map((side) => {
    return { scenario: side.id, differences: inputDifferences(base, side, args.closure) };
  });
  const beside = sideBySide(sides, dimensions);
  const walk = args.bridge ? sumOfBridges(base, others[0]!, dimensions, args) : undefined;
  const format = tidyFormat(args);
  const derived = derivedPairs(sides, beside, { ...args, dimensions, formatOf: format });
  const tidy = {
    beside: publishSideBySide(beside, format),
    walk: walk && publishBridge(walk, format),
  };
  const view = walk
    ? { table: bridgeTable(tidy.walk!), ...bridgeView(walk, sides, args) }
    : args.inputs
      ? inputsView(base.id, inputs, args.lang)
      : { table: sideBySideTable(tidy.beside, derived), ...besideView(beside, sides, args) };
  return {
    table: view.table,
    document: comparisonDocument(all, tidy.beside, derived, tidy.walk, inputs),
    ...(args.show && { sheets: view.sheets }),
    notes: [
      ...all.flatMap((one) => notesOn(one, args.lang)),
      ...splitNotesOn(all, dimensions, args.lang),
      ...sides.flatMap(({ members }) => coverageNotes(members, dimensions, args.lang)),
      ...quotations(all, args.lang),
      ...view.notes,
    ],
  };
}

/** A comparison for people: exact, unless a unit or decimals are asked for. */
type View = Required<Pick<Answer, 'sheets' | 'notes'>>;

function inputsView(base: string, all: readonly InputDifferences[], language?: Language) {
  const say = sayIn(language);
  const same = all.filter(({ differences }) => differences.length === 0);
  return {
    table: inputsTable(all),
    sheets: inputsSheets(base, all, say),
    notes: same.map((one) =>
      say('no input of {scenario} differs from {base}', {
        ...{ scenario: one.scenario, base },
      }),
    ),
  };
}

function besideView(beside: SideBySide, sides: readonly ComparedSide[], args: Options): View {
  const all = sides.flatMap(({ members }) => members);
  const pairs = shownLines(beside.pairs, all, args);
  const headings = headingsOf(all, beside.dimensions, args.lang);
  const format = hasCoarserUnit(args) ? sheetFormat(pairs, ({ base }) => base, args) : undefined;
  const { below, notes } = derivedRows(sides, beside, {
    ...args,
    with: args.show ? args.with : undefined,
    formatOf: format,
  });
  const published = publishSideBySide(
    { ...beside, pairs },
    format,
    sheetHeadings(beside, args.lang),
  );
  return {
    sheets: sideBySideSheets(published, { heading: headings.heading, below, lang: args.lang }),
    notes: [
      ...severalCurrencies(sides, args),
      sayIn(args.lang)(RELATIVE),
      ...headings.notes,
      ...notes(),
    ],
  };
}

function headingsOf(
  all: readonly Projection[],
  dimensions: readonly Dimension[],
  language?: Language,
): TableHeadings {
  return tableHeadings(all.map(tableScenario), dimensions, language);
}

/** Sides that are reported in different currencies share no row of money, unless one currency is asked for. */
function severalCurrencies(
  sides: readonly ComparedSide[],
  { currency, lang: language }: Options,
): readonly string[] {
  const codes = new Set(sides.map(currencyOf));
  if (codes.size === 1 || currency) return [];
  const names = [...codes].join(', ');
  return [
    sayIn(language)(
      'the totals are in different currencies: {names}; choose one with `--currency`',
      { names },
    ),
  ];
}

function bridgeView(walk: Bridge, sides: readonly ComparedSide[], args: Options): View {
  const [from, to] = sides.map(({ id }) => id) as [string, string];
  const all = sides.flatMap(({ members }) => members);
  const lines = shownLines(walk.lines, all, args);
  const headings = headingsOf(all, walk.dimensions, args.lang);
  const format = hasCoarserUnit(args) ? sheetFormat(lines, (line) => line.from, args) : undefined;
  return {
    sheets: waterfalls(
      publishBridge({ ...walk, lines }, format, args.lang),
      { from, to },
      headings.heading,
      args.lang,
    ),
    notes: [...bridgeNotes(walk, args.lang), ...headings.notes],
  };
}

/** Leaves revenue out if it equals demand (no scenario has a lag) and is not asked for. */
function shownLines<L extends Pick<ComparedLine, 'measure'>>(
  lines: readonly L[],
  all: readonly Projection[],
  { measure: chosenMeasures }: Options,
): readonly L[] {
  const hasLag = all.some(({ scenario }) => scenario.leaves.some(({ lag }) => lag !== undefined));
  return lines.filter(
    ({ measure }) => measure !== 'revenue' || hasLag || chosenMeasures !== undefined,
  );
}

/** How exchange rates are quoted, once for each currency of an envelope. */
function quotations(all: readonly Projection[], language?: Language): readonly string[] {
  const withRates = all.filter(({ scenario: { fx } }) => fx.base.size + fx.path.size > 0);
  return [...new Set(withRates.map(({ scenario }) => quotation(scenario, language)))];
}

function bridgeNotes(walk: Bridge, language?: Language): readonly string[] {
  const say = sayIn(language);
  const { differing, merged } = walk;
  const moving = effective(walk);
  const idle = differing.filter((step) => !moving.includes(step));
  const names = (steps: readonly HybridStep[]) =>
    steps.map((step) => stepName(step, say)).join(', ') || say('none');
  return [
    say('groups of inputs that differ: {groups}', { groups: names(differing) }),
    ...(idle.length > 0 ? [say('no effect on these rows: {groups}', { groups: names(idle) })] : []),
    ...merged.map(({ groups: [one, other], reason }) =>
      say('{one} and {other} are one step: {reason}', {
        ...{ one: say(one), other: say(other), reason: say(reason) },
      }),
    ),
  ];
}
