/** A ledger that a scenario holds itself. */
import { expect, it } from 'vitest';
import { positionOf } from '../../../src/core/text/source.js';
import { load } from '../../../src/scenario/load.js';

const scenario = (claim: string, more = '') => `scenario: t
currency: CNY
calendar: { fiscal_year_ends: 12, from: FY2026, to: FY2026, period: year }
envelope: { value: 100 CNY, evidence: plan }
phasing: even
estimates: { e: { split: { s: 100% } } }
mix: e
evidence:
  sources: { paper: { title: A, publisher: P, date: 2025-01-01, kind: news } }
  claims:
    plan: { source: paper, about: it, says: 100 CNY, basis: reported${claim} }
${more}`;

it('gives its claims to the inputs', () => {
  const { scenario: loaded, diagnostics } = load(scenario(''));
  expect(diagnostics).toEqual([]);
  expect(loaded!.ledger.claims.get('plan')!.source.publisher).toBe('P');
  expect(loaded!.evidence).toEqual([]);
});

it.each([
  ['an unknown source', ', also: { other: p. 1 }', 'name-unknown', '11:79'],
  ['words beside a figure', ', words: much', 'keys-conflict', '11:78'],
  ['an unknown key', ', sources: 1', 'key-unknown', '11:71'],
])('%s is an error at its place in the scenario', (_, claim, code, place) => {
  const { diagnostics } = load(scenario(claim));
  const places = diagnostics.map(({ code, span }) => {
    const { line, column } = positionOf(span);
    return [code, `${line}:${column}`];
  });
  expect(places).toContainEqual([code, place]);
});

it('a layer changes one claim, and adds another under `adds`', () => {
  const child = `extends: m.yaml
adds: [evidence.claims.more]
evidence: { claims: { plan: { note: seen }, more: { source: paper, about: b, words: w, basis: reported } } }`;
  const read = () => ({ ok: true, value: { name: 'm.yaml', text: scenario('') } }) as const;
  const { scenario: loaded, diagnostics } = load(child, { name: 'c.yaml', read });
  expect(diagnostics).toEqual([]);
  expect([...loaded!.ledger.claims.keys()]).toEqual(['plan', 'more']);
  expect(loaded!.ledger.claims.get('plan')!.note).toBe('seen');
});
