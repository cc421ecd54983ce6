/** What bundles leave out that print no schema and measure no text. */
import { fileURLToPath } from 'node:url';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));

/** The spreadsheet, or the browser, wraps texts: their width is not needed. */
const WITHOUT_WIDTH = { 'string-width': path('light/width.js') };

/** The modules of zod that make JSON Schemas. */
const SCHEMAS = [/\/(to-json-schema|json-schema-processors)\.js$/, 'light/jsonSchema.js'];

/**
 * Options of a bundle without them.
 *
 * @param others further modules that are replaced: a pattern of the import, and the file in its place
 */
export function lighter(others = []) {
  const setup = ({ onResolve }) => {
    for (const [filter, name] of [SCHEMAS, ...others])
      onResolve({ filter }, () => ({ path: path(name) }));
  };
  return {
    alias: WITHOUT_WIDTH,
    plugins: [{ name: 'lighter', setup }],
    // Names of JSON Schemas that the lighter module lacks; zod calls none of them.
    logOverride: { 'import-is-undefined': 'silent' },
  };
}
