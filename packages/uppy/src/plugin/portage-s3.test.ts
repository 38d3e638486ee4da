/** The plugin with a real Uppy and an engine that a test turns by hand. */
import type { Engine, Intent, UploadListener, UploadSnapshot } from '@portage/engine';
import Uppy from '@uppy/core';
import type { Body, Meta } from '@uppy/core/utils';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FileRange } from '../sending/file-range.ts';
import type { EndpointOptions, TransferOptions } from './options.ts';
import { PortageS3 } from './portage-s3.ts';

/** What the engine was asked to do, and the way to say what came of it. */
interface Started {
  readonly intent: Intent;
  readonly listener: UploadListener;
  readonly options: { readonly paused?: boolean } | undefined;
  /** In their order: `pause`, `resume`, `retry`, `cancel`. */
  readonly calls: string[];
}

const { started } = vi.hoisted(() => ({ started: [] as Started[] }));

vi.mock('@portage/engine', async (original) => ({
  ...(await original<typeof import('@portage/engine')>()),
  createEngine: (): Engine<FileRange> => ({
    start(_source, intent, listener, options) {
      const calls: string[] = [];
      started.push({ intent, listener, options, calls });
      const note = (what: string) => () => void calls.push(what);
      return { pause: note('pause'), resume: note('resume'), retry: note('retry'), cancel: note('cancel') };
    },
  }),
}));

// What the plugin loads late takes a busy machine a while.
beforeAll(async () => void (await import('./uploader.ts')));
beforeEach(() => {
  vi.stubGlobal('navigator', { onLine: true });
  started.length = 0;
});
afterEach(() => vi.unstubAllGlobals());

type Options = Partial<EndpointOptions<Meta, Body> & TransferOptions>;

function withPlugin(options: Options = {}) {
  const silent = () => {};
  const uppy = new Uppy<Meta, Body>({ logger: { debug: silent, warn: silent, error: silent } });
  const events: string[] = [];
  for (const event of ['upload-start', 'upload-success', 'upload-error'] as const)
    uppy.on(event, () => void events.push(event));
  uppy.use(PortageS3, { endpoint: 'http://127.0.0.1:9/uploads', ...options });
  return { uppy, events, plugin: uppy.getPlugin('PortageS3') as PortageS3<Meta, Body> };
}

type TestUppy = ReturnType<typeof withPlugin>['uppy'];

const add = (uppy: TestUppy, name = 'a.bin', meta: Meta = {}) =>
  uppy.addFile({ name, type: 'application/x-test', data: new Blob(['0123456789']), meta });

/** A file of a service that Companion knows. */
const addRemote = (uppy: TestUppy, name = 'remote.bin') =>
  uppy.addFile({
    ...{ name, type: 'application/x-test', data: { size: 10 }, isRemote: true },
    remote: { companionUrl: 'http://127.0.0.1:9', url: '/x', body: {}, provider: 'x', requestClientId: 'x' },
  } as never);

/** The upload that the engine was asked for last, once it was. */
async function begun(count: number): Promise<Started> {
  await vi.waitFor(() => expect(started).toHaveLength(count));
  return started[count - 1] as Started;
}

function snapshot(status: UploadSnapshot['status'], loaded: number): UploadSnapshot {
  const progress = { loaded, total: 10, percent: loaded * 10, speed: 0, eta: undefined };
  return { status, progress, retryAt: undefined, error: undefined };
}

const stored = { key: 'k', location: 'https://store.test/k', etag: '"e"' };
const failure = () => Object.assign(new Error('The store refused.'), { code: 'store-refused', hint: '' }) as never;

describe('an upload', () => {
  it('is what Uppy hears of it: started, moved, stored', async () => {
    const { uppy, events } = withPlugin();
    const moved: number[] = [];
    uppy.on('upload-progress', (_, { bytesUploaded }) => void moved.push(Number(bytesUploaded)));
    const id = add(uppy, 'a.bin', { album: 'x', nothing: null });
    const result = uppy.upload();
    const { intent, listener } = await begun(1);
    expect(intent).toMatchObject({ id, name: 'a.bin', size: 10, type: 'application/x-test' });
    expect(intent.meta).toMatchObject({ album: 'x' });
    expect(intent.meta).not.toHaveProperty('nothing');
    listener.onSnapshot(snapshot('verifying', 10));
    listener.onEnd({ at: 'complete', result: stored });
    await expect(result).resolves.toMatchObject({ successful: [{ id, uploadURL: stored.location }], failed: [] });
    expect(events).toEqual(['upload-start', 'upload-success']);
    expect(moved.at(-1)).toBe(10);
  });

  it('begins in a task of its own, so that the page answers first', async () => {
    const order: string[] = [];
    const { uppy } = withPlugin({ priority: () => order.push('begun') });
    add(uppy);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => void order.push('a click');
    uppy.on('upload-start', () => port2.postMessage(''));
    const result = uppy.upload();
    const { listener } = await begun(1);
    port1.close();
    expect(order).toEqual(['a click', 'begun']);
    listener.onEnd({ at: 'complete', result: stored });
    await result;
  });

  it('that is tried again goes on before the page shows anything in between', async () => {
    const order: string[] = [];
    const { uppy } = withPlugin({ priority: () => order.push('begun') });
    add(uppy);
    const first = uppy.upload();
    const { listener } = await begun(1);
    listener.onEnd({ at: 'failed', error: failure(), held: { is: 'nothing' } });
    await first;
    order.length = 0;
    const { port1, port2 } = new MessageChannel();
    const shown = new Promise<void>((resolve) => {
      port1.onmessage = () => {
        order.push('a frame');
        resolve();
      };
    });
    uppy.on('upload-start', () => port2.postMessage(''));
    const again = uppy.retryAll();
    await shown;
    port1.close();
    expect(order).toEqual(['begun', 'a frame']);
    listener.onEnd({ at: 'complete', result: stored });
    await again;
  });

  it('fails where the uploader was removed before it began', async () => {
    const { uppy, plugin } = withPlugin();
    add(uppy);
    uppy.on('upload-start', () => queueMicrotask(() => uppy.removePlugin(plugin)));
    expect((await uppy.upload())?.failed).toHaveLength(1);
    expect(started).toEqual([]);
  });

  it('has only those fields of its metadata that the app allows', async () => {
    const { uppy } = withPlugin({ allowedMetaFields: ['album'] });
    add(uppy, 'a.bin', { album: 'x', secret: 'y' });
    void uppy.upload();
    expect((await begun(1)).intent.meta).toEqual({ album: 'x' });
  });

  it.each(['upload', 'retryAll'] as const)(
    'is left alone where another file is tried again by %s()',
    async (method) => {
      const { uppy } = withPlugin();
      const names: string[] = [];
      uppy.on('upload-start', (files) => void names.push(...files.map(({ name }) => String(name))));
      add(uppy, 'slow.bin');
      add(uppy, 'failed.bin');
      const result = uppy.upload();
      const failed = await begun(2);
      failed.listener.onEnd({ at: 'failed', error: failure(), held: { is: 'nothing' } });
      // Uppy hands over what is under way as well.
      const again = uppy[method]();
      await vi.waitFor(() => expect(failed.calls).toEqual(['retry']));
      expect(started[0]?.calls).toEqual([]);
      for (const { listener } of started) listener.onEnd({ at: 'complete', result: stored });
      await Promise.all([result, again]);
      expect(started).toHaveLength(2);
      expect(names).toEqual(['slow.bin', 'failed.bin', 'failed.bin']);
    },
  );

  it('is left alone where it is tried again itself', async () => {
    const { uppy, events } = withPlugin();
    const id = add(uppy);
    const result = uppy.upload();
    const { calls, listener } = await begun(1);
    const again = uppy.retryUpload(id);
    // Uppy hands it over once more within this time.
    await new Promise((resolve) => setTimeout(resolve, 50));
    listener.onEnd({ at: 'complete', result: stored });
    await Promise.all([result, again]);
    // Uppy says that it is paused no more, which it was not.
    expect([started.length, calls, events]).toEqual([1, ['resume'], ['upload-start', 'upload-success']]);
  });

  it('that is paused goes on where it is tried again: Uppy says that it is paused no more', async () => {
    const { uppy } = withPlugin();
    const id = add(uppy);
    const result = uppy.upload();
    const { calls, listener } = await begun(1);
    uppy.pauseResume(id);
    const again = uppy.retryUpload(id);
    await vi.waitFor(() => expect(calls).toEqual(['pause', 'resume']));
    expect(uppy.getFile(id).isPaused).toBe(false);
    listener.onEnd({ at: 'complete', result: stored });
    await Promise.all([result, again]);
    expect(started).toHaveLength(1);
  });

  it('that is paused stays so where another one is added', async () => {
    const { uppy } = withPlugin();
    const id = add(uppy);
    const result = uppy.upload();
    const paused = await begun(1);
    uppy.pauseResume(id);
    add(uppy, 'b.bin');
    const again = uppy.upload();
    await begun(2);
    expect(paused.calls).toEqual(['pause']);
    for (const { listener } of started) listener.onEnd({ at: 'complete', result: stored });
    await Promise.all([result, again]);
  });

  it('waits for no failed one that goes on being tried again, nor has it tried again by being added', async () => {
    const { uppy, events } = withPlugin();
    add(uppy, 'failed.bin');
    const first = uppy.upload();
    const failed = await begun(1);
    failed.listener.onEnd({ at: 'failed', error: failure(), held: { is: 'nothing' } });
    await first;
    const id = add(uppy, 'new.bin');
    // As Uppy does by itself with `autoProceed`.
    const result = uppy.upload();
    (await begun(2)).listener.onEnd({ at: 'complete', result: stored });
    await expect(result).resolves.toMatchObject({ successful: [{ id }], failed: [] });
    expect(failed.calls).toEqual([]);
    expect(events).toEqual(['upload-start', 'upload-error', 'upload-start', 'upload-success']);
  });

  it('stays stored where a listener of the app throws', async () => {
    const { uppy } = withPlugin();
    uppy.on('upload-success', () => {
      throw new Error('A bug of the app.');
    });
    const id = add(uppy);
    const result = uppy.upload();
    (await begun(1)).listener.onEnd({ at: 'complete', result: stored });
    await expect(result).resolves.toMatchObject({ successful: [{ id }], failed: [] });
  });

  it('fails in words where a preprocessor throws, a retry asks it once more, and others wait for nothing', async () => {
    const { uppy, events, plugin } = withPlugin();
    const prepare = vi.fn(async () => {});
    prepare.mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module'));
    uppy.addPreProcessor(prepare);
    const id = add(uppy);
    await expect(uppy.upload()).rejects.toThrow('module');
    // Uppy writes what was thrown on no console, unless the app asks for it.
    const words = 'The page could not prepare the upload: its code failed.';
    expect(plugin.uploads.get(id)).toMatchObject({ status: 'failed', error: { code: 'app-callback', message: words } });
    expect(events).toEqual(['upload-error']);
    prepare.mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module'));
    await expect(uppy.retryAll()).rejects.toThrow('module');
    expect(uppy.getFile(id).error).toBeTruthy();
    const again = uppy.retryAll();
    (await begun(1)).listener.onEnd({ at: 'complete', result: stored });
    await expect(again).resolves.toMatchObject({ successful: [{ id }], failed: [] });
  });

  it('goes on where a preprocessor throws at a retry: it is on its way, and is stored', async () => {
    const { uppy, events } = withPlugin();
    const prepare = vi.fn(async () => {});
    uppy.addPreProcessor(prepare);
    const id = add(uppy);
    const result = uppy.upload();
    const { listener } = await begun(1);
    prepare.mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module'));
    await expect(uppy.retryUpload(id)).rejects.toThrow('module');
    listener.onEnd({ at: 'complete', result: stored });
    await expect(result).resolves.toMatchObject({ successful: [{ id }], failed: [] });
    expect(events).toEqual(['upload-start', 'upload-success']);
  });

  it('is begun with a new one where a preprocessor has thrown for it: it is sent, and its error is gone', async () => {
    const { uppy } = withPlugin();
    const prepare = vi.fn(async () => {});
    prepare.mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module'));
    uppy.addPreProcessor(prepare);
    const unprepared = add(uppy);
    await expect(uppy.upload()).rejects.toThrow('module');
    const id = add(uppy, 'new.bin');
    const result = uppy.upload();
    await begun(2);
    for (const { listener } of started) listener.onEnd({ at: 'complete', result: stored });
    await expect(result).resolves.toMatchObject({ successful: [{ id: unprepared }, { id }], failed: [] });
  });

  it('is not failed by an earlier one of the same file, taken out while a preprocessor was at it', async () => {
    const { uppy, events } = withPlugin();
    const prepare = vi.fn(async () => {});
    prepare.mockReturnValueOnce(new Promise(() => {}));
    uppy.addPreProcessor(prepare);
    const id = add(uppy);
    uppy.upload().catch(() => {});
    uppy.removeFile(id);
    add(uppy);
    const result = uppy.upload();
    (await begun(1)).listener.onEnd({ at: 'complete', result: stored });
    await expect(result).resolves.toMatchObject({ successful: [{ id }], failed: [] });
    expect(events).toEqual(['upload-start', 'upload-success']);
  });

  it('takes a file whose missing field was filled in with the new ones', async () => {
    const { uppy } = withPlugin();
    uppy.setOptions({ restrictions: { requiredMetaFields: ['caption'] } });
    const filled = add(uppy);
    await expect(uppy.upload()).rejects.toThrow();
    uppy.setFileMeta(filled, { caption: 'x' });
    const id = add(uppy, 'new.bin', { caption: 'y' });
    const result = uppy.upload();
    await begun(2);
    for (const { listener } of started) listener.onEnd({ at: 'complete', result: stored });
    await expect(result).resolves.toMatchObject({ successful: [{ id: filled }, { id }], failed: [] });
  });

  it('fails in words where `getChunkSize` of the app throws, and nothing is sent', async () => {
    const { uppy, plugin } = withPlugin({
      shouldUseMultipart: true,
      getChunkSize: () => {
        throw new Error('A bug of the app.');
      },
    });
    const id = add(uppy);
    await expect(uppy.upload()).resolves.toMatchObject({ successful: [], failed: [{ id }] });
    expect(plugin.uploads.get(id)?.error?.code).toBe('app-callback');
    expect(started).toHaveLength(0);
  });
});

describe('a remote file', () => {
  it('that is taken out while what sends it is on its way leaves nothing behind, and nobody is told of it', async () => {
    const { uppy, events, plugin } = withPlugin();
    add(uppy);
    const remote = addRemote(uppy);
    uppy.on('upload-start', () => uppy.removeFile(remote));
    const result = uppy.upload();
    (await begun(1)).listener.onEnd({ at: 'complete', result: stored });
    await result;
    expect(events).toEqual(['upload-start', 'upload-success']);
    expect(plugin.uploads.get(remote)).toBeUndefined();
  });

  it('fails where the uploader was removed before it began, and nothing is asked of Companion', async () => {
    const request = vi.fn(() => new Promise<Response>(() => {}));
    vi.stubGlobal('fetch', request);
    const silent = () => {};
    const uppy = new Uppy<Meta, Body>({ logger: { debug: silent, warn: silent, error: silent } });
    uppy.use(PortageS3, { signRequest: async () => ({ url: 'http://127.0.0.1:9/' }) });
    add(uppy);
    const remote = addRemote(uppy);
    uppy.on('upload-start', () => uppy.removePlugin(uppy.getPlugin('PortageS3') as never));
    await expect(uppy.upload()).resolves.toMatchObject({ successful: [], failed: [{}, { id: remote }] });
    expect(uppy.getFile(remote).error).toMatch('removed');
    expect(request).not.toHaveBeenCalled();
  });
});

describe('a failed upload', () => {
  async function failed() {
    const set = withPlugin();
    const id = add(set.uppy);
    const result = set.uppy.upload();
    const upload = await begun(1);
    upload.listener.onSnapshot(snapshot('uploading', 7));
    upload.listener.onEnd({ at: 'failed', error: failure(), held: { is: 'nothing' } });
    await result;
    return { ...set, id, upload };
  }

  it('goes on at a retry, from the progress that people have seen', async () => {
    const { uppy, id, upload } = await failed();
    const moved: number[] = [];
    uppy.on('upload-progress', (_, { bytesUploaded }) => void moved.push(Number(bytesUploaded)));
    const again = uppy.retryUpload(id);
    await vi.waitFor(() => expect(upload.calls).toEqual(['retry']));
    expect(moved).toEqual([7]);
    expect(started).toHaveLength(1);
    upload.listener.onEnd({ at: 'complete', result: stored });
    await expect(again).resolves.toMatchObject({ successful: [{ id }] });
  });

  it('begins anew at a retry where the file was edited in the meantime', async () => {
    const { uppy, id, upload } = await failed();
    uppy.setFileState(id, { data: new Blob(['edited']), size: 6 });
    void uppy.retryUpload(id);
    const second = await begun(2);
    expect(upload.calls).toEqual(['cancel']);
    expect(second.intent.size).toBe(6);
  });

  it('keeps its error when others are resumed', async () => {
    const { uppy, id, plugin, upload } = await failed();
    plugin.uploads.subscribe(id, () => {});
    upload.listener.onSnapshot({ ...snapshot('failed', 7), error: failure() });
    uppy.resumeAll();
    expect(uppy.getFile(id).error).toBeTruthy();
  });
});

describe('a file that was stored', () => {
  it('is sent as a new upload where the app asks for it once more', async () => {
    const { uppy } = withPlugin();
    const id = add(uppy);
    const result = uppy.upload();
    const first = await begun(1);
    first.listener.onEnd({ at: 'complete', result: stored });
    await result;
    uppy.setFileState(id, { progress: { ...uppy.getFile(id).progress, uploadComplete: false } });
    void uppy.retryUpload(id);
    await begun(2);
    expect(first.calls).not.toContain('retry');
  });
});

describe('pause and removal', () => {
  it('passes on pauses, of one file and of all', async () => {
    const { uppy } = withPlugin();
    const id = add(uppy);
    void uppy.upload();
    const { calls } = await begun(1);
    uppy.pauseResume(id);
    uppy.pauseResume(id);
    uppy.pauseAll();
    uppy.resumeAll();
    expect(calls).toEqual(['pause', 'resume', 'pause', 'resume']);
  });

  it('has all that was started be paused with the others, also what a preprocessor is at, and nothing that waits for a start', async () => {
    const { uppy } = withPlugin();
    let preprocessed = () => {};
    uppy.addPreProcessor(
      () =>
        new Promise<void>((resolve) => {
          preprocessed = resolve;
        }),
    );
    const id = add(uppy);
    const result = uppy.upload();
    const waits = add(uppy, 'waits.bin');
    uppy.pauseAll();
    expect([id, waits].map((each) => uppy.getFile(each).isPaused ?? false)).toEqual([true, false]);
    uppy.resumeAll();
    expect(uppy.getFile(id).isPaused).toBe(false);
    uppy.pauseAll();
    preprocessed();
    const { options, listener } = await begun(1);
    expect(options).toEqual({ paused: true });
    listener.onEnd({ at: 'complete', result: stored });
    await result;
  });

  it('cancels what a person removes, and `upload()` ends', async () => {
    const { uppy, plugin } = withPlugin();
    const id = add(uppy);
    const result = uppy.upload();
    const { calls } = await begun(1);
    uppy.removeFile(id);
    await expect(result).resolves.toMatchObject({ failed: [] });
    expect(calls.at(-1)).toBe('cancel');
    expect(plugin.uploads.get(id)).toBeUndefined();
  });

  it('cancels what `uppy.clear()` takes away, `upload()` ends, and everybody hears of it', async () => {
    const { uppy } = withPlugin();
    const ids = [add(uppy), add(uppy, 'b.bin')];
    const result = uppy.upload();
    const { calls } = await begun(2);
    const removed: string[] = [];
    uppy.on('file-removed', ({ id }) => void removed.push(id));
    uppy.clear();
    await result;
    expect(calls.at(-1)).toBe('cancel');
    expect(removed).toEqual(ids);
    expect(uppy.getState().currentUploads).toEqual({});
  });

  it('fails what is on its way when the plugin is removed: without an object it is no success', async () => {
    const { uppy, events, plugin } = withPlugin();
    const id = add(uppy);
    const result = uppy.upload();
    await begun(1);
    uppy.removePlugin(plugin);
    await expect(result).resolves.toMatchObject({ successful: [], failed: [{ id }] });
    expect(events).toContain('upload-error');
  });
});

it('runs an upload that an earlier page began from its first step', async () => {
  const { uppy } = withPlugin();
  const id = add(uppy);
  uppy.setState({ currentUploads: { old: { fileIDs: [id], step: 2, result: {} } } });
  void uppy.restore('old');
  expect((await begun(1)).intent.id).toBe(id);
});

it.each([
  ['partSize', 0],
  ['concurrency', 1.5],
  ['multipartThreshold', Number.NaN],
  ['bandwidthLimit', -1],
])('refuses `%s: %s` at once, and in words', (name, value) => {
  expect(() => withPlugin({ [name]: value })).toThrow(`PortageS3: \`${name}\` must be a whole number above 0`);
});

it.each(['getUploadParameters', 'createMultipartUpload', 'cookiesRule'])(
  'refuses `%s` of version 5 of Uppy’s uploader, whose `endpoint` was Companion’s address',
  (name) => {
    expect(() => withPlugin({ [name]: () => {} })).toThrow(`PortageS3: \`${name}\` is of @uppy/aws-s3 5.`);
  },
);
