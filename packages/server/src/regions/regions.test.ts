import type { CompleteAllResponse, CreateResponse, PartsResponse } from '@portage/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { as, BUCKET, byHeader, bytesOf, file, MiB, SECRET, sendAll, sendParts } from '../../test/harness.ts';
import { startTwoRegions, type TwoRegions } from '../../test/two-regions.ts';
import { createUploads, regions, type StoredFile, type UploadEvent } from '../index.ts';
import { areasOf, byCountry } from './nearest.ts';

let two: TwoRegions;
const told: StoredFile[] = [];
const events: UploadEvent[] = [];
/** A region that did not answer is left alone for half a minute: from test to test the clock goes on by more. */
let ahead = 0;

const only = (request: Request) => {
  const user = byHeader(request);
  return user && { ...user, stays: request.headers.get('x-stays') === 'yes' };
};

beforeAll(async () => {
  two = await startTwoRegions(
    {
      routes: {
        files: { onComplete: (stored) => void told.push(stored), metadata: ({ name, meta }) => ({ name, ...meta }) },
        narrow: {
          authorize: only,
          regions: (context) => ('stays' in context && context.stays ? ['eu'] : ['eu', 'us']),
        },
        anew: { authorize: byHeader, overwrite: true, key: ({ name }) => name },
        noted: { metadata: ({ meta }) => meta },
        lost: { regions: () => ['mars'] },
      },
      clock: () => Date.now() + ahead,
      observe: (event) => void events.push(event),
    },
    { near: { eu: ['Europe', 'Africa'], us: ['America'] } },
  );
});
afterAll(() => two[Symbol.asyncDispose]());
beforeEach(async () => {
  ahead += 31_000;
  told.length = 0;
  events.length = 0;
  for (const store of Object.values(two.stores)) await store.faults.clear();
});

const create = async (body: object, headers = {}, route = 'files') => {
  const answer = await two.server.post<CreateResponse>(`/${route}/create`, body, headers);
  return { ...answer, created: answer.body.files?.[0] as Extract<CreateResponse['files'][number], { token: string }> };
};
const inStore = (name: 'eu' | 'us') => two.stores[name].objects(BUCKET).map(({ key }) => key);
const pendingIn = (name: 'eu' | 'us') => two.stores[name].multipartUploads(BUCKET).map(({ key }) => key);

describe('an upload with several regions', { timeout: 30_000 }, () => {
  it('is offered all of them, lives in one, and its token is good there alone', async () => {
    const bytes = bytesOf(MiB);
    const { body, created } = await create({ files: [file('a.txt', bytes.length)] });
    expect(body.regions).toEqual([
      { name: 'eu', origin: two.stores.eu.endpoint },
      { name: 'us', origin: two.stores.us.endpoint },
    ]);
    expect(created.region).toBe('eu');
    expect(pendingIn('eu')).toContain(created.key);
    expect(pendingIn('us')).not.toContain(created.key);
    const parts = await sendAll(created, bytes);
    const listed = await two.server.post<PartsResponse>('/files/parts', { token: created.token });
    expect(listed.body.parts).toEqual([{ ...parts[0], size: MiB }]);
    const { body: done } = await two.server.complete(created.token, parts);
    expect(done).toMatchObject({ region: 'eu', location: `${two.stores.eu.endpoint}/${BUCKET}/${created.key}` });
    expect(told).toEqual([expect.objectContaining({ id: created.id, region: 'eu', location: done.location })]);
    expect(events.find(({ event }) => event === 'completed')).toMatchObject({ id: created.id, region: 'eu' });
    expect(inStore('eu')).toContain(created.key);
    expect(inStore('us')).not.toContain(created.key);
  });

  it('is completed with others, each in its own region', async () => {
    const ones = await Promise.all(
      ['us', 'eu'].map(async (region) => (await create({ files: [file('a.txt', 9)], regions: [region] })).created),
    );
    const uploads = await Promise.all(
      ones.map(async (one) => ({ token: one.token, parts: await sendAll(one, bytesOf(9)) })),
    );
    const { body } = await two.server.post<CompleteAllResponse>('/files/complete', { uploads });
    expect(body.uploads).toMatchObject([{ region: 'us' }, { region: 'eu' }]);
    expect(told.map(({ region }) => region).sort()).toEqual(['eu', 'us']);
  });

  it('goes where the page wishes, else where the network says that the page is, else to the first', async () => {
    const where = async (body: object, headers = {}) =>
      (await create({ files: [file('a.txt', 9)], ...body }, headers)).created.region;
    expect(await where({})).toBe('eu');
    expect(await where({}, { 'cf-ipcountry': 'BR' })).toBe('us');
    expect(await where({}, { 'x-vercel-ip-country': 'us' })).toBe('us');
    expect(await where({}, { 'cloudfront-viewer-country': 'KE' })).toBe('eu');
    expect(await where({}, { 'cf-ipcountry': '<script>' })).toBe('eu');
    expect(await where({ regions: ['eu'] }, { 'cf-ipcountry': 'US' })).toBe('eu');
    expect(await where({ regions: ['mars', 'us'] })).toBe('us');
  });

  it('goes to the one region that the page fixes, and is offered no other', async () => {
    const { body, created } = await create({ files: [file('a.txt', 9)], region: 'us' });
    expect(pendingIn('us')).toContain(created.key);
    expect([body.regions, created.region]).toEqual([undefined, undefined]);
    const refused = await create({ files: [file('a.txt', 9)], region: 'mars' });
    expect([refused.status, refused.body.error.code]).toEqual([403, 'place-refused']);
  });

  it('stays in the regions that its route allows, also where they become fewer', async () => {
    const stays = { ...as('ann'), 'x-stays': 'yes' };
    const free = await create({ files: [file('a.txt', 9)], regions: ['us'] }, as('ann'), 'narrow');
    expect(free.created.region).toBe('us');
    const bound = await create({ files: [file('a.txt', 9)], regions: ['us'] }, stays, 'narrow');
    expect(bound.body.regions).toBeUndefined();
    expect(pendingIn('eu')).toContain(bound.created.key);
    const fixed = await create({ files: [file('a.txt', 9)], region: 'us' }, stays, 'narrow');
    expect(fixed.body.error.code).toBe('place-refused');
    const late = await two.server.post('/narrow/sign', { token: free.created.token, parts: [1] }, stays);
    expect(late.body.error.code).toBe('place-refused');
    expect((await two.server.post('/narrow/abort', { token: free.created.token }, stays)).status).toBe(200);
    expect((await create({ files: [file('a.txt', 9)] }, {}, 'lost')).body.error.code).toBe('internal');
  });

  it('begins in the next region where the first one is down, and is not tried there again for a while', async () => {
    await two.stores.eu.faults.set([{ fault: { kind: 'down' } }]);
    const many = Array.from({ length: 12 }, (_, index) => file(`${index}.txt`, 9));
    const { body, status } = await create({ files: many });
    expect(status).toBe(200);
    expect(body.files.map((each) => 'region' in each && each.region)).toEqual(many.map(() => 'us'));
    await two.stores.eu.faults.clear();
    expect((await create({ files: [file('b.txt', 9)] })).created.region).toBe('us');
  });
});

describe('an upload that is moved', { timeout: 60_000 }, () => {
  const begin = async () => {
    const bytes = bytesOf(6 * MiB);
    const { created } = await create({
      files: [file('film.mov', bytes.length, { partSize: 5 * MiB })],
      regions: ['eu'],
    });
    expect(created.region).toBe('eu');
    return { bytes, created, intent: file('film.mov', bytes.length, { partSize: 5 * MiB, moves: created.token }) };
  };
  const move = async (intent: object, regions = ['eu', 'us']) => (await create({ files: [intent], regions })).created;

  it('is the same upload elsewhere, and what is left behind is aborted', async () => {
    const { bytes, created, intent } = await begin();
    const moved = await move(intent);
    expect(moved).toMatchObject({ id: created.id, key: created.key, region: 'us' });
    expect(events.findLast(({ event }) => event === 'created')).toMatchObject({ movedFrom: 'eu', region: 'us' });
    const parts = await sendParts(moved.requests, moved.partSize, bytes);
    expect((await two.server.complete(moved.token, parts)).body).toMatchObject({ region: 'us', size: bytes.length });
    await vi.waitFor(() => expect(pendingIn('eu')).not.toContain(created.key));
    expect([inStore('eu'), inStore('us')]).toEqual([
      expect.not.arrayContaining([created.key]),
      expect.arrayContaining([created.key]),
    ]);
    expect(told).toHaveLength(1);
  });

  it('is told of once where its region dies between Complete and the response', async () => {
    const { bytes, created, intent } = await begin();
    const parts = await sendParts(created.requests, created.partSize, bytes);
    await two.stores.eu.faults.set([
      { operation: 'CompleteMultipartUpload', fault: { kind: 'lost_reply' } },
      { operation: ['HeadObject', 'AbortMultipartUpload', 'GetObject'], fault: { kind: 'down' } },
    ]);
    expect((await two.server.complete(created.token, parts)).body.error.code).toBe('store-unavailable');
    expect([inStore('eu').includes(created.key), told.length]).toEqual([true, 0]);
    const moved = await move(intent);
    const again = await sendParts(moved.requests, moved.partSize, bytes);
    expect((await two.server.complete(moved.token, again)).body).toMatchObject({ region: 'us' });
    expect(told).toHaveLength(1);
    // The region is back, and so is whoever still has the old token.
    await two.stores.eu.faults.clear();
    expect((await two.server.complete(created.token, parts)).body).toMatchObject({ region: 'us', key: created.key });
    await vi.waitFor(() => expect(inStore('eu')).not.toContain(created.key));
    expect(inStore('us')).toContain(created.key);
    expect(told).toHaveLength(1);
  });

  it('is answered from memory where it was told of before its region died', async () => {
    const { bytes, created, intent } = await begin();
    const parts = await sendParts(created.requests, created.partSize, bytes);
    const first = await two.server.complete(created.token, parts);
    await two.stores.eu.faults.set([{ fault: { kind: 'down' } }]);
    expect((await two.server.complete(created.token, parts)).body).toEqual(first.body);
    // Its response was lost each time, and the page went on elsewhere.
    const moved = await move(intent);
    const again = await sendParts(moved.requests, moved.partSize, bytes);
    expect((await two.server.complete(moved.token, again)).body).toEqual(first.body);
    await vi.waitFor(() => expect(pendingIn('us')).not.toContain(created.key));
    expect([inStore('us').includes(created.key), told.length]).toEqual([false, 1]);
  });

  it('is told of from one region alone for as long as `onComplete` may take', async () => {
    let later = 0;
    const done = new EventTarget();
    const onComplete = vi.fn(() => new Promise<Event>((resolve) => done.addEventListener('done', resolve)));
    await using slow = await startTwoRegions({
      ...{ hookTimeout: 300_000, clock: () => Date.now() + later },
      routes: { files: { onComplete } },
    });
    const { post, complete } = slow.server;
    const begun = async (region: string, moves?: string) => {
      const asked = { files: [file('a.txt', 9, { moves })], regions: [region] };
      const { files } = (await post<CreateResponse>('/files/create', asked)).body;
      const one = files[0] as Extract<CreateResponse['files'][number], { token: string }>;
      return { token: one.token, parts: await sendAll(one, bytesOf(9)) };
    };
    const eu = await begun('eu');
    const first = complete(eu.token, eu.parts);
    await vi.waitFor(() => expect(onComplete).toHaveBeenCalledTimes(1));
    const us = await begun('us', eu.token);
    later = 290_000;
    expect((await complete(us.token, us.parts)).status).toBe(503);
    done.dispatchEvent(new Event('done'));
    expect((await complete(us.token, us.parts)).body).toEqual((await first).body);
    expect(onComplete).toHaveBeenCalledTimes(1);
  });

  it('is told of again where `onComplete` has failed', async () => {
    const { bytes, created } = await begin();
    const parts = await sendParts(created.requests, created.partSize, bytes);
    const push = vi.spyOn(told, 'push').mockImplementationOnce(() => {
      throw new Error('the database is away');
    });
    expect((await two.server.complete(created.token, parts)).status).toBe(500);
    expect((await two.server.complete(created.token, parts)).status).toBe(200);
    expect(push).toHaveBeenCalledTimes(2);
    push.mockRestore();
  });

  it('is in one place at a time, however often it is moved from the same one', async () => {
    const { bytes, created, intent } = await begin();
    const { body } = await create({ files: [intent, intent, intent], regions: ['us'] });
    expect(body.files).toHaveLength(3);
    const moved = await move(intent);
    const ofThis = (name: 'eu' | 'us') => pendingIn(name).filter((key) => key === created.key);
    await vi.waitFor(() => expect([ofThis('eu'), ofThis('us')]).toEqual([[], [created.key]]));
    const parts = await sendParts(moved.requests, moved.partSize, bytes);
    expect((await two.server.complete(moved.token, parts)).body).toMatchObject({ region: 'us', size: bytes.length });
    expect(told).toHaveLength(1);
  });

  it('keeps what it has in a region that it left and came back to, while the first of it is cleared away', async () => {
    const intent = file('note.txt', 9);
    const at = async (region: string, moves?: string) =>
      (await create({ files: [{ ...intent, moves }], regions: [region] }, as('ann'), 'anew')).created;
    const first = await at('eu');
    await two.stores.eu.faults.set([{ operation: 'AbortMultipartUpload', fault: { kind: 'lost_reply' } }]);
    const there = await at('us', first.token);
    const back = await at('eu', there.token);
    expect(back).toMatchObject({ id: first.id, key: first.key, region: 'eu' });
    await vi.waitFor(() => expect(pendingIn('eu').filter((key) => key.includes(first.id))).toHaveLength(1));
    await two.stores.eu.faults.set([{ operation: 'CopyObject', fault: { kind: 'latency', ms: 500 } }]);
    const body = { token: back.token, parts: await sendAll(back, bytesOf(9)) };
    const completing = two.server.post('/anew/complete', body, as('ann'));
    const isCopied = () => two.stores.eu.journal.requests({ operation: 'CopyObject', state: 'running' });
    await vi.waitFor(() => expect(isCopied()).toHaveLength(1));
    await two.server.uploads.abortStale();
    expect((await completing).status).toBe(200);
    expect([inStore('eu').includes(first.key), inStore('us').includes(first.key)]).toEqual([true, false]);
  });

  it('is what the app has let in, whatever the page says of it by then', async () => {
    const bytes = bytesOf(9);
    const { created } = await create({ files: [file('note.txt', 9, { meta: { album: 'ours' } })], regions: ['eu'] });
    const disguised = { name: 'run.exe', type: 'text/html', meta: { album: 'theirs' }, size: 9, moves: created.token };
    const moved = await move(disguised, ['us']);
    expect(moved).toMatchObject({ region: 'us', key: created.key });
    await two.server.complete(moved.token, await sendAll(moved, bytes));
    expect(told).toEqual([
      expect.objectContaining({ displayName: 'note.txt', type: 'text/plain', meta: { album: 'ours' } }),
    ]);
    const { headers } = await fetch(await two.server.uploads.files('files', 'everybody').url(created.key));
    expect(headers.get('content-type')).toBe('text/plain');
    expect([headers.get('x-amz-meta-name'), headers.get('x-amz-meta-album')]).toEqual(['note.txt', 'ours']);
  });

  it('keeps the fields that the app has let in where `metadata` alone is told of them', async () => {
    const intent = file('note.txt', 9, { meta: { album: 'ours' } });
    const { created } = await create({ files: [intent], regions: ['eu'] }, {}, 'noted');
    const other = { ...intent, meta: { album: 'theirs' }, moves: created.token };
    const { created: moved } = await create({ files: [other], regions: ['us'] }, {}, 'noted');
    await two.server.post('/noted/complete', { token: moved.token, parts: await sendAll(moved, bytesOf(9)) });
    const stored = two.stores.us.objects(BUCKET).find(({ key }) => key === created.key);
    expect(stored?.headers).toMatchObject({ 'x-amz-meta-album': 'ours' });
  });

  it('is refused for another file, another user and another token', async () => {
    const { intent } = await begin();
    const codes = await Promise.all(
      [
        { ...intent, size: 7 },
        { ...intent, moves: 'x.y' },
      ].map(async (wrong) => (await create({ files: [wrong] })).body.files[0]),
    );
    expect(codes).toMatchObject([{ error: { code: 'bad-request' } }, { error: { code: 'invalid-token' } }]);
  });
});

describe('the storage of several regions', { timeout: 30_000 }, () => {
  it('shows, lists, signs and removes files wherever they are, and sweeps everywhere', async () => {
    const keys = [];
    for (const region of ['us', 'eu']) {
      const bytes = bytesOf(100);
      const { created } = await create({ files: [file(`of-${region}.txt`, 100)], region });
      await two.server.complete(created.token, await sendAll(created, bytes));
      keys.push(created.key);
    }
    const files = two.server.uploads.files('files', 'everybody');
    const listed: string[] = [];
    for await (const { key } of files.list()) listed.push(key);
    expect(listed).toEqual(listed.toSorted());
    expect(listed).toEqual(expect.arrayContaining(keys));
    for (const key of keys) {
      expect((await fetch(await files.url(key))).status).toBe(200);
      expect(await files.delete(key)).toBe(true);
      expect(await files.head(key)).toBeUndefined();
    }
    for (const region of ['us', 'eu']) await create({ files: [file('left.txt', 100)], region });
    expect((await two.server.uploads.abortStale({ olderThan: 0 })).aborted).toBeGreaterThanOrEqual(2);
    expect([...pendingIn('eu'), ...pendingIn('us')]).toEqual([]);
  });

  it('is ready while one region answers', async () => {
    const ready = async () => (await fetch(`${two.server.url}/readyz`)).status;
    await two.stores.eu.faults.set([{ fault: { kind: 'down' } }]);
    expect(await ready()).toBe(200);
  });

  it('says what is wrong with it', () => {
    const { eu } = two.storage.regions as { eu: never };
    expect(() => regions({})).toThrow('at least one region');
    expect(() => regions({ 'e u': eu })).toThrow('A region is called "e u"');
    expect(() => regions({ eu, again: eu })).toThrow('Two regions are the same bucket');
    expect(() => regions({ eu }, { near: { us: [] } })).toThrow('names the region "us"');
    expect(() =>
      createUploads({ secret: SECRET, storage: regions({ eu }), routes: { a: { anonymous: true } } }),
    ).not.toThrow();
  });

  it('knows areas by the time zones of countries', () => {
    expect([areasOf('DE'), areasOf('BR'), areasOf('JP'), areasOf('AU'), areasOf('ZZ')]).toEqual([
      ['Europe'],
      ['America'],
      ['Asia'],
      expect.arrayContaining(['Australia']),
      [],
    ]);
    const near = { eu: ['Europe', 'TR'], us: ['America'], ap: ['Asia'] };
    expect(byCountry(['ap', 'us', 'eu'], near, 'TR')).toEqual(['eu', 'ap', 'us']);
    expect(byCountry(['ap', 'us', 'eu'], near, undefined)).toEqual(['ap', 'us', 'eu']);
  });
});
