import { StrictMode } from 'react';
import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { createScene, type SceneFile } from '../stories/scripted-uploads.ts';
import { Uploader } from './uploader.tsx';
import '../style.css';

const FILES: readonly SceneFile[] = [
  { name: 'a.mov', status: 'uploading', percent: 10 },
  { name: 'b.mov', status: 'uploading', percent: 20 },
];

async function setUp(files = FILES) {
  const scene = createScene(files);
  const { unmount } = await render(
    <StrictMode>
      <Uploader uppy={scene.uppy} />
    </StrictMode>,
  );
  await expect.element(button(`Cancel ${files[0]?.name}`)).toBeVisible();
  await vi.dynamicImportSettled();
  return { ...scene, unmount, left: () => scene.uppy.getFiles().map(({ name }) => name) };
}

const button = (name: string) => page.getByRole('button', { name, exact: true });
const bar = (name: string) => page.getByRole('group', { name, exact: true });

it('offers to undo a removal, says so to screen readers, and shows the row again where it was', async () => {
  const { left } = await setUp();
  await userEvent.click(button('Cancel a.mov'));
  await expect.element(button('Cancel a.mov')).not.toBeInTheDocument();
  await expect.element(button('Cancel b.mov')).toHaveFocus();
  await expect.element(bar('a.mov removed')).toBeVisible();
  await expect.element(page.getByRole('status')).toHaveTextContent(/^a\.mov removed\. To undo, press (Ctrl\+|⌘)Z\.$/);
  expect(left()).toEqual(['a.mov', 'b.mov']);
  await userEvent.click(button('Undo'));
  await expect.element(button('Cancel a.mov')).toBeVisible();
  await expect.element(button('Cancel a.mov')).toHaveFocus();
  await expect.element(button('Pause a.mov')).toBeVisible();
  await expect.element(button('Undo')).not.toBeInTheDocument();
  const names = [...document.querySelectorAll('[data-portage-item] .portage-name')].map(
    ({ textContent }) => textContent,
  );
  expect(names).toEqual(['a.mov', 'b.mov']);
});

it('undoes by the keys that undo elsewhere, not in a text field, and all that was taken out together', async () => {
  await setUp();
  const field = document.body.appendChild(document.createElement('input'));
  await userEvent.click(button('Cancel a.mov'));
  await userEvent.click(button('Cancel b.mov'));
  await expect.element(bar('2 files removed')).toBeVisible();
  field.focus();
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.element(bar('2 files removed')).toBeVisible();
  field.remove();
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.element(button('Cancel a.mov')).toBeVisible();
  await expect.element(button('Cancel b.mov')).toBeVisible();
});

it('takes the file out of Uppy once the time is over', { timeout: 20_000 }, async () => {
  const { left } = await setUp();
  await userEvent.click(button('Cancel a.mov'));
  await vi.waitFor(() => expect(left()).toEqual(['b.mov']), { timeout: 12_000 });
  await expect.element(button('Undo')).not.toBeInTheDocument();
});

it('does not outlive the list: what was taken out is gone with it', async () => {
  const { left, unmount } = await setUp();
  await userEvent.click(button('Cancel a.mov'));
  await expect.element(button('Undo')).toBeVisible();
  await unmount();
  expect(left()).toEqual(['b.mov']);
});

it('settles before other files come: a limit counts what is in the list', async () => {
  const { uppy, left } = await setUp([{ name: 'a.mov', status: 'uploading' }]);
  uppy.setOptions({ restrictions: { maxNumberOfFiles: 1 } as object });
  await userEvent.click(button('Cancel a.mov'));
  await expect.element(button('Undo')).toBeVisible();
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File(['x'], 'c.txt'));
  document.body.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }));
  await expect.element(button('Cancel c.txt')).toBeVisible();
  expect(left()).toEqual(['c.txt']);
  expect(document.querySelector('.portage-refusals')).toHaveTextContent('');
});
