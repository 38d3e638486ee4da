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
  const regional = createRegional(new Uppy(), transport, new Set());
  expect(heard.size).toBe(1);
  regional.end();
  expect(heard.size).toBe(0);
});
