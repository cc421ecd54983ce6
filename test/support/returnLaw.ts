/** One random case of the way back: scenario files, numbers typed into cells of their workbook, and what is written. */
import { fraction, equal, type Fraction } from '../../src/core/number/fraction.js';
import { printFraction } from '../../src/core/number/decimal.js';
import type { ReadFile } from '../../src/core/text/fileRequest.js';
import { isRest, type Share } from '../../src/model/input.js';
import { PRICE, type Quantity } from '../../src/model/inputKind.js';
import { compile } from '../../src/projection/compile.js';
import { load } from '../../src/scenario/load.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { workbook } from '../../src/workbook/book.js';
import { importChanges, type ImportResult } from '../../src/workbook/import/importChanges.js';
import type { Workbook } from '../../src/workbook/workbook.js';
import { dice, type Dice } from './dice.js';
import { scenarioFiles, type ScenarioFiles } from './scenarioFiles.js';

/** A number typed over the value or an end of the range of an input. */
export interface TypedNumber {
  /** Of the scenario among those of the workbook. */
  readonly scenario: number;
  readonly path: string;
  readonly of: 'value' | 'low' | 'high';
  readonly number: Fraction;
}

/** Scenario files, the workbook that is made of them, and what is typed into it. */
export interface ReturnCase extends ScenarioFiles {
  readonly scenarios: readonly Scenario[];
  readonly book: Workbook;
  readonly typed: readonly TypedNumber[];
}

/** Reads the files of a case, some of them in a new text. */
export function readerOf(files: Readonly<Record<string, string>>): ReadFile {
  return ({ path }) =>
    files[path] === undefined
      ? { ok: false, diagnostics: { message: 'no such file', hint: 'write one' } }
      : { ok: true, value: { name: path, text: files[path] } };
}

export function loadAll(
  files: Readonly<Record<string, string>>,
  onto: readonly string[],
  set: readonly string[],
): readonly (Scenario | undefined)[] {
  const read = readerOf(files);
  return onto.map((name) => load(files[name]!, { name, set, read }).scenario);
}

/** Nothing where the random files are no valid scenarios. */
export function returnCase(seed: number): ReturnCase | undefined {
  const found = scenarioFiles(seed);
  const { files, onto, set } = found;
  const scenarios = loadAll(files, onto, set).filter((one) => one !== undefined);
  if (scenarios.length < onto.length) return undefined;
  const isChinese = seed % 3 === 0;
  const book = workbook(
    scenarios.map((one) => compile(one)),
    [...set.flatMap((one) => ['--set', one]), ...(isChinese ? ['--lang', 'zh'] : [])],
    isChinese ? 'zh' : undefined,
  );
  return { ...found, scenarios, book, typed: numbersTyped(dice(seed + 1), scenarios) };
}

/** One to four numbers, often those of one path in several scenarios, often equal. */
function numbersTyped(d: Dice, scenarios: readonly Scenario[]): readonly TypedNumber[] {
  const cells = scenarios.flatMap((one, scenario) =>
    cellsOf(one).map((cell) => ({ ...cell, scenario })),
  );
  const chosen = new Map<string, TypedNumber>();
  const type = (cell: (typeof cells)[number], number: Fraction) => {
    const { scenario, path, of } = cell;
    chosen.set(`${scenario} ${path} ${of}`, { scenario, path, of, number });
  };
  for (let i = 0; i < 1 + d.int(4); i++) {
    const cell = d.pick(cells);
    const number = near(d, cell.number);
    type(cell, number);
    const others = cells.filter((one) => one.path === cell.path && one.of === cell.of);
    const kin = cells.filter((one) => equal(one.number, cell.number) && one.of === cell.of);
    if (d.chance(40)) for (const other of d.chance(50) ? others : kin) type(other, number);
    if (d.chance(15)) for (const other of others) type(other, near(d, other.number));
  }
  return [...chosen.values()];
}

/** A number with few digits, up to a third away, seldom 0 or far away. */
function near(d: Dice, { n, d: under }: Fraction): Fraction {
  const factor = d.chance(4) ? d.pick([0, 10_000_000, 1]) : 700 + d.int(600);
  const value = Number(n) / Number(under) || 0.1;
  return parsed(((value * factor) / 1000).toPrecision(d.pick([2, 3, 6])));
}

function parsed(text: string): Fraction {
  const [digits, exponent = '0'] = text.split('e');
  const [whole, decimals = ''] = digits!.split('.');
  const shift = Number(exponent) - decimals.length;
  const count = BigInt(whole! + decimals);
  return shift < 0
    ? fraction(count, 10n ** BigInt(-shift))
    : fraction(count * 10n ** BigInt(shift));
}

/** Every number of a scenario, as people count: yuan, and 0.35 for 35%. */
export function cellsOf({ inputs }: Pick<Scenario, 'inputs'>) {
  return inputs.flatMap((input) =>
    isRest(input)
      ? []
      : (['value', 'low', 'high'] as const).flatMap((of) => {
          const number = numberOf(input, of);
          return number ? [{ path: input.path, of, number }] : [];
        }),
  );
}

function numberOf(input: Share, of: TypedNumber['of']): Fraction | undefined {
  if (isRest(input)) return undefined;
  const quantity: Quantity | undefined = of === 'value' ? input : input.attributes[of]?.value;
  if (!quantity) return undefined;
  const { value, currency } = quantity;
  const places = currency && input.kind !== PRICE ? currency.places : 0;
  return fraction(value.n, value.d * 10n ** BigInt(places));
}

export function imported(
  { files, onto }: ScenarioFiles,
  book: Parameters<typeof importChanges>[0],
): ImportResult {
  const sources = onto.map((name) => ({ name, text: files[name]! }));
  return importChanges(book, sources, readerOf(files));
}

/** What the files say after an import, and the cells that they contradict. */
export function contradictions(
  { files, onto, set, scenarios, typed }: ReturnCase,
  result: ImportResult,
): readonly string[] {
  const written = Object.fromEntries(result.files.map(({ source, text }) => [source.name, text]));
  const after = loadAll({ ...files, ...written }, onto, set);
  return scenarios.flatMap((before, i) => {
    const own = typed.filter(({ scenario }) => scenario === i);
    const said = after[i] && listed(after[i], []);
    const shown = listed(before, own);
    if (!said) return [`${onto[i]!} is no scenario any more`];
    const lines = [...new Set([...said, ...shown])];
    return lines
      .filter((line) => !said.includes(line) || !shown.includes(line))
      .map((line) => `${onto[i]!}: ${said.includes(line) ? 'said' : 'shown'} ${line}`);
  });
}

/** The numbers of a scenario as lines, with those that were typed. */
function listed(scenario: Scenario, typed: readonly TypedNumber[]): readonly string[] {
  const rests = scenario.inputs.filter(isRest).map(({ path }) => `${path} rest`);
  const numbers = cellsOf(scenario).map(({ path, of, number }) => {
    const other = typed.find((one) => one.path === path && one.of === of);
    return `${path} ${of} ${printFraction(other?.number ?? number)}`;
  });
  return [...rests, ...numbers];
}
