/** The figures of somebody's table, each with what names it. */
import { ZERO, type Fraction } from '../../core/number/fraction.js';
import { readDecimal } from '../../core/number/decimal.js';
import type { SpelledPeriod } from '../../core/periodSpellings.js';
import { readNumber } from '../tables/cellUnits.js';
import type { ColumnFacts } from './columnFacts.js';
import type { PlainTable } from './tableLayout.js';
import { joinedLabel, type TableReading } from './tableReading.js';

/** A value of a tall table, with what names it. */
export interface Figure {
  readonly row: PlainTable['rows'][number];
  readonly label: string;
  readonly period: SpelledPeriod | undefined;
  /** The values of the other columns that name it, such as a company and a definition. */
  readonly series: string;
  readonly reported: string;
  /** Of its number, if it is one. */
  readonly digits: string | undefined;
}

export function numberOf({ digits }: Figure): Fraction {
  return digits === undefined ? ZERO : readDecimal(digits);
}

/** The figures of the periods that count. */
export function figuresOf(
  { rows }: PlainTable,
  facts: readonly ColumnFacts[],
  { across, period, value, owner, reported, conditions, counted }: TableReading,
  decimal: '.' | ',',
): readonly Figure[] {
  const isAcross = across?.holds === 'period';
  const isMeant = ({ name }: ColumnFacts) =>
    isAcross ? counted.has(name) : across?.names.includes(name);
  const columns = value ? [value] : facts.filter(isMeant);
  const names = [owner, ...conditions].filter((one) => one !== undefined);
  const figures: Figure[] = [];
  for (const row of rows) {
    const owners = names.map((one) => textIn(row, one)).join(', ');
    for (const column of columns) {
      const text = textIn(row, column);
      const label = isAcross ? column.name : period ? joinedLabel(row, period) : '';
      if (text === '' && label === '') continue;
      if (counted.size > 0 && label !== '' && !counted.has(label)) continue;
      const isOwn = across !== undefined && !isAcross;
      figures.push({
        row,
        label,
        period: counted.get(label),
        reported: reported ? textIn(row, reported) : '',
        series: isOwn ? [owners, column.name].filter(Boolean).join(', ') : owners,
        digits: readNumber(text, decimal)?.digits,
      });
    }
  }
  return figures;
}

function textIn(row: Figure['row'], { index }: ColumnFacts): string {
  return row[index]?.text ?? '';
}

/** ` of Amazon`; nothing for the only series of a table. */
export function ofSeries(series: string): string {
  return series === '' ? '' : ` of ${series}`;
}
