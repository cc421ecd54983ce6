/** The sheet Scenarios: several scenarios side by side, and the cell that selects the one in the tables. */
import { groupBy } from '../../core/group.js';
import { greatest } from '../../core/lists.js';
import { currencyOf } from '../../core/number/currency.js';
import type { Measure } from '../../projection/plan.js';
import { buyerKey } from '../../scenario/scenario.js';
import type { LongFormulas } from '../formulas/longFormulas.js';
import { scaledFormat } from '../formulas/numberFormats.js';
import {
  fixed,
  head,
  headOfNumbers,
  note,
  number,
  onSheet,
  text,
  title,
  type WorkbookCell,
  type WorkbookRow,
  type WorkbookSheet,
} from '../workbook.js';
import {
  SELECTED,
  indexed,
  liveSum,
  sumOfEntries,
  type ForecastEntry,
  type IndexedEntries,
} from './forecastSheets.js';
import { CHOICE_AT, SCENARIOS, type SheetLayout } from './sheetLayout.js';

const HEADS = ['measure', 'component', 'unit'] as const;
/** The row of the heads, and the column of the first scenario. */
const HEADS_ROW = 4;
const FIRST_ID = 3;

export function scenariosSheet(
  layouts: readonly SheetLayout[],
  entries: readonly ForecastEntry[],
  long: LongFormulas,
): WorkbookSheet {
  const { say } = layouts[0]!;
  const ids = layouts.map(({ plan }) => buyerKey(plan.scenario));
  const lines = linesOf(entries);
  const all = indexed(entries);
  const heads = ids.map((_, s) => fixed({ row: HEADS_ROW, column: FIRST_ID + s }));
  return {
    name: SCENARIOS,
    widths: [12, 30, 20, ...ids.map(() => 22)],
    rows: [
      [title(say('Scenarios side by side'))],
      [
        note(
          say(
            'Select a scenario in the blue cell: the sheets By year, By component and By supplier show it.',
          ),
        ),
      ],
      [
        text(say('selected')),
        choiceCell(ids[0]!, `${heads[0]!}:${heads.at(-1)!}`),
        number({ formula: selectorOf(heads, long), value: 1 }, '0'),
      ],
      [],
      [...HEADS.map((word) => head(say(word))), ...ids.map(headOfNumbers)],
      ...lines.map((line) => lineRow(line, all, layouts[0]!, long)),
    ],
    frozen: { rows: 5, columns: 2 },
  };
}

/** The number of the scenario whose id is selected; ids that differ in a capital are two. */
function selectorOf(heads: readonly string[], long: LongFormulas): string {
  const print = (some: readonly number[], place: (at: string) => string) =>
    some.map((s) => `EXACT(${place(fixed(CHOICE_AT))},${place(heads[s]!)})*${s + 1}`).join('+');
  const terms = heads.map((_, s) => s);
  return long.sum(
    print(terms, (at) => at),
    {
      terms,
      print: (some) => print(some, (at) => onSheet(SCENARIOS, at)),
      valueOf: (some) => (some.includes(0) ? 1 : 0),
    },
  );
}

function choiceCell(id: string, among: string): WorkbookCell {
  return { content: id, look: 'input', rule: { among } };
}

/** The sum of some cells of the forecast, in each scenario. */
interface Line {
  readonly measure: Measure;
  /** Nothing for the total of all components. */
  readonly component: string | undefined;
  readonly unit: string;
  readonly entries: readonly ForecastEntry[];
}

/** Every component of every measure and unit, and the total of each measure in money. */
function linesOf(entries: readonly ForecastEntry[]): readonly Line[] {
  const blocks = groupBy(entries, ({ measure, unit }) => `${measure} ${unit}`);
  return [...blocks.values()].flatMap((own): readonly Line[] => {
    const { measure, unit } = own[0];
    const components = [...groupBy(own, ({ component }) => component)];
    const lines = components.map(([component, some]) => {
      return { measure, component, unit, entries: some };
    });
    const total = { measure, component: undefined, unit, entries: own };
    return currencyOf(unit) ? [...lines, total] : lines;
  });
}

function lineRow(
  { measure, component, unit, entries: own }: Line,
  all: IndexedEntries,
  { language, say }: SheetLayout,
  long: LongFormulas,
): WorkbookRow {
  const values = own[0]!.numbers.map((_, f) => liveSum(own, f));
  const { head: words, format } = scaledFormat(unit, greatest(values.map(Math.abs)), language);
  const look = component === undefined ? 'total' : 'text';
  return [
    ...[say(measure), component ?? say('all'), words].map(
      (content) => ({ content, look }) as const,
    ),
    ...values.map((value, f): WorkbookCell => {
      const some = own.filter(({ numbers }) => numbers[f]);
      const formula = sumOfEntries(all, some, { column: SELECTED + 1 + f, f, long });
      const content = some.length > 0 ? { formula, value } : 0;
      return { content, look: look === 'total' ? look : 'number', format };
    }),
  ];
}
