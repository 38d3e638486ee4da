import { planParts } from '@portage/protocol';
import { expect, it } from 'vitest';
import { freshParts, heldParts, type Parts } from '../machine/parts.ts';
import type { UploadState } from '../machine/upload-state.ts';
import { partMoved, readMeter, startMeter } from './progress.ts';
import { snapshotOf, waitsFor } from './status.ts';

const MiB = 1024 * 1024;
const session = { kind: 'multipart', key: 'k', token: 't', partSize: 5 * MiB } as const;
const history = { startedAnew: false, lists: 0 };
const plan = planParts(20 * MiB, session.partSize);
const held = heldParts(plan, [{ partNumber: 1, etag: '"1"', size: 5 * MiB }]);
const request = { method: 'PUT', url: 'https://s3.test/', headers: {}, expiresAt: 1, freshUntil: 1 };

const statusOf = (state: UploadState) => snapshotOf(state, readMeter(startMeter(20 * MiB), 0), 0).status;
const sending = (parts: Parts): UploadState => ({ at: 'sending', session, parts, signing: undefined, history });

it('says that an upload is resuming while the store is asked what it holds', () => {
  const call = { is: 'asking', tries: 0 } as const;
  expect(statusOf({ at: 'listing', session, call, history })).toBe('resuming');
});

it('says so until the first part moves, and not of an upload that began here', () => {
  expect(statusOf(sending(held))).toBe('resuming');
  expect(statusOf(sending({ ...held, inFlight: new Map([[2, request]]) }))).toBe('uploading');
  expect(statusOf(sending({ ...held, storedCount: 2 }))).toBe('uploading');
  expect(statusOf(sending(freshParts(plan)))).toBe('queued');
  expect(statusOf(sending({ ...freshParts(plan), storedCount: 1 }))).toBe('uploading');
});

it('says that parts are being passed on once each is handed over, and none is answered for two seconds', () => {
  const state = sending({
    ...held,
    inFlight: new Map([
      [2, request],
      [3, request],
    ]),
  });
  const first = partMoved(startMeter(20 * MiB), 2, 5 * MiB, 1_000);
  expect(waitsFor(state, first, 9_000, false)).toBe(undefined);
  const both = partMoved(first, 3, 5 * MiB, 2_000);
  expect(waitsFor(state, both, 3_999, false)).toBe(undefined);
  expect(waitsFor(state, both, 4_000, false)).toBe('storage');
  expect(waitsFor(sending(held), both, 9_000, false)).toBe(undefined);
});

it('says that the browser asks for a permission, of what is under way and not of what waits', () => {
  const meter = startMeter(20 * MiB);
  const call = { is: 'asking', tries: 0 } as const;
  expect(waitsFor({ at: 'creating', call, history }, meter, 0, true)).toBe('permission');
  expect(waitsFor({ at: 'completing', session, stored: [], call, history }, meter, 0, true)).toBe('permission');
  expect(waitsFor(sending(held), meter, 0, true)).toBe('permission');
  expect(waitsFor({ at: 'paused', held: { is: 'nothing' }, history }, meter, 0, true)).toBe(undefined);
  expect(waitsFor({ at: 'creating', call, history }, meter, 0, false)).toBe(undefined);
});
