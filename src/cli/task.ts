/** A question as it goes to other threads, and to whoever resumes it: plain data. */
import { fromRecords, load, STUDIES, type ReadRecord, type Work } from '../index.js';

export interface Task {
  readonly study: string;
  readonly text: string;
  readonly name: string;
  readonly set: readonly string[];
  /** The other files that the scenario was made of. */
  readonly files: readonly ReadRecord[];
  /** The options as typed. */
  readonly options: object;
}

/** The work of a task that has been found to be right. */
export function workOf({ study, text, name, set, files, options }: Task): Work {
  const { scenario } = load(text, { name, set, read: fromRecords(files) });
  const { work, options: fields } = STUDIES.find((one) => one.name === study)!;
  return work!([scenario!], fields.parse(options)) as Work;
}
