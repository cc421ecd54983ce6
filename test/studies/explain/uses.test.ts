/** The outputs that an input affects: all that change with it, and no others. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { amountOf as amountOfEnvelope } from '../../../src/model/estimate/envelope.js';
import { project } from '../../../src/projection/compile.js';
import { readOutput } from '../../../src/projection/output.js';
import { amountOf } from '../../../src/projection/outputAmounts.js';
import { vary } from '../../../src/scenario/vary.js';
import { explain } from '../../../src/studies/explain/explain.js';
import { usesOf, type InputUse, type InputUses } from '../../../src/studies/explain/uses.js';
import { inputAt, literalOf } from '../../../src/studies/variation/inputValues.js';
import { moveInput } from '../../../src/studies/variation/variation.js';
import { caseText } from '../../support/caseFiles.js';
import { loaded } from '../../support/cells.js';
import { diagnosticsOf, valueOf } from '../../support/results.js';
import { soleSubject } from '../../../src/studies/subject/subject.js';

const scenarioOf = (name: string) => loaded(readFileSync(`scenarios/${name}.yaml`, 'utf8'));
const BASE = scenarioOf('alibaba-380bn');

function uses(path: string, scenario = BASE): InputUses {
  return usesOf(soleSubject(scenario), valueOf(inputAt(scenario, path)), scenario.fx.closure);
}

const named = ({ place, measure }: InputUse) => `${place}:${measure}`;

it.each([
  ['alibaba-380bn', 'envelope'],
  ['alibaba-380bn', 'components.servers.suppliers.inspur.share'],
  ['alibaba-380bn', 'fx.path.USD'],
  ['alibaba-rolling', 'components.servers.components.accelerators.part'],
  ['alibaba-rolling', 'actuals.attributable'],
])('the ends are those of %s with %s set to its low and high', (name, path) => {
  const scenario = scenarioOf(name);
  const { low, high, uses: found } = uses(path, scenario);
  expect(found.length).toBeGreaterThan(0);
  const ends = [low, high].map((value) => project(moveInput(scenario, path, value).scenario!));
  for (const use of found) {
    const output = valueOf(readOutput(named(use), scenario));
    expect([use.low, use.high]).toEqual(ends.map((end) => amountOf(end, output).count));
    expect(use.base).toBe(amountOf(project(scenario), output).count);
  }
});

it('puts the largest change first, measure by measure', () => {
  for (const measure of ['demand', 'revenue', 'units']) {
    const swings = uses('envelope').uses.filter((use) => use.measure === measure);
    const sizes = swings.map(({ swing }) => swing);
    expect(sizes.length).toBeGreaterThan(1);
    expect(sizes).toEqual([...sizes].sort((a, b) => Number(b > a) - Number(a > b)));
  }
});

describe('an input affects', () => {
  it('units alone if it is a price', () => {
    const { uses: found } = uses('components.servers.price');
    expect(new Set(found.map(({ measure }) => measure))).toEqual(new Set(['units']));
  });

  it('suppliers and not their component if it is a share, with the share that absorbs it', () => {
    const { uses: found, rebalanced } = uses('components.servers.suppliers.inspur.share');
    const places = found.filter(({ measure }) => measure === 'demand').map(({ place }) => place);
    expect(places.slice(0, 2).sort()).toEqual(['servers/inspur', 'servers/other_servers']);
    expect(places).not.toContain('servers');
    expect(rebalanced).toEqual(['components.servers.suppliers.other_servers']);
  });
});

it('moves an input without a range by a hundredth to either side', () => {
  const input = valueOf(inputAt(BASE, 'components.servers.price'));
  const { low, high } = usesOf(soleSubject(BASE), input, 'budget');
  expect([low, high].map((value) => literalOf(input, value))).toEqual([
    '1485000 CNY',
    '1515000 CNY',
  ]);
});

it('gives a reason in place of a result for an end that is invalid', () => {
  const { scenario } = vary(scenarioOf('alibaba-rolling'), ['actuals.reforecast=keep-envelope']);
  const input = valueOf(inputAt(scenario!, 'envelope'));
  const { value } = amountOfEnvelope(scenario!.envelope)!;
  const low = { ...input.attributes.low!, value: { ...input, value: { n: 1n, d: value.d } } };
  const ranged = { ...input, attributes: { ...input.attributes, low } };
  const { uses: found, reasons } = usesOf(soleSubject(scenario!), ranged, 'budget');
  expect(found[0]!.low).toBeUndefined();
  expect(reasons).toHaveLength(1);
});

it('says that an input changes no output', () => {
  const text = caseText('oracle/F4-unused-estimate-range.yaml').replace('y: 50%', 'y: rest');
  const uses = 'estimates.b.split.x';
  const { sheets } = valueOf(explain.run([loaded(text)], explain.options.parse({ uses })));
  expect(sheets![0]!.notes).toContain('estimates.b.split.x changes no output');
});

it.each([
  [{ uses: 'envelop' }, '`envelop` is not an input'],
  [{ uses: 'components.servers.suppliers.other_servers' }, 'is `rest`'],
  [{ uses: 'envelope', cell: 'servers' }, 'not both'],
])('rejects %j', (options, message) => {
  const result = explain.run([BASE], explain.options.parse(options));
  expect(diagnosticsOf(result)[0]!.message).toContain(message);
});
