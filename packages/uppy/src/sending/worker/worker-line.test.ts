/** The line to a worker, with a worker that a test speaks for. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFakeLocks, type FakeLocks } from '../../../test/locks.ts';
import type { Order, Report } from './messages.ts';
import { createWorkerLine } from './worker-line.ts';

class FakeWorker {
  onmessage: (event: MessageEvent<Report>) => void = () => {};
  onerror: (event: Event) => void = () => {};
  readonly orders: Order[] = [];
  terminated = false;
  #letGo = () => {};

  postMessage(order: Order): void {
    this.orders.push(order);
  }

  terminate(): void {
    this.terminated = true;
    this.#letGo();
  }

  say(report: Report): void {
    this.onmessage(new MessageEvent('message', { data: report }));
  }

  /** Takes its lock, as the worker's own code does, and says so. */
  async live(): Promise<void> {
    const [first] = this.orders;
    if (first?.do !== 'live') throw new Error('The first order names the lock.');
    await new Promise<void>((taken) => {
      void navigator.locks.request(first.lock, () => {
        taken();
        return new Promise<void>((letGo) => {
          this.#letGo = letGo;
        });
      });
    });
    this.say({ is: 'ready' });
  }

  /** Dies without a word, as one does whose memory is gone: only its lock tells. */
  die(): void {
    this.#letGo();
  }
}

let locks: FakeLocks;
const made: FakeWorker[] = [];
const make = () => {
  const worker = new FakeWorker();
  made.push(worker);
  return worker as unknown as Worker;
};

beforeEach(() => {
  locks = createFakeLocks();
  made.length = 0;
  vi.stubGlobal('navigator', { locks });
  vi.stubGlobal('Worker', FakeWorker);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const join = { do: 'join', parts: [], algorithm: 'MD5' } as const;
const idOf = (worker: FakeWorker | undefined) => {
  const order = worker?.orders.at(-1);
  return order && 'id' in order ? order.id : Number.NaN;
};

async function living(line: ReturnType<typeof createWorkerLine>): Promise<FakeWorker> {
  line.wake();
  await made.at(-1)?.live();
  return made.at(-1) as FakeWorker;
}

it('gives each response to the one who asked', async () => {
  const line = createWorkerLine(make);
  const worker = await living(line);
  const first = line.ask(join);
  await vi.waitFor(() => expect(worker.orders).toHaveLength(2));
  const id = idOf(worker);
  const second = line.ask(join);
  await vi.waitFor(() => expect(worker.orders).toHaveLength(3));
  worker.say({ is: 'answer', id: idOf(worker), value: 'second' });
  worker.say({ is: 'answer', id, value: 'first' });
  await expect(Promise.all([first, second])).resolves.toEqual([{ value: 'first' }, { value: 'second' }]);
  expect(made).toHaveLength(1);
});

it('passes on progress, until the response is there', async () => {
  const line = createWorkerLine(make);
  const worker = await living(line);
  const moved: number[] = [];
  const asked = line.ask(join, undefined, (loaded) => moved.push(loaded));
  await vi.waitFor(() => expect(worker.orders).toHaveLength(2));
  const id = idOf(worker);
  worker.say({ is: 'progress', of: [[id, 5]] });
  worker.say({ is: 'answer', id, value: undefined });
  worker.say({ is: 'progress', of: [[id, 9]] });
  await asked;
  expect(moved).toEqual([5]);
});

it('ends every job when the worker is gone, and makes no other', async () => {
  const line = createWorkerLine(make);
  const worker = await living(line);
  const jobs = [line.ask(join), line.ask(join)];
  await vi.waitFor(() => expect(worker.orders).toHaveLength(3));
  worker.die();
  await expect(Promise.all(jobs)).resolves.toEqual(['lost', 'lost']);
  await expect(line.ask(join)).resolves.toBe('none');
  expect(made).toHaveLength(1);
});

it('has a stopped job stopped in the worker too', async () => {
  const line = createWorkerLine(make);
  const worker = await living(line);
  const controller = new AbortController();
  const asked = line.ask(join, controller.signal);
  await vi.waitFor(() => expect(worker.orders).toHaveLength(2));
  const id = idOf(worker);
  controller.abort();
  await expect(asked).resolves.toBe('lost');
  expect(worker.orders.at(-1)).toEqual({ do: 'stop', id });
});

it('lets a worker without work go, and starts another when there is work', async () => {
  const line = createWorkerLine(make);
  const worker = await living(line);
  worker.say({ is: 'idle' });
  expect(worker.terminated).toBe(true);
  const asked = line.ask(join);
  await made.at(-1)?.live();
  await vi.waitFor(() => expect(made.at(-1)?.orders).toHaveLength(2));
  expect(made).toHaveLength(2);
  made.at(-1)?.say({ is: 'answer', id: idOf(made.at(-1)), value: 1 });
  await expect(asked).resolves.toEqual({ value: 1 });
});

it('keeps a worker that says it is idle while an order is on its way to it', async () => {
  const line = createWorkerLine(make);
  const worker = await living(line);
  const asked = line.ask(join);
  await vi.waitFor(() => expect(worker.orders).toHaveLength(2));
  worker.say({ is: 'idle' });
  expect(worker.terminated).toBe(false);
  worker.say({ is: 'answer', id: idOf(worker), value: 1 });
  await expect(asked).resolves.toEqual({ value: 1 });
});

it.each([
  ['there is to be none', undefined],
  [
    'it cannot be made',
    () => {
      throw new Error('A Content-Security-Policy forbids it.');
    },
  ],
])('does without a worker where %s', async (_, maker) => {
  await expect(createWorkerLine(maker).ask(join)).resolves.toBe('none');
});

it('does without a worker where the browser has no locks', async () => {
  vi.stubGlobal('navigator', {});
  await expect(createWorkerLine(make).ask(join)).resolves.toBe('none');
  expect(made).toHaveLength(0);
});

it('does not wait for a worker whose code is not there after three seconds', async () => {
  vi.useFakeTimers();
  const asked = createWorkerLine(make).ask(join);
  await vi.advanceTimersByTimeAsync(3_000);
  await expect(asked).resolves.toBe('none');
});

it('tries a worker that did not start again when it is woken, three times in all', async () => {
  vi.useFakeTimers();
  const line = createWorkerLine(make);
  for (let turn = 1; turn <= 4; turn += 1) {
    line.wake();
    const asked = line.ask(join);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await asked).toBe('none');
    expect(await line.ask(join), 'not tried for each order').toBe('none');
    expect(made).toHaveLength(Math.min(turn, 3));
  }
});

it('tries it with each order where the page cannot do the work either, however often that was in vain', async () => {
  const line = createWorkerLine(make);
  for (let turn = 1; turn <= 5; turn += 1) {
    line.need();
    const asked = line.ask(join);
    made.at(-1)?.onerror(new Event('error', { cancelable: true }));
    expect(await asked).toBe('none');
    expect(made).toHaveLength(turn);
  }
  line.need();
  line.need();
  const asked = line.ask(join);
  await made.at(-1)?.live();
  line.need();
  await vi.waitFor(() => expect(made.at(-1)?.orders).toHaveLength(2));
  made.at(-1)?.say({ is: 'answer', id: idOf(made.at(-1)), value: 7 });
  expect(await asked).toEqual({ value: 7 });
  expect(made).toHaveLength(6);
});

it('has the one that is tried again do the work', async () => {
  const line = createWorkerLine(make);
  line.wake();
  made[0]?.onerror(new Event('error', { cancelable: true }));
  expect(await line.ask(join)).toBe('none');
  const worker = await living(line);
  const asked = line.ask(join);
  await vi.waitFor(() => expect(worker.orders).toHaveLength(2));
  worker.say({ is: 'answer', id: idOf(worker), value: 7 });
  expect(await asked).toEqual({ value: 7 });
});

it('tries no other one after one that has lived was lost', async () => {
  const line = createWorkerLine(make);
  const worker = await living(line);
  worker.die();
  await vi.waitFor(() => expect(worker.terminated).toBe(true));
  line.wake();
  expect(await line.ask(join)).toBe('none');
  expect(made).toHaveLength(1);
});
