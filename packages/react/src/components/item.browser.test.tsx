import { Profiler, StrictMode } from 'react';
import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import * as Upload from '../parts.ts';
import { createScene, type SceneFile, snapshotOf } from '../stories/scripted-uploads.ts';
import { UploaderItem } from './item-row.tsx';
import { Uploader } from './uploader.tsx';

async function setUp(...files: SceneFile[]) {
  const scene = createScene(files);
  await render(
    <StrictMode>
      <Uploader uppy={scene.uppy} />
    </StrictMode>,
  );
  const [first = ''] = scene.ids;
  return { ...scene, first };
}

const button = (name: string) => page.getByRole('button', { name, exact: true });

it('pauses and resumes through Uppy, and keeps the focus on the button', async () => {
  const { uppy, first } = await setUp({ name: 'a.jpg', status: 'uploading', percent: 10 });
  const pauseResume = vi.spyOn(uppy, 'pauseResume');
  await userEvent.click(button('Pause a.jpg'));
  expect(pauseResume).toHaveBeenLastCalledWith(first);
  await expect.element(button('Resume a.jpg')).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(button('Pause a.jpg')).toHaveFocus();
  expect(pauseResume).toHaveBeenCalledTimes(2);
});

it('retries through Uppy, and hands the focus to the row', async () => {
  const error = { code: 'x', message: 'It was lost.', hint: 'Press retry.' };
  const { uppy, first } = await setUp({ name: 'a.jpg', status: 'failed', error });
  const retryUpload = vi.spyOn(uppy, 'retryUpload');
  await expect.element(page.getByText('It was lost.')).toBeVisible();
  await expect.element(page.getByText('Press retry.')).toBeVisible();
  await userEvent.click(button('Retry a.jpg'));
  expect(retryUpload).toHaveBeenCalledWith(first);
  await expect.element(page.getByText('It was lost.')).not.toBeInTheDocument();
  await expect.element(button('Cancel a.jpg')).toHaveFocus();
});

it('offers no retry where only another file would help, and takes the file again when it is picked', async () => {
  const error = { code: 'file-unreadable', message: 'It is gone.', hint: 'Pick it again.', retryable: false };
  const { uppy, uploads } = await setUp();
  await vi.dynamicImportSettled();
  const pick = () => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File(['x'], 'a.jpg', { lastModified: 1 }));
    document.body.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }));
  };
  pick();
  await expect.element(button('Cancel a.jpg')).toBeVisible();
  const [{ id } = { id: '' }] = uppy.getFiles();
  uploads.put(id, snapshotOf({ name: 'a.jpg', error }, 'failed'));
  await expect.element(page.getByText('Pick it again.')).toBeVisible();
  await expect.element(button('Retry a.jpg')).not.toBeInTheDocument();
  pick();
  await expect.element(page.getByText('Pick it again.')).not.toBeInTheDocument();
  await expect.element(page.getByRole('alert')).toHaveTextContent('');
  expect(uppy.getFiles()).toHaveLength(1);
});

it('removes a row, and hands the focus to the next, the previous, and at last the dropzone', async () => {
  const { uppy } = await setUp(
    { name: 'a.jpg', status: 'uploading' },
    { name: 'b.jpg', status: 'complete' },
    { name: 'c.jpg', status: 'uploading' },
  );
  await userEvent.click(button('Remove b.jpg from the list'));
  await expect.element(button('Cancel c.jpg')).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(button('Cancel a.jpg')).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(button('Choose files')).toHaveFocus();
  await expect.element(page.getByText('3 files removed')).toBeVisible();
  uppy.resumeAll();
  expect(uppy.getFiles()).toEqual([]);
});

it('hands the focus on when a file completes under it', async () => {
  const { uploads, first } = await setUp({ name: 'a.jpg', status: 'uploading' });
  button('Pause a.jpg').element().focus();
  uploads.put(first, snapshotOf({ name: 'a.jpg' }, 'complete'));
  await expect.element(button('Remove a.jpg from the list')).toHaveFocus();
});

it('says at the end how much was sent, and in what time', async () => {
  const { uploads, ids } = await setUp({ name: 'a.jpg', status: 'uploading' }, { name: 'b.jpg', status: 'uploading' });
  await expect.element(page.getByText('0 of 2 files uploaded')).toBeVisible();
  for (const [index, id] of ids.entries()) uploads.put(id, snapshotOf({ name: `${index}.jpg` }, 'complete'));
  await expect.element(page.getByText('2 files uploaded')).toBeVisible();
  await expect.element(page.getByText(/^96 MB in \d+ sec$/)).toBeVisible();
});

it('clears what is finished, and nothing else', async () => {
  const { uppy } = await setUp(
    { name: 'a.jpg', status: 'complete' },
    { name: 'b.jpg', status: 'failed' },
    { name: 'c.jpg', status: 'uploading' },
  );
  await userEvent.click(button('Clear finished'));
  await expect.element(page.getByText('a.jpg', { exact: true })).not.toBeInTheDocument();
  expect(uppy.getFiles().map(({ name }) => name)).toEqual(['b.jpg', 'c.jpg']);
});

it('tells the progress to screen readers in numbers and words', async () => {
  const { uploads, first } = await setUp({
    name: 'a.jpg',
    size: 1_000_000,
    status: 'uploading',
    percent: 25.9,
    speed: 100_000,
  });
  const bar = page.getByRole('progressbar', { name: 'Progress of a.jpg' });
  await expect.element(bar).toHaveAttribute('aria-valuenow', '25');
  await expect.element(bar).toHaveAttribute('aria-valuetext', '25%, 8 sec left');
  uploads.put(first, snapshotOf({ name: 'a.jpg' }, 'verifying'));
  await expect.element(bar).toHaveAttribute('aria-valuetext', '100%, All sent, checking the file');
});

it('renders nothing but its own row when a file moves on', async () => {
  const { uppy, uploads, ids } = createScene([
    { name: 'a.jpg', status: 'uploading' },
    { name: 'b.jpg', status: 'uploading' },
  ]);
  const renders: string[] = [];
  await render(
    <Upload.Root uppy={uppy}>
      <Profiler id="list" onRender={(id) => renders.push(id)}>
        <Upload.List>
          {(id) => (
            <Profiler id={id} onRender={(row) => renders.push(row)}>
              <UploaderItem id={id} />
            </Profiler>
          )}
        </Upload.List>
      </Profiler>
    </Upload.Root>,
  );
  await expect.element(page.getByText('b.jpg')).toBeVisible();
  renders.length = 0;

  const [first = '', second = ''] = ids;
  const file = uppy.getFile(first);
  // What Uppy makes of an upload's progress: its whole state changes.
  uppy.emit('upload-progress', file, {
    uploadStarted: 1,
    bytesUploaded: 10,
    bytesTotal: 48_000_000,
    percentage: 0,
    uploadComplete: false,
  });
  uppy.setFileState(second, { isPaused: false });
  uploads.put(first, snapshotOf({ name: 'a.jpg', percent: 50 }, 'uploading'));
  await expect
    .element(page.getByRole('progressbar', { name: 'Progress of a.jpg' }))
    .toHaveAttribute('aria-valuenow', '50');
  // A Profiler also hears of commits below it; the other row's must not be among them.
  expect(renders).toContain(first);
  expect(renders).not.toContain(second);
});

it('announces that files are stored and failed in one polite region', async () => {
  const { uppy, uploads, first } = await setUp({ name: 'a.jpg', status: 'uploading' });
  // Its code is loaded beside the page, like the uploader's own.
  await vi.dynamicImportSettled();
  const status = page.getByRole('status');
  const file = uppy.getFile(first);
  uppy.emit('upload-success', file, { status: 200 });
  uploads.put(first, snapshotOf({ name: 'a.jpg' }, 'complete'));
  await expect.element(status).toHaveTextContent('a.jpg is uploaded.');
  const error = { code: 'x', message: 'It was lost.', hint: 'Pick it again.' };
  uploads.put(first, snapshotOf({ name: 'a.jpg', error }, 'failed'));
  uppy.emit('upload-error', file, { name: 'Error', message: 'raw' });
  await expect.element(status).toHaveTextContent('a.jpg was not uploaded. It was lost. Pick it again.');
});
