/** Demand where the first foreign currency moves, under the three closures: as lines, and as the FX table. */
import { ask, reportingCurrency, sensitivity, wordIn, writeDiagnostics } from '../../index.js';
import { html, type Html } from '../html.js';
import { shockedHtml } from '../numberButton.js';
import { currenciesOf, rowsByName, type PageForecast, type PageRow } from '../pageForecast.js';
import { problemHtml, inMoneyUnit, type PageView } from '../pageView.js';
import { unitOnPage } from '../phrases.js';
import { sheetHtml } from '../sheetHtml.js';
import { axes, chartHtml } from './chart.js';

/** By how many percent the currency moves. */
const CHANGES = [-10, -5, 0, 5, 10].map((change) => `${change > 0 ? '+' : ''}${change}%`);

/**
 * A line for each closure, a table of demand under each, and one of what the change adds to it. Numbers open how they are computed,
 * where every rate is one of the envelope's currency.
 */
export function ratesHtml(view: PageView): Html {
  const { one, state } = view;
  const [home, code] = currenciesOf(one) as [string, string];
  const fx = [`${code}=${CHANGES.join(',')}`];
  const options = { fx, measure: 'demand', currency: home, show: true, lang: state.language };
  const answer = ask(sensitivity, one.scenarios, { ...options, ...inMoneyUnit(view) });
  if (!answer.ok) return problemHtml(writeDiagnostics(answer.diagnostics));
  const { table, sheets } = answer.value;
  const rows = rowsByName(table!);
  const closures = [...new Set(rows.map((row) => row['closure']!))];
  const cell = `*:demand.${home}`;
  const opens = { ...view, isLive: view.isLive === true && canShock(one) };
  // A sheet of values has a column for each closure, the one of effects after it some for each.
  const shown = sheets!.map((sheet, s) =>
    sheetHtml(sheet, false, (text, row, column) => {
      const closure = closures[column % closures.length]!;
      const shock = `${code}=${CHANGES[row]!}`;
      return shockedHtml(text, opens, { cell, shock, closure, isEffect: s > 0 });
    }),
  );
  return html`${linesHtml(view, rows, closures)}
    <div class="sheets">${shown}</div>`;
}

/** Lines that lie upon each other are told apart by their strokes. */
const STROKES = ['solid', [14, 8], [3, 6]] as const;

function linesHtml(view: PageView, rows: readonly PageRow[], closures: readonly string[]): Html {
  const { one, state, say } = view;
  const [, code] = currenciesOf(one);
  const unit = unitOnPage(rows[0]!['unit']!, state.language);
  const changes = CHANGES.map((change) => `${code!} ${change}`);
  const series = closures.map((closure, i) => ({
    type: 'line' as const,
    name: wordIn(state.language, closure),
    symbolSize: 7,
    lineStyle: { width: 3, type: (STROKES[i] ?? 'solid') as 'solid' },
    data: rows.filter((row) => row['closure'] === closure).map((row) => Number(row['value'])),
  }));
  return chartHtml(
    view,
    { ...axes(changes, unit, false), series },
    say('Exchange rates under each closure'),
    280,
  );
}

/** Whether every rate of the FX table is an input of the envelope's currency. */
function canShock({ base }: Pick<PageForecast, 'base'>): boolean {
  return base.every((scenario) => scenario.currency.code === reportingCurrency(scenario).code);
}
