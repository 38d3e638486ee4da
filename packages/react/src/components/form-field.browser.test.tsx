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
