/**
 * What holds of objects, whoever does what in which order: two users whose uploads meet at the same keys, stores of every
 * kind, answers that are lost.
 */
import type { Created } from '@portage/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SECRET } from '../test/harness.ts';
import { checksumOf, MemoryStore, type MemoryStoreOptions } from '../test/memory-store.ts';
import { createUploads, PROFILES, type Route, type StoredFile, s3, type UploadEvent } from './index.ts';

/** `npm run test:property` runs 100,000. */
const RUNS = Number(process.env['PORTAGE_PROPERTY_RUNS'] ?? 400);

const USERS = ['ann', 'bob'] as const;
/** GIF, TIFF and HTML of eight bytes, or nine: an upload's size is eight. HTML is taken by nobody. */
const CONTENTS = ['GIF89a01', 'GIF89a02', 'II*\0\b\0\0\0', 'II*\0\t\0\0\0', '<html>03', 'GIF89a004'] as const;
const SIZE = 8;
/** The one server takes TIFF, whatever its name; the other does not any more. */
const SERVERS = [['image/gif', 'image/tiff'], ['image/gif']] as const;

interface Kind extends MemoryStoreOptions {
  readonly overwrite: boolean;
  readonly comparison: 'CRC64NVME' | 'MD5' | 'ETag';
}

const upload = fc.nat(5);
const content = fc.constantFrom(...CONTENTS);
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('create' as const),
      user: fc.constantFrom(...USERS),
      key: fc.constantFrom('k', 'l'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant('put' as const), upload, content, part: fc.integer({ min: 1, max: 2 }) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('complete' as const),
      upload,
      names: fc.boolean(),
      claims: fc.constantFrom('nothing', 'nothing', 'another etag', 'another checksum', 'its checksum'),
    }),
  },
  fc.record({ does: fc.constant('sign' as const), upload }),
  fc.record({ does: fc.constant('abort' as const), upload }),
  fc.record({ does: fc.constant('remove' as const), key: fc.constantFrom('k', 'l') }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Steps of a round go at the same time, on one server. */
const round = fc.record({
  server: fc.nat(1),
  steps: fc.oneof(
    { weight: 3, arbitrary: fc.tuple(step) },
    // Who removes something, or gives it up, at the moment of its completion does not know what it was.
    {
      weight: 2,
      arbitrary: fc.array(
        step.filter(({ does }) => does !== 'remove' && does !== 'abort'),
        { minLength: 2, maxLength: 4 },
      ),
    },
  ),
});
/** Two uploads at one key, each with bytes: else most rounds would meet nothing. */
const begun = fc
  .record({ first: content, second: content, parts: fc.constantFrom(1, 2) })
  .map(({ first, second }): { server: number; steps: Step[] }[] => [
    { server: 0, steps: [{ does: 'create', user: 'ann', key: 'k' }] },
    { server: 0, steps: [{ does: 'put', upload: 0, content: first, part: 1 }] },
    { server: 0, steps: [{ does: 'create', user: 'bob', key: 'k' }] },
    { server: 0, steps: [{ does: 'put', upload: 1, content: second, part: 1 }] },
  ]);

const kind: fc.Arbitrary<Kind> = fc.record({
  conditions: fc.boolean(),
  versions: fc.boolean(),
  repeatsAnswers: fc.boolean(),
  lateParts: fc.boolean(),
  overwrite: fc.boolean(),
  comparison: fc.constantFrom('CRC64NVME', 'MD5', 'ETag'),
});

/** Whether the response to a request is lost, or the request itself. */
type Fault = 'none' | 'answer' | 'request';

interface Begun {
  readonly user: string;
  readonly key: string;
  readonly created: Created;
  /** Aborted before there was an object of it, or its object was removed by the app, which had been told of it. */
  ended: boolean;
}

/** One store, two servers before it, and what was seen of both. */
class World {
  readonly store: MemoryStore;
  readonly begun: Begun[] = [];
  /** By id: what `onComplete` was told of, and nobody has removed since. */
  readonly accepted = new Map<string, { key: string; bytes: string }>();
  /** What went wrong where nobody looks. */
  readonly violations: string[] = [];
  readonly discarded: Extract<UploadEvent, { event: 'discarded' }>[] = [];
  readonly #servers;
  readonly #kind: Kind;

  constructor(kind: Kind, scheduler: fc.Scheduler, faultOfNext: () => Fault) {
    this.#kind = kind;
    const { conditions, lateParts: takesLateParts, comparison } = kind;
    this.store = new MemoryStore(kind);
    const storage = s3({
      ...{ bucket: 'b', endpoint: 'http://store.example', credentials: { accessKeyId: 'a', secretAccessKey: 's' } },
      profile: {
        ...PROFILES.generic,
        conditionalWrites: { put: conditions, complete: conditions, delete: conditions },
        ...{ takesLateParts, compare: { put: comparison, multipart: comparison }, minPartSize: 1 },
      },
      fetch: async (input, init = {}) => {
        const body =
          init.body === undefined || init.body === null ? '' : Buffer.from(init.body as Uint8Array).toString();
        const fault = faultOfNext();
        await scheduler.schedule(Promise.resolve(), `${init.method} ${String(input)}`);
        if (fault === 'request') throw new TypeError('lost');
        const answer = this.store.handle(init.method ?? 'GET', String(input), new Headers(init.headers), body);
        await scheduler.schedule(Promise.resolve(), 'its response');
        if (fault === 'answer') throw new TypeError('lost');
        return answer;
      },
    });
    const route: Route = {
      authorize: (request) => ({ userId: request.headers.get('x-user') ?? '' }),
      prefix: () => 'team/',
      key: ({ meta }) => meta['key'] ?? '',
      overwrite: kind.overwrite,
      onComplete: (file) => this.#accept(file),
    };
    this.#servers = SERVERS.map((accept) =>
      createUploads({
        ...{ storage, secret: SECRET, routes: { files: { ...route, accept } } },
        onError: () => undefined,
        logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
        observe: (event: UploadEvent) => {
          if (event.event === 'discarded') this.discarded.push(event);
        },
      }),
    );
  }

  #accept({ id, key }: StoredFile): void {
    const object = this.store.latest(key);
    // Where others may overwrite it, one that came in between may be there; it will be told of too.
    if (object?.headers['x-amz-meta-portage-id'] !== id && this.#kind.overwrite) return;
    if (object?.headers['x-amz-meta-portage-id'] !== id) this.violations.push(`told of ${id}, which is not there`);
    this.accepted.set(id, { key, bytes: object?.bytes ?? '' });
  }

  #idAt(key: string): string | undefined {
    return this.store.latest(key)?.headers['x-amz-meta-portage-id'];
  }

  async #ask(server: number, user: string, operation: string, body: object) {
    const headers = { 'content-type': 'application/json', 'x-user': user };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await this.#servers[server]?.(new Request(`http://app.example/files/${operation}`, init));
    return { status: response?.status, body: JSON.parse((await response?.text()) ?? '') };
  }

  async run(server: number, step: Step): Promise<void> {
    switch (step.does) {
      case 'create': {
        const file = { name: `${step.key}.gif`, type: 'image/gif', size: SIZE, meta: { key: step.key } };
        const { body } = await this.#ask(server, step.user, 'create', { files: [file] });
        const [created] = body.files ?? [];
        if (created && !('error' in created))
          this.begun.push({ user: step.user, key: created.key, created, ended: false });
        return;
      }
      case 'remove': {
        const key = `team/${step.key}`;
        const id = this.#idAt(key);
        for (const each of this.begun) if (each.created.id === id && this.accepted.has(id)) each.ended = true;
        this.store.remove(key);
        for (const [accepted, object] of this.accepted) if (object.key === key) this.accepted.delete(accepted);
        return;
      }
    }
    const own = this.begun[step.upload % Math.max(1, this.begun.length)];
    if (own === undefined) return;
    const { created, user } = own;
    const { token } = created;
    switch (step.does) {
      case 'sign':
        await this.#ask(server, user, 'sign', { token, parts: [1] });
        return;
      case 'put': {
        // The oldest signature there is.
        const { method, url } = created.requests[0]?.request ?? { method: '', url: '' };
        this.store.handle(method, url, new Headers(), step.content);
        return;
      }
      case 'abort': {
        const { status } = await this.#ask(server, user, 'abort', { token });
        const there = this.store.keys().filter((key) => this.#idAt(key) === created.id);
        if (status !== 200) return;
        if (there.some((key) => key.includes('~pending/'))) this.violations.push(`${created.id} waits after an abort`);
        if (there.length === 0) own.ended = true;
        return;
      }
      case 'complete': {
        const { ended } = own;
        const held = step.names ? await this.#ask(server, user, 'parts', { token }) : undefined;
        const parts = held?.body.parts ?? [];
        const claim = {
          nothing: {},
          'another etag': { etag: '0'.repeat(32) },
          'another checksum': { checksum: 'AAAAAAAAAAA=' },
          'its checksum': { checksum: checksumOf('GIF89a01') },
        }[step.claims];
        const { status } = await this.#ask(server, user, 'complete', { token, parts, ...claim });
        if (ended) expect(status, 'of the completion of an upload that has ended').not.toBe(200);
        return;
      }
    }
  }

  /** What is at the places of files. */
  places(): object {
    const keys = this.store.keys().filter((key) => !key.includes('~pending/'));
    return keys.map((key) => [key, { ...this.store.latest(key) }]);
  }

  check(): void {
    expect(this.violations).toEqual([]);
    for (const [id, { key, bytes }] of this.accepted) {
      const there = this.store.latest(key);
      expect(there?.broken, 'whether it cannot be read').toBe(false);
      // Where one may replace another, it has the right size and may not have been told of yet.
      if (this.#kind.overwrite && this.#idAt(key) !== id) expect(there?.bytes).toHaveLength(SIZE);
      else expect([this.#idAt(key), there?.bytes], 'whose object is there, and what is in it').toEqual([id, bytes]);
    }
    for (const { id, key, removed } of this.discarded) {
      if (!removed) continue;
      const left = this.store.all(key).filter(({ headers }) => headers['x-amz-meta-portage-id'] === id);
      expect(left, 'what was discarded is gone').toEqual([]);
    }
  }
}

const everyStore = fc.record({
  kind,
  begun,
  rounds: fc.array(round, { maxLength: 6 }),
  scheduler: fc.scheduler(),
  faults: fc.oneof(
    { weight: 2, arbitrary: fc.constant<Fault[]>([]) },
    fc.array(fc.constantFrom<Fault>('none', 'none', 'none', 'none', 'answer', 'request'), { maxLength: 60 }),
  ),
});

describe('objects of two users at the same keys', () => {
  const seen = { accepted: 0, discarded: 0, refused: 0 };
  it(`of ${RUNS.toLocaleString('en')} stories none loses or changes what the app was told of, or revives what has ended`, async () => {
    await fc.assert(
      fc.asyncProperty(everyStore, async ({ kind, begun, rounds, scheduler, faults }) => {
        let asked = 0;
        const world = new World(kind, scheduler, () => faults[asked++] ?? 'none');
        for (const { server, steps } of [...begun, ...rounds]) {
          const before = world.places();
          await scheduler.waitFor(Promise.all(steps.map((step) => world.run(server, step))));
          if (steps.every(({ does }) => does === 'put' || does === 'sign'))
            expect(world.places(), 'no signature reaches the place of a file').toEqual(before);
          world.check();
        }
        seen.accepted += world.accepted.size;
        seen.discarded += world.discarded.length;
      }),
      { numRuns: RUNS },
    );
    // A property that never meets an object would prove nothing.
    expect(seen.accepted).toBeGreaterThan(RUNS / 20);
    expect(seen.discarded).toBeGreaterThan(RUNS / 100);
  }, 7_200_000);
});
