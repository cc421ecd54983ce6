/** Numbers that open how they are computed: each is a button with the name of its cell, as `capex explain` takes it. */
import { escaped, html, trusted, type Html } from './html.js';
import { timeOf, type PageRow } from './pageForecast.js';
import type { PageView } from './pageView.js';

/** A number of the forecast. */
export interface PageCell {
  /** A component or a supplier by its key; all of them unless given. */
  readonly place?: string;
  /** The label of a group of time; the whole window unless given. */
  readonly group?: string;
  /** A growth or a share of the number, by its column. */
  readonly column?: 'yoy' | 'share';
  /** A row of a table with the measure and the unit of the number. */
  readonly row: PageRow;
}

/** A cell under changed exchange rates. */
export interface ShockedCell {
  readonly cell: string;
  /** The change of the rates of a currency: `USD=-10%`. */
  readonly shock: string;
  readonly closure: string;
  /** Whether the number is a part of the difference that the change makes. */
  readonly isEffect: boolean;
}

/**
 * The name of a cell: `inspur@FY2026:demand.CNY`. Nothing where a name does not tell it: of years that each supplier
 * has for itself, and of a supplier with the key of a component.
 */
export function cellName(
  { one, state }: Pick<PageView, 'one' | 'state'>,
  { place = '', group, column, row }: PageCell,
): string | undefined {
  if (group !== undefined && timeOf(one, state) === 'supplier_year') return undefined;
  const [unit] = row['measure'] === 'units' ? [row['unit']] : row['unit']!.split(' ');
  const time = group === undefined ? '' : `@${group}`;
  const derived = column === undefined ? '' : `.${column}`;
  return `${place === '' ? '*' : place}${time}:${row['measure']!}.${unit!}${derived}`;
}

/** Whether a key names a supplier and no component. */
export function isSupplierAlone({ one }: Pick<PageView, 'one'>, key: string): boolean {
  return one.base.every(({ components }) => components.every((component) => component.key !== key));
}

/** A number as a button; as text where there is no script, or while inputs move. */
export function numberHtml(
  text: string,
  { isLive }: Pick<PageView, 'isLive'>,
  cell: string | undefined,
): Html {
  if (!isLive || cell === undefined || text === '') return html`${text}`;
  return buttonHtml(text, { 'data-cell': cell });
}

/** A number under changed rates as a button. */
export function shockedHtml(
  text: string,
  { isLive }: Pick<PageView, 'isLive'>,
  { cell, shock, closure, isEffect }: ShockedCell,
): Html {
  if (!isLive) return html`${text}`;
  const under = { 'data-shock': shock, 'data-closure': closure };
  return buttonHtml(text, { 'data-cell': cell, ...under, ...(isEffect && { 'data-effect': '' }) });
}

/** No space stands beside the text: where only texts differ, those of buttons are written like plain ones. */
function buttonHtml(text: string, names: Readonly<Record<string, string>>): Html {
  const data = Object.entries(names).map(([name, value]) => `${name}="${escaped(value)}"`);
  const attributes = `type="button" ${data.join(' ')} tabindex="-1" aria-haspopup="dialog"`;
  return trusted(`<button ${attributes}>${escaped(text)}</button>`);
}
