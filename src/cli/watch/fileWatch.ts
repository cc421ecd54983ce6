/**
 * Waits until one of several files changes. The system tells of changes in folders: editors save by a new file
 * under the old name. Every second the files are looked at anyway, as not every file system tells.
 */
import { statSync, watch, type FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';
import { changedPaths, type FileStates } from './watchedFiles.js';

/** Milliseconds between two looks, where the system tells nothing. */
const LOOK_EVERY = 1000;
/** Milliseconds without a change after which a save has ended, and the longest time that this is waited for. */
const QUIET = 50;
const LONGEST_SAVE = 500;

export interface FileWatch {
  /**
   * Waits until something else stands at one of the paths, and the save has ended.
   *
   * @param isOver asked after every `wake`: whether to wait no longer
   * @returns the paths that have changed; none if the wait is over
   */
  readonly next: (states: FileStates, isOver: () => boolean) => Promise<readonly string[]>;
  /** Lets `next` ask `isOver` at once. */
  readonly wake: () => void;
  /** Ends everything that it has started. */
  readonly close: () => void;
}

export function fileWatch(): FileWatch {
  const changes = changeSignal();
  const folders = foldersOf(changes.tell);
  const endOfSave = async () => {
    const end = performance.now() + LONGEST_SAVE;
    while ((await changes.wait(QUIET)) && performance.now() < end);
  };
  return {
    next: async (states, isOver) => {
      while (!isOver()) {
        folders.follow(states);
        if (changedPaths(states).length === 0) {
          await changes.wait(LOOK_EVERY);
          continue;
        }
        await endOfSave();
        const changed = changedPaths(states);
        if (changed.length > 0) return changed;
      }
      return [];
    },
    wake: changes.tell,
    close: folders.close,
  };
}

/** A signal that something has changed. One that comes before anybody waits for it is not lost. */
function changeSignal() {
  let isTold = false;
  let wake = () => {};
  return {
    tell: () => {
      isTold = true;
      wake();
    },
    /** @returns whether the signal came within these milliseconds */
    wait: async (milliseconds: number): Promise<boolean> => {
      if (!isTold) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      const wasTold = isTold;
      isTold = false;
      return wasTold;
    },
  };
}

/** The folders of files, each with what tells of changes in it. */
function foldersOf(tell: () => void) {
  const watchers = new Map<string, FSWatcher>();
  let names: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  const begin = (key: string, folder: string) => {
    try {
      const watcher = watch(folder, (_, name) => {
        if (name === null || names.get(folder)?.has(name)) tell();
      });
      watcher.on('error', () => watcher.close());
      watchers.set(key, watcher);
    } catch {
      // The folder is gone, or there are too many watchers: the looks of every second remain.
    }
  };
  return {
    follow: (states: FileStates) => {
      names = namesIn(states);
      const keys = new Map([...names.keys()].map((folder) => [keyOf(folder), folder]));
      for (const [key, watcher] of watchers) {
        if (keys.has(key)) continue;
        watcher.close();
        watchers.delete(key);
      }
      for (const [key, folder] of keys) if (!watchers.has(key)) begin(key, folder);
    },
    close: () => {
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}

/** The names of the files in each folder: those that are looked for, and those behind links. */
function namesIn(states: FileStates): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const [path, { target = path }] of states) {
    for (const one of [path, target]) {
      const folder = dirname(one);
      names.set(folder, (names.get(folder) ?? new Set()).add(basename(one)));
    }
  }
  return names;
}

/** Names a folder and which folder of the disk that is now: a new one of the same name is another. */
function keyOf(folder: string): string {
  try {
    const { dev, ino } = statSync(folder, { bigint: true });
    return `${folder}\0${dev}:${ino}`;
  } catch {
    return folder;
  }
}
