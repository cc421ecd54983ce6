/** The FX table as an answer: tidy rows, and sheets with the closures side by side. */
import { printDecimal, printRatio } from '../core/decimal.js';
import type { Diagnostic } from '../core/diagnostic.js';
import { equal, type Ratio } from '../core/ratio.js';
import type { Sheet, Table } from '../core/table.js';
import { CLOSURES, type Closure } from '../model/closure.js';
import { percent } from '../model/shares.js';
import { missingRates } from '../projection/rates.js';
import { straddlingPeriods } from '../projection/rollup.js';
import type { Scenario } from '../scenario/scenario.js';
import { fxTable, type FxRow } from './fxTable.js';
import type { ReportOptions } from './options.js';
import { quotation } from './report.js';
import { printScaled, scaleFor } from './scale.js';
import type { Answer } from './study.js';

/** A currency and the relative moves of its rate: 0.05 is a currency that costs 5% more. */
export interface Shocks {
  readonly code: string;
  readonly values: readonly Ratio[];
}

/** Demand and units in the envelope's currency and the shocked one, unless asked otherwise. */
export function fxAnswer(
  scenario: Scenario,
  { code, values }: Shocks,
  options: ReportOptions & { readonly show?: boolean | undefined },
): Answer | readonly Diagnostic[] {
  const { by = [], closure } = options;
  const currencies = options.currency ?? [scenario.currency.code, code];
  const problems = [...missingRates(scenario, currencies), ...straddlingPeriods(scenario, by)];
  if (problems.length > 0) return problems;
  const closures = closure ? [closure] : CLOSURES;
  const measures = options.measure ?? ['demand', 'units'];
  const rows = fxTable(scenario, { code, shocks: values, closures, currencies, measures, by });
  const sheets = () => sheetsOf(scenario, code, rows, values, closures);
  return {
    table: tableOf(scenario, code, rows, by),
    document: {
      scenario: scenario.id,
      currency: code,
      quotation: quotation(scenario),
      rows: rows.map(plain),
    },
    ...(options.show && { sheets: sheets() }),
    notes: [quotation(scenario)],
  };
}

const AMOUNTS = ['base', 'value', 'translation', 'transaction', 'cross'] as const;

function tableOf(
  { id }: Scenario,
  code: string,
  rows: readonly FxRow[],
  by: readonly string[],
): Table {
  const text = ['scenario', 'currency', 'closure', ...by, 'measure', 'unit'];
  const numbers = ['shock', ...AMOUNTS];
  return {
    columns: [
      ...text.map((name) => ({ name, kind: 'text' as const })),
      ...numbers.map((name) => ({ name, kind: 'number' as const })),
    ],
    rows: rows.map((row) => {
      const { closure, labels, measure, unit, shock } = row;
      const amounts = AMOUNTS.map((name) => printDecimal(row[name], unit.places));
      return [id, code, closure, ...labels, measure, unit.label, printRatio(shock), ...amounts];
    }),
  };
}

function plain(row: FxRow): object {
  const { shock, closure, labels, measure, unit } = row;
  const amounts = AMOUNTS.map((name) => [name, printDecimal(row[name], unit.places)] as const);
  return {
    shock: printRatio(shock),
    closure,
    labels,
    measure,
    unit: unit.label,
    ...Object.fromEntries(amounts),
  };
}

/** For each number a sheet of its values, and one of its effects: a row a shock, closures side by side. */
function sheetsOf(
  scenario: Scenario,
  code: string,
  rows: readonly FxRow[],
  shocks: readonly Ratio[],
  closures: readonly Closure[],
): readonly Sheet[] {
  const nameOf = ({ labels, measure, unit }: FxRow) => [...labels, measure, unit.label].join(' ');
  const names = [...new Set(rows.map(nameOf))];
  return names.flatMap((name) => {
    const own = rows.filter((row) => nameOf(row) === name);
    const scale = scaleFor(own[0]!.measure, own[0]!.unit.places, own[0]!.base);
    const caption = [name, scale.suffix].filter(Boolean).join(' ');
    const lineOf = (
      shock: Ratio,
      columns: readonly (keyof FxRow & (typeof AMOUNTS)[number])[],
    ) => ({
      label: `${code} ${shock.n > 0n ? '+' : ''}${percent(shock)}`,
      depth: 0,
      kind: 'part' as const,
      cells: columns.flatMap((column) =>
        closures.map((closure) => {
          const row = own.find((one) => one.closure === closure && equal(one.shock, shock))!;
          return printScaled(row[column], scale);
        }),
      ),
    });
    const sheet = (
      columns: readonly (typeof AMOUNTS)[number][],
      headings: readonly string[],
    ): Sheet => ({
      title: `${scenario.title}: ${code} moves, what gives way`,
      caption,
      headings,
      rows: shocks.map((shock) => lineOf(shock, columns)),
      notes: [],
    });
    const effects = ['translation', 'transaction', 'cross'] as const;
    const moved = effects.filter((effect) => own.some((row) => row[effect] !== 0n));
    const headings = moved.flatMap((effect) => closures.map((closure) => `${effect} ${closure}`));
    return [sheet(['value'], closures), ...(moved.length > 0 ? [sheet(moved, headings)] : [])];
  });
}
