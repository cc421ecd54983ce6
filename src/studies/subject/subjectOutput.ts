/** An output of a subject: of a portfolio the sum of those of its buyers, or that of one: `alibaba!servers@2026`. */
import { powerOfTen } from '../../core/number/decimal.js';
import { MONTHS_IN } from '../../core/period.js';
import { failure, success, type Result } from '../../core/result.js';
import { nearestKey, type Problem } from '../../core/text/diagnostic.js';
import { sayIn, type Language } from '../../core/text/language.js';
import { firstOf } from '../../core/text/prose.js';
import type { Closure } from '../../model/fx.js';
import { project } from '../../projection/compile.js';
import { latePeriod, readOutput, type Output } from '../../projection/output.js';
import { amountsOf, type OutputAmount } from '../../projection/outputAmounts.js';
import { namedTimes } from '../../projection/timeGroups.js';
import { buyerKey, type Scenario } from '../../scenario/scenario.js';
import { notesByBuyer, unlikeCalendars } from '../shared/portfolios.js';
import { splitOutputNotes } from '../shared/timeNotes.js';
import { currenciesOf } from '../variation/outputPlan.js';
import { subjectOf, type Subject } from './subject.js';

/** An output of a scenario, or a sum of outputs of members. */
export interface SubjectOutput extends Pick<Output, 'text' | 'measure' | 'unit' | 'group'> {
  /** By member; nothing where it is no part of the sum. */
  readonly parts: readonly (Output | undefined)[];
  /** Members that have the place, and nothing of the group of time. */
  readonly outside: readonly string[];
}

/** An output of a scenario by itself. */
export function soleOutput(output: Output): SubjectOutput {
  return { ...output, parts: [output], outside: [] };
}

const GRAMMAR = /^(?:([^!@:]*)!)?(.*)$/su;

/**
 * Reads an output as `readOutput` does. In a portfolio the key of a buyer may stand before it; without one it is
 * the sum of all buyers that have it, in the currency of the portfolio unless it names another.
 */
export function readSubjectOutput(subject: Subject, typed: string): Result<SubjectOutput, Problem> {
  const { members, portfolio } = subject;
  if (!portfolio) {
    const read = readOutput(typed, members[0]!);
    return read.ok ? success(soleOutput(read.value)) : read;
  }
  const text = typed.normalize('NFC');
  const late = latePeriod(text, members);
  if (late) return failure(late);
  const [, key, name = ''] = GRAMMAR.exec(text)!;
  if (key !== undefined && !members.some(({ buyer }) => buyer!.key === key)) {
    const known = new Map(members.map(({ buyer, title }) => [buyer!.key, title]));
    const remedy = nearestKey(key, known) ?? `one of ${firstOf(known.keys())}`;
    const message = `there is no buyer \`${key}\`: write ${remedy}`;
    return failure({ code: 'output-unknown', message });
  }
  const cell = withUnit(name, subject);
  const reads = members.map((member) =>
    key === undefined || member.buyer!.key === key ? readOutput(cell, member) : undefined,
  );
  const parts = reads.map((read) => (read?.ok ? read.value : undefined));
  const found = parts.filter((part) => part !== undefined);
  const [first] = found;
  const timeless = cell.replace(/@[^:]*/u, '');
  const outside = members.filter((member, m) => {
    return reads[m] && !reads[m].ok && readOutput(timeless, member).ok;
  });
  if (!first) return failure(problemIn(reads, members.indexOf(outside[0]!)));
  const summed = members.filter((_, m) => parts[m]);
  const [unlike] = unlikeCalendars(summed, first.dimensions);
  if (unlike) {
    const times = [...namedTimes(summed[0]!)];
    const [label] = times.find(([, { dimension }]) => dimension === unlike.remedy)!;
    const hint = `write @${label}, or name a buyer: \`${buyerKey(summed[0]!)}!${name}\``;
    return failure({ code: 'output-unknown', message: unlike.message, hint });
  }
  const { measure, unit } = first;
  return success({
    ...{ text, measure, unit, parts, group: commonGroup(found, outside.length > 0) },
    outside: outside.map(buyerKey),
  });
}

/**
 * Reads an output in one scenario, or in those of all buyers of a portfolio.
 *
 * @returns by scenario, nothing where the output is no part of it; the output is the sum of what they have
 */
export function readOutputs(
  typed: string,
  scenarios: readonly Scenario[],
): Result<readonly (Output | undefined)[], Problem> {
  const read = readSubjectOutput(subjectOf(scenarios), typed);
  return read.ok ? success(read.value.parts) : read;
}

/** The name of a cell with its measure and its currency: that of the portfolio, unless it has one. */
function withUnit(cell: string, { currency }: Subject): string {
  const [, place, measure = 'demand'] = /^([^:]*)(?::([a-z]+))?$/u.exec(cell) ?? [];
  if (place === undefined) return cell;
  return `${place}:${measure}${measure === 'units' ? '' : `.${currency.code}`}`;
}

/** Why no member has an output: the problem of the one that is nearest to having it, else of the first. */
function problemIn(
  reads: readonly (Result<Output, Problem> | undefined)[],
  nearest: number,
): Problem {
  const problems = reads.map((read) => (read && !read.ok ? read.diagnostics : undefined));
  return problems[nearest] ?? problems.find((one) => one !== undefined)!;
}

/** The group of time of a sum, if all of its parts hold the same months of it. */
function commonGroup(parts: readonly Output[], isPart: boolean): Output['group'] {
  const held = new Set(parts.map(({ group }) => group && `${group.label} ${group.held}`));
  return isPart || held.size > 1 ? undefined : parts[0]!.group;
}

/** What an output comes to, and what each member adds to it: in quanta of the unit of the sum. */
export interface SubjectAmount extends OutputAmount {
  readonly byMember: readonly bigint[];
  /** Of the unit of each member that has a part. */
  readonly places: readonly (number | undefined)[];
}

/** Each output of the forecasts of all members, in the finest of their units. */
export function subjectAmounts(
  { members }: Subject,
  outputs: readonly SubjectOutput[],
  closure?: Closure,
): readonly SubjectAmount[] {
  const amounts = members.map((member, m) => {
    const own = partsOf(outputs, m);
    const of = amountsOf(project(member, { currencies: currenciesOf(own), closure }), own);
    let next = 0;
    return outputs.map(({ parts }) => (parts[m] ? of[next++] : undefined));
  });
  return outputs.map((_, o) => {
    const all = amounts.map((own) => own[o]);
    const known = all.filter((one) => one !== undefined);
    const unit = known.map((one) => one.unit).reduce((a, b) => (b.places > a.places ? b : a));
    const byMember = all.map((one) =>
      one ? one.count * powerOfTen(unit.places - one.unit.places) : 0n,
    );
    const places = all.map((one) => one?.unit.places);
    return { byMember, places, unit, count: byMember.reduce((a, b) => a + b) };
  });
}

/** The outputs of a member. */
export function partsOf(outputs: readonly SubjectOutput[], member: number): readonly Output[] {
  return outputs.flatMap(({ parts }) => parts[member] ?? []);
}

/** Notes on the months that members do not have of an output, and on the periods that are split. */
export function outputNotes(
  { members, portfolio }: Subject,
  outputs: readonly SubjectOutput[],
  language?: Language,
): readonly string[] {
  const own = members.map((scenario, m) => ({ scenario, outputs: partsOf(outputs, m) }));
  const split = notesByBuyer(own, (one) => splitOutputNotes(one.scenario, one.outputs, language));
  if (!portfolio) return split;
  const say = sayIn(language);
  const missing = outputs.flatMap(({ parts, outside, group: common }) => {
    const groups = parts.flatMap((part, m) => {
      const { group } = part ?? {};
      return group ? [{ group, held: group.held, name: buyerKey(members[m]!) }] : [];
    });
    if (common || groups.length === 0) return [];
    const { group } = groups[0]!;
    const all = [...groups, ...outside.map((name) => ({ held: 0, name }))];
    const months = MONTHS_IN[group.unit];
    const counts = [...new Set(all.map(({ held }) => held))].filter((held) => held < months);
    return counts.map((held) => {
      const names = all.filter((one) => one.held === held).map(({ name }) => name);
      return say('{label}: {held} of {all} months for {names}', {
        ...{ label: group.label, held, all: months, names: names.join(', ') },
      });
    });
  });
  return [...new Set([...missing, ...split])];
}
