import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { fromAddress } from '../http/asked.ts';

/** For `http.createServer`, and as a handler of Express, Connect and the like. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Gives a web-standard handler to Node's own HTTP server. Mount it before anything that reads bodies.
 *
 * @example
 * createServer(toNodeHandler(uploads)).listen(3000);
 */
export function toNodeHandler(handler: (request: Request) => Promise<Response>): NodeHandler {
  return async (incoming, outgoing) => {
    const request = toRequest(incoming);
    const response = request === undefined ? new Response(null, { status: 400 }) : await answer(handler, request);
    try {
      const headers = { ...Object.fromEntries(response.headers), ...closeUnlessRead(incoming) };
      const isStream = response.headers.get('content-type') === 'text/event-stream';
      if (isStream && response.body !== null) {
        outgoing.writeHead(response.status, headers);
        // Ends the stream when the page is gone, too.
        await pipeline(Readable.fromWeb(response.body as NodeStream), outgoing).catch(() => undefined);
        return;
      }
      const body = new Uint8Array(await response.arrayBuffer());
      outgoing.writeHead(response.status, headers);
      outgoing.end(body);
    } catch (error) {
      // A body that breaks, or headers that HTTP cannot carry.
      console.error('portage: the response could not be sent:', error);
      outgoing.destroy();
    }
  };
}

/** `createUploads` never throws, but another handler may; a rejection nobody hears would end the process. */
async function answer(handler: (request: Request) => Promise<Response>, request: Request): Promise<Response> {
  try {
    return await handler(request);
  } catch (error) {
    console.error('portage: the handler failed:', error);
    return new Response(null, { status: 500 });
  }
}

/** Undefined where the request names no host or path that a URL can have. */
function toRequest(incoming: IncomingMessage): Request | undefined {
  // Express takes the mount path off `url`, and keeps the whole in `originalUrl`.
  const { originalUrl = incoming.url ?? '/' } = incoming as { originalUrl?: string };
  const { host = 'localhost' } = incoming.headers;
  const base = `http://${host}`;
  // The address is of the path alone: a host with more than a name and a port would be read as another one's.
  if (!HOST.test(host) || !originalUrl.startsWith('/') || !URL.canParse(base + originalUrl)) return undefined;
  const { method = 'GET' } = incoming;
  const init: RequestInit & { duplex: 'half' } = { method, headers: toHeaders(incoming), duplex: 'half' };
  if (method !== 'GET' && method !== 'HEAD') init.body = bodyOf(incoming);
  try {
    return fromAddress(new Request(base + originalUrl, init), incoming.socket.remoteAddress);
  } catch {
    // Methods that fetch forbids, such as TRACE.
    return undefined;
  }
}

function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> | '' {
  if (!incoming.readableDidRead) return Readable.toWeb(incoming) as ReadableStream<Uint8Array>;
  // The response will say that it is not JSON; here is who can do something about it.
  console.error('portage: something has read the body of this call before. Mount the uploads before any body parser.');
  return '';
}

/** `host[:port]`, also of an IPv6 address. @see https://www.rfc-editor.org/rfc/rfc9110#section-7.2 */
const HOST = /^(?:[\w.~-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

function toHeaders({ headersDistinct }: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(headersDistinct))
    for (const value of values) headers.append(name, value);
  return headers;
}

/** A body that is too long is not read to its end, so nothing can follow it on this connection. */
const closeUnlessRead = ({ complete }: IncomingMessage) => (complete ? {} : { connection: 'close' });
