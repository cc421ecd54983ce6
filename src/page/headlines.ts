/** The headline numbers: totals with their grade and growth, all years and each year. */
import { wordIn } from '../index.js';
import { html, type Html } from './html.js';
import { cellName, numberHtml } from './numberButton.js';
import { timeOf, type PageRow } from './pageForecast.js';
import type { PageView } from './pageView.js';
import { gradesOnPage, measureOnPage } from './phrases.js';
import { grouped, percent } from './supplierTable.js';

/**
 * @param totals rows of the whole window
 * @param rows rows by group of time
 */
export function headlinesHtml(
  view: PageView,
  totals: readonly PageRow[],
  rows: readonly PageRow[],
): Html {
  return html`<div class="figures">${totals.map((row) => figureHtml(view, row, rows))}</div>`;
}

function figureHtml(view: PageView, total: PageRow, rows: readonly PageRow[]): Html {
  const { one, state, say } = view;
  const { measure, unit, value = '', grade = '' } = total;
  const time = timeOf(one, state);
  const name = measureOnPage(total, state.language);
  const parts = rows.filter((row) => row['measure'] === measure && row['unit'] === unit);
  return html`<div class="figure" data-numbers>
    <p class="name">${name}</p>
    <p class="value">${numberHtml(grouped(value), view, cellName(view, { row: total }))}</p>
    <p class="grade">
      ${say('grade')}: <span class="tag">${gradesOnPage(grade, state.language)}</span>
    </p>
    <table>
      <caption class="hidden">
        ${name}
      </caption>
      <tbody>
        ${parts.map((row) => lineHtml(view, row, row[time]!))}
      </tbody>
    </table>
  </div>`;
}

function lineHtml(view: PageView, row: PageRow, group: string): Html {
  const value = numberHtml(grouped(row['value']!), view, cellName(view, { row, group }));
  const growth = cellName(view, { row, group, column: 'yoy' });
  const yoy = numberHtml(percent(row['yoy'] ?? ''), view, growth);
  return html`<tr>
    <th scope="row">${wordIn(view.state.language, group)}</th>
    <td class="number">${value}</td>
    <td class="number growth" title="${view.say('growth over the year before')}">${yoy}</td>
  </tr>`;
}
