/** An input: a number that the analyst writes, with its range, its evidence and its place in the file. */
import * as z from 'zod';
import type { Currency } from '../core/number/currency.js';
import { date, type CalendarDate, type LiteralReading } from '../core/number/literal.js';
import { SHAPES, type Shape } from '../core/random/distributions.js';
import { failure, success } from '../core/result.js';
import { nearest, type Reporter } from '../core/text/diagnostic.js';
import type { Span } from '../core/text/source.js';
import { constant, type ByPeriod } from './calendar.js';
import {
  NO_NOUN,
  choiceField,
  literalField,
  recordField,
  scalarField,
  textField,
  type Located,
  type Opaque,
} from './field.js';
import { quickReaderOf, withQuickReader } from './quickField.js';
import { RATE, areInOneUnit, type InputKind, type Quantity } from './inputKind.js';

/** The range, evidence and remarks of a value, as they were written. */
export interface Attributes {
  readonly low?: Located<Quantity>;
  readonly high?: Located<Quantity>;
  readonly step?: Located<Quantity>;
  readonly was?: Located<Quantity>;
  readonly shape?: Located<Shape>;
  readonly evidence?: Located<string>;
  readonly range_evidence?: Located<string>;
  readonly assumption?: Located<string>;
  readonly note?: Located<string>;
  /** Name of a rate: fixing, convenience rate. */
  readonly name?: Located<string>;
  /** Day of a rate. */
  readonly date?: Located<CalendarDate>;
}

const NO_ATTRIBUTES: Attributes = {};

/**
 * A number of the scenario. `value` is an exact fraction: in quanta of `currency` for an amount, in
 * major units of it for a price; a share or a rate has no currency.
 */
export interface Input extends Quantity {
  /** How it is spelled, and within which bounds. */
  readonly kind: InputKind;
  /** As `--set` names it: `components.servers.suppliers.inspur`. */
  readonly path: string;
  readonly text: string;
  readonly span: Span;
  readonly attributes: Attributes;
}

/** A share written as `rest`: what the others leave of the whole. */
export interface Rest {
  readonly rest: true;
  readonly path: string;
  readonly text: string;
  readonly span: Span;
  readonly attributes: Attributes;
}

/** One member of a group of shares. */
export type Share = Input | Rest;

/** Those with something beside their number: a range, a reason, a remark. */
export function withRemarks(shares: readonly Share[]): readonly Share[] {
  return shares.filter(({ attributes }) => attributes !== NO_ATTRIBUTES);
}

/** Whether a share is what the others leave, and no number. */
export function isRest(share: Share): share is Rest {
  return 'rest' in share;
}

/** The paths that the input may have which a `--set` of a path changes: a number may stand below a key of its own. */
export function inputPathsFor(path: string): readonly string[] {
  const bare = path.replace(/\.value$/, '');
  return [path, bare, `${bare}.share`, `${bare}.part`];
}

/** The members of a group that are numbers. */
export function inputsOf(shares: readonly Share[]): readonly Input[] {
  return shares.flatMap((share) => (isRest(share) ? [] : [share]));
}

/** Whether an amount is in a currency; if it is not, that is reported. */
export function isInCurrency(
  { path, text, ...input }: Input,
  { code }: Currency,
  report: Reporter,
) {
  if (input.currency?.code === code) return true;
  report.error('currency-mismatch', path, {
    message: `\`${text}\` is not in ${code}`,
    expected: `an amount in ${code}`,
    hint: `convert it at a rate that you can name, and write an amount in ${code}`,
  });
  return false;
}

/** Reads a literal as another number of an input: of its kind, and in its unit. */
export function readNumberOf(input: Input, literal: string): LiteralReading<Quantity> {
  const reading = input.kind.read(literal);
  if (!reading.ok || areInOneUnit(reading.value, input)) return reading;
  const unit = input.currency?.code ?? input.unit;
  return failure({
    code: input.unit === undefined ? 'currency-mismatch' : 'unit-mismatch',
    message: `\`${literal}\` is not in the unit of \`${input.path}\``,
    hint: `write ${unit === undefined ? 'a share' : `… ${unit}`}`,
  });
}

/** Attributes of the same type for inputs of all kinds. */
const commonAttributes = {
  shape: choiceField(
    SHAPES,
    'How draws spread between low and high; triangular unless given.',
  ).optional(),
  evidence: textField('The claim of an evidence ledger that the value rests on.').optional(),
  range_evidence: textField('The claim that low and high rest on.').optional(),
  assumption: textField('Why the value is assumed, where no source gives it.').optional(),
  note: textField('A remark.').optional(),
};

/** The attributes that any input may have: made once for each kind, as many fields share one. */
export function attributeFields(kind: InputKind) {
  const fields = ATTRIBUTES.get(kind) ?? newAttributeFields(kind);
  ATTRIBUTES.set(kind, fields);
  return fields;
}

const ATTRIBUTES = new Map<InputKind, ReturnType<typeof newAttributeFields>>();

function newAttributeFields(kind: InputKind) {
  const { shape, evidence, range_evidence, assumption, note } = commonAttributes;
  return {
    low: literalField(kind, 'The lowest value that is thought likely.').optional(),
    high: literalField(kind, 'The highest value that is thought likely.').optional(),
    shape,
    step: literalField(
      kind,
      'The grid on which the value is solved for and drawn: by default the quantum of its currency, or 10^-6.',
    ).optional(),
    ...{ evidence, range_evidence, assumption },
    was: literalField(kind, 'The value that the author saw in the parent file.').optional(),
    note,
  };
}

/** Further attributes of a rate. */
const rateFields = {
  name: textField(
    'What the rate is called: a fixing, a convenience rate, an assumption.',
  ).optional(),
  date: literalField(date, 'The day of the rate.').optional(),
};

/** A field that is an input: its bare value, or a map with `value` and attributes. */
export function inputField(kind: InputKind, description: string): z.ZodType<Input> {
  const value = literalField(kind, description);
  const full = recordField({ value, ...attributeFields(kind) }, NO_NOUN);
  return bareOrFull(kind, value, full, description);
}

/** A field that is an exchange rate, which may have a name and a day. */
export function rateField(description: string): z.ZodType<Input> {
  const value = literalField(RATE, description);
  const full = recordField({ value, ...attributeFields(RATE), ...rateFields }, NO_NOUN);
  return bareOrFull(RATE, value, full, description);
}

function bareOrFull(
  kind: InputKind,
  bare: z.ZodType<Located<Quantity>>,
  full: z.ZodType<Attributes & { value: Located<Quantity> }>,
  description: string,
): z.ZodType<Input> {
  const field = z
    .union([
      bare.transform((located) => inputOf(kind, located, NO_ATTRIBUTES)),
      full
        .transform(({ value, ...attributes }) => inputOf(kind, value, attributes))
        .meta({ description: 'The value with its range and its reason.' }),
    ])
    .meta({ description });
  const quick = quickReaderOf(bare);
  return withQuickReader(field, (input) => {
    const located = quick(input);
    return located && inputOf(kind, located, NO_ATTRIBUTES);
  });
}

function inputOf(kind: InputKind, located: Located<Quantity>, attributes: Attributes): Input {
  const { text, span } = located;
  const { value, currency, unit } = located.value;
  const path = located.path.endsWith('.value') ? located.path.slice(0, -6) : located.path;
  const input = { value, currency, kind, text, span, path, attributes };
  return unit === undefined ? input : { ...input, unit };
}

const restWord = scalarField(
  '`rest`',
  (text) =>
    text === 'rest'
      ? success('rest' as const)
      : failure({
          code: 'choice',
          message: `\`${text}\` is not \`rest\``,
          hint: 'write `rest`',
          isNear: /^\p{L}/u.test(text) && nearest(text, ['rest']) !== undefined,
        }),
  { const: 'rest', description: 'What the others leave.' },
);

/** The word `rest`, for the share that takes what the others leave. */
export const restField = restWord.transform(restOf);

function restOf({ path, text, span }: Located<'rest'>): Rest {
  return { rest: true, path, text, span, attributes: NO_ATTRIBUTES };
}

/** A field that is an input or `rest`. */
export function shareField(kind: InputKind, description: string): z.ZodType<Share> {
  const number = inputField(kind, description);
  const [quickRest, quickNumber] = [quickReaderOf(restWord), quickReaderOf(number)];
  return withQuickReader(
    z.union([restField, number]).meta({ description }),
    (input): Share | undefined => {
      const isWord = typeof input === 'function' && (input as Opaque)().text === 'rest';
      const rest = isWord ? quickRest(input) : undefined;
      return rest ? restOf(rest) : quickNumber(input);
    },
  );
}

/** Evidence for all inputs of a group. */
export const reasonFields = {
  evidence: textField(
    'The claim that the values rest on, where they name none themselves.',
  ).optional(),
  assumption: textField('Why the values are assumed, where they do not say it.').optional(),
  note: textField('A remark.').optional(),
};

/**
 * A share with further attributes; its own take precedence.
 *
 * @param outer attributes written beside the share, or for its whole group
 */
export function withAttributes<S extends Share>(share: S, outer: Attributes): S {
  if (Object.keys(outer).length === 0) return share;
  const { evidence, assumption } = share.attributes;
  const reason = (evidence ?? assumption) ? { evidence, assumption } : {};
  return { ...share, attributes: withoutAbsent({ ...outer, ...reason, ...share.attributes }) };
}

/** Removes keys without a value. */
function withoutAbsent(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}

/** Every value with the attributes that are written beside all of them. */
export function eachWithAttributes<S extends Share>(
  steps: ByPeriod<S>,
  outer: Attributes,
): ByPeriod<S> {
  if (steps.kind === 'constant') return constant(withAttributes(steps.value, outer));
  const entries = [...steps.from].map(
    ([key, share]) => [key, withAttributes(share, outer)] as const,
  );
  return { kind: 'steps', from: new Map(entries) };
}

/**
 * The first attribute of a single number that is written beside `rest` or beside a map by period, where
 * it would be unclear which number it belongs to.
 */
export function misplacedAttribute(
  steps: ByPeriod<Share>,
  outer: Attributes,
): Located<unknown> | undefined {
  if (steps.kind === 'constant' && !isRest(steps.value)) return undefined;
  return outer.low ?? outer.high ?? outer.shape ?? outer.step ?? outer.was;
}

/** One error for such an attribute. */
export function reportMisplaced({ path }: Located<unknown>, report: Reporter): void {
  report.error('keys-conflict', path, {
    message: 'it is unclear which number this belongs to',
    expected: 'beside one number, neither `rest` nor values by period',
    hint: 'write it beside the value: { value: 35%, low: 30%, high: 40% }',
  });
}
