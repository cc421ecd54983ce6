/** The floors of the house: imports run downwards only. */
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import { expect, it } from 'vitest';

/** From the bottom up; a room may import from its own floor and from those below it. */
const FLOORS = ['core', 'model', 'plan', 'scenario', 'projection', 'studies', 'workbook'];

/** What each room may not reach, as patterns of paths below the root that is read. */
function rules(root: string): IForbiddenRuleType[] {
  const room = (names: readonly string[]) => `^${root}/(${names.join('|')})/`;
  const forbid = (name: string, from: string, to: string, except?: string): IForbiddenRuleType => ({
    name,
    severity: 'error',
    from: { path: from },
    to: { path: to, ...(except !== undefined && { pathNot: except }) },
  });
  const outside = ['formats', 'cell', 'cli', '[^/]+\\.ts$'];
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
    forbid('cli knows the library alone', room(['cli']), `^${root}/(?!cli/|index\\.ts$)`),
    forbid('cell knows the library alone', room(['cell']), `^${root}/(?!cell/|index\\.ts$)`),
    forbid('nothing imports the shell', `^${root}/(?!cli/)`, room(['cli'])),
    forbid('the core knows no zod', room(['core']), '(^|/)node_modules/(zod|yargs|yaml)/'),
    forbid(
      'the library knows no Node',
      `^${root}/(?!cli/)`,
      '^(node:)?(fs|path|os|process|worker_threads)$',
    ),
    {
      name: 'no cycles',
      severity: 'error',
      from: { path: room([...FLOORS, ...outside]) },
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
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
}

it('imports run downwards only, and only the shell knows Node', async () => {
  expect(await violations('src')).toEqual([]);
}, 60_000);

it('a planted upward import is found', async () => {
  expect(await violations('test/floors/planted')).toEqual([
    'core reaches up: test/floors/planted/core/upward.ts → test/floors/planted/model/something.ts',
  ]);
});
