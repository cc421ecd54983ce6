/** The cheapest flow of whole units, compared with all flows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cheapestFlow, type Arc } from '../../../src/core/rounding/minCostFlow.js';
import { cases } from '../../support/cases.js';

const networks = fc.integer({ min: 2, max: 5 }).chain((size) => {
  const node = fc.nat(size - 1);
  const arc = fc.record({ from: node, to: node, cost: fc.integer({ min: -9, max: 9 }) });
  const arcs = fc.array(
    arc.filter(({ from, to }) => from !== to),
    { maxLength: 9 },
  );
  return fc.record({ size: fc.constant(size), arcs, some: fc.nat(511) });
});

/** Of each node, what it sends minus what it receives. */
function sent(size: number, arcs: readonly Arc[], carries: (arc: number) => number): number[] {
  const balance = Array.from({ length: size }, () => 0);
  arcs.forEach(({ from, to }, arc) => {
    balance[from]! += carries(arc);
    balance[to]! -= carries(arc);
  });
  return balance;
}

const costOf = (arcs: readonly Arc[], carries: (arc: number) => number) =>
  arcs.reduce((sum, { cost }, arc) => sum + cost * carries(arc), 0);

const bit = (bits: number) => (arc: number) => (bits >> arc) & 1;

describe('cheapestFlow', () => {
  it('balances every node at the least cost of all flows', () => {
    fc.assert(
      fc.property(networks, ({ size, arcs, some }) => {
        const excess = sent(size, arcs, bit(some));
        const flow = cheapestFlow(arcs, excess);
        const all = [...Array(2 ** arcs.length).keys()].map(bit);
        const balanced = all.filter((one) => sent(size, arcs, one).join() === excess.join());
        expect(sent(size, arcs, (arc) => flow[arc]!)).toEqual(excess);
        expect(costOf(arcs, (arc) => flow[arc]!)).toBe(
          Math.min(...balanced.map((one) => costOf(arcs, one))),
        );
      }),
      { numRuns: cases(3000) },
    );
  });

  it('throws when no flow balances every node', () => {
    const arcs = [{ from: 0, to: 1, cost: 1 }];
    expect([...cheapestFlow(arcs, [1, -1])]).toEqual([1]);
    expect(() => cheapestFlow(arcs, [-1, 1])).toThrow(RangeError);
    expect(() => cheapestFlow(arcs, [2, -2])).toThrow(RangeError);
  });
});
