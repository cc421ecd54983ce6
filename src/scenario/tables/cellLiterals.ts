/** Turns a number of a table into a literal of the scenario's grammar. */
import { suggestSpellings } from '../../core/number/suggestions.js';
import { failure, success, type Result } from '../../core/result.js';
import type { DiagnosticCode, Problem } from '../../core/text/diagnostic.js';
import { AMOUNT, PRICE, RATE, SHARE, type InputKind } from '../../model/inputKind.js';
import type { TableShape } from '../../model/tableReference.js';
import { LONGEST_CELL, amountText, combineUnits, readNumber, type TableUnit } from './cellUnits.js';

/** What the numbers of a table mean. */
export interface CellStyle {
  readonly value: TableShape['value'];
  /** For rates. */
  readonly quote?: Quote | undefined;
  /** The sign before decimals. */
  readonly decimal?: '.' | ',' | undefined;
  /** Whether what is paid is negative. */
  readonly isOutflow?: boolean | undefined;
}

/** How a rate is quoted: for how many units, and whether in the foreign currency (inverse). */
export interface Quote {
  readonly count: bigint;
  readonly isInverse: boolean;
}

/** Why a cell is no literal; the caller knows its place. */
interface CellProblem {
  readonly code: DiagnosticCode;
  readonly problem: Problem;
}

const KIND_OF: Readonly<Record<TableShape['value'], InputKind>> = {
  rate: RATE,
  amount: AMOUNT,
  share: SHARE,
  price: PRICE,
};

const REST = ['rest', '其余', '其他'];

/**
 * The literal of a cell, with the units that its column, its row and its table give. It is exact: no
 * digit changes, thousands separators are dropped, and an inverse rate becomes a quotient such as
 * `1/0.1394`.
 */
export function cellLiteral(
  text: string,
  units: readonly TableUnit[],
  manner: CellStyle,
): Result<string, CellProblem> {
  const { value, quote, decimal, isOutflow } = manner;
  const kind = KIND_OF[value];
  if (value === 'share' && REST.includes(text.toLowerCase())) return success('rest');
  if (value === 'share' && /^[\d.]+\/[\d.]+$/.test(text)) return success(text);
  const number = readNumber(text, decimal);
  if (!number) return failure({ code: 'csv-cell', problem: notANumber(text, kind) });
  const unit = units.reduce<TableUnit | undefined>(
    (whole, one) => whole && combineUnits(whole, one),
    number.unit,
  );
  if (!unit) return failure({ code: 'csv-unit', problem: twoUnits(text) });
  const digits = isOutflow ? negated(number.digits) : number.digits;
  const { scale = '', currency, isPercent } = unit;
  const isMoney = value === 'amount' || value === 'price';
  if (isMoney && !isPercent) {
    if (currency === undefined) return failure({ code: 'csv-unit', problem: noCurrency(text) });
    return success(amountText(digits, scale, currency));
  }
  const isPlain = scale === '' && currency === undefined;
  if (isMoney || !isPlain || (value === 'rate' && isPercent)) {
    return failure({ code: 'csv-unit', problem: wrongUnit(text, kind) });
  }
  if (value === 'rate') return success(quote ? quoted(digits, quote) : digits);
  return success(isPercent ? `${digits}%` : digits);
}

function negated(digits: string): string {
  if (digits.startsWith('-')) return digits.slice(1);
  return /[1-9]/.test(digits) ? `-${digits}` : digits;
}

/** A rate in units of the envelope's currency for one foreign unit. */
function quoted(digits: string, { count, isInverse }: Quote): string {
  if (isInverse) return `${count}/${digits}`;
  return count === 1n ? digits : `${digits}/${count}`;
}

function notANumber(text: string, { noun, example }: InputKind): Problem {
  if (text.startsWith('=')) return NOT_COMPUTED;
  if (/^#[A-Z/0!?]+$/.test(text))
    return { message: `the cell has the error \`${text}\``, hint: ERROR_HINT };
  const short = text.length <= LONGEST_CELL ? text : '';
  const meant = suggestSpellings(short).filter((one) => readNumber(one));
  return {
    message: `\`${text}\` is not ${noun}`,
    expected: `a number such as ${example}, or an empty cell if the value is not known`,
    hint:
      meant.length > 0
        ? `write ${meant.join(' or ')}`
        : 'write digits, with a point before the decimals: 31.8 or "31,800"',
  };
}

const NOT_COMPUTED: Problem = {
  message: 'the workbook has no value for this formula',
  hint: 'open the workbook in a spreadsheet and save it, so that its formulas are computed',
};
const ERROR_HINT = 'correct its formula, or leave the row out by `where`';

function twoUnits(text: string): Problem {
  return {
    message: `\`${text}\`, its column, its row and its table give different units`,
    hint: 'write the unit once: in the header, in the cell, or beside `file`',
  };
}

function wrongUnit(text: string, { noun, example }: InputKind): Problem {
  return {
    message: `the unit of \`${text}\` is not the unit of ${noun}`,
    hint: `write ${example}, for example`,
  };
}

function noCurrency(text: string): Problem {
  return {
    message: `no currency is given for \`${text}\``,
    expected: 'a currency in the header, in a column `unit`, in the cell, or beside `file`',
    hint: 'name the column `value (bn CNY)`, or write `unit: bn CNY` beside `file`',
  };
}
