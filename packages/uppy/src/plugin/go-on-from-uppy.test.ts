import type { Backend, Failure, Intent, Session } from '@portage/engine';
import type { StoredPart } from '@portage/protocol';
import { expect, it } from 'vitest';
import { goOnFromUppy } from './go-on-from-uppy.ts';

const MiB = 1024 * 1024;
const { signal } = new AbortController();
const LEFT = { key: 'film.mp4', uploadId: 'left' };
const parts = (...sizes: number[]): StoredPart[] =>
  sizes.flatMap((size, index) => (size > 0 ? [{ partNumber: index + 1, etag: 'e', size: size * MiB }] : []));
const failed = (failure: Failure) => ({ ok: false, failure }) as const;

async function create(listed: readonly StoredPart[] | Failure) {
  const session: Session = { kind: 'multipart', key: 'k', token: 'new', partSize: 5 };
  const backend = {
    create: async () => ({ ok: true, value: { session, requests: [] } }),
    listParts: async () => ('kind' in listed ? failed(listed) : { ok: true, value: { kind: 'parts', parts: listed } }),
  } as unknown as Backend;
  const intent = { id: 'a', size: 12 * MiB, partSize: 8 * MiB } as Intent;
  const outcome = await goOnFromUppy(backend, LEFT, intent, signal);
  return outcome.ok ? outcome.value : outcome.failure.kind;
}

it.each([
  ['some parts', parts(5, 5), 5],
  ['all parts', parts(5, 5, 2), 5],
  ['parts with a gap', parts(5, 0, 2), 5],
  ['the whole file in one part', parts(12), 12],
  ['nothing yet', [], 8],
])('goes on where the store holds %s, in parts of the same size', async (_, listed, partSize) => {
  expect(await create(listed)).toMatchObject({
    session: { kind: 'multipart', key: 'film.mp4', token: 'left', partSize: partSize * MiB },
    holding: { kind: 'parts', parts: listed },
  });
});

it.each([
  ['parts of a larger file', parts(5, 5, 5)],
  ['parts of several sizes', parts(5, 6)],
  ['nothing but a last part', parts(0, 0, 2)],
  ['a part behind the end', [{ partNumber: 9, etag: 'e', size: 0 }]],
  ['no such upload', { kind: 'store', status: 404, code: 'NoSuchUpload' } as const],
  [
    "Companion's 500, which may stay",
    { kind: 'server', status: 500, code: 'http-500', message: '', hint: '' } as const,
  ],
  ['a signer that does not sign it', { kind: 'app-callback', cause: 1, refused: true } as const],
])('begins anew after %s', async (_, listed) => {
  expect(await create(listed)).toMatchObject({ session: { token: 'new' } });
});

it.each([
  ['network', { kind: 'network' } as const],
  ['store', { kind: 'store', status: 503, code: 'SlowDown' } as const],
  ['server', { kind: 'server', status: 502, code: 'http-502', message: '', hint: '' } as const],
])('asks again where there was no response: %s', async (kind, failure) => {
  expect(await create(failure)).toBe(kind);
});
