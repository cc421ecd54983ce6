/**
 * Every output that a document shows is the real output.
 *
 * The test writes each page again, with the real output of its commands and examples, and compares that with the page.
 * When the product prints something new, `npx vitest run test/documents/outputs.test.ts -u` writes the pages and the
 * pictures of `docs/`.
 *
 * - A block `console` holds lines `$ npx capex …`, and below each one its output. The commands of a page run in their
 *   order, in a folder that has a copy of `scenarios/`.
 * - A line `…` at the end of an output cuts it: the page shows as many lines as it did before.
 * - A block `text` that follows a block `js` holds what that program prints.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { PAGES, capex, outputOfLine } from '../support/documents.js';

const CUT = '…';

it.each(PAGES)('%s shows the real output of its commands and examples', async (page) => {
  await expect(withRealOutput(readFileSync(page, 'utf8'))).toMatchFileSnapshot(resolve(page));
});

it.each(PAGES)('%s shows an output for each of its programs', (page) => {
  const programs = readFileSync(page, 'utf8')
    .split(/^```js\n/m)
    .slice(1);
  for (const program of programs) expect(program).toMatch(/^[^]*?^```\n\n```text\n/m);
});

it.each([
  ['docs/tornado.svg', 'docs/guide.md', /^\$ npx capex (sensitivity .* --of .*) --show$/m],
  ['docs/ladder.svg', 'docs/evidence.md', /^\$ npx capex (evidence .* --only ladder)$/m],
  ['docs/growth.svg', 'README.md', /^`capex (show .*) -o growth.svg`$/m],
  ['docs/growth.zh.svg', 'README.zh-CN.md', /^`capex (show .*) -o growth.svg`$/m],
])(
  'the picture %s equals the one that the command in %s writes',
  async (picture, page, command) => {
    const text = readFileSync(page, 'utf8');
    const link = page.startsWith('docs/') ? picture.replace('docs/', '') : picture;
    expect(text).toContain(`](${link})`);
    const [, args] = command.exec(text)!;
    const file = join(mkdtempSync(join(tmpdir(), 'capex-picture-')), 'picture.svg');
    capex([...args!.split(' '), '-o', file]);
    await expect(readFileSync(file, 'utf8')).toMatchFileSnapshot(resolve(picture));
  },
);

function withRealOutput(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'capex-page-'));
  cpSync('scenarios', join(folder, 'scenarios'), { recursive: true });
  return text
    .replace(/^```console\n([^]*?)^```$/gm, (_, block: string) => consoleBlock(block, folder))
    .replace(
      /^```js\n([^]*?)^```\n\n```text\n[^]*?^```$/gm,
      (_, code: string) => `\`\`\`js\n${code}\`\`\`\n\n\`\`\`text\n${outputOfProgram(code)}\`\`\``,
    );
}

/** A block `console` with the real output below each command. */
function consoleBlock(block: string, folder: string): string {
  const parts = block.split(/^(?=\$ )/m).map((part) => {
    const [line, ...shown] = part.trimEnd().split('\n');
    expect(line).toMatch(/^\$ npx capex /);
    const printed = outputOfLine(line!.slice(2), folder).trimEnd().split('\n');
    if (printed[0]!.startsWith('error[')) expect(line).toMatch(/^\$ npx capex check /);
    const isCut = shown.at(-1) === CUT;
    return [line!, ...(isCut ? [...printed.slice(0, shown.length - 1), CUT] : printed)].join('\n');
  });
  return `\`\`\`console\n${parts.join('\n')}\n\`\`\``;
}

function outputOfProgram(code: string): string {
  return execFileSync(process.execPath, ['--input-type=module', '--eval', code], {
    encoding: 'utf8',
  });
}
