/** The numbers of tables that change: each cell once, also where several inputs or scenarios read it. */
import { groupBy } from '../../core/group.js';
import { allOf, failure, success, type Result } from '../../core/result.js';
import type { Diagnostic } from '../../core/text/diagnostic.js';
import { printPlace, type SourceText } from '../../core/text/source.js';
import { placeOf, type FileOf, type InputEdit, type InputPlace } from './inputEdit.js';
import { rewriteCell } from './rewriteCell.js';
import type { Splice } from './splice.js';

/** Nothing if the cell gives the number in another form. */
export function cellSplice(one: InputEdit): Splice | undefined {
  return rewriteCell(placeOf(one), one.literal, one.input.kind);
}

/** A new text for a place in a table, and the edit that needs it. */
interface TableSplice extends Splice {
  readonly source: SourceText;
  readonly edit?: InputEdit;
}

/** @param tables those that one scenario reads */
export function tableSplices(
  tables: readonly SourceText[],
  { edits, withdrawn }: { edits: readonly InputEdit[]; withdrawn: readonly InputPlace[] },
): readonly TableSplice[] {
  const isInTable = ({ span }: InputPlace) => tables.includes(span.source);
  return [
    ...edits
      .filter((edit) => isInTable(placeOf(edit)))
      .map((edit) => ({ ...cellSplice(edit)!, source: placeOf(edit).span.source, edit })),
    ...withdrawn.filter(isInTable).map(({ span }) => ({ span, text: '', source: span.source })),
  ];
}

/** A table, and the splices of all scenarios that read it. */
interface TableSplices {
  readonly source: SourceText;
  readonly splices: readonly TableSplice[];
}

/** The splices by table, each place once; two numbers for one place are refused. */
export function joinSplices(
  all: readonly TableSplice[],
  fileOf: FileOf,
): Result<readonly TableSplices[]> {
  const tables = [...groupBy(all, ({ source }) => fileOf(source.name)).values()];
  const joined = tables.map((ofTable): Result<TableSplices> => {
    const places = [...groupBy(ofTable, ({ span }) => span.start).values()];
    const problems = places.flatMap(([first, ...others]) => {
      const other = others.find(({ text }) => text !== first.text);
      return other?.edit && first.edit ? [twoNumbers(other.edit, first.edit)] : [];
    });
    if (problems.length > 0) return failure(problems);
    return success({ source: ofTable[0].source, splices: places.map(([first]) => first) });
  });
  return allOf(joined);
}

function twoNumbers(edit: InputEdit, other: InputEdit): Diagnostic {
  const [here, there] = [placeOf(edit), placeOf(other)];
  return {
    ...{ code: 'input-place', severity: 'error', span: edit.origin },
    message: `\`${here.path}\` and \`${there.path}\` are one number of a table, ${printPlace(here.span)}`,
    expected: `one number in both cells`,
    found: `${other.literal} and ${edit.literal}`,
    hint: 'type one number in both cells, or give each input a row of its own in the table',
    related: { span: other.origin, message: 'the other cell' },
  };
}
