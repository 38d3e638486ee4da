import { Uppy } from '@uppy/core';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import type { OnBeforeUpload } from '../state/ask-before.ts';
import { createScene, type SceneFile, ScriptedUploads, snapshotOf } from '../stories/scripted-uploads.ts';
import { Uploader } from './uploader.tsx';

afterEach(() => vi.restoreAllMocks());

const quiet = { debug() {}, warn() {}, error() {} };
const BROKEN = { code: 'no-progress', message: 'Nothing moves.', hint: 'Try again.' };

async function setUp(files: SceneFile[]) {
  const heard = { onError: vi.fn(), onProgress: vi.fn(), onRemoved: vi.fn(), onSettled: vi.fn() };
  const scene = createScene(files);
  const screen = await render(<Uploader uppy={scene.uppy} {...heard} />);
  const [a = '', b = ''] = scene.ids;
  const { uppy, uploads } = scene;
  const succeed = (id: string) => {
    uploads.put(id, snapshotOf({ name: '' }, 'complete'));
    uppy.emit('upload-success', uppy.getFile(id), { status: 200, body: { result: 7 } as never });
  };
  const fail = (id: string) => {
    uploads.put(id, snapshotOf({ name: '', error: BROKEN }, 'failed'));
    uppy.emit('upload-error', uppy.getFile(id), new Error('x') as never);
  };
  // The code that calls is loaded late.
  uploads.put(a, snapshotOf({ name: '', percent: 1 }, 'uploading'));
  await expect
    .poll(() => {
      uploads.put(a, snapshotOf({ name: '', percent: 2 }, 'uploading'));
      return heard.onProgress.mock.calls.length;
    })
    .toBeGreaterThan(0);
  return { ...scene, screen, heard, a, b, succeed, fail };
}

describe('an app', () => {
  it('hears how far all files together are', async () => {
    const { heard } = await setUp([
      { name: 'a', size: 100, status: 'uploading' },
      { name: 'b', size: 100, status: 'queued' },
    ]);
    expect(heard.onProgress.mock.lastCall?.[0]).toMatchObject({
      progress: { total: 48_000_100 },
      counts: { queued: 1 },
    });
  });

  it('hears of a failure with its reason, and once everything is over of what was stored and what was not', async () => {
    const { heard, a, b, fail, succeed } = await setUp([
      { name: 'a.bin', status: 'uploading' },
      { name: 'b.bin', status: 'uploading' },
    ]);
    fail(b);
    expect(heard.onError.mock.calls).toEqual([
      [{ id: b, name: 'b.bin', size: 48_000_000, error: expect.objectContaining(BROKEN) }],
    ]);
    expect(heard.onSettled).not.toHaveBeenCalled();
    succeed(a);
    await expect.poll(() => heard.onSettled.mock.calls).toHaveLength(1);
    expect(heard.onSettled.mock.lastCall?.[0]).toMatchObject({
      uploaded: [{ name: 'a.bin', result: 7 }],
      failed: [{ name: 'b.bin' }],
    });
  });

  it('hears of a file that failed and was stored by a retry as stored, and not before a paused one is over', async () => {
    const { heard, uploads, a, b, fail, succeed } = await setUp([
      { name: 'a.bin', status: 'uploading' },
      { name: 'b.bin', status: 'paused' },
    ]);
    fail(a);
    uploads.put(a, snapshotOf({ name: '' }, 'uploading'));
    succeed(a);
    expect(heard.onSettled).not.toHaveBeenCalled();
    succeed(b);
    await expect.poll(() => heard.onSettled.mock.lastCall?.[0]).toMatchObject({ uploaded: [{}, {}], failed: [] });
  });

  it('hears of a file that the person took out, and not of those that go with the page', async () => {
    const { heard, screen, uppy, a, b } = await setUp([
      { name: 'a.bin', status: 'uploading' },
      { name: 'b.bin', status: 'uploading' },
    ]);
    uppy.removeFile(b);
    await expect.poll(() => heard.onRemoved.mock.calls).toEqual([[expect.objectContaining({ id: b, name: 'b.bin' })]]);
    await screen.unmount();
    uppy.removeFile(a);
    expect(heard.onRemoved).toHaveBeenCalledTimes(1);
  });

  it('hears of what failed before the code was there that tells', async () => {
    const onError = vi.fn();
    const { uppy, uploads, ids } = createScene([{ name: 'a.bin', status: 'uploading' }]);
    await render(<Uploader uppy={uppy} onError={onError} />);
    uploads.put(ids[0] ?? '', snapshotOf({ name: '', error: BROKEN }, 'failed'));
    uppy.emit('upload-error', uppy.getFile(ids[0] ?? ''), new Error('x') as never);
    await expect.poll(() => onError.mock.calls).toHaveLength(1);
  });
});

describe('onBeforeUpload', () => {
  /** An Uppy whose uploader only notes what it was given. */
  async function pick(onBeforeUpload: OnBeforeUpload, ...names: string[]) {
    const uppy = new Uppy({ autoProceed: true, logger: quiet }).use(ScriptedUploads);
    const sent: { name: string; meta: object }[] = [];
    uppy.addUploader(async (ids) => {
      for (const id of ids) sent.push({ name: uppy.getFile(id).name ?? '', meta: uppy.getFile(id).meta });
    });
    await render(<Uploader uppy={uppy} onBeforeUpload={onBeforeUpload} />);
    const input = document.querySelector<HTMLInputElement>('input[type=file]') as HTMLInputElement;
    await userEvent.upload(
      input,
      names.map((name) => new File(['x'], name)),
    );
    return { uppy, sent };
  }

  it('refuses a file in words, and lets the others go', async () => {
    const { uppy, sent } = await pick(
      async ({ name }) => (name === 'a.txt' ? { refuse: 'We have it already.' } : undefined),
      'a.txt',
      'b.txt',
    );
    await expect.element(page.getByRole('alert')).toHaveTextContent('a.txt: We have it already.');
    await expect.poll(() => sent.map(({ name }) => name)).toEqual(['b.txt']);
    expect(uppy.getFiles()).toHaveLength(1);
  });

  it('changes name and fields before anything is sent', async () => {
    const { sent } = await pick(({ name }) => ({ name: `2026-${name}`, meta: { album: 'summer' } }), 'a.txt');
    await expect.poll(() => sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ name: '2026-a.txt', meta: { name: '2026-a.txt', album: 'summer' } });
    await expect.element(page.getByText('2026-a.txt').first()).toBeVisible();
  });

  it('sends nothing where it throws, says so, and has the reason on the console', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    const bug = new Error('a bug');
    const { sent, uppy } = await pick(() => {
      throw bug;
    }, 'a.txt');
    await expect.element(page.getByRole('alert')).toHaveTextContent('a.txt: The upload could not be prepared');
    expect(logged).toHaveBeenCalledWith(bug);
    expect([sent, uppy.getFiles()]).toEqual([[], []]);
  });

  it('is asked also where the component goes before the code is there: the file would wait for ever', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const uppy = new Uppy({ logger: quiet }).use(ScriptedUploads);
    uppy.addUploader(async () => {});
    const ask = vi.fn();
    const { unmount } = await render(<Uploader uppy={uppy} onBeforeUpload={ask} />);
    uppy.addFile({ name: 'a.txt', data: new File(['x'], 'a.txt') });
    const begun = new Promise((resolve) => uppy.once('upload', resolve));
    const result = uppy.upload();
    await begun;
    await unmount();
    await vi.advanceTimersByTimeAsync(0);
    await result;
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('asks once about a file, also where it is started again, and anew where it was picked again', async () => {
    const ask = vi.fn();
    const { uppy, sent } = await pick(ask, 'a.txt');
    await expect.poll(() => sent).toHaveLength(1);
    const [file] = uppy.getFiles();
    await uppy.retryUpload(file?.id ?? '');
    expect(sent).toHaveLength(2);
    expect(ask).toHaveBeenCalledTimes(1);
    uppy.removeFile(file?.id ?? '');
    await userEvent.upload(document.querySelector('input[type=file]') as HTMLElement, new File(['x'], 'a.txt'));
    await expect.poll(() => ask.mock.calls).toHaveLength(2);
  });
});
