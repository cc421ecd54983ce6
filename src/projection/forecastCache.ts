/**
 * Forecasts of texts under changes, for callers that ask again and again, such as the cells of a spreadsheet. What
 * was read is kept, up to a bound.
 */
import { recent } from '../core/recent.js';
import { failure, success, type Result } from '../core/result.js';
import type { Diagnostic } from '../core/text/diagnostic.js';
import type { ReadFile } from '../core/text/fileRequest.js';
import type { SourceText } from '../core/text/source.js';
import type { LoadOptions } from '../scenario/load.js';
import { loadScenarios, type LoadedScenarios } from '../scenario/portfolio/loadScenarios.js';
import type { Scenario } from '../scenario/scenario.js';
import { NO_FILES } from '../scenario/scenarioFiles.js';
import { vary } from '../scenario/vary.js';
import {
  areApart,
  quickForecasts,
  readChange,
  variantOf,
  type CachedForecast,
  type Change,
} from './forecastVariants.js';

/** What a forecast is asked for. */
export interface ForecastRequest {
  /** Changes over the text, each `PATH=VALUE`, as `load` takes them. */
  readonly set?: readonly string[] | undefined;
  /** The ISO 4217 code of the reporting currency; that of the envelope, or of the portfolio, unless given. */
  readonly currency?: string | undefined;
  /** Texts of other files, under the names by which they are read: the buyers of a portfolio, for example. */
  readonly files?: readonly SourceText[] | undefined;
}

/**
 * Gives the forecast of a text; of a portfolio that of every buyer, in the order of the file. What `loadScenarios` or
 * a missing rate reports is the failure.
 */
export type ForecastCache = (
  text: string,
  request?: ForecastRequest,
) => Result<readonly CachedForecast[]>;

/** The most texts that are kept, and for each the most forecasts that needed a plan of their own. */
const MOST = { texts: 16, forecasts: 16 };

/**
 * Creates an empty cache.
 *
 * @param options of `loadScenarios`, for all texts
 */
export function forecastCache(options: Omit<LoadOptions, 'set'> = {}): ForecastCache {
  const texts = recent<(request: ForecastRequest) => Result<readonly CachedForecast[]>>(MOST.texts);
  return (text, request = {}) => {
    const { files = [] } = request;
    const key = files.length === 0 ? text : JSON.stringify([text, files]);
    return texts(key, () => forecastsOf(text, files, options))!(request);
  };
}

/** The forecasts of one text. */
function forecastsOf(text: string, files: readonly SourceText[], options: LoadOptions) {
  const read: ReadFile = (request) => {
    const file = files.find(({ name }) => name === request.path);
    return file ? success(file) : (options.read ?? NO_FILES)(request);
  };
  const base = loadScenarios(text, { ...options, read });
  const unread = unreadFiles(files, base);
  const [first] = base.scenarios;
  const sole = first && !first.buyer ? first : undefined;
  const changed = (set: readonly string[]): LoadedScenarios => {
    if (set.length === 0) return base;
    if (!sole) return loadScenarios(text, { ...options, read, set });
    const { scenario, diagnostics } = vary(sole, set);
    return { ...base, scenarios: scenario ? [scenario] : [], diagnostics };
  };
  const members = base.scenarios.map((scenario) => ({
    scenario,
    forecast: quickForecasts(scenario),
  }));
  const forecasts = recent<Result<readonly CachedForecast[]>>(MOST.forecasts);
  return ({ set = [], currency }: ForecastRequest): Result<readonly CachedForecast[]> => {
    if (unread.length > 0) return failure(unread);
    const changes = set.map(readChange);
    const quick = areApart(changes)
      ? members.map(({ scenario, forecast }) => {
          const own = changesOf(
            scenario,
            changes,
            members.map((one) => one.scenario),
          );
          return own && forecast(own, currency);
        })
      : [];
    const found = quick.filter((one) => one !== undefined);
    if (found.length > 0 && found.length === members.length) return success(found);
    return forecasts(JSON.stringify([currency, set]), () => forecastsIn(changed(set), currency))!;
  };
}

/** An error for each text that no scenario reads, and for each that has the name of one before it. */
function unreadFiles(files: readonly SourceText[], { files: read, scenarios }: LoadedScenarios) {
  const known = new Set(read.map(({ source }) => source.name));
  return files.flatMap((source, i): readonly Diagnostic[] => {
    const { name } = source;
    const isRepeated = files.findIndex((one) => one.name === name) < i;
    if (!isRepeated && (scenarios.length === 0 || known.has(name))) return [];
    const message = isRepeated
      ? `two files have the name \`${name}\``
      : `nothing reads a file of the name \`${name}\``;
    const hint = 'give the file the name that the scenario writes, or leave it out';
    return [
      { code: 'unused', severity: 'error', span: { source, start: 0, end: 1 }, message, hint },
    ];
  });
}

/**
 * The changes of one scenario, with their paths in it; nothing where they change what buyers share, or rates, which
 * buyers may share.
 */
function changesOf(
  { buyer }: Scenario,
  changes: readonly Change[],
  all: readonly Scenario[],
): readonly Change[] | undefined {
  if (!buyer) return changes;
  const keys = all.map((one) => `${one.buyer!.key}.`);
  const own: Change[] = [];
  for (const change of changes) {
    const key = keys.find((one) => change.path.startsWith(one));
    const path = change.path.slice(key?.length ?? 0);
    if (key === undefined || path.startsWith('fx.')) return undefined;
    if (key === `${buyer.key}.`) own.push({ ...change, path, typed: `${path}=${change.value}` });
  }
  return own;
}

function forecastsIn(
  { scenarios, diagnostics }: LoadedScenarios,
  currency: string | undefined,
): Result<readonly CachedForecast[]> {
  if (scenarios.length === 0) return failure(diagnostics);
  const forecasts: CachedForecast[] = [];
  for (const scenario of scenarios) {
    const variant = variantOf(scenario, currency);
    if (!variant.ok) return variant;
    forecasts.push(variant.value.forecast([])!);
  }
  return success(forecasts);
}
