/** Checks that every input agrees with the claim that it names, and that no claim is too late. */
import { compare } from '../../core/number/fraction.js';
import type { CalendarDate } from '../../core/number/literal.js';
import { compareDates, printDate } from '../../core/period.js';
import type { Reporter } from '../../core/text/diagnostic.js';
import { printPlace } from '../../core/text/source.js';
import {
  NO_LEDGER,
  reportUnknown,
  wordsOf,
  type Claim,
  type Grade,
  type Ledger,
} from '../../model/claims.js';
import type { Located } from '../../model/field.js';
import { isRest, type Input, type Share } from '../../model/input.js';
import { areInOneUnit, areSame, type InputKind, type Quantity } from '../../model/inputKind.js';
import { isWhatIf } from './ranges.js';

/** Compares each value with its claim (`evidence`), and each range with its own (`range_evidence`). */
export function checkClaims(
  inputs: readonly Share[],
  ledger: Ledger,
  asOf: CalendarDate | undefined,
  report: Reporter,
): void {
  const references = inputs.flatMap(referencesOf);
  if (ledger === NO_LEDGER) {
    if (references[0]) warnUnlisted(references[0], report);
    return;
  }
  const unknown = new Set<Located<string>>();
  for (const { claim } of references) if (!ledger.claims.has(claim.value)) unknown.add(claim);
  if (ledger.isWhole) {
    for (const { value, path } of unknown) {
      reportUnknown('claim', value, ledger.claims.keys(), path, report);
    }
  }
  for (const { input, of, claim: name } of references) {
    const claim = ledger.claims.get(name.value);
    if (!claim) continue;
    if (asOf && compareDates(claim.source.date, asOf) > 0) reportLate(name, claim, asOf, report);
    else if (of === 'value') checkValue(input, claim, report);
    else checkRange(input, claim, report);
  }
}

/** A value or a range that names a claim. */
interface ClaimReference {
  readonly input: Share;
  readonly of: 'value' | 'range';
  readonly claim: Located<string>;
}

function referencesOf(input: Share): readonly ClaimReference[] {
  const { evidence, range_evidence } = input.attributes;
  return [
    ...(evidence ? [{ input, of: 'value' as const, claim: evidence }] : []),
    ...(range_evidence ? [{ input, of: 'range' as const, claim: range_evidence }] : []),
  ];
}

/** One warning for the whole file: without ledgers it works, but no value can be checked. */
function warnUnlisted({ claim }: ClaimReference, report: Reporter): void {
  report.warn('evidence-unlisted', claim.path, {
    message: `\`${claim.value}\` names a claim, and the scenario lists no ledger`,
    expected: 'the ledgers with its claims, so that values can be compared with them',
    hint: 'list a ledger, for example `evidence: [evidence/announcement.yaml]`',
  });
}

function reportLate(
  { path }: Located<string>,
  claim: Claim,
  asOf: CalendarDate,
  report: Reporter,
): void {
  report.error('evidence-late', path, {
    message: `\`${claim.id}\` was not known on ${printDate(asOf)}, the day of the forecast`,
    expected: 'a claim of that day or earlier: a forecast uses no later information',
    found: `${claim.source.id} is dated ${printDate(claim.source.date)}, ${printPlace(claim.span)}`,
    hint: 'name an earlier claim, or write a later `as_of`',
  });
}

/** A what-if of the command line may contradict its claim: its grade then says so. */
function checkValue(input: Share, claim: Claim, report: Reporter): void {
  if (isRest(input) || isWhatIf(input) || agrees(input, claim)) return;
  reportMismatch({ text: input.text, path: `${input.path}.value` }, claim, report);
}

/** Each end of a range equals the claim's: a narrower range would be another opinion. */
function checkRange(input: Share, claim: Claim, report: Reporter): void {
  if (isRest(input)) return;
  const { kind, attributes } = input;
  for (const end of ['low', 'high'] as const) {
    const bound = attributes[end];
    if (!bound || isWhatIf(bound)) continue;
    if (!isEnd(kind, bound.value, end, claim)) reportMismatch(bound, claim, report);
  }
}

/** Shows both values with their places, as either may be wrong. */
function reportMismatch(
  { text, path }: Pick<Located<unknown>, 'text' | 'path'>,
  claim: Claim,
  report: Reporter,
): void {
  const words = claim.says ? wordsOf(claim) : 'a claim with a figure: this one has none';
  report.error('evidence-mismatch', path, {
    message: `\`${text}\` is not what \`${claim.id}\` says`,
    expected: `${words} (${printPlace(claim.span)})`,
    hint: 'write what the claim says, name another claim, or write an `assumption` instead',
  });
}

/** Whether an input equals what a claim says, or lies in its range. */
export function agrees(input: Input, { says }: Claim): boolean {
  const { kind } = input;
  const [low, high] = [says && readBy(kind, says.low), says && readBy(kind, says.high)];
  if (!low || !high || !areInOneUnit(low, input)) return false;
  return compare(low.value, input.value) <= 0 && compare(input.value, high.value) <= 0;
}

/** Whether an end of a range equals the same end of a claim. */
export function isEnd(
  kind: InputKind,
  bound: Quantity,
  end: 'low' | 'high',
  { says }: Claim,
): boolean {
  const claimed = says && readBy(kind, says[end]);
  return claimed !== undefined && areSame(bound, claimed);
}

/** The figure of a claim as a number of one kind; nothing if it is of another kind. */
function readBy(kind: InputKind, { text }: Located<Quantity>): Quantity | undefined {
  const reading = kind.read(text);
  return reading.ok ? reading.value : undefined;
}

/** The grade of an input: that of its claim, as long as the input agrees with the claim. */
export function gradeOf(share: Share, { claims }: Ledger): Grade {
  const { evidence, assumption } = share.attributes;
  const claim = evidence && claims.get(evidence.value);
  if (claim && (isRest(share) || agrees(share, claim))) return claim.basis;
  return assumption !== undefined ? 'assumption' : 'none';
}
