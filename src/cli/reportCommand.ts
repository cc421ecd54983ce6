/** `capex report`: a page that carries its scenarios and the engine, as one file. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, isAbsolute, relative, resolve, sep } from 'node:path';
import {
  hasErrors,
  loadScenarios,
  type Diagnostic,
  type ReadRecord,
  type SourceText,
} from '../index.js';
import { LANGUAGES, type Language } from '../shell.js';
import { STANDARD_INPUT, languageOf, type CliArguments } from './cliArguments.js';
import { readerFor, withWorkbooks, type FileReader } from './readFiles.js';
import { EXIT, Stop } from './stop.js';

/** A file that a page shows, with the files that it names. */
interface ReportedFile {
  readonly name: string;
  readonly text: string;
  readonly files: readonly ReadRecord[];
}

/** A text that stands inside the page, and its digest as the page's policy names it: `sha256-…`. */
interface InlineText {
  readonly text: string;
  readonly hash: string;
}

/** What the script of the page exports; it runs here to write the page, and in the page itself. */
interface PageScript {
  readonly renderPage: (
    content: { readonly files: readonly ReportedFile[]; readonly language: Language },
    script: InlineText,
    style: InlineText,
  ) => string;
}

/**
 * The page of the files that the arguments name.
 *
 * @param page the built script and style, without their endings
 * @param given what reads the files; by default, a reader that does not read the output
 * @returns no page if one of the files has errors
 * @throws Stop if the arguments are wrong, or a file cannot be read
 */
export async function reportFrom(
  args: CliArguments,
  page: string,
  given?: FileReader,
): Promise<{ readonly html?: string; readonly diagnostics: readonly Diagnostic[] }> {
  const { output } = args;
  if (output !== undefined && extname(output).toLowerCase() !== '.html') {
    throw new Stop(EXIT.usage, `cannot write \`${output}\`: use a name that ends in .html`);
  }
  const reader = given ?? (await readerFor(args.files, output === undefined ? [] : [output]));
  const { files, diagnostics } = await reportedFiles(args.files, reader);
  if (hasErrors(diagnostics)) return { diagnostics };
  const language = languageOf(args) ?? LANGUAGES[0];
  return { html: pageOf(files, language, page), diagnostics };
}

/** The files with all that they name, and every problem of them. */
async function reportedFiles(
  names: readonly string[],
  reader: FileReader,
): Promise<{
  readonly files: readonly ReportedFile[];
  readonly diagnostics: readonly Diagnostic[];
}> {
  const read = names.map((name) => ({ name, text: reader.text(name) }));
  const loaded = await withWorkbooks(reader, () =>
    read.map(({ name, text }) => {
      if (typeof text !== 'string') return { file: { name, text: '', files: [] }, found: [text] };
      const { files, diagnostics } = loadScenarios(text, { name, read: reader.beside });
      return { file: { name, text, files }, found: diagnostics };
    }),
  );
  return {
    files: withShortNames(loaded.map(({ file }) => file)),
    diagnostics: loaded.flatMap(({ found }) => found),
  };
}

/**
 * The files under names that show no folder above them: as typed where they lie below the folder in which the
 * command runs, else relative to the folder that they have in common.
 */
function withShortNames(files: readonly ReportedFile[]): readonly ReportedFile[] {
  const all = files.flatMap(({ name, files: others }) => [
    name,
    ...others.map(({ source }) => source.name),
  ]);
  const names = [...new Set(all)].filter((name) => name !== STANDARD_INPUT);
  if (!names.some((name) => isAbsolute(name) || name.split(/[/\\]/).includes('..'))) return files;
  const folder = commonFolder(names.map((name) => resolve(name)));
  const short = (name: string) =>
    name === STANDARD_INPUT ? name : relative(folder, resolve(name)).replaceAll(sep, '/');
  // A file that several others name stays one source, by which it is known.
  const sources = new Map<SourceText, SourceText>();
  const shortSource = (source: SourceText): SourceText => {
    const known = sources.get(source) ?? { name: short(source.name), text: source.text };
    sources.set(source, known);
    return known;
  };
  return files.map(({ name, text, files: others }) => ({
    ...{ name: short(name), text },
    files: others.map(({ request, source }) => ({
      request: { ...request, from: short(request.from) },
      source: shortSource(source),
    })),
  }));
}

/** The deepest folder that holds all paths. */
function commonFolder(paths: readonly string[]): string {
  return paths.map(dirname).reduce((folder, other) => {
    let common = folder;
    while (relative(common, other).split(sep)[0] === '..') common = dirname(common);
    return common;
  });
}

/** The page of files without errors. */
function pageOf(files: readonly ReportedFile[], language: Language, page: string): string {
  const { renderPage } = createRequire(`${page}.cjs`)(`${page}.cjs`) as PageScript;
  const [script, style] = [inline(`${page}.cjs`), inline(`${page}.css`)];
  return renderPage({ files, language }, script, style);
}

function inline(path: string): InlineText {
  const text = readFileSync(path, 'utf8');
  const { createHash } = process.getBuiltinModule('node:crypto');
  return { text, hash: `sha256-${createHash('sha256').update(text).digest('base64')}` };
}
