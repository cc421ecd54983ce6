/** `capex import` prints a diff, writes the file only with --write, and changes only the numbers in it. */
import { readXlsx, type CellValue } from 'hucre/xlsx';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { capex, folder, lines, scenario } from '../support/capex.js';

const INPUT = 'components.servers.suppliers.inspur.share';

/** A scenario and a CSV of its inputs as a spreadsheet saves it; `edit` changes the text of the CSV. */
async function sheetOf(text: string, edit: (csv: string) => string = changed) {
  const cwd = folder({ 'small.yaml': text });
  const { err, code } = await capex(['run', 'small.yaml', '-o', 'small.xlsx'], { cwd });
  expect(code, err).toBe(0);
  const csv = edit(await inputsOf(join(cwd, 'small.xlsx')));
  const ask = (...more: string[]) =>
    capex(['import', 'inputs.csv', '--onto', 'small.yaml', ...more], { cwd });
  const save = (bytes: Uint8Array) => writeFileSync(join(cwd, 'inputs.csv'), bytes);
  save(Buffer.from(csv));
  return { cwd, csv, ask, save, read: () => readFileSync(join(cwd, 'small.yaml'), 'utf8') };
}

/** The sheet *Inputs* as plain CSV. */
async function inputsOf(path: string): Promise<string> {
  const { sheets } = await readXlsx(readFileSync(path));
  const { rows } = sheets.find(({ name }) => name === 'Inputs')!;
  const cell = (value: CellValue | undefined) =>
    `"${(value === null || value === undefined ? '' : String(value)).replaceAll('"', '""')}"`;
  return rows
    .map((row) => `${row.map(cell).join(',')}\r\n`)
    .join('')
    .replaceAll('""', '');
}

const changed = (csv: string) => csv.replace(new RegExp(`^("?${INPUT}"?,)"0.3"`, 'm'), '$1"0.36"');

const DIFF = `--- small.yaml
+++ small.yaml
@@ -11,7 +11,7 @@
     name: Servers
     price: { value: 10 CNY, unit: server, assumption: a price }
     lag: { quarters: [50%, rest], assumption: a quarter }
-    suppliers: { inspur: { share: 30%, assumption: a share }, maker: rest }
+    suppliers: { inspur: { share: 36%, assumption: a share }, maker: rest }
   optics: { name: 光模块 }
 suppliers: { maker: { name: Maker, currency: USD } }
 fx: { base: { USD: { value: 5, name: a rate } } }
`;

it.concurrent('shows a diff and writes nothing', async () => {
  const { ask, read } = await sheetOf(scenario());
  const { code, out, err } = await ask();
  expect({ code, out }).toEqual({ code: 0, out: DIFF });
  expect(err).toContain('no file is written yet: add --write to write');
  expect(read()).toBe(scenario());
});

it.concurrent('--write changes the file; the sheet then belongs to an older version', async () => {
  const { ask, read } = await sheetOf(scenario());
  const { code, out, err } = await ask('--write', '--quiet');
  expect({ code, out, err }).toEqual({ code: 0, out: DIFF, err: '' });
  expect(read()).toBe(scenario().replace('30%', '36%'));
  const again = await ask();
  expect({ code: again.code, out: again.out }).toEqual({ code: 1, out: '' });
  expect(again.err).toContain('error[workbook-version]');
  expect(again.err).toContain('inputs.csv:2:');
});

it.concurrent('says so when no input has changed', async () => {
  const { ask } = await sheetOf(scenario(), (csv) => csv);
  const { code, out, err } = await ask('--write');
  expect({ code, out, err }).toEqual({ code: 0, out: '', err: 'no input has changed\n' });
});

it.concurrent('keeps the byte order mark and the line ends of a file', async () => {
  const text = `\uFEFF${scenario().replace(/\n/g, '\r\n')}`;
  const { ask, read } = await sheetOf(text);
  const { code, err } = await ask('--write');
  expect(code, err).toBe(0);
  expect(read()).toBe(text.replace('30%', '36%'));
});

it.concurrent.each([
  ['UTF-8 with a mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
  [
    'UTF-16, as Excel saves Unicode text',
    (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  ],
  ['GB18030, as a Chinese Excel saves CSV', gb18030],
])('reads %s', async (_, encode) => {
  const { ask, csv, save } = await sheetOf(scenario().replace('title: Small', 'title: 阿里巴巴 €'));
  expect(csv).toContain('阿里巴巴');
  save(encode(csv));
  const { code, out, err } = await ask();
  expect(code, err).toBe(0);
  expect(lines(out)).toEqual(lines(DIFF));
});

/** A text in GB18030, as far as its characters have one or two bytes. */
function gb18030(text: string): Buffer {
  const codes = new Map<string, number[]>();
  const decoder = new TextDecoder('gb18030');
  for (let lead = 0x81; lead < 0xff; lead++) {
    for (let trail = 0x40; trail < 0xff; trail++) {
      codes.set(decoder.decode(new Uint8Array([lead, trail])), [lead, trail]);
    }
  }
  return Buffer.from(Array.from(text).flatMap((sign) => codes.get(sign) ?? [sign.charCodeAt(0)]));
}

it.concurrent(
  'rejects a value that the scenario rejects, and shows its place in the new text',
  async () => {
    const text = scenario().replace('share: 30%', 'share: 30%, high: 35%');
    const { ask, read } = await sheetOf(text);
    const { code, out, err } = await ask('--write');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('error[range-order]');
    expect(err).toContain('share: 36%, high: 35%');
    expect(err).toContain('nothing is written');
    expect(read()).toBe(text);
  },
);

it.concurrent('prints the diff in colour with FORCE_COLOR', async () => {
  const { cwd } = await sheetOf(scenario());
  const args = ['import', 'inputs.csv', '--onto', 'small.yaml'];
  const { out } = await capex(args, { cwd, env: { FORCE_COLOR: '1' } });
  expect(out).toContain('\u001b[32m+    suppliers:');
  expect(out).toContain('\u001b[31m-    suppliers:');
});

it.concurrent.each([
  ['without --onto', ['inputs.csv'], 2, 'name the file of the scenario: --onto FILE'],
  ['at a missing sheet', ['none.xlsx', '--onto', 'small.yaml'], 74, 'cannot read `none.xlsx`'],
  ['at a missing scenario file', ['inputs.csv', '--onto', 'a.yaml'], 74, 'cannot read `a.yaml`'],
  [
    'at an archive that is no workbook',
    ['bad.xlsx', '--onto', 'small.yaml'],
    1,
    'no readable workbook',
  ],
  ['at bytes that are no text', ['bad.csv', '--onto', 'small.yaml'], 1, 'neither a workbook nor'],
  ['at a CSV of another kind', ['other.csv', '--onto', 'small.yaml'], 1, 'error[csv-syntax]'],
])('stops %s', async (_, args, exit, words) => {
  const { cwd } = await sheetOf(scenario());
  writeFileSync(join(cwd, 'bad.xlsx'), 'PK and nothing else');
  writeFileSync(join(cwd, 'bad.csv'), Buffer.from([0xff, 0xff, 0x80, 0xff]));
  writeFileSync(join(cwd, 'other.csv'), 'period,rate\nFY2026,7\n');
  const { code, out, err } = await capex(['import', ...args], { cwd });
  expect({ code, out }).toEqual({ code: exit, out: '' });
  expect(err).toContain(words);
});
