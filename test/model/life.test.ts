/** The life of a component: its time, its periods, and from which of them on. */
import { describe, expect, it } from 'vitest';
import type { Leaf } from '../../src/model/leaf.js';
import { loaded } from '../support/cells.js';
import { refusalOf, saidOf, scenarioText } from '../support/scenarios.js';

const MONTHLY = '{ fiscal_year_ends: 3, from: FY2026M01, to: FY2026M12, period: month }';
const YEARLY = '{ fiscal_year_ends: 3, from: FY2026, to: FY2027, period: year }';

/** @param servers what the file says of them, as YAML */
function leavesOf(servers: string, sections: Readonly<Record<string, string>> = {}) {
  const text = scenarioText({ components: `{ servers: { ${servers} } }`, ...sections });
  return new Map(loaded(text).leaves.map((leaf) => [leaf.path, leaf]));
}

function told(leaf: Leaf | undefined) {
  const life = leaf!.life;
  return life && [life.length.text, life.periodsPerUnit, life.delay];
}

const refusal = (servers: string, sections: Readonly<Record<string, string>> = {}) =>
  refusalOf({ components: `{ servers: { ${servers} } }`, ...sections });

describe('a life', () => {
  it.each([
    ['life: 20 quarters', undefined, ['20 quarters', 1, 1]],
    ['life: 5 years', undefined, ['5 years', 4, 1]],
    ['life: 1 year, in_service: same', undefined, ['1 year', 4, 0]],
    ['life: 36 months, in_service: next', MONTHLY, ['36 months', 1, 1]],
    ['life: 3 years', MONTHLY, ['3 years', 12, 1]],
    ['life: 3 years', YEARLY, ['3 years', 1, 1]],
  ])('%s', (servers, calendar, expected) => {
    const sections: Record<string, string> = calendar === undefined ? {} : { calendar };
    expect(told(leavesOf(servers, sections).get('servers'))).toEqual(expected);
  });

  it('is nothing where the file gives none', () => {
    expect(told(leavesOf('name: Servers').get('servers'))).toBeUndefined();
    expect(told(leavesOf('life: 5 years').get('open'))).toBeUndefined();
  });

  it('has a range in its own time', () => {
    const [leaf] = leavesOf('life: { value: 5 years, low: 4 years, high: 6 years }').values();
    const { low, high } = leaf!.life!.length.attributes;
    expect([low, high].map((end) => end!.text)).toEqual(['4 years', '6 years']);
  });

  it('holds for what is below it, each key by itself', () => {
    const parts =
      'a: 25%, b: { part: 25%, life: 2 years }, c: { part: 25%, in_service: next }, ' +
      'd: { part: rest, components: { e: 50%, f: { part: 50%, life: 3 quarters } } }';
    const leaves = leavesOf(`life: 5 years, in_service: same, components: { ${parts} }`);
    const all = [...leaves].filter(([path]) => path !== 'open');
    expect(all.map(([path, leaf]) => [path, told(leaf)])).toEqual([
      ['servers/a', ['5 years', 4, 0]],
      ['servers/b', ['2 years', 4, 0]],
      ['servers/c', ['5 years', 4, 1]],
      ['servers/d/e', ['5 years', 4, 0]],
      ['servers/d/f', ['3 quarters', 1, 0]],
    ]);
  });
});

describe('is refused', () => {
  it.each([
    ['life: 18 months', {}, '`18 months` is in months, where periods are quarters', '6 quarters'],
    ['life: 19 months', {}, '`19 months` is in months, where periods are quarters', '7 quarters'],
    ['life: 2 months', {}, '`2 months` is in months, where periods are quarters', '1 quarter'],
    [
      'life: 5 quarters',
      { calendar: YEARLY },
      '`5 quarters` is in quarters, where periods are years',
      '2 years',
    ],
    [
      'life: { value: 5 years, low: 16 quarters, high: 6 years }',
      {},
      '`16 quarters` is in quarters, where the life is in years',
      '4 years',
    ],
  ])('%s', (servers, sections: Record<string, string>, message, hint) => {
    const text = refusal(servers, sections);
    expect(text).toContain(`error[unit-mismatch] ${message}`);
    expect(text).toMatch(new RegExp(`write ${hint}$`, 'm'));
  });

  it.each(['20', '0 quarters', '2.5 years', '10000 quarters', '5 weeks', '-1 year', '05 years'])(
    'life: %s',
    (life) => {
      expect(refusal(`life: ${life}`)).toContain(`error[literal] \`${life}\` is not a life`);
    },
  );

  it('in_service where nothing has a life, above it or below it', () => {
    const message = 'error key-missing: `in_service` without `life`: servers is not depreciated';
    const components = '{ servers: { in_service: same } }';
    expect(saidOf({ components })).toEqual([message]);
    const below =
      '{ servers: { in_service: same, components: { a: { part: rest, life: 1 year } } } }';
    expect(saidOf({ components: below })).toEqual([]);
  });

  it('in_service of another word', () => {
    expect(refusal('life: 5 years, in_service: later')).toContain(
      '`later` is not `same` or `next`',
    );
  });
});
