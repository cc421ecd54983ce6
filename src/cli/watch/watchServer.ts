/**
 * Serves a page to this machine alone, and tells it of every new state. A request without the random token of the
 * address is answered with an empty 404, which says nothing of what is served.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Say } from '../../shell.js';
import { EXIT, Stop, reasonOf } from '../stop.js';
import { frameOf, type FrameState, type ServedDocument } from './watchFrame.js';

/** A page that is served until it is closed. */
export interface PageServer {
  /** Its address, with the token. */
  readonly url: string;
  /**
   * Shows a new state to everyone who has the page open.
   *
   * @param html the page; without it, the last one stays
   * @param summary `2 files: 1 error, 0 warnings`
   * @param problems the diagnostics as text
   */
  readonly show: (html: string | undefined, summary: string, problems: string) => void;
  readonly close: () => void;
}

/** A browser that has the page open, and the number of the state that it was told. */
interface Reader {
  readonly response: ServerResponse;
  told: number;
}

const LOOPBACK = '127.0.0.1';
/** Names by which a browser calls this machine. Another name is a page elsewhere that points its name here. */
const HOSTS = /^(127\.0\.0\.1|localhost)(:\d+)?$/;
/** Milliseconds within which a request has to be whole. */
const REQUEST_TIME = 5000;

/** What every answer says, also that there is nothing: nobody keeps it, frames it, guesses its type or learns of the address. */
const HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
};

/**
 * Begins to serve.
 *
 * @param port as it is typed; a free one by default
 * @param fragment the part of the address behind `#`: the changes that the page begins with
 * @throws Stop if the port is no port, or cannot be used
 */
export async function servePage(
  port: string | undefined,
  fragment: string,
  words: Say,
): Promise<PageServer> {
  const token = randomBytes(16).toString('hex');
  const readers = new Set<Reader>();
  let [html, state]: [string, FrameState | undefined] = ['', undefined];
  let count = 0;
  const frame = frameOf(words);
  const documentAt = (path: string | undefined): ServedDocument | undefined => {
    if (path === '') return frame;
    return path === 'page' && html !== '' ? { html, policy: "frame-ancestors 'self'" } : undefined;
  };
  const tell = (reader: Reader) => {
    if (!state || reader.told === count || reader.response.writableNeedDrain) return;
    reader.told = count;
    reader.response.write(`data: ${JSON.stringify(state)}\n\n`);
  };
  const follow = (response: ServerResponse) => {
    response.writeHead(200, { ...HEADERS, 'Content-Type': 'text/event-stream' });
    const reader: Reader = { response, told: 0 };
    readers.add(reader);
    response.on('drain', () => tell(reader));
    response.on('close', () => readers.delete(reader));
    response.write('retry: 500\n\n');
    tell(reader);
  };
  const times = { headersTimeout: REQUEST_TIME, requestTimeout: REQUEST_TIME };
  const server = createServer(
    { ...times, connectionsCheckingInterval: REQUEST_TIME, requireHostHeader: false },
    (request, response) => {
      const path = allowedPath(request, token);
      if (path === 'events') follow(response);
      else send(response, documentAt(path));
    },
  );
  server.on('clientError', (_, socket) => socket.destroy());
  await listenTo(server, portIn(port));
  const { port: own } = server.address() as AddressInfo;
  return {
    url: `http://${LOOPBACK}:${own}/${token}/${fragment === '' ? '' : `#${fragment}`}`,
    show: (next, summary, problems) => {
      const page = (state?.page ?? 0) + (next !== undefined && next !== html ? 1 : 0);
      html = next ?? html;
      state = { page, isBroken: next === undefined, summary, problems };
      count++;
      readers.forEach(tell);
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The path behind the token; nothing unless the request may have an answer. */
function allowedPath(
  { method, url = '', headers }: IncomingMessage,
  token: string,
): string | undefined {
  const [root, first = '', ...rest] = url.split('/');
  const isKnown = timingSafeEqual(digest(first), digest(token));
  const isAllowed = isKnown && root === '' && method === 'GET' && HOSTS.test(headers.host ?? '');
  return isAllowed && rest.length > 0 ? rest.join('/') : undefined;
}

/** Of one length for every text, so that the time of a comparison tells nothing. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function send(response: ServerResponse, document: ServedDocument | undefined): void {
  if (!document) {
    response.writeHead(404, { ...HEADERS, 'Content-Length': 0, Connection: 'close' }).end();
    return;
  }
  const { html, policy } = document;
  const own = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy };
  response.writeHead(200, { ...HEADERS, ...own }).end(html);
}

function portIn(typed: string | undefined): number {
  if (typed === undefined) return 0;
  const port = /^\d{1,5}$/.test(typed) ? Number(typed) : 0;
  if (port > 0 && port < 65_536) return port;
  throw new Stop(EXIT.usage, `--port ${typed}: write a whole number from 1 to 65535`);
}

function listenTo(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'EADDRINUSE' ? 'another program uses it' : reasonOf(error);
      reject(new Stop(EXIT.io, `cannot use port ${port}: ${reason}`));
    });
    server.listen(port, LOOPBACK, resolve);
  });
}
