import type { Uppy } from '@uppy/core';
import { createElement } from 'react';
import { createPortal } from 'react-dom';
import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import * as Upload from '../parts.ts';
import type { Limits } from '../state/refusal.ts';
import { click, pasteOf } from '../stories/as-people-do.ts';
import { createScene, fileOfSize } from '../stories/scripted-uploads.ts';
import { Uploader } from './uploader.tsx';

async function setUp(
  restrictions: Limits = {},
  props: { disabled?: boolean } = {},
): Promise<{ uppy: Uppy; zone: Element }> {
  const { uppy } = createScene([], { restrictions });
  const { container } = await render(<Uploader uppy={uppy} {...props} />);
  const zone = container.querySelector('.portage-dropzone');
  if (!zone) throw new Error('There is no dropzone.');
  return { uppy, zone };
}

function transferOf(...files: File[]): DataTransfer {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  return transfer;
}

const drag = (target: Element, type: string, dataTransfer = transferOf(new File(['x'], 'a.txt'))): DragEvent => {
  const event = new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer });
  target.dispatchEvent(event);
  return event;
};

const names = (uppy: Uppy): string[] => uppy.getFiles().map(({ name }) => name);

/** What the hidden input is asked to do by a click. */
function pickerOf(container: ParentNode = document): { opened: boolean[]; input: HTMLInputElement } {
  const input = container.querySelector<HTMLInputElement>('input[type=file]');
  if (!input) throw new Error('There is no file input.');
  const opened: boolean[] = [];
  input.addEventListener('click', (event) => {
    event.preventDefault();
    opened.push(input.webkitdirectory);
  });
  return { opened, input };
}

it('takes a drop', async () => {
  const { uppy, zone } = await setUp();
  drag(zone, 'drop', transferOf(new File(['x'], 'a.txt'), new File(['y'], 'b.txt')));
  await expect.element(page.getByText('b.txt')).toBeVisible();
  expect(names(uppy)).toEqual(['a.txt', 'b.txt']);
});

it('takes a drop on the list too, once there are files, and shows where it goes', async () => {
  const { uppy, zone } = await setUp();
  drag(zone, 'drop', transferOf(new File(['x'], 'a.txt')));
  await expect.element(page.getByText('a.txt')).toBeVisible();
  // Asked for each time: its late code takes the place of what stands there at first.
  const list = () => page.getByRole('list').element() as HTMLElement;
  drag(list(), 'dragenter');
  await vi.waitFor(() => expect(zone.parentElement).toHaveAttribute('data-dragging'));
  expect(drag(list(), 'dragover').defaultPrevented).toBe(true);
  drag(list(), 'drop', transferOf(new File(['y'], 'b.txt')));
  await expect.element(page.getByText('b.txt')).toBeVisible();
  expect(zone.parentElement).not.toHaveAttribute('data-dragging');
  // A click on the list opens no picker.
  const { opened } = pickerOf();
  list().click();
  expect(opened).toEqual([]);
  expect(names(uppy)).toEqual(['a.txt', 'b.txt']);
});

it('takes a drop anywhere in the window where it is told to, and lies over it meanwhile', async () => {
  const { uppy } = createScene([]);
  const { container } = await render(<Uploader uppy={uppy} dropArea="window" />);
  const shown = () => container.querySelector('.portage-window-drop');
  // Its code is loaded beside the page.
  await vi.waitFor(() => {
    drag(document.body, 'dragenter');
    expect(shown()).not.toBeNull();
  });
  expect(shown()).toHaveTextContent('Let go to add them');
  drag(shown() as Element, 'dragleave');
  await vi.waitFor(() => expect(shown()).toBeNull());
  drag(document.body, 'dragenter');
  await vi.waitFor(() => expect(shown()).not.toBeNull());
  drag(shown() as Element, 'drop', transferOf(new File(['x'], 'a.txt')));
  await vi.waitFor(() => expect(names(uppy)).toEqual(['a.txt']));
  expect(shown()).toBeNull();
});

it('takes a folder, with the paths in it', async () => {
  const { uppy, zone } = await setUp();
  const fileEntry = {
    name: 'a.jpg',
    isFile: true,
    file: (resolve: (file: File) => void) => resolve(new File([], 'a.jpg')),
  };
  const batches = [[fileEntry], []];
  const folder = {
    name: 'holiday',
    isDirectory: true,
    createReader: () => ({ readEntries: (resolve: (entries: unknown[]) => void) => resolve(batches.shift() ?? []) }),
  };
  const items = [{ kind: 'file', webkitGetAsEntry: () => folder, getAsFile: () => null }];
  const event = new DragEvent('drop', { bubbles: true, cancelable: true });
  Object.defineProperty(event, 'dataTransfer', { value: { types: ['Files'], items } });
  zone.dispatchEvent(event);
  await expect.element(page.getByText('a.jpg')).toBeVisible();
  expect(uppy.getFiles()[0]?.meta.relativePath).toBe('holiday/a.jpg');
});

it('says that an empty folder is empty', async () => {
  const { zone } = await setUp();
  const folder = {
    name: 'nothing',
    isDirectory: true,
    createReader: () => ({ readEntries: (resolve: (entries: unknown[]) => void) => resolve([]) }),
  };
  const event = new DragEvent('drop', { bubbles: true, cancelable: true });
  const items = [{ kind: 'file', webkitGetAsEntry: () => folder, getAsFile: () => null }];
  Object.defineProperty(event, 'dataTransfer', { value: { types: ['Files'], items } });
  zone.dispatchEvent(event);
  await expect.element(page.getByRole('alert')).toHaveTextContent('Is the folder empty?');
});

it('shows that files are over it, also while they cross its children', async () => {
  const { zone } = await setUp();
  const child = page.getByRole('button', { name: 'Choose files' }).element();
  const isDragging = () => zone.hasAttribute('data-dragging');
  for (const [target, type, expected] of [
    [zone, 'dragenter', true],
    [child, 'dragenter', true],
    [zone, 'dragleave', true],
    [zone, 'dragenter', true],
    [child, 'dragleave', true],
    [zone, 'dragleave', false],
  ] as const) {
    drag(target, type);
    await expect.poll(isDragging).toBe(expected);
  }
});

it('leaves dragged text alone', async () => {
  const { zone } = await setUp();
  const text = new DataTransfer();
  text.setData('text/plain', 'words');
  expect(drag(zone, 'dragover', text).defaultPrevented).toBe(false);
});

it('keeps the page when a drop misses it', async () => {
  await setUp();
  expect(drag(document.body, 'dragover').defaultPrevented).toBe(true);
  expect(drag(document.body, 'drop').defaultPrevented).toBe(true);
});

it('takes what is pasted, unless into a text field', async () => {
  const { uppy } = await setUp();
  await vi.dynamicImportSettled();
  const paste = (target: Element, file: File) => target.dispatchEvent(pasteOf(transferOf(file)));
  const field = document.body.appendChild(document.createElement('textarea'));
  paste(field, new File(['x'], 'typed.png'));
  field.remove();
  paste(document.body, new File(['x'], 'pasted.png'));
  await expect.element(page.getByText('pasted.png')).toBeVisible();
  expect(names(uppy)).toEqual(['pasted.png']);
});

it.each(['{Enter}', ' '])('opens the picker from the keyboard with %j', async (key) => {
  await setUp();
  const { opened } = pickerOf();
  await userEvent.tab();
  await expect.element(page.getByRole('button', { name: 'Choose files' })).toHaveFocus();
  await userEvent.keyboard(key);
  expect(opened).toEqual([false]);
});

it('opens the picker once for a click on the zone or on the button', async () => {
  await setUp();
  const { opened } = pickerOf();
  await click(page.getByText('Drop files or folders here'));
  await click(page.getByRole('button', { name: 'Choose files' }));
  await click(page.getByRole('button', { name: 'Choose a folder' }));
  expect(opened).toEqual([false, false, true]);
});

it('opens one picker or none for a click in a dialog inside the zone', async () => {
  const { uppy: outer } = createScene([]);
  const { uppy: inner } = createScene([]);
  await render(
    <Upload.Root uppy={outer}>
      <Upload.Dropzone>
        <p>Around</p>
        <dialog open style={{ position: 'static' }}>
          <p>In the zone</p>
        </dialog>
        {createPortal(
          <div role="dialog" aria-label="Portal">
            <p>In a portal</p>
            <Uploader uppy={inner} />
          </div>,
          document.body,
        )}
      </Upload.Dropzone>
    </Upload.Root>,
  );
  const pickers = [...document.querySelectorAll<HTMLInputElement>('input[type=file]')].map((input) => {
    const picker = { opened: 0 };
    input.addEventListener('click', (event) => {
      event.preventDefault();
      picker.opened += 1;
    });
    return picker;
  });
  const opened = () => pickers.reduce((sum, picker) => sum + picker.opened, 0);
  expect(pickers).toHaveLength(2);
  await click(page.getByText('In the zone'));
  await click(page.getByText('In a portal'));
  expect(opened()).toBe(0);
  await click(page.getByText('Drop files or folders here'));
  expect(opened()).toBe(1);
  await click(page.getByRole('button', { name: 'Choose files' }));
  expect(opened()).toBe(2);
  await click(page.getByText('Around'));
  expect(opened()).toBe(3);
});

it('opens one picker or none for a click on a custom element', async () => {
  class FancyButton extends HTMLElement {
    constructor() {
      super();
      this.attachShadow({ mode: 'closed' }).innerHTML = '<button><slot></slot></button>';
    }
  }
  customElements.define('fancy-button', FancyButton);
  const { uppy } = createScene([]);
  await render(
    <Upload.Root uppy={uppy}>
      <Upload.Dropzone>
        <Upload.Trigger render={createElement('fancy-button')}>Fancy</Upload.Trigger>
        {createElement('fancy-button', {}, 'Something else')}
      </Upload.Dropzone>
    </Upload.Root>,
  );
  const { opened } = pickerOf();
  await click(page.getByText('Fancy'));
  expect(opened).toHaveLength(1);
  await click(page.getByText('Something else'));
  expect(opened).toHaveLength(1);
  // Some send their click on once more.
  const fancy = document.querySelector('fancy-button');
  fancy?.addEventListener('click', () => fancy.dispatchEvent(new MouseEvent('click', { bubbles: true })), {
    once: true,
  });
  await click(page.getByText('Fancy'));
  expect(opened).toHaveLength(2);
});

it('leaves out what systems put beside files, in drops, folders and picks, and says so where nothing else is there', async () => {
  const { uppy, zone } = await setUp();
  const { input } = pickerOf();
  const clutter = ['.DS_Store', 'Thumbs.db', 'desktop.ini', '._a.jpg'].map((name) => new File(['x'], name));
  drag(zone, 'drop', transferOf(new File(['x'], 'a.jpg'), ...clutter));
  await expect.poll(() => names(uppy)).toEqual(['a.jpg']);
  const inFolder = (path: string) =>
    Object.defineProperty(new File(['x'], path.split('/').at(-1) ?? ''), 'webkitRelativePath', { value: path });
  const folder = ['b.jpg', '__MACOSX/b.jpg', '__MACOSX/._b.jpg', 'in/Desktop.ini', 'in/c.jpg', 'thumbs.db.jpg'];
  Object.defineProperty(input, 'files', { value: folder.map((path) => inFolder(`trip/${path}`)), configurable: true });
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await expect.poll(() => names(uppy)).toEqual(['a.jpg', 'b.jpg', 'c.jpg', 'thumbs.db.jpg']);
  await expect.element(page.getByRole('alert')).toHaveTextContent('');
  Object.defineProperty(input, 'files', { value: [inFolder('empty/.DS_Store')], configurable: true });
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await expect.element(page.getByRole('alert')).toHaveTextContent('No files were found. Is the folder empty?');
});

it('offers to replace the one file that there may be', async () => {
  const { uppy, zone } = await setUp({ maxNumberOfFiles: 1, allowedFileTypes: ['.jpg'] });
  drag(zone, 'drop', transferOf(new File(['x'], 'a.jpg')));
  await expect.poll(() => names(uppy)).toEqual(['a.jpg']);
  drag(zone, 'drop', transferOf(new File(['x'], 'b.txt')));
  const alert = page.getByRole('alert');
  await expect.element(alert).toHaveTextContent('Files like b.txt cannot be uploaded here');
  drag(zone, 'drop', transferOf(new File(['y'], 'b.jpg')));
  await expect.element(alert).toHaveTextContent('Only one file can be uploaded, and a.jpg is in the list.');
  expect(names(uppy)).toEqual(['a.jpg']);
  await click(page.getByRole('button', { name: 'Use b.jpg instead' }));
  await expect.element(alert).toHaveTextContent('');
  expect(names(uppy)).toEqual(['b.jpg']);
  await expect.element(page.getByRole('button', { name: 'Choose files' })).toHaveFocus();
});

it('forgets what was picked, so that the same file can be picked again', async () => {
  await setUp();
  const { input } = pickerOf();
  await userEvent.upload(input, new File(['x'], 'again.txt'));
  await expect.element(page.getByText('again.txt', { exact: true })).toBeVisible();
  expect(input.value).toBe('');
});

it('says in an alert why files are refused, and keeps the others', async () => {
  const { uppy, zone } = await setUp({ maxFileSize: 5_000_000, allowedFileTypes: ['.jpg'] });
  const { input } = pickerOf();
  expect(input.accept).toBe('.jpg');
  drag(zone, 'drop', transferOf(new File(['x'], 'a.jpg'), new File(['x'], 'b.exe')));
  const alert = page.getByRole('alert');
  await expect.element(alert).toHaveTextContent('Files like b.exe cannot be uploaded here. Pick .jpg.');
  expect(names(uppy)).toEqual(['a.jpg']);

  uppy.addFiles([{ name: 'big.jpg', data: fileOfSize('big.jpg', 9_000_000) }]);
  await expect.element(alert).toHaveTextContent('big.jpg is 9 MB. The limit is 5 MB.');

  await click(page.getByRole('button', { name: 'Dismiss' }));
  await expect.element(alert).toHaveTextContent('');
});

it('takes nothing while it is disabled', async () => {
  const { uppy, zone } = await setUp({}, { disabled: true });
  drag(zone, 'dragenter');
  drag(zone, 'drop');
  await expect.element(page.getByRole('button', { name: 'Choose files' })).toBeDisabled();
  expect(zone.hasAttribute('data-dragging')).toBe(false);
  expect(names(uppy)).toEqual([]);
});

it('is disabled for drop and paste too in a fieldset that is', async () => {
  const { uppy } = createScene([]);
  const { container, rerender } = await render(
    <fieldset disabled>
      <Uploader uppy={uppy} />
    </fieldset>,
  );
  await vi.dynamicImportSettled();
  const zone = () => container.querySelector('.portage-dropzone') as Element;
  const paste = () => {
    const clipboardData = transferOf(new File(['x'], 'pasted.txt'));
    document.body.dispatchEvent(pasteOf(clipboardData));
  };
  drag(zone(), 'dragenter');
  // The page is kept all the same: the browser would open the file in its place.
  expect(drag(zone(), 'drop').defaultPrevented).toBe(true);
  paste();
  await expect.element(page.getByRole('button', { name: 'Choose files' })).toBeDisabled();
  expect(zone().hasAttribute('data-dragging')).toBe(false);
  expect(names(uppy)).toEqual([]);
  await rerender(
    <fieldset>
      <Uploader uppy={uppy} />
    </fieldset>,
  );
  drag(zone(), 'drop');
  await expect.poll(() => names(uppy)).toEqual(['a.txt']);
  paste();
  await expect.poll(() => names(uppy)).toEqual(['a.txt', 'pasted.txt']);
});

it('keeps the page from a drop while it is disabled', async () => {
  const { zone } = await setUp({}, { disabled: true });
  expect(drag(zone, 'drop').defaultPrevented).toBe(true);
});
