/** Reads somebody's table as a careful person would, with no code of the engine: figures by their keys, or nothing. */

/** How a person is told to read a table. */
export interface NaiveTable {
  /** The line of the names, from 1; the first one that is filled unless given. */
  readonly header?: number;
  readonly decimal: '.' | ',';
  /** The column of the periods; the names of columns are the keys where it is not given. */
  readonly period?: string;
  /** The column of suppliers. */
  readonly owner?: string;
  /** The column of the figures; the others are by period, supplier or currency unless given. */
  readonly value?: string;
  readonly where?: Readonly<Record<string, readonly string[]>>;
  readonly keyOf: (label: string) => string | undefined;
  /** Our name of a supplier or a currency; nothing if a column is none. */
  readonly nameOf?: (text: string) => string | undefined;
  /** What a bare number is multiplied by. */
  readonly times: bigint;
  /** The scale that a cell may repeat behind its number. */
  readonly scale?: string;
  /** What every figure ends with, where a bare number is none. */
  readonly unit?: string;
  /** The column that says which part of a figure a row has; all parts of `where` are added. */
  readonly part?: string;
  /** Whether figures are for the year to date. */
  readonly isToDate?: boolean;
}

/** A number as digits before a scale of ten thousands of millionths: exact for all tables of the tests. */
const PLACES = 12n;
export const ONE = 10n ** PLACES;

/** The figures by key, each times `ONE`; nothing where a person would have to ask. */
export function naiveFigures(text: string, how: NaiveTable): Map<string, bigint> | undefined {
  const found = [',', ';', '\t'].map((sign) => figuresBy(sign, text, how)).filter((one) => one);
  return found.length === 1 ? found[0] : undefined;
}

function figuresBy(sign: string, text: string, how: NaiveTable): Map<string, bigint> | undefined {
  const lines = linesOf(text.replace(/^\uFEFF/, ''), sign);
  const below = lines.slice((how.header ?? 1) - 1).filter((line) => line.some(Boolean));
  const [names = [], ...rows] = below;
  const width = names.length;
  const wanted = [how.period, how.owner, how.value, ...Object.keys(how.where ?? {})];
  const isThere = (name: string | undefined) =>
    name === undefined || names.filter((one) => one === name).length === 1;
  if (!wanted.every(isThere) || width < 2) return undefined;
  const at = (row: readonly string[], name: string) => row[names.indexOf(name)] ?? '';
  const figures = new Map<string, bigint>();
  for (const row of rows) {
    if (row.filter(Boolean).length === 1 && !/^[-+(]?[\p{Sc}\d]/u.test(row.find(Boolean)!))
      continue;
    const isMet = ([name, values]: [string, readonly string[]]) => values.includes(at(row, name));
    if (!Object.entries(how.where ?? {}).every(isMet)) continue;
    if (row.slice(width).some(Boolean)) return undefined;
    for (const [column, name] of names.entries()) {
      const key = keyOf(row, name, how, at);
      const cell = row[column] ?? '';
      if (key === null || UNKNOWN.test(cell) || cell === '') continue;
      const figure = numberOf(cell, how);
      const own = how.part === undefined ? key : `${key} ${at(row, how.part)}`;
      if (key === undefined || figure === undefined || figures.has(own!)) return undefined;
      figures.set(own!, figure);
    }
  }
  const whole = how.part === undefined ? figures : withPartsAdded(figures, how.where![how.part]!);
  return whole && how.isToDate ? ofEachPeriod(whole) : whole;
}

/** The sums of all parts by key; nothing where one is missing. */
function withPartsAdded(
  figures: Map<string, bigint>,
  parts: readonly string[],
): Map<string, bigint> | undefined {
  const sums = new Map<string, bigint>();
  for (const key of new Set([...figures.keys()].map((one) => one.split(' ')[0]!))) {
    const own = parts.map((part) => figures.get(`${key} ${part}`));
    if (own.some((one) => one === undefined)) return undefined;
    sums.set(
      key,
      own.reduce<bigint>((sum, one) => sum + one!, 0n),
    );
  }
  return sums;
}

const UNKNOWN = /^(?:n\/?a|[-–—]{1,3})$/i;

/** The key of a cell; null if its column has no figures, and nothing if it cannot be told. */
function keyOf(
  row: readonly string[],
  name: string,
  { period, owner, value, keyOf: read, nameOf }: NaiveTable,
  at: (row: readonly string[], name: string) => string,
): string | undefined | null {
  // Brokers mark what they expect: 2025E.
  const label = (text: string) => read(text.replace(/(?<=\d)[AEF]$/, ''));
  if (name === period || name === owner) return null;
  if (value !== undefined) return name === value ? label(at(row, period!)) : null;
  const across = owner === undefined ? nameOf?.(name) : label(name);
  if (across === undefined) return null;
  const along = owner === undefined ? label(at(row, period!)) : nameOf?.(at(row, owner));
  if (along === undefined) return undefined;
  return owner === undefined ? `${across} ${along}` : `${along} ${across}`;
}

/** Each figure less the one of the quarter before it in its year. */
function ofEachPeriod(figures: Map<string, bigint>): Map<string, bigint> | undefined {
  const own = new Map<string, bigint>();
  for (const [key, figure] of figures) {
    const quarter = Number(key.slice(-1));
    const before = quarter === 1 ? 0n : figures.get(`${key.slice(0, -1)}${quarter - 1}`);
    if (before === undefined || before > figure) return undefined;
    own.set(key, figure - before);
  }
  return own;
}

/** Thousands apart by one sign, decimals behind another, a percent sign, and parentheses or a minus. */
function numberOf(cell: string, { decimal, times, scale, unit }: NaiveTable): bigint | undefined {
  if (unit !== undefined && !cell.endsWith(unit)) return undefined;
  const tail = unit ?? scale;
  const text =
    tail !== undefined && cell.endsWith(tail) ? cell.slice(0, -tail.length).trim() : cell;
  const inner = /^\((.*)\)$/.exec(text)?.[1] ?? /^[-−](.*)$/.exec(text)?.[1];
  const percent = /^(.*?)\s*%$/.exec(inner ?? text);
  const [whole = '', decimals = '', ...more] = (percent?.[1] ?? inner ?? text).split(decimal);
  const apart = decimal === '.' ? ',' : '.';
  const groups = whole.split(
    [apart, ' ', '\u00A0', "'"].find((sign) => whole.includes(sign)) ?? apart,
  );
  const isGrouped =
    groups.length === 1
      ? /^(?:0|[1-9]\d*)$/.test(whole)
      : /^[1-9]\d{0,2}$/.test(groups[0]!) && groups.slice(1).every((one) => /^\d{3}$/.test(one));
  const isIndian =
    groups.length > 2 &&
    groups.slice(1, -1).every((one) => /^\d\d$/.test(one)) &&
    /^[1-9]\d?$/.test(groups[0]!) &&
    /^\d{3}$/.test(groups.at(-1)!);
  const hasDecimals = (percent?.[1] ?? inner ?? text).includes(decimal);
  if ((!isGrouped && !isIndian) || more.length > 0 || !/^\d*$/.test(decimals)) return undefined;
  if (hasDecimals && decimals === '') return undefined;
  const digits = BigInt(groups.join('') + decimals) * times * (percent ? ONE / 100n : ONE);
  const scaled = digits / 10n ** BigInt(decimals.length);
  return inner === undefined ? scaled : -scaled;
}

/** The cells of each line, outer blanks and quotes taken off. */
function linesOf(text: string, sign: string): string[][] {
  return text.split(/\r\n|\n|\r/).map((line) => {
    const cells = [''];
    let isQuoted = false;
    for (const one of line) {
      if (one === '"') isQuoted = !isQuoted;
      if (one === sign && !isQuoted) cells.push('');
      else cells.push(`${cells.pop()!}${one}`);
    }
    return cells.map((cell) => {
      const bare = cell.trim();
      const plain = /^"(.*)"$/.exec(bare)?.[1]?.replaceAll('""', '"') ?? bare;
      return plain.trim().normalize('NFC');
    });
  });
}
