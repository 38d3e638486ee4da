/**
 * The page's origin: the built page, and what each uploader needs of a server. Every call is counted by its path, so that
 * a signature asked for is a signature paid for.
 */
import { createReadStream, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join, normalize } from 'node:path';
import { toNodeHandler } from '@portage/server/node';
import { lookup } from 'mrmime';
import { createApi, type StoreOrigins } from './api.ts';

export interface Site {
  readonly server: Server;
  /** Must be told before the first call. */
  storeIs(origins: StoreOrigins): void;
  begin(): void;
  /** Calls since `begin`, by path below `/api`. */
  calls(): Readonly<Record<string, number>>;
}

/** What a small page loads beside an upload, in bytes each. */
const PAGE_RESOURCE = Buffer.alloc(20_000, 'a');

/** @param folder - the built page. */
export function createSite(folder: string): Site {
  let calls: Record<string, number> = {};
  let api: ((request: Request) => Promise<Response>) | undefined;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    if (pathname.startsWith('/api/') && api) {
      const name = pathname.slice('/api/'.length);
      calls[name] = (calls[name] ?? 0) + 1;
      void toNodeHandler(api)(request, response);
    } else if (pathname.startsWith('/resource/')) {
      response.writeHead(200, { 'Cache-Control': 'no-store', 'Content-Type': 'text/plain' }).end(PAGE_RESOURCE);
    } else {
      file(folder, pathname, request, response);
    }
  });
  server.keepAliveTimeout = 60_000;
  return {
    server,
    storeIs(origins) {
      api = createApi(origins);
    },
    begin() {
      calls = {};
    },
    calls: () => calls,
  };
}

function file(folder: string, pathname: string, request: IncomingMessage, response: ServerResponse): void {
  const path = join(folder, normalize(pathname === '/' ? '/index.html' : pathname));
  if (request.method !== 'GET' || !existsSync(path)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'Content-Type': lookup(path) ?? 'application/octet-stream' });
  createReadStream(path).pipe(response);
}
