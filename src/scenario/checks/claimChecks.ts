/** Pins: every input that names a claim has to say what the claim says, and no later claim is used. */
import { compareDates, printDate } from '../../core/period.js';
import type { Reporter } from '../../core/text/diagnostic.js';
import type { CalendarDate } from '../../core/number/literal.js';
import { compare, equal } from '../../core/number/fraction.js';
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
import type { InputKind, Quantity } from '../../model/inputKind.js';
import { isWhatIf } from './ranges.js';

/** Compares each input with the claims that it names, its value and its range apart. */
export function checkClaims(
  inputs: readonly Share[],
  ledger: Ledger,
  asOf: CalendarDate | undefined,
  report: Reporter,
): void {
  const pins = inputs.flatMap(pinsOf);
  if (ledger === NO_LEDGER) {
    if (pins[0]) warnUnlisted(pins[0], report);
    return;
  }
  const unknown = new Set<Located<string>>();
  for (const { names } of pins) if (!ledger.claims.has(names.value)) unknown.add(names);
  if (ledger.isWhole) {
    for (const { value, path } of unknown) {
      reportUnknown('claim', value, ledger.claims.keys(), path, report);
    }
  }
  for (const pin of pins) {
    const claim = ledger.claims.get(pin.names.value);
    if (!claim) continue;
    if (asOf && compareDates(claim.source.date, asOf) > 0) reportLate(pin, claim, asOf, report);
    else if (pin.of === 'value') checkValue(pin.input, claim, report);
    else checkRange(pin.input, claim, report);
  }
}

/** An input, what of it rests on a claim, and the claim's name. */
interface Pin {
  readonly input: Share;
  readonly of: 'value' | 'range';
  readonly names: Located<string>;
}

function pinsOf(input: Share): readonly Pin[] {
  const { evidence, range_evidence } = input.attributes;
  return [
    ...(evidence ? [{ input, of: 'value' as const, names: evidence }] : []),
    ...(range_evidence ? [{ input, of: 'range' as const, names: range_evidence }] : []),
  ];
}

/** One warning for a file whose claims nobody can look up: it works on its own, unproved. */
function warnUnlisted({ names }: Pin, report: Reporter): void {
  report.warn('evidence-unlisted', names.path, {
    message: `\`${names.value}\` is the name of a claim, and the scenario lists no ledger`,
    expected: 'ledgers that have the claims it names, so that values can be compared with them',
    hint: 'add `evidence: [evidence/announcement.yaml]`, say',
  });
}

function reportLate({ names }: Pin, claim: Claim, asOf: CalendarDate, report: Reporter): void {
  report.error('evidence-late', names.path, {
    message: `\`${claim.id}\` was not known on ${printDate(asOf)}, the day of the forecast`,
    expected: 'claims of that day or earlier: there is no look-ahead',
    found: `${claim.source.id} is of ${printDate(claim.source.date)}, ${printPlace(claim.span)}`,
    hint: 'rest the value on an earlier claim, or let `as_of` be later',
  });
}

/** A what-if of the command line has left its claim, and says so by its grade. */
function checkValue(input: Share, claim: Claim, report: Reporter): void {
  if (isRest(input) || isWhatIf(input) || agrees(input, claim)) return;
  reportMismatch({ text: input.text, path: `${input.path}.value` }, claim, report);
}

/** Each end of a range is the claim's own: a narrower one would be another opinion. */
function checkRange(input: Share, claim: Claim, report: Reporter): void {
  if (isRest(input)) return;
  const { kind, attributes } = input;
  for (const end of ['low', 'high'] as const) {
    const given = attributes[end];
    if (!given || isWhatIf(given)) continue;
    if (!isEnd(kind, given.value, end, claim)) reportMismatch(given, claim, report);
  }
}

/** Both values, each with its place: either of them may be the wrong one. */
function reportMismatch(
  { text, path }: Pick<Located<unknown>, 'text' | 'path'>,
  claim: Claim,
  report: Reporter,
): void {
  const said = claim.says ? wordsOf(claim) : 'a claim with a figure, which this one has not';
  report.error('evidence-mismatch', path, {
    message: `\`${text}\` is not what \`${claim.id}\` says`,
    expected: `${said} (${printPlace(claim.span)})`,
    hint: 'write what the claim says, name another one, or give an `assumption` instead',
  });
}

/** Whether an input is what a claim says, or lies in its range, read as the kind that the input is. */
export function agrees({ kind, value, currency }: Input, { says }: Claim): boolean {
  const [low, high] = [says && readBy(kind, says.low), says && readBy(kind, says.high)];
  if (!low || !high || low.currency?.code !== currency?.code) return false;
  return compare(low.value, value) <= 0 && compare(value, high.value) <= 0;
}

/** Whether an end of a range is that of a claim. */
export function isEnd(
  kind: InputKind,
  given: Quantity,
  end: 'low' | 'high',
  { says }: Claim,
): boolean {
  const said = says && readBy(kind, says[end]);
  return said !== undefined && isSame(given, said);
}

/** What a claim says, in the measure of an input; nothing where it is no such number at all. */
function readBy(kind: InputKind, { text }: Located<Quantity>): Quantity | undefined {
  const reading = kind.read(text);
  return reading.ok ? reading.value : undefined;
}

function isSame(a: Quantity, b: Quantity): boolean {
  return equal(a.value, b.value) && a.currency?.code === b.currency?.code;
}

/** How well an input is known: as well as its claim, unless it has left what that says. */
export function gradeOf(share: Share, { claims }: Ledger): Grade {
  const { evidence, assumption } = share.attributes;
  const claim = evidence && claims.get(evidence.value);
  if (claim && (isRest(share) || agrees(share, claim))) return claim.basis;
  return assumption !== undefined ? 'assumption' : 'none';
}
