/** The JSON Schemas of zod where nobody prints one: a cell. */
export const allProcessors = {};

function none() {
  return undefined;
}

export {
  none as createStandardJSONSchemaMethod,
  none as createToJSONSchemaMethod,
  none as extractDefs,
  none as finalize,
  none as initializeContext,
  none as process,
  none as processSchema,
  none as toJSONSchema,
};
