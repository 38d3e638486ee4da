/** A link between the engine and a store, simulated in steps of 20 ms: the same run gives the same figures each time. */
import type { Failure, Outcome, Transport } from '../src/index.ts';
import { type FakeClock, failed, ok } from './world.ts';

export interface LinkOptions {
  /** In bytes per second, `ms` after the start. */
  rate: (ms: number) => number;
  /** In milliseconds. */
  rtt: number;
  /** Most bytes per second of one connection: a window that is too small, or loss. @default none */
  perConnection?: number;
  /** From the last byte to the response, beside the round trip. In milliseconds. @default 200 */
  answer?: number;
  /** The store asks for less while more than so many requests are in flight. */
  throttleAbove?: (ms: number) => number;
  /** A gateway ends each request that is so old, in milliseconds. @default none does */
  endsAfter?: number;
}

interface Connection {
  readonly size: number;
  readonly onProgress: (loaded: number) => void;
  readonly finish: (outcome: Outcome<{ etag: string | undefined }>) => void;
  loaded: number;
  /** Bytes per second that slow start has reached; a connection that was idle starts anew. */
  pace: number;
}

const STEP = 20;
/** Ten segments in the first round trip (RFC 6928). */
const FIRST = 10 * 1460;
const SLOW_DOWN: Failure = { kind: 'store', status: 503, code: 'SlowDown' };

export function createLink(
  clock: FakeClock,
  { rate, rtt, perConnection = Number.POSITIVE_INFINITY, ...rest }: LinkOptions,
) {
  const { answer = 200, throttleAbove = () => Number.POSITIVE_INFINITY, endsAfter } = rest;
  const startedAt = clock.now();
  const sending = new Set<Connection>();
  const seconds: number[] = [];
  const inFlight: number[] = [];
  let open = 0;
  let refused = 0;
  let ended = 0;
  let ticking = false;

  function tick(): void {
    ticking = sending.size > 0;
    if (!ticking) return;
    clock.after(STEP, tick);
    const ms = clock.now() - startedAt;
    // Max-min fair: whoever wants less than the share leaves it to the others.
    let left = (rate(ms) * STEP) / 1000;
    const byNeed = [...sending].sort((a, b) => a.pace - b.pace);
    byNeed.forEach((connection, index) => {
      const share = left / (byNeed.length - index);
      const bytes = Math.min(share, (connection.pace * STEP) / 1000, connection.size - connection.loaded);
      left -= bytes;
      connection.loaded += bytes;
      connection.pace = Math.min(perConnection, connection.pace * 2 ** (STEP / rtt));
      const second = Math.floor(ms / 1000);
      seconds[second] = (seconds[second] ?? 0) + bytes;
      inFlight[second] = Math.max(inFlight[second] ?? 0, open);
    });
    for (const connection of byNeed) {
      const whole = connection.loaded >= connection.size - 1e-6;
      if (whole) sending.delete(connection);
      connection.onProgress(whole ? connection.size : Math.floor(connection.loaded));
      if (whole) clock.after(rtt + answer, () => connection.finish(ok({ etag: '"e"' })));
    }
  }

  const transport: Transport<{ start: number; end: number }> = {
    send({ body, onProgress }, signal) {
      open += 1;
      return new Promise<Outcome<{ etag: string | undefined }>>((resolve) => {
        const finish = (outcome: Outcome<{ etag: string | undefined }>) => {
          open -= 1;
          resolve(outcome);
        };
        if (open > throttleAbove(clock.now() - startedAt)) {
          refused += 1;
          clock.after(rtt, () => finish(failed(SLOW_DOWN)));
          return;
        }
        const pace = Math.min(perConnection, (FIRST / rtt) * 1000);
        const connection = { size: body.end - body.start, onProgress, finish, loaded: 0, pace };
        sending.add(connection);
        if (endsAfter !== undefined)
          clock.after(endsAfter, () => {
            if (!sending.delete(connection)) return;
            ended += 1;
            finish(failed({ kind: 'network' }));
          });
        signal.addEventListener('abort', () => {
          if (sending.delete(connection)) finish(failed({ kind: 'network' }));
        });
        if (!ticking) clock.after(STEP, tick);
        ticking = true;
      });
    },
  };

  return {
    transport,
    /** Bytes that moved in each second since the start. */
    seconds,
    /** Most requests in flight in each second. */
    inFlight,
    get refused() {
      return refused;
    },
    /** How many requests the gateway has ended. */
    get ended() {
      return ended;
    },
  };
}
