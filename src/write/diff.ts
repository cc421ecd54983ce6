/** Two versions of a text → the lines that differ, as `diff -u` and `patch` write and read them. */
import { plainStyle, type Style } from './style.js';

type Sign = ' ' | '-' | '+';

/** A line of the old text, of the new one, or of both; with the line end that it has. */
interface Line {
  readonly sign: Sign;
  readonly text: string;
}

/** Lines shown around those that differ. */
const AROUND = 3;

/**
 * Writes how two versions of a text differ; nothing where they do not.
 *
 * @param name of the file, which has both
 */
export function writeDiff(
  name: string,
  before: string,
  after: string,
  style: Style = plainStyle,
): string {
  const lines = edits(linesOf(before), linesOf(after));
  const hunks = hunksOf(lines).map(([from, to]) => writeHunk(lines, from, to, style));
  if (hunks.length === 0) return '';
  return `${style('title', `--- ${name}`)}\n${style('title', `+++ ${name}`)}\n${hunks.join('')}`;
}

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/**
 * The fewest lines that go and come (Myers, "An O(ND) difference algorithm", 1986): `reach` has, by
 * diagonal, how far into the old text the best way of so many steps leads.
 */
function edits(before: readonly string[], after: readonly string[]): readonly Line[] {
  const most = before.length + after.length;
  let reach = new Map([[1, 0]]);
  const history: ReadonlyMap<number, number>[] = [];
  for (let steps = 0; steps <= most; steps++) {
    history.push(reach);
    const next = new Map(reach);
    for (let diagonal = -steps; diagonal <= steps; diagonal += 2) {
      let x = goesDown(reach, diagonal, steps)
        ? reach.get(diagonal + 1)!
        : reach.get(diagonal - 1)! + 1;
      while (x < before.length && before[x] === after[x - diagonal]) x++;
      next.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length) return traced(history, before, after);
    }
    reach = next;
  }
  return [];
}

/** Whether the best way to a diagonal comes from the one above it, by a line that is new. */
function goesDown(reach: ReadonlyMap<number, number>, diagonal: number, steps: number): boolean {
  if (diagonal === -steps) return true;
  return diagonal !== steps && reach.get(diagonal - 1)! < reach.get(diagonal + 1)!;
}

/** The way back from the ends of both texts, step by step. */
function traced(
  history: readonly ReadonlyMap<number, number>[],
  before: readonly string[],
  after: readonly string[],
): readonly Line[] {
  const lines: Line[] = [];
  let [x, y] = [before.length, after.length];
  for (let steps = history.length - 1; steps >= 0; steps--) {
    const reach = history[steps]!;
    const isDown = goesDown(reach, x - y, steps);
    const diagonal = isDown ? x - y + 1 : x - y - 1;
    const startX = reach.get(diagonal)!;
    const [stepX, stepY] = isDown
      ? [startX, startX - diagonal + 1]
      : [startX + 1, startX - diagonal];
    while (x > stepX && y > stepY) [x, y] = keep(lines, before, x, y);
    if (steps === 0) break;
    lines.push(isDown ? { sign: '+', text: after[y - 1]! } : { sign: '-', text: before[x - 1]! });
    [x, y] = isDown ? [x, y - 1] : [x - 1, y];
  }
  while (x > 0 && y > 0) [x, y] = keep(lines, before, x, y);
  return lines.reverse();
}

function keep(lines: Line[], before: readonly string[], x: number, y: number): [number, number] {
  lines.push({ sign: ' ', text: before[x - 1]! });
  return [x - 1, y - 1];
}

/** Runs of lines that differ, with those around them; runs whose surroundings touch are one. */
function hunksOf(lines: readonly Line[]): readonly (readonly [number, number])[] {
  const hunks: [number, number][] = [];
  lines.forEach(({ sign }, i) => {
    if (sign === ' ') return;
    const [from, to] = [Math.max(i - AROUND, 0), Math.min(i + AROUND + 1, lines.length)];
    const last = hunks.at(-1);
    if (last && from <= last[1]) last[1] = to;
    else hunks.push([from, to]);
  });
  return hunks;
}

function writeHunk(lines: readonly Line[], from: number, to: number, style: Style): string {
  const count = (sign: Sign, some: readonly Line[]) =>
    some.filter((one) => one.sign === ' ' || one.sign === sign).length;
  const own = lines.slice(from, to);
  const range = (sign: '-' | '+') => {
    const [start, length] = [count(sign, lines.slice(0, from)), count(sign, own)];
    return `${sign}${length === 0 ? start : start + 1}${length === 1 ? '' : `,${length}`}`;
  };
  const head = style('place', `@@ ${range('-')} ${range('+')} @@`);
  return `${head}\n${own.map((line) => writeLine(line, style)).join('')}`;
}

function writeLine({ sign, text }: Line, style: Style): string {
  const line = sign + text.replace(/\n$/, '');
  const shown = sign === ' ' ? line : style(sign === '+' ? 'added' : 'gone', line);
  return `${shown}\n${text.endsWith('\n') ? '' : '\\ No newline at end of file\n'}`;
}
