import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Queue } from '../queue.ts';
import { type Postgres, startPostgres } from '../test-support/postgres.ts';
import { embeddedQueue } from './embedded-queue.ts';
import { postgresQueue } from './postgres-queue.ts';

let postgres: Postgres | string;
beforeAll(async () => {
  postgres = await startPostgres();
  if (typeof postgres === 'string') console.log(`PostgreSQL is passed over: ${postgres}`);
}, 120_000);
afterAll(async () => {
  if (typeof postgres === 'object') await postgres.stop();
});

const folder = mkdtempSync(join(tmpdir(), 'portage-queue-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const RULES = { seconds: 60, attempts: 2 };
const fail = (error: unknown) => {
  throw error;
};

describe.each(['embedded', 'postgres'] as const)('the queue, %s', { timeout: 120_000 }, (kind) => {
  let queue: Queue;
  const open = () =>
    kind === 'embedded'
      ? embeddedQueue({ folder: join(folder, 'shared'), onError: fail })
      : postgresQueue({ url: typeof postgres === 'object' ? postgres.url : '', onError: fail });
  beforeAll(() => {
    queue = open();
  });
  afterAll(() => queue.close());

  /** A pipeline of its own for each test. */
  async function pipeline(rules = RULES): Promise<string> {
    const name = `p-${randomUUID()}`;
    await queue.open(name, rules);
    return name;
  }

  it('gives each job once, the next one at once, and says where it is', async (context) => {
    if (kind === 'postgres' && typeof postgres === 'string') return context.skip();
    const name = await pipeline();
    const jobs = Array.from({ length: 30 }, (_, number) => ({ id: randomUUID(), data: { number } }));
    for (const job of jobs) await queue.add(name, job);
    // Twice is once.
    for (const job of jobs) await queue.add(name, job);
    expect((await queue.counts(name)).waiting).toBe(30);
    const started = Date.now();
    const done: number[] = [];
    const working = await queue.work(name, 2, async ({ data }) => {
      done.push((data as { number: number }).number);
    });
    await expect
      .poll(() => queue.counts(name), { timeout: 60_000 })
      .toMatchObject({ waiting: 0, running: 0, done: 30 });
    // With pg-boss's default a worker does one in two seconds.
    expect(Date.now() - started).toBeLessThan(40_000);
    expect(done.sort((a, b) => a - b)).toEqual(jobs.map(({ data }) => data.number));
    expect(await queue.state(name, jobs[0]?.id ?? '')).toBe('done');
    expect(await queue.state(name, randomUUID())).toBeUndefined();

    // One that is over is done again only where that is asked for.
    const [first = { id: '', data: { number: 0 } }] = jobs;
    await queue.add(name, first);
    expect((await queue.counts(name)).waiting).toBe(0);
    await queue.add(name, first, { again: true });
    await expect.poll(() => done.length).toBe(31);
    await working.stop();
  });

  it('tells a worker that waits of a new job at once', async (context) => {
    if (kind === 'postgres' && typeof postgres === 'string') return context.skip();
    const name = await pipeline();
    let began = 0;
    const working = await queue.work(name, 1, async () => {
      began = performance.now();
    });
    const waits: number[] = [];
    for (let i = 0; i < 5; i++) {
      began = 0;
      const added = performance.now();
      await queue.add(name, { id: randomUUID(), data: {} });
      await expect.poll(() => began, { interval: 1 }).toBeGreaterThan(0);
      waits.push(began - added);
    }
    console.log(`${kind}: from add to run, milliseconds: ${waits.map(Math.round).join(', ')}`);
    // It looks by itself every two seconds only.
    expect(Math.min(...waits)).toBeLessThan(500);
    await working.stop();
  });

  it('tries a job again that has failed, and then keeps it as failed', async (context) => {
    if (kind === 'postgres' && typeof postgres === 'string') return context.skip();
    const name = await pipeline({ seconds: 60, attempts: 2 });
    const id = randomUUID();
    const seen: unknown[] = [];
    await queue.add(name, { id, data: {} });
    const working = await queue.work(name, 1, async ({ attempt, isLast }) => {
      seen.push([attempt, isLast]);
      throw new Error('no');
    });
    await expect.poll(() => queue.state(name, id), { timeout: 60_000 }).toBe('failed');
    expect(seen).toEqual([
      [1, false],
      [2, true],
    ]);
    await expect.poll(async () => (await queue.counts(`${name}.dead`)).waiting).toBe(1);
    await working.stop();
  });

  it('takes and gives nothing any more once it is closed', async (context) => {
    if (kind === 'postgres' && typeof postgres === 'string') return context.skip();
    await queue.close();
    await expect(queue.add('p', { id: randomUUID(), data: {} })).rejects.toMatchObject({ code: 'queue-closed' });
  });
});

describe('the folder of the embedded queue', { timeout: 120_000 }, () => {
  const owner = fileURLToPath(new URL('../../test/owner.mjs', import.meta.url));
  async function start(path: string): Promise<{ said: string; end: (signal: NodeJS.Signals) => Promise<void> }> {
    const child = fork(owner, [path], { execArgv: [] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const [said] = (await once(child, 'message')) as [string];
    const end = async (signal: NodeJS.Signals) => {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    };
    return { said, end };
  }

  it('is refused to others, and the next one goes on where a killed one was', async () => {
    const path = join(folder, 'held');
    const first = await start(path);
    expect(first.said).toBe('open');
    expect((await start(path)).said).toBe('folder-in-use');
    const queue = embeddedQueue({ folder: path });
    onTestFinished(() => queue.close());
    await expect(queue.open('held', RULES)).rejects.toMatchObject({ code: 'folder-in-use' });

    // Nothing is left to be cleaned up by hand, and what it had in hand is nobody's.
    await first.end('SIGKILL');
    await queue.open('held', RULES);
    expect(await queue.counts('held')).toMatchObject({ running: 0, waiting: 1 });
    const attempts: number[] = [];
    const working = await queue.work('held', 1, async ({ attempt }) => void attempts.push(attempt));
    await expect.poll(() => attempts, { timeout: 60_000 }).toEqual([2]);
    await working.stop();
  });
});
