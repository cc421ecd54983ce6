/**
 * Serves the add-in for Excel on this machine, for trying it: `npm run addin`, or `npm run addin -- PORT`.
 * The certificate is for `localhost` alone, and is made at the first start.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:https';
import { homedir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../dist/cell/excel', import.meta.url));
const OWN = fileURLToPath(new URL('../dist/.certificate', import.meta.url));
/** Where `npx office-addin-dev-certs install` puts a certificate that the machine trusts. */
const OFFICE = join(homedir(), '.office-addin-dev-certs');

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'text/xml; charset=utf-8',
};

const certificate = certificateFolder();
const server = createServer(
  {
    key: readFileSync(join(certificate, 'localhost.key')),
    cert: readFileSync(join(certificate, 'localhost.crt')),
  },
  answer,
);
server.listen(Number(process.argv[2] ?? 3000), 'localhost', () => {
  console.log(`the add-in is at https://localhost:${server.address().port}/manifest.xml`);
  console.log(
    `its certificate is ${join(certificate, 'localhost.crt')}: docs/cells.md says how to trust it`,
  );
  console.log('Ctrl+C ends it');
});
server.on('error', ({ message }) => {
  console.error(`addin: ${message}`);
  process.exitCode = 1;
});

/** Gives the files of the folder, and nothing else. Excel on the web asks from another site. */
function answer({ url }, response) {
  const name = url.slice(1).split('?')[0];
  const found = readdirSync(FOLDER).includes(name);
  response.writeHead(found ? 200 : 404, {
    'content-type': found ? TYPES[extname(name)] : TYPES['.txt'],
    'access-control-allow-origin': '*',
    'access-control-allow-private-network': 'true',
  });
  response.end(found ? readFileSync(join(FOLDER, name)) : 'there is no such file\n');
}

/** The folder of the certificate: that of the tools of Office if they made one, else our own. */
function certificateFolder() {
  if (existsSync(join(OFFICE, 'localhost.crt'))) return OFFICE;
  if (existsSync(join(OWN, 'localhost.crt'))) return OWN;
  mkdirSync(OWN, { recursive: true });
  const { error, status, stderr } = spawnSync(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-days',
        '365',
        '-subj',
        '/CN=localhost',
      ],
      ...['-addext', 'subjectAltName=DNS:localhost', '-addext', 'extendedKeyUsage=serverAuth'],
      ...['-keyout', 'localhost.key', '-out', 'localhost.crt'],
    ],
    { cwd: OWN, encoding: 'utf8' },
  );
  if (status === 0) return OWN;
  const reason = error ? 'there is no openssl on this machine' : stderr.trim();
  throw new Error(`no certificate: ${reason}. Make one with: npx office-addin-dev-certs install`);
}
