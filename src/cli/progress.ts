/** How far long work has come, for whoever looks at a terminal. */
import type { Job } from '../shell.js';

export interface Progress {
  /** What is being done, and of how many it has been done. */
  readonly tell: (label: string, done: number) => void;
  /** Takes the line away again. */
  readonly end: () => void;
}

const WIDTH = 20;
const EVERY = 100;

/** One line that is written over; nothing where nobody looks. */
export function progressOf(
  stream: NodeJS.WriteStream,
  { size, noun }: Job,
  quiet: boolean,
): Progress {
  if (!stream.isTTY || quiet) return { tell: () => undefined, end: () => undefined };
  let [doing, began, before, told] = ['', 0, 0, 0];
  return {
    tell: (label, done) => {
      const now = performance.now();
      if (label !== doing) [doing, began, before] = [label, now, done];
      if (now - told < EVERY) return;
      told = now;
      const rate = (1000 * (done - before)) / (now - began);
      stream.write(`\r\x1b[K${lineOf(label, done / size, noun, rate, (size - done) / rate)}`);
    },
    end: () => {
      if (told > 0) stream.write('\r\x1b[K');
    },
  };
}

/** `drawing ██████              31%  214,000 draws/s  3 s left` */
function lineOf(label: string, part: number, noun: string, rate: number, left: number): string {
  const bar = '█'.repeat(Math.floor(part * WIDTH)).padEnd(WIDTH);
  const percent = `${Math.floor(part * 100)}%`.padStart(4);
  if (!(rate > 0)) return `${label} ${bar} ${percent}`;
  const speed = Math.round(rate)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
  return `${label} ${bar} ${percent}  ${speed} ${noun}/s  ${timeOf(left)} left`;
}

function timeOf(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.ceil(seconds / 60)} min` : `${Math.ceil(seconds / 3600)} h`;
}
