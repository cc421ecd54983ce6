import { expect, it } from 'vitest';
import { BIN, bash, capex, folder, lines, run } from '../support/capex.js';

const DIMENSIONS = [
  'buyer',
  ...['fiscal_year', 'fiscal_half', 'fiscal_quarter'],
  ...['calendar_year', 'calendar_half', 'calendar_quarter'],
  ...['supplier_year', 'supplier_half', 'supplier_quarter'],
  'period',
  'component',
  'supplier',
];

/** The completions that `capex` offers for the last of these words. */
async function offered(...words: string[]): Promise<string[]> {
  const { code, out, err } = await capex(['--get-yargs-completions', 'capex', ...words]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out === '' ? [] : lines(out);
}

it.concurrent('offers the commands first', async () => {
  expect(await offered('')).toEqual([
    ...[
      'run',
      'show',
      'evidence',
      'explain',
      'sensitivity',
      'compare',
      'solve',
      'simulate',
      'materiality',
      'exposure',
      'triangulate',
      'backtest',
      'report',
      'watch',
    ],
    ...['check', 'import', 'inspect', 'verify', 'new', 'schema', 'completion'],
  ]);
});

it.concurrent.each([
  ['--by', DIMENSIONS],
  ['--measure', ['demand', 'revenue', 'units', 'content', 'depreciation']],
  ['--closure', ['budget', 'volume', 'scale']],
])('offers the values of %s after it', async (option, words) => {
  expect(await offered('run', 'a.yaml', option, '')).toEqual(words);
});

it.concurrent('continues a comma list with the values that it does not have yet', async () => {
  expect(await offered('show', '--measure', 'units,')).toEqual([
    'units,demand',
    'units,revenue',
    'units,content',
    'units,depreciation',
  ]);
});

it.concurrent('offers the options of the command after a dash', async () => {
  const run = await offered('run', '--');
  expect(run).toEqual(expect.arrayContaining(['--by', '--wide', '--set', '--output', '--quiet']));
  expect(await offered('check', '--')).not.toContain('--output');
});

it.concurrent(
  'offers nothing in the place of a file, so that the shell completes file names',
  async () => {
    expect(await offered('run', '')).toEqual([]);
    expect(await offered('run', 'a.yaml', '-o', '')).toEqual([]);
  },
);

it.concurrent('prints the script for the shell in use', async () => {
  const script = async (SHELL: string) => (await capex(['completion'], { env: { SHELL } })).out;
  expect(await script('/bin/bash')).toMatch(
    /^###-begin-capex-[^]*\ncomplete .* capex\n###-end-capex-completions-###\n/,
  );
  expect(await script('/usr/bin/zsh')).toMatch(
    /^#compdef capex\n[^]*compdef _capex_yargs_completions capex\n/,
  );
});

it.concurrent('the script says how to install it', async () => {
  expect((await capex(['completion'])).out).toContain(
    '# Installation: capex completion >> ~/.bashrc',
  );
});

/** The completions that bash offers once it has read the script and these words are typed. */
async function inBash(...words: string[]): Promise<string[]> {
  const cwd = folder({
    capex: `#!/bin/sh\nexec '${process.execPath}' '${BIN}' "$@"\n`,
    'plan.yaml': '',
  });
  const quoted = words.map((word) => `'${word}'`).join(' ');
  const line = `chmod +x capex; export PATH="$PWD:$PATH"; source <(command capex completion)
    COMP_WORDS=(capex ${quoted}); COMP_CWORD=${words.length}
    "$(complete -p capex | sed 's/.*-F \\([^ ]*\\).*/\\1/')"
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  return lines((await run('bash', ['-c', line], { cwd }).done).out).filter((one) => one !== '');
}

it.concurrent.each([
  [['ru'], ['run']],
  [['run', '--by', ''], DIMENSIONS],
  [
    ['run', '--by', 'period,c'],
    ['year', 'half', 'quarter'].map((part) => `period,calendar_${part}`).concat('period,component'),
  ],
  [['run', '--by', '=', 'per'], ['period']],
  [['run', '--clo'], ['--closure']],
  [['run', 'pl'], []],
])('in bash, completes capex %o with %o', async (words, replies) => {
  expect(await inBash(...words)).toEqual(replies);
});

it.concurrent('in bash, completes file names where capex offers nothing', async () => {
  const { out } = await bash('source <(capex completion); complete -p capex');
  expect(out).toContain('-o default');
});
