/** What drives an output: each input at its low and at its high, the greatest effect first, as a chart and as a table. */
import { ask, sensitivity, writeDiagnostics, type Sheet } from '../../index.js';
import { NOTHING, html, type Html } from '../html.js';
import { outputOf } from '../outputChoice.js';
import { rowsByName, type PageRow } from '../pageForecast.js';
import { printed, problemHtml, type PageView } from '../pageView.js';
import { unitOnPage } from '../phrases.js';
import { closedSheetHtml, notesHtml } from '../sheetHtml.js';
import { LINE, TEXT, chartHtml } from './chart.js';

/** Bars of a chart; the table has all inputs. */
const MOST_BARS = 12;

export function driversHtml(view: PageView): Html {
  const { one, state, say } = view;
  const options = { of: `${outputOf(view)}:demand`, show: true, lang: state.language };
  const answer = ask(sensitivity, one.scenarios, { ...options, ...printed(view) });
  if (!answer.ok) return problemHtml(writeDiagnostics(answer.diagnostics));
  const [sheet] = answer.value.sheets as [Sheet];
  const rows = rowsByName(answer.value.table!);
  return html`${sheet.rows.length > 0 ? barsHtml(view, sheet, rows) : NOTHING}
  ${notesHtml([...sheet.notes, ...answer.value.notes])}
  ${sheet.rows.length > 0 && closedSheetHtml({ ...sheet, notes: [] }, say('as a table'))}`;
}

/** @param rows of all inputs; those of the sheet have an effect */
function barsHtml(view: PageView, sheet: Sheet, rows: readonly PageRow[]): Html {
  const { state, say, isNarrow = false } = view;
  const shown = sheet.rows.slice(0, MOST_BARS).map(({ label, cells }) => ({
    ...{ label, cells },
    row: rows.find(({ input }) => input === label)!,
  }));
  const series = (['low', 'high'] as const).map((end, i) => ({
    type: 'bar' as const,
    name: sheet.headings[i]!,
    barGap: '-100%',
    barMaxWidth: 22,
    color: i === 0 ? '#d97706' : '#1b8a7f',
    data: shown.map(({ row, cells }) => {
      const at = row[`at_${end}`]!;
      const change = at === '' ? 0 : Number(at) - Number(row['base']);
      const position = change < 0 ? ('left' as const) : ('right' as const);
      const label = { show: change !== 0, position, color: TEXT, formatter: cells[i]! };
      return { value: change, label };
    }),
  }));
  const unit = unitOnPage(rows[0]!['unit']!, state.language);
  const option = {
    grid: {
      ...{ left: isNarrow ? 60 : 24, right: 70, top: 34, bottom: 30 },
      ...{ outerBoundsMode: 'same' as const, outerBoundsContain: 'axisLabel' as const },
    },
    legend: { top: 0, textStyle: { color: TEXT }, itemWidth: 14, itemGap: 40 },
    yAxis: {
      ...{ type: 'category' as const, inverse: true, data: shown.map(({ label }) => label) },
      axisLabel: { color: TEXT, fontSize: 11, ...(isNarrow ? ABOVE_BAR : BESIDE_BAR) },
      axisLine: { lineStyle: { color: LINE }, onZero: false, show: false },
      axisTick: { show: false },
    },
    xAxis: {
      ...(isNarrow && { splitNumber: 3 }),
      ...{ type: 'value' as const, name: say('change from the base, {unit}', { unit }) },
      ...{ nameLocation: 'middle' as const, nameGap: 28, nameTextStyle: { color: TEXT } },
      axisLabel: {
        color: TEXT,
        formatter: (change: number) => `${change > 0 ? '+' : ''}${change}`,
      },
      splitLine: { lineStyle: { color: LINE } },
    },
    series,
  };
  return chartHtml(view, option, sheet.title, 100 + (isNarrow ? 56 : 36) * shown.length);
}

/** Where the path of an input stands: on a phone there is no room beside the bars. */
const ABOVE_BAR = {
  ...{ inside: true, align: 'left' as const, verticalAlign: 'bottom' as const },
  ...{ padding: [0, 0, 15, 0], margin: -50 },
};
const BESIDE_BAR = { margin: 12, formatter: inLines };

/** Characters of a path in one line beside its bar. */
const LINE_LENGTH = 32;

/** A path in lines, which begin at its dots. */
function inLines(path: string): string {
  const lines: string[] = [];
  for (const part of path.split(/(?=\.)/)) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + part.length <= LINE_LENGTH) {
      lines[lines.length - 1] = line + part;
    } else lines.push(part);
  }
  return lines.join('\n');
}
