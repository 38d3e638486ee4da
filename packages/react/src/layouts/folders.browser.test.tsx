import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { Uploader } from '../components/uploader.tsx';
import { useUploadActions } from '../hooks/use-upload.ts';
import { click } from '../stories/as-people-do.ts';
import { createScene, fileOfSize, type SceneFile } from '../stories/scripted-uploads.ts';
import '../style.css';

const button = (name: string) => page.getByRole('button', { name, exact: true });
const MB = 1_000_000;
const FILES: readonly SceneFile[] = [
  { name: 'lake.jpg', path: 'trip/lake.jpg', size: 4 * MB, status: 'uploading', percent: 50 },
  { name: 'note.txt', size: MB, status: 'complete' },
  { name: 'fell.jpg', path: 'trip/2026/alps/fell.jpg', size: 4 * MB, status: 'complete' },
  { name: 'plan.pdf', path: 'work/plan.pdf', size: 2 * MB, status: 'complete' },
];
/** The rows as they stand, each by its name. */
const rows = () =>
  [...document.querySelectorAll<HTMLElement>('[data-portage-item]')].map(
    (row) => row.querySelector<HTMLElement>('.portage-name')?.title,
  );

async function setUp(files: readonly SceneFile[] = FILES) {
  const scene = createScene(files);
  await render(<Uploader uppy={scene.uppy} />);
  await vi.waitFor(() => expect(document.querySelector('.portage-folder')).not.toBeNull());
  const status = () => scene.ids.map((id) => scene.uploads.get(id)?.status);
  return { ...scene, status };
}

it('puts what came in a folder below its name, with count, size, progress, and the folders in between', async () => {
  await setUp();
  expect(rows()).toEqual(['trip', 'trip/lake.jpg', 'trip/2026/alps/fell.jpg', 'note.txt', 'work', 'work/plan.pdf']);
  const toggle = button('trip 2 files · 8 MB');
  await expect.element(toggle).toHaveAttribute('aria-expanded', 'true');
  const bar = page.getByRole('progressbar', { name: 'Progress of trip' });
  await expect.element(bar).toHaveAttribute('aria-valuenow', '75');
  await expect.element(bar).toHaveAttribute('aria-valuetext', '75%, 1 of 2 files uploaded');
  await expect.element(page.getByText('2026/alps', { exact: true })).toBeVisible();
});

it('follows its files, and says what the row of a file would say', async () => {
  const { uploads, ids } = await setUp();
  const [lake = ''] = ids;
  const before = uploads.get(lake);
  if (!before) throw new Error('It has no upload.');
  uploads.put(lake, { ...before, progress: { ...before.progress, loaded: 3 * MB, percent: 75 } });
  const bar = page.getByRole('progressbar', { name: 'Progress of trip' });
  await expect.element(bar).toHaveAttribute('aria-valuenow', '87');
  uploads.put(lake, { ...before, status: 'complete', progress: { ...before.progress, loaded: 4 * MB, percent: 100 } });
  await vi.waitFor(() =>
    expect(document.querySelector('.portage-folder')?.getAttribute('data-status')).toBe('complete'),
  );
  await expect.element(page.getByText('2 files uploaded', { exact: true })).toBeVisible();
  await expect.element(button('Remove trip from the list')).toBeVisible();
});

it('folds and opens a folder by keyboard, and the focus stays', async () => {
  await setUp();
  const toggle = button('trip 2 files · 8 MB');
  (toggle.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(toggle).toHaveAttribute('aria-expanded', 'false');
  expect(rows()).toEqual(['trip', 'note.txt', 'work', 'work/plan.pdf']);
  await expect.element(toggle).toHaveFocus();
  await userEvent.keyboard(' ');
  await expect.element(toggle).toHaveAttribute('aria-expanded', 'true');
  expect(rows()).toHaveLength(6);
});

it('pauses, resumes and tries again what is in the folder, and nothing else', async () => {
  const failed: SceneFile = { name: 'b.jpg', path: 'trip/b.jpg', status: 'failed', percent: 10 };
  const other: SceneFile = { name: 'c.jpg', status: 'uploading', percent: 10 };
  const { status } = await setUp([FILES[0] as SceneFile, failed, other]);
  await click(button('Pause trip'));
  await vi.waitFor(() => expect(status()).toEqual(['paused', 'failed', 'uploading']));
  await expect.element(button('Resume trip')).toHaveFocus();
  await click(button('Resume trip'));
  await vi.waitFor(() => expect(status()).toEqual(['uploading', 'failed', 'uploading']));
  await click(button('Retry trip'));
  await vi.waitFor(() => expect(status()).toEqual(['uploading', 'uploading', 'uploading']));
  await expect.element(button('Retry trip')).not.toBeInTheDocument();
});

it('takes a folder out and brings it back as a whole, and the focus goes to the next row', async () => {
  const { status } = await setUp();
  await click(button('Cancel trip'));
  await vi.waitFor(() => expect(rows()).toEqual(['note.txt', 'work', 'work/plan.pdf']));
  await expect.element(button('Remove note.txt from the list')).toHaveFocus();
  await expect.element(page.getByText('2 files removed', { exact: true })).toBeVisible();
  await click(button('Undo'));
  await vi.waitFor(() => expect(rows()).toHaveLength(6));
  expect(status()).toEqual(['uploading', 'complete', 'complete', 'complete']);
});

it('keeps the rows and the focus when the last folder goes', async () => {
  await setUp();
  await click(button('Remove work from the list'));
  await click(button('Cancel trip'));
  await vi.waitFor(() => expect(rows()).toEqual(['note.txt']));
  await expect.element(button('Remove note.txt from the list')).toHaveFocus();
});

function AddMany() {
  const { addFiles } = useUploadActions();
  const files = Array.from({ length: 10_000 }, (_, index) => ({
    file: fileOfSize(`${index}.jpg`, MB),
    relativePath: `trip ${Math.floor(index / 100)}/${index}.jpg`,
  }));
  return (
    <button type="button" onClick={() => addFiles(files)}>
      Add
    </button>
  );
}

it('renders of 10,000 files in 100 folders the rows that are seen, and takes the first folder out at once', async () => {
  const scene = createScene([]);
  await page.viewport(900, 700);
  await render(
    <Uploader uppy={scene.uppy}>
      <AddMany />
    </Uploader>,
  );
  await click(button('Add'));
  const folder = button('trip 0 100 files · 100 MB');
  await expect.element(folder).toBeVisible();
  const scroller = await vi.waitFor(() => {
    const found = document.querySelector('.portage-scroll');
    if (!found) throw new Error('The list does not scroll.');
    return found;
  });
  expect(rows().length).toBeLessThan(40);
  await expect.element(folder).toBeVisible();
  (folder.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() => expect(rows().slice(0, 2)).toEqual(['trip 0', 'trip 1']));
  expect(document.querySelector('.portage-folder')?.getAttribute('aria-setsize')).toBe('10000');
  scroller.scrollTop = scroller.scrollHeight;
  await vi.waitFor(() => expect(rows().at(-1)).toBe('trip 99/9999.jpg'));
  scroller.scrollTop = 0;
  // The focus goes to the row that is next by then.
  await vi.waitFor(() => expect(rows()[1]).toBe('trip 1'));
  await click(button('Cancel trip 0'));
  await expect.element(page.getByText('100 files removed', { exact: true })).toBeVisible();
  await vi.waitFor(() => expect(rows()[0]).toBe('trip 1'));
});
