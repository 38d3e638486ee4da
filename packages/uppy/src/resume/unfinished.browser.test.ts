/** Records in the browser's own database, and its own locks. */
import type { Backend } from '@portage/engine';
import { expect, it, vi } from 'vitest';
import { createResumeStore } from './resume-store.ts';
import { createUnfinishedUploads } from './unfinished.ts';

it('lists a thousand unfinished uploads of earlier pages, and never keeps the page for long', async () => {
  const store = createResumeStore((error) => expect.fail(String(error)));
  const session = { kind: 'multipart', key: 'k', token: 't', partSize: 5_000_000 } as const;
  const file = { name: 'film.mp4', type: 'video/mp4', size: 9_000_000, fingerprint: 'f' };
  const ids = Array.from({ length: 1_001 }, (_, index) => `many-${index}`);
  const createdAt = Date.now();
  await Promise.all(ids.map((id) => store.save({ version: 1, id, scope: 'many', session, ...file, createdAt })));
  const tasks: number[] = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: 'longtask' });
  const files = { dataOf: () => undefined, pickedOf: () => undefined, goOn: () => {}, goesOnWith: () => undefined };
  const unfinished = createUnfinishedUploads({
    store,
    scope: () => 'many',
    backend: {} as Backend,
    files: { ...files, close: () => {} },
  });
  const asked = vi.spyOn(navigator.locks, 'request');
  unfinished.onFreed(() => {})();
  expect(await unfinished.list()).toHaveLength(1_001);
  expect(asked, 'no lock is asked for, of those that nobody holds').not.toHaveBeenCalled();
  // 0.7 s on a busy machine with a lock and a look into the database for each.
  expect(Math.max(0, ...tasks)).toBeLessThan(300);
  observer.disconnect();
  await Promise.all(ids.map((id) => store.remove(id)));
  store.close();
});
