/** What a simulation is told beside the ranges of the inputs. */
import * as z from 'zod';
import { nearest, type Reporter } from '../core/diagnostic.js';
import { textField, recordField } from './field.js';
import { inputField } from './input.js';
import { CORRELATION } from './kind.js';

const pairField = z
  .tuple(
    [
      textField('The path of one input.'),
      textField('The path of another input.'),
      inputField(CORRELATION, 'Their rank correlation.'),
    ],
    'a triple such as [envelope, fx.base.USD, 0.3]',
  )
  .meta({ description: 'Two inputs and their rank correlation: [envelope, fx.path.USD, 0.3].' });

export const simulationField = recordField({
  correlations: z
    .array(pairField, 'a list of triples such as [envelope, fx.base.USD, 0.3]')
    .meta({ description: 'Rank correlations between inputs.' })
    .optional(),
}).meta({ description: 'How draws of the inputs hang together.' });

export type SimulationText = z.output<typeof simulationField>;

/** Both sides of a correlation must be inputs of the scenario, and different ones. */
export function checkCorrelations(
  { correlations = [] }: SimulationText,
  paths: ReadonlySet<string>,
  report: Reporter,
): void {
  for (const [left, right] of correlations) {
    for (const side of [left, right]) {
      if (isInput(side.value, paths)) continue;
      const meant = nearest(side.value, paths);
      report.error('path-unknown', side.path, {
        message: `\`${side.value}\` is no input of this scenario`,
        hint: meant === undefined ? PATHS : `write \`${meant}\``,
      });
    }
    if (left.value === right.value) {
      report.error('keys-conflict', right.path, {
        message: `\`${right.value}\` is correlated with itself`,
        hint: 'name two different inputs',
      });
    }
  }
}

const PATHS = 'write the keys of an input, joined by points, such as `envelope` or `fx.base.USD`';

/** An input, or a map of inputs by period such as `fx.path.USD`. */
function isInput(path: string, paths: ReadonlySet<string>): boolean {
  return paths.has(path) || [...paths].some((known) => known.startsWith(`${path}.FY`));
}
