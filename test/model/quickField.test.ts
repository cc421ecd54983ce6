/** A field reads the usual form by itself: zod, which reads all forms, has to read the same from it. */
import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { byPeriod } from '../../src/model/calendar.js';
import { mapField, nameKey } from '../../src/model/field.js';
import { inputField, rateField, shareField } from '../../src/model/input.js';
import { AMOUNT, SHARE } from '../../src/model/inputKind.js';
import { quickReaderOf } from '../../src/model/quickField.js';

const source = { name: 'a.yaml', text: '' };
/** A scalar as fields see it. */
const scalar = (text: string) => () => ({ text, path: 'a.b', span: { source, start: 0, end: 1 } });
const map = (entries: Record<string, unknown>) =>
  Object.assign(Object.create(null) as object, entries);

const FIELDS: Readonly<Record<string, z.ZodType>> = {
  amount: inputField(AMOUNT, 'd'),
  share: shareField(SHARE, 'd'),
  'rates by period': byPeriod(rateField('d'), 'd'),
  'shares by name': mapField(nameKey, byPeriod(shareField(SHARE, 'd'), 'd'), 'd'),
};

const RIGHT: readonly (readonly [field: string, input: unknown])[] = [
  ['amount', scalar('380bn CNY')],
  ['share', scalar('35%')],
  ['share', scalar('rest')],
  ['rates by period', scalar('7.1717')],
  ['rates by period', map({ FY2026: scalar('7.1'), FY2027Q1: scalar('1/0.14') })],
  ['shares by name', map({ a: scalar('35%'), b: scalar('rest') })],
  ['shares by name', map({ a: map({ FY2026: scalar('35%') }), c: scalar('rest') })],
];

const OTHER: readonly (readonly [field: string, input: unknown])[] = [
  ['amount', map({ value: scalar('380bn CNY'), low: scalar('300bn CNY') })],
  ['amount', scalar('380')],
  ['amount', scalar('')],
  ['amount', undefined],
  ['share', scalar('Rest')],
  ['share', [scalar('35%')]],
  ['rates by period', map({ FY26: scalar('7.1') })],
  ['rates by period', map({ FY2026: scalar('0') })],
  ['rates by period', map({ FY2026: map({ value: scalar('7.1'), name: scalar('fixing') }) })],
  ['shares by name', map({ a: scalar('35%'), '1b': scalar('rest') })],
  ['shares by name', map({ a: scalar('135%') })],
  ['shares by name', []],
  ['shares by name', null],
];

/** What zod reads; a copy of a field has no quick reader. */
const withZod = (field: z.ZodType, input: unknown) => field.meta({}).safeParse(input);

describe('the quick reader of a field', () => {
  it.each(RIGHT)('of %s reads what zod reads', (name, input) => {
    const field = FIELDS[name]!;
    const quick = quickReaderOf(field)(input);
    expect(quick).toBeDefined();
    expect(quick).toEqual(withZod(field, input).data);
    expect(field.parse(input)).toEqual(quick);
  });

  it.each(OTHER)('of %s leaves other forms and mistakes to zod', (name, input) => {
    const field = FIELDS[name]!;
    expect(quickReaderOf(field)(input)).toBeUndefined();
    expect(field.safeParse(input)).toEqual(withZod(field, input));
  });

  it('reads nothing of a field that has none', () => {
    expect(quickReaderOf(z.string())('a')).toBeUndefined();
  });
});
