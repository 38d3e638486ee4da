import * as v from 'valibot';
import type { DemoProcessing } from './demo-processing.ts';
import { OUTAGES, type Outages } from './outages.ts';
import type { StoreReader } from './store-reader.ts';
import { type createUppySigner, PresignableRequest } from './uppy-sign.ts';

export interface DemoApiOptions {
  reader: StoreReader;
  /** Undefined where nothing is to be broken. */
  outages?: Outages | undefined;
  /** Signs whatever it is asked for: in tests only. */
  signForUppy: ReturnType<typeof createUppySigner> | undefined;
  /** Undefined where nothing is made of files. */
  processing?: DemoProcessing | undefined;
}

type Handler = (request: Request) => Promise<Response>;

/**
 * What the demo page asks for beside uploads:
 *
 * * `GET /api/objects` → `[{ key, name, size, lastModified, etag }]`, newest first
 * * `GET /api/objects/{key, percent-encoded}/sha256` → `{ sha256 }` in hex, of the stored bytes
 * * `DELETE /api/objects/{key, percent-encoded}` → 204
 * * `GET /api/queue` → `{ jobs, metrics }`: jobs by state, and what the worker has done since it was started
 * * `POST /api/outages/{name}` → `{ seconds }`: breaks something for so long; see `Outages`
 * * `POST /api/sign` → `{ url }`, only in tests with Uppy's own uploader
 */
export function createDemoApi({ reader, outages, signForUppy, processing }: DemoApiOptions): Handler {
  async function answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const [, encodedKey, sha256] = /^\/api\/objects\/([^/]+)(\/sha256)?$/.exec(pathname) ?? [];
    const key = encodedKey === undefined ? undefined : decodeURIComponent(encodedKey);

    if (request.method === 'GET' && pathname === '/api/objects')
      return Response.json((await reader.list()).filter(({ key }) => !key.startsWith('processed/')));
    if (request.method === 'GET' && key !== undefined && sha256 !== undefined) {
      const digest = await reader.sha256(key);
      return digest === undefined ? failure(404, 'not-found') : Response.json({ sha256: digest });
    }
    if (request.method === 'DELETE' && key !== undefined && sha256 === undefined) {
      await reader.remove(key);
      return new Response(null, { status: 204 });
    }
    if (processing && request.method === 'GET' && pathname === '/api/queue')
      return Response.json({ jobs: (await processing.counts()).photos, metrics: processing.metrics() });
    const outage = OUTAGES.find((name) => pathname === `/api/outages/${name}`);
    if (outages && outage && request.method === 'POST') {
      // A page of another origin cannot send this type without asking first.
      const isOwn = request.headers.get('content-type') === 'application/json';
      return isOwn ? Response.json({ seconds: outages.begin(outage) }) : failure(415, 'bad-request');
    }
    if (signForUppy && request.method === 'POST' && pathname === '/api/sign') {
      const body = v.safeParse(PresignableRequest, await request.json().catch(() => undefined));
      return body.success ? Response.json(signForUppy(body.output)) : failure(400, 'bad-request');
    }
    return failure(404, 'not-found');
  }

  return async (request) => {
    if (request.method === 'OPTIONS') return new Response(null, { status: 204 });
    try {
      return await answer(request);
    } catch (error) {
      if (error instanceof URIError) return failure(400, 'bad-request');
      console.error('mock backend:', error);
      return failure(503, 'store-unavailable');
    }
  };
}

const failure = (status: number, code: string) =>
  Response.json(
    { error: { code, message: `The demo's backend answers ${code}.`, hint: 'Its output says more.' } },
    { status },
  );

/** Lets pages of other origins call: all of them, or those of a list. By other names than `hosts` nobody may. */
export function withCors(handler: Handler, origins: readonly string[] | '*', hosts: readonly string[]): Handler {
  return async (request) => {
    if (!hosts.includes(new URL(request.url).hostname)) return failure(403, 'origin-refused');
    const response = await handler(request);
    const origin = request.headers.get('origin');
    if (origin === null || !(origins === '*' || origins.includes(origin))) return response;
    response.headers.set('access-control-allow-origin', origin);
    response.headers.set('access-control-allow-methods', 'GET, POST, DELETE');
    response.headers.set('access-control-allow-headers', 'content-type');
    response.headers.set('vary', 'Origin');
    return response;
  };
}
