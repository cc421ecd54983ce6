/**
 * The environment as a plain object. Reading a variable of `process.env` asks the system, and `yaml`
 * reads one at every word of a text, which is a sixteenth of the time that a scenario takes to load.
 */
process.env = { ...process.env };
