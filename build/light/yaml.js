/** What a cell needs of the YAML package is its parser: it writes no YAML, and reads the tags of version 1.2 alone. */
function none() {
  throw new Error('a cell writes no YAML');
}

const tag = {};
const noTags = [];

export {
  none as createStringifyContext,
  none as indentComment,
  none as isMergeKey,
  none as addMergeToJSMap,
  none as lineComment,
  none as stringify,
  none as stringifyCollection,
  none as stringifyDocument,
  none as stringifyNumber,
  none as stringifyPair,
  none as stringifyString,
  noTags as schema,
  tag as binary,
  tag as floatTime,
  tag as intTime,
  tag as merge,
  tag as omap,
  tag as pairs,
  tag as set,
  tag as timestamp,
};
