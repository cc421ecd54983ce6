/** `capex import` prints a diff, writes the file only with --write, and changes only the numbers in it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importFrom } from '../../src/cli/importCommand.js';
import { fileReader } from '../../src/cli/readFiles.js';
import { writeDiagnostics } from '../../src/formats/diagnosticText.js';
import { compile } from '../../src/projection/compile.js';
import { load } from '../../src/scenario/load.js';
import { workbook } from '../../src/workbook/book.js';
import type { WorkbookCell } from '../../src/workbook/workbook.js';
import { capex, folder, scenario } from '../support/capex.js';
import { inputsCsv } from '../support/inputsCsv.js';

const INPUT = 'components.servers.suppliers.inspur.share';

/** A scenario and a CSV of its inputs as a spreadsheet saves it; `edit` changes the text of the CSV. */
async function sheetOf(text: string, edit: (csv: string) => string = changed) {
  const cwd = folder({ 'small.yaml': text });
  const { err, code } = await capex(['run', 'small.yaml', '-o', 'small.xlsx'], { cwd });
  expect(code, err).toBe(0);
  const csv = edit(await inputsCsv(join(cwd, 'small.xlsx')));
  const ask = (...more: string[]) =>
    capex(['import', 'inputs.csv', '--onto', 'small.yaml', ...more], { cwd });
  const save = (bytes: Uint8Array) => writeFileSync(join(cwd, 'inputs.csv'), bytes);
  save(Buffer.from(csv));
  return { cwd, csv, ask, save, read: () => readFileSync(join(cwd, 'small.yaml'), 'utf8') };
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

it.each([
  ['UTF-8 with a mark', '阿里巴巴 €', (text: string) => Buffer.from(`\uFEFF${text}`)],
  [
    'UTF-16, as Excel saves Unicode text',
    '阿里巴巴 €',
    (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  ],
  [
    'UTF-16 with the high byte first',
    '阿里巴巴 €',
    (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
  ],
  ['GB18030, as a Chinese Excel saves CSV', '阿里巴巴 €', encodingIn('gb18030')],
  ['Big5, as in Hong Kong and Taiwan', '阿里巴巴資本支出', encodingIn('big5')],
  ['Shift JIS, as in Japan', '設備投資の計画', encodingIn('shift_jis')],
  ['EUC-KR, as in Korea', '설비 투자', encodingIn('euc-kr')],
  ['code page 1252, as in Western Europe', 'Müller – 380 €, “plus”', encodingIn('windows-1252')],
  ['code page 1250, as in Central Europe', 'Přehled výdajů', encodingIn('windows-1250')],
  ['code page 1251, as in Russia', 'План расходов', encodingIn('windows-1251')],
  ['code page 1254, as in Turkey', 'İş planı: ğ', encodingIn('windows-1254')],
  ['a code page without some letters', '阿里巴巴 Müller 𠀀', encodingIn('windows-1252')],
])('reads %s', async (_, title, encode) => {
  const { files = [], diagnostics } = await importedAs(title, encode);
  expect(diagnostics.map(({ code }) => code)).toEqual(['lag-reaches-back']);
  expect(files[0]?.text).toContain('inspur: { share: 36%, ');
});

it('never reads valid UTF-8 as another encoding', async () => {
  const encode = (text: string) => Buffer.from(text.replace('阿里', '腾讯'));
  const { files, diagnostics } = await importedAs('阿里', encode);
  expect(files).toEqual([]);
  expect(diagnostics.map(({ code }) => code)).toEqual(['workbook-cell']);
  expect(writeDiagnostics(diagnostics)).toContain('腾讯');
});

/** The import of a CSV in some encoding, of a scenario with a title; the share of a supplier is changed. */
async function importedAs(title: string, encode: (text: string) => Buffer) {
  const text = scenario().replace('title: Small', `title: ${JSON.stringify(title)}`);
  const cwd = folder({ 'small.yaml': text });
  const [file, edited] = [join(cwd, 'small.yaml'), join(cwd, 'inputs.csv')];
  const plan = compile(load(text, { name: file }).scenario!);
  const { rows } = workbook([plan]).sheets.find(({ name }) => name === 'Inputs')!;
  const cell = (one: WorkbookCell | undefined) => {
    const content = one?.content ?? '';
    return `"${String(typeof content === 'object' ? content.value : content).replaceAll('"', '""')}"`;
  };
  const csv = changed(rows.map((row) => `${[...row].map(cell).join(',')}\r\n`).join(''));
  expect(csv).toContain(title);
  writeFileSync(edited, encode(csv));
  return importFrom(edited, [file], fileReader());
}

/** Writes a text in an encoding, as far as its characters have one or two bytes; others become `?`. */
function encodingIn(encoding: string): (text: string) => Buffer {
  const decoder = new TextDecoder(encoding);
  const codes = new Map<string, number[]>();
  for (let lead = 0xff; lead >= 0x80; lead--) {
    for (let trail = 0xff; trail >= 0x40; trail--) {
      codes.set(decoder.decode(new Uint8Array([lead, trail])), [lead, trail]);
    }
    codes.set(decoder.decode(new Uint8Array([lead])), [lead]);
  }
  const bytesOf = (sign: string) => {
    const wide = sign.split('').map(() => '?'.charCodeAt(0));
    return sign < '\x80' ? [sign.charCodeAt(0)] : (codes.get(sign) ?? wide);
  };
  return (text) => Buffer.from(Array.from(text).flatMap(bytesOf));
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
