import { Ajv } from 'ajv';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { capex, folder } from '../support/capex.js';

it.concurrent('capex new writes a file that runs, and says how to run it', async () => {
  const cwd = folder();
  expect(await capex(['new', 'my-view'], { cwd })).toEqual({
    code: 0,
    out: '',
    err:
      'wrote my-view.yaml: `capex show my-view.yaml`\n' +
      'wrote scenario.schema.json: editors complete and check the file by it\n',
  });
  expect(await capex(['check', 'my-view.yaml'], { cwd })).toMatchObject({
    code: 0,
    err: '1 file: 0 errors, 0 warnings\n',
  });
  expect((await capex(['show', 'my-view.yaml'], { cwd })).out).toContain('A first view (my-view)');
});

it.concurrent('writes the schema that the first line of the file names', async () => {
  const cwd = folder();
  mkdirSync(join(cwd, 'views'));
  expect((await capex(['new', 'views/my-view'], { cwd })).code).toBe(0);
  const text = readFileSync(join(cwd, 'views/my-view.yaml'), 'utf8');
  const [, named] = /^# yaml-language-server: \$schema=(.+)$/m.exec(text)!;
  const schema = readFileSync(join(cwd, 'views', named!), 'utf8');
  expect(schema).toBe((await capex(['schema'])).out);
  const accepts = new Ajv({ strict: true, allowUnionTypes: true }).compile(
    JSON.parse(schema) as object,
  );
  expect(accepts(parse(text))).toBe(true);
  expect((await capex(['new', 'views/other', '--quiet'], { cwd })).err).toBe('');
});

it.concurrent.each(['my-view.yaml', 'scenario.schema.json'])(
  'writes over %s only with --force, and writes no other file then',
  async (name) => {
    const cwd = folder({ [name]: 'mine' });
    expect(await capex(['new', 'my-view'], { cwd })).toMatchObject({
      code: 74,
      err: `capex: cannot write \`${name}\`: the file exists already; write over it with --force\n`,
    });
    expect(readdirSync(cwd)).toEqual([name]);
    expect(readFileSync(join(cwd, name), 'utf8')).toBe('mine');
    expect((await capex(['new', 'my-view', '--force'], { cwd })).code).toBe(0);
    expect(readFileSync(join(cwd, name), 'utf8')).not.toBe('mine');
  },
);

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
