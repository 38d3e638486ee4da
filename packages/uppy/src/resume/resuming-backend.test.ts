/** What is remembered of uploads, with a Map in place of the browser's database. */
import type { Backend, Intent, Outcome, Session } from '@portage/engine';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFakeLocks, type FakeLocks } from '../../test/locks.ts';
import { giveAwayAgain } from './give-away.ts';
import type { PageFiles } from './page-files.ts';
import { type ResumeRecord, readRecord } from './resume-record.ts';
import type { ResumeStore } from './resume-store.ts';
import { createResumingBackend } from './resuming-backend.ts';

const MiB = 1024 * 1024;
const { signal } = new AbortController();

let locks: FakeLocks;
beforeEach(() => {
  locks = createFakeLocks();
  vi.stubGlobal('navigator', { locks });
});
afterEach(() => vi.unstubAllGlobals());

function createMapStore(): ResumeStore & { readonly records: Map<string, ResumeRecord> } {
  const records = new Map<string, ResumeRecord>();
  return {
    records,
    save: async (record) => void records.set(record.id, record),
    remove: async (id) => void records.delete(id),
    get: async (id) => (records.get(id)?.asked === undefined ? records.get(id) : undefined),
    list: async (scope) =>
      [...records.values()].filter((record) => record.scope === scope && record.asked === undefined),
    givenAway: async (scope) =>
      [...records.values()].filter((record) => record.scope === scope && record.asked !== undefined),
    close: () => {},
  };
}

const ok = <T>(value: T): Outcome<T> => ({ ok: true, value });

/** One page: its files by id, and what its backend was asked. */
function openPage(
  store: ResumeStore,
  files: Readonly<Record<string, Blob>>,
  changes: Partial<Backend> = {},
  continued?: string,
) {
  const calls: string[] = [];
  let count = 0;
  const inner: Backend = {
    signBatch: 6,
    async create(intent) {
      calls.push(`create ${intent.name}`);
      count += 1;
      const token = `${intent.name} ${count}`;
      const session: Session = { kind: 'multipart', key: intent.name, token, partSize: 5 * MiB };
      return ok({ session, requests: [] });
    },
    sign: async () => ok([]),
    async listParts({ token }) {
      calls.push(`list ${token}`);
      return ok({ kind: 'parts', parts: [{ partNumber: 1, etag: 'e', size: 5 * MiB }] });
    },
    complete: async ({ key }) => ok({ key, location: 'https://store.test', etag: undefined }),
    async abort({ token }) {
      calls.push(`abort ${token}`);
      return ok(undefined);
    },
    ...changes,
  };
  const pageFiles: PageFiles = {
    dataOf: (id) => files[id],
    pickedOf: () => undefined,
    goOn: () => {},
    goesOnWith: () => continued,
    close: () => {},
  };
  return { calls, backend: createResumingBackend(inner, { store, scope: () => 'here', files: pageFiles }) };
}

const intentOf = (id: string, file: Blob): Intent => ({
  ...{ id, name: id, size: file.size, type: '', partSize: 5 * MiB, meta: {} },
});

const file = (fill: number, size = 6 * MiB) => new Blob([new Uint8Array(size).fill(fill)]);

it('goes on with the upload that an earlier page began of the same bytes, under whatever name', async () => {
  const store = createMapStore();
  const first = openPage(store, { a: file(1) });
  await first.backend.create(intentOf('a', file(1)), signal);
  expect([...store.records.values()]).toMatchObject([{ name: 'a', size: 6 * MiB, session: { token: 'a 1' } }]);
  first.backend.releaseAll();
  const second = openPage(store, { b: file(1) });
  const opened = await second.backend.create(intentOf('b', file(1)), signal);
  expect(opened).toMatchObject({ value: { session: { token: 'a 1' }, holding: { kind: 'parts' } } });
  expect(second.calls).toEqual(['list a 1']);
});

it('begins anew for other bytes, for another size, and in another scope', async () => {
  const store = createMapStore();
  const first = openPage(store, { a: file(1) });
  await first.backend.create(intentOf('a', file(1)), signal);
  first.backend.releaseAll();
  const [record] = store.records.values() as Iterable<ResumeRecord>;
  const second = openPage(store, { b: file(2) });
  await second.backend.create(intentOf('b', file(2)), signal);
  expect(second.calls).toEqual(['create b']);
  // The sample of a record can be the same where the size is not.
  store.records.clear();
  await store.save({ ...(record as ResumeRecord), size: 7 * MiB });
  const third = openPage(store, { a: file(1) });
  await third.backend.create(intentOf('a', file(1)), signal);
  expect(third.calls).toEqual(['create a']);
  store.records.clear();
  await store.save({ ...(record as ResumeRecord), scope: 'elsewhere' });
  const fourth = openPage(store, { a: file(1) });
  await fourth.backend.create(intentOf('a', file(1)), signal);
  expect(fourth.calls).toEqual(['create a']);
});

it('goes on only where the same is said of the file, unless the person asks for that upload, or it began before fields were kept', async () => {
  const store = createMapStore();
  const first = openPage(store, { a: file(1) });
  const summer = { name: 'a', album: 'summer', relativePath: 'alps/a' };
  await first.backend.create({ ...intentOf('a', file(1)), meta: summer }, signal);
  first.backend.releaseAll();
  const record = [...store.records.values()][0] as ResumeRecord;
  expect(record.fields).toEqual({ album: 'summer', relativePath: 'alps/a' });
  const pick = async (meta: Intent['meta'], asked?: string) => {
    const page = openPage(store, { b: file(1) }, {}, asked);
    await page.backend.create({ ...intentOf('b', file(1)), meta }, signal);
    page.backend.releaseAll();
    for (const { id } of store.records.values()) if (id !== record.id) store.records.delete(id);
    return page.calls;
  };
  expect(await pick({ name: 'b', album: 'summer' })).toEqual(['list a 1']);
  expect(await pick({ name: 'b', album: 'winter' })).toEqual(['create b']);
  expect(await pick({ name: 'b' })).toEqual(['create b']);
  expect(await pick({ name: 'b', album: 'winter' }, record.id)).toEqual(['list a 1']);
  await store.save({ ...record, fields: undefined });
  expect(await pick({ name: 'b', album: 'winter' })).toEqual(['list a 1']);
});

it('leaves alone what another tab works on', async () => {
  const store = createMapStore();
  const first = openPage(store, { a: file(1) });
  await first.backend.create(intentOf('a', file(1)), signal);
  const second = openPage(store, { a: file(1) });
  await second.backend.create(intentOf('a', file(1)), signal);
  expect(second.calls).toEqual(['create a']);
  expect(store.records.size).toBe(2);
});

it('forgets an upload that is stored or aborted, and lets go of its lock', async () => {
  const store = createMapStore();
  const { backend } = openPage(store, { a: file(1), b: file(2) });
  const a = await backend.create(intentOf('a', file(1)), signal);
  const b = await backend.create(intentOf('b', file(2)), signal);
  if (!a.ok || !b.ok) throw new Error('Not created.');
  expect(locks.held()).toHaveLength(2);
  await backend.complete(a.value.session, [], undefined, signal);
  await backend.abort(b.value.session);
  expect(store.records.size).toBe(0);
  await vi.waitFor(() => expect(locks.held()).toEqual([]));
});

it('holds no lock of an upload whose response comes after the page has let go of everything', async () => {
  const store = createMapStore();
  let answer = (_: Outcome<{ kind: 'parts'; parts: [] }>) => {};
  const first = openPage(store, { a: file(1) });
  await first.backend.create(intentOf('a', file(1)), signal);
  first.backend.releaseAll();
  const asked = vi.fn();
  const listParts = () => {
    asked();
    return new Promise<Outcome<{ kind: 'parts'; parts: [] }>>((resolve) => {
      answer = resolve;
    });
  };
  const second = openPage(store, { a: file(1) }, { listParts });
  const opening = second.backend.create(intentOf('a', file(1)), signal);
  await vi.waitFor(() => expect(asked).toHaveBeenCalled());
  second.backend.releaseAll();
  answer(ok({ kind: 'parts', parts: [] }));
  await opening;
  await vi.waitFor(() => expect(locks.held()).toEqual([]));
  expect(store.records.size).toBe(1);
});

it('creates nothing after its end', async () => {
  const { backend, calls } = openPage(createMapStore(), { a: file(1) });
  backend.releaseAll();
  await expect(backend.create(intentOf('a', file(1)), signal)).resolves.toMatchObject({ ok: false });
  expect(calls).toEqual([]);
});

it.each([
  ['forgets what the store does not know any more', 'NoSuchUpload', ['list a 1', 'create a'], 1],
  ['keeps the record where nobody has answered', undefined, ['list a 1'], 1],
])('%s', async (_, code, expected, records) => {
  const store = createMapStore();
  const first = openPage(store, { a: file(1) });
  await first.backend.create(intentOf('a', file(1)), signal);
  first.backend.releaseAll();
  const listed: string[] = [];
  const second = openPage(
    store,
    { a: file(1) },
    {
      async listParts({ token }) {
        listed.push(`list ${token}`);
        return { ok: false, failure: code ? { kind: 'store', status: 404, code } : { kind: 'network' } };
      },
    },
  );
  await second.backend.create(intentOf('a', file(1)), signal);
  expect([...listed, ...second.calls]).toEqual(expected);
  expect(store.records.size).toBe(records);
});

it('keeps the fresh token of an upload that took long', async () => {
  const store = createMapStore();
  const { backend } = openPage(store, { a: file(1) });
  await backend.create(intentOf('a', file(1)), signal);
  await backend.renewed('a 1', 'fresh');
  expect([...store.records.values()]).toMatchObject([{ session: { token: 'fresh' } }]);
});

it('lets go of one file, and the same file picked again goes on', async () => {
  const store = createMapStore();
  const { backend, calls } = openPage(store, { a: file(1), again: file(1) });
  await backend.create(intentOf('a', file(1)), signal);
  expect(backend.release('nobody')).toBe(false);
  expect(backend.release('a')).toBe(true);
  await backend.create(intentOf('again', file(1)), signal);
  expect(calls).toEqual(['create a', 'list a 1']);
});

const lost: Outcome<never> = { ok: false, failure: { kind: 'network' } };

it('asks again at the next start where an abort was lost, and says nothing of the file meanwhile', async () => {
  const store = createMapStore();
  const first = openPage(store, { secret: file(1) }, { abort: async () => lost });
  const opened = await first.backend.create(intentOf('secret', file(1)), signal);
  if (!opened.ok) throw new Error('not opened');
  await first.backend.abort(opened.value.session);
  const [kept] = store.records.values();
  expect(kept).toMatchObject({ name: '', size: 0, fingerprint: '', asked: 1, session: { token: 'secret 1' } });
  expect(await store.list('here')).toEqual([]);

  const asked: string[] = [];
  const abort = async ({ token }: Session) => {
    asked.push(token);
    return ok(undefined);
  };
  await giveAwayAgain(store, { abort } as unknown as Backend, 'here');
  await giveAwayAgain(store, { abort } as unknown as Backend, 'here');
  expect(asked).toEqual(['secret 1']);
  expect(store.records.size).toBe(0);
});

it('asks again for a small file too, with which no later page could go on', async () => {
  const store = createMapStore();
  const small = file(1, MiB);
  const first = openPage(store, { small }, { abort: async () => lost });
  const opened = await first.backend.create({ ...intentOf('small', small), partSize: undefined }, signal);
  if (!opened.ok) throw new Error('not opened');
  expect(store.records.size, 'none of a small file').toBe(0);
  // The component is unmounted, and the session has ended.
  first.backend.releaseAll();
  await first.backend.abort(opened.value.session);
  const asked = vi.fn(async (_: Session) => ok(undefined));
  await giveAwayAgain(store, { abort: asked } as unknown as Backend, 'here');
  expect(asked.mock.calls).toMatchObject([[{ token: 'small 1' }]]);
  expect(store.records.size).toBe(0);
});

it('does not count what was asked while nobody was signed in', async () => {
  const store = createMapStore();
  const server = { kind: 'server', status: 401, message: '', hint: '' } as const;
  let signedIn = false;
  const abort = async (): Promise<Outcome<void>> =>
    signedIn ? ok(undefined) : { ok: false, failure: { ...server, code: 'unauthorized' } };
  const page = openPage(store, { a: file(1) }, { abort });
  const opened = await page.backend.create(intentOf('a', file(1)), signal);
  if (!opened.ok) throw new Error('not opened');
  await page.backend.abort(opened.value.session);
  // An app mounts its uploader anew with each route.
  for (let start = 0; start < 20; start += 1) await giveAwayAgain(store, { abort } as unknown as Backend, 'here');
  expect(store.records.size).toBe(1);
  signedIn = true;
  await giveAwayAgain(store, { abort } as unknown as Backend, 'here');
  expect(store.records.size).toBe(0);
});

it('lets go of a lock, whatever becomes of the record', async () => {
  const store = createMapStore();
  const { backend } = openPage(store, { a: file(1), b: file(2) });
  const a = await backend.create(intentOf('a', file(1)), signal);
  const b = await backend.create(intentOf('b', file(2)), signal);
  if (!a.ok || !b.ok) throw new Error('not opened');
  const fails = async () => {
    throw new Error('The database is gone.');
  };
  Object.assign(store, { remove: fails, save: fails });
  await expect(backend.complete(a.value.session, [], undefined, signal)).rejects.toThrow('gone');
  await expect(backend.abort(b.value.session)).rejects.toThrow('gone');
  await vi.waitFor(() => expect(locks.held()).toEqual([]));
});

it('asks five times at most for an abort that is lost each time, and once where the store knows nothing of it', async () => {
  for (const [failure, times] of [
    [lost, 5],
    [{ ok: false, failure: { kind: 'store', status: 404, code: 'NoSuchUpload' } } as const, 1],
  ] as const) {
    const store = createMapStore();
    let asked = 0;
    const abort = async () => {
      asked += 1;
      return failure;
    };
    const page = openPage(store, { a: file(1) }, { abort });
    const opened = await page.backend.create(intentOf('a', file(1)), signal);
    if (!opened.ok) throw new Error('not opened');
    await page.backend.abort(opened.value.session);
    for (let start = 0; start < 10; start += 1) await giveAwayAgain(store, { abort } as unknown as Backend, 'here');
    expect(asked).toBe(times);
    expect(store.records.size).toBe(0);
  }
});

it('tells with what no later page can go on: its parts would stay in the store when this page is gone', async () => {
  const files = { small: file(1, MiB), large: file(2) };
  const { backend } = openPage(createMapStore(), files);
  await backend.create({ ...intentOf('small', files.small), partSize: undefined }, signal);
  await backend.create(intentOf('large', files.large), signal);
  expect([backend.keeps('small'), backend.keeps('large')]).toEqual([false, true]);
});

it('remembers unequal parts in a record that older code passes over: to it they would be equal', async () => {
  const store = createMapStore();
  const session = { kind: 'multipart', key: 'film', token: 'film', partSize: 16 * MiB, lanes: 6 } as const;
  const { backend } = openPage(store, { a: file(1) }, { create: async () => ok({ session, requests: [] }) });
  await backend.create(intentOf('a', file(1)), signal);
  const [record] = store.records.values();
  expect(record).toMatchObject({ version: 2, session });
  expect(readRecord(record)).toBe(record);
  expect(readRecord({ ...record, version: 1 })).toBeUndefined();
  expect(readRecord({ ...record, session: { ...session, lanes: undefined } })).toBeUndefined();
});
