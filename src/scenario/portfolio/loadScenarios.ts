/** Reads a file that is a scenario, or a portfolio: then the scenario of every buyer, with what they share. */
import { distinctProblems, hasErrors, type Diagnostic } from '../../core/text/diagnostic.js';
import type { ReadFile, ReadRecord } from '../../core/text/fileRequest.js';
import { SET_SOURCE, type SourceText } from '../../core/text/source.js';
import { checkCorrelations } from '../../model/simulation.js';
import { load, loadFile, type LoadOptions } from '../load.js';
import { problemList, reporterOf, type ProblemList } from '../reporter.js';
import type { Scenario } from '../scenario.js';
import { NO_FILES } from '../scenarioFiles.js';
import { locateKey, type MapNode } from '../tree.js';
import { readMap } from '../yaml/yaml.js';
import { checkRates, checkSuppliers } from './memberChecks.js';
import { portfolioInputs } from './portfolioPaths.js';
import { readPortfolio, type PortfolioMember, type ReadPortfolio } from './readPortfolio.js';
import { checkShared } from './sharedChecks.js';
import {
  isSharedSupplier,
  reportReplaced,
  sharedDay,
  sharedSuppliers,
  underShared,
} from './sharedLayer.js';

/** The scenarios of a file, none where one has errors. */
export interface LoadedScenarios {
  /** One; of a portfolio that of every buyer, in the order of the file, each with its `buyer`. */
  readonly scenarios: readonly Scenario[];
  /** The file of a portfolio, with every table read and every change; nothing of a scenario. */
  readonly tree?: MapNode | undefined;
  /** Every other file that was read. */
  readonly files: readonly ReadRecord[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a scenario or a portfolio.
 *
 * @param text YAML 1.2, already decoded
 * @returns all problems at once; bad input never throws
 */
export function loadScenarios(text: string, options: LoadOptions = {}): LoadedScenarios {
  const { name = 'scenario.yaml', set = [], read = NO_FILES } = options;
  const own = { name, text };
  const problems = problemList();
  const tree = portfolioTree(own, problems);
  if (tree) return loadPortfolio(tree, set, read, problems);
  const printed = refuseResolved(own);
  if (printed) return { scenarios: [], files: [], diagnostics: [printed] };
  const { scenario, diagnostics } = load(text, options);
  return { scenarios: scenario ? [scenario] : [], files: scenario?.files ?? [], diagnostics };
}

const PORTFOLIO = { noun: 'a portfolio', beginning: 'portfolio: my-portfolio' };

/** The tree of a portfolio; nothing of a file that is none. The text is parsed only if it may be one. */
function portfolioTree(own: SourceText, problems: ProblemList): MapNode | undefined {
  if (!own.text.includes('portfolio')) return undefined;
  const tree = readMap(own, PORTFOLIO, problems);
  return tree?.entries.has('portfolio') && !tree.entries.has('scenario') ? tree : undefined;
}

/**
 * Refuses a portfolio with the scenarios of its buyers below it, as `check --resolved` prints them for a cell: commands
 * read and write each file by its name.
 */
function refuseResolved(source: SourceText): Diagnostic | undefined {
  const { text } = source;
  const marker = /^# file: .*\S/mu.exec(text);
  if (!marker) return undefined;
  const [above, below] = [text.slice(0, marker.index), text.slice(marker.index)];
  if (!/^portfolio:/mu.test(above) || !/^scenario:/mu.test(below)) return undefined;
  return {
    ...{ code: 'portfolio', severity: 'error' },
    span: { source, start: marker.index, end: marker.index + marker[0].length },
    message:
      'a portfolio and its buyers in one text, as `capex check --resolved` prints it for a cell',
    hint:
      'name the file of the portfolio itself, or save the text below each line `# file: NAME`, ' +
      'up to the next one, as a file of that name',
  };
}

function loadPortfolio(
  tree: MapNode,
  set: readonly string[],
  read: ReadFile,
  problems: ProblemList,
): LoadedScenarios {
  const files: ReadRecord[] = [];
  // Every request counts: two buyers may name one file, each from its own.
  const reader: ReadFile = (request) => {
    const file = read(request);
    if (file.ok) files.push({ request, source: file.value });
    return file;
  };
  const whole = readPortfolio(tree, set, reader, problems);
  const loaded = (whole?.members ?? []).map((member) => loadMember(member, whole!, reader));
  const members = loaded.flatMap(({ scenarios }) => scenarios);
  if (members.length === whole?.members.length) {
    checkSuppliers(members, problems);
    checkRates(members, problems);
    checkShared(whole, members, problems);
    if (whole.simulation) {
      const report = reporterOf(whole.tree, problems);
      checkCorrelations(whole.simulation, portfolioInputs(members), report, 'portfolio');
    }
  }
  const all = [...problems.diagnostics, ...loaded.flatMap((one) => one.diagnostics)];
  // Problems of what is shared are found for every buyer, and said once.
  const diagnostics = distinctProblems(all);
  return {
    scenarios: hasErrors(diagnostics) ? [] : members,
    tree: whole?.tree,
    files,
    diagnostics,
  };
}

/** Reads the scenario of a buyer, with what the portfolio shares over it. */
function loadMember(
  member: PortfolioMember,
  whole: ReadPortfolio,
  read: ReadFile,
): Omit<LoadedScenarios, 'files' | 'tree'> {
  const { source, over, set, key } = member;
  const loaded = loadFile(source, {
    over: [...sharedDay(whole), ...over],
    around: sharedSuppliers(whole),
    ...{ set, read },
    share: (tree, sections, problems) =>
      underShared({ key, tree, sections }, whole, read, problems),
  });
  // Whether a supplier of the portfolio has an effect is asked of all buyers together.
  const isOwn = ({ code, span }: Diagnostic) => code !== 'unused' || !isSharedSupplier(span, whole);
  const diagnostics = [
    ...loaded.diagnostics.filter(isOwn).map((one) => underRates(one, whole)),
    ...reportReplaced(member, whole),
  ];
  const said = diagnostics.map((one) => ofMember(one, member));
  const { scenario } = loaded;
  const isValid = scenario !== undefined && !hasErrors(diagnostics);
  const buyer = { key, portfolio: whole.portfolio };
  return { scenarios: isValid ? [{ ...scenario, buyer }] : [], diagnostics: said };
}

/** A problem of a change of `--set`, as that was typed. */
function ofMember(problem: Diagnostic, { key, set }: PortfolioMember): Diagnostic {
  const { source, start, end } = problem.span;
  if (source.name === SET_SOURCE && set.includes(source.text)) {
    const prefix = `${key}.`;
    const text = `${prefix}${source.text}`;
    const span = {
      source: { ...source, text },
      start: start && start + prefix.length,
      end: end + prefix.length,
    };
    return { ...problem, span };
  }
  return problem;
}

/** A problem of a buyer under the rates of the portfolio, with where these are given. */
function underRates(problem: Diagnostic, { portfolio, tree }: ReadPortfolio): Diagnostic {
  if (problem.code !== 'rate-missing' || !portfolio.rates) return problem;
  const related = {
    span: locateKey(tree, 'fx'),
    message: `the rates of \`${portfolio.id}\` replace those of its buyers`,
  };
  return { related, ...problem, hint: 'add the rate to `fx.base` of the portfolio' };
}
