import type { UploadSnapshot, UploadStatus } from '@portage/engine';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { UploadRegistry } from './uploads.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function snapshot(status: UploadStatus, loaded: number, speed = 0): UploadSnapshot {
  const progress = { loaded, total: 100, percent: loaded, speed, eta: undefined };
  return { status, progress, retryAt: undefined, error: undefined };
}

it('sums up the bytes of what is stored or on its way; failed and canceled files do not count', () => {
  const registry = new UploadRegistry();
  registry.publish('a', snapshot('complete', 100));
  registry.publish('b', snapshot('uploading', 40, 10));
  registry.publish('c', snapshot('failed', 90));
  registry.publish('d', snapshot('canceled', 10));
  const { counts, progress } = registry.totals();
  expect(progress).toEqual({ loaded: 140, total: 200, percent: 70, speed: 10, eta: 6 });
  expect(counts).toMatchObject({ complete: 1, uploading: 1, failed: 1, canceled: 1, queued: 0 });
});

it('gives the same totals until something changes', () => {
  const registry = new UploadRegistry();
  registry.publish('a', snapshot('uploading', 1));
  const before = registry.totals();
  expect(registry.totals()).toBe(before);
  registry.publish('a', snapshot('uploading', 2));
  expect(registry.totals()).not.toBe(before);
});

it('tells of a change of state at once, and of progress ten times a second', () => {
  const registry = new UploadRegistry();
  const heard = vi.fn();
  const stop = registry.subscribe('a', heard);
  registry.publish('a', snapshot('uploading', 0));
  expect(heard).toHaveBeenCalledTimes(1);
  vi.runAllTimers();
  for (let loaded = 1; loaded <= 50; loaded += 1) registry.publish('a', snapshot('uploading', loaded));
  expect(heard).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(100);
  expect(heard).toHaveBeenCalledTimes(2);
  stop();
  registry.publish('a', snapshot('failed', 50));
  expect(heard).toHaveBeenCalledTimes(2);
});

it('tells those who follow the totals, and not of files that were never there', () => {
  const registry = new UploadRegistry();
  const heard = vi.fn();
  registry.subscribeTotals(heard);
  registry.remove('nobody');
  vi.runAllTimers();
  expect(heard).not.toHaveBeenCalled();
  registry.publish('a', snapshot('queued', 0));
  registry.remove('a');
  vi.runAllTimers();
  expect(heard).toHaveBeenCalledTimes(1);
  expect(registry.totals().counts.queued).toBe(0);
});
