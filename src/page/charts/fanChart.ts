/** How likely which numbers of an output are, by group of time: a fan of quantiles, and the same numbers as a table. */
import type { Answer, Result } from '../../index.js';
import { html, type Html } from '../html.js';
import { rowsByName, type PageRow } from '../pageForecast.js';
import {
  DRAWS,
  fileOf,
  settingsOf,
  simulateCommand,
  simulatedGroups,
  startsByItself,
} from '../pageSimulation.js';
import { problemHtml, type Fan, type PageView } from '../pageView.js';
import { measureOnPage, unitOnPage } from '../phrases.js';
import { notesHtml } from '../sheetHtml.js';
import { grouped } from '../supplierTable.js';
import { axes, chartHtml } from './chart.js';

const QUANTILES = ['5%', '25%', '50%', '75%', '95%'] as const;
const COLOUR = '#1b8a7f';

/**
 * The simulation of the inputs shown. Until it is there: how far it is, or the button that starts it, above the one of
 * before.
 */
export function fanHtml(view: PageView): Html {
  const { fan, state } = view;
  if (fan?.settings === settingsOf(view)) return fan.shown;
  const before = fan && fileOf(fan.settings) === state.file;
  return html`${startsByItself(view) ? progressHtml(view) : buttonHtml(view)}
  ${before && html`<div class="stale" inert aria-hidden="true">${fan.shown}</div>`}`;
}

function buttonHtml({ say }: PageView): Html {
  return html`<div class="tools live-only">
    <button type="button" data-simulate>
      ${say('simulate {draws} draws', { draws: grouped(String(DRAWS)) })}
    </button>
  </div>`;
}

/** While draws are made. */
export function progressHtml({ say }: PageView): Html {
  const text = say('simulating {draws} draws', { draws: grouped(String(DRAWS)) });
  return html`<p class="live-only">
    <label>${text} <progress max="${DRAWS}" value="0"></progress></label>
  </p>`;
}

/** What a simulation has found. */
export function fanOf(view: PageView, found: Result<Answer, string>): Fan {
  const settings = settingsOf(view);
  if (!found.ok) return { settings, shown: problemHtml(found.diagnostics) };
  const { table, notes } = found.value;
  const { groups, outputs } = simulatedGroups(view);
  const rows = rowsByName(table!);
  const lines = groups.map((group, g) => {
    const own = rows.filter(({ output }) => output === outputs[g]);
    const valueOf = (statistic: string, at: string) =>
      own.find((row) => row['statistic'] === statistic && row['at'] === at)?.['value'] ?? '';
    const quantiles = QUANTILES.map((at) => valueOf('quantile', at));
    return { group, cells: [valueOf('mean', ''), ...quantiles], quantiles: quantiles.map(Number) };
  });
  const [first] = rows;
  const shown = html`${chartOf(view, lines, first!)} ${tableOf(view, lines, first!)}
    ${notesHtml(notes)}
    <p class="command">
      ${view.say('The numbers of this command:')} <code>${simulateCommand(view)}</code>
    </p>`;
  return { settings, shown };
}

/** One group of time. */
interface FanLine {
  readonly group: string;
  /** The mean and the quantiles, as they are printed. */
  readonly cells: readonly string[];
  readonly quantiles: readonly number[];
}

/** Bands between quantiles, each upon the one below it, and the median as a line. */
function chartOf(view: PageView, lines: readonly FanLine[], first: PageRow): Html {
  const { state, say } = view;
  const groups = lines.map(({ group }) => group);
  const around = axes(groups, unitOnPage(first['unit']!, state.language), false);
  const band = {
    type: 'line' as const,
    stack: 'fan',
    symbol: 'none',
    lineStyle: { opacity: 0 },
  };
  const [outer, inner] = [
    say('{from} to {to}', { from: '5%', to: '95%' }),
    say('{from} to {to}', { from: '25%', to: '75%' }),
  ];
  const bandOf = (from: number, to: number, name: string) => ({
    ...{ ...band, name },
    color: COLOUR,
    areaStyle: { color: COLOUR, opacity: name === inner ? 0.45 : 0.2 },
    data: lines.map(({ quantiles }) => quantiles[to]! - quantiles[from]!),
  });
  const series = [
    { ...band, data: lines.map(({ quantiles }) => quantiles[0]!) },
    bandOf(0, 1, outer),
    bandOf(1, 3, inner),
    bandOf(3, 4, outer),
    {
      ...{ type: 'line' as const, name: say('median'), color: COLOUR, symbolSize: 7 },
      lineStyle: { width: 3 },
      data: lines.map(({ quantiles }) => quantiles[2]!),
    },
  ];
  const entry = (name: string, opacity: number) => ({
    ...{ name, icon: 'roundRect', itemStyle: { color: COLOUR, opacity } },
  });
  const legend = {
    ...around.legend,
    data: [entry(outer, 0.2), entry(inner, 0.45), { name: say('median') }],
  };
  return chartHtml(
    view,
    { ...around, legend, series },
    say('Probability distribution of an output'),
    300,
  );
}

function tableOf({ state, say }: PageView, lines: readonly FanLine[], first: PageRow): Html {
  const caption = measureOnPage({ ...first, measure: 'demand' }, state.language);
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${caption}">
    <table>
      <thead>
        <tr>
          <th scope="col">${caption}</th>
          ${[say('mean'), ...QUANTILES].map(
            (one) => html`<th scope="col" class="number">${one}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${lines.map(
          ({ group, cells }) =>
            html`<tr>
              <th scope="row">${group}</th>
              ${cells.map((cell) => html`<td class="number">${grouped(cell)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
