/** The name of an output as people read it. */
import { sayIn, type Language } from '../core/text/language.js';
import type { Output } from './output.js';
import { partLabel } from './timeGroups.js';

/** `servers@2025 (2025, 9 of 12 months)` where the window holds a part of its time. */
export function outputLabel(
  { text, group }: Pick<Output, 'text' | 'group'>,
  language?: Language,
): string {
  const part = group && partLabel(group, language);
  if (part === undefined || part === group?.label) return text;
  return sayIn(language)('{output} ({part})', { output: text, part });
}
