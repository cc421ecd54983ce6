/** Output files with a manifest beside them, which records how to make them again. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { writeJson, type Answer, type Study } from '../index.js';
import {
  ENGINE,
  manifestOf,
  readManifest,
  resourceOf,
  type FileDigest,
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
import { EXIT, Stop, reasonOf } from './stop.js';
import { inBytes, writeTogether } from './writing.js';

/**
 * Writes an answer and its manifest, both or none. `NAME.datapackage.json` describes all files of that
 * name, because `NAME.csv` and `NAME.json` are forms of one forecast.
 *
 * @throws Stop if one of them cannot be written
 */
export async function writeWithManifest(
  path: string,
  study: Study,
  args: CliArguments,
  request: Request & { readonly answer: Answer },
  reader: FileReader,
): Promise<void> {
  const manifest = manifestBeside(path);
  const { add, end } = fileHasher();
  const pieces = await request.format.write(request.answer, fileOptions(args));
  const rebuild = rebuildOf(study.name, args, inputsOf(reader, dirname(path)));
  const describe = () => resourceFor({ path: basename(path), ...end() }, request, rebuild);
  writeTogether([
    { path, pieces: copied(pieces, add) },
    { path: manifest, pieces: manifestWith(manifest, describe) },
  ]);
}

/**
 * Refuses to write over a workbook that a person has edited: one whose bytes are not those that its manifest
 * describes. Nobody else has the numbers and remarks in it.
 *
 * @throws Stop if there is such a workbook
 */
export function refuseEditedWorkbook(path: string): void {
  const isFile = existsSync(path) && statSync(path).isFile();
  if (extname(path).toLowerCase() !== '.xlsx' || !isFile) return;
  const written = resourcesIn(manifestBeside(path)).find((one) => one.path === basename(path));
  if (written?.hash === digestOf(bytesOf(path)).hash) return;
  const reason = written
    ? 'it was edited since it was written'
    : 'no manifest beside it says that this command wrote it';
  throw new Stop(
    EXIT.io,
    `cannot write \`${path}\`: ${reason}; bring its numbers back with \`capex import\`, ` +
      'or write over it with --force',
  );
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Stop(EXIT.io, `cannot read \`${path}\`: ${reasonOf(error)}`);
  }
}

function manifestBeside(path: string): string {
  return join(dirname(path), `${basename(path, extname(path))}.datapackage.json`);
}

function* copied(pieces: FilePieces, add: (bytes: Uint8Array) => void): Generator<Uint8Array> {
  for (const piece of pieces) {
    const bytes = inBytes(piece);
    add(bytes);
    yield bytes;
  }
}

function resourceFor(
  file: FileDigest,
  { format, answer, scenarios }: Request & { readonly answer: Answer },
  rebuild: Rebuild,
): Resource {
  return resourceOf({
    file,
    format: format.ending.slice(1),
    mediatype: format.mediatype,
    encoding: format.encoding,
    table: format.mediatype === 'text/csv' ? answer.table : undefined, // its columns are described
    scenarios,
    rebuild,
  });
}

/** The text of a manifest with one file described anew; it is made when that file is whole. */
function* manifestWith(manifest: string, describe: () => Resource): Generator<string> {
  const own = describe();
  const resources = [...othersIn(manifest, own), own].sort((a, b) => (a.path < b.path ? -1 : 1));
  yield writeJson(manifestOf(resources));
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
  return resourcesIn(manifest).filter(
    (one) => one.path !== path && existsSync(join(dirname(manifest), one.path)),
  );
}

/** The files that a manifest describes; none if there is no manifest. */
function resourcesIn(manifest: string): readonly Resource[] {
  return existsSync(manifest) ? (readManifest(readFileSync(manifest, 'utf8')) ?? []) : [];
}
