/** A layer over a scenario: `remove` deletes what is there, and nothing else. */
import { expect, it } from 'vitest';
import { success } from '../../../src/core/result.js';
import { load } from '../../../src/scenario/load.js';
import { scenarioText } from '../../support/scenarios.js';

const PARENT = scenarioText({
  components: '{ servers: { suppliers: { a: 30%, b: 20%, others: rest } } }',
});

/** A child of the parent with one more section. */
function childWith(section: string) {
  const text = `extends: parent.yaml\nscenario: child\n${section}\n`;
  const read = () => success({ name: 'parent.yaml', text: PARENT });
  return load(text, { name: 'child.yaml', read });
}

it('deletes a key that exists', () => {
  const { scenario, diagnostics } = childWith(
    'components: { servers: { suppliers: { a: remove } } }',
  );
  expect(diagnostics).toEqual([]);
  const servers = scenario!.leaves.find(({ path }) => path === 'servers');
  expect(servers!.suppliers).toEqual(['b', 'others']);
});

it.each([
  [
    'components: { servers: { suppliers: { zz: remove } } }',
    { message: 'there is no `zz` to remove', expected: 'one of a, b, others' },
  ],
  [
    'components: { servers: { suppliers: { other: remove } } }',
    { message: 'there is no `other` to remove', hint: 'write `others`' },
  ],
  [
    'components: { servers: { price: remove } }',
    { message: 'there is no `price` to remove', expected: 'one of suppliers' },
  ],
  // What the layer itself adds is not there to be removed.
  [
    'components: { servers: { name: Servers, price: remove } }',
    { message: 'there is no `price` to remove', expected: 'one of suppliers' },
  ],
  // Where the parent has no rates at all, there is nothing to choose from.
  [
    'fx: { base: { USD: remove } }',
    { message: 'there is no `USD` to remove', expected: undefined, hint: 'delete it here' },
  ],
])('rejects %s', (section, problem) => {
  const { scenario, diagnostics } = childWith(section);
  expect(scenario).toBeUndefined();
  expect(diagnostics).toHaveLength(1);
  const { code, message, expected, hint } = diagnostics[0]!;
  expect({ code, message, expected, hint }).toMatchObject({ code: 'path-unknown', ...problem });
});
