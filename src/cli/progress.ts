/** The progress of a long job, on a terminal. */
import type { Job } from '../shell.js';

export interface Progress {
  /** Reports the pass, and how many items of it are done. */
  readonly report: (label: string, done: number) => void;
  /** Removes the line. */
  readonly end: () => void;
}

const WIDTH = 20;
const EVERY = 100;

/** One line that is overwritten; nothing if the stream is no terminal. */
export function progressOf(
  stream: NodeJS.WriteStream,
  { size, noun }: Job,
  quiet: boolean,
): Progress {
  if (!stream.isTTY || quiet) return { report: () => undefined, end: () => undefined };
  let [pass, began, before, shown] = ['', 0, 0, 0];
  return {
    report: (label, done) => {
      const now = performance.now();
      if (label !== pass) [pass, began, before] = [label, now, done];
      if (now - shown < EVERY) return;
      shown = now;
      const rate = (1000 * (done - before)) / (now - began);
      stream.write(`\r\x1b[K${lineOf(label, done / size, noun, rate, (size - done) / rate)}`);
    },
    end: () => {
      if (shown > 0) stream.write('\r\x1b[K');
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
