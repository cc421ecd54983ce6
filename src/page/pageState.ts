/** What the reader of a page has chosen, and its link: the part of an address behind `#`. */
import { CLOSURES, type Language } from '../index.js';

export interface PageState {
  readonly language: Language;
  /** The index of the file that is shown. */
  readonly file: number;
  /** The literals of the changed inputs by path. */
  readonly changes: ReadonlyMap<string, string>;
  /** Empty: the closure of the scenario. */
  readonly closure: string;
  /** The unit of money, `bn`; empty: the usual one of the file. */
  readonly unit: string;
  /** The dimension of time of the tables; empty: the usual one of the file. */
  readonly time: string;
  /** The component or the supplier whose drivers and probabilities are shown; empty: the first supplier. */
  readonly of: string;
  /** The table of suppliers. */
  readonly group: string;
  readonly search: string;
  readonly sort: { readonly column: number; readonly isDown: boolean } | undefined;
}

export function firstState(language: Language): PageState {
  return {
    ...{ language, file: 0, changes: new Map(), closure: '', unit: '', time: '', of: '' },
    ...{ group: '', search: '', sort: undefined },
  };
}

/** The units of money that a page offers. */
export const MONEY_UNITS = ['1', 'm', 'bn', '万', '亿'] as const;

/** The changes as `--set` takes them. */
export function setOf({ changes }: Pick<PageState, 'changes'>): readonly string[] {
  return [...changes].map(([path, literal]) => `${path}=${literal}`);
}

/** The state as the fragment of a link; only what differs from the first state. */
export function fragmentOf(state: PageState): string {
  const first = firstState(state.language);
  const words = new URLSearchParams();
  const put = (name: string, value: string, usual: string) => {
    if (value !== usual) words.append(name, value);
  };
  put('lang', state.language, 'en');
  put('file', String(state.file), '0');
  put('closure', state.closure, first.closure);
  put('in', state.unit, first.unit);
  put('by', state.time, first.time);
  put('of', state.of, first.of);
  put('group', state.group, first.group);
  put('find', state.search, first.search);
  put('sort', sortText(state), sortText(first));
  for (const change of setOf(state)) words.append('set', change);
  return words.toString();
}

/** `2`, or `2-down`: the index of a column. */
function sortText({ sort }: Pick<PageState, 'sort'>): string {
  return sort ? `${sort.column}${sort.isDown ? '-down' : ''}` : '';
}

function sortOf(text: string): PageState['sort'] {
  const [, column, down] = /^(\d{1,3})(-down)?$/.exec(text) ?? [];
  return column === undefined ? undefined : { column: Number(column), isDown: down !== undefined };
}

/** @param files how many files the page has */
export function stateOf(fragment: string, usual: Language, files: number): PageState {
  const words = new URLSearchParams(fragment);
  const lang = words.get('lang');
  const first = firstState(lang === 'zh' || lang === 'en' ? lang : usual);
  const file = Number(words.get('file') ?? 0);
  const unit = MONEY_UNITS.find((one) => one === words.get('in')) ?? first.unit;
  const changes = words.getAll('set').flatMap((change): [string, string][] => {
    const at = change.indexOf('=');
    return at < 1 ? [] : [[change.slice(0, at), change.slice(at + 1)]];
  });
  return {
    ...first,
    file: Number.isInteger(file) && file >= 0 && file < files ? file : 0,
    ...{ unit, changes: new Map(changes) },
    closure: CLOSURES.find((one) => one === words.get('closure')) ?? '',
    time: words.get('by') ?? '',
    of: words.get('of') ?? '',
    group: words.get('group') ?? '',
    search: words.get('find') ?? '',
    sort: sortOf(words.get('sort') ?? ''),
  };
}
