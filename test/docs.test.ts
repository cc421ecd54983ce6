/** The reference says what the source says, and every link of the docs leads somewhere. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

it('the reference is current: `npm run docs` writes it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'capex-docs-'));
  execFileSync(process.execPath, ['build/docs.js', folder]);
  expect(readdirSync(folder)).toEqual(['library.md', 'scenario.md']);
  for (const name of readdirSync(folder)) {
    const [made, committed] = [folder, 'docs'].map((at) => readFileSync(join(at, name), 'utf8'));
    expect(committed, name).toBe(made);
  }
}, 60_000);

const pages = readdirSync('docs').filter((name) => name.endsWith('.md'));

it.each(['README.md', 'ARCHITECTURE.md', ...pages.map((name) => `docs/${name}`)])(
  'every link of %s leads to a file, and to a heading of it',
  (page) => {
    const links = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(([, to]) => to!);
    const own = links.filter((to) => !to.startsWith('https://'));
    const dead = own.filter((to) => {
      const [file, anchor] = to.split('#') as [string, string?];
      const target = file === '' ? page : join(dirname(page), file);
      return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).has(anchor));
    });
    expect(dead).toEqual([]);
  },
);

/** Anchors as code hosts make them of headings: of equal ones the later have a number. */
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
