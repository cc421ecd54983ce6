#!/usr/bin/env node
const { loadBundle } = require('./bundle.js');

loadBundle().command.main(process.argv.slice(2), require.resolve('./worker.js'));
