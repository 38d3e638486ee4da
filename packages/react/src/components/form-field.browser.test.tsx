import type { Uppy } from '@uppy/core';
import { useEffect, useState } from 'react';
import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import * as Upload from '../parts.ts';
import { createScene, type SceneFile, snapshotOf } from '../stories/scripted-uploads.ts';

async function setUp(files: readonly SceneFile[], props: { required?: boolean } = {}) {
  const scene = createScene(files);
  const sent = vi.fn<(keys: FormDataEntryValue[]) => void>();
  await render(
    <form
      onSubmit={(event) => {
        event.preventDefault();
        sent(new FormData(event.currentTarget).getAll('photos'));
      }}
    >
      <Upload.Root uppy={scene.uppy}>
        <Upload.Trigger />
        <Upload.FormField name="photos" {...props} />
      </Upload.Root>
      <button type="submit">Send</button>
    </form>,
  );
  const store = (index: number, key: string) => {
    const file = scene.uppy.getFiles()[index];
    if (!file) throw new Error('Uppy has no such file.');
    scene.uppy.emit('upload-success', file, { status: 200, body: { key } as never });
    scene.uploads.put(file.id, snapshotOf({ name: file.name }, 'complete'));
  };
  const send = () => userEvent.click(page.getByRole('button', { name: 'Send' }));
  return { ...scene, sent, store, send };
}

it('sends the keys of what is stored with the form', async () => {
  const { sent, store, send } = await setUp([
    { name: 'a.jpg', status: 'uploading' },
    { name: 'b.jpg', status: 'uploading' },
  ]);
  store(0, 'k/a');
  store(1, 'k/b');
  await send();
  await expect.poll(() => sent.mock.calls).toEqual([[['k/a', 'k/b']]]);
});

it('waits for what is under way, and then sends by itself', async () => {
  const { sent, store, send } = await setUp([{ name: 'a.jpg', status: 'uploading' }]);
  await send();
  await expect.element(page.getByRole('alert')).toHaveTextContent('Wait until the upload is done');
  expect(sent).not.toHaveBeenCalled();
  store(0, 'k/a');
  await expect.poll(() => sent.mock.calls).toEqual([[['k/a']]]);
});

it('is not sent without a required file, and says so', async () => {
  const { sent, send } = await setUp([], { required: true });
  await send();
  await expect.element(page.getByRole('alert')).toHaveTextContent('Add a file.');
  await expect.element(page.getByRole('button', { name: 'Choose files' })).toHaveFocus();
  expect(sent).not.toHaveBeenCalled();
});

it('is not sent with a failed file, and says what to do', async () => {
  const { sent, send } = await setUp([{ name: 'a.jpg', status: 'failed' }]);
  await send();
  await expect.element(page.getByRole('alert')).toHaveTextContent('Retry it or remove it from the list');
  expect(sent).not.toHaveBeenCalled();
});

it('has the keys of what was stored before it was there', async () => {
  const scene = createScene([{ name: 'a.jpg', status: 'uploading' }]);
  const wizard = (isLast: boolean) => (
    <form>
      <Upload.Root uppy={scene.uppy}>{isLast && <Upload.FormField name="photos" required />}</Upload.Root>
    </form>
  );
  const { container, rerender } = await render(wizard(false));
  const [file] = scene.uppy.getFiles();
  scene.uppy.emit('upload-success', file, { status: 200, body: { key: 'k/a' } as never });
  scene.uploads.put(scene.ids[0] ?? '', snapshotOf({ name: 'a.jpg' }, 'complete'));
  await rerender(wizard(true));
  const form = container.querySelector('form');
  expect(form && new FormData(form).getAll('photos')).toEqual(['k/a']);
});

it('gives its stored files away when the form is reset, and keeps what is on its way', async () => {
  const { uppy, store } = await setUp([
    { name: 'a.jpg', status: 'uploading' },
    { name: 'b.jpg', status: 'uploading' },
  ]);
  store(0, 'k/a');
  const form = document.querySelector('form');
  form?.reset();
  await expect.poll(() => uppy.getFiles().map(({ name }) => name)).toEqual(['b.jpg']);
  expect(form && new FormData(form).getAll('photos')).toEqual([]);
});

it('leaves the list alone where the app prevents the reset', async () => {
  const { uppy, store } = await setUp([{ name: 'a.jpg', status: 'uploading' }]);
  store(0, 'k/a');
  const form = document.querySelector('form');
  document.addEventListener('reset', (event) => event.preventDefault(), { once: true });
  form?.reset();
  await expect.poll(() => form && new FormData(form).getAll('photos')).toEqual(['k/a']);
  expect(uppy.getFiles()).toHaveLength(1);
});

function Controlled({
  uppy,
  first,
  hear,
}: {
  uppy: Uppy;
  first: string[];
  hear: (set: (keys: string[]) => void) => void;
}) {
  const [keys, setKeys] = useState<readonly string[]>(first);
  useEffect(() => hear(setKeys), [hear]);
  return (
    <form>
      <Upload.Root uppy={uppy}>
        <Upload.FormField name="photos" value={keys} onValueChange={setKeys} />
      </Upload.Root>
      <output>{keys.join(' ')}</output>
    </form>
  );
}

it('keeps the keys of an app: what is stored is added, what leaves the list goes, and the other way round', async () => {
  const { uppy, uploads } = createScene([
    { name: 'a.jpg', status: 'uploading' },
    { name: 'b.jpg', status: 'uploading' },
  ]);
  const store = (index: number, key: string) => {
    const file = uppy.getFiles()[index];
    uppy.emit('upload-success', file, { status: 200, body: { key } as never });
    uploads.put(file?.id ?? '', snapshotOf({ name: file?.name ?? '' }, 'complete'));
  };
  const heard = vi.fn<(set: (keys: string[]) => void) => void>();
  const { container } = await render(<Controlled uppy={uppy} first={['k/old']} hear={heard} />);
  const keys = page.getByRole('status').last();
  store(0, 'k/a');
  await expect.element(keys).toHaveTextContent('k/old k/a');
  store(1, 'k/b');
  await expect.element(keys).toHaveTextContent('k/old k/a k/b');
  const form = container.querySelector('form');
  expect(form && new FormData(form).getAll('photos')).toEqual(['k/old', 'k/a', 'k/b']);

  uppy.removeFile(uppy.getFiles()[0]?.id ?? '');
  await expect.element(keys).toHaveTextContent('k/old k/b');
  heard.mock.lastCall?.[0](['k/old']);
  await expect.poll(() => uppy.getFiles()).toEqual([]);
  await expect.element(keys).toHaveTextContent('k/old');
});
