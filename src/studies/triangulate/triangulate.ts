/** The study `triangulate`: money and units from above beside those from below, and what would close each gap. */
import * as z from 'zod';
import { printDecimal } from '../../core/number/decimal.js';
import { fraction } from '../../core/number/fraction.js';
import { success, type Result } from '../../core/result.js';
import { textRecordsOf, type Column, type Table } from '../../core/table.js';
import { nearest } from '../../core/text/diagnostic.js';
import { sayIn } from '../../core/text/language.js';
import { firstOf } from '../../core/text/prose.js';
import type { UnitEstimate } from '../../model/estimate/unitEstimate.js';
import { buyerKey, type Scenario } from '../../scenario/scenario.js';
import { argumentError } from '../shared/argumentError.js';
import { namedColumns } from '../shared/columns.js';
import { percentOf } from '../shared/numberFormat.js';
import { lang, show } from '../shared/options.js';
import type { Study } from '../study.js';
import { tidyValue } from '../variation/inputValues.js';
import { closingsText } from './closing.js';
import { triangulationOf, type Triangulation } from './gaps.js';
import { unitEstimatesOf, type UnitAmount } from './sides.js';
import { triangulationSheets } from './triangulationSheets.js';

const against = z.string().optional().meta({
  description: 'The estimate in units; needed where the scenario has several',
});
const options = z.object({ against, show, lang });

export const triangulate: Study<typeof options> = {
  name: 'triangulate',
  summary: 'Money and units from above beside those from below, and what would close each gap',
  files: 'one',
  options,
  example: 'triangulate scenarios/alibaba-units.yaml --show',
  run: (scenarios, { against, show, lang }) => {
    const found = estimatesAgainst(scenarios, against);
    if (!found.ok) return found;
    const all = found.value.map(([scenario, estimate]) => triangulationOf(scenario, estimate));
    const table: Table = { columns: COLUMNS, rows: all.flatMap(rowsOf) };
    const say = sayIn(lang);
    return success({
      table,
      document: { rows: textRecordsOf(table), closings: all.flatMap(closingRecords) },
      ...(show && { sheets: all.flatMap((one) => triangulationSheets(one, lang)) }),
      notes: [
        say('gap is what is below less what is above, and its percentage is of what is above'),
      ],
    });
  },
};

/** The estimate in units of each scenario: the one that is named, else the only one. */
function estimatesAgainst(
  scenarios: readonly Scenario[],
  name: string | undefined,
): Result<readonly (readonly [Scenario, UnitEstimate])[]> {
  const inUnits = scenarios.map(unitEstimatesOf);
  const fail = argumentError('--against', name ?? '');
  const names = new Set(inUnits.flat().map((one) => one.name));
  if (names.size === 0) {
    const message = 'no estimate counts units, so there is nothing from below';
    return fail({ message, hint: 'add an estimate with `units` to the scenario' });
  }
  if (name !== undefined && !names.has(name)) {
    const meant = nearest(name, names) ?? firstOf(names);
    const message = `there is no estimate in units \`${name}\``;
    return fail({ message, hint: `write --against ${meant}` });
  }
  const unclear = inUnits.find((all) => all.length > 1);
  if (name === undefined && unclear) {
    const known = firstOf(unclear.map((one) => one.name));
    const message = `several estimates count units: ${known}`;
    return fail({ message, hint: `add --against ${unclear[0]!.name}` });
  }
  return success(
    scenarios.flatMap((scenario, i) => {
      const own = inUnits[i]!.find((one) => name === undefined || one.name === name);
      return own ? [[scenario, own] as const] : [];
    }),
  );
}

const numbers = (columns: Readonly<Record<string, string>>): readonly Column[] =>
  Object.entries(columns).map(([name, description]) => ({ name, kind: 'number', description }));

const COLUMNS: readonly Column[] = [
  ...namedColumns('text', ['scenario', 'component', 'fiscal_year', 'unit']),
  ...numbers({
    above: 'The money that the scenario plans, in the unit of the row.',
    below: 'What the estimate in units would buy, in the unit of the row.',
    gap: 'What is below less what is above.',
    gap_percent: 'The gap in percent of what is above, rounded half-even to two decimals.',
  }),
  { name: 'counted_in', kind: 'text', description: 'The unit of count.' },
  ...numbers({
    units_above: 'The units that the planned money buys.',
    units_below: 'The units of the estimate.',
    units_gap: 'Units below less units above.',
  }),
  {
    name: 'closed_by',
    kind: 'text',
    description:
      'The inputs that would each close the gap alone, with their values as `--set` takes them.',
  },
];

function rowsOf({ scenario, gaps }: Triangulation): readonly (readonly string[])[] {
  const { code, places } = scenario.currency;
  const print = (count: bigint | undefined) =>
    count === undefined ? '' : printDecimal(count, places);
  return gaps.map(({ place, above, below, unitsAbove, unitsBelow, closings }) => {
    const both = above !== undefined && below !== undefined;
    const gap = both ? below - above : undefined;
    const { label, places: unitPlaces } = (unitsAbove?.unit ?? unitsBelow?.unit) || {};
    const count = (one: UnitAmount | undefined) =>
      one?.unit && unitPlaces !== undefined ? printDecimal(one.count, unitPlaces) : '';
    const counted = unitsAbove?.unit && unitsBelow?.unit;
    return [
      ...[buyerKey(scenario), place.component ?? 'total', place.year, code],
      ...[print(above), print(below), print(gap)],
      gap === undefined || above === undefined ? '' : percentOf(fraction(gap), fraction(above)),
      ...[label ?? '', count(unitsAbove), count(unitsBelow)],
      counted ? printDecimal(unitsBelow.count - unitsAbove.count, unitPlaces!) : '',
      closingsText(closings),
    ];
  });
}

/** What would close each gap, for programs. */
function closingRecords({ scenario, gaps }: Triangulation): readonly object[] {
  return gaps.flatMap(({ place: { component = 'total', year }, closings }) =>
    closings.map(({ input, value, isExact, beyond }) => ({
      ...{ scenario: buyerKey(scenario), component, fiscal_year: year, input: input.path },
      ...{
        given: input.text,
        value: tidyValue(input, value),
        closes: isExact ? 'exactly' : 'nearest',
      },
      range:
        beyond === undefined
          ? 'none'
          : beyond.n === 0n
            ? 'inside'
            : beyond.n > 0n
              ? 'above'
              : 'below',
      beyond: beyond === undefined ? '' : tidyValue(input, beyond),
    })),
  );
}
