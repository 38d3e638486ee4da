import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { checkTime } from '../check-time.ts';
import { LONGEST_CALL } from '../http/budget.ts';
import { toNodeHandler } from './handler.ts';

export interface ServeOptions {
  /** 0 takes a free one. @default 3000 */
  port?: number;
  /** Address to listen on. @default all */
  host?: string;
  /** Signals that end the server; an empty list leaves them to the app. @default ['SIGTERM', 'SIGINT'] */
  signals?: readonly NodeJS.Signals[];
  /**
   * How long `/healthz` says 503 before no more calls are taken, in milliseconds: as long as your load balancer takes
   * to notice. @default 0
   */
  drainFor?: number;
  /**
   * Longest wait for calls under way, in milliseconds: as long as the slowest one may take. Whatever ends the process must
   * wait longer, such as `terminationGracePeriodSeconds` of Kubernetes.
   * @default 30_000
   */
  closeWithin?: number;
}

/** A server that runs. */
export interface Served {
  readonly server: Server;
  readonly port: number;
  /** Takes no more calls, lets those under way end, then closes. May be called again. */
  close(): Promise<void>;
}

/**
 * Serves uploads until the process is asked to end; then no call under way is cut off.
 *
 * @example
 * await serve(uploads, { port: 3000 });
 * @throws the error of `listen`, such as EADDRINUSE; TypeError where a time cannot be waited for.
 */
export async function serve(
  uploads: ((request: Request) => Promise<Response>) & { drain(): void },
  options: ServeOptions = {},
): Promise<Served> {
  const {
    port = 3000,
    host,
    signals = ['SIGTERM', 'SIGINT'],
    drainFor = 0,
    closeWithin = LONGEST_CALL + 1_000,
  } = options;
  if (drainFor !== 0) checkTime('drainFor', drainFor, 'milliseconds');
  if (closeWithin !== 0) checkTime('closeWithin', closeWithin, 'milliseconds');
  const server = createServer(toNodeHandler(uploads));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });

  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= end();
    return closing;
  };
  async function end(): Promise<void> {
    for (const signal of signals) process.off(signal, close);
    uploads.drain();
    if (drainFor > 0) await delay(drainFor);
    const ended = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    const late = setTimeout(() => server.closeAllConnections(), closeWithin);
    await ended;
    clearTimeout(late);
  }
  for (const signal of signals) process.once(signal, close);
  return { server, port: (server.address() as AddressInfo).port, close };
}
