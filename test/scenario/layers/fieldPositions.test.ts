/** The fields say what a scenario may have at a path; titles and descriptions have no effect. */
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  fixedKeys,
  isNameAt,
  positionBelow,
  rootPosition,
  tableAt,
} from '../../../src/scenario/layers/fieldPositions.js';
import { load } from '../../../src/scenario/load.js';
import { documentField } from '../../../src/scenario/schema/document.js';
import { scenarioSchema } from '../../../src/scenario/schema/jsonSchema.js';
import { SHIPPED } from '../../support/cells.js';
import { told } from '../../support/forecasts.js';
import { shipped } from '../../support/schema.js';

/** A field and all fields in it, each once. */
function everyField(root: z.core.$ZodType): ReadonlySet<z.core.$ZodType> {
  const found = new Set<z.core.$ZodType>();
  const visit = (value: unknown): void => {
    if (!(value instanceof z.core.$ZodType)) {
      if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
      return;
    }
    if (found.has(value)) return;
    found.add(value);
    const { def } = (value as z.core.$ZodTypes)._zod;
    visit(def.type === 'lazy' ? def.getter() : { ...def });
  };
  visit(root);
  return found;
}

const at = (path: string) => path.split('.').reduce(positionBelow, rootPosition());

describe('a position', () => {
  it.each([
    ['fx.base', 'rates by currency'],
    ['fx.path', 'rates by currency and period'],
    ['fx.path.USD', 'rates by period'],
    ['components.servers.suppliers', 'shares by supplier'],
    ['components.dc.components.servers.part', 'shares by period'],
    ['envelope', undefined],
  ])('finds at %s the table kind %s', (path, kind) => {
    expect(tableAt(at(path))).toBe(kind);
  });

  it.each([
    ['components', 'servers', true],
    ['components.dc.components', 'servers', true],
    ['components.dc', 'components', false],
    ['fx.base', 'USD', false],
    ['phasing.years', 'FY2026', false],
    ['mix.blend', 'cicc', false],
  ])('knows in %s whether %s is a name: %s', (path, key, isName) => {
    expect(isNameAt(at(path), key)).toBe(isName);
  });

  it('lists the keys of a map, without those of a table that may replace it', () => {
    expect(fixedKeys(at('calendar'))).toContain('fiscal_year_ends');
    expect(fixedKeys(at('fx.path'))).toEqual([]);
  });
});

it('titles and descriptions of the schema have no effect on loading', () => {
  const text = new Map(shipped).get('alibaba-rolling.yaml')!;
  const set = ['envelope.value=400bn CNY', 'phasing=even'];
  const loaded = () => told(load(text, { ...SHIPPED, set }));
  const before = loaded();
  expect(JSON.stringify(scenarioSchema())).toContain('"rates by currency"');
  for (const field of everyField(documentField)) {
    const meta = z.globalRegistry.get(field);
    if (meta) z.globalRegistry.add(field, { ...meta, title: 'no title', description: 'no words' });
  }
  expect(JSON.stringify(scenarioSchema())).not.toContain('"rates by currency"');
  expect(loaded()).toEqual(before);
  expect(JSON.stringify(before)).toContain('"alibaba-rolling"');
});
