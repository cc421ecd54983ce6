/** The parts of a page in their order, each as HTML for a forecast and what the reader has chosen. */
import { ask, evidence, triangulate, unitEstimatesOf, writeDiagnostics } from '../index.js';
import { bridgeHtml } from './charts/bridgeChart.js';
import { driversHtml } from './charts/driversChart.js';
import { fanHtml } from './charts/fanChart.js';
import { barsHtml, flowHtml } from './charts/moneyCharts.js';
import { ratesHtml } from './charts/ratesChart.js';
import { headlinesHtml } from './headlines.js';
import { html, type Html } from './html.js';
import { currenciesOf, type PageForecast } from './pageForecast.js';
import {
  headlineRows,
  inMoneyUnit,
  nameOfSupplier,
  problemHtml,
  sheetsHtml,
  supplierRows,
  type PageView,
} from './pageView.js';
import { outputChoiceHtml } from './outputChoice.js';
import { hasRanges } from './pageSimulation.js';
import type { PagePhrase } from './phrases.js';
import { totalsOf } from './printedSums.js';
import { closedSheetHtml, sheetHtml } from './sheetHtml.js';
import { supplierTableHtml } from './supplierTable.js';

/** A section of the page. */
export interface PagePart {
  readonly id: string;
  readonly title: PagePhrase;
  /** Whether it follows an input while that moves; else it follows when the input rests. */
  readonly isQuick: boolean;
  /** Whether the page has it; it has those that do not say. */
  readonly isShown?: (view: PageView) => boolean;
  /** What stands above it and stays while its numbers change. */
  readonly tools?: (view: PageView) => Html;
  readonly body: (view: PageView) => Html;
}

/** The parts that a page has of its scenarios. */
export function partsOf(view: PageView): readonly PagePart[] {
  return PAGE_PARTS.filter(({ isShown }) => isShown?.(view) ?? true);
}

const PAGE_PARTS: readonly PagePart[] = [
  { id: 'ladder', title: 'How much of this does anyone know?', isQuick: false, body: ladderHtml },
  { id: 'headlines', title: 'Headline numbers', isQuick: true, body: headlines },
  { id: 'bars', title: 'Demand by year and component', isQuick: false, body: barsHtml },
  {
    id: 'flow',
    title: 'From buyers through components to suppliers',
    isQuick: false,
    body: flowHtml,
  },
  { id: 'suppliers', title: 'Suppliers', isQuick: true, body: suppliers },
  {
    ...{ id: 'drivers', title: 'What drives an output', isQuick: false },
    ...{ tools: outputChoiceHtml, body: driversHtml },
  },
  {
    ...{ id: 'fan', title: 'Probability distribution of an output', isQuick: false },
    ...{ isShown: hasRanges, tools: outputChoiceHtml, body: fanHtml },
  },
  {
    ...{ id: 'rates', title: 'Exchange rates under each closure', isQuick: false },
    ...{ isShown: ({ one }) => currenciesOf(one).length > 1, body: ratesHtml },
  },
  {
    ...{ id: 'bridge', title: 'From this scenario to the next', isQuick: false },
    ...{ isShown: ({ next }) => next !== undefined, body: bridgeHtml },
  },
  {
    ...{ id: 'units', title: 'From above and from below', isQuick: false },
    ...{ isShown: ({ one }) => unitEstimates(one).length > 0, body: unitsHtml },
  },
  { id: 'evidence', title: 'Evidence and conflicts', isQuick: false, body: sourcesHtml },
];

function ladderHtml({ one, state }: PageView): Html {
  const options = { only: 'ladder', lang: state.language, ...inMoneyUnit({ one, state }) };
  return sheetsHtml(ask(evidence, one.scenarios, options));
}

function sourcesHtml({ one, state }: PageView): Html {
  return sheetsHtml(
    ask(evidence, one.scenarios, { only: 'inputs,conflicts', lang: state.language }),
  );
}

/** The plan beside each estimate in units. */
function unitsHtml({ one, state }: PageView): Html {
  const names = unitEstimates(one);
  return html`${names.map((against) => {
    const options = { against, show: true, lang: state.language };
    const answer = ask(triangulate, one.scenarios, options);
    if (!answer.ok) return problemHtml(writeDiagnostics(answer.diagnostics));
    // What would close each gap is a long list, without bars.
    const sheets = answer.value.sheets!.map((sheet) =>
      sheet.rows.some(({ bar }) => bar) ? sheetHtml(sheet, true) : closedSheetHtml(sheet),
    );
    return html`${names.length > 1 && html`<h3>${against}</h3>`} ${sheets}`;
  })}`;
}

/** The names of the estimates that count units. */
function unitEstimates({ base }: Pick<PageForecast, 'base'>): readonly string[] {
  return [...new Set(base.flatMap(unitEstimatesOf).map(({ name }) => name))];
}

function headlines(view: PageView): Html {
  const rows = headlineRows(view);
  if (!rows.ok) return problemHtml(rows.diagnostics);
  return headlinesHtml(view, totalsOf(rows.value), rows.value);
}

function suppliers(view: PageView): Html {
  const rows = supplierRows(view);
  if (!rows.ok) return problemHtml(rows.diagnostics);
  return supplierTableHtml({
    ...view,
    rows: rows.value,
    nameOf: nameOfSupplier(view),
  });
}
