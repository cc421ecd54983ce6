/** `capex inspect`: reads a file that somebody made, in whatever encoding it is, and prints the lines that read it. */
import { basename } from 'node:path';
import {
  TABLE_USES,
  inspectTable,
  readSheetTables,
  sheetText,
  writeRemarked,
  type Encoding,
  type TableUse,
} from '../shell.js';
import type { CliArguments } from './cliArguments.js';
import { decoded, isUtf16, otherFile } from './decodeText.js';
import { readWhole } from './readFiles.js';
import { EXIT, Stop, reasonOf } from './stop.js';

/**
 * The lines for a table: comments on what is in it, and the block of a scenario.
 *
 * @throws Stop if the file cannot be read, or has no table
 */
export async function inspected({ files, options }: CliArguments): Promise<string> {
  const [path = ''] = files;
  if (/\.ya?ml$/i.test(path)) {
    const hint = `\`capex check ${path}\` reports its problems`;
    throw new Stop(EXIT.usage, `\`${path}\` is a scenario, not a table: ${hint}`);
  }
  const use = useOf(options['for']);
  const bytes = bytesOf(path);
  const isPacked = bytes.subarray(0, 2).equals(Buffer.from('PK'));
  const { source, ...found } = isPacked
    ? await sheetIn(path, bytes, options['sheet'] as string | undefined)
    : textIn(path, bytes);
  const lines = inspectTable(source, { use, ...found });
  if (lines) return writeRemarked(lines);
  const hint =
    'a table has a line of names and rows below it, with commas, semicolons or tabs between cells';
  throw new Stop(EXIT.errors, `\`${path}\` has no table: ${hint}`);
}

async function sheetIn(path: string, bytes: Buffer, sheet: string | undefined) {
  const tables = await readSheetTables(bytes);
  if (!tables) throw new Stop(EXIT.errors, `\`${path}\` is no readable workbook: save it as .xlsx`);
  const source = sheetText(basename(path), tables, { sheet });
  if (!source.ok) {
    const names = tables.sheets.map(({ name }) => name).join(', ');
    throw new Stop(EXIT.usage, `${source.diagnostics.message}: write --sheet, one of ${names}`);
  }
  const { name } = source.value.sheet!;
  const { hiddenRows = 0 } = tables.sheets.find((one) => one.name === name) ?? {};
  return { source: source.value, hiddenRows };
}

function textIn(path: string, bytes: Buffer) {
  const found = likelyText(bytes);
  if (!found) throw new Stop(EXIT.errors, `\`${path}\` is no text: save the sheet as CSV`);
  const { encoding, text } = found;
  const source = { name: basename(path), text };
  return { source, ...(encoding !== 'utf-8' && { encoding }) };
}

function useOf(typed: unknown): TableUse | undefined {
  const use = TABLE_USES.find((one) => one === typed);
  if (typed === undefined || use) return use;
  throw new Stop(EXIT.usage, `--for ${typed as string}: write one of ${TABLE_USES.join(', ')}`);
}

function bytesOf(path: string): Buffer {
  try {
    return readWhole(path);
  } catch (error) {
    throw new Stop(EXIT.io, `cannot read \`${path}\`: ${reasonOf(error)}`);
  }
}

/** The encoding in which bytes are a text, and the text; nothing if they are none, or a packed file. */
export function likelyText(bytes: Buffer): { encoding: Encoding; text: string } | undefined {
  if (otherFile(bytes) !== undefined) return undefined;
  const own = isUtf16(bytes) ? 'utf-16' : 'utf-8';
  const texts = [own, 'gb18030', 'big5'] as const;
  const found = texts.flatMap((encoding) => {
    const text = decoded(bytes, encoding);
    return text === undefined ? [] : [{ encoding, text }];
  });
  const [first] = found;
  if (first?.encoding === own || found.length < 2) return first;
  return found.reduce((best, one) => (frequency(one.text) > frequency(best.text) ? one : best));
}

/** How often a text has the characters that Chinese tables have most. */
function frequency(text: string): number {
  return text.match(FREQUENT)?.length ?? 0;
}

const FREQUENT =
  /[年月日季度期间間公司资資本开開支额額亿億万萬元供应應商份价價格汇匯率同比环環占合计計总總人民币幣美港收入]/gu;
