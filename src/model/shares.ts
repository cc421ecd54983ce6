/** Groups of shares that make up a whole: their sum is checked, and `rest` is what they leave. */
import { percent } from '../core/number/decimal.js';
import type { Reporter } from '../core/text/diagnostic.js';
import { compare, ONE, subtract, sum, type Fraction } from '../core/number/fraction.js';
import { acrossWindow, stepsOf, type Window } from './calendar.js';
import type { ByPeriod, Located } from './field.js';
import { inputsOf, isRest, reportMisplaced, type Input, type Share } from './input.js';

/** Parts of which whole, and what they are called in a diagnostic. */
export interface ShareGroup {
  /** `shares of servers`, `parts of guojin`. */
  readonly name: string;
  /** Where the group stands in the file. */
  readonly path: string;
  /** What the parts sum to: 1, or an estimate's `of` in quanta. */
  readonly whole: Fraction;
  readonly print: (value: Fraction) => string;
  /** In which period, where the shares change. */
  readonly period?: string | undefined;
  /** Whether the parts may leave something of the whole. */
  readonly mayLeave?: true;
}

/** Whether the shares make up the whole; where they do not, the difference is reported exactly. */
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
  const given = inputsOf(shares);
  const total = sum(given.map(({ value }) => value));
  const excess = compare(total, group.whole);
  const mayLeave = rests.length === 1 || group.mayLeave === true;
  if (excess === 0 || (excess < 0 && mayLeave)) return true;
  report.error('sum', group.path, sumProblem(given, total, group));
  return false;
}

function sumProblem(given: readonly Input[], total: Fraction, group: ShareGroup) {
  const { name, whole, print } = group;
  const tooMuch = compare(total, whole) > 0;
  const [more, less] = tooMuch ? [total, whole] : [whole, total];
  const gap = `${print(subtract(more, less))} too ${tooMuch ? 'much' : 'little'}`;
  const when = group.period === undefined ? '' : ` in ${group.period}`;
  const terms = given.map(({ value }) => print(value));
  return {
    message: `the ${name}${when} sum to ${print(total)}, ${gap}`,
    expected: `${print(whole)}${tooMuch ? ' at most' : ', or one `rest`'}`,
    found: terms.length > 1 ? `${terms.join(' + ')} = ${print(total)}` : (terms[0] ?? 'nothing'),
    hint: tooMuch ? 'lower one of them' : 'raise one of them, or let one be `rest`',
  };
}

/** One member of a group that may change by period, as the file gives it. */
export interface Member {
  readonly share: ByPeriod<Share>;
  /** Where it stands: the key of the member, and the key below it that holds a map by period. */
  readonly path: string;
  readonly stepKey: 'part' | 'share';
  readonly misplaced?: Located<unknown> | undefined;
}

/** The shares of a group in every period, checked once for each change; nothing where they fail. */
export function groupShares(
  members: readonly Member[],
  group: Pick<ShareGroup, 'name' | 'path' | 'mayLeave'>,
  window: Window,
  report: Reporter,
): readonly (readonly Share[])[] | undefined {
  const columns = members.map((member) => shareColumn(member, window, report));
  if (!columns.every((column) => column !== undefined)) return undefined;
  const rows = sharesAcross(columns, window.periods.length);
  const changes = [...new Set(rows)];
  const whole = changes.every((row) => {
    const period = changes.length > 1 ? window.periods[rows.indexOf(row)]!.label : undefined;
    return checkShares(row, { ...group, whole: ONE, print: percent, period }, report);
  });
  return whole ? rows : undefined;
}

/** One member's shares across the window, or nothing where they cannot be read. */
function shareColumn(
  { share, path, stepKey, misplaced }: Member,
  window: Window,
  report: Reporter,
): readonly Share[] | undefined {
  if (misplaced) reportMisplaced(misplaced, report);
  const at = 'always' in share ? path : `${path}.${stepKey}`;
  return acrossWindow(stepsOf(share, at, window, report), at, window, report);
}

/** The shares of every period; a period whose shares are those of the one before shares its array. */
function sharesAcross(
  columns: readonly (readonly Share[])[],
  periods: number,
): readonly (readonly Share[])[] {
  const rows: (readonly Share[])[] = [];
  for (let t = 0; t < periods; t++) {
    const row = columns.map((column) => column[t]!);
    const before = rows.at(-1);
    rows.push(before && row.every((share, i) => share === before[i]) ? before : row);
  }
  return rows;
}
