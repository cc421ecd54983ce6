/** The files that a scenario is made of: each is read once, and kept, so that it can be varied later. */
import type { FileRequest, ReadFile, ReadRecord } from '../core/text/source.js';

/** Where nobody gives a file system, no file names another. */
export const NO_FILES: ReadFile = () => ({
  message: 'no other files can be read here',
  hint: 'put what the file says into the scenario itself',
});

/** A reader that asks for each file once, and keeps what it was given in `records`. */
export function recording(read: ReadFile, records: ReadRecord[]): ReadFile {
  const known = fromRecords(records, read);
  return (request) => {
    const found = known(request);
    if ('text' in found && !records.some(({ source }) => source === found)) {
      records.push({ request, source: found });
    }
    return found;
  };
}

/** A reader of what was read before, and of everything else from another reader. */
export function fromRecords(records: readonly ReadRecord[], others: ReadFile = NO_FILES): ReadFile {
  return (request) =>
    records.find((record) => isSame(record.request, request))?.source ?? others(request);
}

function isSame(a: FileRequest, b: FileRequest): boolean {
  return a.path === b.path && a.from === b.from && a.encoding === b.encoding;
}
