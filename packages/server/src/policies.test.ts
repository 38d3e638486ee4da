// One test for each rule of OWASP's File Upload cheat sheet that is about files. Those for calls: call-policies.test.ts.
// https://cheatsheetseries.owasp.org/cheatsheets/File_Upload_Cheat_Sheet.html
import { createHash } from 'node:crypto';
import { createMockS3 } from '@portage/mock-s3';
import type { SignResponse } from '@portage/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import * as files from '../../protocol/test/files.ts';
import {
  as,
  BUCKET,
  byHeader,
  bytesOf,
  file,
  type Harness,
  MiB,
  onlyRequest,
  send,
  sendAll,
  sendParts,
  startServer,
} from '../test/harness.ts';
import { PROFILES, type Routes, s3, type UploadEvent } from './index.ts';

let server: Harness;
afterEach(() => server?.[Symbol.asyncDispose]());

const keys = () => server.store.objects(BUCKET).map(({ key }) => key);
/** Uploads content under a name and a type; the response of `complete`. */
async function upload(content: Uint8Array<ArrayBuffer>, name: string, type: string) {
  const upload = await server.create({ name, type, size: content.length });
  return server.complete(upload.token, await sendAll(upload, content));
}

describe('types', () => {
  const pictures: Routes = { files: { accept: ['image/*'], onComplete: () => 'seen' } };

  it('are checked by the content of the stored object: what is none of them is deleted before anyone sees it', async () => {
    const events: UploadEvent[] = [];
    server = await startServer({ routes: pictures, observe: (event) => events.push(event) });
    expect(await upload(files.PNG, 'a.png', 'image/png')).toMatchObject({ status: 200, body: { result: 'seen' } });
    const [stored] = keys();
    for (const content of [files.EXE, files.HTML, files.PHP, files.PDF]) {
      const { status, body } = await upload(content, 'a.png', 'image/png');
      expect([status, body.error.code]).toEqual([415, 'type-refused']);
      expect(body).not.toHaveProperty('result');
    }
    expect(keys()).toEqual([stored]);
    const discarded = events.filter(({ event }) => event === 'discarded');
    expect(discarded).toHaveLength(4);
    expect(discarded[0]).toMatchObject({ reason: 'type-refused', found: 'application/x-msdownload' });
  });

  it.each([
    ['below a prefix', { prefix: 'quarantine/' }, BUCKET, 'quarantine/'],
    ['in another bucket', { bucket: 'evil-things' }, 'evil-things', ''],
  ])(
    'that are wrong are put into quarantine %s before anyone sees them',
    async (_where, quarantine, bucket, prefix) => {
      const events: UploadEvent[] = [];
      const told: string[] = [];
      server = await startServer({
        s3: { buckets: [BUCKET, 'evil-things'] },
        routes: { files: { accept: ['image/*'], quarantine, onComplete: ({ key }) => told.push(key) } },
        observe: (event) => events.push(event),
      });
      const content = bytesOf(6 * MiB);
      content.set(files.EXE);
      const made = await server.create({ name: 'a.png', type: 'image/png', size: content.length, partSize: 5 * MiB });
      const { status, body } = await server.complete(made.token, await sendAll(made, content));
      expect([status, body.error.code]).toEqual([415, 'type-refused']);
      expect(told).toEqual([]);
      expect(JSON.stringify(body)).not.toMatch(/quarantine|evil/);
      const kept = prefix + made.key;
      expect([...server.store.objects(BUCKET), ...server.store.objects('evil-things')]).toMatchObject([
        { key: kept, size: content.length, headers: { 'x-amz-meta-portage-id': made.id } },
      ]);
      expect(await server.store.sha256(bucket, kept)).toBe(createHash('sha256').update(content).digest('hex'));
      expect(events.find(({ event }) => event === 'discarded')).toMatchObject({ quarantined: { key: kept } });
      expect((await server.complete(made.token)).status).toBe(400);
    },
  );

  it('that are wrong are deleted where the quarantine does not take them', async () => {
    const events: UploadEvent[] = [];
    server = await startServer({
      routes: { files: { accept: ['image/*'], quarantine: { bucket: 'no-such-bucket' } } },
      observe: (event) => events.push(event),
    });
    expect((await upload(files.EXE, 'a.png', 'image/png')).status).toBe(415);
    expect(keys()).toEqual([]);
    expect(events.find(({ event }) => event === 'discarded')).not.toHaveProperty('quarantined');
  });

  it('are checked by content in multipart uploads as well, from a small read of the start', async () => {
    server = await startServer({ routes: pictures });
    const content = bytesOf(6 * MiB);
    content.set(files.EXE);
    const made = await server.create({ name: 'a.png', type: 'image/png', size: content.length, partSize: 5 * MiB });
    const parts = await sendParts(made.requests, made.partSize, content);
    expect((await server.complete(made.token, parts)).status).toBe(415);
    expect(keys()).toEqual([]);
    const read = server.store.journal.requests().filter(({ operation }) => operation === 'GetObject');
    expect(read).toHaveLength(1);
  });

  it('stay what they were when they were checked: no signature can be used, or had, to send other bytes', async () => {
    const store = await createMockS3({ buckets: [BUCKET] });
    for (const profile of ['generic', 'mock'] as const) {
      const storage = s3({ endpoint: store.endpoint, bucket: BUCKET, credentials: store.credentials[0], profile });
      server = await startServer({ storage, routes: pictures });
      const made = await server.create({ name: 'a.png', type: 'image/png', size: files.PNG.length });
      const parts = await sendAll(made, files.PNG);
      expect((await server.complete(made.token, parts)).status).toBe(200);
      const again = await server.post<SignResponse>('/files/sign', { token: made.token, parts: [1] });
      const evil = new Uint8Array(files.PNG.length);
      for (const { request } of again.body.requests)
        expect((await send(request, evil)).status).toBeGreaterThanOrEqual(400);
      expect((await server.complete(made.token, parts)).status).toBe(200);
      await server[Symbol.asyncDispose]();
    }
    await store.close();
  });

  it('are checked by the last extension too, whatever type the browser says', async () => {
    server = await startServer({ routes: pictures });
    for (const name of ['a.exe', 'a.png.exe', 'a.php', 'a.png.pdf', 'a.html']) {
      const { body } = await server.post('/files/create', { files: [{ name, type: 'image/png', size: 1 }] });
      expect(body).toMatchObject({ files: [{ error: { code: 'type-refused' } }] });
    }
  });
});

describe('names', () => {
  it('with two extensions keep only the last one in the key', async () => {
    server = await startServer();
    const keyOf = async (name: string) => (await server.create(file(name, 1))).key.split('/').at(-1);
    expect(await keyOf('shell.php.jpg')).toBe('shell-php.jpg');
    expect(await keyOf('shell.php%00.jpg')).toBe('shell-php-00.jpg');
    expect(await keyOf('shell.php;.jpg')).toBe('shell-php.jpg');
    expect(await keyOf('a.tar.gz')).toBe('a-tar.gz');
  });
});

describe('size', () => {
  it('is signed with the request: the store refuses any other', async () => {
    server = await startServer();
    const made = await server.create(file('a', 5));
    expect((await send(onlyRequest(made), bytesOf(6))).status).toBe(403);
    expect(keys()).toEqual([]);
  });

  it('is looked at again in the store: an object of another size is deleted', async () => {
    const events: UploadEvent[] = [];
    server = await startServer({ observe: (event) => events.push(event) });
    const made = await server.create(file('a', 5));
    // As if the store had not checked the length: the same part by another way.
    const own = s3({ endpoint: server.store.endpoint, bucket: BUCKET, credentials: server.store.credentials[0] });
    const uploadId = new URL(onlyRequest(made).url).searchParams.get('uploadId') ?? '';
    const longer = await own.signParts({ key: made.key, uploadId, parts: [{ partNumber: 1, size: 9 }], lifetime: 60 });
    const parts = await sendParts(longer, 9, bytesOf(9));
    const { status, body } = await server.complete(made.token, parts);
    expect([status, body.error.code]).toEqual([409, 'size-mismatch']);
    expect(keys()).toEqual([]);
    expect(events).toContainEqual(expect.objectContaining({ event: 'discarded', reason: 'size-mismatch' }));
  });
});

describe('keys', () => {
  it('are made by the server, not to be guessed, in a folder of the user’s own', async () => {
    server = await startServer({ routes: { files: { authorize: byHeader, key: ({ name }) => name } } });
    const keyOf = async (user: string) => (await server.create(file('x', 1), 'files', as(user))).key;
    expect(await keyOf('ann')).toBe('files/ann/x');
    expect(await keyOf('bob')).toBe('files/bob/x');
    expect(await keyOf('../bob')).toBe('files/~2E~2E~2Fbob/x');
    expect(await keyOf('ann/x')).toBe('files/ann~2Fx/x');
    expect(await keyOf('~')).toBe('files/~7E/x');
    expect(await keyOf('a|'.repeat(128))).toMatch(/^files\/~[0-9a-f]{64}\/x$/);
    await server[Symbol.asyncDispose]();

    server = await startServer({ routes: { files: { authorize: byHeader } } });
    expect(await keyOf('ann')).toMatch(/^files\/ann\/[0-9a-f]{32}\/x$/);
  });

  it('may be shared by a prefix that the route names', async () => {
    const routes = { files: { authorize: byHeader, prefix: () => 'teams/7/' } };
    server = await startServer({ routes });
    expect((await server.create(file('x', 1), 'files', as('ann'))).key).toMatch(/^teams\/7\/[0-9a-f]{32}\/x$/);
  });
});

describe('objects', () => {
  it('are not overwritten: `If-None-Match: *` goes with Complete where the profile says that the store honours it', async () => {
    const credentials = { accessKeyId: 'a', secretAccessKey: 's' };
    const upload = { key: 'k', uploadId: 'u', parts: [] };
    for (const [profile, { conditionalWrites }] of Object.entries(PROFILES)) {
      const sent: Headers[] = [];
      const fetch = async (_input: unknown, init?: RequestInit) => {
        sent.push(new Headers(init?.headers));
        return new Response('<CompleteMultipartUploadResult/>');
      };
      const storage = s3({ bucket: 'b', credentials, profile: profile as keyof typeof PROFILES, fetch });
      await storage.completeMultipartUpload(upload);
      const conditions = sent.map((headers) => headers.get('if-none-match'));
      expect(conditions).toEqual([conditionalWrites.complete ? '*' : null]);
    }
  });

  it('are not overwritten in the store itself: not by another file of that key, nor by who uploaded it', async () => {
    const store = await createMockS3({ buckets: [BUCKET] });
    const storage = s3({
      endpoint: store.endpoint,
      bucket: BUCKET,
      credentials: store.credentials[0],
      profile: 'mock',
    });
    server = await startServer({ storage, routes: { files: { key: ({ name }) => name } } });
    const first = await server.create(file('a', 3));
    expect((await server.complete(first.token, await sendAll(first, bytesOf(3)))).status).toBe(200);
    expect((await send(onlyRequest(first), new Uint8Array(3))).status).toBe(404);

    const large = bytesOf(6 * MiB);
    const second = await server.create(file('a', large.length, { partSize: 5 * MiB }));
    const parts = await sendParts(second.requests, second.partSize, large);
    const taken = await server.complete(second.token, parts);
    expect([taken.status, taken.body.error.code]).toEqual([409, 'key-taken']);
    expect(store.objects(BUCKET).map(({ key, size }) => [key, size])).toEqual([['files/a', 3]]);

    const third = await server.create(file('b', large.length, { partSize: 5 * MiB }));
    const sent = await sendParts(third.requests, third.partSize, large);
    for (const _ of [1, 2]) expect((await server.complete(third.token, sent)).status).toBe(200);
    await server[Symbol.asyncDispose]();

    server = await startServer({ storage, routes: { files: { key: ({ name }) => name, overwrite: true } } });
    const allowed = await server.create(file('a', 4));
    expect((await server.complete(allowed.token, await sendAll(allowed, bytesOf(4)))).status).toBe(200);
    expect(store.objects(BUCKET).map(({ key, size }) => [key, size])).toEqual([
      ['files/a', 4],
      ['files/b', large.length],
    ]);
    await store.close();
  });

  it('that no browser runs are kept', async () => {
    server = await startServer();
    const kept = [
      'image/jpeg',
      'video/mp4',
      'audio/ogg',
      'application/pdf',
      'text/csv',
      'application/zip',
      'font/woff2',
    ];
    for (const type of kept) expect((await upload(files.PDF, 'a', type)).status).toBe(200);
    expect(
      server.store
        .objects(BUCKET)
        .map(({ headers }) => headers['content-type'])
        .toSorted(),
    ).toEqual(kept.toSorted());
  });

  it('that would run in a browser, or might, are stored as downloads without a type', async () => {
    server = await startServer();
    for (const [name, type] of [
      ['a.html', 'text/html'],
      ['a.svg', 'image/svg+xml'],
      ['a.xhtml', 'application/xhtml+xml'],
      ['a.foo', 'image/foo+xml'],
      ['a.js', 'text/javascript'],
      ['a.xht', 'application/vnd.wap.xhtml+xml'],
      ['a.swf', 'application/x-shockwave-flash'],
      ['a.xyz', 'application/vnd.of-tomorrow'],
      ['a.htm', 'TEXT/HTML; charset=utf-8'],
      ['a.mhtml', 'multipart/related'],
    ] as const)
      expect((await upload(files.HTML, name, type)).status).toBe(200);
    for (const { headers } of server.store.objects(BUCKET)) {
      expect(headers['content-type']).toBe('application/octet-stream');
      expect(headers['content-disposition']).toMatch(/^attachment; /);
    }
  });
});
