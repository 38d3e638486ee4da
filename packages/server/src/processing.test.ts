import { describe, expect, it, onTestFinished } from 'vitest';
import { bytesOf, file, type Harness, sendAll, startServer } from '../test/harness.ts';
import type { FileToProcess, Processing, ProcessingProgress, Route, StoredFile, UploadsOptions } from './index.ts';

/** A pipeline whose progress the test says. */
function pipelines(): Processing & {
  set(status: ProcessingProgress): void;
  enqueued: FileToProcess[];
  waiting: number;
} {
  let status: ProcessingProgress = { state: 'queued', done: 0, total: 2 };
  const listeners = new Set<() => void>();
  return {
    pipelines: { photos: {} },
    enqueued: [],
    waiting: 0,
    enqueue(_, of) {
      this.enqueued.push(of);
    },
    status: async () => status,
    changed(_file, milliseconds, signal) {
      return new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer);
          listeners.delete(end);
          this.waiting = listeners.size;
          resolve();
        };
        const timer = setTimeout(end, milliseconds);
        listeners.add(end);
        this.waiting = listeners.size;
        signal?.addEventListener('abort', end);
      });
    },
    set(now) {
      status = now;
      for (const listener of listeners) listener();
    },
  };
}

async function serve(route: Route, processing: Processing, options: Partial<UploadsOptions> = {}) {
  const server = await startServer({ routes: { files: { process: 'photos', ...route } }, processing, ...options });
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}

async function uploaded(server: Harness, headers: Record<string, string> = {}) {
  const created = await server.create(file('a.jpg', 10), 'files', headers);
  const parts = await sendAll(created, bytesOf(10));
  const answer = await server.post<{ processing?: string; result?: unknown }>(
    '/files/complete',
    { token: created.token, parts },
    headers,
  );
  return { ...answer, token: created.token };
}
const statusAt = (server: Harness, token: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/files/status?token=${encodeURIComponent(token)}`, { headers });

/** Server-sent events, as they come. */
async function* eventsOf(response: Response): AsyncGenerator<ProcessingProgress> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = text.slice(0, end);
      text = text.slice(end + 2);
      if (event.startsWith('data: ')) yield JSON.parse(event.slice(6)) as ProcessingProgress;
    }
  }
}

describe('files of a route with `process`', () => {
  it('are enqueued when they are complete, checked and told of; the page can ask how far they are', async () => {
    const processing = pipelines();
    const told: StoredFile[] = [];
    const server = await serve({ onComplete: (stored) => void told.push(stored) }, processing);
    const { body } = await uploaded(server);
    const [stored] = told;
    expect(processing.enqueued).toEqual([
      { key: stored?.key, etag: stored?.etag, size: 10, type: 'text/plain', name: 'a.jpg' },
    ]);
    // For the app to keep: another device asks by it.
    expect(stored?.processing).toBe(body.processing);
    const answer = await statusAt(server, body.processing ?? '');
    expect([answer.status, await answer.json()]).toEqual([200, { state: 'queued', done: 0, total: 2 }]);
  });

  it('are stored even where the queue is away, and the app hears of it', async () => {
    const away = { ...pipelines(), enqueue: async () => Promise.reject(new Error('the queue is away')) };
    const server = await serve({}, away);
    const { status, body } = await uploaded(server);
    expect([status, typeof body.processing]).toEqual([200, 'string']);
    expect(server.errors.map(String)).toEqual(['Error: the queue is away']);
  });

  it('tell of each change as server-sent events, until it is over', async () => {
    const processing = pipelines();
    const server = await serve({}, processing);
    const { body } = await uploaded(server);
    const answer = await statusAt(server, body.processing ?? '', { accept: 'text/event-stream' });
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    const seen: ProcessingProgress[] = [];
    const next = [
      { state: 'running', done: 1, total: 2 },
      { state: 'done', done: 2, total: 2 },
    ] as const;
    for await (const status of eventsOf(answer)) {
      seen.push(status);
      const following = next[seen.length - 1];
      if (following) processing.set(following);
    }
    expect(seen).toEqual([{ state: 'queued', done: 0, total: 2 }, ...next]);
  });

  it('are looked at no more when the page has gone, or the server wants to end', async () => {
    const processing = pipelines();
    const server = await serve({}, processing);
    const { body } = await uploaded(server);
    const controller = new AbortController();
    const events = async (signal?: AbortSignal) =>
      fetch(`${server.url}/files/status?token=${encodeURIComponent(body.processing ?? '')}`, {
        headers: { accept: 'text/event-stream' },
        ...(signal && { signal }),
      });
    const first = await events(controller.signal);
    await eventsOf(first).next();
    await expect.poll(() => processing.waiting).toBe(1);
    controller.abort();
    await expect.poll(() => processing.waiting).toBe(0);

    const second = await events();
    server.uploads.drain();
    const seen = [];
    for await (const status of eventsOf(second)) seen.push(status);
    expect(seen.length).toBeLessThanOrEqual(1);
  });

  it('are nobody else’s to ask about', async () => {
    const authorize = (request: Request) => {
      const userId = request.headers.get('x-user');
      return userId ? { userId } : null;
    };
    const server = await serve({ authorize }, pipelines());
    const { body, token } = await uploaded(server, { 'x-user': 'ann' });
    const codeOf = async (given: string, headers: Record<string, string>) => {
      const answer = await statusAt(server, given, headers);
      const { error } = (await answer.json()) as { error?: { code: string } };
      return error?.code;
    };
    const own = body.processing ?? '';
    expect(await codeOf(own, { 'x-user': 'ann' })).toBeUndefined();
    expect(await codeOf(own, { 'x-user': 'bob' })).toBe('invalid-token');
    expect(await codeOf(own, {})).toBe('unauthorized');
    // Neither token does what the other one does.
    expect(await codeOf(token, { 'x-user': 'ann' })).toBe('invalid-token');
    const parts = await server.post('/files/parts', { token: own }, { 'x-user': 'ann' });
    expect(parts.body.error.code).toBe('invalid-token');
  });

  it('need a pipeline of that name, and no other route has a status', async () => {
    await expect(startServer({ routes: { files: { process: 'films' } }, processing: pipelines() })).rejects.toThrow(
      'The route "files" has its files go through "films", but `processing` has photos.',
    );
    const server = await startServer({ routes: { files: {} }, processing: pipelines() });
    onTestFinished(() => server[Symbol.asyncDispose]());
    const { body } = await uploaded(server);
    expect(body.processing).toBeUndefined();
    expect((await statusAt(server, 'x')).status).toBe(404);
  });
});
