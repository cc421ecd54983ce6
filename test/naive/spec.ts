/**
 * A scenario as plain data in the very shape of its YAML, every number the literal that the file
 * shows, and its printing as YAML 1.2.
 */

export type ByPeriod<T> = { readonly [period: string]: T };
export type Stepped = string | ByPeriod<string>;

export type Phasing =
  | 'even'
  | { readonly growth: string; readonly per: 'year' | 'period' }
  | { readonly years: ByPeriod<string> }
  | { readonly weights: readonly string[] };

export type Split = { readonly of?: string; readonly split: Readonly<Record<string, string>> };
/** A quantity of units: a count, or a ratio to another quantity. */
export type Quantity =
  | { readonly count: Stepped; readonly unit?: string }
  | { readonly per: string; readonly ratio: Stepped; readonly unit?: string };
export type Units = { readonly units: Readonly<Record<string, Quantity>> };
export type Estimate = Split | Units;
export type Mixture = string | { readonly blend: Readonly<Record<string, string>> };

export type Price = {
  readonly value: Stepped;
  readonly unit?: string;
  readonly quantum?: string;
  readonly at?: string;
  readonly erosion?: string;
};

export type Supplier = string | { readonly share: Stepped; readonly price?: Price };

/** A part that suppliers buy in, with its makers; a bare string is its `part` and nothing else. */
export type Bought =
  | string
  | {
      readonly part: Stepped;
      readonly name?: string;
      readonly suppliers?: Readonly<Record<string, string | { readonly share: Stepped }>>;
    };

/** A leaf, or, with `components`, a sub-tree; `part` stands in sub-components only. */
export type Component = {
  readonly part?: Stepped;
  readonly name?: string;
  readonly pricing?: Readonly<
    Record<string, { readonly content: Stepped; readonly pass_through?: Stepped }>
  >;
  readonly price?: Price;
  readonly life?: string | undefined;
  readonly in_service?: 'same' | 'next' | undefined;
  readonly lag?: Readonly<Record<string, readonly string[]>>;
  readonly suppliers?: Readonly<Record<string, Supplier>>;
  /** Beside suppliers only. */
  readonly bill?: Readonly<Record<string, Bought>>;
  /** A bare string is a leaf that has its `part` and nothing else. */
  readonly components?: Readonly<Record<string, Component | string>>;
};

export type Company = {
  readonly name?: string;
  readonly currency?: string;
  readonly fiscal_year_ends?: number;
};

export type Unit = 'month' | 'quarter' | 'year';
export type Closure = 'budget' | 'volume' | 'scale';

export type Spec = {
  /** Not in the YAML: the currencies in which the run is to be reported. */
  readonly currencies: readonly string[];
  readonly scenario: string;
  readonly title: string;
  readonly as_of: string;
  readonly currency: string;
  readonly calendar: {
    readonly fiscal_year_ends: number;
    readonly from: string;
    readonly to: string;
    readonly period: Unit;
  };
  /** Where it follows from units, there is neither `phasing` nor `mix`. */
  readonly envelope: string | { readonly from: string };
  readonly phasing?: Phasing;
  readonly estimates: Readonly<Record<string, Estimate>>;
  readonly mix?: Mixture | ByPeriod<Mixture>;
  readonly components?: Readonly<Record<string, Component>>;
  readonly suppliers?: Readonly<Record<string, Company>>;
  readonly fx?: {
    readonly base?: Readonly<Record<string, string>>;
    readonly path?: Readonly<Record<string, Stepped>>;
    readonly closure?: Closure;
  };
  readonly actuals?: {
    readonly periods: ByPeriod<string>;
    readonly attributable?: Stepped;
    readonly reforecast?: 'keep-envelope' | 'keep-phasing';
  };
};

type Yaml = string | number | readonly Yaml[] | { readonly [key: string]: Yaml | undefined };

/** The scenario file. `shuffle` reorders the keys of every map; the file means the same. */
export function toYaml(spec: Spec, shuffle: (keys: string[]) => string[] = (keys) => keys): string {
  return block({ ...spec, currencies: undefined }, '', shuffle);
}

function block(
  map: { readonly [key: string]: Yaml | undefined },
  indent: string,
  shuffle: Shuffle,
) {
  let text = '';
  for (const key of shuffle(Object.keys(map))) {
    const value = map[key];
    if (value === undefined) continue;
    if (isMap(value) && !isSmall(value)) {
      text += `${indent}${key}:\n${block(value, `${indent}  `, shuffle)}`;
    } else {
      text += `${indent}${key}: ${flow(value, shuffle)}\n`;
    }
  }
  return text;
}

function flow(value: Yaml, shuffle: Shuffle): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return scalar(value);
  if (isList(value)) return `[${value.map((item) => flow(item, shuffle)).join(', ')}]`;
  const entries = shuffle(Object.keys(value)).flatMap((key) => {
    const item = value[key];
    return item === undefined ? [] : [`${key}: ${flow(item, shuffle)}`];
  });
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** Quoted or plain is the same, so each of the three spellings gets its share of the literals. */
function scalar(text: string): string {
  let sum = 0;
  for (const character of text) sum += character.charCodeAt(0);
  if (sum % 8 === 0) return `"${text}"`;
  if (sum % 8 === 1) return `'${text}'`;
  return text;
}

type Shuffle = (keys: string[]) => string[];

function isList(value: Yaml): value is readonly Yaml[] {
  return Array.isArray(value);
}

function isMap(value: Yaml): value is { readonly [key: string]: Yaml | undefined } {
  return typeof value === 'object' && !isList(value);
}

/** Maps of at most four scalars are printed in flow style, to have both styles in a file. */
function isSmall(map: { readonly [key: string]: Yaml | undefined }): boolean {
  const values = Object.values(map);
  return values.length <= 4 && values.every((value) => typeof value !== 'object');
}
