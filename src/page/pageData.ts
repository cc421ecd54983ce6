/** What a page carries: the texts of its files, and of all files that these name. */
import {
  fromRecords,
  loadScenarios,
  type FileRequest,
  type LoadedScenarios,
  type ReadFile,
  type ReadRecord,
  type SourceText,
} from '../index.js';

/** A scenario or a portfolio of a page, as its file is. */
export interface PageFile {
  readonly name: string;
  readonly text: string;
  /** The other files that it is read from. */
  readonly files: readonly ReadRecord[];
}

/** What a page is made of. */
export interface PageContent {
  readonly files: readonly PageFile[];
  /** The title of each file, by which a reader chooses it. */
  readonly titles: readonly string[];
  readonly language: 'en' | 'zh';
}

/** The content as it is written into a page: every text once. */
interface WrittenContent extends Pick<PageContent, 'titles' | 'language'> {
  readonly sources: readonly SourceText[];
  readonly files: readonly {
    readonly name: string;
    readonly text: string;
    readonly files: readonly { readonly request: FileRequest; readonly source: number }[];
  }[];
}

/** JSON in which no tag can begin, so that it may stand inside a script element. */
export function writeContent({ files, titles, language }: PageContent): string {
  const sources = new Map<string, { readonly source: SourceText; readonly index: number }>();
  const indexOf = ({ name, text }: SourceText) => {
    const key = JSON.stringify([name, text]);
    const found = sources.get(key) ?? { source: { name, text }, index: sources.size };
    sources.set(key, found);
    return found.index;
  };
  const written = files.map(({ name, text, files: others }) => ({
    ...{ name, text },
    files: others.map(({ request, source }) => ({ request, source: indexOf(source) })),
  }));
  const content: WrittenContent = {
    ...{ language, titles },
    sources: [...sources.values()].map(({ source }) => source),
    files: written,
  };
  return JSON.stringify(content).replace(/</g, '\\u003c');
}

export function readContent(json: string): PageContent {
  const { files, sources, titles, language } = JSON.parse(json) as WrittenContent;
  return {
    ...{ language, titles },
    files: files.map((file) => ({
      ...file,
      files: file.files.map(({ request, source }) => ({ request, source: sources[source]! })),
    })),
  };
}

/** Reads a file of a page, with changes over it, each `PATH=VALUE`. */
export function loadPageFile(file: PageFile, set: readonly string[] = []): LoadedScenarios {
  const read: ReadFile = fromRecords(file.files);
  return loadScenarios(file.text, { name: file.name, set, read });
}
