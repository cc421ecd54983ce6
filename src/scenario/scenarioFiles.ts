/** The files that a scenario names: each is read once and kept, so that the scenario can be varied. */
import { failure, success } from '../core/result.js';
import type { FileRequest, ReadFile, ReadRecord } from '../core/text/fileRequest.js';

/** Refuses every file: used when the caller gives no reader. */
export const NO_FILES: ReadFile = () =>
  failure({
    message: 'no other files can be read here',
    hint: 'put what the file says into the scenario itself',
  });

/** A reader that reads each file once and adds it to `records`. */
export function recordingReader(read: ReadFile, records: ReadRecord[]): ReadFile {
  const known = fromRecords(records, read);
  return (request) => {
    const file = known(request);
    if (file.ok && !records.some(({ source }) => source === file.value)) {
      records.push({ request, source: file.value });
    }
    return file;
  };
}

/** A reader that takes files from records, and those that are not in them from another reader. */
export function fromRecords(records: readonly ReadRecord[], others: ReadFile = NO_FILES): ReadFile {
  return (request) => {
    const record = records.find((one) => isSameRequest(one.request, request));
    return record ? success(record.source) : others(request);
  };
}

function isSameRequest(a: FileRequest, b: FileRequest): boolean {
  const keys = ['path', 'from', 'encoding', 'sheet', 'range'] as const;
  return keys.every((key) => a[key] === b[key]);
}
