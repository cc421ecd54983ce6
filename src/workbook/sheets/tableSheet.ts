/** Sheets of plain values: sensitivity, and the evidence for the inputs. */
import { printDate } from '../../core/period.js';
import type { Table } from '../../core/table.js';
import { sayIn, type Language, type Say, type Word } from '../../core/text/language.js';
import { UNASSIGNED } from '../../model/supplier.js';
import { sellersOf } from '../../projection/measureTree.js';
import { readOutput, type Output } from '../../projection/output.js';
import type { Plan } from '../../projection/plan.js';
import type { Scenario } from '../../scenario/scenario.js';
import { tornadoTable, tornados } from '../../studies/sensitivity/tornado.js';
import { soleSubject } from '../../studies/subject/subject.js';
import { soleOutput } from '../../studies/subject/subjectOutput.js';
import { RATE } from '../formulas/numberFormats.js';
import {
  head,
  headOfNumbers,
  note,
  number,
  text,
  title,
  type WorkbookRow,
  type WorkbookSheet,
} from '../workbook.js';

/**
 * What drives demand and each supplier's revenue: one input at a time at its low and at its high, computed
 * by the engine. Inputs without an effect are left out.
 */
export function sensitivitySheet(
  plans: readonly Plan[],
  language?: Language,
): WorkbookSheet | undefined {
  const say = sayIn(language);
  const tables = plans.flatMap(({ scenario, closure }) => {
    const sellers = [...sellersOf(scenario, ['revenue'])].filter((key) => key !== UNASSIGNED);
    const outputTexts = ['*:demand', ...sellers.map((key) => `${key}:revenue`)];
    const outputs = outputTexts.flatMap((text) => outputOf(scenario, text) ?? []).map(soleOutput);
    return tornados(soleSubject(scenario), outputs, { closure }).map((found, o) =>
      tornadoTable(scenario, outputs[o]!, found, {}),
    );
  });
  const rows = tables.flatMap((table) =>
    [...table.rows].filter(hasEffect).map((row) => rowOf(table, row)),
  );
  if (rows.length === 0) return undefined;
  return {
    name: 'Sensitivity',
    widths: [20, 26, 54, 54, 8, 20, 20, 20, 20, 20, 20, 20],
    rows: [
      [
        title(
          say(
            'Sensitivity: demand and revenue of each supplier, with one input at its low and at its high',
          ),
        ),
      ],
      [
        note(
          say(
            'Computed by the engine for the inputs of the file; `capex sensitivity` has more outputs.',
          ),
        ),
      ],
      tables[0]!.columns.map(({ name, kind }) =>
        (kind === 'number' ? headOfNumbers : head)(say(name as Word)),
      ),
      ...rows,
    ],
    frozen: { rows: 3, columns: 3 },
  };
}

function outputOf(scenario: Scenario, text: string): Output | undefined {
  const output = readOutput(text, scenario);
  return output.ok ? output.value : undefined;
}

/** Whether an input has an effect: its swing is not zero, or one end of its range has no result. */
function hasEffect(row: readonly string[]): boolean {
  const [atLow, , atHigh, swing] = row.slice(-4);
  return atLow === '' || atHigh === '' || !/^0(\.0+)?$/.test(swing!);
}

function rowOf({ columns }: Table, row: readonly string[]): WorkbookRow {
  return row.map((cell, i) => {
    const isNumber = columns[i]!.kind === 'number' && /^-?\d{1,15}(\.\d+)?$/.test(cell);
    return isNumber ? number(Number(cell), cell.length > 12 ? '#,##0.00' : RATE) : text(cell);
  });
}

const EVIDENCE_HEADS = [
  ...(['scenario', 'input', 'for its', 'claim', 'about', 'says', 'basis', 'whose'] as const),
  ...(['source', 'date', 'where', 'remark'] as const),
] as const;

/** The claims of sources, and the inputs that cite them. */
export function evidenceSheet(
  scenarios: readonly Scenario[],
  language?: Language,
): WorkbookSheet | undefined {
  const say = sayIn(language);
  const rows = scenarios.flatMap(({ id, inputs, ledger }) =>
    inputs.flatMap(({ path, attributes }) =>
      (['evidence', 'range_evidence'] as const).flatMap((kind): readonly WorkbookRow[] => {
        const pinned = attributes[kind]?.value;
        const claim = pinned === undefined ? undefined : ledger.claims.get(pinned);
        if (!claim) return [];
        const { basis, whose, about, source, places, note: remark } = claim;
        const said = claim.words ?? saysOf(claim.says, say);
        const where = places[0]!.where ?? '';
        const day = printDate(source.date);
        const use = say(kind === 'evidence' ? 'value' : 'range');
        const of = [id, path, use, claim.id, about, said, say(basis), whose];
        return [[...of, source.title, day, where, remark ?? ''].map(text)];
      }),
    ),
  );
  if (rows.length === 0) return undefined;
  return {
    name: 'Evidence',
    widths: [18, 40, 8, 24, 24, 24, 10, 20, 40, 12, 24, 40],
    rows: [
      [title(say('Evidence for the inputs'))],
      [],
      EVIDENCE_HEADS.map((word) => head(say(word))),
      ...rows,
    ],
    frozen: { rows: 3, columns: 2 },
  };
}

function saysOf(
  says: { low: { text: string }; high: { text: string } } | undefined,
  say: Say,
): string {
  if (!says) return '';
  const { low, high } = says;
  return low.text === high.text
    ? low.text
    : say('{low} to {high}', { low: low.text, high: high.text });
}
