/** `capex verify`: makes the files of a manifest again and compares them byte for byte. */
import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { STUDIES, type Diagnostic, type Result, type Study } from '../index.js';
import {
  ENGINE,
  beginning,
  failure,
  readManifest,
  success,
  type FileDigest,
  type Rebuild,
  type Resource,
} from '../shell.js';
import type { CliArguments } from './cliArguments.js';
import { digestOf } from './fileDigest.js';
import { fileOptions } from './outputFormats.js';
import { fileReader, folderAbove, isInside, readWhole } from './readFiles.js';
import { answerRequest } from './request.js';
import { EXIT, Stop, reasonOf } from './stop.js';
import { inBytes } from './writing.js';

/** The result for one file of a manifest; without problems, the file is as its manifest says. */
export interface Verdict {
  readonly file: string;
  readonly notes: readonly string[];
  readonly problems: readonly string[];
  /** Why the file cannot be made again. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A manifest, and the folder in which the files that it lists have to be. */
interface Tree {
  readonly folder: string;
  readonly root: string;
}

/**
 * Reads the files that a manifest lists, and no others: it may come from a stranger.
 *
 * @param root the folder in which these files have to be; by default, that of the manifest
 * @throws Stop if a file cannot be read, or if the file is no manifest
 */
export async function verifyManifest(manifest: string, root?: string): Promise<readonly Verdict[]> {
  const found = readManifest(tryToRead(manifest, () => readWhole(manifest)).toString('utf8'));
  if (!found) throw new Stop(EXIT.errors, `\`${manifest}\` is not a manifest of this command`);
  const folder = dirname(manifest);
  const verdicts: Verdict[] = [];
  for (const resource of found.resources) {
    verdicts.push(await verdictOf(resource, { folder, root: root ?? folder }));
  }
  return verdicts;
}

async function verdictOf(resource: Resource, tree: Tree): Promise<Verdict> {
  const { engine, inputs } = resource.rebuild;
  const file = join(tree.folder, resource.path);
  const notes = engine === ENGINE ? [] : [`written by ${engine}, this is ${ENGINE}`];
  const verdict = (problems: readonly string[], diagnostics: readonly Diagnostic[] = []) => {
    return { file, notes, problems, diagnostics };
  };
  const outside = filesOutside([resource, ...inputs], tree);
  if (outside.length > 0) return verdict(outside);
  const [own, ...read] = [resource, ...inputs].map((one) => readListed(one, tree));
  const changed = read.filter(({ isChanged }) => isChanged);
  const problems = [
    ...changed.map(({ path }) => `\`${path}\` has changed since then`),
    ...(own!.isChanged ? ['the file differs from the one that the manifest describes'] : []),
  ];
  if (changed.length > 0) return verdict(problems);
  try {
    const again = await remake(resource, file, read);
    if (!again.ok) return verdict([...problems, 'it cannot be made again'], again.diagnostics);
    return verdict([...problems, ...differencesOf(own!.bytes, again.value)]);
  } catch (error) {
    if (!(error instanceof Stop) || error.exitCode === EXIT.io) throw error;
    return verdict([...problems, `it cannot be made again: ${error.message}`]);
  }
}

/** Why files are not read: they are outside the tree, by their names or by links. */
function filesOutside(files: readonly FileDigest[], { folder, root }: Tree): readonly string[] {
  const [base, top] = [folder, root].map(realPathOf) as [string, string];
  const found = files.map(({ path }) => {
    const named = resolve(base, path);
    const shown = join(folder, path);
    return { path: shown, real: isInside(top, named) ? realPathOf(shown) : named };
  });
  const needed = found.reduce((above, { real }) => folderAbove(above, real), base);
  const name = root === folder ? 'the folder of the manifest' : `\`${root}\``;
  return found
    .filter(({ real }) => !isInside(top, real))
    .map(({ path }) => {
      const option = `--root ${relative('', needed) || '.'}`;
      return `\`${path}\` is outside ${name}, so it is not read; \`${option}\` allows it`;
    });
}

/** A file of a manifest, as it is now. */
interface ListedFile {
  /** Where it is, from here. */
  readonly path: string;
  /** Where it is, without links. */
  readonly real: string;
  readonly bytes: Buffer;
  readonly isChanged: boolean;
}

/** @throws Stop if the file cannot be read */
function readListed({ path: written, hash }: FileDigest, { folder }: Tree): ListedFile {
  const path = join(folder, written);
  const real = realPathOf(path);
  if (!statSync(real).isFile()) throw cannotRead(path, 'it is not a plain file');
  const bytes = tryToRead(path, () => readWhole(real));
  return { path, real, bytes, isChanged: digestOf(bytes).hash !== hash };
}

/**
 * Makes a file again from the arguments and input files that its manifest records.
 *
 * @throws Stop if the arguments are wrong, or need a file that the manifest does not list
 */
async function remake(
  { rebuild }: Resource,
  output: string,
  inputs: readonly ListedFile[],
): Promise<Result<Buffer>> {
  const study = studyOf(rebuild);
  const paths = new Map(rebuild.inputs.map(({ name }, i) => [name, inputs[i]!.path]));
  const reader = fileReader({
    pathOf: (name) => paths.get(name) ?? name,
    bytesAt: (path) => {
      const listed = existsSync(path) && inputs.find(({ real }) => real === realPathOf(path));
      if (listed) return listed.bytes;
      throw new Stop(EXIT.errors, `the manifest does not list \`${path}\`, so it is not read`);
    },
  });
  const args: CliArguments = { ...rebuild, output, force: false, quiet: true, noColor: true };
  const { answer, format, problems } = await answerRequest(study, args, reader);
  if (!answer) return failure(problems);
  const pieces = await format.write(answer, fileOptions(args));
  return success(Buffer.concat([...pieces].map(inBytes)));
}

function studyOf({ study, files }: Rebuild): Study {
  const found = STUDIES.find(({ name }) => name === study);
  if (!found) throw new Stop(EXIT.errors, `there is no study \`${study}\` here`);
  const isEnough = files.length === 1 || (found.files === 'many' && files.length > 1);
  if (isEnough) return found;
  throw new Stop(EXIT.errors, `\`${study}\` takes another number of scenarios: ${files.length}`);
}

/** The first line in which a file differs from the file made again. */
function differencesOf(written: Buffer, again: Buffer): readonly string[] {
  if (written.equals(again)) return [];
  let at = 0;
  while (written[at] === again[at]) at++;
  if (again.includes(0)) return [`byte ${at + 1} differs from the file made again`]; // not a text
  const line = written.subarray(0, at).filter((byte) => byte === NEW_LINE).length + 1;
  return [`line ${line} is ${lineAt(written, at)}; made again, it is ${lineAt(again, at)}`];
}

const NEW_LINE = 10;
const LONGEST = 100;

function lineAt(bytes: Buffer, at: number): string {
  const start = bytes.subarray(0, at).lastIndexOf(NEW_LINE) + 1;
  if (at >= bytes.length && start === bytes.length) return 'missing';
  const end = bytes.indexOf(NEW_LINE, at);
  const line = bytes.subarray(start, end < 0 ? bytes.length : end).toString('utf8');
  return `\`${line.length > LONGEST ? `${beginning(line, LONGEST)}…` : line}\``;
}

function realPathOf(path: string): string {
  return tryToRead(path, () => realpathSync(path));
}

/** @throws Stop with the reason why a file cannot be read */
function tryToRead<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof Stop ? error : cannotRead(path, reasonOf(error));
  }
}

function cannotRead(path: string, reason: string): Stop {
  return new Stop(EXIT.io, `cannot read \`${path}\`: ${reason}`);
}
