import { MAX_FILES_PER_CREATE, OPERATIONS, type Operation } from '@portage/protocol';
import { RefusedError, toUploadsError, UploadsError } from './errors.ts';
import { corsHeaders, type Origins, preflight } from './http/origins.ts';
import type { ResolvedRoute, Service } from './operations/call.ts';
import { runOperation } from './operations/run-operation.ts';
import { createAccepts } from './policy/file-type.ts';
import { MAX_SIZE } from './policy/part-plan.ts';
import type { Route } from './route.ts';
import type { Storage } from './storage.ts';
import { createTokens } from './token/tokens.ts';

/** Routes by name. */
export type Routes = Readonly<Record<string, Route>>;

export interface UploadsOptions<R extends Routes = Routes> {
  /** Where the files go. @example s3FromEnv(process.env) */
  storage: Storage;
  /** Kinds of uploads, by the name that stands in their URLs: letters, digits, `-` and `_`. See {@link route}. */
  routes: R;
  /**
   * Signs tokens, so it must be the same on all servers; at least 32 characters. Of several the first one signs and
   * all are accepted, which changes a secret without interrupting an upload.
   */
  secret: string | readonly string[];
  /** What stands before the route in the path. @default '' @example '/api/uploads' */
  basePath?: string;
  /** Pages of other origins that may call: a list, or `'*'` for all, which goes without cookies. @default [] */
  origins?: Origins;
  /** Life of a signed request in seconds, at most 604,800. @default 900 */
  urlLifetime?: number;
  /** How long an upload may take, or be resumed, in seconds. @default 604_800, seven days */
  tokenLifetime?: number;
  /** Hears of failures that are the server's own or its store's. @default console.error */
  onError?: (error: unknown, call: { route: string; operation: string }) => void;
  /** Milliseconds since the epoch. @default Date.now */
  clock?: () => number;
  /** Fills an array with random bytes. @default crypto.getRandomValues */
  random?: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array;
}

/** Answers the calls of the wire contract; never throws. */
export interface Uploads<R extends Routes = Routes> {
  (request: Request): Promise<Response>;
  readonly routes: R;
}

/**
 * The upload server as one web-standard handler. It authorises, signs and verifies; files go from the browser straight
 * to the store.
 *
 * @example
 * const uploads = createUploads({
 *   storage: s3FromEnv(process.env),
 *   secret: process.env.UPLOADS_SECRET,
 *   routes: { photos: { accept: ['image/*'], maxSize: 20 * 1024 * 1024 } },
 * });
 * @throws TypeError for options that cannot work.
 */
export function createUploads<R extends Routes>(options: UploadsOptions<R>): Uploads<R> {
  const { storage, secret, basePath = '', origins = [], clock = Date.now } = options;
  const onError = options.onError ?? ((error, call) => console.error('portage: %o failed:', call, error));
  const service: Service = {
    storage,
    tokens: createTokens(typeof secret === 'string' ? [secret] : secret),
    clock,
    random: options.random ?? crypto.getRandomValues.bind(crypto),
    urlLifetime: options.urlLifetime ?? 900,
    tokenLifetime: options.tokenLifetime ?? 604_800,
  };
  const routes = new Map(Object.entries<Route>(options.routes).map(([name, route]) => [name, resolve(name, route)]));

  async function answer(request: Request, where: Where): Promise<Response> {
    const route = routes.get(where.route);
    if (route === undefined || !isOperation(where.operation)) throw notFound();
    if (request.method !== 'POST') throw methodNotAllowed();
    const context = route.hooks.authorize ? await route.hooks.authorize(request) : { userId: '' };
    if (context === null) throw new RefusedError();
    if (context.userId.length > MAX_USER_ID)
      throw new TypeError(`\`authorize\` returned a userId of over ${MAX_USER_ID} characters.`);
    return json(200, await runOperation(where.operation, { service, route, context }, request));
  }

  async function handle(request: Request): Promise<Response> {
    const where = locate(request, basePath);
    let cors: Record<string, string> = {};
    try {
      cors = corsHeaders(request, origins);
      if (request.method === 'OPTIONS') return preflight(request, cors);
      return withHeaders(await answer(request, where), cors);
    } catch (cause) {
      const error = toUploadsError(cause);
      if (error.status >= 500) onError(error.cause ?? error, where);
      return withHeaders(json(error.status, error.toWire()), {
        ...cors,
        ...(error.code === 'method-not-allowed' && { allow: 'POST, OPTIONS' }),
      });
    }
  }

  return Object.assign(handle, { routes: options.routes });
}

/** Longer ones would make tokens that are too long to send. */
const MAX_USER_ID = 256;

interface Where {
  route: string;
  operation: string;
}

function locate(request: Request, basePath: string): Where {
  const { pathname } = new URL(request.url);
  const base = basePath.replace(/\/+$/, '');
  const [route = '', operation = '', ...more] = pathname.startsWith(`${base}/`)
    ? pathname.slice(base.length + 1).split('/')
    : [];
  return more.length === 0 ? { route, operation } : { route: '', operation: '' };
}

const isOperation = (name: string): name is Operation => OPERATIONS.some((operation) => operation === name);

function resolve(name: string, route: Route): ResolvedRoute {
  if (!/^[\w-]+$/.test(name))
    throw new TypeError(`The route "${name}" may have only letters, digits, - and _ in its name.`);
  const {
    accept = ['*/*'],
    minSize = 0,
    maxSize = MAX_SIZE,
    maxFiles = MAX_FILES_PER_CREATE,
    prefix = `${name}/`,
  } = route;
  return { name, prefix, maxFiles, policy: { accept, accepts: createAccepts(accept), minSize, maxSize }, hooks: route };
}

const json = (status: number, body: object) =>
  new Response(JSON.stringify(body), {
    status,
    // Signed requests are for one reader.
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });

function withHeaders(response: Response, headers: Record<string, string>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

const notFound = () =>
  new UploadsError({
    code: 'not-found',
    message: 'There is no such upload route or operation.',
    hint: 'Calls go to /{route}/{operation}. Check the endpoint and the route of the client, and `basePath` of the server.',
  });

const methodNotAllowed = () =>
  new UploadsError({
    code: 'method-not-allowed',
    message: 'The calls of this server are POST requests.',
    hint: 'Files themselves go to the store, not here. Check the endpoint of the client.',
  });
