/** `capex verify`: makes the files of a manifest again and compares them byte for byte. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { STUDIES, writeDiagnostics } from '../index.js';
import { ENGINE, readManifest, type Resource } from '../shell.js';
import type { CliArguments } from './cliArguments.js';
import { digestOf } from './fileDigest.js';
import { fileOptions } from './outputFormats.js';
import { fileReader } from './readFiles.js';
import { answerRequest } from './request.js';
import { EXIT, Stop, reasonOf } from './stop.js';
import { inBytes } from './writing.js';

/** The result for one file of a manifest; without problems, the file is as its manifest says. */
export interface Verdict {
  readonly file: string;
  readonly notes: readonly string[];
  readonly problems: readonly string[];
}

/** @throws Stop if a file cannot be read, or if the file is no manifest */
export async function verifyManifest(manifest: string): Promise<readonly Verdict[]> {
  const found = readManifest(bytesOf(manifest).toString('utf8'));
  if (!found) throw new Stop(EXIT.errors, `\`${manifest}\` is not a manifest of this command`);
  return Promise.all(found.resources.map((resource) => verdictOf(resource, dirname(manifest))));
}

async function verdictOf(resource: Resource, folder: string): Promise<Verdict> {
  const { rebuild } = resource;
  const file = join(folder, resource.path);
  const written = bytesOf(file);
  const changed = rebuild.inputs.filter(({ path, hash }) => {
    return digestOf(bytesOf(join(folder, path))).hash !== hash;
  });
  const isOwn = digestOf(written).hash === resource.hash;
  const another = rebuild.engine !== ENGINE;
  return {
    file,
    notes: another ? [`written by ${rebuild.engine}, this is ${ENGINE}`] : [],
    problems: [
      ...changed.map(({ path }) => `\`${join(folder, path)}\` has changed since then`),
      ...(isOwn ? [] : ['the file differs from the one that the manifest describes']),
      ...(changed.length > 0 ? [] : differencesOf(written, await remake(resource, folder, file))),
    ],
  };
}

/** Makes a file again from the arguments and input files that its manifest records. */
async function remake({ rebuild }: Resource, folder: string, file: string): Promise<Buffer> {
  const study = STUDIES.find(({ name }) => name === rebuild.study);
  if (!study)
    throw new Stop(EXIT.errors, `\`${file}\`: there is no study \`${rebuild.study}\` here`);
  const paths = new Map(rebuild.inputs.map(({ name, path }) => [name, join(folder, path)]));
  const args: CliArguments = { ...rebuild, output: file, force: false, quiet: true, noColor: true };
  const { answer, format, problems } = await answerRequest(
    study,
    args,
    fileReader({ pathOf: (name) => paths.get(name) ?? name }),
  );
  if (!answer) throw new Stop(EXIT.errors, writeDiagnostics(problems));
  const pieces = await format.write(answer, fileOptions(args));
  return Buffer.concat([...pieces].map(inBytes));
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
  return `\`${line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line}\``;
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Stop(EXIT.io, `cannot read \`${path}\`: ${reasonOf(error)}`);
  }
}
