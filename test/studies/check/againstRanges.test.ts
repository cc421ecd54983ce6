/** Numbers far from their kind, and ranges that the others of their group forbid. */
import { describe, expect, it } from 'vitest';
import { percentMissing, rangesWithoutRoom } from '../../../src/studies/check/againstRanges.js';
import { simulate } from '../../../src/studies/simulate/simulate.js';
import { ask } from '../../../src/studies/study.js';
import { cases, coverage } from '../../support/cases.js';
import { loaded } from '../../support/cells.js';
import { source } from '../../support/questions.js';

interface Parts {
  readonly phasing?: string;
  readonly split?: string;
  readonly servers?: string;
  readonly more?: string;
}

const scenario = ({
  phasing = 'even',
  split = '{ servers: rest }',
  servers = '{}',
  more = '',
}: Parts) =>
  loaded(`scenario: ranges
currency: CNY
calendar: { fiscal_year_ends: 12, from: FY2026, to: FY2028, period: year }
envelope: { value: 100bn CNY, low: 90bn CNY, high: 110bn CNY }
phasing: ${phasing}
estimates: { view: { split: ${split} } }
mix: view
components: { servers: ${servers} }
${more}
`);

describe('growth and erosion', () => {
  const warned = (parts: Parts) =>
    percentMissing(scenario(parts)).map(({ problem: { message, hint } }) => `${message} ${hint!}`);

  it.each([
    [
      '{ growth: 10, per: year }',
      ['`10` is 1000%: was 10% meant? write 10%, or 1000% if it is right'],
    ],
    ['{ growth: 1, per: year }', ['`1` is 100%: was 1% meant? write 1%, or 100% if it is right']],
    [
      '{ growth: -1, per: year }',
      ['`-1` is -100%: was -1% meant? write -1%, or -100% if it is right'],
    ],
    [
      '{ growth: { value: 10%, high: 15 }, per: year }',
      ['`15` is 1500%: was 15% meant? write 15%, or 1500% if it is right'],
    ],
    ['{ growth: 1000%, per: year }', []],
    ['{ growth: 0.99, per: year }', []],
    ['{ growth: 3/2, per: year }', []],
  ])('%s: %j', (phasing, messages) => {
    expect(warned({ phasing })).toEqual(messages);
  });

  it('asks of a negative erosion too', () => {
    const servers = '{ price: { value: 1m CNY, unit: server, erosion: -5 } }';
    expect(warned({ servers })).toEqual([
      '`-5` is -500%: was -5% meant? write -5%, or -500% if it is right',
    ]);
  });
});

/** A group of two to four shares, some with a range, in percent. */
function drawGroup({ next, pick }: ReturnType<typeof source>, hasRest: boolean): string {
  const size = pick([2, 3, 3, 4]);
  let left = 100;
  const members = Array.from({ length: size }, (_, i) => {
    const isLast = i === size - 1;
    if (isLast && hasRest) return 'rest';
    const value = isLast ? left : Math.floor(next() * (left + 1));
    left -= value;
    if (next() < 0.4) return `${value}%`;
    const low = Math.max(0, value - Math.floor(next() * 30));
    const high = Math.min(100, value + Math.floor(next() * 30));
    return `{ share: ${value}%, low: ${low}%, high: ${high}% }`;
  });
  return `{ ${members.map((member, i) => `s${i}: ${member}`).join(', ')} }`;
}

it('warns of exactly the groups whose draws `simulate` refuses', () => {
  const dice = source(21);
  const outcomes = { room: 0, none: 0 };
  for (let draw = 0; draw < cases(300); draw++) {
    const suppliers = drawGroup(dice, dice.next() < 0.6);
    const drawn = scenario({ servers: `{ suppliers: ${suppliers} }` });
    const result = ask(simulate, [drawn], { of: ['servers/s0'], draws: '1' });
    const warnings = rangesWithoutRoom(drawn);
    expect(warnings.length > 0, suppliers).toBe(!result.ok);
    expect(new Set(warnings.map(({ code }) => code)).size).toBe(result.ok ? 0 : 1);
    outcomes[result.ok ? 'room' : 'none']++;
  }
  expect(outcomes.room).toBeGreaterThan(coverage(50));
  expect(outcomes.none).toBeGreaterThan(coverage(50));
});

describe('a range that the others forbid', () => {
  const warned = (parts: Parts) =>
    rangesWithoutRoom(scenario(parts)).map(({ problem: { message, expected } }) => [
      message,
      expected,
    ]);

  it.each<readonly [string, Parts, readonly (readonly string[])[]]>([
    [
      'a part of an estimate beside `rest`',
      { split: '{ servers: { value: 60%, high: 70% }, optics: 35%, open: rest }' },
      [
        [
          '`estimates.view.split.servers` cannot be as high as 70%',
          'at most 65%, as the others of its group are 35%',
        ],
      ],
    ],
    [
      'shares whose highs exclude each other',
      {
        servers:
          '{ suppliers: { a: { share: 40%, high: 60% }, b: { share: 30%, high: 45% }, c: rest } }',
      },
      [
        [
          'the highs of `components.servers.suppliers.a.share`, `components.servers.suppliers.b.share` exclude each other',
          'at most 100% together',
        ],
      ],
    ],
    [
      'a share of which nothing absorbs a change',
      { servers: '{ suppliers: { a: { share: 100%, low: 90% } } }' },
      [
        [
          'nothing absorbs a change of `components.servers.suppliers.a.share`',
          '`rest` in its group, or a share above 0 without a range',
        ],
      ],
    ],
    [
      'shares by period without `rest`',
      {
        servers:
          '{ suppliers: { a: { share: { FY2026: { value: 40%, low: 30% }, FY2027: 50% } }, b: { share: { FY2026: 60%, FY2027: 50% } } } }',
      },
      [
        [
          'nothing absorbs a change of `components.servers.suppliers.a.share.FY2026`',
          '`rest` in its group, whose shares change by period',
        ],
      ],
    ],
    [
      'foreign contents above 100%',
      {
        servers:
          '{ pricing: { USD: { content: { value: 60%, high: 80% } }, EUR: { content: 30% } } }',
        more: 'fx: { base: { USD: 7, EUR: 8 } }',
      },
      [
        [
          '`components.servers.pricing.USD.content` cannot be as high as 80%',
          'at most 70%, as the others of its group are 30%',
        ],
      ],
    ],
    [
      'foreign contents above 100% in one period',
      {
        servers:
          '{ pricing: { USD: { content: { FY2026: 40%, FY2027: { value: 30%, high: 83% } } }, EUR: { content: { FY2026: 20%, FY2028: 15% } } } }',
        more: 'fx: { base: { USD: 7, EUR: 8 } }',
      },
      [
        [
          '`components.servers.pricing.USD.content.FY2027` cannot be as high as 83%',
          'at most 80%, as the others of its group are 20%',
        ],
      ],
    ],
    [
      'parts of a bill above 100%',
      {
        servers: '{ suppliers: { a: rest }, bill: { chips: { part: 60%, high: 80% }, fans: 30% } }',
      },
      [
        [
          '`components.servers.bill.chips.part` cannot be as high as 80%',
          'at most 70%, as the others of its group are 30%',
        ],
      ],
    ],
    [
      'an envelope below what was reported',
      { more: 'actuals: { periods: { FY2026: { value: 80bn CNY, high: 95bn CNY } } }' },
      [
        [
          'at its low the envelope is less than the reported amounts',
          'at least 95bn CNY, what they may be',
        ],
      ],
    ],
    [
      'nothing where all draws are possible',
      {
        split: '{ servers: { value: 60%, high: 65% }, optics: 35%, open: rest }',
        servers: '{ suppliers: { a: { share: 50%, high: 60% }, b: 50% } }',
        more: 'actuals: { periods: { FY2026: 80bn CNY } }',
      },
      [],
    ],
  ])('%s', (_, parts, expected) => {
    expect(warned(parts)).toEqual(expected);
  });
});
