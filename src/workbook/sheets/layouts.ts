/** The tables of a workbook: by year, by component, by supplier. */

/** What a table has as rows and as columns. */
export interface TableLayout {
  readonly name: string;
  readonly heading: string;
  readonly rows: readonly ('component' | 'supplier')[];
  readonly columns: 'fiscal_year' | 'period';
  readonly isDrawn?: true;
}

export const LAYOUTS: readonly TableLayout[] = [
  {
    name: 'By year',
    heading: 'Forecast by component and fiscal year',
    rows: ['component'],
    columns: 'fiscal_year',
    isDrawn: true,
  },
  {
    name: 'By component',
    heading: 'Forecast by component, supplier and period',
    rows: ['component', 'supplier'],
    columns: 'period',
  },
  {
    name: 'By supplier',
    heading: 'Forecast by supplier and fiscal year',
    rows: ['supplier'],
    columns: 'fiscal_year',
  },
];
