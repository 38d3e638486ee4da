import { Uppy } from '@uppy/core';
import { afterEach, expect, it, vi } from 'vitest';
import { createRegional } from './regional.ts';

afterEach(() => vi.unstubAllGlobals());

it('listens to the network until its uploader ends: an app that comes and goes keeps nothing of it', () => {
  vi.stubGlobal('navigator', {});
  const heard = new Set<unknown>();
  vi.stubGlobal('addEventListener', (_: string, listener: () => void) => heard.add(listener));
  vi.stubGlobal('removeEventListener', (_: string, listener: () => void) => heard.delete(listener));
  const transport = { send: async () => ({ ok: false, failure: { kind: 'network' } }) as const };
  const uppy = new Uppy();
  const [on, off] = [vi.spyOn(uppy, 'on'), vi.spyOn(uppy, 'off')];
  const regional = createRegional(uppy, transport, new Set());
  expect([heard.size, on.mock.calls.length]).toEqual([1, 1]);
  regional.end();
  expect(heard.size).toBe(0);
  expect(off.mock.calls).toEqual(on.mock.calls);
});
