import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { whenLoaded } from './when-loaded.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('asks for code in a task of its own: whoever wants it is just being rendered', async () => {
  const load = vi.fn(async () => 'code');
  const begin = vi.fn(() => () => {});
  whenLoaded(load, begin);
  await Promise.resolve();
  expect(load).not.toHaveBeenCalled();
  await vi.runAllTimersAsync();
  expect(load).toHaveBeenCalledTimes(1);
  expect(begin).toHaveBeenCalledWith('code');
});

it('does not ask for code that nobody wants any more', async () => {
  const load = vi.fn(async () => 'code');
  whenLoaded(load, () => () => {})();
  await vi.runAllTimersAsync();
  expect(load).not.toHaveBeenCalled();
});
