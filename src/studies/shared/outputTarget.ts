/** Outputs as they are typed, alone or with a value: `servers/inspur:revenue=60bn`. */
import { powerOfTen } from '../../core/number/decimal.js';
import { failure, success } from '../../core/result.js';
import { currencyOf } from '../../core/number/currency.js';
import type { Diagnostic, Problem } from '../../core/text/diagnostic.js';
import { amount, number, toQuanta, type LiteralReading } from '../../core/number/literal.js';
import { multiply, fraction, type Fraction } from '../../core/number/fraction.js';
import { amountOf, readOutput, type Output, missingRates } from '../../projection/output.js';
import type { Unit } from '../../projection/plan.js';
import { project } from '../../projection/compile.js';
import type { Scenario } from '../../scenario/scenario.js';

/** An output that the forecast has, and what it is counted in. */
export interface NamedOutput {
  readonly output: Output;
  readonly unit: Unit;
}

/** An output and a value of it. */
export interface OutputTarget extends NamedOutput {
  /** In quanta of the unit; a fraction, where units of count are asked for in parts. */
  readonly target: Fraction;
}

/** Makes a diagnostic of what is wrong with what was typed. */
export type ArgumentError = (problem: Problem) => readonly Diagnostic[];

/** What is wrong with an argument, at its place in what was typed. */
export function argumentError(name: string, text: string): ArgumentError {
  return ({ code = 'path-unknown', message, hint }) => {
    const span = { source: { name, text }, start: 0, end: Math.max(text.length, 1) };
    return [{ code, severity: 'error', span, message, ...(hint && { hint }) }];
  };
}

/** `COMPONENT/SUPPLIER@PERIOD:MEASURE.UNIT`, of which all may be left out. */
export function readNamed(
  scenario: Scenario,
  text: string,
  fail: ArgumentError,
): NamedOutput | readonly Diagnostic[] {
  const read = readOutput(cellIn(text), scenario);
  if (!read.ok) return fail(read.diagnostics);
  const output = read.value;
  if (output.measure === 'units') return namedOutput(scenario, output, fail);
  const currency = currencyOf(output.unit!);
  if (!currency) return fail({ message: `\`${output.unit!}\` is not an ISO 4217 currency` });
  const missing = missingRates(scenario, [currency.code]);
  return missing.length > 0 ? missing : namedOutput(scenario, output, fail);
}

/** `CELL=VALUE`; a currency of the value is that of the output, unless it has one. */
export function readTarget(
  scenario: Scenario,
  text: string,
  fail: ArgumentError,
): OutputTarget | readonly Diagnostic[] {
  const [place = '', value] = text.split(/=(.*)/su);
  const cell = cellIn(place);
  if (value === undefined) {
    return fail({ message: 'no value', hint: 'write CELL=VALUE: servers/inspur:revenue=60bn' });
  }
  const read = readOutput(cell, scenario);
  if (!read.ok) return fail(read.diagnostics);
  const named = read.value;
  if (named.measure === 'units') {
    const count = number.read(value.trim());
    if (!count.ok) return fail(count.diagnostics);
    const found = namedOutput(scenario, named, fail);
    if (!('unit' in found)) return found;
    return { ...found, target: multiply(count.value, fraction(powerOfTen(found.unit.places))) };
  }
  const explicit = /:[a-z]+\.(.+)$/u.exec(cell)?.[1];
  const money = readMoney(value.trim(), explicit ?? scenario.currency.code);
  if (!money.ok) return fail(money.diagnostics);
  const { code, quanta } = money.value;
  if (explicit !== undefined && currencyOf(explicit)?.code !== code) {
    return fail({ message: `the output is in ${explicit}, its target in ${code}` });
  }
  const asked = readNamed(scenario, `${cell.split(':')[0]!}:${named.measure}.${code}`, fail);
  return 'unit' in asked ? { ...asked, target: quanta } : asked;
}

/** All cells are called `*`; one that begins with `@` would be taken for a formula by a spreadsheet. */
function cellIn(text: string): string {
  return text.replace(/^(?=@|$)/u, '*');
}

/** A sum over no cells answers nothing, and units of several kinds have no sum. */
function namedOutput(
  scenario: Scenario,
  output: Output,
  fail: ArgumentError,
): NamedOutput | readonly Diagnostic[] {
  const counts = output.measure === 'units';
  const projection = project(scenario, { currencies: counts ? [] : [output.unit!] });
  const labels = new Set(projection.cells.filter(output.holds).map(({ unit }) => unit.label));
  if (labels.size === 0) return fail({ message: `the forecast has no cell of \`${output.text}\`` });
  if (labels.size > 1) {
    const hint = `write \`${output.text}.${[...labels][0]!}\``;
    return fail({ message: `units of several kinds: ${[...labels].join(', ')}`, hint });
  }
  const { unit } = amountOf(projection, output);
  if (!counts) return { output, unit };
  const text = `${output.text.replace(/(:units).*$/u, '$1')}.${unit.label}`;
  return { output: { ...output, text }, unit };
}

/** An amount in quanta (a price in major units), in the currency given unless it names its own. */
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
