#!/usr/bin/env node
const { loadBundle } = require('./bundle.js');

const { join } = require('node:path');

loadBundle().command.main(process.argv.slice(2), {
  thread: require.resolve('./worker.js'),
  page: join(__dirname, '../dist/capex.page'),
});
