/** How src is laid out: small folders, files of limited size, and names that exist once. */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const texts: ReadonlyMap<string, string> = new Map(
  readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join('src', name))
    .map((file) => [file, readFileSync(file, 'utf8')]),
);
const files = [...texts.keys()];

function lineCount(file: string): number {
  return texts.get(file)!.split('\n').length - 1;
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

function moreThanOnce(names: readonly string[]): readonly string[] {
  return [...countBy(names, (name) => name)].flatMap(([name, n]) => (n > 1 ? [name] : []));
}

/** The files that import a file, by static and by dynamic imports. */
function importersOf(file: string): readonly string[] {
  return files.filter((importer) =>
    [...texts.get(importer)!.matchAll(/(?:from |import\()'(\.[^']+)\.js'/g)].some(
      ([, path]) => `${join(dirname(importer), path!)}.ts` === file,
    ),
  );
}

it('folders hold 8 files or fewer in the median, and never more than 25', () => {
  const sizes = [...countBy(files, dirname).values()].sort((a, b) => a - b);
  expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(8);
  expect(sizes.at(-1)).toBeLessThanOrEqual(25);
});

it('no two files have one base name', () => {
  expect(moreThanOnce(files.map((file) => basename(file)))).toEqual([]);
});

it('no two exported types have one name', () => {
  const types = [...texts.values()].flatMap((text) =>
    [...text.matchAll(/^export (?:abstract )?(?:interface|type|class|enum) (\w+)/gm)].map(
      ([, name]) => name!,
    ),
  );
  expect(types.length).toBeGreaterThan(100);
  expect(moreThanOnce(types)).toEqual([]);
});

it('no file has 300 lines or more', () => {
  expect(files.filter((file) => lineCount(file) >= 300)).toEqual([]);
});

it('no file under 40 lines has a single importer', () => {
  const entries = ['src/index.ts', 'src/shell.ts'];
  const small = files.filter((file) => lineCount(file) < 40);
  const single = small.filter((file) => {
    const importers = importersOf(file);
    return importers.length === 1 && !entries.includes(importers[0]!);
  });
  expect(single).toEqual([]);
});
