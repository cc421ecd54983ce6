import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT, capex } from '../support/capex.js';

const golden = (name: string) => join(ROOT, 'test/golden', name);
const names = readdirSync(join(ROOT, 'scenarios')).flatMap(
  (file) => /^(.*)\.yaml$/.exec(file)?.[1] ?? [],
);

it.each(names)('the forecast of %s equals the committed file, byte for byte', async (name) => {
  const { code, out } = await capex(['run', `scenarios/${name}.yaml`]);
  expect(code).toBe(0);
  await expect(out).toMatchFileSnapshot(golden(`${name}.csv`));
});

it.each(['alibaba-380bn', 'alibaba-rolling'])(
  'prints %s in 100 columns as committed',
  async (name) => {
    const { code, out } = await capex(['show', `scenarios/${name}.yaml`]);
    expect(code).toBe(0);
    await expect(out).toMatchFileSnapshot(golden(`${name}.show.txt`));
  },
);

it('prints the evidence of alibaba-380bn in 100 columns as committed', async () => {
  const { code, out } = await capex(['evidence', 'scenarios/alibaba-380bn.yaml']);
  expect(code).toBe(0);
  await expect(out).toMatchFileSnapshot(golden('alibaba-380bn.evidence.txt'));
});
