/** The table of suppliers: a row for each supplier and group of time, sorted and filtered as the reader asks. */
import { wordIn, type Measure } from '../index.js';
import { html, type Html } from './html.js';
import { cellName, isSupplierAlone, numberHtml } from './numberButton.js';
import { timeOf, type PageRow } from './pageForecast.js';
import type { PageState } from './pageState.js';
import { gradesOnPage, measureOnPage, wordOnPage } from './phrases.js';
import type { PageView } from './pageView.js';

/** A column: what it shows of the rows of one supplier and group of time. */
interface SupplierColumn {
  readonly title: string;
  readonly isNumber: boolean;
  readonly cell: (rows: readonly PageRow[]) => string;
  /** The row of its number, which a reader opens. */
  readonly rowOf?: (rows: readonly PageRow[]) => PageRow | undefined;
  readonly derived?: 'yoy' | 'share';
}

/** The rows that one line of the table shows: one for each measure and unit. */
type Line = readonly PageRow[];

const MEASURE_ORDER: readonly Measure[] = ['demand', 'revenue', 'units', 'content', 'depreciation'];

export interface SupplierView extends PageView {
  readonly rows: readonly PageRow[];
  /** The supplier's name by key. */
  readonly nameOf: (key: string) => string;
}

/** The head and the body of the table; the rest of its section stays while numbers change. */
export function supplierTableHtml(view: SupplierView): Html {
  const { state, say } = view;
  const time = timeOf(view.one, state);
  const columns = columnsOf(view, time);
  const lines = linesShown(view, time, columns);
  return html`<table id="suppliers-table" data-numbers>
    <caption class="hidden">
      ${say('Suppliers')}
    </caption>
    <thead>
      <tr>
        ${columns.map((column, i) => headHtml(column, i, view))}
      </tr>
    </thead>
    <tbody>
      ${lines.map(
        (line) =>
          html`<tr>
            ${columns.map((column, i) => cellHtml(column, i, line, view))}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function headHtml({ title, isNumber }: SupplierColumn, index: number, view: SupplierView): Html {
  const { sort } = view.state;
  const isSorted = sort?.column === index;
  const order = isSorted ? (sort.isDown ? 'descending' : 'ascending') : 'none';
  const sign = isSorted ? (sort.isDown ? '↓' : '↑') : '';
  return html`<th scope="col" class="${isNumber ? 'number' : ''}" aria-sort="${order}">
    <button type="button" data-sort="${index}">
      ${title} <span aria-hidden="true">${sign}</span>
    </button>
  </th>`;
}

function cellHtml(column: SupplierColumn, index: number, line: Line, view: SupplierView): Html {
  const { cell, isNumber } = column;
  const text = cell(line);
  if (index === 0) return html`<th scope="row">${text}</th>`;
  if (!isNumber) return html`<td>${text}</td>`;
  const number = numberHtml(grouped(text), view, nameOfCell(column, line, view));
  return html`<td class="number">${number}</td>`;
}

/** The name of a cell whose number a reader opens. */
function nameOfCell(
  { rowOf, derived }: SupplierColumn,
  line: Line,
  view: SupplierView,
): string | undefined {
  const row = view.isLive ? rowOf?.(line) : undefined;
  if (!row || !isSupplierAlone(view, row['supplier']!)) return undefined;
  const place = row['supplier']!;
  const group = row[timeOf(view.one, view.state)]!;
  return cellName(view, { row, place, group, ...(derived && { column: derived }) });
}

function columnsOf(
  { rows, nameOf, say, state }: SupplierView,
  time: string,
): readonly SupplierColumn[] {
  const first = (line: Line) => line[0]!;
  const kinds = new Map(
    MEASURE_ORDER.flatMap((measure) =>
      rows.flatMap((row) => (row['measure'] === measure ? [[kindOf(row), row] as const] : [])),
    ),
  );
  const [main] = kinds.keys();
  const mainRow = (line: Line) => line.find((row) => kindOf(row) === main);
  const ofMain = (name: string) => (line: Line) => mainRow(line)?.[name] ?? '';
  return [
    { title: say('supplier'), isNumber: false, cell: (line) => nameOf(first(line)['supplier']!) },
    {
      title: wordOnPage(time, state.language),
      isNumber: false,
      cell: (line) => wordIn(state.language, first(line)[time]!),
    },
    ...[...kinds].map(([kind, row]) => ({
      title: measureOnPage(row, state.language),
      isNumber: true,
      cell: (line: Line) => line.find((one) => kindOf(one) === kind)?.['value'] ?? '',
      rowOf: (line: Line) => line.find((one) => kindOf(one) === kind),
    })),
    {
      title: say('growth of demand'),
      isNumber: true,
      ...{ rowOf: mainRow, derived: 'yoy' as const },
      cell: (line) => percent(ofMain('yoy')(line)),
    },
    {
      title: say('share of demand'),
      isNumber: true,
      ...{ rowOf: mainRow, derived: 'share' as const },
      cell: (line) => percent(ofMain('share')(line)),
    },
    {
      title: say('grade'),
      isNumber: false,
      cell: (line) => gradesOnPage(ofMain('grade')(line), state.language),
    },
  ];
}

function kindOf(row: PageRow): string {
  return `${row['measure']!} ${row['unit']!}`;
}

function linesShown(
  { rows, state, nameOf }: SupplierView,
  time: string,
  columns: readonly SupplierColumn[],
): readonly Line[] {
  const lines = new Map<string, PageRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row[time], row['supplier']]);
    const line = lines.get(key);
    if (line) line.push(row);
    else lines.set(key, [row]);
  }
  const search = state.search.toLowerCase();
  // A link, or a saved file, may have another window.
  const isGroup = rows.some((row) => row[time] === state.group);
  const isShown = ([row]: Line) =>
    (!isGroup || row![time] === state.group) &&
    `${row!['supplier']!} ${nameOf(row!['supplier']!)}`.toLowerCase().includes(search);
  return sorted([...lines.values()].filter(isShown), columns, state);
}

function sorted(
  lines: readonly Line[],
  columns: readonly SupplierColumn[],
  { sort }: PageState,
): readonly Line[] {
  const column = sort && columns[sort.column];
  if (!column) return lines;
  const sign = sort.isDown ? -1 : 1;
  const keyed = lines.map((line) => ({ line, key: column.cell(line) }));
  const order = column.isNumber
    ? (a: string, b: string) => Number.parseFloat(a || '-1e99') - Number.parseFloat(b || '-1e99')
    : (a: string, b: string) => (a < b ? -1 : Number(a > b));
  return keyed.sort((a, b) => sign * order(a.key, b.key)).map(({ line }) => line);
}

/** `55,416.67`: separators between thousands, no digit changed. */
export function grouped(text: string): string {
  const [whole = '', ...rest] = text.split('.');
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...rest].join('.');
}

/** `12.5%` of `0.125000`: the digits that people read, exactly. */
export function percent(ratio: string): string {
  if (ratio === '') return '';
  const [, sign = '', whole = '', places = ''] = /^(-?)(\d+)\.?(\d*)$/.exec(ratio) ?? [];
  const digits = BigInt(whole + places.padEnd(6, '0').slice(0, 6));
  const tenths = (digits + 500n) / 1000n;
  return `${tenths === 0n ? '' : sign}${tenths / 10n}.${tenths % 10n}%`;
}
