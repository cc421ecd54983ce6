/** Changed inputs as others use them: a YAML layer over the scenario, and a line of the command. */
import { shellWord } from '../index.js';
import { setOf, type PageState } from './pageState.js';

type Tree = Map<string, Tree | string>;

/**
 * A scenario file that extends another one by the changes; of a portfolio, whose file extends nothing, the options of
 * the command.
 */
export function layerOf(
  state: Pick<PageState, 'changes' | 'closure'>,
  file: { readonly name: string; readonly id: string; readonly isPortfolio: boolean },
): string {
  const { changes, closure } = state;
  if (file.isPortfolio) return commandOptions(state).join(' \\\n');
  const tree: Tree = new Map();
  for (const [path, literal] of changes) put(tree, path.split('.'), literal);
  if (closure !== '') put(tree, ['fx', 'closure'], closure);
  const head = [
    `extends: ${scalar(file.name.replace(/^.*[/\\]/, ''))}`,
    `scenario: ${file.id}-changed`,
  ];
  return [...head, ...linesOf(tree, 0), ''].join('\n');
}

function put(tree: Tree, [key = '', ...rest]: readonly string[], value: string): void {
  if (rest.length === 0) {
    tree.set(key, value);
    return;
  }
  const known = tree.get(key);
  const below: Tree = known instanceof Map ? known : new Map<string, Tree | string>();
  tree.set(key, below);
  put(below, rest, value);
}

function linesOf(tree: Tree, depth: number): readonly string[] {
  return [...tree].flatMap(([key, value]) => {
    const head = `${'  '.repeat(depth)}${scalar(key)}:`;
    if (typeof value === 'string') return [`${head} ${scalar(value)}`];
    return [head, ...linesOf(value, depth + 1)];
  });
}

/** A text that YAML reads as itself without quotes; all others are in quotes. */
const PLAIN = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} .%/()_+-]*$/u;

function scalar(text: string): string {
  return PLAIN.test(text) && text.trim() === text ? text : JSON.stringify(text);
}

/** `--closure volume`, `--set envelope='400bn CNY'`, … */
export function commandOptions(state: Pick<PageState, 'changes' | 'closure'>): readonly string[] {
  return [
    ...(state.closure === '' ? [] : [`--closure ${state.closure}`]),
    ...setOf(state).map((change) => `--set ${shellWord(change)}`),
  ];
}
