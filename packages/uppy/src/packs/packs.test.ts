import type { Outcome } from '@portage/engine';
import Uppy from '@uppy/core';
import { beforeEach, expect, it, vi } from 'vitest';
import { gather } from '../sending/gather.ts';
import { createPacks } from './packs.ts';

beforeEach(() => {
  vi.stubGlobal('document', { hidden: false });
  return () => vi.unstubAllGlobals();
});

/** A page whose files are of two servers. Requests are answered by hand. */
function page() {
  const sent: { url: string; size: number; isPlain: boolean; answer: () => void }[] = [];
  const thread = {
    transport: {
      send: ({ request, body, ...rest }: { request: { url: string }; body: { start: number; end: number } }) =>
        new Promise<Outcome<{ etag: string | undefined }>>((resolve) => {
          const answer = () => resolve({ ok: true, value: { etag: 'e' } });
          sent.push({ url: request.url, size: body.end - body.start, isPlain: !('onAlone' in rest), answer });
        }),
    },
    gather,
    after: () => () => undefined,
  };
  const packs = createPacks(new Uppy() as never, thread as never);
  const asked: string[] = [];
  const offer = (base: string, least: number) =>
    packs.offer({
      base,
      least,
      baseOf: (token) => token.split(' ')[0] ?? '',
      isMoreComing: () => false,
      async call(to, operation, body) {
        const { tokens = [] } = body as { tokens?: string[] };
        asked.push(`${to} ${operation} ${tokens.length}`);
        if (tokens.some((token) => !token.startsWith(base))) return { ok: false, failure: { kind: 'network' } };
        const request = { method: 'PUT', url: `pack of ${base}`, headers: {}, expiresIn: 1000 };
        return { ok: true, value: { token: `${base} pack`, request } };
      },
    });
  const send = (token: string, onAlone?: () => void) =>
    packs.transport.send(
      {
        request: { method: 'PUT', url: token, headers: {}, expiresAt: 0, pack: token },
        body: { file: new Blob(['x'.repeat(100)]), start: 0, end: 100 },
        onProgress: () => undefined,
        ...(onAlone && { onAlone }),
        afterSilence: false,
      },
      new AbortController().signal,
    );
  return { packs, offer, send, sent, asked };
}

const names = (base: string) => Array.from({ length: 20 }, (_, index) => `${base} ${index}`);

it('sends files of each server together, and of each as long as its store needs', async () => {
  const { offer, send, sent, asked } = page();
  offer('/a', 0);
  for (const name of names('/a')) void send(name);
  offer('/b', 2_000);
  for (const name of names('/b')) void send(name);
  await vi.waitFor(() => expect(asked.toSorted()).toEqual(['/a pack 14', '/b pack 14']));
  await vi.waitFor(() =>
    expect(sent.flatMap(({ url, size }) => (url.startsWith('pack') ? `${url}: ${size}` : [])).toSorted()).toEqual([
      'pack of /a: 1400',
      'pack of /b: 2000',
    ]),
  );
});

it('takes what a server says last: its store may be another one by now', async () => {
  const { offer, send, sent, packs } = page();
  offer('/a', 0);
  offer('/a', 1_800);
  expect(packs.pays()).toBe(true);
  for (const name of names('/a')) void send(name);
  await vi.waitFor(() => expect(sent.find(({ url }) => url === 'pack of /a')).toMatchObject({ size: 1_800 }));
});

it('sends by itself what no server offered to take apart', async () => {
  const { offer, send, sent } = page();
  offer('/a', 0);
  let alone = 0;
  for (const name of names('/c')) void send(name, () => void alone++);
  expect(sent).toHaveLength(20);
  // Its checksum is computed elsewhere then, and a worker takes no functions.
  expect(alone).toBe(20);
  expect(sent.some(({ isPlain }) => !isPlain)).toBe(false);
});
