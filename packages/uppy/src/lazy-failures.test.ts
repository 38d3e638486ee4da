import type { Failures } from '@portage/engine';
import * as failures from '@portage/engine/failures';
import { afterEach, expect, it, vi } from 'vitest';
import { lazyFailures } from './lazy-failures.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const gone = new TypeError('Failed to fetch dynamically imported module');
const creating = {
  at: 'creating',
  call: { is: 'asking', tries: 0 },
  history: { startedAnew: false, lists: 0 },
} as const;
const task = { type: 'failed', task: { step: 'create' }, failure: { kind: 'network' } } as const;
const failed = { ...task, random: 0, idle: 0, online: true, hold: 0 };

it('asks for the code until it is there', async () => {
  vi.useFakeTimers();
  let asked = 0;
  const load = lazyFailures(async () => {
    asked += 1;
    if (asked < 5) throw gone;
    return failures;
  });
  const loaded = load();
  await vi.advanceTimersByTimeAsync(60_000);
  expect((await loaded).afterFailure).toBe(failures.afterFailure);
  expect(asked).toBe(5);
});

it('fails the upload in words where the code stays away for half a minute, but not while there is no network', async () => {
  vi.useFakeTimers();
  const navigator = { onLine: false };
  vi.stubGlobal('navigator', navigator);
  let policy: Failures | undefined;
  lazyFailures(() => Promise.reject(gone))().then((loaded) => {
    policy = loaded;
  });
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(policy).toBeUndefined();
  navigator.onLine = true;
  await vi.advanceTimersByTimeAsync(2_000);
  expect(policy?.afterFailure(creating, failed, 0).state).toMatchObject({
    at: 'failed',
    error: { code: 'app-callback' },
  });
  expect(policy?.afterFailure({ at: 'canceled' }, failed, 0).state).toEqual({ at: 'canceled' });
});
