/** The page of the gallery, `test/errors/README.md`: every message, by code. */
import { DIAGNOSTIC_CODES } from '../../src/core/text/diagnostic.js';
import { writeDiagnostics } from '../../src/formats/diagnosticText.js';
import { optionsOf, outcomeOf, type Case } from './gallery.js';

const INTRODUCTION = `# Every message

For each diagnostic code this page shows the scenario files that have the problem, and what the engine says of them.
A message names its file, line and column, shows the line and marks the place.

Do not edit this page. One command writes it and the texts beside the cases anew:

\`\`\`sh
npx vitest run test/errors.test.ts -u
\`\`\`

To add a case, write \`<code>/<case>.yaml\` and run the command. A first line such as \`# --set fx.closure=volume\` has
options of the command line. \`<case>.csv\` is the table of a case. Ledgers lie in \`<code>/evidence/\`, as a scenario
reads none outside its own folder; files that cases extend lie in \`parents/\`.
`;

export function galleryPage(cases: readonly Case[]): string {
  const sections = Object.entries(DIAGNOSTIC_CODES).map(([code, meaning]) => {
    const own = cases.filter((one) => one.code === code);
    return [`## ${code}\n`, `${sentence(meaning)}\n`, ...own.map(entry)].join('\n');
  });
  return [INTRODUCTION, contents(), ...sections].join('\n');
}

function contents(): string {
  const lines = Object.entries(DIAGNOSTIC_CODES).map(
    ([code, meaning]) => `- [${code}](#${code}): ${meaning}`,
  );
  return `${lines.join('\n')}\n`;
}

function entry(one: Case): string {
  const options = optionsOf(one);
  const remark = options === '' ? '' : `, with \`${options}\``;
  const message = writeDiagnostics(outcomeOf(one).diagnostics);
  return `[${one.name}](${one.file})${remark}:\n\n\`\`\`text\n${message}\`\`\`\n`;
}

function sentence(meaning: string): string {
  return `${meaning[0]!.toUpperCase()}${meaning.slice(1)}.`;
}
