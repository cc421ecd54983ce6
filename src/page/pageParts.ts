/** The parts of a page in their order, each as HTML for a forecast and what the reader has chosen. */
import { ask, compare, evidence, sensitivity } from '../index.js';
import { barsHtml, flowHtml } from './charts/moneyCharts.js';
import { headlinesHtml } from './headlines.js';
import { NOTHING, html, type Html } from './html.js';
import { currenciesOf, rowsByName, runTable, timeOf, type PageRow } from './pageForecast.js';
import {
  closureOf,
  nameOfSupplier,
  printed,
  problemHtml,
  sheetsHtml,
  supplierRows,
  type PageView,
} from './pageView.js';
import type { PagePhrase } from './phrases.js';
import { supplierTableHtml } from './supplierTable.js';

/** A section of the page. */
export interface PagePart {
  readonly id: string;
  readonly title: PagePhrase;
  /** Whether it follows an input while that moves; else it follows when the input rests. */
  readonly isQuick: boolean;
  readonly body: (view: PageView) => Html;
}

/** Triangulation has its place after the bridge. */
export const PAGE_PARTS: readonly PagePart[] = [
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
  { id: 'drivers', title: 'What drives the first supplier', isQuick: false, body: driversHtml },
  { id: 'rates', title: 'Exchange rates under each closure', isQuick: false, body: ratesHtml },
  { id: 'bridge', title: 'From this scenario to the next', isQuick: false, body: bridgeHtml },
  { id: 'evidence', title: 'Evidence and conflicts', isQuick: false, body: sourcesHtml },
];

function ladderHtml({ one, state }: PageView): Html {
  const options = { only: 'ladder', lang: state.language, in: state.unit, decimals: '2' };
  return sheetsHtml(ask(evidence, one.scenarios, options));
}

function sourcesHtml({ one, state }: PageView): Html {
  return sheetsHtml(
    ask(evidence, one.scenarios, { only: 'inputs,conflicts', lang: state.language }),
  );
}

/** The tornado of the supplier that the file names first. */
function driversHtml({ one, state }: PageView): Html {
  const [supplier] = one.base.flatMap(({ leaves }) => leaves.flatMap((leaf) => leaf.suppliers));
  const options = { of: `${supplier!}:demand`, show: true, lang: state.language };
  return sheetsHtml(ask(sensitivity, one.scenarios, { ...options, ...closureOf(state) }));
}

/** Demand and units where the first foreign currency moves, under the three closures. */
function ratesHtml({ one, state }: PageView): Html {
  const [home = '', code] = currenciesOf(one);
  if (code === undefined) return NOTHING;
  const fx = [`${code}=-10%..+10%/5%`];
  const options = { fx, measure: 'demand', currency: home, show: true, lang: state.language };
  return sheetsHtml(ask(sensitivity, one.scenarios, options));
}

/** The bridge from the scenario shown to the next one of the page, as its file is. */
function bridgeHtml({ one, state, next, say }: PageView): Html {
  if (!next) return html`<p>${say('The page has one scenario only.')}</p>`;
  const options = { bridge: true, show: true, by: 'component', measure: 'demand' };
  const unit = { ...printed(state), lang: state.language };
  return sheetsHtml(ask(compare, [...one.scenarios, ...next()], { ...options, ...unit }));
}

function headlines({ one, state, say }: PageView): Html {
  const time = timeOf(one, state);
  const currency = currenciesOf(one).join(',');
  const table = runTable(one.scenarios, { ...printed(state), currency, by: time, with: 'yoy' });
  if (!table.ok) return problemHtml(table.diagnostics);
  const rows = rowsByName(table.value).filter(({ measure }) => measure !== 'revenue');
  return headlinesHtml(totalsOf(rows), rows, time, say);
}

/** The sums of printed numbers, which add up: tables are rounded so that they do. */
function totalsOf(rows: readonly PageRow[]): readonly PageRow[] {
  const totals = new Map<string, PageRow>();
  for (const row of rows) {
    const key = `${row['measure']!} ${row['unit']!}`;
    const known = totals.get(key);
    totals.set(key, known ? sumOfRows(known, row) : row);
  }
  return [...totals.values()];
}

function sumOfRows(a: PageRow, b: PageRow): PageRow {
  const grades = new Set([...a['grade']!.split(', '), b['grade']!]);
  return { ...a, value: sumOf(a['value']!, b['value']!), grade: [...grades].join(', ') };
}

/** The sum of two printed decimals with as many places. */
function sumOf(a: string, b: string): string {
  const places = a.split('.')[1]?.length ?? 0;
  const sum = BigInt(a.replace('.', '')) + BigInt(b.replace('.', ''));
  const digits = String(sum < 0n ? -sum : sum).padStart(places + 1, '0');
  const text =
    places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(digits.length - places)}`;
  return sum < 0n ? `-${text}` : text;
}

function suppliers(view: PageView): Html {
  const { one, state, say, before } = view;
  const found = supplierRows(view, before ? '' : 'yoy,share');
  if (typeof found === 'string') return problemHtml(found);
  const rows = before ? withGrowth(found.rows, before.rows) : found.rows;
  return supplierTableHtml({ one, state, rows, nameOf: nameOfSupplier(one.scenarios), say });
}

/** Rows with the growth and the shares that are known from before. */
function withGrowth(rows: readonly PageRow[], before: readonly PageRow[]): readonly PageRow[] {
  if (rows.length !== before.length) return rows;
  return rows.map((row, i) => ({ ...before[i]!, ...row }));
}
