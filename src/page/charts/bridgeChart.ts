/** The bridge from one scenario to the next, step by step: a waterfall of the total, and a table of each component. */
import { ask, compare, type Diagnostic, type Sheet } from '../../index.js';
import { html, type Html } from '../html.js';
import { printed, type PageView } from '../pageView.js';
import { closedSheetHtml } from '../sheetHtml.js';
import { TEXT, axes, chartHtml } from './chart.js';

/** From the scenario shown to the next one of the page, as its file is. */
export function bridgeHtml(view: PageView): Html {
  const { one, state, next, say } = view;
  const options = { bridge: true, show: true, by: 'component', measure: 'demand' };
  const scenarios = [...one.scenarios, ...next!()];
  const answer = ask(compare, scenarios, { ...options, ...printed(view), lang: state.language });
  if (!answer.ok) {
    const [{ message }] = answer.diagnostics as readonly [Diagnostic];
    return html`<p>${say('No bridge leads from this scenario to the next:')} ${message}</p>`;
  }
  const sheets = answer.value.sheets!;
  return html`${sheets.map(
    (sheet) => html`${waterfallHtml(view, sheet)} ${closedSheetHtml(sheet, say('as a table'))}`,
  )}`;
}

/** The total stands in the last rows of a sheet: where it comes from, its steps, and where it leads. */
function waterfallHtml(view: PageView, { title, caption, rows }: Sheet): Html {
  const from = rows.findLastIndex(({ depth }) => depth === 0);
  const steps = rows.slice(from + 1).map(({ label, kind, cells }) => ({
    ...{ label, isEnd: kind === 'total', text: cells.at(-1)! },
    value: Number(cells.at(-1)!.replaceAll(',', '')),
  }));
  let level = 0;
  const bars = steps.map((step) => {
    const before = step.isEnd ? 0 : level;
    level = before + step.value;
    return { ...step, low: Math.min(before, level), high: Math.max(before, level) };
  });
  const labels = bars.map(({ label }) => label);
  const stacked = { type: 'bar' as const, stack: 'bridge', barMaxWidth: 90 };
  const series = [
    { ...stacked, itemStyle: { opacity: 0 }, data: bars.map(({ low }) => low) },
    {
      ...stacked,
      label: { show: true, position: 'top' as const, color: TEXT },
      data: bars.map(({ low, high, text, value, isEnd }) => ({
        value: high - low,
        label: { formatter: text },
        itemStyle: { color: isEnd ? '#5b7fd4' : value < 0 ? '#d97706' : '#1b8a7f' },
      })),
    },
  ];
  const around = axes(labels, caption);
  const grid = { ...around.grid, top: 36 };
  return chartHtml(view, { ...around, grid, legend: { show: false }, series }, title, 260);
}
