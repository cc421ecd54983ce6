/** The order of the folders of src: imports run downwards only. */
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import { ESLint, Linter } from 'eslint';
import { readFileSync, readdirSync } from 'node:fs';
import tseslint from 'typescript-eslint';
import { expect, it } from 'vitest';

/** From the bottom up; a room may import from its own floor and from those below it. */
const FLOORS = ['core', 'model', 'plan', 'scenario', 'projection', 'studies', 'workbook'];
/** Rooms beside the floors, each with a rule of its own. */
const OUTSIDE = ['formats', 'cell', 'page', 'cli'];

/** What each room may not reach, as patterns of paths below the root that is read. */
function rules(root: string): IForbiddenRuleType[] {
  const room = (names: readonly string[]) => `^${root}/(${names.join('|')})/`;
  const forbid = (name: string, from: string, to: string, except?: string): IForbiddenRuleType => ({
    name,
    severity: 'error',
    from: { path: from },
    to: { path: to, ...(except !== undefined && { pathNot: except }) },
  });
  return [
    ...FLOORS.map((floor, height) =>
      forbid(
        `${floor} reaches up`,
        room([floor]),
        `^${root}/(?!(${FLOORS.slice(0, height + 1).join('|')})/)`,
        `^${root}/version\\.ts$`,
      ),
    ),
    forbid(
      'formats know core and workbook alone',
      room(['formats']),
      `^${root}/(?!(core|workbook|formats)/)`,
    ),
    forbid(
      'cli knows index and shell alone',
      room(['cli']),
      `^${root}/(?!cli/|(index|shell)\\.ts$)`,
    ),
    forbid('cell knows the library alone', room(['cell']), `^${root}/(?!cell/|index\\.ts$)`),
    forbid('page knows the library alone', room(['page']), `^${root}/(?!page/|index\\.ts$)`),
    forbid('nothing but cli imports shell.ts', `^${root}/(?!cli/)`, `^${root}/shell\\.ts$`),
    forbid('nothing imports cli', `^${root}/(?!cli/)`, room(['cli'])),
    forbid(
      'core knows no zod, yargs or yaml',
      room(['core']),
      '(^|/)node_modules/(zod|yargs|yaml)/',
    ),
    forbid(
      'the library knows no Node',
      `^${root}/(?!cli/)`,
      '^(node:)?(fs|path|os|process|worker_threads)$',
    ),
    {
      name: 'no cycles',
      severity: 'error',
      from: { path: `^${root}/` },
      to: { circular: true },
    },
  ];
}

async function violations(root: string): Promise<string[]> {
  const { output } = await cruise(
    [root],
    { ruleSet: { forbidden: rules(root) }, validate: true, tsPreCompilationDeps: true },
    { extensionAlias: { '.js': ['.ts', '.js'] } },
  );
  const { summary, modules } = output as ICruiseResult;
  expect(modules.length).toBeGreaterThan(1);
  return summary.violations.map(({ rule, from, to }) => {
    return `${rule.name}: ${from} → ${to.replace(/^(.*\/)?node_modules\/(\w+)\/.*$/, '$2')}`;
  });
}

it('every folder of src has a rule', () => {
  const folders = readdirSync('src', { withFileTypes: true }).filter((one) => one.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual([...FLOORS, ...OUTSIDE].sort());
});

it('imports run downwards only, and only cli knows Node', async () => {
  expect(await violations('src')).toEqual([]);
}, 60_000);

it('finds one planted violation of every rule', async () => {
  const root = 'test/floors/planted';
  const found = await violations(root);
  expect(found.map((one) => one.replaceAll(`${root}/`, '')).sort()).toEqual(
    [
      'core reaches up: core/upward.ts → model/something.ts',
      'model reaches up: model/upward.ts → plan/something.ts',
      'plan reaches up: plan/upward.ts → scenario/something.ts',
      'scenario reaches up: scenario/upward.ts → projection/something.ts',
      'projection reaches up: projection/upward.ts → studies/something.ts',
      'studies reaches up: studies/upward.ts → workbook/something.ts',
      'workbook reaches up: workbook/upward.ts → formats/something.ts',
      'formats know core and workbook alone: formats/inward.ts → model/something.ts',
      'cli knows index and shell alone: cli/inward.ts → core/something.ts',
      'cell knows the library alone: cell/inward.ts → core/something.ts',
      'page knows the library alone: page/inward.ts → core/something.ts',
      'nothing but cli imports shell.ts: index.ts → shell.ts',
      'nothing imports cli: shell.ts → cli/something.ts',
      'core knows no zod, yargs or yaml: core/zod.ts → zod',
      'the library knows no Node: model/node.ts → fs',
      'no cycles: core/back.ts → core/forth.ts',
    ].sort(),
  );
  const names = found.map((one) => one.replace(/: .*/, ''));
  expect([...new Set(names)].sort()).toEqual(
    rules(root)
      .map(({ name }) => name)
      .sort(),
  );
});

it('finds a planted call that spreads a list into its arguments', async () => {
  const configs = new ESLint();
  const { rules } = (await configs.calculateConfigForFile('src/core/lists.ts')) as Linter.Config;
  const planted = readFileSync('test/floors/planted/core/spread.ts', 'utf8');
  const found = new Linter().verify(planted, {
    languageOptions: { parser: tseslint.parser },
    rules: { 'no-restricted-syntax': rules!['no-restricted-syntax']! },
  });
  expect(found.map(({ message }) => message)).toEqual([expect.stringContaining('a long list')]);
});
