import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesOf, type Harness, sendAll, startServer } from '../test/harness.ts';
import { createUploadClient, toRestrictions, UploadClientError } from './client.ts';
import { createUploads, type Storage, type Uploads } from './index.ts';

const routes = {
  files: {
    anonymous: true,
    maxFiles: 3,
    onComplete: async ({ key }: { key: string }) => ({ key, at: new Date(0) }),
  },
  photos: { anonymous: true, accept: ['image/*', '.heic'], maxSize: 20 * 1024 ** 2, minSize: 1024, maxFiles: 1 },
  notes: { anonymous: true, hint: 'Notes of up to a page.' },
};
/** Only its type is used, as in a page. */
const define = (storage: Storage) => createUploads({ storage, secret: '', routes });
type Server = ReturnType<typeof define>;

let server: Harness;
beforeAll(async () => {
  server = await startServer({ routes });
});
afterAll(() => server[Symbol.asyncDispose]());

const client = (more: object = {}) => createUploadClient<Server>({ endpoint: `${server.url}/`, ...more });

describe('limits', () => {
  it('are those of the server, with words', async () => {
    expect(await client().route('photos').limits()).toEqual({
      accept: ['image/*', '.heic'],
      minSize: 1024,
      maxSize: 20 * 1024 ** 2,
      maxFiles: 1,
      hint: 'pictures, .heic; 1 KiB to 20 MiB each; one file',
    });
    const { hint } = await client().route('notes').limits();
    expect(hint).toBe('Notes of up to a page.');
    expect((await client().route('files').limits()).hint).toBe('any type; up to 49 TiB each; at most 3 files');
  });

  it('are the restrictions of Uppy', async () => {
    expect(toRestrictions(await client().route('photos').limits())).toEqual({
      maxFileSize: 20 * 1024 ** 2,
      minFileSize: 1024,
      maxNumberOfFiles: 1,
      allowedFileTypes: ['image/*', '.heic'],
    });
    expect(toRestrictions(await client().route('files').limits())).toMatchObject({
      allowedFileTypes: null,
      maxNumberOfFiles: 3,
    });
    // Of a hundred files in one call: a page makes several.
    expect(toRestrictions(await client().route('notes').limits()).maxNumberOfFiles).toBeNull();
  });

  it('say why they are not there', async () => {
    const wrong = createUploadClient<Uploads>({ endpoint: server.url }).route('nope');
    await expect(wrong.limits()).rejects.toMatchObject({ name: 'UploadClientError', code: 'not-found' });
    const html = client({ fetch: async () => new Response('<html>') }).route('notes');
    await expect(html.limits()).rejects.toMatchObject({ code: 'no-answer', hint: expect.stringMatching(/\.$/) });
    const odd = client({ fetch: async () => Response.json({ accept: 1 }) }).route('notes');
    await expect(odd.limits()).rejects.toBeInstanceOf(UploadClientError);
  });

  it('are asked for with the headers of the app', async () => {
    let seen: Headers | undefined;
    const spy: typeof fetch = (input, init) => {
      seen = new Headers(init?.headers);
      return fetch(input, init);
    };
    await client({ fetch: spy, headers: async () => ({ authorization: 'ann' }) })
      .route('notes')
      .limits();
    expect(seen?.get('authorization')).toBe('ann');
  });
});

it('the result of `onComplete` travels to the browser, also when it is asked for again', async () => {
  const created = await server.create({ name: 'a', size: 3, type: '' });
  const parts = await sendAll(created, bytesOf(3));
  for (const _ of [1, 2]) {
    const { body } = await server.complete(created.token, parts);
    expect(client().route('files').result({ body })).toEqual({ key: created.key, at: '1970-01-01T00:00:00.000Z' });
  }
});

it('a route without `onComplete` has no result', async () => {
  const created = await server.create({ name: 'a', size: 0, type: '' }, 'notes');
  const parts = await sendAll(created, bytesOf(0));
  const answer = await server.post('/notes/complete', { token: created.token, parts });
  expect(answer.status).toBe(200);
  expect(answer.body).not.toHaveProperty('result');
});
