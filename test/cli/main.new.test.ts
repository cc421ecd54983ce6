import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { capex, folder } from '../support/capex.js';

it.concurrent('capex new writes a file that runs, and says how to run it', async () => {
  const cwd = folder();
  expect(await capex(['new', 'my-view'], { cwd })).toEqual({
    code: 0,
    out: '',
    err: 'wrote my-view.yaml: `capex show my-view.yaml`\n',
  });
  expect(await capex(['check', 'my-view.yaml'], { cwd })).toMatchObject({
    code: 0,
    err: '1 file: 0 errors, 0 warnings\n',
  });
  expect((await capex(['show', 'my-view.yaml'], { cwd })).out).toContain('A first view (my-view)');
});

it.concurrent('overwrites no file', async () => {
  const cwd = folder();
  writeFileSync(join(cwd, 'my-view.yaml'), 'mine');
  expect(await capex(['new', 'my-view'], { cwd })).toMatchObject({
    code: 74,
    err: 'capex: cannot write `my-view.yaml`: the file exists already\n',
  });
  expect(readFileSync(join(cwd, 'my-view.yaml'), 'utf8')).toBe('mine');
});

it.concurrent('prints the text that it would write', async () => {
  const cwd = folder();
  const { out } = await capex(['new', 'my-view.yaml', '--print'], { cwd });
  await capex(['new', 'my-view.yaml'], { cwd });
  expect(readFileSync(join(cwd, 'my-view.yaml'), 'utf8')).toBe(out);
});

it.concurrent('rejects a name that is no id as wrong usage', async () => {
  const { code, err } = await capex(['new', 'My view']);
  expect({ code, err }).toEqual({
    code: 2,
    err: 'capex: `My view` is no id for a scenario: write small letters, digits and hyphens: my-view\n',
  });
});
