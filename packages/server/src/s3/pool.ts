import type * as Http from 'node:http';
import type * as Https from 'node:https';
import type * as Stream from 'node:stream';

/**
 * Most connections to one store. More calls than that wait for their turn. A store that answers after 0.2 s then takes 640 files a second
 * out of packs.
 */
const CONNECTIONS = 128;

/** How long a connection without work is kept, in milliseconds: less than stores keep theirs, so that none is used that has just ended. */
const IDLE = 4_000;

interface Parts {
  http: typeof Http;
  https: typeof Https;
  stream: typeof Stream;
  agents: { 'http:': Http.Agent; 'https:': Https.Agent };
}

let parts: Parts | undefined;

/** Node's own modules, found when they are needed: nothing of Node is imported where this runs elsewhere. */
function ofNode(): Parts | undefined {
  if (parts !== undefined) return parts;
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  const http = process?.getBuiltinModule?.('node:http') as typeof Http | undefined;
  const https = process?.getBuiltinModule?.('node:https') as typeof Https | undefined;
  const stream = process?.getBuiltinModule?.('node:stream') as typeof Stream | undefined;
  if (!http?.Agent || !https?.Agent || !stream?.Readable.toWeb) return undefined;
  const options = { keepAlive: true, maxSockets: CONNECTIONS, maxFreeSockets: CONNECTIONS, timeout: IDLE } as const;
  parts = { http, https, stream, agents: { 'http:': new http.Agent(options), 'https:': new https.Agent(options) } };
  return parts;
}

/**
 * `fetch` over connections that are kept, and no more than 128 to a store for the whole process. Node's own `fetch` opens as
 * many as there are calls, and closes each after a HEAD. Elsewhere than in Node it is the runtime's `fetch`.
 */
export const pooledFetch: typeof fetch = (input, init = {}) => {
  const node = ofNode();
  return node === undefined ? fetch(input, init) : send(node, new URL(String(input)), init);
};

async function send(node: Parts, url: URL, init: RequestInit): Promise<Response> {
  try {
    return await attempt(node, url, init, node.agents);
  } catch (error) {
    // The other end had closed a connection that was kept, before it read anything: that was no attempt. It may have closed all of
    // them at that moment, so this one is new.
    if (!(error instanceof StaleConnection)) throw error;
    return await attempt(node, url, init, { 'http:': false, 'https:': false });
  }
}

class StaleConnection extends Error {}

function attempt(
  { http, https, stream }: Parts,
  url: URL,
  init: RequestInit,
  agents: Parts['agents'] | { 'http:': false; 'https:': false },
): Promise<Response> {
  const { method = 'GET', signal } = init;
  const body = init.body as Uint8Array | null | undefined;
  const headers = Object.fromEntries(new Headers(init.headers));
  return new Promise((resolve, reject) => {
    const options = { method, headers: { ...headers, ...lengthOf(method, body) }, ...(signal && { signal }) };
    const request =
      url.protocol === 'https:'
        ? https.request(url, { ...options, agent: agents['https:'] })
        : http.request(url, { ...options, agent: agents['http:'] });
    request.on('response', (incoming) => {
      const { statusCode: status = 0 } = incoming;
      const answered = new Headers();
      for (const [name, values = []] of Object.entries(incoming.headersDistinct))
        for (const value of values) answered.append(name, value);
      // A response without a body has to be read to its end too, or its connection serves nobody else.
      const bodiless = method === 'HEAD' || [204, 205, 304].includes(status);
      if (bodiless) incoming.resume();
      const content = bodiless ? null : (stream.Readable.toWeb(incoming) as ReadableStream<Uint8Array>);
      try {
        resolve(new Response(content, { status, headers: answered }));
      } catch (error) {
        request.destroy();
        reject(error);
      }
    });
    request.on('error', (error: Error & { code?: string }) => {
      const stale = request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
      reject(stale ? new StaleConnection() : error);
    });
    request.end(body ?? undefined);
  });
}

/** Said even of no body, as `fetch` does where one could be. */
const lengthOf = (method: string, body: Uint8Array | null | undefined) =>
  body || method === 'PUT' || method === 'POST' ? { 'content-length': String(body?.length ?? 0) } : {};
