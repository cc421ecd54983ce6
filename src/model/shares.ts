/** Groups of shares of one whole: their sum is checked; one of them may be `rest`. */
import { percent } from '../core/number/decimal.js';
import { ONE, compare, subtract, sum, type Fraction } from '../core/number/fraction.js';
import type { DiagnosticCode, Reporter } from '../core/text/diagnostic.js';
import { firstOf } from '../core/text/prose.js';
import { acrossWindow, type ByPeriod, type Window } from './calendar.js';
import type { Located } from './field.js';
import { inputsOf, isRest, reportMisplaced, type Input, type Share } from './input.js';

/** A group of shares: its whole, and its name in diagnostics. */
export interface ShareGroup {
  /** `shares of servers`, `parts of guojin`. */
  readonly name: string;
  /** Of the group in the file. */
  readonly path: string;
  /** What the shares sum to: 1, or an estimate's `of` in quanta. */
  readonly whole: Fraction;
  readonly print: (value: Fraction) => string;
  /** Label of the first period with these shares, where they change. */
  readonly period?: string | undefined;
  /** Whether the shares may sum to less than the whole without a `rest`. */
  readonly allowsRemainder?: true;
  /** Of the error where they do not sum to the whole; `sum` unless given. */
  readonly code?: DiagnosticCode;
}

/** Whether the shares sum to the whole; if not, an error has the exact difference. */
export function checkShares(
  shares: readonly Share[],
  group: ShareGroup,
  report: Reporter,
): boolean {
  const rests = shares.filter(isRest);
  if (rests.length > 1) {
    report.error('rest-twice', rests[1]!.path, {
      message: `a second \`rest\` among the ${group.name}`,
      expected: 'at most one `rest`: it takes what all the others leave',
      hint: 'give one of them a number',
    });
    return false;
  }
  const inputs = inputsOf(shares);
  const total = sum(inputs.map(({ value }) => value));
  const excess = compare(total, group.whole);
  const allowsRemainder = rests.length === 1 || group.allowsRemainder === true;
  if (excess === 0 || (excess < 0 && allowsRemainder)) return true;
  report.error(group.code ?? 'sum', group.path, sumProblem(inputs, total, group));
  return false;
}

function sumProblem(inputs: readonly Input[], total: Fraction, group: ShareGroup) {
  const { name, whole, print } = group;
  const tooMuch = compare(total, whole) > 0;
  const [more, less] = tooMuch ? [total, whole] : [whole, total];
  const gap = `${print(subtract(more, less))} too ${tooMuch ? 'much' : 'little'}`;
  const when = group.period === undefined ? '' : ` in ${group.period}`;
  const terms = inputs.map(({ value }) => print(value));
  return {
    message: `the ${name}${when} sum to ${print(total)}, ${gap}`,
    expected: `${print(whole)}${tooMuch ? ' at most' : ', or one `rest`'}`,
    found:
      terms.length > 1 ? `${firstOf(terms, ' + ')} = ${print(total)}` : (terms[0] ?? 'nothing'),
    hint: tooMuch ? 'lower one of them' : 'raise one of them, or let one be `rest`',
  };
}

/** A member of a group, whose share may change by period. */
export interface Member<S extends Share> {
  readonly share: ByPeriod<S>;
  /** Of the member in the file. */
  readonly path: string;
  /** The key below it that holds a map by period. */
  readonly stepKey: 'part' | 'share' | 'content';
  readonly misplaced?: Located<unknown> | undefined;
}

/** The shares of a group, by period, checked once for each change; nothing where a check fails. */
export function groupShares<S extends Share>(
  members: readonly Member<S>[],
  group: Omit<ShareGroup, 'whole' | 'print' | 'period'>,
  window: Window,
  report: Reporter,
): readonly (readonly S[])[] | undefined {
  const columns = members.map((member) => shareColumn(member, window, report));
  if (!columns.every((column) => column !== undefined)) return undefined;
  const rows = sharesAcross(columns, window.periods.length);
  const changes = [...new Set(rows)];
  const areWhole = changes.every((row) => {
    const period = changes.length > 1 ? window.periods[rows.indexOf(row)]!.label : undefined;
    return checkShares(row, { ...group, whole: ONE, print: percent, period }, report);
  });
  return areWhole ? rows : undefined;
}

/** The shares of one member, by period; nothing where a period has none. */
function shareColumn<S extends Share>(
  { share, path, stepKey, misplaced }: Member<S>,
  window: Window,
  report: Reporter,
): readonly S[] | undefined {
  if (misplaced) reportMisplaced(misplaced, report);
  const sharePath = share.kind === 'constant' ? path : `${path}.${stepKey}`;
  return acrossWindow(share, sharePath, window, report);
}

/** Shares by period; consecutive periods with equal shares have one array. */
export function sharesAcross<S extends Share>(
  columns: readonly (readonly S[])[],
  periods: number,
): readonly (readonly S[])[] {
  const rows: (readonly S[])[] = [];
  for (let t = 0; t < periods; t++) {
    const row = columns.map((column) => column[t]!);
    const before = rows.at(-1);
    rows.push(before && row.every((share, i) => share === before[i]) ? before : row);
  }
  return rows;
}
