/** `capex watch` as a process: what it has printed so far, and what its page is told. */
import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { BIN, run, type Run } from './capex.js';

export interface Watching {
  /** What has been printed so far. */
  readonly printed: { readonly out: string; readonly err: string };
  /** Waits until what was printed since the last call, or since the start, has all of these texts. */
  readonly shows: (...texts: readonly string[]) => Promise<void>;
  readonly stop: (signal?: NodeJS.Signals) => Promise<Run>;
  readonly child: ReturnType<typeof run>['child'];
  readonly done: Promise<Run>;
}

export function watching(
  cwd: string,
  args: readonly string[],
  command: readonly string[] = [process.execPath, BIN],
): Watching {
  const [program, ...words] = command;
  const { child, done } = run(program!, [...words, 'watch', ...args], { cwd });
  const printed = { out: '', err: '' };
  child.stdout!.on('data', (chunk: Buffer) => (printed.out += chunk.toString('utf8')));
  child.stderr!.on('data', (chunk: Buffer) => (printed.err += chunk.toString('utf8')));
  let [out, err] = [0, 0];
  return {
    ...{ printed, child, done },
    shows: async (...texts) => {
      const isShown = () => {
        const text = printed.out.slice(out) + printed.err.slice(err);
        return texts.every((one) => text.includes(one));
      };
      await until(isShown, () => `${texts.join(', ')} in ${printed.out}${printed.err}`);
      [out, err] = [printed.out.length, printed.err.length];
    },
    stop: (signal = 'SIGINT') => {
      child.kill(signal);
      return done;
    },
  };
}

/** Waits until a condition holds. @param what is said where it never does */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: () => string,
): Promise<void> {
  const end = performance.now() + 50_000;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`waited in vain for ${what()}`);
    await sleep(5);
  }
}

/** What a page is told after a save. */
export interface ToldState {
  readonly page: number;
  readonly isBroken: boolean;
  readonly summary: string;
  readonly problems: string;
}

/** A page that is served, as a browser has it: what it is told, the newest last, and its text. */
export interface ServedPage {
  readonly states: readonly ToldState[];
  readonly text: () => Promise<string>;
  readonly close: () => void;
}

/** @param url the address that the command prints */
export function pageOf(url: string): ServedPage {
  const states: ToldState[] = [];
  let text = '';
  const request = get(new URL('events', url), (response) => {
    response.on('error', () => undefined);
    response.on('data', (chunk: Buffer) => {
      const events = (text + chunk.toString('utf8')).split('\n\n');
      text = events.pop()!;
      for (const event of events) {
        if (event.startsWith('data: ')) states.push(JSON.parse(event.slice(6)) as ToldState);
      }
    });
  });
  request.on('error', () => undefined);
  return {
    states,
    text: async () => (await fetch(new URL('page', url))).text(),
    close: () => request.destroy(),
  };
}
