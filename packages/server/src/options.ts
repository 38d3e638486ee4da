import type { Operation } from '@portage/protocol';
import type { TrustProxy } from './http/asked.ts';
import type { Origins } from './http/origins.ts';
import type { Observer } from './observe/events.ts';
import type { Logger } from './observe/logger.ts';
import type { Spans } from './observe/spans.ts';
import type { Reservations } from './policy/reservations.ts';
import type { Processing } from './processing.ts';
import type { Completions } from './regions/completions.ts';
import type { Awaitable } from './route.ts';
import type { Storage } from './storage.ts';

/** All that {@link createUploads} can be told, beside its routes. */
export interface UploadsOptions {
  /** Where the files go, unless a route says otherwise. @example s3FromEnv(process.env) */
  storage: Storage;
  /**
   * Makes something of stored files, for routes that have a `process`. The server only adds to its queue and asks how far it
   * is: workers may be anywhere.
   * @default nothing is made of files
   * @example createProcessing({ storage, queue, pipelines: { photos: pipeline([image()]) } })
   */
  processing?: Processing;
  /**
   * Signs tokens, so it must be the same on all servers; at least 32 characters. Of several the first one signs and
   * all are accepted, which changes a secret without interrupting an upload. Where `NODE_ENV` is `production` it is
   * required.
   * @default one for this process, with a warning: no upload outlives a restart then
   */
  secret?: string | readonly string[] | undefined;
  /**
   * Tells this server from others that have the same secret: staging from production, one app from another. A token of
   * another audience is refused, and so is one of another `basePath`, endpoint or bucket.
   * @default ''
   * @example 'staging'
   */
  audience?: string;
  /** What stands before the route in the path. @default '' @example '/api/uploads' */
  basePath?: string;
  /** Pages of other origins that may call: a list, or `'*'` for all, which goes without cookies. @default [] */
  origins?: Origins;
  /**
   * The server's own names, with or without a port: a call by another one is refused, such as that of a page whose name
   * was made to point here (DNS rebinding). `/healthz` answers by every name.
   * @default every name
   * @example ['app.example', 'localhost:3000']
   */
  hosts?: readonly string[];
  /**
   * Whether `X-Forwarded-Host`, `X-Forwarded-For` and `Forwarded` are read: they tell the name that a proxy was asked by,
   * and who asked. Anybody can write them, so trust only a proxy that sets or removes them all: by a function of its
   * address, or `true` where nobody else can reach this server.
   * @default false
   * @example (address) => address === '10.0.0.7'
   */
  trustProxy?: TrustProxy;
  /** Life of a signed request in seconds, at most 900. @default 900 */
  urlLifetime?: number;
  /**
   * How long an upload may take, pauses and all, in seconds. What is older cannot go on; have the bucket remove it.
   * @default 604_800, seven days
   */
  uploadLifetime?: number;
  /**
   * How long a token is accepted, in seconds. Where the route has an `authorize`, one that is over is renewed for the same
   * user, who may still upload; elsewhere it ends the upload.
   * @default 86_400, a day, with `authorize`; else `uploadLifetime`
   */
  tokenLifetime?: number;
  /** Asked on every call, once it is known who calls and for what: a response refuses it with 429. @default no limit */
  rateLimit?: RateLimit;
  /**
   * Where uploads under way are counted against the `quota` of their route. Servers that stand beside each other share
   * one; apps/examples has one on Redis.
   * @default memoryReservations(), of this process alone
   */
  reservations?: Reservations;
  /**
   * Where complete uploads are kept account of, so that one which was moved to another region is told of once. Of no use
   * without `regions()`. Servers that stand beside each other share one.
   * @default memoryCompletions(), of this process alone
   */
  completions?: Completions;
  /**
   * Longest wait for a hook (`authorize`, `quota`, `key`, `metadata`, `onCreate`, `onComplete`, `rateLimit`) in
   * milliseconds. Then the call fails, and may be made again.
   * @default 10_000
   */
  hookTimeout?: number;
  /** Hears of everything that happens: for audits, metrics and traces. @default nobody */
  observe?: Observer | readonly Observer[];
  /** Runs each call and each hook within a span of a trace, such as of OpenTelemetry. @default no spans */
  spans?: Spans;
  /** Where the log goes. Pino fits. @default failures only, to the console */
  logger?: Logger;
  /** Hears of failures that are the server's own or its store's. @default they are logged */
  onError?: (error: unknown, call: { route: string; operation: string }) => unknown;
  /** Milliseconds since the epoch. @default Date.now */
  clock?: () => number;
  /** Fills an array with random bytes. @default crypto.getRandomValues */
  random?: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array;
}

/** A call that a {@link RateLimit} may refuse. */
export interface LimitedCall {
  /** Its body must not be read. */
  request: Request;
  route: string;
  operation: Operation;
  /** Empty where the route is `anonymous`: take the address then. */
  userId: string;
  /** Of the caller, where it is known; behind a proxy see `trustProxy`. */
  address: string | undefined;
  /** How many files a `create` asks for; else 0. */
  files: number;
  /** What a `create` or a `pack` lets a page send, in bytes; else 0. Small files that travel together count in both. */
  bytes: number;
}

/** Says in how many seconds to call again; nothing lets the call through. Counts are yours, shared by your servers. */
export type RateLimit = (call: LimitedCall) => Awaitable<{ retryAfter: number } | undefined>;
