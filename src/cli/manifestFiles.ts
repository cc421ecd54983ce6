/** Output files with a manifest beside them, which records how to make them again. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { writeJson, type Answer, type Study } from '../index.js';
import {
  ENGINE,
  manifestOf,
  readManifest,
  resourceOf,
  type FilePieces,
  type InputDigest,
  type Rebuild,
  type Resource,
} from '../shell.js';
import type { CliArguments } from './cliArguments.js';
import { digestOf, fileHasher } from './fileDigest.js';
import { fileOptions } from './outputFormats.js';
import type { FileReader } from './readFiles.js';
import type { Request } from './request.js';
import { inBytes, writeWhole } from './writing.js';

/**
 * Writes an answer, then its manifest. `NAME.datapackage.json` describes all files of that name, because
 * `NAME.csv` and `NAME.json` are forms of one forecast.
 *
 * @throws Stop if one of them cannot be written
 */
export async function writeWithManifest(
  path: string,
  { name: study }: Study,
  args: CliArguments,
  { format, answer, scenarios }: Request & { readonly answer: Answer },
  reader: FileReader,
): Promise<void> {
  const { add, end } = fileHasher();
  writeWhole(path, copied(await format.write(answer, fileOptions(args)), add));
  const own = resourceOf({
    file: { path: basename(path), ...end() },
    format: format.ending.slice(1),
    mediatype: format.mediatype,
    encoding: format.encoding,
    table: format.mediatype === 'text/csv' ? answer.table : undefined, // its columns are described
    scenarios,
    rebuild: rebuildOf(study, args, inputsOf(reader, dirname(path))),
  });
  const manifest = join(dirname(path), `${basename(path, extname(path))}.datapackage.json`);
  const resources = [...othersIn(manifest, own), own].sort((a, b) => (a.path < b.path ? -1 : 1));
  writeWhole(manifest, [writeJson(manifestOf(resources))]);
}

function* copied(pieces: FilePieces, add: (bytes: Uint8Array) => void): Generator<Uint8Array> {
  for (const piece of pieces) {
    const bytes = inBytes(piece);
    add(bytes);
    yield bytes;
  }
}

function rebuildOf(
  study: string,
  { files, set, options, bom }: CliArguments,
  inputs: InputDigest[],
): Rebuild {
  const typed = Object.entries(options).map(([name, value]) => [
    name,
    typeof value === 'object' ? [...value] : value,
  ]);
  return {
    engine: ENGINE,
    study,
    files: [...files],
    set: [...set],
    options: Object.fromEntries(typed) as Rebuild['options'],
    bom,
    inputs,
  };
}

/** Every file that was read, by its path relative to the folder of the manifest. */
function inputsOf({ files }: FileReader, folder: string): InputDigest[] {
  const inputs = [...files.values()].map(({ name, path, isTyped, bytes }) => ({
    path: relative(folder, path).split(sep).join('/'),
    ...(isTyped && { name }),
    ...digestOf(bytes),
  }));
  return inputs.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The other files that a manifest describes and that still exist. */
function othersIn(manifest: string, { path }: Resource): readonly Resource[] {
  if (!existsSync(manifest)) return [];
  const resources = readManifest(readFileSync(manifest, 'utf8')) ?? [];
  return resources.filter(
    (one) => one.path !== path && existsSync(join(dirname(manifest), one.path)),
  );
}
