/** Where the money goes: bars by group of time and component, and the flow from buyers to suppliers. */
import { NOTHING, html, type Html } from '../html.js';
import { componentTableHtml } from '../componentTable.js';
import { currenciesOf, rowsByName, runTable, timeOf, type PageRow } from '../pageForecast.js';
import { nameOfSupplier, printed, problemHtml, type PageView } from '../pageView.js';
import { unitOnPage } from '../phrases.js';
import { COLOURS, TEXT, axes, chartHtml, textWidth } from './chart.js';

/** Demand by group of time, stacked by component. */
export function barsHtml(view: PageView): Html {
  const { one, state, say } = view;
  const time = timeOf(one, state);
  const rows = demandBy(view, `${time},component`);
  if (typeof rows === 'string') return problemHtml(rows);
  const unit = unitOnPage(rows[0]?.['unit'] ?? '', state.language);
  const groups = distinct(rows, time);
  const series = distinct(rows, 'component').map((component) => ({
    type: 'bar' as const,
    name: nameOfComponent(view, component),
    stack: 'demand',
    barMaxWidth: 90,
    data: groups.map((group) =>
      Number(
        rows.find((row) => row[time] === group && row['component'] === component)?.['value'] ?? 0,
      ),
    ),
  }));
  const chart = chartHtml(
    view,
    { ...axes(groups, unit), series },
    say('Demand by year and component'),
  );
  return html`${chart} ${componentTableHtml(view, rows, (path) => nameOfComponent(view, path))}`;
}

/** The flow of the whole window from buyers through components to suppliers. */
export function flowHtml(view: PageView): Html {
  const rows = demandBy(
    view,
    view.one.base[0]!.buyer ? 'buyer,component,supplier' : 'component,supplier',
  );
  if (typeof rows === 'string') return problemHtml(rows);
  const shown = rows.filter((row) => Number(row['value']) > 0);
  if (shown.length === 0) return NOTHING;
  const { nodes, links } = graphOf(shown, view);
  const series = {
    type: 'sankey' as const,
    data: nodes.map(({ key }, i) => ({
      name: key,
      itemStyle: { color: COLOURS[i % COLOURS.length]! },
    })),
    links: [...links],
    ...{
      left: 8,
      right: 16 + labelWidth(nodes),
      top: 8,
      bottom: 8,
      nodeGap: 10,
      draggable: false,
    },
    label: {
      color: TEXT,
      formatter: ({ name }: { readonly name: string }) =>
        nodes.find(({ key }) => key === name)?.label ?? name,
    },
    lineStyle: { color: 'source' as const, opacity: 0.35 },
  };
  const unit = unitOnPage(shown[0]!['unit']!, view.state.language);
  const height = Math.max(280, 34 * nodes.length);
  return html`<p class="unit">${unit}</p>
    ${chartHtml(view, { series }, view.say('From buyers through components to suppliers'), height)}`;
}

/** The room for the labels beside the last nodes. */
function labelWidth(nodes: readonly Node[]): number {
  const last = nodes.filter(({ key }) => key.startsWith('s '));
  return last.reduce((most, { label }) => Math.max(most, textWidth(label)), 0);
}

interface Node {
  readonly key: string;
  readonly label: string;
}

function graphOf(rows: readonly PageRow[], view: PageView) {
  const nodes = new Map<string, Node>();
  const sums = new Map<string, { source: string; target: string; value: number }>();
  const node = (key: string, label: string) => {
    nodes.set(key, nodes.get(key) ?? { key, label });
    return key;
  };
  const link = (source: string, target: string, value: number) => {
    const key = JSON.stringify([source, target]);
    const known = sums.get(key) ?? { source, target, value: 0 };
    sums.set(key, { ...known, value: known.value + value });
  };
  const sellerName = nameOfSupplier(view);
  for (const row of rows) {
    const buyer = row['buyer'] ?? view.one.base[0]!.id;
    const [component, supplier] = [row['component']!, row['supplier']!];
    const value = Number(row['value']);
    const from = node(`b ${buyer}`, buyer);
    const through = node(`c ${component}`, nameOfComponent(view, component));
    link(from, through, value);
    link(through, node(`s ${supplier}`, sellerName(supplier)), value);
  }
  return { nodes: [...nodes.values()], links: [...sums.values()] };
}

function demandBy(view: PageView, by: string): readonly PageRow[] | string {
  const { one } = view;
  const currency = currenciesOf(one)[0]!;
  const table = runTable(one.scenarios, { ...printed(view), by, currency, measure: 'demand' });
  return table.ok ? rowsByName(table.value) : table.diagnostics;
}

function distinct(rows: readonly PageRow[], name: string): readonly string[] {
  return [...new Set(rows.map((row) => row[name]!))];
}

function nameOfComponent({ one }: PageView, path: string): string {
  for (const { leaves } of one.scenarios) {
    const leaf = leaves.find((each) => each.path === path);
    if (leaf) return leaf.name;
  }
  return path;
}
