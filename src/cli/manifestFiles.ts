/** Output files with a manifest beside them, which records how to make them again. */
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { writeJson, type Answer, type Study } from '../index.js';
import {
  ENGINE,
  manifestOf,
  readManifest,
  resourceOf,
  type FileDigest,
  type InputDigest,
  type Rebuild,
  type Resource,
} from '../shell.js';
import type { CliArguments } from './cliArguments.js';
import { digestOf, type DigestOfFile } from './fileDigest.js';
import { fileOptions } from './outputFormats.js';
import { readWhole, type FileReader } from './readFiles.js';
import type { Request } from './request.js';
import { statePath } from './savedState.js';
import { EXIT, Stop, reasonOf } from './stop.js';
import { cannotWrite } from './unfinishedWrite.js';
import { lookAtOutput, writeTogether } from './writing.js';

/**
 * Writes an answer and its manifest, both or none. `NAME.datapackage.json` describes all files of that
 * name, because `NAME.csv` and `NAME.json` are forms of one forecast.
 *
 * @throws Stop if one of them cannot be written, or if the format cannot hold the answer
 */
export async function writeWithManifest(
  path: string,
  study: Study,
  args: CliArguments,
  request: Request & { readonly answer: Answer },
  reader: FileReader,
): Promise<void> {
  const manifest = manifestPath(path);
  const refusal = request.format.refusal?.(request.answer);
  if (refusal !== undefined) throw new Stop(EXIT.usage, `cannot write \`${path}\`: ${refusal}`);
  const pieces = await request.format.write(request.answer, fileOptions(args));
  const rebuild = rebuildOf(study.name, args, inputsOf(reader, dirname(path)));
  const describe = ([file]: readonly DigestOfFile[]) =>
    resourceFor({ path: basename(path), ...file! }, request, rebuild);
  writeTogether([
    { path, pieces },
    { path: manifest, pieces: (before) => [manifestWith(manifest, describe(before))] },
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
  const written = resourcesIn(manifestPath(path)).find((one) => one.path === basename(path));
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
    return readWhole(path);
  } catch (error) {
    if (error instanceof Stop) throw error;
    throw new Stop(EXIT.io, `cannot read \`${path}\`: ${reasonOf(error)}`);
  }
}

/**
 * Looks at every file that a study may write, before it works for them: the output, its manifest, and the
 * state of an unfinished run.
 *
 * @returns their paths
 * @throws Stop if one of them cannot be written
 */
export function lookAtOutputs({ job }: Study, { output }: CliArguments): readonly string[] {
  if (output === undefined) return [];
  if (output.toLowerCase().endsWith(ENDING)) {
    throw new Stop(
      EXIT.usage,
      `cannot write \`${output}\`: only a manifest has a name that ends so`,
    );
  }
  const manifest = manifestPath(output);
  const outputs = [output, manifest, ...(job ? [statePath(output)] : [])];
  outputs.forEach(lookAtOutput);
  resourcesIn(manifest);
  return outputs;
}

const ENDING = '.datapackage.json';

function manifestPath(output: string): string {
  return join(dirname(output), basename(output, extname(output)) + ENDING);
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

/** The text of a manifest with one file described anew. */
function manifestWith(manifest: string, own: Resource): string {
  const resources = [...othersIn(manifest, own), own].sort((a, b) => (a.path < b.path ? -1 : 1));
  return writeJson(manifestOf(resources));
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

/** @throws Stop if the file cannot be read, or is a package of somebody else, which is not written over */
function resourcesIn(manifest: string): readonly Resource[] {
  if (!existsSync(manifest)) return [];
  const found = readManifest(bytesOf(manifest).toString('utf8'));
  if (found?.isOwn) return found.resources;
  throw cannotWrite(
    manifest,
    'it is not a manifest of this command; use another name for the output',
  );
}
