/** A table as a map: what is loaded is what is typed, by all keys of a row, and by the day of the forecast. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { success } from '../../../src/core/result.js';
import { problemList } from '../../../src/scenario/reporter.js';
import { readTables } from '../../../src/scenario/tables/tables.js';
import { findNode, scalarPaths, type MapNode } from '../../../src/scenario/tree.js';
import { readTree } from '../../../src/scenario/yaml/yaml.js';
import { cases } from '../../support/cases.js';

/** The numbers of a table by their path below it, and what is said. */
function tableAt(path: string, table: string, csv: string, asOf?: string) {
  const steps = path.split('.');
  const section = steps.reduceRight((inner, step) => `{ ${step}: ${inner} }`, table);
  const text = JSON.stringify({ currency: 'CNY', as_of: asOf }).slice(0, -1);
  const problems = problemList();
  const root = readTree({ name: 's.yaml', text: `${text}, ${section.slice(1)}` }, problems);
  const read = () => success({ name: 't.csv', text: csv });
  const tree = readTables(root as MapNode, read, problems);
  const node = findNode(tree, steps)!;
  const values = scalarPaths(node).flatMap((one) => {
    const scalar = findNode(tree, one.split('.'));
    if (scalar?.kind !== 'scalar' || one.endsWith('.date')) return [];
    return [[one.slice(path.length + 1).replace(/\.value$/, ''), scalar.text] as const];
  });
  return { values: new Map(values), diagnostics: problems.diagnostics };
}

/** A map that a table may replace: how its rows and its values are written, and what a value becomes. */
interface Kind {
  readonly path: string;
  readonly table: string;
  /** The column of the owner of a value, and its owners, each in several spellings. */
  readonly key: string;
  readonly owners: readonly (readonly string[])[];
  readonly unit: string;
  readonly literal: (number: number) => string;
  /** The path of a value below the map. */
  readonly at: (owner: string, period: string) => string;
}

const KINDS: readonly Kind[] = [
  {
    ...{ path: 'fx.path', table: '{ file: t.csv, direction: CNY per foreign }' },
    ...{
      key: 'currency',
      owners: [
        ['USD', '$', '美元'],
        ['JPY', '日元'],
        ['EUR', '€'],
      ],
    },
    ...{ unit: '', literal: String, at: (owner, period) => `${owner}.${period}` },
  },
  {
    ...{ path: 'components.servers.suppliers', table: '{ file: t.csv }' },
    ...{ key: 'supplier', owners: [['inspur'], ['浪潮'], ['Müller', 'Mu\u0308ller']] },
    ...{ unit: ' (%)', literal: (number) => `${number}%` },
    at: (owner, period) => `${owner}.share.${period}`,
  },
  {
    ...{ path: 'actuals.periods', table: '{ file: t.csv }', key: '', owners: [['']] },
    ...{ unit: ' (RMB bn)', literal: (number) => `${number}bn CNY`, at: (_, period) => period },
  },
];
const PERIODS = ['FY2026Q1', 'FY2026Q2', 'FY2026Q3', 'FY2026Q4'];

/** A typed value: whose, of which period, and when it was reported (`''` for an unknown day). */
interface Typed {
  readonly owner: string;
  readonly word: string;
  readonly period: string;
  readonly day: string;
  readonly number: number;
}

/** A table of a kind with different keys, or with different keys and days. */
const typedTables = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    dateColumn: fc.constantFrom('', 'reported', 'as_of', '公布日期'),
  })
  .chain(({ kind, dateColumn }) => {
    const typed = fc
      .record({
        words: fc.constantFrom(...kind.owners),
        spelling: fc.nat(2),
        period: fc.constantFrom(...PERIODS),
        day: dateColumn === '' ? fc.constant(0) : fc.nat(28),
        number: fc.integer({ min: 1, max: 99 }),
      })
      .map(({ words, spelling, period, day, number }): Typed => ({
        ...{ owner: words[0]!, word: words[spelling % words.length]!, period, number },
        day: day === 0 ? '' : dayOf(day),
      }));
    const selector = ({ owner, period, day }: Typed) => `${owner} ${period} ${day}`;
    return fc.record({
      ...{ kind: fc.constant(kind), dateColumn: fc.constant(dateColumn) },
      rows: fc.uniqueArray(typed, { selector, minLength: 1, maxLength: 12 }),
    });
  });

const dayOf = (day: number) => `2025-06-${String(day).padStart(2, '0')}`;

/** How a table is laid out. */
const layouts = fc.record({
  /** A column for each period, in place of a column `period`. */
  isWide: fc.boolean(),
  order: fc.infiniteStream(fc.nat(99)),
  /** Without the empty cells at the end of a row, which spreadsheets leave out. */
  isCut: fc.boolean(),
});

type Layout = typeof layouts extends fc.Arbitrary<infer T> ? T : never;

function csvOf(
  { key, unit }: Kind,
  dateColumn: string,
  rows: readonly Typed[],
  { isWide, order, isCut }: Layout,
): string {
  const numberOf = ({ number }: Typed) => String(number);
  const columns: readonly (readonly [name: string, cell: (row: Typed) => string])[] = [
    [key, ({ word }) => word],
    [dateColumn, ({ day }) => day],
    ...(isWide ? [] : [['period', ({ period }: Typed) => period] as const]),
    ...(isWide ? [] : [[`value${unit}`, numberOf] as const]),
    ...(isWide ? PERIODS : []).map(
      (own) => [own + unit, (row: Typed) => (row.period === own ? numberOf(row) : '')] as const,
    ),
    ['note', () => ''],
  ];
  const named = columns.filter(([name]) => name !== '');
  const ranked = named.map((column) => [order.next().value as number, column] as const);
  const sorted = ranked.sort(([a], [b]) => a - b).map(([, column]) => column);
  const header = sorted.map(([name]) => name).join();
  const lines = rows.map((row) => sorted.map(([, cell]) => cell(row)).join());
  return [header, ...lines.map((line) => (isCut ? line.replace(/,+$/, '') : line))].join('\n');
}

it('gives each key its latest value that was known, and loses no other', () => {
  const days = fc.option(fc.integer({ min: 1, max: 28 }).map(dayOf), { nil: undefined });
  fc.assert(
    fc.property(typedTables, layouts, days, ({ kind, dateColumn, rows }, layout, asOf) => {
      const csv = csvOf(kind, dateColumn, rows, layout);
      const { values, diagnostics } = tableAt(kind.path, kind.table, csv, asOf);
      const known = rows
        .filter(({ day }) => asOf === undefined || day <= asOf)
        .sort((a, b) => (a.day < b.day ? -1 : 1));
      const latest = known.map(
        ({ owner, period, number }) => [kind.at(owner, period), kind.literal(number)] as const,
      );
      expect(values, csv).toEqual(new Map(latest));
      const ownersOf = (some: readonly Typed[]) => new Set(some.map(({ owner }) => owner));
      const lost = [...ownersOf(rows)].filter((owner) => !ownersOf(known).has(owner));
      expect(diagnostics.map(({ code }) => code)).toEqual(lost.map(() => 'csv-empty'));
    }),
    { numRuns: cases(300) },
  );
});
