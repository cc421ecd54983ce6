/** Plans as a workbook: inputs, live tables over formulas, the engine's own numbers, and the check. */
import type { Plan } from '../projection/plan.js';
import { checkSheet } from './checkSheet.js';
import { crossTab } from './crossTab.js';
import { entriesOf, exactSheet, forecastSheet } from './forecast.js';
import { frameOf, type Frame } from './frame.js';
import { inputNames, inputsSheet } from './inputsSheet.js';
import { CHOICE, VERDICT } from './landmarks.js';
import { LAYOUTS } from './layouts.js';
import { planSheet } from './planSheet.js';
import { scenariosSheet } from './scenariosSheet.js';
import { evidenceSheet, sensitivitySheet } from './tableSheet.js';
import { text, type BookSheet, type CellName, type Row, type Workbook } from './workbook.js';

/**
 * A workbook of one scenario or several. Its tables hang on the inputs by formulas, which count in
 * doubles; beside them stand the exact cells, and a check of the one against the other.
 *
 * @param plans each with a scenario of its own id
 */
export function workbook(plans: readonly Plan[]): Workbook {
  const scenarios = plans.map(({ scenario }) => scenario);
  const frames = plans.map((plan, i) => framed(plan, plans.length === 1 ? undefined : i + 1));
  const entries = entriesOf(frames);
  const many = frames.length > 1;
  const tables = LAYOUTS.map((layout) => crossTab(frames, entries, layout, heading(frames)));
  const sheets: (BookSheet | undefined)[] = [
    many ? scenariosSheet(frames, entries) : undefined,
    ...tables.map(({ sheet }) => sheet),
    ...frames.map(inputsSheet),
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

function framed(plan: Plan, number: number | undefined): Frame {
  const end = number === undefined ? '' : ` ${number} ${plan.scenario.id}`;
  return frameOf(plan, `Inputs${end}`.slice(0, 31), `Plan${end}`.slice(0, 31));
}

/** What stands above every table: the scenario, and whether the workbook holds. */
function heading(frames: readonly Frame[]): readonly Row[] {
  const { id, title } = frames[0]!.plan.scenario;
  const shown =
    frames.length === 1
      ? text(`${id}: ${title}`)
      : ({ content: { formula: CHOICE, value: id }, look: 'text' } as const);
  return [[{ content: { formula: VERDICT, value: 'OK' }, look: 'verdict' }, shown]];
}

function namesOf(frames: readonly Frame[]): readonly CellName[] {
  const many = frames.length > 1;
  return [
    { name: 'verdict', range: VERDICT },
    ...(many ? [{ name: 'selected_scenario', range: CHOICE }] : []),
    ...frames.flatMap((frame) =>
      inputNames(frame, many ? `input.${frame.plan.scenario.id}.` : 'input.'),
    ),
  ];
}
