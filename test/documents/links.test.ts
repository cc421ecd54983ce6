/** Generated references are current, and every link of a document has its target, also in the package. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { PAGES } from '../support/documents.js';

it('the generated references are current (`npm run docs` writes them)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'capex-docs-'));
  execFileSync(process.execPath, ['build/docs.js', folder]);
  expect(readdirSync(folder)).toEqual(['library.md', 'scenario.md']);
  for (const name of readdirSync(folder)) {
    const [made, committed] = [folder, 'docs'].map((at) => readFileSync(join(at, name), 'utf8'));
    expect(committed, name).toBe(made);
  }
}, 60_000);

const LINKED = [...PAGES, 'ARCHITECTURE.md', 'CHANGELOG.md', 'DECISIONS.md'];

it.each(LINKED)('every link of %s leads to a file and a heading that exist', (page) => {
  const dead = linksOf(page).filter(({ target, anchor }) => {
    return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).has(anchor));
  });
  expect(dead).toEqual([]);
});

it('the package has the documents and every file that they link to', () => {
  const packing = ['pack', '--dry-run', '--ignore-scripts', '--json'];
  const [packed] = JSON.parse(execFileSync('npm', packing, { encoding: 'utf8' })) as {
    readonly files: readonly { readonly path: string }[];
  }[];
  const files = packed!.files.map(({ path }) => path);
  expect(files).toEqual(expect.arrayContaining(LINKED));
  const linked = LINKED.flatMap(linksOf).map(({ target }) => target.replace(/\/$/, ''));
  const missing = linked.filter((path) => {
    return !files.some((file) => file === path || file.startsWith(`${path}/`));
  });
  expect(missing).toEqual([]);
});

interface Link {
  readonly target: string;
  readonly anchor: string | undefined;
}

/** The links of a page to files of this folder. */
function linksOf(page: string): readonly Link[] {
  const text = readFileSync(page, 'utf8');
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to]) => to!);
  return links
    .filter((to) => !to.startsWith('https://'))
    .map((to) => {
      const [file, anchor] = to.split('#') as [string, string?];
      return { target: file === '' ? page : join(dirname(page), file), anchor };
    });
}

/** The anchors that code hosts make from headings; a repeated heading gets a number. */
function anchorsOf(page: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, heading] of readFileSync(page, 'utf8').matchAll(/^#+ (.*)$/gm)) {
    const slug = heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-');
    let anchor = slug;
    for (let i = 1; found.has(anchor); i++) anchor = `${slug}-${i}`;
    found.add(anchor);
  }
  return found;
}
