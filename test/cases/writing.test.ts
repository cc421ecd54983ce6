/** Cases of outputs over inputs, and of texts that look like a message of ours. */
import { cpSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT, capex, folder } from '../support/capex.js';

/** A copy of the folder of a case. */
function caseOf(name: string): string {
  const cwd = folder();
  cpSync(join(ROOT, 'test/cases', name), cwd, { recursive: true });
  return cwd;
}

const textsIn = (cwd: string) =>
  readdirSync(cwd).map((name) => [name, readFileSync(join(cwd, name), 'utf8')]);

it.concurrent.each([
  'backtest m.yaml --actuals a.csv -o a.csv',
  'run j.json -o j.json',
  'run t.yaml -o act.csv',
])('never writes over what was read: %s', async (line) => {
  const cwd = caseOf('output-is-input');
  const { code, out, err } = await capex([...line.split(' '), '--quiet'], { cwd });
  const output = line.split(' ').at(-1)!;
  expect({ code, out, err }).toEqual({
    code: 2,
    out: '',
    err: `capex: cannot write \`${output}\`: this command reads it\n`,
  });
  expect(textsIn(cwd)).toEqual(textsIn(join(ROOT, 'test/cases/output-is-input')));
});

it.concurrent('a note makes no line that looks like a diagnostic of ours', async () => {
  const { code, out, err } = await capex(['evidence', 'm.yaml'], {
    cwd: caseOf('evidence-newline'),
  });
  expect(code).toBe(0);
  expect(out).toContain('the shares sum to 99%');
  expect(out + err).not.toMatch(/^\s*(error|warning)\[/m);
});
