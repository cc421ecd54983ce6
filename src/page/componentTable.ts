/** Demand by component and group of time as a table, with totals on both sides. */
import { html, type Html } from './html.js';
import { timeOf, type PageRow } from './pageForecast.js';
import { cellName, numberHtml } from './numberButton.js';
import type { PageView } from './pageView.js';
import { measureOnPage } from './phrases.js';
import { totalsOf } from './printedSums.js';
import { grouped } from './supplierTable.js';

/**
 * @param rows demand by group of time and component
 * @param nameOf the name of a component by its path
 */
export function componentTableHtml(
  view: PageView,
  rows: readonly PageRow[],
  nameOf: (path: string) => string,
): Html {
  const { state, say } = view;
  const [first] = rows;
  if (!first) return html``;
  const time = timeOf(view.one, state);
  const caption = measureOnPage(first, state.language);
  const groups = [...new Set(rows.map((row) => row[time]!))];
  const components = [...new Set(rows.map((row) => row['component']!))];
  const lineOf = (name: string, own: readonly PageRow[], place?: string) => {
    const cells = groups.map((group) => {
      const cell = { group, row: first, ...(place !== undefined && { place }) };
      const [sum] = totalsOf(own.filter((row) => row[time] === group));
      return numberHtml(grouped(sum?.['value'] ?? ''), view, cellName(view, cell));
    });
    const [sum] = totalsOf(own);
    const whole = cellName(view, { row: first, ...(place !== undefined && { place }) });
    return html`<tr class="${place === undefined ? 'total' : 'part'}">
      <th scope="row">${name}</th>
      ${cells.map((cell) => html`<td class="number">${cell}</td>`)}
      <td class="number">${numberHtml(grouped(sum?.['value'] ?? ''), view, whole)}</td>
    </tr>`;
  };
  const parts = components.map((path) =>
    lineOf(
      nameOf(path),
      rows.filter((row) => row['component'] === path),
      path,
    ),
  );
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${caption}">
    <table data-numbers>
      <thead>
        <tr>
          <th scope="col">${caption}</th>
          ${[...groups, say('total')].map(
            (group) => html`<th scope="col" class="number">${group}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${parts} ${lineOf(say('total'), rows)}
      </tbody>
    </table>
  </div>`;
}
