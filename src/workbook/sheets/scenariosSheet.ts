/** The sheet Scenarios: several scenarios side by side, and the cell that selects the one in the tables. */
import { greatest } from '../../core/lists.js';
import { currencyOf } from '../../core/number/currency.js';
import { scaledFormat } from '../formulas/numberFormats.js';
import {
  head,
  headOfNumbers,
  note,
  number,
  text,
  title,
  type WorkbookCell,
  type WorkbookRow,
  type WorkbookSheet,
} from '../workbook.js';
import { SELECTED, sumIfs, type ForecastEntry } from './forecastSheets.js';
import { SCENARIOS, type SheetLayout } from './sheetLayout.js';

export function scenariosSheet(
  layouts: readonly SheetLayout[],
  entries: readonly ForecastEntry[],
): WorkbookSheet {
  const ids = layouts.map(({ plan }) => plan.scenario.id);
  const lines = linesOf(entries);
  const words = ids.map((id) => `"${id}"`).join(',');
  const selector = { formula: `MATCH(B3,{${words}},0)`, value: 1 };
  return {
    name: SCENARIOS,
    widths: [12, 30, 12, ...ids.map(() => 22)],
    rows: [
      [title('Scenarios side by side')],
      [
        note(
          'Select a scenario in the blue cell: the sheets By year, By component and By supplier show it.',
        ),
      ],
      [text('selected'), choiceCell(ids), number(selector, '0')],
      [],
      [...['measure', 'component', 'unit'].map(head), ...ids.map(headOfNumbers)],
      ...lines.map((line) => lineRow(line, entries)),
    ],
    frozen: { rows: 5, columns: 2 },
  };
}

function choiceCell(ids: readonly string[]): WorkbookCell {
  return { content: ids[0]!, look: 'input', rule: { among: ids } };
}

interface Line {
  readonly measure: string;
  /** Nothing for the total of all components. */
  readonly component: string | undefined;
  readonly unit: string;
}

/** Every component of every measure and unit, and the total of each measure in money. */
function linesOf(entries: readonly ForecastEntry[]): readonly Line[] {
  const lines = new Map<string, Line>();
  const put = (line: Line) => lines.set(Object.values(line).join('\n'), line);
  const kinds = new Map(entries.map((entry) => [`${entry.measure} ${entry.unit}`, entry]));
  for (const { measure, unit } of kinds.values()) {
    const own = entries.filter((one) => one.measure === measure && one.unit === unit);
    for (const { component } of own) put({ measure, component, unit });
    if (currencyOf(unit)) put({ measure, component: undefined, unit });
  }
  return [...lines.values()];
}

function lineRow(
  { measure, component, unit }: Line,
  entries: readonly ForecastEntry[],
): WorkbookRow {
  const own = entries.filter(
    (one) =>
      one.measure === measure &&
      one.unit === unit &&
      (component === undefined || one.component === component),
  );
  const valueOf = (f: number) =>
    own.reduce((sum, { numbers }) => sum + (numbers[f]?.live.value ?? 0), 0);
  const values = entries[0]!.numbers.map((_, f) => valueOf(f));
  const { unit: shown, format } = scaledFormat(unit, greatest(values.map(Math.abs)));
  const look = component === undefined ? 'total' : 'text';
  const conditions = [
    ...(component === undefined ? [] : [['component', `"${component}"`] as const]),
    ['measure', `"${measure}"`] as const,
    ['unit', `"${unit}"`] as const,
  ];
  return [
    ...[measure, component ?? 'all', shown].map((content) => ({ content, look }) as const),
    ...values.map((value, f): WorkbookCell => {
      const formula = sumIfs(entries, SELECTED + 1 + f, conditions);
      return { content: { formula, value }, look: look === 'total' ? look : 'number', format };
    }),
  ];
}
