import { Uppy } from '@uppy/core';
import { afterEach, expect, it, vi } from 'vitest';
import type { CreateCall } from './regional-types.ts';
import { remember } from './remembered.ts';
import { throughRegions } from './through-regions.ts';

afterEach(() => vi.unstubAllGlobals());

const transport = { send: async () => ({ ok: false, failure: { kind: 'network' } }) as const };

/** The body of a page's first create call, where it has such a storage. */
async function firstBody(storage: unknown): Promise<object> {
  vi.stubGlobal('sessionStorage', storage);
  vi.stubGlobal('addEventListener', () => {});
  let body = {};
  const send = async (sent: object) => {
    body = sent;
    return { ok: false, failure: { kind: 'network' } } as const;
  };
  const call: CreateCall = { body: { files: [{}] }, intents: [], send, current: (token) => token };
  await throughRegions(new Uppy(), transport).create(call);
  return body;
}

function storage() {
  const kept: Record<string, unknown> = {};
  return Object.assign(kept, {
    setItem(name: string, text: string) {
      kept[name] = text;
    },
    getItem: (name: string) => kept[name] ?? null,
  });
}

it('sends the first file of a page to the region that an earlier page of the session has found to be nearest', async () => {
  vi.stubGlobal('navigator', {});
  const session = storage();
  expect(await firstBody(session)).toEqual({ files: [{}] });
  vi.stubGlobal('sessionStorage', session);
  remember(
    new Map([
      ['us', { roundTrip: 90 }],
      ['eu', { roundTrip: 20 }],
    ]),
  );
  expect(await firstBody(session)).toEqual({ files: [{}], regions: ['eu', 'us'] });
});

it('goes by the server where the browser keeps nothing', async () => {
  const refuses = () => {
    throw new DOMException('Blocked', 'SecurityError');
  };
  expect(await firstBody(new Proxy({}, { get: refuses }))).toEqual({ files: [{}] });
});

it('listens to nothing where its code arrives after the uploader was removed', async () => {
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('sessionStorage', storage());
  const listeners = new Set<unknown>();
  vi.stubGlobal('addEventListener', (_: string, listener: unknown) => listeners.add(listener));
  vi.stubGlobal('removeEventListener', (_: string, listener: unknown) => listeners.delete(listener));
  const uppy = new Uppy();
  const [on, off] = [vi.spyOn(uppy, 'on'), vi.spyOn(uppy, 'off')];
  const door = throughRegions(uppy, transport);
  const regions = ['eu', 'us'].map((name) => ({ name, origin: `https://${name}.test` }));
  const call: CreateCall = {
    ...{ body: { files: [] }, intents: [], current: (token) => token },
    send: async () => ({ ok: true, value: { files: [], regions } }),
  };
  await door.create(call);
  door.end();
  await vi.waitFor(() => expect(door.late).toBeDefined());
  expect(listeners.size).toBe(0);
  expect(off.mock.calls).toEqual(on.mock.calls);
});
