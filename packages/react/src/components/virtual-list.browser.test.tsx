import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { useUploadActions } from '../hooks/use-upload.ts';
import { createScene, fileOfSize, snapshotOf } from '../stories/scripted-uploads.ts';
import { Uploader } from './uploader.tsx';
import '../style.css';

const MANY = 10_000;
const files = Array.from({ length: MANY }, (_, index) => fileOfSize(`photo ${index + 1}.jpg`, 1_000_000 + index));

function AddMany() {
  const { addFiles } = useUploadActions();
  return (
    <button type="button" onClick={() => addFiles(files)}>
      Add 10,000
    </button>
  );
}

async function setUp() {
  const scene = createScene([]);
  const { container } = await render(
    <Uploader uppy={scene.uppy}>
      <AddMany />
    </Uploader>,
  );
  const button = page.getByRole('button', { name: 'Add 10,000' }).element();
  const rows = () => [...container.querySelectorAll<HTMLElement>('[data-portage-item]')];
  const start = performance.now();
  (button as HTMLButtonElement).click();
  const took = performance.now() - start;
  const scroller = await vi.waitFor(
    () => {
      const found = container.querySelector<HTMLElement>('.portage-scroll');
      if (!found || rows().length === 0) throw new Error('The list does not scroll.');
      return found;
    },
    { timeout: 10_000 },
  );
  return { ...scene, rows, scroller, took };
}

it('pauses 10,000 files and goes on with all of them by the same button', async () => {
  const { uppy, uploads } = await setUp();
  for (const { id, size } of uppy.getFiles())
    uploads.put(id, snapshotOf({ name: id, size: size ?? 0, percent: 10 }, 'uploading'));
  await userEvent.click(page.getByRole('button', { name: 'Pause all' }));
  await userEvent.click(page.getByRole('button', { name: 'Resume all' }));
  await expect.element(page.getByRole('button', { name: 'Pause all' })).toBeVisible();
  expect(uppy.getFiles().map(({ id }) => uploads.get(id)?.status)).not.toContain('paused');
});

const WHATEVER = { subtree: true, childList: true, characterData: true, attributes: true };
const frame = () => new Promise(requestAnimationFrame);

/** Once there are rows they are measured, and placed anew. */
async function placed(list: Element): Promise<void> {
  for (let isMoving = true; isMoving; ) {
    isMoving = false;
    const observer = new MutationObserver(() => {
      isMoving = true;
    });
    observer.observe(list, WHATEVER);
    await frame();
    await frame();
    observer.disconnect();
  }
}

it('takes 10,000 files in half a second, and renders only the rows that are seen', async () => {
  const { rows, took, uppy } = await setUp();
  expect(took).toBeLessThan(500);
  expect(rows().length).toBeLessThan(40);
  expect(uppy.getFiles().length).toBe(100);
  await expect.element(page.getByText('0 of 10,000 files uploaded')).toBeVisible();
});

it('tells screen readers of the rows that are not there', async () => {
  const { rows } = await setUp();
  expect(rows()[0]?.getAttribute('aria-setsize')).toBe('10000');
  expect(rows()[0]?.getAttribute('aria-posinset')).toBe('1');
});

it('scrolls to the last row', async () => {
  const { scroller } = await setUp();
  await vi.waitFor(async () => {
    scroller.scrollTop = scroller.scrollHeight;
    await expect.element(page.getByText('photo 10000.jpg'), { timeout: 200 }).toBeVisible();
  });
});

it('keeps the focused row while it is scrolled away', async () => {
  const { scroller, rows } = await setUp();
  rows()[0]?.querySelector('button')?.focus();
  scroller.scrollTop = 40_000;
  await expect.poll(() => rows().some((row) => Number(row.dataset['index']) > 300)).toBe(true);
  expect(document.activeElement?.closest('li')?.dataset['index']).toBe('0');
  expect(rows().length).toBeLessThan(40);
});

it('takes out a file that waits, and hands the focus to the next row', async () => {
  const { rows, scroller } = await setUp();
  await expect.poll(() => rows().length).toBeGreaterThan(2);
  rows()[1]?.querySelector<HTMLButtonElement>('button:last-of-type')?.focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('of 9,999 files')).toBeVisible();
  await expect.poll(() => document.activeElement?.closest('li')?.textContent).toContain('photo 3.jpg');
  expect(scroller.contains(document.activeElement)).toBe(true);
});

it('renders one row again when one file moves on', async () => {
  const { uploads, uppy, rows } = await setUp();
  const changed = new Set<Node>();
  const observer = new MutationObserver((mutations) => {
    for (const { target } of mutations) {
      const element = target instanceof Element ? target : target.parentElement;
      const row = element?.closest('[data-portage-item]');
      if (row) changed.add(row);
    }
  });
  const list = rows()[0]?.parentElement;
  if (!list) throw new Error('There is no list.');
  await placed(list);
  observer.observe(list, WHATEVER);
  const [file] = uppy.getFiles();
  if (!file) throw new Error('Uppy has no file.');
  const progress = { loaded: 500_000, total: 1_000_000, percent: 50, speed: 1_000, eta: 500 };
  uploads.put(file.id, { status: 'uploading', progress, retryAt: undefined, error: undefined });
  await expect.element(page.getByText('500 kB of 1 MB')).toBeVisible();
  observer.disconnect();
  expect(changed.size).toBe(1);
});
