/** What stands in a file where something of another shape belongs, and how to turn it into that. */
import { NAME, type Opaque } from '../../model/field.js';

/** What to do about a key without a value. */
export const EMPTY = 'write it, or delete the key';

/** What a value is, and what to write where that is plain from the noun of what belongs there. */
export function shapeOf(
  value: unknown,
  noun: string,
): { readonly found: string; readonly hint?: string } {
  if (Array.isArray(value)) {
    const pairs = 'write `key: value` pairs instead of list items';
    const found = `a list of ${value.length} item${value.length === 1 ? '' : 's'}`;
    return { found, ...(noun.startsWith('a map') && { hint: pairs }) };
  }
  if (typeof value !== 'function') return { found: 'a map' };
  const { text } = (value as Opaque)();
  if (text === '') return { found: 'nothing', hint: EMPTY };
  return { found: `\`${text}\``, ...hinted(turnedInto(noun, text)) };
}

function turnedInto(noun: string, text: string): string | undefined {
  if (noun.startsWith('a list of')) return `write [${text}]`;
  if (noun === 'a map by name' && NAME.test(text)) return `write { ${text}: … }`;
  const keys = [...noun.matchAll(/`(\w+)`/g)].map(([, key]) => key!);
  if (!noun.startsWith('a map with') || noun.includes(' or ')) return undefined;
  return keys.length === 1
    ? `write { ${keys[0]!}: ${text} }`
    : `write { ${keys.map((key) => `${key}: …`).join(', ')} }`;
}

export function hinted(hint: string | undefined): { readonly hint?: string } {
  return hint === undefined ? {} : { hint };
}
