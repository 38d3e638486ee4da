import { AppCallbackError, type Engine, type Intent, type Upload, type UploadListener } from '@portage/engine';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { FileRange } from '../sending/file-range.ts';
import { lateUploader } from './late-uploader.ts';
import type { Uploader } from './uploader.ts';

const source = { size: 5, slice: (start: number, end: number): FileRange => ({ file: new Blob(), start, end }) };
const intent: Intent = { id: 'a', name: 'a', size: 5, type: '', partSize: undefined, meta: {} };
const gone = new TypeError('Failed to fetch dynamically imported module');
/** Longer than the code is asked for while there is a network, in milliseconds. */
const TOO_LONG = 60_000;

const page = { onLine: true };
beforeEach(() => {
  vi.useFakeTimers();
  page.onLine = true;
  vi.stubGlobal('navigator', page);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** An uploader that arrives, or does not, when told, and writes down what it is asked. */
function createSlowUploader() {
  const asked: string[] = [];
  const settle: { resolve(): void; reject(): void }[] = [];
  const say = (what: string) => () => void asked.push(what);
  const upload: Upload = { pause: say('pause'), resume: say('resume'), retry: say('retry'), cancel: say('cancel') };
  const engine: Engine<FileRange> = {
    start(_, { id }, __, options) {
      asked.push(`start ${id}${options?.paused ? ' paused' : ''}`);
      return upload;
    },
  };
  const unfinished = async () => ({ list: async () => [{ id: 'u' }] });
  const uploader = { engine, unfinished, end: say('end') } as unknown as Uploader;
  const late = lateUploader(
    () =>
      new Promise((resolve, reject) => settle.push({ resolve: () => resolve(uploader), reject: () => reject(gone) })),
  );
  // As the plugin does once it is installed.
  late.load().catch(() => {});
  const statuses: string[] = [];
  const ends: string[] = [];
  const listener: UploadListener = {
    onSnapshot: ({ status, error }) => statuses.push(error ? `${status}: ${error.code}` : status),
    onEnd: ({ at }) => ends.push(at),
  };
  const start = (options?: { paused?: boolean }) => late.engine.start(source, intent, listener, options);
  const rest = () => vi.advanceTimersByTimeAsync(0);
  /** Lets `ms` milliseconds pass, in which no code arrives. */
  const withoutCode = async (ms: number) => {
    const refuse = setInterval(() => settle.at(-1)?.reject(), 100);
    await vi.advanceTimersByTimeAsync(ms);
    clearInterval(refuse);
    // What is asked for next is on its way.
    await vi.advanceTimersByTimeAsync(5_000);
  };
  return { late, asked, settle, start, statuses, ends, rest, withoutCode };
}

it('has the code loaded before the first file, and files wait for it in their order', async () => {
  const { asked, settle, start, statuses, rest } = createSlowUploader();
  expect(settle).toHaveLength(1);
  start();
  const second = start();
  second.pause();
  expect(statuses).toEqual(['queued', 'queued', 'paused']);
  settle[0]?.resolve();
  await rest();
  expect(asked).toEqual(['start a', 'start a paused']);
  second.resume();
  start();
  expect(asked).toEqual(['start a', 'start a paused', 'resume', 'start a']);
});

it('asks for code that does not arrive again and again, and the file waits', async () => {
  const { asked, settle, start, statuses, rest, withoutCode } = createSlowUploader();
  start();
  await withoutCode(10_000);
  expect(settle.length).toBeGreaterThan(3);
  settle.at(-1)?.resolve();
  await rest();
  expect(asked).toEqual(['start a']);
  expect(statuses).toEqual(['queued']);
});

it('fails the file in words where the code stays away, and asks for it again with a retry', async () => {
  const { asked, settle, start, statuses, ends, rest, withoutCode } = createSlowUploader();
  const upload = start();
  await withoutCode(TOO_LONG);
  expect(statuses).toEqual(['queued', 'failed: app-callback']);
  expect(ends).toEqual(['failed']);
  const before = settle.length;
  upload.retry();
  expect(settle).toHaveLength(before + 1);
  settle.at(-1)?.resolve();
  await rest();
  expect(asked).toEqual(['start a']);
});

it('fails the file in words where the code is on a connection that is dead: nobody would wait for as long as that takes', async () => {
  const { asked, settle, start, statuses, rest } = createSlowUploader();
  const upload = start();
  await vi.advanceTimersByTimeAsync(TOO_LONG);
  expect(settle).toHaveLength(1);
  expect(statuses).toEqual(['queued', 'failed: app-callback']);
  upload.retry();
  settle[1]?.resolve();
  await rest();
  expect(asked).toEqual(['start a']);
});

it('goes on at a retry where it was paused when the code stayed away: Uppy says that it is paused no more', async () => {
  const { asked, settle, start, rest, withoutCode } = createSlowUploader();
  const upload = start();
  upload.pause();
  await withoutCode(TOO_LONG);
  upload.retry();
  settle.at(-1)?.resolve();
  await rest();
  expect(asked).toEqual(['start a']);
});

it('does not give the code up while there is no network', async () => {
  const { asked, settle, start, statuses, rest, withoutCode } = createSlowUploader();
  page.onLine = false;
  start();
  await withoutCode(3_600_000);
  expect(statuses).toEqual(['queued']);
  settle.at(-1)?.resolve();
  await rest();
  expect(asked).toEqual(['start a']);
});

it('never starts what was canceled meanwhile', async () => {
  const { asked, settle, start, ends, rest } = createSlowUploader();
  start().cancel();
  settle[0]?.resolve();
  await rest();
  expect(asked).toEqual([]);
  expect(ends).toEqual(['canceled']);
});

it('tells what an earlier page left unfinished once the code is there', async () => {
  const { late, settle } = createSlowUploader();
  const listed = late.unfinished.list();
  settle[0]?.resolve();
  expect(await listed).toEqual([{ id: 'u' }]);
});

it('ends what arrives after the plugin was removed, and asks no more for what does not', async () => {
  const removed = new AppCallbackError('the uploader was removed.');
  const arrived = createSlowUploader();
  arrived.late.end(removed);
  arrived.settle[0]?.resolve();
  await arrived.rest();
  expect(arrived.asked).toEqual(['end']);
  const away = createSlowUploader();
  away.late.end(removed);
  await away.withoutCode(TOO_LONG);
  expect(away.settle).toHaveLength(1);
});
