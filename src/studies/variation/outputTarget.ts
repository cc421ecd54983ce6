/** Outputs as they are typed, alone or with a target: `servers/inspur:revenue=60bn`. */
import { currencyOf } from '../../core/number/currency.js';
import { powerOfTen } from '../../core/number/decimal.js';
import { fraction, multiply, type Fraction } from '../../core/number/fraction.js';
import { amount, number, toQuanta, type LiteralReading } from '../../core/number/literal.js';
import { failure, success, type Result } from '../../core/result.js';
import { project } from '../../projection/compile.js';
import {
  amountOf,
  missingRates,
  outputProblem,
  readOutput,
  type Output,
} from '../../projection/output.js';
import type { Unit } from '../../projection/plan.js';
import type { CellTest } from '../../projection/timeGroups.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { ArgumentError } from '../shared/argumentError.js';

/** An output that the forecast has, and its unit. */
export interface NamedOutput {
  readonly output: Output;
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
 * @param isKept tells the cells that count; all of them unless given
 */
export function readNamed(
  scenario: Scenario,
  text: string,
  fail: ArgumentError,
  isKept?: CellTest,
): Result<NamedOutput> {
  const read = readOutput(cellIn(text), scenario);
  if (!read.ok) return fail(read.diagnostics);
  const output = read.value;
  if (output.measure === 'units') return namedOutput(scenario, output, fail, isKept);
  const currency = currencyOf(output.unit!);
  if (!currency) return fail({ message: `\`${output.unit!}\` is not an ISO 4217 currency` });
  const missing = missingRates(scenario, [currency.code]);
  return missing.length > 0 ? failure(missing) : namedOutput(scenario, output, fail, isKept);
}

/** Reads `CELL=VALUE`. The currency of the value, if it has one, is the currency of the output. */
export function readTarget(
  scenario: Scenario,
  text: string,
  fail: ArgumentError,
): Result<OutputTarget> {
  const [place = '', value] = text.split(/=(.*)/su);
  const cell = cellIn(place);
  if (value === undefined) {
    return fail({ message: 'no value', hint: 'write CELL=VALUE: servers/inspur:revenue=60bn' });
  }
  const read = readOutput(cell, scenario);
  if (!read.ok) return fail(read.diagnostics);
  const output = read.value;
  return output.measure === 'units'
    ? readCountTarget(scenario, output, value.trim(), fail)
    : readMoneyTarget(scenario, `${cell.split(':')[0]!}:${output.measure}`, cell, value, fail);
}

function readCountTarget(
  scenario: Scenario,
  output: Output,
  value: string,
  fail: ArgumentError,
): Result<OutputTarget> {
  const count = number.read(value);
  if (!count.ok) return fail(count.diagnostics);
  const named = namedOutput(scenario, output, fail);
  if (!named.ok) return named;
  const quanta = fraction(powerOfTen(named.value.unit.places));
  return success({ ...named.value, target: multiply(count.value, quanta) });
}

/** @param place the output without its currency, which may stand in `cell` or in the value */
function readMoneyTarget(
  scenario: Scenario,
  place: string,
  cell: string,
  value: string,
  fail: ArgumentError,
): Result<OutputTarget> {
  const explicit = /:[a-z]+\.(.+)$/u.exec(cell)?.[1];
  const money = readMoney(value.trim(), explicit ?? scenario.currency.code);
  if (!money.ok) return fail(money.diagnostics);
  const { code, quanta } = money.value;
  if (explicit !== undefined && currencyOf(explicit)?.code !== code) {
    return fail({ message: `the output is in ${explicit}, its target in ${code}` });
  }
  const named = readNamed(scenario, `${place}.${code}`, fail);
  return named.ok ? success({ ...named.value, target: quanta }) : named;
}

/** The sum of all cells is written `*`: a spreadsheet would take a text that begins with `@` for a formula. */
function cellIn(text: string): string {
  return text.replace(/^(?=@|$)/u, '*');
}

/** Refuses an output without cells, and units of several kinds, which have no sum. */
function namedOutput(
  scenario: Scenario,
  output: Output,
  fail: ArgumentError,
  isKept: CellTest = () => true,
): Result<NamedOutput> {
  const isCount = output.measure === 'units';
  const projection = project(scenario, { currencies: isCount ? [] : [output.unit!] });
  const cells = projection.cells.filter(isKept);
  const problem = outputProblem(output, cells);
  if (problem) return fail(problem);
  const { unit } = amountOf({ scenario, cells }, output);
  if (!isCount) return success({ output, unit });
  const text = `${output.text.replace(/(:units).*$/u, '$1')}.${unit.label}`;
  return success({ output: { ...output, text }, unit });
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
