/** Why the command stops, and with which exit code. */

export const EXIT = {
  done: 0,
  errors: 1,
  usage: 2,
  io: 74,
  resumable: 75,
  interrupted: 130,
} as const;

/** Ends the command with an exit code. `message` is empty if it was already printed. */
export class Stop extends Error {
  constructor(
    readonly exitCode: number,
    message: string,
  ) {
    super(message);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'part of the path is not a folder',
  ENOSPC: 'the disk is full',
  EFBIG: 'the file would be larger than is allowed',
  EROFS: 'the file system is read-only',
  ENAMETOOLONG: 'the name is too long',
};

/** The reason why a read or write failed, in words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? message;
}
