/** The study `backtest`: a past forecast, and two naive ones, compared with what has been reported since. */
import * as z from 'zod';
import type { Currency } from '../../core/number/currency.js';
import { powerOfTen, printDecimal } from '../../core/number/decimal.js';
import { fraction, roundHalfEven, type Fraction } from '../../core/number/fraction.js';
import { failure, success, type Result } from '../../core/result.js';
import { textRecordsOf, type Column, type Table } from '../../core/table.js';
import type { Diagnostic } from '../../core/text/diagnostic.js';
import { sayIn, sayName, type Language, type Say } from '../../core/text/language.js';
import type { SourceText } from '../../core/text/source.js';
import type { Scenario } from '../../scenario/scenario.js';
import {
  readActuals,
  readBuyersActuals,
  type BuyerActuals,
} from '../../scenario/tables/actualsFile.js';
import type { Answer } from '../answer.js';
import {
  exactSum,
  sheetHeadings,
  publishSideBySide,
  relative,
  sideBySideSheets,
  type Pair,
  type SideBySide,
} from '../compare/sideBySide.js';
import { namedColumns } from '../shared/columns.js';
import { sumIn } from '../shared/lineKinds.js';
import { numberFormat, percentOf, printCount, unitIn } from '../shared/numberFormat.js';
import { fileOption, lang, publishOptions, show } from '../shared/options.js';
import { tableId } from '../shared/portfolios.js';
import { sheetFormat, tableAdjustmentNotes, tidyFormat } from '../shared/publishLines.js';
import type { Study } from '../study.js';
import { compareMethods, type MethodComparison } from './naiveForecasts.js';
import { sumOfBuyers, type BuyerComparison } from './sumOfBuyers.js';

const options = z.object({
  actuals: fileOption(
    'CSV file of reported amounts by period of the scenario’s calendar; of a portfolio with a column buyer',
  ),
  basis: z
    .string()
    .optional()
    .meta({ description: 'The basis of the rows that count, if the file has several' }),
  encoding: z
    .enum(['utf-8', 'gb18030'], { error: 'write gb18030, or leave it out' })
    .optional()
    .meta({ description: 'gb18030 for the CSV that a Chinese Excel saves; default: utf-8' }),
  unit: z
    .string()
    .optional()
    .meta({ description: 'The unit of the amounts, if no heading says it: 亿 CNY' }),
  cumulative: z.boolean().optional().meta({ description: 'The amounts are year to date' }),
  attributable: z.string().optional().meta({
    description: 'Share of the amounts that counts, such as 95%; default: the scenario’s',
  }),
  show,
  lang,
  ...publishOptions,
});

type Given = z.output<typeof options>;

export const backtest: Study<typeof options> = {
  name: 'backtest',
  summary: 'A past forecast compared with what has been reported since',
  files: 'one',
  options,
  example:
    'backtest scenarios/alibaba-380bn.yaml \\\n' +
    '    --actuals scenarios/actuals/alibaba-capex.csv --basis headline --show',
  run: (scenarios, args) => {
    const read = reportedOf(scenarios, args);
    if (!read.ok) return read;
    const compared = read.value.flatMap(({ scenario, actuals }): readonly BuyerComparison[] => {
      const found = compareMethods(scenario, actuals);
      return found.outcomes.length > 0 ? [{ scenario, found }] : [];
    });
    const [first, ...others] = compared;
    return first ? success(answer([first, ...others], args)) : failure([noOutcome(args.actuals)]);
  },
};

/** What is reported of a scenario, or of the buyers of a portfolio. */
function reportedOf(scenarios: readonly Scenario[], args: Given): Result<readonly BuyerActuals[]> {
  const [scenario] = scenarios as [Scenario];
  if (scenario.buyer) return readBuyersActuals(scenarios, args.actuals, args);
  const actuals = readActuals(scenario, args.actuals, args);
  return actuals.ok ? success([{ scenario, actuals: actuals.value }]) : actuals;
}

function noOutcome({ name }: SourceText): Diagnostic {
  return {
    code: 'period-outside',
    severity: 'error',
    span: { source: { name: '--actuals', text: name }, start: 0, end: name.length },
    message: 'the reported periods are either outside the window or already in `actuals`',
    hint: 'use a file with later periods, or a scenario of an earlier date',
  };
}

/** Forecasts and what was reported, in one currency: of a scenario, of a buyer, or of the sum over buyers. */
interface Subject {
  /** Of the buyer; empty for the sum; nothing for a scenario by itself. */
  readonly buyer: string | undefined;
  readonly currency: Currency;
  readonly found: MethodComparison;
}

/** Every buyer, and their sum where there is one; or the reason why there is none. */
function subjectsOf(compared: readonly [BuyerComparison, ...BuyerComparison[]]) {
  const [{ scenario }] = compared;
  const subjects = compared.map(({ scenario: { buyer, currency }, found }): Subject => {
    return { buyer: buyer?.key, currency, found };
  });
  if (compared.length === 1) return { subjects, reason: undefined };
  const sum = sumOfBuyers(compared, tableId(scenario));
  if (!sum.ok) return { subjects, reason: sum.diagnostics };
  const whole: Subject = { buyer: '', currency: scenario.currency, found: sum.value };
  return { subjects: [...subjects, whole], reason: undefined };
}

function answer(compared: readonly [BuyerComparison, ...BuyerComparison[]], args: Given): Answer {
  const { lang: language } = args;
  const say = sayIn(language);
  const [{ scenario }] = compared;
  const { subjects, reason } = subjectsOf(compared);
  const published = subjects.map((subject) =>
    publishSideBySide(pairsOf(subject, sayIn()), tidyFormat(args)),
  );
  const inWords = subjects.map((subject) => withBuyer(pairsOf(subject, say), subject.buyer));
  const table = backtestTable(scenario, subjects, published, language);
  const shown = () =>
    inWords.flatMap((beside) =>
      sideBySideSheets(
        publishSideBySide(
          beside,
          sheetFormat(beside.pairs, (pair) => pair.base, args),
          sheetHeadings(beside, language),
        ),
        { lang: language },
      ),
    );
  return {
    table,
    document: { as_of: scenario.asOf, rows: textRecordsOf(table) },
    ...(args.show && { sheets: shown() }),
    notes: [
      ...inWords.flatMap(({ scenarios, pairs }, i) =>
        scenarios.map((method) =>
          verdict(
            subjects[i]!,
            pairs.filter((pair) => pair.scenario === method),
            language,
          ),
        ),
      ),
      ...(reason ? [say(reason)] : []),
      say(
        'an error is forecast − reported; percentages are of the reported amount, rounded half-even to 2 decimals',
      ),
      ...(compared.every((one) => one.scenario.asOf)
        ? []
        : [
            say('the scenario has no `as_of`: it may use information from later than the forecast'),
          ]),
    ],
  };
}

/** Every method side by side with the reported amounts. */
function pairsOf({ currency, found: { outcomes, methods } }: Subject, say: Say): SideBySide {
  const unit = { label: currency.code, places: currency.places, multiple: 1n };
  const quanta = powerOfTen(currency.places);
  const pairs = methods.flatMap(({ name, forecasts }) =>
    outcomes.map(({ period, reported }, i): Pair => {
      const value = forecasts[i]!;
      return {
        ...{ labels: [period.label], measure: 'demand', unit, scenario: sayName(name, say) },
        ...{ base: reported, value, difference: value - reported },
        exact: { base: fraction(reported, quanta), value: fraction(value, quanta) },
      };
    }),
  );
  const scenarios = methods.map(({ name }) => sayName(name, say));
  return { dimensions: ['period'], base: say('reported'), scenarios, pairs, adjusted: [] };
}

/** Two buyers may have methods of one name: what people read names the buyer too. */
function withBuyer(beside: SideBySide, buyer: string | undefined): SideBySide {
  if (!buyer) return beside;
  const nameOf = (method: string) => `${buyer}: ${method}`;
  return {
    ...beside,
    scenarios: beside.scenarios.map(nameOf),
    pairs: beside.pairs.map((pair) => ({ ...pair, scenario: nameOf(pair.scenario) })),
  };
}

const TEXT = ['method', 'period', 'span', 'unit'];
const BUYER: Column = {
  name: 'buyer',
  kind: 'text',
  description: 'The key of the buyer; empty for the sum over buyers.',
};
const NUMBERS = ['reported', 'forecast', 'error', 'relative'];

/**
 * By method: each period alone, then all of them up to it (`to_date`), then the mean error (`bias`)
 * and the mean of the errors without their signs (`absolute`).
 */
function backtestTable(
  scenario: Scenario,
  subjects: readonly Subject[],
  published: readonly SideBySide[],
  language?: Language,
): Table {
  const { buyer } = scenario;
  return {
    columns: [
      ...namedColumns('text', ['scenario']),
      ...(buyer ? [BUYER] : []),
      ...namedColumns('text', TEXT),
      ...namedColumns('number', NUMBERS),
    ],
    rows: subjects.flatMap((subject, i) => {
      const place = [tableId(scenario), ...(buyer ? [subject.buyer!] : [])];
      return rowsOf(published[i]!).map((row) => [...place, ...row]);
    }),
    notes: published.flatMap(({ adjusted }) => tableAdjustmentNotes(adjusted, language)),
  };
}

function rowsOf({ scenarios, pairs }: SideBySide): readonly (readonly string[])[] {
  return scenarios.flatMap((method) => {
    const own = pairs.filter((pair) => pair.scenario === method);
    const places = own[0]!.unit.places;
    const row = (period: string, span: string, of: readonly Pair[]) => {
      const sums = (['base', 'value', 'difference'] as const).map((name) =>
        printDecimal(
          sumIn(places, of, (pair) => pair[name]),
          places,
        ),
      );
      return [method, period, span, own[0]!.unit.label, ...sums, relative(exactSum(of))];
    };
    const mean = (span: string, { error, share }: Mean) => {
      const count = printDecimal(roundHalfEven(error), places);
      return [method, 'all', span, own[0]!.unit.label, '', '', count, share];
    };
    return [
      ...own.flatMap((pair, i) => [
        row(pair.labels[0]!, 'period', [pair]),
        row(pair.labels[0]!, 'to_date', own.slice(0, i + 1)),
      ]),
      mean(
        'bias',
        meanError(own, (error) => error),
      ),
      mean('absolute', meanError(own, magnitude)),
    ];
  });
}

/** The mean error of a method in quanta, and the sum of its errors in percent of the reported amounts. */
interface Mean {
  readonly error: Fraction;
  readonly share: string;
}

function meanError(pairs: readonly Pair[], of: (error: bigint) => bigint): Mean {
  const errors = pairs.reduce((sum, { difference }) => sum + of(difference), 0n);
  const reported = pairs.reduce((sum, { base }) => sum + base, 0n);
  return {
    error: fraction(errors, BigInt(pairs.length)),
    share: percentOf(fraction(errors), fraction(reported)),
  };
}

const magnitude = (error: bigint) => (error < 0n ? -error : error);

/** A note on a method: its mean errors, each rounded by itself. */
function verdict({ currency }: Subject, pairs: readonly Pair[], lang?: Language): string {
  const { scenario: method, unit } = pairs[0]!;
  const [bias, absolute] = [meanError(pairs, (error) => error), meanError(pairs, magnitude)];
  const format = numberFormat('demand', unit.places, absolute.error.n / absolute.error.d, { lang });
  const print = ({ error, share }: Mean) =>
    `${printCount(roundHalfEven(error), format)} ${unitIn(format, currency.code)} (${share}%)`;
  return sayIn(lang)('{method}: bias {bias} per period, mean absolute error {absolute}', {
    ...{ method, bias: print(bias), absolute: print(absolute) },
  });
}
