const { loadBundle } = require('./bundle.js');

loadBundle().command.serve();
