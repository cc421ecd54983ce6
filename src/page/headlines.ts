/** The headline numbers: totals with their grade and growth, all years and each year. */
import { html, type Html } from './html.js';
import type { PageRow } from './pageForecast.js';
import { gradesOnPage, measureOnPage, type PageLanguage, type SayOnPage } from './phrases.js';
import { grouped, percent } from './supplierTable.js';

interface HeadlineWords {
  /** The dimension of time. */
  readonly time: string;
  readonly say: SayOnPage;
  readonly lang: PageLanguage;
}

/**
 * @param totals rows of the whole window
 * @param rows rows by group of time
 */
export function headlinesHtml(
  totals: readonly PageRow[],
  rows: readonly PageRow[],
  words: HeadlineWords,
): Html {
  return html`<div class="figures">${totals.map((row) => figureHtml(row, rows, words))}</div>`;
}

function figureHtml(
  total: PageRow,
  rows: readonly PageRow[],
  { time, say, lang }: HeadlineWords,
): Html {
  const { measure = '', unit = '', value = '', grade = '' } = total;
  const name = measureOnPage(total, lang);
  const parts = rows.filter((row) => row['measure'] === measure && row['unit'] === unit);
  return html`<div class="figure">
    <p class="name">${name}</p>
    <p class="value">${grouped(value)}</p>
    <p class="grade">${say('grade')}: <span class="tag">${gradesOnPage(grade, lang)}</span></p>
    <table>
      <caption class="hidden">
        ${name}
      </caption>
      <tbody>
        ${parts.map(
          (row) =>
            html`<tr>
              <th scope="row">${row[time]}</th>
              <td class="number">${grouped(row['value']!)}</td>
              <td class="number growth" title="${say('growth over the year before')}">
                ${percent(row['yoy'] ?? '')}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
