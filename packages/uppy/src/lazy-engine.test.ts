import type { Engine, Intent, Upload, UploadListener, UploadSnapshot } from '@portage/engine';
import { expect, it } from 'vitest';
import { lazyEngine } from './lazy-engine.ts';

const source = { size: 5, slice: () => 'bytes' };
const intent: Intent = { id: 'a', name: 'a', size: 5, type: '', partSize: undefined, meta: {} };

/** An engine that arrives, or does not, when told, and writes down what it is asked. */
function createSlowEngine() {
  const asked: string[] = [];
  const settle: { resolve(): void; reject(cause: unknown): void }[] = [];
  const say = (what: string) => () => void asked.push(what);
  const upload: Upload = { pause: say('pause'), resume: say('resume'), retry: say('retry'), cancel: say('cancel') };
  const engine: Engine<string> = {
    start(_, { id }, __, options) {
      asked.push(`start ${id}${options?.paused ? ' paused' : ''}`);
      return upload;
    },
  };
  const lazy = lazyEngine<string>(
    () => new Promise((resolve, reject) => settle.push({ resolve: () => resolve(engine), reject })),
  );
  const snapshots: UploadSnapshot[] = [];
  const ends: string[] = [];
  const listener: UploadListener = {
    onSnapshot: (snapshot) => snapshots.push(snapshot),
    onEnd: ({ at }) => ends.push(at),
  };
  const statuses = () => snapshots.map(({ status }) => status);
  const start = (options?: { paused?: boolean }) => lazy.start(source, intent, listener, options);
  const rest = () => new Promise<void>((resolve) => setTimeout(resolve));
  return { asked, settle, start, statuses, ends, rest };
}

it('has the engine loaded before the first file, and files wait for it in their order', async () => {
  const { asked, settle, start, statuses, rest } = createSlowEngine();
  expect(settle).toHaveLength(1);
  start();
  const second = start();
  second.pause();
  expect(statuses()).toEqual(['queued', 'queued', 'paused']);
  settle[0]?.resolve();
  await rest();
  expect(asked).toEqual(['start a', 'start a paused']);
  second.resume();
  start();
  expect(asked).toEqual(['start a', 'start a paused', 'resume', 'start a']);
});

it('tells of code that did not arrive, and asks for it again with a retry', async () => {
  const { asked, settle, start, statuses, ends, rest } = createSlowEngine();
  const upload = start();
  settle[0]?.reject(new TypeError('Failed to fetch dynamically imported module'));
  await rest();
  expect(statuses()).toEqual(['queued', 'failed']);
  expect(ends).toEqual(['failed']);
  upload.retry();
  settle[1]?.resolve();
  await rest();
  expect(asked).toEqual(['start a']);
});

it('never starts what was canceled meanwhile', async () => {
  const { asked, settle, start, ends, rest } = createSlowEngine();
  start().cancel();
  settle[0]?.resolve();
  await rest();
  expect(asked).toEqual([]);
  expect(ends).toEqual(['canceled']);
});
