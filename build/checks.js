/** Types, format and lint, in two processes: lint takes as long as the other two. */
import { spawn } from 'node:child_process';

for (const checks of ['npm run types && npm run format', 'npm run lint']) {
  spawn(checks, { shell: true, stdio: 'inherit' }).on('exit', (code) => {
    process.exitCode ||= code ?? 1;
  });
}
