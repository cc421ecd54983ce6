/** The command as one file, with the code that V8 compiled from it when it was built. */
const { readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { Script } = require('node:vm');
const { crc32 } = require('node:zlib');

const BUNDLE = join(__dirname, '../dist/capex.cjs');

/** Compiled code is good for the very V8 that made it; any other compiles the bundle itself. */
const CODE = `${BUNDLE}.${process.versions.v8}-${process.arch}.code`;

// Node 20 alone: V8 waits four times as long as it is used to before it optimises a function. What it
// optimises of a forecast is used for a moment; later versions of Node have a quicker way between.
if (process.versions.node.startsWith('20.')) setFlagsFromString('--interrupt-budget=500000');

/** The bytes at the end of the compiled code that name the bundle from which it was made. */
const DIGEST = 4;

/** The command, the script that it was loaded from, and the digest of that. */
function loadBundle() {
  const bytes = readFileSync(BUNDLE);
  const digest = Buffer.alloc(DIGEST);
  digest.writeUInt32BE(crc32(bytes));
  const source = bytes.latin1Slice(); // it is plain ASCII, which takes half the memory
  const wrapped = `(function (exports, require, module, __filename, __dirname) {${source}\n})`;
  const script = new Script(wrapped, { filename: BUNDLE, cachedData: readCode(digest) });
  const bundle = { exports: {} };
  script.runInThisContext()(bundle.exports, require, bundle, BUNDLE, dirname(BUNDLE));
  return { command: bundle.exports, script, digest };
}

/** The compiled code, if it was made from this very bundle: V8 itself compares no more than the length. */
function readCode(digest) {
  try {
    const file = readFileSync(CODE);
    return file.subarray(-DIGEST).equals(digest) ? file.subarray(0, -DIGEST) : undefined;
  } catch {
    return undefined;
  }
}

module.exports = { CODE, loadBundle };
