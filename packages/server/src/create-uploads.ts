import { OPERATIONS, type Operation, type RouteLimits } from '@portage/protocol';
import { checkIdentity } from './check-identity.ts';
import { checkTime } from './check-time.ts';
import { toUploadsError, type UploadsError } from './errors.ts';
import { createGuard, guardLogger } from './guard.ts';
import { type Asked, askedBy } from './http/asked.ts';
import { checkIsJson } from './http/body.ts';
import { budgetOf } from './http/budget.ts';
import { type CallFacts, callFacts, traceIdOf } from './http/call-facts.ts';
import { failure, json, methodNotAllowed, notFound, rateLimited } from './http/json-response.ts';
import { bareBase, locate, type Target } from './http/locate.ts';
import { checkHost, checkOrigins, corsHeaders, forAuthorize, preflight } from './http/origins.ts';
import { createReadiness, type Readiness } from './http/readiness.ts';
import { inTime } from './in-time.ts';
import { createTurns } from './in-turn.ts';
import { createFailureLog } from './observe/failure-log.ts';
import { consoleLogger, type Logger } from './observe/logger.ts';
import { createSkewWarning } from './observe/skew-warning.ts';
import type { Span } from './observe/spans.ts';
import { createTeller } from './observe/tell.ts';
import { type AbortedStale, type AbortStaleOptions, abortStale } from './operations/abort-stale.ts';
import type { ResolvedRoute, Service } from './operations/call.ts';
import { readOperation } from './operations/read-operation.ts';
import { openStatus, statusEvents, statusOf } from './operations/status.ts';
import type { UploadsOptions } from './options.ts';
import { platformDigests } from './platform-digests.ts';
import { memoryReservations } from './policy/reservations.ts';
import type { Processing } from './processing.ts';
import { memoryCompletions } from './regions/completions.ts';
import { createLeftBehind } from './regions/left-behind.ts';
import { singles } from './regions/singles.ts';
import { resolveRoute } from './resolve-route.ts';
import { resolveSecret } from './resolve-secret.ts';
import type { Identity, Route } from './route.ts';
import type { CheckedRoutes, ResultsOf, RoutesOf } from './routes.ts';
import { type FileOwner, type StoredFiles, storedFiles } from './stored-files.ts';
import { createTokens } from './token/tokens.ts';

/** Answers the calls of the wire contract; never throws. `Results` is what each route's `onComplete` returns. */
export interface Uploads<Results = Readonly<Record<string, unknown>>> {
  (request: Request): Promise<Response>;
  /** What each route takes, as browsers are told. */
  readonly limits: { readonly [K in keyof Results]: RouteLimits };
  /** From now on `GET /healthz` and `/readyz` answer 503, so that a load balancer sends nobody here; all else goes on. */
  drain(): void;
  /**
   * Aborts multipart uploads that nobody goes on with; run it once a day, on one server. A lifecycle rule of the bucket
   * does the same without you, where the store has such rules.
   * @throws StoreError where the store does not list its uploads.
   */
  abortStale(options?: AbortStaleOptions): Promise<AbortedStale>;
  /**
   * What is stored of a route: to show, list and remove files after their upload. Whose files is said each time.
   * @example
   * const url = await uploads.files('documents', session).url(key, { disposition: 'inline' });
   * @throws TypeError where there is no such route, or nobody can tell where its files are; RefusedError for nobody.
   */
  files(route: keyof Results & string, owner: FileOwner | null | undefined): StoredFiles;
  /** For types only; never there. */
  readonly results?: Results;
}

/**
 * The upload server as one web-standard handler. It authorises, signs and verifies; files go from the browser straight
 * to the store.
 *
 * @example
 * const uploads = createUploads({
 *   storage: s3FromEnv(process.env),
 *   secret: process.env.UPLOADS_SECRET,
 *   routes: { photos: { authorize: sessionOf, accept: ['image/*'], maxSize: 20 * 1024 * 1024 } },
 * });
 * @throws TypeError for options that cannot work.
 */
export function createUploads<C, O>(
  options: UploadsOptions & {
    /** Kinds of uploads, by the name that stands in their URLs: letters, digits, `-` and `_`. See {@link Route}. */
    routes: RoutesOf<C> & O & CheckedRoutes<O>;
  },
): Uploads<ResultsOf<O>> {
  const { storage, basePath = '', origins = [], rateLimit, hosts, trustProxy = false } = options;
  checkOrigins(origins);
  const logger = guardLogger(options.logger ?? consoleLogger);
  const service = createService(options, logger);
  const { clock, guard } = service;
  const { onError = createFailureLog(logger, clock) } = options;
  // Contexts were checked where the routes are written; from here on a context is an identity.
  const routes = new Map(
    Object.entries(options.routes as Readonly<Record<string, Route>>).map(([name, route]) => [
      name,
      resolveRoute(name, route, storage),
    ]),
  );
  checkProcessing(routes.values(), options.processing);
  const failedAt = (error: unknown, operation: string) =>
    guard.tell('onError', () => onError(error, { route: '', operation }));
  const storages = [...routes.values()].map((route) => route.storage);
  const readiness = createReadiness(storages, clock, (error) => failedAt(error, 'readyz'));
  const warnOfSkew = createSkewWarning(storages.flatMap(singles), logger);
  let draining = false;

  async function answer(
    request: Request,
    target: Exclude<Target, { kind: 'health' | 'ready' }>,
    note: Note,
    asked: Asked,
    emit: Service['emit'],
  ): Promise<Response> {
    const route = routes.get(target.route);
    if (route !== undefined && target.kind === 'limits' && request.method === 'GET') return json(200, route.limits);
    if (route !== undefined && target.operation === 'status' && request.method === 'GET') {
      note.operation = 'status';
      return status(request, route, await identify(request, route, note, asked));
    }
    if (route === undefined || !isOperation(target.operation)) throw notFound();
    note.operation = target.operation;
    if (request.method !== 'POST') throw methodNotAllowed();
    checkIsJson(request);
    const context = await identify(request, route, note, asked);
    const { asks, run } = await readOperation(target.operation, request);
    const call = {
      request,
      route: route.name,
      operation: target.operation,
      userId: context.userId,
      address: asked.address,
      ...asks({ service, route }),
    };
    const limit = await guard.ask('rateLimit', () => rateLimit?.(call));
    if (limit) throw rateLimited(limit.retryAfter);
    const refused = (error: UploadsError) => tell(note, error, emit);
    const failed = (error: unknown) =>
      guard.tell('onError', () => onError(error, { route: route.name, operation: note.operation }));
    const budget = budgetOf(request, target.operation) - (clock() - note.at);
    // Node takes whole milliseconds only.
    const ends = AbortSignal.timeout(Math.max(0, Math.floor(budget)));
    const lasting = route.storage;
    const bound = { ...route, storage: lasting.within?.(ends) ?? lasting };
    const regions = lasting.nearest?.(request) ?? Object.keys(lasting.regions ?? {});
    const of = { service: { ...service, emit }, route: bound, regions, lasting, ends, context };
    const running = run({ ...of, refused, failed });
    const result = await inTime(running, budget, failed);
    warnOfSkew();
    return json(200, result);
  }

  async function identify(request: Request, route: ResolvedRoute, note: Note, asked: Asked): Promise<Identity> {
    const { authorize } = route.hooks;
    const context = authorize
      ? checkIdentity(await guard.ask('authorize', () => authorize(forAuthorize(request, origins, asked))))
      : { userId: '' };
    note.userId = context.userId;
    return context;
  }

  /** How far the processing of a file is: once, or as events for as long as it goes on. */
  async function status(request: Request, route: ResolvedRoute, { userId }: Identity): Promise<Response> {
    const asking = openStatus(service, route, userId, new URL(request.url).searchParams.get('token'));
    const now = await guard.ask('status', () => statusOf(asking));
    const wantsEvents = request.headers.get('accept')?.includes('text/event-stream');
    return wantsEvents ? statusEvents(asking, now, () => draining) : json(200, now);
  }

  function tell({ route, operation, userId }: Note, error: UploadsError, emit: Service['emit']): void {
    const { code, status } = error;
    emit({ event: 'refused', at: clock(), route, operation, userId, code, status });
    if (status >= 500) guard.tell('onError', () => onError(error.cause ?? error, { route, operation }));
  }

  async function ready(): Promise<Response> {
    const found = await readiness();
    const status = draining ? 'draining' : found.store === 'ok' ? 'ready' : 'not-ready';
    return json(status === 'ready' ? 200 : 503, { status, ...found } satisfies Readiness);
  }

  async function handle(request: Request): Promise<Response> {
    const target = locate(request, basePath);
    if (target.kind === 'health') return json(draining ? 503 : 200, { status: draining ? 'draining' : 'ok' });
    if (target.kind === 'ready') return ready();
    const at = clock();
    // Names that are not ours stay out of logs and metrics.
    const note: Note = { at, route: routes.has(target.route) ? target.route : '', operation: '', userId: undefined };
    const asked = askedBy(request, trustProxy, (error) => failedAt(error, 'trustProxy'));
    const facts = callFacts(request, asked);
    const emit: Service['emit'] = (event) => service.emit({ ...event, ...facts });
    let cors: Record<string, string> = {};
    let response: Response;
    try {
      checkHost(asked, hosts);
      cors = corsHeaders(request, origins, asked);
      if (request.method === 'OPTIONS') return preflight(request, cors);
      response = await guard.trace(spanOf(request, note, facts, target), () =>
        answer(request, target, note, asked, emit),
      );
      for (const [name, value] of Object.entries(cors)) response.headers.set(name, value);
    } catch (cause) {
      const error = toUploadsError(cause);
      tell(note, error, emit);
      response = failure(error, cors);
    }
    response.headers.set('x-request-id', facts.requestId);
    const { route, operation } = note;
    emit({ event: 'call', at, route, operation, status: response.status, duration: clock() - at });
    return response;
  }

  const limits = Object.fromEntries([...routes].map(([name, route]) => [name, route.limits]));
  const drain = () => {
    draining = true;
  };
  return Object.assign(handle, {
    limits: limits as Uploads<ResultsOf<O>>['limits'],
    drain,
    files(name: string, owner: FileOwner | null | undefined) {
      const route = routes.get(name);
      if (route === undefined)
        throw new TypeError(`There is no route "${name}", only ${[...routes.keys()].join(', ')}.`);
      return storedFiles(service, route, owner);
    },
    abortStale: (asked: AbortStaleOptions = {}) =>
      abortStale(service, [...routes.values()], asked, (error) => failedAt(error, 'abortStale')),
  });
}

function checkProcessing(routes: Iterable<ResolvedRoute>, processing: Processing | undefined): void {
  const known = Object.keys(processing?.pipelines ?? {});
  for (const { name, process } of routes)
    if (process !== undefined && !known.includes(process))
      throw new TypeError(
        `The route "${name}" has its files go through "${process}", but \`processing\` has ${known.join(', ') || 'no pipeline'}.`,
      );
}

function spanOf(request: Request, { route }: Note, { requestId }: CallFacts, target: { operation: string }): Span {
  const traceparent = request.headers.get('traceparent');
  // Names that are not ours stay out of traces, too.
  const operation = isOperation(target.operation) || target.operation === 'limits' ? target.operation : 'call';
  return {
    name: `uploads ${operation}`,
    ...(traceIdOf(traceparent) !== undefined && traceparent !== null && { traceparent }),
    attributes: { 'uploads.route': route, 'uploads.request_id': requestId },
  };
}

/** What is known of a call, for its events. */
interface Note {
  at: number;
  route: string;
  operation: string;
  userId: string | undefined;
}

/** Longest life of a signed request, in seconds: whoever reads it in a log has little time to use it. */
const MAX_URL_LIFETIME = 900;

function createService(options: UploadsOptions, logger: Logger): Service {
  const { observe = [], urlLifetime = MAX_URL_LIFETIME, tokenLifetime, uploadLifetime = 604_800 } = options;
  const { clock = Date.now, hookTimeout = 10_000, audience = '', basePath = '' } = options;
  checkTime('hookTimeout', hookTimeout, 'milliseconds');
  checkTime('uploadLifetime', uploadLifetime, 'seconds');
  if (tokenLifetime !== undefined) checkTime('tokenLifetime', tokenLifetime, 'seconds');
  const guard = createGuard(hookTimeout, logger, options.spans);
  if (!(urlLifetime >= 1 && urlLifetime <= MAX_URL_LIFETIME))
    throw new TypeError(`\`urlLifetime\` is ${urlLifetime}; it takes 1 to ${MAX_URL_LIFETIME} seconds.`);
  const secrets = resolveSecret(options.secret, logger);
  const server = [audience, bareBase(basePath)];
  const { completions = memoryCompletions(clock) } = options;
  return {
    tokens: createTokens(secrets, server),
    // Of other names: an upload's token asks about nothing and is no pack, and the others upload nothing.
    statusTokens: createTokens(secrets, [...server, 'status']),
    packTokens: createTokens(secrets, [...server, 'packs']),
    processing: options.processing,
    inTurn: createTurns(),
    scans: new Map(),
    clock,
    random: options.random ?? crypto.getRandomValues.bind(crypto),
    sha256: platformDigests().sha256,
    urlLifetime,
    tokenLifetime,
    uploadLifetime,
    guard,
    warn: logger.warn,
    reservations: options.reservations ?? memoryReservations(clock),
    completions,
    leftBehind: createLeftBehind(completions, clock),
    resting: new Map(),
    emit: createTeller(typeof observe === 'function' ? [observe] : observe, logger, guard),
  };
}

const isOperation = (name: string): name is Operation => OPERATIONS.some((operation) => operation === name);
