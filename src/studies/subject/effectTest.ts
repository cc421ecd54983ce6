/** Which inputs of a subject change a number of the forecast. */
import { inputsWithoutEffect } from '../variation/unusedInputs.js';
import { memberMoves, type Subject } from './subject.js';

/** Whether an input changes a number of the forecast of any member. */
export function effectTest(subject: Subject): (path: string) => boolean {
  const unused = subject.members.map(
    (member) => new Set(inputsWithoutEffect(member).map(({ path }) => path)),
  );
  return (path) =>
    subject.members.some((member, m) =>
      memberMoves(subject, member, [path]).some((move) => !unused[m]!.has(move.path)),
    );
}
