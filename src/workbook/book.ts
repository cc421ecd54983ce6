/** Plans as a workbook: inputs, tables with formulas, the engine's exact numbers, and a check of both. */
import { greatest } from '../core/lists.js';
import { sayIn, type Language } from '../core/text/language.js';
import type { Portfolio } from '../model/portfolio.js';
import { writtenBy } from '../plan/step.js';
import type { Plan } from '../projection/plan.js';
import { buyerKey } from '../scenario/scenario.js';
import type { DerivedOptions } from '../studies/shared/derivedColumns.js';
import { longFormulas } from './formulas/longFormulas.js';
import { buyersTable } from './sheets/buyersSheet.js';
import { checkSheet } from './sheets/checkSheet.js';
import { crossTabs, tablesOf } from './sheets/crossTab.js';
import { derivedSheet } from './sheets/derivedSheet.js';
import { entriesOf, exactSheet, forecastSheet } from './sheets/forecastSheets.js';
import { SHARED, sharingPortfolio } from './sheets/givenInputs.js';
import { exposureSheet } from './sheets/exposureSheet.js';
import { inputNames, inputsSheet, sharedInputsSheet } from './sheets/inputsSheet.js';
import { planSheet } from './sheets/planSheet.js';
import { scenariosSheet } from './sheets/scenariosSheet.js';
import { CHOICE, VERDICT, sheetLayout, sheetOf, type SheetLayout } from './sheets/sheetLayout.js';
import { evidenceSheet, sensitivitySheet } from './sheets/tableSheet.js';
import { triangulatedPlans } from './sheets/triangulatedPlans.js';
import { triangulationTable } from './sheets/triangulationSheet.js';
import { text, type CellName, type Workbook, type WorkbookRow } from './workbook.js';

/**
 * A workbook of one scenario or several. Formulas compute its tables from the inputs, in doubles. The
 * sheet Exact has the engine's numbers, and the sheet Check compares both.
 *
 * @param plans one for each scenario; no two scenarios have one id
 * @param args the options of the command that made the plans, without its files
 * @param language of heads, labels and notes; the names of sheets, and the verdicts, are one in all languages
 * @param asked the derived columns asked for, and whether rows were left out
 */
export function workbook(
  plans: readonly Plan[],
  args: readonly string[] = [],
  language?: Language,
  asked: DerivedOptions = {},
): Workbook {
  const scenarios = plans.map(({ scenario }) => scenario);
  const portfolio = sharingPortfolio(scenarios);
  const layouts = plans.map((plan, i) =>
    layoutOf(plan, plans.length === 1 ? undefined : i + 1, { language, asked, portfolio }),
  );
  const long = longFormulas(sayIn(language));
  const entries = entriesOf(layouts, long);
  const many = layouts.length > 1;
  const described = tablesOf(layouts, entries, long);
  const [top] = heading(layouts);
  const buyers = scenarios[0]!.buyer && many ? buyersTable(described[0]!, top!) : undefined;
  const tables = [...(buyers ? [buyers] : []), ...crossTabs(described, [top!])];
  const triangulated = triangulatedPlans(layouts, long);
  const triangulation = triangulationTable(triangulated);
  const added = triangulated.flatMap((one) => one.added);
  const derived = derivedSheet(described, heading(layouts), asked);
  const before = [
    ...(many ? [scenariosSheet(layouts, entries, long)] : []),
    ...tables.map(({ sheet }) => sheet),
    ...(derived ? [derived] : []),
    ...(buyers ? [exposureSheet(buyers, described[0]!, sayIn(language))] : []),
    ...(triangulation ? [triangulation.sheet] : []),
    ...(portfolio ? [sharedInputsSheet(portfolio, sayIn(language))] : []),
    ...layouts.map((layout) => inputsSheet(layout, args)),
    forecastSheet(layouts, entries, long),
    ...[...layouts, ...added].map((layout) => planSheet(layout, long)),
    exactSheet(layouts, entries),
  ];
  const after = [sensitivitySheet(plans, language), evidenceSheet(scenarios, language)].filter(
    (sheet) => sheet !== undefined,
  );
  const check = checkSheet(layouts, entries, {
    ...{ tables, others: [...before, ...after], long, added },
    figures: triangulation?.figures ?? [],
  });
  return {
    title: scenarios.map(({ title }) => title).join('; '),
    day: scenarios[0]!.asOf,
    language,
    sheets: [...before, ...long.sheets(), check, ...after],
    names: namesOf(layouts, portfolio),
  };
}

/** A sheet of Excel has at most 1,048,576 rows; some are left for heads and totals. */
const MOST_ROWS = 1_000_000;

/**
 * Why no workbook holds these plans, and what does; nothing where one does. It is known without a workbook,
 * which would not fit into memory.
 */
export function tooLarge(plans: readonly Plan[]): string | undefined {
  const cells = plans.reduce((sum, plan) => sum + plan.cells.length, 0);
  const steps = greatest(
    plans.map((plan) => plan.steps.reduce((sum, step) => sum + writtenBy(step).length, 0)),
    0,
  );
  const rows = Math.max(cells, steps);
  if (rows <= MOST_ROWS) return undefined;
  return (
    `a sheet of Excel has 1,048,576 rows, and this workbook needs about ${rows}: ` +
    'write .csv, or take fewer files, or fewer numbers with --measure or --where'
  );
}

interface LayoutSource {
  readonly language: Language | undefined;
  readonly asked: DerivedOptions;
  readonly portfolio: Portfolio | undefined;
}

function layoutOf(
  plan: Plan,
  number: number | undefined,
  { language, asked, portfolio }: LayoutSource,
): SheetLayout {
  const id = buyerKey(plan.scenario);
  const [inputs, steps] = [sheetOf('Inputs', number, id), sheetOf('Plan', number, id)];
  // Growth is compared with what was reported before the window, on which no cell need depend.
  const further = asked.with ? plan.before : [];
  return sheetLayout(plan, inputs, steps, { language, further, portfolio });
}

/** The row above every table: the verdict of the check, and the scenario. */
function heading(layouts: readonly SheetLayout[]): readonly WorkbookRow[] {
  const { id, title } = layouts[0]!.plan.scenario;
  const selected = buyerKey(layouts[0]!.plan.scenario);
  const shown =
    layouts.length === 1
      ? text(`${id}: ${title}`)
      : ({ content: { formula: CHOICE, value: selected }, look: 'text' } as const);
  return [[{ content: { formula: VERDICT, value: 'OK' }, look: 'verdict' }, shown]];
}

function namesOf(
  layouts: readonly SheetLayout[],
  portfolio: Portfolio | undefined,
): readonly CellName[] {
  const many = layouts.length > 1;
  const taken = new Set<string>();
  return [
    { name: 'verdict', range: VERDICT },
    ...(many ? [{ name: 'selected_scenario', range: CHOICE }] : []),
    ...(portfolio ? inputNames(portfolio.inputs, SHARED, 'input.', taken) : []),
    ...layouts.flatMap(({ plan: { scenario }, inputsSheet: sheet }) =>
      inputNames(scenario.inputs, sheet, many ? `input.${buyerKey(scenario)}.` : 'input.', taken),
    ),
  ];
}
