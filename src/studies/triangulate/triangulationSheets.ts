/** A triangulation for people: both sides by component and year, and what would close each gap. */
import { grouped, printDecimal, printRounded } from '../../core/number/decimal.js';
import { fraction, sizeOf } from '../../core/number/fraction.js';
import type { Bar, Sheet, SheetRow } from '../../core/table.js';
import { sayIn, type Language, type Say } from '../../core/text/language.js';
import { RATIO_PLACES } from '../../projection/derivedNumbers.js';
import type { Scenario } from '../../scenario/scenario.js';
import { numberFormat, percentOf, printSteps, unitIn } from '../shared/numberFormat.js';
import {
  adjustmentNotes,
  adjustmentsOf,
  publishTable,
  type MarginPath,
  type PublishedFigure,
  type PublishedTable,
} from '../shared/publishTable.js';
import { valueText } from '../variation/inputValues.js';
import type { Closing } from './closing.js';
import type { UnitAmount } from './sides.js';
import type { Gap, Triangulation } from './gaps.js';

export function triangulationSheets(
  triangulation: Triangulation,
  language?: Language,
): readonly Sheet[] {
  const say = sayIn(language);
  const { scenario, gaps } = triangulation;
  const greatest = gaps.reduce((most, { above = 0n, below = 0n }) => {
    const more = above > below ? above : below;
    return more > most ? more : most;
  }, 0n);
  const { code, places } = scenario.currency;
  const format = numberFormat('demand', places, greatest, { lang: language });
  const [above, below] = (['above', 'below'] as const).map((side) =>
    publishTable(figuresOf(gaps, side), format),
  ) as [PublishedTable, PublishedTable];
  const print = (steps: bigint | undefined) =>
    steps === undefined ? '' : printSteps(steps, format);
  const money: Sheet = {
    title: say('{title}: from above and from below', { title: titleOf(scenario) }),
    caption: say('demand, {unit}', { unit: unitIn(format, code) }),
    headings: [
      ...[say('from above'), say('from below'), say('gap'), '%'],
      ...[say('units above'), say('units below')],
    ],
    rows: byComponent(triangulation, say, greatest, (gap) => {
      const [over, under] = [stepsOf(above, gap, gap.above), stepsOf(below, gap, gap.below)];
      const both = over !== undefined && under !== undefined;
      return [
        ...[print(over), print(under), both ? print(under - over) : ''],
        both ? percentOf(fraction(gap.below! - gap.above!), fraction(gap.above!)) : '',
        ...[printUnits(gap.unitsAbove), printUnits(gap.unitsBelow)],
      ];
    }),
    notes: [
      ...sideNotes(say('from above'), above, language),
      ...sideNotes(say('from below'), below, language),
    ],
  };
  return [money, ...closingSheet(triangulation, say, language)];
}

/** The money of one side by component and year, without its totals. */
function figuresOf(gaps: readonly Gap[], side: 'above' | 'below'): readonly PublishedFigure[] {
  return gaps.flatMap((gap) => {
    const { place, [side]: count } = gap;
    if (place.component === undefined || count === undefined) return [];
    return [{ row: [place.component], column: [place.year], count }];
  });
}

/** What is printed of a side at a place; nothing where the side does not have it. */
function stepsOf(
  side: PublishedTable,
  { place: { component, year } }: Gap,
  count: bigint | undefined,
): bigint | undefined {
  return count === undefined
    ? undefined
    : side.at(component === undefined ? [] : [component], [year]);
}

/** The adjusted totals of the years; those of all years together are not shown. */
function sideNotes(name: string, side: PublishedTable, language?: Language): readonly string[] {
  const adjusted = side.adjusted.filter(({ column }) => column.length > 0);
  const nameOf = (row: MarginPath, column: MarginPath) => [name, ...row, ...column].join(' ');
  return adjustmentNotes(adjustmentsOf({ ...side, adjusted }, nameOf), language);
}

/** From the smaller side to the greater one: its length is the gap. */
function barOf({ above, below }: Gap, greatest: bigint): Bar | undefined {
  if (above === undefined || below === undefined || greatest === 0n) return undefined;
  const ends = [above, below].map((money) => Number((money * 1000n) / greatest));
  return [Math.min(ends[0]!, ends[1]!), Math.max(ends[0]!, ends[1]!)];
}

function printUnits(amount: UnitAmount | undefined): string {
  if (!amount?.unit) return '';
  return grouped(printDecimal(amount.count, amount.unit.places));
}

/** A heading for each component, and below it a row for each of its years. */
function byComponent(
  { gaps, scenario }: Triangulation,
  say: Say,
  greatest: bigint,
  cellsOf: (gap: Gap) => readonly string[],
): readonly SheetRow[] {
  const keys = [...new Set(gaps.map(({ place }) => place.component))];
  return keys.flatMap((component): readonly SheetRow[] => {
    const own = gaps.filter(({ place }) => place.component === component);
    const blank = cellsOf(own[0]!).map(() => '');
    const kind = component === undefined ? 'total' : 'part';
    return [
      { label: nameOf(scenario, component, say), depth: 0, kind, cells: blank },
      ...own.map((gap) => {
        const cells = cellsOf(gap);
        return { label: gap.place.year, depth: 1, kind, cells, bar: barOf(gap, greatest) } as const;
      }),
    ];
  });
}

function titleOf({ title, buyer }: Scenario): string {
  return buyer ? `${buyer.key}: ${title}` : title;
}

/** The name of a component, or the word for all of them. */
function nameOf(
  { components, unusedComponents }: Scenario,
  key: string | undefined,
  say: Say,
): string {
  if (key === undefined) return say('total');
  return [...components, ...unusedComponents].find((one) => one.key === key)?.name ?? key;
}

/** What would close each gap alone; no sheet where nothing is open. */
function closingSheet(
  { scenario, gaps }: Triangulation,
  say: Say,
  language: Language | undefined,
): readonly Sheet[] {
  const open = gaps.filter(({ closings }) => closings.length > 0);
  if (open.length === 0) return [];
  return [
    {
      title: say('{title}: what would close each gap alone', { title: titleOf(scenario) }),
      caption: say('an input, and the value of it at which both sides meet'),
      headings: [say('value'), say('range')],
      rows: open.flatMap(({ place: { component, year }, closings }): readonly SheetRow[] => [
        {
          label: `${nameOf(scenario, component, say)}, ${year}`,
          depth: 0,
          kind: 'part',
          cells: ['', ''],
        },
        ...closings.map((closing): SheetRow => {
          const { input, value } = closing;
          const cells = [valueText(input, value, language), rangeWords(closing, say, language)];
          return { label: input.path, depth: 1, kind: 'part', cells };
        }),
      ]),
      notes: [],
    },
  ];
}

function rangeWords({ input, beyond }: Closing, say: Say, language?: Language): string {
  if (!beyond) return say('no range');
  if (beyond.n === 0n) return say('inside');
  const exact = valueText(input, sizeOf(beyond), language);
  const size = exact.includes('/') ? printRounded(sizeOf(beyond), RATIO_PLACES) : exact;
  return beyond.n > 0n ? say('{size} above', { size }) : say('{size} below', { size });
}
