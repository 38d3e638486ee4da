import { afterEach, expect, it, vi } from 'vitest';
import { nextTask } from './next-task.ts';

afterEach(() => vi.unstubAllGlobals());

it.each([MessageChannel, undefined])('comes in a later task, with %s', async (channel) => {
  vi.stubGlobal('MessageChannel', channel);
  const order: string[] = [];
  const next = nextTask().then(() => order.push('task'));
  await Promise.resolve().then(() => order.push('microtask'));
  await next;
  expect(order).toEqual(['microtask', 'task']);
});
