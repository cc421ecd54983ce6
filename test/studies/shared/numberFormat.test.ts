/** The unit of printed money. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { numberFormat } from '../../../src/studies/shared/numberFormat.js';
import { cases } from '../../support/cases.js';

/** What one of each unit is worth, the largest first. */
const WORTH = {
  en: [
    ['bn', 10n ** 9n],
    ['m', 10n ** 6n],
  ],
  zh: [
    ['亿', 10n ** 8n],
    ['万', 10n ** 4n],
  ],
} as const;

it('prints a total in the largest unit of the language of which it has ten or more', () => {
  const totals = fc.tuple(fc.integer({ min: 0, max: 15 }), fc.bigInt({ min: -999n, max: 999n }));
  fc.assert(
    fc.property(totals, fc.constantFrom('en', 'zh'), fc.nat(3), ([zeros, lead], lang, places) => {
      const whole = lead * 10n ** BigInt(zeros);
      const count = whole * 10n ** BigInt(places);
      const size = whole < 0n ? -whole : whole;
      const [unit = ''] = WORTH[lang].find(([, worth]) => size >= 10n * worth) ?? [];
      expect(numberFormat('demand', places, count, { lang }).suffix).toBe(unit);
    }),
    { numRuns: cases(2000) },
  );
});
