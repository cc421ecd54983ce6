/** An input: a number that the analyst gives, with its range, its evidence and its place. */
import { failure, success } from '../core/result.js';
import * as z from 'zod';
import { SHAPES, type Shape } from '../core/random/distributions.js';
import { date, type CalendarDate } from '../core/number/literal.js';
import { nearest, type Reporter } from '../core/text/diagnostic.js';
import type { Span } from '../core/text/source.js';
import {
  choiceField,
  literalField,
  recordField,
  scalarField,
  textField,
  UNTOLD,
  type ByPeriod,
  type Located,
} from './field.js';
import { RATE, type InputKind, type Quantity } from './inputKind.js';

/** Why and within what a value is believed; every attribute is kept as it was written. */
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
  /** Of a rate: what it is called (fixing, convenience rate) and of which day. */
  readonly name?: Located<string>;
  readonly date?: Located<CalendarDate>;
}

/**
 * A number as the file gives it: `value` is an exact fraction, in quanta of `currency` for an amount, in
 * major units for a price, without a currency for a share or a rate.
 */
export interface Input extends Quantity {
  /** What kind of number it is: how it is spelled, and within which bounds. */
  readonly kind: InputKind;
  /** Where `--set` finds it: `components.servers.suppliers.inspur.share`. */
  readonly path: string;
  readonly text: string;
  readonly span: Span;
  readonly attributes: Attributes;
}

/** What is left of the whole when the others have theirs. */
export interface Rest {
  readonly rest: true;
  readonly path: string;
  readonly text: string;
  readonly span: Span;
  readonly attributes: Attributes;
}

/** One member of a group of shares. */
export type Share = Input | Rest;

export function isRest(share: Share): share is Rest {
  return 'rest' in share;
}

/** The members of a group that are numbers. */
export function inputsOf(shares: readonly Share[]): readonly Input[] {
  return shares.flatMap((share) => (isRest(share) ? [] : [share]));
}

/** Why any input is believed, whatever its kind. */
const beliefFields = {
  shape: choiceField(
    SHAPES,
    'How draws spread between low and high; triangular unless given.',
  ).optional(),
  evidence: textField('The claim of an evidence ledger that the value rests on.').optional(),
  range_evidence: textField('The claim that low and high rest on.').optional(),
  assumption: textField('Why the value is assumed, where no source gives it.').optional(),
  note: textField('A remark.').optional(),
};

/** The attributes that any input may carry beside its value: made once, as many fields share a kind. */
export function attributeFields(kind: InputKind) {
  const fields = ATTRIBUTES.get(kind) ?? newAttributeFields(kind);
  ATTRIBUTES.set(kind, fields);
  return fields;
}

const ATTRIBUTES = new Map<InputKind, ReturnType<typeof newAttributeFields>>();

function newAttributeFields(kind: InputKind) {
  const { shape, evidence, range_evidence, assumption, note } = beliefFields;
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

/** What a rate may carry besides: its name and its day. */
const rateFields = {
  name: textField(
    'What the rate is called: a fixing, a convenience rate, an assumption.',
  ).optional(),
  date: literalField(date, 'The day of the rate.').optional(),
};

/** A field that is an input: its bare value, or a map with `value` and attributes. */
export function inputField(kind: InputKind, description: string): z.ZodType<Input> {
  const value = literalField(kind, description);
  const full = recordField({ value, ...attributeFields(kind) }, UNTOLD);
  return bareOrFull(kind, value, full, description);
}

/** A field that is an exchange rate, which may have a name and a day. */
export function rateField(description: string): z.ZodType<Input> {
  const value = literalField(RATE, description);
  const full = recordField({ value, ...attributeFields(RATE), ...rateFields }, UNTOLD);
  return bareOrFull(RATE, value, full, description);
}

function bareOrFull(
  kind: InputKind,
  bare: z.ZodType<Located<Quantity>>,
  full: z.ZodType<Attributes & { value: Located<Quantity> }>,
  description: string,
): z.ZodType<Input> {
  return z
    .union([
      bare.transform((located) => inputOf(kind, located, {})),
      full
        .transform(({ value, ...attributes }) => inputOf(kind, value, attributes))
        .meta({ description: 'The value with its range and its reason.' }),
    ])
    .meta({ description });
}

function inputOf(kind: InputKind, located: Located<Quantity>, attributes: Attributes): Input {
  const { text, span } = located;
  const { value, currency } = located.value;
  const path = located.path.endsWith('.value') ? located.path.slice(0, -6) : located.path;
  return { value, currency, kind, text, span, path, attributes };
}

/** The word `rest`, for the share that takes what the others leave. */
export const restField = scalarField(
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
).transform(({ path, text, span }): Rest => ({ rest: true, path, text, span, attributes: {} }));

/** A field that is an input or `rest`. */
export function shareField(kind: InputKind, description: string): z.ZodType<Share> {
  return z.union([restField, inputField(kind, description)]).meta({ description });
}

/** Why a group of inputs is believed, said once for all of them. */
export const reasonFields = {
  evidence: textField(
    'The claim that the values rest on, where they name none themselves.',
  ).optional(),
  assumption: textField('Why the values are assumed, where they do not say it.').optional(),
  note: textField('A remark.').optional(),
};

/** An input with the attributes that stand beside it or above it; its own come first. */
export function withAttributes<S extends Share>(share: S, beside: Attributes): S {
  const { evidence, assumption } = share.attributes;
  const reason = (evidence ?? assumption) ? { evidence, assumption } : {};
  return { ...share, attributes: present({ ...beside, ...reason, ...share.attributes }) };
}

/** Without the attributes that are not given. */
function present(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}

/** Every value of a step with the attributes that stand beside the step. */
export function eachWithAttributes<S extends Share>(
  steps: ByPeriod<S>,
  beside: Attributes,
): ByPeriod<S> {
  if ('always' in steps) return { always: withAttributes(steps.always, beside) };
  const entries = [...steps.from].map(
    ([key, share]) => [key, withAttributes(share, beside)] as const,
  );
  return { from: new Map(entries) };
}

/**
 * The attributes that stand beside a value and speak of a single number; beside `rest`, or beside a
 * map by period, it would be open which number they mean.
 */
export function misplacedAttribute(
  steps: ByPeriod<Share>,
  beside: Attributes,
): Located<unknown> | undefined {
  if ('always' in steps && !isRest(steps.always)) return undefined;
  return beside.low ?? beside.high ?? beside.shape ?? beside.step ?? beside.was;
}

/** An attribute of which it is open which number it belongs to. */
export function reportMisplaced({ path }: Located<unknown>, report: Reporter): void {
  report.error('keys-conflict', path, {
    message: 'it is open which number this belongs to',
    expected: 'beside one number, neither `rest` nor values by period',
    hint: 'write it beside the value: { value: 35%, low: 30%, high: 40% }',
  });
}
