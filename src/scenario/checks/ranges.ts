/** Checks what stands beside a value: its range, the shape of the range, and `was`. */
import { compare } from '../../core/number/fraction.js';
import type { Reporter } from '../../core/text/diagnostic.js';
import { SET_SOURCE } from '../../core/text/source.js';
import type { Located } from '../../model/field.js';
import { isRest, type Input, type Share } from '../../model/input.js';
import type { Quantity } from '../../model/inputKind.js';

export function checkRanges(
  { remarked }: { readonly remarked: readonly Share[] },
  report: Reporter,
): void {
  for (const input of remarked) {
    if (isRest(input)) continue;
    if (inOneCurrency(input, report) && !isWhatIf(input)) checkOrder(input, report);
    const { low, high, shape, was } = input.attributes;
    if (was) reportUnusedWas(was, report);
    if (!shape || low || high) continue;
    report.error('key-missing', shape.path, {
      message: '`shape` needs a range: it says how values spread between `low` and `high`',
      hint: 'add `low` and `high`, or delete `shape`',
    });
  }
}

/** A layer removes each `was` that it has compared, so one that is left was compared with nothing. */
function reportUnusedWas({ path, text }: Located<Quantity>, report: Reporter): void {
  report.warn('unused', path, {
    message: `\`was: ${text}\` has no effect: this file has no parent to compare it with`,
    hint: 'delete `was`, or name the parent: `extends: parent.yaml`',
  });
}

/** A value from the command line is a what-if: it may lie outside the range that the file gives. */
export function isWhatIf({ span }: Pick<Input, 'span'>): boolean {
  return span.source.name === SET_SOURCE;
}

function inOneCurrency({ currency, attributes }: Input, report: Reporter): boolean {
  const { low, high, step, was } = attributes;
  const others = [low, high, step, was].filter(
    (one) => one !== undefined && one.value.currency?.code !== currency?.code,
  );
  for (const { path, text } of others as Located<Quantity>[]) {
    report.error('currency-mismatch', path, {
      message: `\`${text}\` is not in ${currency!.code}, the currency of its value`,
      expected: `an amount in ${currency!.code}`,
      hint: `convert it at a rate that you can name, and write an amount in ${currency!.code}`,
    });
  }
  return others.length === 0;
}

function checkOrder(input: Input, report: Reporter): void {
  const { low, high } = input.attributes;
  const lowIsWrong = low && compare(low.value.value, input.value) > 0;
  const highIsWrong = high && compare(high.value.value, input.value) < 0;
  const wrong = lowIsWrong ? low : highIsWrong ? high : undefined;
  if (!wrong) return;
  const areSwapped = low && high && compare(low.value.value, high.value.value) > 0;
  const key = wrong === low ? 'low' : 'high';
  const side = wrong === low ? 'above' : 'below';
  report.error('range-order', wrong.path, {
    message: `\`${key}\` is ${side} the value of ${input.text}`,
    expected: 'low ≤ value ≤ high',
    hint: areSwapped ? 'swap `low` and `high`' : `correct \`${key}\`, or the value`,
  });
}
