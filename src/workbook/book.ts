/** Plans as a workbook: inputs, live tables over formulas, the engine's own numbers, and the check. */
import type { Plan } from '../projection/plan.js';
import { checkSheet } from './sheets/checkSheet.js';
import { crossTab } from './sheets/crossTab.js';
import { entriesOf, exactSheet, forecastSheet } from './sheets/forecastSheets.js';
import { sheetLayout, type SheetLayout } from './sheets/sheetLayout.js';
import { inputNames, inputsSheet } from './sheets/inputsSheet.js';
import { CHOICE, VERDICT } from './sheets/landmarks.js';
import { LAYOUTS } from './sheets/layouts.js';
import { planSheet } from './sheets/planSheet.js';
import { scenariosSheet } from './sheets/scenariosSheet.js';
import { evidenceSheet, sensitivitySheet } from './sheets/tableSheet.js';
import {
  text,
  type WorkbookSheet,
  type CellName,
  type WorkbookRow,
  type Workbook,
} from './workbook.js';

/**
 * A workbook of one scenario or several. Its tables hang on the inputs by formulas, which count in
 * doubles; beside them stand the exact cells, and a check of the one against the other.
 *
 * @param plans each with a scenario of its own id
 * @param args the arguments of the command by which they were made, beside its files
 */
export function workbook(plans: readonly Plan[], args: readonly string[] = []): Workbook {
  const scenarios = plans.map(({ scenario }) => scenario);
  const frames = plans.map((plan, i) => framed(plan, plans.length === 1 ? undefined : i + 1));
  const entries = entriesOf(frames);
  const many = frames.length > 1;
  const tables = LAYOUTS.map((layout) => crossTab(frames, entries, layout, heading(frames)));
  const sheets: (WorkbookSheet | undefined)[] = [
    many ? scenariosSheet(frames, entries) : undefined,
    ...tables.map(({ sheet }) => sheet),
    ...frames.map((frame) => inputsSheet(frame, args)),
    forecastSheet(frames, entries),
    ...frames.map(planSheet),
    exactSheet(frames, entries),
    checkSheet(frames, entries, tables),
    sensitivitySheet(scenarios),
    evidenceSheet(scenarios),
  ];
  return {
    title: scenarios.map(({ title }) => title).join('; '),
    day: scenarios[0]!.asOf,
    sheets: sheets.filter((sheet) => sheet !== undefined),
    names: namesOf(frames),
  };
}

function framed(plan: Plan, number: number | undefined): SheetLayout {
  const { id } = plan.scenario;
  return sheetLayout(plan, sheetOf('Inputs', number, id), sheetOf('Plan', number, id));
}

/** Of a scenario among several: `Inputs 2 alibaba-high`. */
export function sheetOf(kind: 'Inputs' | 'Plan', number: number | undefined, id: string): string {
  return (number === undefined ? kind : `${kind} ${number} ${id}`).slice(0, 31);
}

/** What stands above every table: the scenario, and whether the workbook holds. */
function heading(frames: readonly SheetLayout[]): readonly WorkbookRow[] {
  const { id, title } = frames[0]!.plan.scenario;
  const shown =
    frames.length === 1
      ? text(`${id}: ${title}`)
      : ({ content: { formula: CHOICE, value: id }, look: 'text' } as const);
  return [[{ content: { formula: VERDICT, value: 'OK' }, look: 'verdict' }, shown]];
}

function namesOf(frames: readonly SheetLayout[]): readonly CellName[] {
  const many = frames.length > 1;
  return [
    { name: 'verdict', range: VERDICT },
    ...(many ? [{ name: 'selected_scenario', range: CHOICE }] : []),
    ...frames.flatMap((frame) =>
      inputNames(frame, many ? `input.${frame.plan.scenario.id}.` : 'input.'),
    ),
  ];
}
