/** `ARCHITECTURE.md` is true: the way of one number follows the imports, and the table has every room. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const PAGE = readFileSync('ARCHITECTURE.md', 'utf8');
const WAY = [...section('The way of one number').matchAll(/^(\S+\.ts) /gm)].map(
  ([, file]) => file!,
);

it('leads one number through at most 26 files', () => {
  expect(WAY.length).toBeGreaterThan(0);
  expect(WAY.length).toBeLessThanOrEqual(26);
  expect([WAY[0], WAY.at(-1)]).toEqual(['cli/main.ts', 'formats/csv.ts']);
});

it.each(WAY.slice(1))('an earlier file on the way of one number imports %s', (file) => {
  const before = WAY.slice(0, WAY.indexOf(file));
  expect(before.filter((importer) => importsOf(importer).has(file))).not.toEqual([]);
});

it('names every room', () => {
  const rooms = [...section('Architecture').matchAll(/^\| `([^`]+?)\/?` /gm)].map(
    ([, room]) => room,
  );
  const found = readdirSync('src').filter((name) => name !== 'version.ts');
  expect(rooms.toSorted()).toEqual(found.toSorted());
});

it('names only files that exist', () => {
  const named = [...PAGE.matchAll(/`((?:src|test|docs|core|plan|scenario|cli)\/[\w/.-]+)`/g)];
  const missing = named
    .map(([, name]) => name!)
    .filter((name) => ![name, `src/${name}`].some(existsSync));
  expect(missing).toEqual([]);
});

/** The text below a heading, up to the next one. */
function section(title: string): string {
  const from = PAGE.indexOf(`# ${title}\n`);
  const end = PAGE.indexOf('\n## ', from);
  return PAGE.slice(from, end === -1 ? undefined : end);
}

/** The files of the house that a file imports; the shell's two doors lead to what stands behind them. */
function importsOf(file: string): ReadonlySet<string> {
  const text = readFileSync(`src/${file}`, 'utf8');
  const specifiers = [...text.matchAll(/from '(\.[^']+)'|import\('(\.[^']+)'\)/g)];
  const direct = specifiers.map(([, fixed, lazy]) =>
    join(dirname(file), fixed ?? lazy!).replace(/\.js$/, '.ts'),
  );
  const doors = direct.filter((one) => one === 'index.ts' || one === 'shell.ts');
  return new Set([...direct, ...doors.flatMap((door) => [...importsOf(door)])]);
}
