/** The files that a scenario is layered from: `extends` names the parent, which may extend another. */
import type { Diagnostic, DiagnosticCode, Problem } from '../../core/text/diagnostic.js';
import type { ReadFile, SourceText } from '../../core/text/source.js';
import type { Located } from '../../model/field.js';
import { readHead, type Head } from '../schema/readSections.js';
import type { MapNode } from '../tree.js';
import { readMap } from '../yaml/yaml.js';

/** One file as a layer: what it gives, and the names that it says it adds. */
export interface ScenarioFile {
  readonly tree: MapNode;
  readonly adds: readonly Located<string>[];
}

/** More parents than anybody can keep in mind. */
const MOST_LAYERS = 32;

/**
 * A scenario's own file and every file that it is layered over, nearest first.
 *
 * @returns nothing where one of them cannot be read; `diagnostics` say why
 */
export function readLineage(
  own: SourceText,
  read: ReadFile,
  diagnostics: Diagnostic[],
): readonly ScenarioFile[] | undefined {
  const files: ScenarioFile[] = [];
  const sources = [own];
  for (;;) {
    const tree = readMap(sources.at(-1)!, SCENARIO, diagnostics);
    if (!tree) return undefined;
    const head = readHead(tree, diagnostics);
    files.push({ tree: withoutHead(tree), adds: head.adds ?? [] });
    if (!tree.entries.has('extends')) {
      reportAddsToNothing(head, diagnostics);
      return files;
    }
    const parent = head.extends && parentOf(head.extends, sources, read, diagnostics);
    if (!parent) return undefined;
    sources.push(parent);
  }
}

const SCENARIO = { noun: 'a scenario', beginning: 'scenario: my-scenario' };

function withoutHead(tree: MapNode): MapNode {
  const entries = new Map(tree.entries);
  entries.delete('extends');
  entries.delete('adds');
  return { ...tree, entries };
}

function parentOf(
  { value: path, span }: Located<string>,
  sources: readonly SourceText[],
  read: ReadFile,
  diagnostics: Diagnostic[],
): SourceText | undefined {
  const fail = (code: DiagnosticCode, problem: Problem): SourceText | undefined => {
    diagnostics.push({ code, severity: 'error', span, ...problem });
    return undefined;
  };
  const from = sources.at(-1)!.name;
  const found = read({ path, from, encoding: 'utf-8', confined: false });
  if (!('text' in found)) return fail('file-unread', found);
  const names = sources.map(({ name }) => name);
  if (names.includes(found.name)) {
    return fail('extends-cycle', {
      message: `\`${path}\` extends this file, or extends a file that does`,
      found: [...names, found.name].join(' extends '),
      hint: 'let one of them stand by itself: give in it what it takes from the others',
    });
  }
  if (sources.length < MOST_LAYERS) return found;
  return fail('extends-cycle', {
    message: `more than ${MOST_LAYERS} files, each of which extends the next`,
    hint: 'look whether a folder links to itself, or write some of the layers into one',
  });
}

function reportAddsToNothing({ adds }: Head, diagnostics: Diagnostic[]): void {
  if (!adds?.[0]) return;
  diagnostics.push({
    code: 'adds',
    severity: 'error',
    span: adds[0].span,
    message: 'this file extends no other, so that there is nothing to add to',
    hint: 'delete `adds`, or name the parent: `extends: parent.yaml`',
  });
}
