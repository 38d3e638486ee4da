import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { as, BUCKET, byHeader, bytesOf, file, type Harness, sendAll, startServer } from '../test/harness.ts';
import { s3 } from './index.ts';

let server: Harness;
beforeEach(async () => {
  server = await startServer({
    routes: {
      files: { authorize: byHeader },
      teams: { authorize: byHeader, prefix: ({ userId }) => `teams/of-${userId}/` },
      open: {},
      near: { authorize: byHeader, prefix: ({ userId }) => `near/of-${userId}` },
      bare: { authorize: byHeader, prefix: () => '' },
    },
  });
});
afterEach(() => server[Symbol.asyncDispose]());

/** Uploads a file; returns its key. */
async function store(name: string, user: string, route = 'files'): Promise<string> {
  const created = await server.create(file(name, 1000), route, as(user));
  const parts = await sendAll(created, bytesOf(1000));
  const { body } = await server.post<{ key: string }>(`/${route}/complete`, { token: created.token, parts }, as(user));
  return body.key;
}
const ann = { userId: 'ann' };
const keysOf = async (files: ReturnType<Harness['uploads']['files']>) => {
  const keys: string[] = [];
  for await (const { key } of files.list()) keys.push(key);
  return keys;
};

describe('files after their upload', () => {
  it('are told of, with the name that the person saw', async () => {
    const key = await store('Rückblick ü.txt', 'ann');
    expect(await server.uploads.files('files', ann).head(key)).toEqual({
      key,
      size: 1000,
      etag: expect.stringMatching(/^".*"$/),
      type: 'text/plain',
      displayName: 'Rückblick ü.txt',
    });
  });

  it('are listed: of one user, or of everybody', async () => {
    const [a, b, c] = [await store('a.txt', 'ann'), await store('b.txt', 'ann'), await store('c.txt', 'bob')];
    expect(await keysOf(server.uploads.files('files', ann))).toEqual([a, b].sort());
    expect(await keysOf(server.uploads.files('files', 'everybody'))).toEqual([a, b, c].sort());
    expect(await keysOf(server.uploads.files('open', 'everybody'))).toEqual([]);
  });

  it('are read by a signed address: saved under their name, under another one, or shown', async () => {
    const key = await store('a b.txt', 'ann');
    const files = server.uploads.files('files', ann);
    const read = async (url: string) => {
      const response = await fetch(url);
      expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytesOf(1000));
      return response.headers.get('content-disposition');
    };
    expect(await read(await files.url(key))).toBe("attachment; filename*=UTF-8''a%20b.txt");
    expect(await read(await files.url(key, { disposition: 'inline' }))).toBe('inline');
    expect(await read(await files.url(key, { name: 'Ü (1).txt' }))).toBe(
      "attachment; filename*=UTF-8''%C3%9C%20%281%29.txt",
    );
    expect(await read(await files.url(key, { name: 'a\ud800\u202eb\n.txt' }))).toMatch(
      /^attachment; filename\*=UTF-8''a[\w%]*b[\w%]*\.txt$/,
    );
    await expect(files.url(key, { lifetime: 0 })).rejects.toThrow('1 to 604,800 seconds');
    await expect(files.url(key, { lifetime: Number.NaN })).rejects.toThrow('1 to 604,800 seconds');
  });

  it('are removed, once', async () => {
    const key = await store('a.txt', 'ann');
    const files = server.uploads.files('files', ann);
    expect(await files.delete(key)).toBe(true);
    expect(await files.delete(key)).toBe(false);
    expect(await files.head(key)).toBeUndefined();
  });

  it('of somebody else, or of elsewhere, are not there', async () => {
    const of = { bob: await store('b.txt', 'bob'), team: await store('t.txt', 'ann', 'teams') };
    const files = server.uploads.files('files', ann);
    const tricks = ['', '/', 'files/', 'files/ann/../bob/x', `files/ann/../${of.bob.slice('files/'.length)}`];
    for (const key of [of.bob, of.team, ...tricks]) {
      expect(await files.head(key)).toBeUndefined();
      expect(await files.delete(key)).toBe(false);
      await expect(files.url(key)).rejects.toMatchObject({ code: 'not-found' });
    }
    expect(await server.uploads.files('teams', ann).head(of.team)).toMatchObject({ displayName: 't.txt' });
    expect(await server.uploads.files('files', { userId: 'bob' }).head(of.bob)).toMatchObject({ size: 1000 });
  });

  it('that are not checked yet show to nobody', async () => {
    const { endpoint, region, credentials } = server.store;
    const storage = s3({ endpoint, region, bucket: BUCKET, credentials: credentials[0] });
    const key = 'files/ann/~pending/0123456789abcdef0123456789abcdef';
    const sha256 = createHash('sha256').update('x').digest('hex');
    await storage.putObject({ key, body: Uint8Array.of(120), sha256, headers: {} });
    const files = server.uploads.files('files', ann);
    expect(await keysOf(files)).toEqual([]);
    expect(await files.head(key)).toBeUndefined();
    await expect(files.url(key)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('are nobody’s where it is not said whose', async () => {
    const { files } = server.uploads;
    // A session that is not there must not show everybody's files.
    expect(() => files('files', null)).toThrow('You are not signed in, or you may not upload here.');
    expect(() => files('files', { userId: '' })).toThrow('`authorize` must return a userId');
    expect(() => files('teams', 'everybody')).toThrow('is a function');
    expect(() => files('none', ann)).toThrow('There is no route "none", only files, teams, open, near, bare.');
    // Of ann and of anna.
    expect(() => files('near', ann)).toThrow('Without a slash at its end');
    expect(() => files('bare', ann)).toThrow('Without a slash at its end');
  });
});
