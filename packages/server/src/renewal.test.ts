import type { PartsResponse, SignResponse } from '@portage/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { as, BUCKET, byHeader, bytesOf, file, type Harness, MiB, sendParts, startServer } from '../test/harness.ts';
import { RefusedError, type UploadEvent } from './index.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const bytes = bytesOf(11 * MiB);
const film = file('film.mov', bytes.length, { partSize: 5 * MiB });

let now: number;
let server: Harness;
let events: UploadEvent[];
const dismissed = new Set<string>();
beforeEach(() => {
  now = Date.now();
  events = [];
  dismissed.clear();
});
afterEach(() => server[Symbol.asyncDispose]());

/** Lets a user in until the user is dismissed. */
function authorize(request: Request) {
  const user = byHeader(request);
  if (user && dismissed.has(user.userId)) throw new RefusedError('Your account is closed.', 'Ask for a new one.');
  return user;
}
const start = async (options: object = {}, route: object = { authorize }) => {
  const observe = (event: UploadEvent) => events.push(event);
  server = await startServer({ routes: { files: route }, clock: () => now, observe, ...options });
};
const begin = (user = 'ann') => server.create(film, 'files', as(user));
const sign = (token: string, user = 'ann') =>
  server.post<SignResponse>('/files/sign', { token, parts: [1, 2, 3] }, as(user));
const codeOf = async (token: string, user?: string) => {
  const { status, body } = await sign(token, user);
  return [status, body.error?.code];
};

describe('a token that is over', () => {
  it('is renewed for the same user, and the upload goes on to its end', async () => {
    await start();
    const created = await begin();
    expect(created.expiresIn).toBe(DAY);
    now += DAY;
    const { status, body } = await sign(created.token);
    expect(status).toBe(200);
    expect(body.renewed).toEqual({ token: expect.any(String), expiresIn: DAY });
    const { token = '' } = body.renewed ?? {};
    expect(token).not.toBe(created.token);
    expect(events.at(-2)).toMatchObject({ event: 'renewed', userId: 'ann', id: created.id, key: created.key });

    const parts = await sendParts(body.requests, 5 * MiB, bytes);
    now += DAY - 1;
    const held = await server.post<PartsResponse>('/files/parts', { token }, as('ann'));
    expect(held.body.parts).toHaveLength(3);
    expect(held.body).not.toHaveProperty('renewed');
    now += 1;
    expect((await server.post<PartsResponse>('/files/parts', { token }, as('ann'))).body.renewed).toBeDefined();
    const done = await server.post('/files/complete', { token, parts }, as('ann'));
    expect(done).toMatchObject({ status: 200, body: { key: created.key, size: bytes.length } });
    expect(server.store.objects(BUCKET)).toHaveLength(1);
  });

  it('may still be aborted', async () => {
    await start();
    const { token } = await begin();
    now += DAY;
    expect((await server.post('/files/abort', { token }, as('ann'))).status).toBe(200);
    expect(server.store.multipartUploads(BUCKET)).toEqual([]);
  });

  it('is not renewed for another user, nor for nobody, nor for one who may no longer upload', async () => {
    await start();
    const { token } = await begin();
    now += DAY;
    expect(await codeOf(token, 'bob')).toEqual([403, 'invalid-token']);
    expect(await server.post('/files/sign', { token, parts: [1] })).toMatchObject({ status: 401 });
    dismissed.add('ann');
    expect((await sign(token)).body.error).toEqual({
      code: 'unauthorized',
      message: 'Your account is closed.',
      hint: 'Ask for a new one.',
    });
    expect(events.filter(({ event }) => event === 'renewed')).toEqual([]);
  });

  it('is not renewed when it was changed', async () => {
    await start();
    const [payload = '', mac = ''] = (await begin()).token.split('.');
    now += DAY;
    const longer = Buffer.from(payload, 'base64url')
      .toString()
      .replace(/"expiresAt":\d+/, `"expiresAt":${now + DAY}`);
    expect(await codeOf(`${Buffer.from(longer).toString('base64url')}.${mac}`)).toEqual([403, 'invalid-token']);
  });

  it('ends with its upload, however often it was renewed: no moment after seven days', async () => {
    await start();
    const created = await begin();
    now += 6 * DAY + 12 * HOUR;
    const { renewed } = (await sign(created.token)).body;
    expect(renewed?.expiresIn).toBe(12 * HOUR);
    now += 12 * HOUR - 1;
    expect((await sign(renewed?.token ?? '')).status).toBe(200);
    now += 1;
    for (const token of [created.token, renewed?.token ?? '']) {
      const { status, body } = await sign(token);
      expect([status, body.error.code]).toEqual([403, 'token-expired']);
      expect(body.error.message).toBe('This upload was started too long ago to go on.');
    }
  });

  it('follows the lifetimes that the options name', async () => {
    await start({ tokenLifetime: 60, uploadLifetime: 90 });
    const created = await begin();
    expect(created.expiresIn).toBe(60_000);
    now += 60_000;
    expect((await sign(created.token)).body.renewed?.expiresIn).toBe(30_000);
    now += 30_000;
    expect(await codeOf(created.token)).toEqual([403, 'token-expired']);
  });

  it('is never renewed where nobody is asked who it is: its time is that of the upload, or what the options name', async () => {
    const route = { anonymous: true };
    await start({}, route);
    const { token, expiresIn } = await begin();
    expect(expiresIn).toBe(7 * DAY);
    now += 7 * DAY;
    expect(await codeOf(token)).toEqual([403, 'token-expired']);
    await server[Symbol.asyncDispose]();
    await start({ tokenLifetime: 60 }, route);
    const short = await begin();
    now += 60_000;
    expect(await codeOf(short.token)).toEqual([403, 'token-expired']);
  });
});
