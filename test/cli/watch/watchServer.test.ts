/** Whoever does not know the token in the address of a served page gets nothing, and nobody reaches it from outside. */
import { request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { servePage, type PageServer } from '../../../src/cli/watch/watchServer.js';
import { sayIn } from '../../../src/shell.js';
import { pageOf, until } from '../../support/watching.js';

let server: PageServer;
let url: URL;
beforeAll(async () => {
  server = await servePage(undefined, 'set=a%3D1', sayIn('en'));
  server.show('<!doctype html>', '1 file: 0 errors, 0 warnings', '');
  url = new URL(server.url);
});
afterAll(() => server.close());

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** What a request gets: the path is from the root of the server. */
function ask(path: string, method = 'GET', host = url.host): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: url.port, path, method, headers: { host } };
    const sent = request(options, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: response.headers, body }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

const STRICT = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

it('has a new token of 128 random bits in its address each time', async () => {
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\/#set=a%3D1$/);
  const other = await servePage(undefined, '', sayIn('en'));
  other.close();
  expect(other.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\/$/);
  expect(new URL(other.url).pathname).not.toBe(url.pathname);
});

it('answers who knows the token, under a strict policy', async () => {
  const [frame, page] = [await ask(url.pathname), await ask(`${url.pathname}page`)];
  expect(page).toMatchObject({ status: 200, body: '<!doctype html>', headers: STRICT });
  expect(page.headers['content-security-policy']).toBe("frame-ancestors 'self'");
  expect(frame).toMatchObject({ status: 200, headers: STRICT });
  const policy = String(frame.headers['content-security-policy']);
  expect(policy).toMatch(
    /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; /,
  );
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  for (const name of ['127.0.0.1', 'localhost', 'localhost:1234']) {
    expect((await ask(url.pathname, 'GET', name)).status).toBe(200);
  }
});

const token = () => url.pathname.split('/')[1]!;
const REFUSED: [string, () => Promise<Answer>][] = [
  ['no token', () => ask('/')],
  ['no token, a page', () => ask('/page')],
  ['no token, events', () => ask('/events')],
  ['an empty token', () => ask('//')],
  ['a wrong token', () => ask(`/${'0'.repeat(32)}/`)],
  ['the beginning of the token', () => ask(`/${token().slice(0, 31)}/`)],
  ['more than the token', () => ask(`/${token()}0/page`)],
  ['another case', () => ask(`/${token().toUpperCase()}g/`)],
  ['the token elsewhere', () => ask(`/page/${token()}/`)],
  ['the token as a query', () => ask(`/?${token()}`)],
  ['the token without a slash', () => ask(`/${token()}`)],
  ['a folder above', () => ask(`/${token()}/../../etc/passwd`)],
  ['a name of every object', () => ask(`/${token()}/constructor`)],
  ['a query', () => ask(`/${token()}/page?x=1`)],
  ['a whole address', () => ask(`http://127.0.0.1/${token()}/`)],
  ['a name elsewhere that leads here', () => ask(url.pathname, 'GET', 'evil.example')],
  ['a name that begins like ours', () => ask(url.pathname, 'GET', '127.0.0.1.evil.example')],
  ['a name that ends like ours', () => ask(url.pathname, 'GET', 'evil-localhost:80')],
  ...['POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH'].map(
    (method): [string, () => Promise<Answer>] => [method, () => ask(url.pathname, method)],
  ),
];

it.each(REFUSED)('gives nothing: %s', async (_, send) => {
  const { status, body, headers } = await send();
  expect({ status, body }).toEqual({ status: 404, body: '' });
  expect(headers).toMatchObject({ ...STRICT, 'content-length': '0' });
  expect(headers['content-type']).toBeUndefined();
});

/** What comes back for bytes that are no request, until the server closes the connection. */
function sendBytes(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(url.port), '127.0.0.1', () => socket.write(bytes));
    let back = '';
    socket.on('data', (chunk) => (back += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(back));
  });
}

it.each([
  ['no request', 'hello\r\n\r\n'],
  ['a tunnel', 'CONNECT evil.example:80 HTTP/1.1\r\nHost: evil.example\r\n\r\n'],
  ['a line that does not end', `GET /${'x'.repeat(100_000)}`],
])('closes the connection without a word: %s', async (_, bytes) => {
  expect(await sendBytes(bytes)).toBe('');
});

it.each(['HTTP/1.0\r\n', 'HTTP/1.1\r\n', 'HTTP/1.1\r\nHost:\r\n'])(
  'gives nothing to a request without a host: %j',
  async (end) => {
    const back = await sendBytes(`GET ${url.pathname} ${end}\r\n`);
    expect(back).toMatch(/^HTTP\/1\.1 404 Not Found\r\n[^]*\r\n\r\n$/);
  },
);

/** Whether somebody answers at an address of this machine. */
function isOpen(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(url.port), timeout: 2000 });
    const end = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.on('connect', () => end(true));
    socket.on('error', () => end(false));
    socket.on('timeout', () => end(false));
  });
}

it('can be reached at the one address of this machine alone', async () => {
  const all = Object.values(networkInterfaces()).flatMap((own) => own ?? []);
  const others = all.map(({ address }) => address).filter((address) => address !== '127.0.0.1');
  const found = await Promise.all([...others, '127.0.0.2', '::1'].map(isOpen));
  expect(found.filter((isThere) => isThere)).toEqual([]);
  expect(await isOpen('127.0.0.1')).toBe(true);
});

it('tells everyone of each state, and the newest one to who comes later', async () => {
  const first = pageOf(server.url);
  await until(
    () => first.states.length > 0,
    () => 'the state at the beginning',
  );
  const { page } = first.states[0]!;
  server.show(undefined, '1 file: 1 error, 0 warnings', 'error[x] a\n\ndata: b\r\n\u2028');
  server.show('<p>', '1 file: 0 errors, 0 warnings', '');
  server.show('<p>', '1 file: 0 errors, 0 warnings', 'a warning');
  await until(
    () => first.states.at(-1)?.problems === 'a warning',
    () => 'the last state',
  );
  expect(first.states.slice(1)).toMatchObject([
    { page, isBroken: true, problems: 'error[x] a\n\ndata: b\r\n\u2028' },
    { page: page + 1, isBroken: false, problems: '' },
    { page: page + 1, isBroken: false, problems: 'a warning' },
  ]);
  const second = pageOf(server.url);
  await until(
    () => second.states.length > 0,
    () => 'the state for the second',
  );
  expect(second.states).toEqual([first.states.at(-1)]);
  first.close();
  second.close();
});

it('tells a reader that is slow of the last state, not of all between', async () => {
  const socket = connect(Number(url.port), '127.0.0.1');
  socket.pause();
  socket.write(`GET ${url.pathname}events HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  await until(
    async () => (await ask(url.pathname)).status === 200,
    () => 'the events',
  );
  const long = 'x'.repeat(1_000_000);
  for (let i = 0; i < 100; i++) server.show(undefined, 'old', long);
  server.show(undefined, 'newest', 'the end');
  let bytes = 0;
  let end = '';
  socket.on('data', (chunk) => {
    bytes += chunk.length;
    end = (end + chunk.toString('latin1')).slice(-1000);
  });
  socket.resume();
  await until(
    () => end.includes('the end'),
    () => 'the last state',
  );
  socket.destroy();
  expect(bytes).toBeLessThan(20_000_000);
});
