/** The files that a scenario is layered from: `extends` names the parent, which may extend another. */
import type { DiagnosticCode, Problem } from '../../core/text/diagnostic.js';
import type { ReadFile } from '../../core/text/fileRequest.js';
import type { SourceText } from '../../core/text/source.js';
import type { Located } from '../../model/field.js';
import type { ProblemList } from '../reporter.js';
import { readHead, type Head } from '../schema/readSections.js';
import type { MapNode } from '../tree.js';
import { readMap } from '../yaml/yaml.js';

/** One file as a layer: its tree without `extends` and `adds`, and the names in `adds`. */
export interface ScenarioFile {
  readonly tree: MapNode;
  readonly adds: readonly Located<string>[];
}

/** Guards against a chain of files without end, such as a folder that links to itself. */
const MOST_LAYERS = 256;

/**
 * Reads a scenario's own file and every file that it extends, nearest first.
 *
 * @returns nothing if one of the files cannot be read
 */
export function readLineage(
  own: SourceText,
  read: ReadFile,
  problems: ProblemList,
): readonly ScenarioFile[] | undefined {
  const files: ScenarioFile[] = [];
  const sources = [own];
  for (;;) {
    const tree = readMap(sources.at(-1)!, SCENARIO, problems);
    if (!tree || refusesPortfolio(tree, problems)) return undefined;
    const head = readHead(tree, problems);
    files.push({ tree: withoutHead(tree), adds: head.adds ?? [] });
    if (!tree.entries.has('extends')) {
      reportAddsToNothing(head, problems);
      return files;
    }
    const parent = head.extends && readParent(head.extends, sources, read, problems);
    if (!parent) return undefined;
    sources.push(parent);
  }
}

/** Whether a file is a portfolio where one scenario is needed; that is reported. */
function refusesPortfolio({ entries }: MapNode, problems: ProblemList): boolean {
  const portfolio = entries.get('portfolio');
  if (!portfolio || entries.has('scenario')) return false;
  problems.error('portfolio', portfolio.key, {
    message: 'this file is a portfolio of several buyers, and one scenario is needed here',
    hint: 'name the file of one of its buyers',
  });
  return true;
}

const SCENARIO = { noun: 'a scenario', beginning: 'scenario: my-scenario' };

function withoutHead(tree: MapNode): MapNode {
  const entries = new Map(tree.entries);
  entries.delete('extends');
  entries.delete('adds');
  return { ...tree, entries };
}

function readParent(
  { value: path, span }: Located<string>,
  sources: readonly SourceText[],
  read: ReadFile,
  problems: ProblemList,
): SourceText | undefined {
  const fail = (code: DiagnosticCode, problem: Problem): SourceText | undefined => {
    problems.error(code, span, problem);
    return undefined;
  };
  const from = sources.at(-1)!.name;
  const file = read({ path, from, encoding: 'utf-8', confined: false });
  if (!file.ok) return fail('file-unread', file.diagnostics);
  const parent = file.value;
  const names = sources.map(({ name }) => name);
  if (names.includes(parent.name)) {
    return fail('extends-cycle', {
      message: `\`${path}\` extends this file, or extends a file that does`,
      found: [...names, parent.name].join(' extends '),
      hint: 'delete `extends` in one of them, and write there what it took from the others',
    });
  }
  if (sources.length < MOST_LAYERS) return parent;
  return fail('extends-cycle', {
    message: `more than ${MOST_LAYERS} files, each of which extends the next`,
    hint: 'check whether a folder links to itself, or join some of the files',
  });
}

function reportAddsToNothing({ adds }: Head, problems: ProblemList): void {
  if (!adds?.[0]) return;
  problems.error('adds', adds[0].span, {
    message: '`adds` needs a parent, and this file extends no other',
    hint: 'delete `adds`, or name the parent: `extends: parent.yaml`',
  });
}
