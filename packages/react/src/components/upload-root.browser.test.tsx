import { PortageS3 } from '@portage/uppy';
import { Uppy } from '@uppy/core';
import * as React from 'react';
import { Fragment, StrictMode, Suspense } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { createScene } from '../stories/scripted-uploads.ts';
import { Uploader } from './uploader.tsx';

/** Every Uppy listens to the window for `online`; so do its makings and endings show. */
let onlineListeners: { added: number; removed: number };

beforeEach(() => {
  onlineListeners = { added: 0, removed: 0 };
  const [add, remove] = [window.addEventListener, window.removeEventListener];
  vi.spyOn(window, 'addEventListener').mockImplementation((...args: Parameters<typeof add>) => {
    if (args[0] === 'online') onlineListeners.added += 1;
    add.apply(window, args);
  });
  vi.spyOn(window, 'removeEventListener').mockImplementation((...args: Parameters<typeof remove>) => {
    if (args[0] === 'online') onlineListeners.removed += 1;
    remove.apply(window, args);
  });
});

afterEach(() => vi.restoreAllMocks());

it('ends every Uppy that StrictMode made, the one in use after the unmount', async () => {
  const destroy = vi.spyOn(Uppy.prototype, 'destroy');
  const screen = await render(
    <StrictMode>
      <Uploader endpoint="/api/uploads" />
    </StrictMode>,
  );
  const made = onlineListeners.added;
  await expect.element(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  expect(destroy).not.toHaveBeenCalled();
  await screen.unmount();
  await vi.waitFor(() => expect(destroy).toHaveBeenCalled());
  // The plugin may listen to the window as well, once for each Uppy. React 18 renders twice and throws one away without
  // a word; that one is ended when nobody has claimed it for 10 s.
  expect(made).toBeGreaterThan(0);
  await vi.waitFor(() => expect(onlineListeners.removed).toBe(made), { timeout: 12_000 });
}, 20_000);

it('keeps its Uppy while its props change', async () => {
  const seen = new Set<Uppy>();
  vi.spyOn(Uppy.prototype, 'use').mockImplementation(function (this: Uppy, ...args: Parameters<Uppy['use']>) {
    seen.add(this);
    return originalUse.apply(this, args);
  });
  const screen = await render(<Uploader endpoint="/api/uploads" />);
  await screen.rerender(<Uploader endpoint="/api/uploads" disabled />);
  await expect.element(page.getByRole('button', { name: 'Choose files' })).toBeDisabled();
  expect(seen.size).toBe(1);
});
const originalUse = Uppy.prototype.use;

it('leaves a given Uppy as it was, without a listener', async () => {
  const { uppy, uploads } = createScene([{ name: 'a.jpg', status: 'uploading' }]);
  const destroy = vi.spyOn(uppy, 'destroy');
  const listeners = new Map<string, number>();
  const count = (event: string, by: number): void => {
    const next = (listeners.get(event) ?? 0) + by;
    if (next === 0) listeners.delete(event);
    else listeners.set(event, next);
  };
  const [on, off] = [uppy.on.bind(uppy), uppy.off.bind(uppy)];
  vi.spyOn(uppy, 'on').mockImplementation((event, listener) => {
    count(event, 1);
    return on(event, listener);
  });
  vi.spyOn(uppy, 'off').mockImplementation((event, listener) => {
    count(event, -1);
    return off(event, listener);
  });

  const screen = await render(
    <StrictMode>
      <Uploader uppy={uppy} onUploaded={() => {}} />
    </StrictMode>,
  );
  await expect.element(page.getByText('a.jpg')).toBeVisible();
  expect(listeners.size).toBeGreaterThan(0);
  expect(uploads.listenerCount).toBeGreaterThan(0);

  await screen.unmount();
  expect([...listeners]).toEqual([]);
  expect(uploads.listenerCount).toBe(0);
  expect(destroy).not.toHaveBeenCalled();
});

it('shows files that were there before it was', async () => {
  const { uppy } = createScene([{ name: 'early.jpg', status: 'complete' }]);
  await render(<Uploader uppy={uppy} />);
  await expect.element(page.getByText('early.jpg')).toBeVisible();
});

it('says what is missing where an Uppy has no PortageS3', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  await expect(render(<Uploader uppy={new Uppy()} />)).rejects.toThrow('uppy.use(PortageS3');
});

it('takes the app’s own Uppy with the plugin', async () => {
  const uppy = new Uppy().use(PortageS3, { endpoint: '/api/uploads' });
  await render(<Uploader uppy={uppy} />);
  await expect.element(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  uppy.destroy();
});

it('tells the app of each stored file, once, by the latest callback', async () => {
  const { uppy } = createScene([{ name: 'a.jpg', size: 12, status: 'uploading' }]);
  const [before, after] = [vi.fn(), vi.fn()];
  const screen = await render(<Uploader uppy={uppy} onUploaded={before} />);
  await screen.rerender(<Uploader uppy={uppy} onUploaded={after} />);
  const [file] = uppy.getFiles();
  uppy.emit('upload-success', file, { status: 200, body: { key: 'k' } as never });
  expect(before).not.toHaveBeenCalled();
  expect(after.mock.calls).toEqual([
    [expect.objectContaining({ name: 'a.jpg', size: 12, body: { key: 'k' }, data: expect.any(File) })],
  ]);
});

// React 18 has no such thing.
const Activity = (React as { Activity?: typeof React.Activity }).Activity;
describe.runIf(Activity)('hidden by <Activity>', () => {
  const Shown = Activity ?? Fragment;
  const tree = (mode: 'visible' | 'hidden', props: { onUploaded?: () => void } = {}) => (
    <Shown mode={mode}>
      <Uploader endpoint="/api/uploads" {...props} />
    </Shown>
  );

  it('keeps its uploads, shows them again, and ends them on the real unmount only', async () => {
    const made: Uppy[] = [];
    vi.spyOn(Uppy.prototype, 'use').mockImplementation(function (this: Uppy, ...args: Parameters<Uppy['use']>) {
      made.push(this);
      return originalUse.apply(this, args);
    });
    const destroy = vi.spyOn(Uppy.prototype, 'destroy');
    const heard = vi.fn();
    const screen = await render(tree('visible', { onUploaded: heard }));
    const [uppy] = made;
    uppy?.setOptions({ autoProceed: false });
    const id = uppy?.addFile({ name: 'a.jpg', data: new File(['x'], 'a.jpg') }) ?? '';
    await expect.element(page.getByText('a.jpg')).toBeVisible();

    await screen.rerender(tree('hidden', { onUploaded: heard }));
    await expect.element(page.getByText('a.jpg')).not.toBeVisible();
    // A task later than anything that an effect's end may have begun.
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(destroy).not.toHaveBeenCalled();
    uppy?.emit('upload-success', uppy.getFile(id), { status: 200, body: {} as never });
    expect(heard, 'the app hears of it while it is hidden').toHaveBeenCalledTimes(1);

    await screen.rerender(tree('visible', { onUploaded: heard }));
    await expect.element(page.getByText('a.jpg')).toBeVisible();
    expect(made).toHaveLength(1);

    await screen.rerender(tree('hidden', { onUploaded: heard }));
    await screen.unmount();
    await vi.waitFor(() => expect(destroy).toHaveBeenCalledTimes(1));
  });
});

/** Suspends while it has a promise. */
function Sibling({ waitsFor }: { waitsFor?: Promise<void> | undefined }) {
  if (waitsFor) throw waitsFor;
  return null;
}

describe('in a boundary of Suspense', () => {
  function spyOnUppies(): Uppy[] {
    const made: Uppy[] = [];
    vi.spyOn(Uppy.prototype, 'addUploader').mockImplementation(function (this: Uppy) {
      made.push(this);
    });
    return made;
  }

  function later(): { promise: Promise<void>; come(): void } {
    let come = (): void => {};
    const promise = new Promise<void>((resolve) => {
      come = resolve;
    });
    return { promise, come };
  }

  it('keeps its uploads while it waits again, hears of them, and shows finished ones too', async () => {
    const made = spyOnUppies();
    const destroy = vi.spyOn(Uppy.prototype, 'destroy');
    const heard = vi.fn();
    const tree = (waitsFor?: Promise<void>) => (
      <Suspense fallback={<p>One moment</p>}>
        <Uploader endpoint="/api/uploads" autoStart={false} onUploaded={heard} />
        <Sibling waitsFor={waitsFor} />
      </Suspense>
    );
    const screen = await render(tree());
    const uppy = made.at(-1) as Uppy;
    const id = uppy.addFile({ name: 'a.jpg', data: new File(['x'], 'a.jpg') });
    await expect.element(page.getByText('a.jpg')).toBeVisible();

    const { promise, come } = later();
    await screen.rerender(tree(promise));
    await expect.element(page.getByText('One moment')).toBeVisible();
    await expect.element(page.getByText('a.jpg')).not.toBeVisible();
    // A task later than anything that an effect's end may have begun.
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(destroy).not.toHaveBeenCalled();
    uppy.emit('upload-success', uppy.getFile(id), { status: 200, body: { key: 'k' } as never });
    expect(heard, 'the app hears of it while it waits').toHaveBeenCalledTimes(1);

    come();
    await screen.rerender(tree());
    await expect.element(page.getByText('a.jpg')).toBeVisible();
    expect(uppy.getFiles()).toHaveLength(1);
    await screen.unmount();
    await vi.waitFor(() => expect(destroy).toHaveBeenCalledTimes(1));
  });

  it('has one Uppy in use where a sibling is not there at first, and ends what React threw away', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const made = spyOnUppies();
    const ended = new Set<Uppy>();
    vi.spyOn(Uppy.prototype, 'destroy').mockImplementation(function (this: Uppy) {
      ended.add(this);
    });
    const { promise, come } = later();
    const tree = (waitsFor?: Promise<void>) => (
      <Suspense fallback={<p>One moment</p>}>
        <Uploader endpoint="/api/uploads" autoStart={false} />
        <Sibling waitsFor={waitsFor} />
      </Suspense>
    );
    const screen = await render(tree(promise));
    expect(page.getByText('One moment').query()).not.toBeNull();
    come();
    await screen.rerender(tree());
    expect(page.getByRole('button', { name: 'Choose files' }).query()).not.toBeNull();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(made.filter((uppy) => !ended.has(uppy))).toHaveLength(1);
    vi.useRealTimers();
    await screen.unmount();
  });
});
