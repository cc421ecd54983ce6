/** Outputs as they are typed, alone or with a target: `servers/inspur:revenue=60bn`. */
import { currencyOf } from '../../core/number/currency.js';
import { powerOfTen } from '../../core/number/decimal.js';
import { fraction, multiply, type Fraction } from '../../core/number/fraction.js';
import { amount, number, toQuanta, type LiteralReading } from '../../core/number/literal.js';
import { failure, success, type Result } from '../../core/result.js';
import type { Problem } from '../../core/text/diagnostic.js';
import { either } from '../../core/text/prose.js';
import { project } from '../../projection/compile.js';
import { missingRates, type Output } from '../../projection/output.js';
import { amountOf, outputProblem } from '../../projection/outputAmounts.js';
import type { Unit } from '../../projection/plan.js';
import { buyerKey, type Scenario } from '../../scenario/scenario.js';
import type { ArgumentError } from '../shared/argumentError.js';
import { conditionsTest, type Condition } from '../shared/where.js';
import type { Subject } from './subject.js';
import { readSubjectOutput, type SubjectOutput } from './subjectOutput.js';

/** An output that the forecast has, and its unit. */
export interface NamedOutput {
  readonly output: SubjectOutput;
  readonly unit: Unit;
}

/** An output with the value that it should have. */
export interface OutputTarget extends NamedOutput {
  /** In quanta of the unit; a fraction, if units of count are asked for in parts. */
  readonly target: Fraction;
}

/**
 * Reads `COMPONENT/SUPPLIER@PERIOD:MEASURE.UNIT`, of which each part may be left out.
 *
 * @param conditions that cells have to meet
 */
export function readNamed(
  subject: Subject,
  text: string,
  fail: ArgumentError,
  conditions?: readonly Condition[],
): Result<NamedOutput> {
  const read = readSubjectOutput(subject, cellIn(text));
  if (!read.ok) return fail(read.diagnostics);
  const output = read.value;
  if (output.measure === 'units') return namedOutput(subject, output, fail, conditions);
  const currency = currencyOf(output.unit!);
  if (!currency) return fail({ message: `\`${output.unit!}\` is not an ISO 4217 currency` });
  const missing = subject.members.flatMap((member, m) =>
    output.parts[m] ? missingRates(member, [currency.code]) : [],
  );
  return missing.length > 0 ? failure(missing) : namedOutput(subject, output, fail, conditions);
}

/** Reads `CELL=VALUE`. The currency of the value, if it has one, is the currency of the output. */
export function readTarget(
  subject: Subject,
  text: string,
  fail: ArgumentError,
): Result<OutputTarget> {
  const [place = '', value] = text.split(/=(.*)/su);
  const cell = cellIn(place);
  if (value === undefined) {
    return fail({ message: 'no value', hint: 'write CELL=VALUE: servers/inspur:revenue=60bn' });
  }
  const read = readSubjectOutput(subject, cell);
  if (!read.ok) return fail(read.diagnostics);
  const output = read.value;
  return output.measure === 'units'
    ? readCountTarget(subject, output, value.trim(), fail)
    : readMoneyTarget(subject, `${cell.split(':')[0]!}:${output.measure}`, cell, value, fail);
}

function readCountTarget(
  subject: Subject,
  output: SubjectOutput,
  value: string,
  fail: ArgumentError,
): Result<OutputTarget> {
  const count = number.read(value);
  if (!count.ok) return fail(count.diagnostics);
  const named = namedOutput(subject, output, fail);
  if (!named.ok) return named;
  const quanta = fraction(powerOfTen(named.value.unit.places));
  return success({ ...named.value, target: multiply(count.value, quanta) });
}

/** @param place the output without its currency, which may stand in `cell` or in the value */
function readMoneyTarget(
  subject: Subject,
  place: string,
  cell: string,
  value: string,
  fail: ArgumentError,
): Result<OutputTarget> {
  const explicit = /:[a-z]+\.(.+)$/u.exec(cell)?.[1];
  const money = readMoney(value.trim(), explicit ?? subject.currency.code);
  if (!money.ok) return fail(money.diagnostics);
  const { code, quanta } = money.value;
  if (explicit !== undefined && currencyOf(explicit)?.code !== code) {
    return fail({ message: `the output is in ${explicit}, its target in ${code}` });
  }
  const named = readNamed(subject, `${place}.${code}`, fail);
  return named.ok ? success({ ...named.value, target: quanta }) : named;
}

/** The sum of all cells is written `*`: a spreadsheet would take a text that begins with `@` for a formula. */
function cellIn(text: string): string {
  return text.replace(/^(?=@|$)/u, '*');
}

/** Refuses an output without cells, and units of several kinds, which have no sum. */
function namedOutput(
  subject: Subject,
  output: SubjectOutput,
  fail: ArgumentError,
  conditions?: readonly Condition[],
): Result<NamedOutput> {
  const found = output.parts.map((part, m) =>
    part ? unitOf(subject.members[m]!, part, conditions) : undefined,
  );
  const units = found.flatMap((one) => (one?.ok ? [one.value] : []));
  const [unit] = units;
  if (!unit) return fail(found.flatMap((one) => (one && !one.ok ? [one.diagnostics] : []))[0]!);
  const other = units.find(({ label }) => label !== unit.label);
  if (other) return fail(unlikeUnits(subject, output, found));
  const finest = units.reduce((a, b) => (b.places > a.places ? b : a));
  const named = {
    ...output,
    parts: output.parts.map((part, m) => (found[m]?.ok ? part : undefined)),
  };
  if (output.measure !== 'units') return success({ output: named, unit: finest });
  const text = `${output.text.replace(/(:units).*$/u, '$1')}.${unit.label}`;
  return success({ output: { ...named, text }, unit: finest });
}

/** The unit of an output of a member, if the forecast has cells of it. */
function unitOf(
  scenario: Scenario,
  output: Output,
  conditions: readonly Condition[] = [],
): Result<Unit, Problem> {
  const currencies = output.measure === 'units' ? [] : [output.unit!];
  const projection = project(scenario, { currencies });
  const isKept = conditionsTest(scenario, conditions);
  const cells = projection.cells.filter(isKept);
  const problem = outputProblem(output, cells);
  return problem ? failure(problem) : success(amountOf({ scenario, cells }, output).unit);
}

/** Units of one name for one buyer, and of another for another. */
function unlikeUnits(
  { members }: Subject,
  { text }: SubjectOutput,
  found: readonly (Result<Unit, Problem> | undefined)[],
): Problem {
  const labels = found.flatMap((one, m) =>
    one?.ok ? [`${one.value.label} (${buyerKey(members[m]!)})`] : [],
  );
  const first = members[found.findIndex((one) => one?.ok)]!;
  const message = `units of several kinds: ${either(labels)}`;
  return { code: 'output-unknown', message, hint: `write \`${buyerKey(first)}!${text}\`` };
}

/** Reads an amount in quanta (a price in major units); it may name a currency other than `code`. */
export function readMoney(
  text: string,
  code: string,
  inMajorUnits = false,
): LiteralReading<{ readonly quanta: Fraction; readonly code: string }> {
  const reading = amount.read(/[A-Z]{3}$/u.test(text) ? text : `${text} ${code}`);
  if (!reading.ok) return reading;
  const money = reading.value;
  const quanta = inMajorUnits ? money.value : toQuanta(money);
  if (quanta) return success({ quanta, code: money.currency.code });
  const message = `\`${text}\` is finer than the smallest unit of ${money.currency.code}`;
  const hint = `write at most ${money.currency.places} decimals`;
  return failure({ code: 'amount-quantum', message, hint });
}
