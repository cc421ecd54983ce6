/** Saves the code that V8 compiles for a forecast, so that the command does not compile it again. */
const { writeFileSync } = require('node:fs');
const { CODE, loadBundle } = require('../bin/bundle.js');

const { command, script, digest } = loadBundle();
for (const stream of [process.stdout, process.stderr]) {
  stream.write = (_text, done) => {
    if (done) setImmediate(done);
    return true;
  };
}
// V8 compiles only functions that run: the cache holds those that this forecast needs.
command.main(['run', 'scenarios/alibaba-380bn.yaml']).then(() => {
  writeFileSync(CODE, Buffer.concat([script.createCachedData(), digest]));
});
