import { StrictMode, useState } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { Uploader } from '../components/uploader.tsx';
import * as Upload from '../parts.ts';
import { drawnPicture } from '../stories/drawn-pictures.ts';
import { createScene, type SceneFile, snapshotOf } from '../stories/scripted-uploads.ts';
import { english } from '../text/english.ts';
import '../style.css';

afterEach(() => {
  document.documentElement.dir = 'ltr';
});

const FILES: readonly SceneFile[] = ['a.jpg', 'b.jpg', 'c.jpg'].map((name) => ({
  name,
  status: 'uploading',
  percent: 40,
}));
const button = (name: string) => page.getByRole('button', { name, exact: true });
const move = (name: string) => button(`Move ${name} with the arrow keys`);
const order = () =>
  [...document.querySelectorAll('[data-portage-item] > .portage-name')].map((name) => name.textContent);

async function gallery() {
  const scene = createScene(FILES);
  await render(
    <StrictMode>
      <Uploader uppy={scene.uppy} layout="gallery" />
    </StrictMode>,
  );
  await expect.element(move('a.jpg')).toBeInTheDocument();
  return { ...scene, inUppy: () => scene.uppy.getFiles().map(({ name }) => name) };
}

/** An app of two routes. */
function App() {
  const [route, setRoute] = useState('first');
  return (
    <>
      <button type="button" onClick={() => setRoute('second')}>
        Go on
      </button>
      {route === 'first' ? <Upload.Trigger>Attach</Upload.Trigger> : <p>Another page</p>}
    </>
  );
}

it('moves a picture one place for each press of a key that is held down, and shows all of its tile at the far end', async () => {
  const { uppy } = createScene(
    Array.from({ length: 120 }, (_, index) => ({ name: `${index}.jpg`, status: 'complete' as const })),
  );
  await render(<Uploader uppy={uppy} layout="gallery" />);
  const at = () => uppy.getFiles().findIndex(({ name }) => name === '0.jpg');
  // Its tiles are other elements than those that stand until its code is there.
  await vi.waitFor(() => expect(document.querySelector('.portage-scroll .portage-tile')).not.toBeNull());
  (move('0.jpg').element() as HTMLElement).focus();
  // Without a task between them in which the list could be told.
  const press = (key: string) =>
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  for (let count = 0; count < 5; count += 1) press('ArrowRight');
  expect(at()).toBe(5);
  press('End');
  press('ArrowLeft');
  expect(at()).toBe(118);
  const tile = () => document.activeElement?.closest('[data-portage-item]');
  await vi.waitFor(() => expect(tile()?.getAttribute('aria-posinset')).toBe('119'));
  await expect.element(move('0.jpg')).toHaveFocus();
  const list = document.querySelector('.portage-scroll')?.getBoundingClientRect();
  await vi.waitFor(() => expect(tile()?.getBoundingClientRect().bottom).toBeLessThanOrEqual((list?.bottom ?? 0) + 1));
});

it('moves a picture by the arrow keys, in Uppy too, keeps the focus and says where it is', async () => {
  const { inUppy } = await gallery();
  await vi.dynamicImportSettled();
  move('a.jpg').element().focus();
  await userEvent.keyboard('{ArrowRight}');
  await vi.waitFor(() => expect(order()).toEqual(['b.jpg', 'a.jpg', 'c.jpg']));
  expect(inUppy()).toEqual(['b.jpg', 'a.jpg', 'c.jpg']);
  await expect.element(move('a.jpg')).toHaveFocus();
  await expect.element(page.getByRole('status')).toHaveTextContent('a.jpg: place 2 of 3.');
  await userEvent.keyboard('{End}');
  await vi.waitFor(() => expect(order()).toEqual(['b.jpg', 'c.jpg', 'a.jpg']));
  await expect.element(move('a.jpg')).toHaveFocus();
  // The last one cannot go further.
  await userEvent.keyboard('{ArrowRight}');
  expect(inUppy()).toEqual(['b.jpg', 'c.jpg', 'a.jpg']);
});

it('moves it to the other side where the text runs to the left', async () => {
  document.documentElement.dir = 'rtl';
  await gallery();
  move('a.jpg').element().focus();
  await userEvent.keyboard('{ArrowLeft}');
  await vi.waitFor(() => expect(order()).toEqual(['b.jpg', 'a.jpg', 'c.jpg']));
});

it('moves a picture to where it is dragged', async () => {
  const { inUppy } = await gallery();
  const tile = (name: string) =>
    [...document.querySelectorAll('.portage-tile')].find((item) => item.textContent?.includes(name)) as Element;
  const dataTransfer = new DataTransfer();
  const send = (target: Element, type: string) =>
    target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
  send(tile('c.jpg'), 'dragstart');
  await vi.waitFor(() => expect(tile('c.jpg')).toHaveAttribute('data-dragging'));
  send(tile('a.jpg'), 'dragover');
  await vi.waitFor(() => expect(order()).toEqual(['c.jpg', 'a.jpg', 'b.jpg']));
  send(tile('c.jpg'), 'dragend');
  await vi.waitFor(() => expect(tile('c.jpg')).not.toHaveAttribute('data-dragging'));
  expect(inUppy()).toEqual(['c.jpg', 'a.jpg', 'b.jpg']);
});

it('renders the tiles of a large gallery that are seen, in columns, and moves one over the whole of it', async () => {
  await page.viewport(900, 700);
  const names = Array.from({ length: 300 }, (_, index) => ({ name: `${index}.jpg`, status: 'uploading' as const }));
  const { uppy } = createScene(names);
  await render(
    <StrictMode>
      <Uploader uppy={uppy} layout="gallery" />
    </StrictMode>,
  );
  const scroller = () => document.querySelector('.portage-scroll') as HTMLElement;
  const tiles = () => [...document.querySelectorAll<HTMLElement>('.portage-scroll .portage-tile')];
  const columns = () => new Set(tiles().map((tile) => tile.getBoundingClientRect().left)).size;
  await vi.waitFor(() => expect(columns()).toBe(5));
  await vi.waitFor(() => expect(tiles().length).toBeLessThan(40));
  expect(tiles()[1]?.getAttribute('aria-posinset')).toBe('2');
  expect(tiles()[1]?.getAttribute('aria-setsize')).toBe('300');
  // The list has the height of all its rows, not only of those that are rendered.
  const rowHeight = (tiles()[5]?.getBoundingClientRect().top ?? 0) - (tiles()[0]?.getBoundingClientRect().top ?? 0);
  expect(scroller().scrollHeight).toBeGreaterThan(rowHeight * 59);
  scroller().scrollTop = scroller().scrollHeight / 2;
  await vi.waitFor(() => expect(Number(tiles()[0]?.getAttribute('aria-posinset'))).toBeGreaterThan(100));
  const { top, bottom } = scroller().getBoundingClientRect();
  expect(tiles()[0]?.getBoundingClientRect().top).toBeLessThanOrEqual(top);
  expect(tiles().at(-1)?.getBoundingClientRect().bottom).toBeGreaterThanOrEqual(bottom);
  scroller().scrollTop = 0;
  await expect.element(move('0.jpg')).toBeInTheDocument();
  (move('0.jpg').element() as HTMLElement).focus();
  await userEvent.keyboard('{End}');
  await expect.element(move('0.jpg')).toHaveFocus();
  await vi.waitFor(() => expect(tiles().at(-1)?.getAttribute('aria-posinset')).toBe('300'));
  await expect.element(move('0.jpg')).toBeInViewport();
  expect(document.activeElement?.closest('.portage-tile')).toBe(tiles().at(-1));
  await userEvent.keyboard('{ArrowLeft}');
  await expect.element(page.getByRole('status')).toHaveTextContent('0.jpg: place 299 of 300.');
  await expect.element(move('0.jpg')).toHaveFocus();
  // Fewer columns in a smaller window.
  await page.viewport(500, 700);
  await vi.waitFor(() => expect(columns()).toBe(3));
  await expect.element(move('0.jpg')).toHaveFocus();
});

it('tells the progress of a ring as that of a bar, and offers to undo', async () => {
  await gallery();
  const ring = page.getByRole('progressbar', { name: 'Progress of a.jpg' });
  await expect.element(ring).toHaveAttribute('aria-valuenow', '40');
  await userEvent.click(button('Cancel a.jpg'));
  await userEvent.click(button('Undo'));
  await expect.element(button('Cancel a.jpg')).toBeInTheDocument();
});

it('keeps the tray while routes come and go, and folds it', async () => {
  const { uppy } = createScene(FILES);
  await render(
    <Uploader uppy={uppy} layout="tray">
      <App />
    </Uploader>,
  );
  await expect.element(button('Cancel a.jpg')).toBeVisible();
  const tray = document.querySelector('.portage-tray');
  await userEvent.click(button('Go on'));
  await expect.element(page.getByText('Another page')).toBeVisible();
  expect(document.querySelector('.portage-tray')).toBe(tray);
  await expect.element(button('Files')).toHaveAttribute('aria-expanded', 'true');
  await userEvent.click(button('Files'));
  await expect.element(button('Files')).toHaveAttribute('aria-expanded', 'false');
  await expect.element(button('Cancel a.jpg')).not.toBeInTheDocument();
});

it('shows a few files of a message as chips, and many as lines of a list that scrolls by itself', async () => {
  await page.viewport(700, 800);
  const { uppy } = createScene(Array.from({ length: 12 }, (_, index) => ({ name: `${index}.jpg`, status: 'paused' })));
  await render(
    <Uploader uppy={uppy} layout="composer">
      <textarea aria-label="Message" />
    </Uploader>,
  );
  const shown = (what: string) => document.querySelectorAll(what).length;
  await vi.waitFor(() => expect(shown('.portage-chip')).toBe(12));
  uppy.addFiles(Array.from({ length: 488 }, (_, index) => ({ name: `b${index}.jpg`, data: new Blob([`${index}`]) })));
  await vi.waitFor(() =>
    expect([shown('.portage-chip'), shown('.portage-scroll .portage-line') > 5]).toEqual([0, true]),
  );
  expect(shown('.portage-line')).toBeLessThan(40);
  await expect.element(page.getByText('500 files')).toBeVisible();
  // The text and the button below the files are in the same window.
  expect(document.querySelector('.portage-uploader')?.getBoundingClientRect().height).toBeLessThan(800);
  const [last] = uppy.getFiles();
  uppy.removeFiles(uppy.getFiles().flatMap(({ id }) => (id === last?.id ? [] : [id])));
  await vi.waitFor(() => expect(shown('.portage-line')).toBe(1));
  uppy.removeFiles(uppy.getFiles().map(({ id }) => id));
  await vi.waitFor(() => expect(shown('.portage-line')).toBe(0));
  uppy.addFile({ name: 'c.jpg', data: new Blob(['c']) });
  await vi.waitFor(() => expect([shown('.portage-chip'), shown('.portage-line')]).toEqual([1, 0]));
});

it.each(['list', 'gallery', 'composer', 'table', 'compact'] as const)(
  'says what happens in one line on a phone, so that nothing moves while the figures change: %s',
  async (layout) => {
    await page.viewport(360, 700);
    const [size, speed] = [48_000_000, 8_400_000];
    const { uppy, uploads, ids } = createScene([{ name: 'a.jpg', size, status: 'uploading', percent: 1, speed }]);
    await render(<Uploader uppy={uppy} layout={layout} />);
    await vi.waitFor(() => expect(document.querySelector('.portage-status')).not.toBeNull());
    const heights = new Set<number | undefined>();
    for (const [percent, slower] of [
      [1, 1],
      [37, 1],
      [99, 1],
      [12, 40],
      [88, 1_000],
    ] as const) {
      uploads.put(ids[0] ?? '', snapshotOf({ name: 'a.jpg', size, percent, speed: speed / slower }, 'uploading'));
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      heights.add(document.querySelector('.portage-item')?.getBoundingClientRect().height);
    }
    expect([...heights]).toHaveLength(1);
    if (layout !== 'list') return;
    uploads.put(ids[0] ?? '', snapshotOf({ name: 'a.jpg', size, percent: 50, speed }, 'uploading'));
    await expect.element(page.getByText('24 MB of 48 MB · 8.4 MB/s · 3 sec left')).toBeVisible();
    await expect.element(page.getByText('8.4 MB/s', { exact: false }).last()).not.toBeVisible();
    await page.viewport(900, 700);
    await expect.element(page.getByText('8.4 MB/s', { exact: false }).last()).toBeVisible();
  },
);

it('has lines of 44 pixels', async () => {
  const { uppy } = createScene(FILES);
  await page.viewport(900, 700);
  await render(<Uploader uppy={uppy} layout="compact" />);
  await expect.element(button('Cancel a.jpg')).toBeVisible();
  const heights = [...document.querySelectorAll('.portage-line')].map((line) => line.getBoundingClientRect().height);
  expect(heights).toEqual([44, 44, 44]);
});

it('is a table to screen readers: a head, rows with their number, and five cells in each', async () => {
  const { uppy } = createScene(FILES);
  await page.viewport(640, 700);
  await render(<Uploader uppy={uppy} layout="table" />);
  const table = page.getByRole('table', { name: 'Uploads' });
  await expect.element(table).toHaveAttribute('aria-rowcount', '4');
  await expect.element(table.getByRole('columnheader', { name: 'Size' })).toBeVisible();
  const row = table.getByRole('row', { name: /^b\.jpg/ });
  await expect.element(row).toHaveAttribute('aria-rowindex', '3');
  expect(row.getByRole('cell').elements()).toHaveLength(5);
  // As with the list, a strip is left of the zone.
  expect(document.querySelector('.portage-dropzone')?.getBoundingClientRect().height).toBeLessThan(80);
  expect(document.querySelector('.portage-table-head')?.getBoundingClientRect().height).toBeGreaterThan(20);
});

it('gives what went wrong in a row of the table the whole width, below its cells', async () => {
  const error = { code: 'no-progress', message: 'Nothing moved for 15 minutes.', hint: 'Press retry.' };
  const { uppy } = createScene([{ name: 'a.jpg', status: 'failed', percent: 40, error }]);
  await render(<Uploader uppy={uppy} layout="table" />);
  const at = (selector: string) => document.querySelector(`.portage-row ${selector}`)?.getBoundingClientRect();
  for (const width of [900, 360]) {
    await page.viewport(width, 700);
    await expect.element(page.getByText('Press retry.')).toBeVisible();
    const [name, words, buttons] = ['.portage-cell-name', '.portage-cell-status', '.portage-item-buttons'].map(at);
    if (!name || !words || !buttons) throw new Error('The row has not all cells.');
    expect(words.top).toBeGreaterThanOrEqual(Math.max(name.bottom, buttons.bottom));
    expect([words.left, words.right].map(Math.round)).toEqual([name.left, buttons.right].map(Math.round));
  }
});

it('renders the rows of a long table that are seen, each with its place, below the columns of the head', async () => {
  await page.viewport(1000, 700);
  const names = Array.from({ length: 300 }, (_, index) => ({ name: `${index}.bin`, status: 'uploading' as const }));
  const { uppy } = createScene(names);
  await render(<Uploader uppy={uppy} layout="table" />);
  const rows = () => [...document.querySelectorAll('.portage-scroll [role=row]')];
  await vi.waitFor(() => expect(rows().length).toBeGreaterThan(4));
  await expect.element(page.getByRole('table')).toHaveAttribute('aria-rowcount', '301');
  expect(rows().length).toBeLessThan(60);
  const scroller = document.querySelector('.portage-scroll') as HTMLElement;
  expect(scroller.getAttribute('role')).toBe('rowgroup');
  scroller.scrollTop = scroller.scrollHeight;
  await vi.waitFor(() => expect(rows().at(-1)?.getAttribute('aria-rowindex')).toBe('301'));
  expect(rows().at(-1)?.hasAttribute('aria-posinset')).toBe(false);
  const lefts = (row: Element | null | undefined) =>
    [...(row?.children ?? [])].map((cell) => Math.round(cell.getBoundingClientRect().left));
  expect(lefts(rows().at(-1))).toEqual(lefts(document.querySelector('.portage-table-head')));
});

/** An uploader of one picture, whose uploads do not start. */
async function avatar() {
  const scene = createScene([], { autoStart: false, restrictions: { maxNumberOfFiles: 1 } });
  await render(
    <StrictMode>
      <Uploader uppy={scene.uppy} layout="avatar">
        <img src="data:," alt="Ada Lovelace" />
      </Uploader>
    </StrictMode>,
  );
  const put = async (name: string): Promise<void> => {
    const file = await drawnPicture(name, name.length, 400, 300);
    await userEvent.upload(page.getByLabelText(english.chooseFiles), file);
  };
  const pick = button('Choose a picture');
  await expect.element(pick).toBeVisible();
  return { ...scene, put, pick };
}

it('shows the child until a picture is picked, then the picture, and keeps the focus on its button', async () => {
  const { uppy, uploads, put, pick } = await avatar();
  await expect.element(page.getByAltText('Ada Lovelace')).toBeVisible();
  const own = pick.element() as HTMLElement;
  own.focus();
  await put('me.jpg');
  await expect.element(button('Show me.jpg')).toBeInTheDocument();
  await expect.element(page.getByAltText('Ada Lovelace')).not.toBeVisible();
  expect(document.activeElement).toBe(own);
  expect(own.textContent).toBe('Change the picture');
  const [file] = uppy.getFiles();
  uploads.put(file?.id ?? '', snapshotOf({ name: 'me.jpg', percent: 40 }, 'uploading'));
  await expect.element(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '40');
});

/** A paste that a test makes has no files there. */
const isFirefox = navigator.userAgent.includes('Firefox');

it.skipIf(isFirefox)(
  'takes another picture in place of the first one, by the picker and by a paste, without a question',
  async () => {
    const { uppy, put } = await avatar();
    await put('first.jpg');
    await put('second.jpg');
    const names = () => uppy.getFiles().map(({ name }) => name);
    await vi.waitFor(() => expect(names()).toEqual(['second.jpg']));
    expect(document.querySelector('.portage-refusals')?.textContent).toBe('');
    await vi.dynamicImportSettled();
    const clipboardData = new DataTransfer();
    clipboardData.items.add(await drawnPicture('third.jpg', 3, 300, 300));
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    await vi.waitFor(() => expect(names()).toHaveLength(1));
    await vi.waitFor(() => expect(names()).not.toContain('second.jpg'));
  },
);

it('keeps the newest of several pictures where nothing limits them', async () => {
  const { uppy } = createScene([], { autoStart: false });
  await render(<Uploader uppy={uppy} layout="avatar" />);
  await expect.element(button('Choose a picture')).toBeVisible();
  for (const name of ['a.jpg', 'b.jpg']) uppy.addFile({ name, data: new File([name], name) });
  await vi.waitFor(() => expect(uppy.getFiles().map(({ name }) => name)).toEqual(['b.jpg']));
});

it('removes the picture, brings it back, and shows an icon of one that cannot be drawn', async () => {
  const { uppy, pick } = await avatar();
  uppy.addFile({ name: 'IMG_1.HEIC', type: 'image/heic', data: new File(['ftypheic'], 'IMG_1.HEIC') });
  await expect.element(button('Cancel IMG_1.HEIC')).toBeVisible();
  await vi.waitFor(() => expect(document.querySelector('.portage-avatar [data-kind=picture]')).not.toBeNull());
  await userEvent.click(button('Cancel IMG_1.HEIC'));
  await expect.element(pick).toHaveFocus();
  await userEvent.click(button('Undo'));
  await expect.element(button('Cancel IMG_1.HEIC')).toHaveFocus();
});

it('takes one picture where the app says nothing else', async () => {
  await render(<Uploader endpoint="/nowhere" layout="avatar" />);
  const input = page.getByLabelText(english.chooseFiles);
  await expect.element(input).toHaveAttribute('accept', 'image/*');
  await expect.element(input).not.toHaveAttribute('multiple');
});

it('shows on a phone how a name ends that does not fit, and leaves a short one in one piece', async () => {
  await page.viewport(320, 700);
  const { uppy } = createScene([{ name: 'Letter to Ada 2.pdf' }, { name: 'a.jpg' }]);
  await render(<Uploader uppy={uppy} layout="compact" />);
  await expect.element(page.getByTitle('Letter to Ada 2.pdf')).toBeVisible();
  const end = document.querySelector('.portage-name-end') as HTMLElement;
  expect(end.textContent).toBe('2.pdf');
  expect(end.clientWidth).toBeGreaterThan(20);
  expect(end.scrollWidth).toBeLessThanOrEqual(end.clientWidth);
  expect(page.getByText('a.jpg', { exact: true }).element().children).toHaveLength(0);
});

it('does not give news of another region the look of a refusal', async () => {
  const { uppy } = createScene([], { restrictions: { allowedFileTypes: ['.jpg'] } });
  await render(<Uploader uppy={uppy} />);
  const lookOf = (text: string) => {
    const box = page.getByRole('alert').getByText(text).element().closest('.portage-refusals-box');
    return box ? getComputedStyle(box).color : 'none';
  };
  await vi.dynamicImportSettled();
  uppy.emit('portage:region-switched', { en: 'Switched' });
  await expect.element(page.getByText('Switched')).toBeVisible();
  expect(lookOf('Switched')).toBe(getComputedStyle(document.querySelector('.portage-uploader') as Element).color);
  expect(() => uppy.addFile({ name: 'b.exe', data: new File(['x'], 'b.exe') })).toThrow();
  await expect.element(page.getByText(/^Files like b.exe/)).toBeVisible();
  expect(lookOf('Files like b.exe')).not.toBe(
    getComputedStyle(document.querySelector('.portage-uploader') as Element).color,
  );
});
