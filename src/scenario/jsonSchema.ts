/** The JSON Schema of a scenario file, for editors: made from the fields that read it. */
import { z } from 'zod';
import { documentField } from './document.js';

/** JSON Schema draft 7, as plain data. */
export function scenarioSchema(): object {
  return z.toJSONSchema(documentField, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
  });
}
