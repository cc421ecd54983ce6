/** Plausibility checks of numbers and their ranges: a percentage without its sign, and highs that exclude each other. */
import { percent } from '../../core/number/decimal.js';
import {
  ONE,
  compare,
  fraction,
  multiply,
  roundHalfEven,
  subtract,
  sum,
  type Fraction,
} from '../../core/number/fraction.js';
import { amountOf } from '../../model/estimate/envelope.js';
import type { Located } from '../../model/field.js';
import { inputsOf, isRest, type Input } from '../../model/input.js';
import { EROSION, GROWTH, type Quantity } from '../../model/inputKind.js';
import { sharesAcross } from '../../model/shares.js';
import type { Scenario } from '../../scenario/scenario.js';
import { rangeOf, valueText } from '../variation/inputValues.js';
import { wholeGroups, type WholeGroup } from '../variation/rebalance.js';
import type { PlausibilityWarning } from './demandTotals.js';

/** Finds growth and erosion of 100% and more without a `%`: 10 is 1000%, and 10% is likelier. */
export function percentMissing({ inputs }: Scenario): readonly PlausibilityWarning[] {
  return inputs.flatMap((input): PlausibilityWarning[] => {
    if (isRest(input) || (input.kind !== GROWTH && input.kind !== EROSION)) return [];
    const { kind, text, span, path, attributes } = input;
    const ends = [attributes.low, attributes.high].filter((end) => end !== undefined);
    const own: Located<Quantity> = { value: { value: input.value }, text, span, path };
    return [own, ...ends].flatMap((number): PlausibilityWarning[] => {
      const { n, d } = number.value.value;
      if (/[%/]/u.test(number.text) || (n < 0n ? -n : n) < d) return [];
      return [
        {
          code: 'percent-missing',
          span: number.span,
          problem: {
            message: `\`${number.text}\` is ${percent({ n, d })}: was ${number.text}% meant?`,
            expected: kind.noun,
            hint: `write ${number.text}%, or ${percent({ n, d })} if it is right`,
          },
        },
      ];
    });
  });
}

/**
 * Finds ranges that their siblings forbid: `simulate` draws all inputs of a group together, and refuses
 * a scenario in which some draws are not possible.
 */
export function rangesWithoutRoom(scenario: Scenario): readonly PlausibilityWarning[] {
  return [
    ...wholeGroups(scenario).flatMap(roomInGroup),
    ...allowancesOf(scenario).flatMap((inputs) => roomBeside(inputs, ONE)),
    ...envelopeBelowActuals(scenario),
  ];
}

/** Groups that may leave a part of their whole: the contents of a leaf, and the parts of a bill. */
function allowancesOf({ leaves, window }: Scenario): readonly (readonly Input[])[] {
  return leaves.flatMap(({ pricing = [], bill }) => {
    const contents = pricing.map(({ content }) => content);
    const rows = sharesAcross(contents, window.periods.length);
    return [...new Set([...rows, ...(bill?.parts ?? [])])].map(inputsOf);
  });
}

function roomInGroup({ rows, whole }: WholeGroup): readonly PlausibilityWarning[] {
  const changes = [...new Set(rows)];
  return changes.flatMap((row) => {
    const inputs = inputsOf(row);
    return row.some(isRest) ? roomBeside(inputs, whole) : roomAmong(inputs, whole, changes.length);
  });
}

/** With a `rest`, which takes what the others leave, the highs may be the whole and no more. */
function roomBeside(inputs: readonly Input[], whole: Fraction): readonly PlausibilityWarning[] {
  const total = sum(inputs.map(({ value }) => value));
  const tooHigh = inputs.find((input) => {
    const others = subtract(total, input.value);
    return hasRange(input) && compare(subtract(whole, others), highOf(input)) < 0;
  });
  if (tooHigh) {
    return [noRoom(tooHigh, subtract(total, tooHigh.value), whole)];
  }
  return highsTogether(inputs, whole);
}

/** Without a `rest` the shares that have no range absorb the changes of the others. */
function roomAmong(
  inputs: readonly Input[],
  whole: Fraction,
  changes: number,
): readonly PlausibilityWarning[] {
  const drawn = inputs.filter(hasRange);
  const [first] = drawn;
  if (!first) return [];
  const absorbing = inputs.filter((input) => !hasRange(input) && input.value.n > 0n);
  if (absorbing.length > 0 && changes === 1) return highsTogether(drawn, whole);
  return [
    {
      code: 'range-room',
      span: first.span,
      problem: {
        message: `nothing absorbs a change of \`${first.path}\``,
        expected:
          changes > 1
            ? '`rest` in its group, whose shares change by period'
            : '`rest` in its group, or a share above 0 without a range',
        hint: 'let one of its group be `rest`, or delete `low` and `high`',
      },
    },
  ];
}

/** The highs of inputs that are drawn together may not sum to more than the whole. */
function highsTogether(inputs: readonly Input[], whole: Fraction): readonly PlausibilityWarning[] {
  const total = sum(inputs.map(highOf));
  const last = inputs.findLast((input) => compare(highOf(input), input.value) > 0);
  if (!last || compare(total, whole) <= 0) return [];
  return [
    {
      code: 'range-room',
      span: last.attributes.high!.span,
      problem: {
        message: `the highs of ${inputs.map(({ path }) => `\`${path}\``).join(', ')} exclude each other`,
        expected: `at most ${valueText(last, whole)} together`,
        found: `${inputs.map((input) => valueText(input, highOf(input))).join(' + ')} = ${valueText(last, total)}`,
        hint: 'lower some of them: `simulate` draws them together',
      },
    },
  ];
}

function noRoom(input: Input, others: Fraction, whole: Fraction): PlausibilityWarning {
  const [high, room, taken] = [highOf(input), subtract(whole, others), others].map((value) =>
    valueText(input, value),
  ) as [string, string, string];
  return {
    code: 'range-room',
    span: input.attributes.high!.span,
    problem: {
      message: `\`${input.path}\` cannot be as high as ${high}`,
      expected: `at most ${room}, as the others of its group are ${taken}`,
      hint: `lower \`high\` to ${room}, or lower the others`,
    },
  };
}

/** Under `keep-envelope` the envelope is never less than what was reported. */
function envelopeBelowActuals(scenario: Scenario): readonly PlausibilityWarning[] {
  const { actuals } = scenario;
  const envelope = amountOf(scenario.envelope);
  if (!envelope || actuals.reforecast !== 'keep-envelope') return [];
  const reported = [...actuals.within.values()].map(({ reported: amount, attributable }) => {
    const share = attributable ? highOf(attributable) : ONE;
    return fraction(roundHalfEven(multiply(highOf(amount), share)));
  });
  const { low = envelope.value } = rangeOf(envelope);
  const total = sum(reported);
  if (compare(total, low) <= 0) return [];
  return [
    {
      code: 'range-room',
      span: (envelope.attributes.low ?? envelope).span,
      problem: {
        message: `at its low the envelope is less than the reported amounts`,
        expected: `at least ${valueText(envelope, total)}, what they may be`,
        found: valueText(envelope, low),
        hint: 'raise `low` of the envelope, or write `reforecast: keep-phasing`',
      },
    },
  ];
}

function hasRange(input: Input): boolean {
  const { low, high } = rangeOf(input);
  return low !== undefined || high !== undefined;
}

function highOf(input: Input): Fraction {
  return rangeOf(input).high ?? input.value;
}
