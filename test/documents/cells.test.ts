/** The way of docs/cells.md, as far as a machine without Office can go. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../support/capex.js';

const page = readFileSync(`${ROOT}/docs/cells.md`, 'utf8');
const manifest = readFileSync(`${ROOT}/dist/cell/excel/manifest.xml`, 'utf8');
const addresses = [...manifest.matchAll(/DefaultValue="(https:[^"]+)"/g)].map(([, url]) => url!);

interface Served {
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly origin: string | undefined;
  readonly body: Buffer;
}

let server: ReturnType<typeof spawn>;
let address: string;
let ca: Buffer;

beforeAll(async () => {
  server = spawn(process.execPath, ['build/addin.js', '0'], { cwd: ROOT, stdio: 'pipe' });
  let printed = '';
  for await (const piece of server.stdout!) {
    printed += String(piece);
    if (printed.includes('Ctrl+C')) break;
  }
  address = /https:\/\/localhost:\d+/.exec(printed)![0];
  ca = readFileSync(/its certificate is (.+):/.exec(printed)![1]!);
}, 30_000);

afterAll(async () => {
  server.kill();
  await once(server, 'exit');
});

/** Asks as a browser that trusts the certificate does. */
function ask(path: string): Promise<Served> {
  return new Promise((resolve, reject) => {
    get(`${address}/${path}`, { ca }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => {
        const { 'content-type': type, 'access-control-allow-origin': origin } = response.headers;
        resolve({ status: response.statusCode, type, origin, body: Buffer.concat(pieces) });
      });
    }).on('error', reject);
  });
}

describe('the server of `npm run addin`', () => {
  it('serves the manifest, and every address in it, to other sites', async () => {
    expect((await ask('manifest.xml')).body.toString()).toBe(manifest);
    expect(addresses).toHaveLength(10);
    for (const url of addresses) {
      const [, path] = url.split('https://localhost:3000/');
      const { status, origin, body } = await ask(path!);
      expect({ url, status, origin }).toEqual({ url, status: 200, origin: '*' });
      expect(body.length).toBeGreaterThan(100);
    }
  });

  it('serves what the page is about, with its type', async () => {
    const { body, type } = await ask('cells.txt');
    expect([body.toString(), type]).toEqual([page, 'text/plain; charset=utf-8']);
    expect((await ask('functions.js')).type).toBe('text/javascript; charset=utf-8');
    expect((await ask('functions.json')).type).toBe('application/json; charset=utf-8');
  });

  it.each(['', 'nothing.js', '../../../package.json', '%2e%2e/sheets/Code.js', 'functions.js/'])(
    'serves nothing else: %s',
    async (path) => {
      expect((await ask(path)).status).toBe(404);
    },
  );
});

describe('the manifest', () => {
  it('has icons of the sizes that their names say', async () => {
    for (const size of [16, 32, 64, 80]) {
      const { type, body } = await ask(`icon-${size}.png`);
      expect(type).toBe('image/png');
      expect(body.subarray(1, 4).toString()).toBe('PNG');
      expect([body.readUInt32BE(16), body.readUInt32BE(20)]).toEqual([size, size]);
    }
  });

  it('is XML whose every element is closed, in the order that Office asks for', () => {
    const open: string[] = [];
    const top: string[] = [];
    for (const [, end, name, , isEmpty] of manifest.matchAll(
      /<(\/?)([\w:]+)((?:\s[\w:]+="[^"<&]*")*)\s*(\/?)>/g,
    )) {
      if (end) expect(open.pop()).toBe(name);
      else {
        if (open.length === 1) top.push(name!);
        if (!isEmpty) open.push(name!);
      }
    }
    expect(open).toEqual([]);
    expect(manifest.replace(/<[^<>]*>/g, '')).not.toMatch(/[<>&]|\{\w+\}/);
    expect(top).toEqual([
      ...['Id', 'Version', 'ProviderName', 'DefaultLocale', 'DisplayName', 'Description'],
      ...['IconUrl', 'HighResolutionIconUrl', 'SupportUrl', 'Hosts', 'Requirements'],
      ...['DefaultSettings', 'Permissions', 'VersionOverrides'],
    ]);
  });

  it('names every resource that it uses', () => {
    const used = [...manifest.matchAll(/resid="([^"]+)"/g)].map(([, id]) => id);
    const given = [...manifest.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(used.length).toBeGreaterThan(3);
    expect(given).toEqual(expect.arrayContaining(used));
  });
});

describe('docs/cells.md', () => {
  it('names the files and scripts that there are', () => {
    const { scripts } = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8')) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    for (const [, script] of page.matchAll(/npm run ([\w:]+)/g))
      expect(scripts).toHaveProperty(script!);
    const files = [...page.matchAll(/`(dist\/cell\/[\w/.]+\.\w+)`/g)].map(([, file]) => file!);
    expect(files).toContain('dist/cell/excel/manifest.xml');
    for (const file of files) expect(readFileSync(`${ROOT}/${file}`).length).toBeGreaterThan(0);
  });
});
