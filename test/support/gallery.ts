/** The gallery of errors: the files `test/errors/<code>/<case>.yaml`, and what a user is told of each. */
import { readdirSync } from 'node:fs';
import { failure, success, type Result } from '../../src/core/result.js';
import {
  DIAGNOSTIC_CODES,
  type Diagnostic,
  type DiagnosticCode,
} from '../../src/core/text/diagnostic.js';
import type { ReadFile } from '../../src/core/text/fileRequest.js';
import { compile } from '../../src/projection/compile.js';
import { load } from '../../src/scenario/load.js';
import { loadScenarios } from '../../src/scenario/portfolio/loadScenarios.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { failedChecks } from '../../src/studies/check/failedChecks.js';
import { plausibilityWarnings } from '../../src/studies/check/plausibility.js';
import { compare } from '../../src/studies/compare/compare.js';
import { forecast } from '../../src/studies/forecast/forecast.js';
import { simulate } from '../../src/studies/simulate/simulate.js';
import { workbook } from '../../src/workbook/book.js';
import { importChanges } from '../../src/workbook/import/importChanges.js';
import { loaded } from './cells.js';
import { readBeside, readText } from './files.js';
import { asEdited } from './workbookEdits.js';

export const GALLERY = new URL('../errors/', import.meta.url).pathname;

/** Holds files that cases extend. Every other folder of the gallery has a code's name. */
export const PARENTS = 'parents';

export interface Case {
  readonly code: string;
  readonly name: string;
  /** As messages print it: `sum/too-little.yaml`. */
  readonly file: string;
  /** Whether the case is refused, or only warned of. */
  readonly severity: 'error' | 'warning';
}

/** What a user sees of a case, and whether a forecast could be made of it. */
export interface Outcome {
  readonly diagnostics: readonly Diagnostic[];
  readonly hasForecast: boolean;
}

/** All cases, in the order of the codes. */
export const CASES: readonly Case[] = (Object.keys(DIAGNOSTIC_CODES) as DiagnosticCode[]).flatMap(
  (code) =>
    filesOf(code, '.yaml').map((file) => ({
      code,
      name: file.slice(code.length + 1, -'.yaml'.length),
      file,
      severity: DIAGNOSTIC_CODES[code].endsWith('(warning)') ? 'warning' : 'error',
    })),
);

/** Files of a folder of the gallery whose names end in a certain way; none where there is no folder. */
export function filesOf(folder: string, end: string): string[] {
  if (!readdirSync(GALLERY).includes(folder)) return [];
  const names = readdirSync(GALLERY + folder).filter((name) => name.endsWith(end));
  return names.sort().map((name) => `${folder}/${name}`);
}

const OUTCOMES = new Map<string, Outcome>();

/** Computed once for each case. */
export function outcomeOf({ file }: Case): Outcome {
  const outcome = OUTCOMES.get(file) ?? runCase(file);
  OUTCOMES.set(file, outcome);
  return outcome;
}

/** Options of the command line, from a first line such as `# --set fx.closure=volume`. */
export function optionsOf({ file }: Case): string {
  const text = readText(GALLERY + file);
  return typeof text === 'string' ? (/^# (--.*)/.exec(text)?.[1] ?? '') : '';
}

function runCase(file: string): Outcome {
  const text = readText(GALLERY + file);
  if (typeof text !== 'string') {
    return { diagnostics: [withName(text, file)], hasForecast: false };
  }
  const valuesOf = optionReader(text);
  const options = { name: file, set: valuesOf('set'), read };
  const { scenarios, diagnostics } = loadScenarios(text, options);
  const result = scenarios.length > 0 ? runStudy(scenarios, valuesOf) : undefined;
  const hasForecast = result?.ok === true;
  const found = hasForecast ? scenarios.flatMap(plausibilityWarnings) : (result?.diagnostics ?? []);
  return { diagnostics: [...diagnostics, ...found], hasForecast };
}

/** Names of files are shown as they are called from the folder of the gallery. */
const read: ReadFile = (request) => {
  const found = readBeside({ ...request, from: GALLERY + request.from });
  if (!found.ok) return found;
  const { name, text } = found.value;
  return success({ text, name: name.replace(GALLERY, '') });
};

/** All values of an option of the command line. */
type OptionReader = (option: string) => string[];

function optionReader(text: string): OptionReader {
  const [first = ''] = text.split('\n');
  const options = [...first.matchAll(/--(\w+) (\S+)/g)];
  return (option) => options.flatMap(([, name, value]) => (name === option ? [value!] : []));
}

/** What the checks of a scenario say, else its forecast, its comparison with another file, or a simulation. */
function runStudy(scenarios: readonly Scenario[], valuesOf: OptionReader): Result<unknown> {
  const scenario = scenarios[0]!;
  if (valuesOf('edit').length > 0) return importEdits(scenario, valuesOf);
  const failed = scenarios.flatMap(failedChecks);
  if (failed.length > 0) return failure(failed);
  const [[currency], [by]] = [valuesOf('currency'), valuesOf('by')];
  const [[other], [of]] = [valuesOf('compare'), valuesOf('of')];
  if (other !== undefined) {
    return compare.run([loaded(readText(GALLERY + other) as string), scenario], { bridge: true });
  }
  if (of !== undefined) return simulate.run([scenario], simulate.options.parse({ of: [of] }));
  return forecast.run(scenarios, forecast.options.parse({ currency, by }));
}

/** What is said where a workbook of the scenario comes back with edits in its cells. */
function importEdits({ tree }: Scenario, valuesOf: OptionReader): Result<unknown> {
  const { name, text } = tree.span.source;
  const set = valuesOf('set');
  const { scenario } = load(text, { name, read, set });
  const edits = valuesOf('edit').map((one) => /^(.*)!([A-Z]+)(\d+)=(.*)$/.exec(one)!.slice(1));
  const args = set.flatMap((one) => ['--set', one]);
  const book = asEdited(workbook([compile(scenario!)], args), edits);
  const { diagnostics, files } = importChanges(book, [{ name, text }], read);
  return files.length > 0 ? success(files) : failure(diagnostics);
}

function withName(diagnostic: Diagnostic, name: string): Diagnostic {
  const { span } = diagnostic;
  return { ...diagnostic, span: { ...span, source: { ...span.source, name } } };
}
