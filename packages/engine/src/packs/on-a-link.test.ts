/** Packs on a simulated link, before a simulated server and store: what waiting alone comes to, without any processor's time. */
import { expect, it } from 'vitest';
import { createLink } from '../../test/link.ts';
import { FakeClock, ok } from '../../test/world.ts';
import { createPacker } from './packer.ts';

const RTT = 80;
const LINK = { rate: () => 100e6 / 8, rtt: RTT };
/** Amazon's: of what packs have at least. */
const LEAST = 5 * 1024 * 1024 + 1;
/** Files that are open at once, as the engine has them. */
const OPEN = 2560;

/** Runs at most `most` at once; the others wait for their turn. */
function lanes(most: number) {
  let running = 0;
  const queue: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= most) await new Promise<void>((resolve) => queue.push(resolve));
    else running += 1;
    const done = await work();
    const next = queue.shift();
    if (next) next();
    else running -= 1;
    return done;
  };
}

/** Sends files of a size, which the store copies as late as it answers a PUT. */
async function send(count: number, size: number) {
  const clock = new FakeClock();
  const link = createLink(clock, LINK);
  const wait = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));
  let [bytes, requests, calls] = [0, 0, 0];
  const connections = lanes(6);
  /** The browser asks the store for leave before each, and has six connections to it. */
  const plain: typeof link.transport = {
    async send(attempt, signal) {
      requests += 1;
      bytes += attempt.body.end - attempt.body.start;
      await connections(() => wait(RTT));
      return connections(() => link.transport.send(attempt, signal));
    },
  };
  const [creates, completes, copies] = [lanes(2), lanes(2), lanes(128)];
  let [begun, created, done] = [0, 0, 0];
  const ways = new Map<string, number>();
  const took = (token: string) => ways.set(token, (ways.get(token) ?? 0) + 1);
  const packer = createPacker<{ start: number; end: number }>({
    clock,
    least: () => LEAST,
    plain,
    sizeOf: ({ start, end }) => end - start,
    isMoreComing: () => created < begun,
    join: async (bodies, padding) => ({
      body: { start: 0, end: bodies.reduce((sum, { body: { start, end } }) => sum + end - start, padding) },
      read: bodies.map(() => ({ checksum: undefined })),
    }),
    async begin() {
      calls += 1;
      await wait(RTT);
      return ok({ token: 'p', request: { method: 'PUT', url: 'pack', headers: {}, expiresAt: 0 } });
    },
    async unpack(_token, _etag, files) {
      calls += 1;
      await wait(RTT);
      await Promise.all(files.map(() => copies(() => wait(200))));
      for (const { token } of files) took(token);
      return ok(files.map(({ token }) => token));
    },
  });

  const waiting: (() => void)[] = [];
  let completing = false;
  async function complete(): Promise<void> {
    if (completing) return;
    completing = true;
    while (waiting.length > 0) {
      const some = waiting.splice(0, 50);
      void completes(() => wait(RTT + 20)).then(() => {
        for (const end of some) end();
      });
      await wait(RTT / 2);
    }
    completing = false;
  }
  async function one(index: number): Promise<void> {
    const token = `f${index}`;
    const onAlone = () => took(token);
    const request = { method: 'PUT', url: token, headers: {}, expiresAt: 0, pack: token };
    const attempt = {
      request,
      body: { start: 0, end: size },
      onProgress: () => undefined,
      onAlone,
      afterSilence: false,
    };
    await packer.send(attempt, new AbortController().signal);
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      void complete();
    });
    done += 1;
    fill();
  }
  function fill(): void {
    while (begun < count && begun - done <= OPEN - 50) {
      const first = begun;
      begun = Math.min(count, begun + 50);
      const of = Array.from({ length: begun - first }, (_, index) => first + index);
      void creates(() => wait(RTT + 40)).then(() => {
        created += of.length;
        for (const index of of) void one(index);
      });
    }
  }
  const startedAt = clock.now();
  fill();
  while (done < count) await clock.pass(100);
  const seconds = (clock.now() - startedAt) / 1000;
  return {
    seconds,
    requests,
    calls,
    padding: bytes / (count * size) - 1,
    twice: [...ways.values()].filter((n) => n > 1),
  };
}

it.each([
  { count: 500, size: 100_000, most: 7.5, padding: 0.05 },
  { count: 10_000, size: 10_000, most: 20, padding: 0.05 },
])(
  '$count files of $size bytes take at most $most s, and none is sent twice',
  async ({ count, size, ...bar }) => {
    const { seconds, requests, calls, padding, twice } = await send(count, size);
    console.log(
      `${count} × ${size / 1000} kB, 100 Mbit/s, 80 ms: ${seconds.toFixed(1)} s in packs, ${requests} PUTs, ${calls} calls about packs, ${(100 * padding).toFixed(1)} % padding`,
    );
    expect(twice).toEqual([]);
    expect(seconds).toBeLessThanOrEqual(bar.most);
    expect(padding).toBeLessThanOrEqual(bar.padding);
  },
  60_000,
);
