import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { loaded, whenLoaded } from './when-loaded.ts';

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

it.each(['is gone', 'is on a dead connection'])(
  'files that wait for code that %s hear of it after a minute',
  async (how) => {
    const page = { onLine: false };
    vi.stubGlobal('navigator', page);
    onTestFinished(() => void vi.unstubAllGlobals());
    const gone = async (): Promise<never> => {
      throw new TypeError('Failed to fetch');
    };
    const load = vi.fn(how === 'is gone' ? gone : () => new Promise<never>(() => {}));
    const waits = loaded(load).catch((error: Error) => error.message);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(await Promise.race([waits, 'waits'])).toBe('waits');
    page.onLine = true;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await waits).toBe('Code did not arrive.');
    expect(vi.getTimerCount()).toBe(0);
  },
);
