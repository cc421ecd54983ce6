/** In Node: reads a scenario with the files that it names, asks a study of it, and prints the answer as CSV. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ask, isAnswer, load, sensitivity, writeCsv, writeDiagnostics } from 'capex-engine';

/** What a scenario names (a parent, a ledger, a table) stands relative to the file that names it. */
function read({ path, from, encoding }) {
  const name = join(dirname(from), path);
  try {
    return { name, text: new TextDecoder(encoding, { fatal: true }).decode(readFileSync(name)) };
  } catch (error) {
    return { message: `cannot read ${name}: ${error.message}`, hint: 'see to the name' };
  }
}

const [name = 'scenarios/alibaba-380bn.yaml', of = 'h3c:revenue'] = process.argv.slice(2);
const { scenario, diagnostics } = load(readFileSync(name, 'utf8'), { name, read });
const answer = scenario ? ask(sensitivity, [scenario], { of }) : diagnostics;
if (isAnswer(answer)) process.stdout.write(writeCsv(answer.table));
else {
  process.stderr.write(writeDiagnostics(answer));
  process.exitCode = 1;
}
