/** What is checked by reading the code alone, on both cores: lint takes as long as all the rest. */
import { spawn } from 'node:child_process';

for (const checks of ['npm run types && npm run format', 'npm run lint']) {
  spawn(checks, { shell: true, stdio: 'inherit' }).on('exit', (code) => {
    process.exitCode ||= code ?? 1;
  });
}
