import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import type { Layout } from '../components/files-panel.tsx';
import { Uploader } from '../components/uploader.tsx';
import { createScene, type SceneFile } from '../stories/scripted-uploads.ts';
import '../style.css';

const FILES: readonly SceneFile[] = [
  { name: 'a.pdf', status: 'uploading', percent: 40 },
  { name: 'b.pdf', status: 'failed', percent: 12, error: { code: 'no-progress', message: 'Nothing moved.', hint: '' } },
  { name: 'c.pdf', status: 'complete' },
];

const LAYOUTS: readonly Layout[] = ['list', 'compact', 'table', 'gallery', 'avatar', 'composer', 'tray'];

it.each(LAYOUTS)(
  'is all there for the keyboard in the layout "%s": each button once, in order, and seen',
  async (layout) => {
    await page.viewport(700, 900);
    const files = layout === 'avatar' ? FILES.slice(0, 1) : FILES;
    const { uppy } = createScene(files);
    await render(
      <>
        <button type="button">Before</button>
        <Uploader uppy={uppy} layout={layout} />
        <button type="button">After</button>
      </>,
    );
    await expect.element(page.getByRole('button', { name: 'Pause a.pdf' })).toBeVisible();
    await vi.dynamicImportSettled();
    const buttons = [...document.querySelectorAll<HTMLElement>('button')].filter(
      (button) => button.checkVisibility() && button.tabIndex >= 0,
    );
    const nameOf = (element: Element | null) => element?.getAttribute('aria-label') ?? element?.textContent ?? '';
    page.getByRole('button', { name: 'Before' }).element().focus();
    const reached = ['Before'];
    while (reached.at(-1) !== 'After' && reached.length < 40) {
      await userEvent.tab();
      const now = document.activeElement as HTMLElement;
      reached.push(nameOf(now));
      const { outlineStyle, outlineWidth, opacity } = getComputedStyle(now);
      if (reached.at(-1) === 'After') break;
      // Also the one that shows itself for the keyboard alone.
      expect([nameOf(now), outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth) > 1, opacity]).toEqual([
        nameOf(now),
        true,
        '1',
      ]);
    }
    expect(reached).toEqual(buttons.map(nameOf));

    // And each does what it says.
    page.getByRole('button', { name: 'Pause a.pdf' }).element().focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('button', { name: 'Resume a.pdf' })).toHaveFocus();
    await userEvent.tab();
    await userEvent.keyboard(' ');
    await expect.element(page.getByRole('button', { name: 'Undo' })).toBeVisible();
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.element(page.getByRole('button', { name: 'Resume a.pdf' })).toBeVisible();
  },
);
