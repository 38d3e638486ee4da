import { composeStories } from '@storybook/react-vite';
import { afterEach, expect, it, vi } from 'vitest';
import { cdp, page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { Uploader } from '../components/uploader.tsx';
import * as fieldsAndCrop from './fields-and-crop.stories.tsx';
import * as parts from './parts.stories.tsx';
import * as pictureLayouts from './picture-layouts.stories.tsx';
import * as recovery from './recovery.stories.tsx';
import { createScene } from './scripted-uploads.ts';
import * as sources from './sources.stories.tsx';
import { still } from './still.ts';
import * as uploader from './uploader.stories.tsx';
import '../style.css';

const { EveryState, HardNames, Refused } = composeStories(uploader);
const { FormField } = composeStories(parts);
const { Offered } = composeStories(recovery);
const { Avatar, AvatarFailed, AvatarWithoutPicture, Compact, Composer, Gallery, ListWithFolders, Table, Tray } =
  composeStories(pictureLayouts);
const { AskForCrop, AskForFields } = composeStories(fieldsAndCrop);
const { CameraTaken, FromAddressRefused } = composeStories(sources);

interface Protocol {
  send(method: string, params: object): Promise<unknown>;
}

const emulate = (name: string, value: string) =>
  (cdp() as unknown as Protocol).send('Emulation.setEmulatedMedia', { features: [{ name, value }] });

afterEach(async () => {
  await (cdp() as unknown as Protocol).send('Emulation.setEmulatedMedia', { features: [] });
  document.documentElement.style.fontSize = '';
});

const style = (selector: string) => {
  const element = document.querySelector(selector);
  if (!element) throw new Error(`Nothing is ${selector}.`);
  return getComputedStyle(element);
};

it.each([
  ['every state', EveryState],
  ['hard names', HardNames],
  ['refusals', Refused],
  ['recovery', Offered],
  ['a form', FormField],
  ['fields', AskForFields],
  ['folders', ListWithFolders],
  ['lines', Compact],
  ['a table', Table],
  ['a gallery', Gallery],
  ['an avatar', Avatar],
  ['an avatar that failed', AvatarFailed],
  ['an avatar without a picture', AvatarWithoutPicture],
  ['what crops', AskForCrop],
  ['the camera', CameraTaken],
  ['an address that is refused', FromAddressRefused],
  ['chips', Composer],
  ['a tray', Tray],
])('%s fit with letters of twice the size, on a desktop at 200 % and on a phone', async (_name, Story) => {
  document.documentElement.style.fontSize = '200%';
  const { container } = await render(<Story />);
  await Story.play?.({ canvasElement: container } as never);
  for (const width of [640, 320]) {
    await page.viewport(width, 800);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    await still();
    const cut = [...container.querySelectorAll<HTMLElement>('button')].filter((button) => {
      const { left, right } = button.getBoundingClientRect();
      return left < 0 || right > width || button.scrollWidth > button.clientWidth + 1;
    });
    expect(cut.map(({ outerHTML }) => outerHTML)).toEqual([]);
    // What is below a dialog is not read.
    expect(collisions(container.querySelector('dialog[open]') ?? container)).toEqual([]);
    // Of each name at least two letters are seen.
    const names = [...container.querySelectorAll('.portage-name')].map((name) => name.getBoundingClientRect().width);
    expect(names.filter((name) => name < 40)).toEqual([]);
  }
});

/** Texts that lie over each other, as pairs. */
function collisions(root: Element): string[] {
  const texts: Array<{ text: string; owner: Element; boxes: DOMRect[] }> = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const owner = node.parentElement;
    const text = node.textContent?.trim();
    if (!owner || !text || !owner.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    // For screen readers alone.
    const { clipPath } = getComputedStyle(owner.parentElement ?? owner);
    if (owner.closest('[role=status]') || clipPath !== 'none') continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    // What is cut off is not seen.
    const frame = (
      owner.closest('.portage-name-start, .portage-name') ?? document.documentElement
    ).getBoundingClientRect();
    const boxes = [...range.getClientRects()].map((box) => {
      const left = Math.max(box.left, frame.left);
      const right = Math.min(box.right, frame.right);
      // The letters are lower than their line.
      return new DOMRect(left, box.top + box.height * 0.2, right - left, box.height * 0.6);
    });
    texts.push({ text, owner, boxes: boxes.filter(({ width }) => width > 0) });
  }
  const meet = (a: DOMRect, b: DOMRect) =>
    a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return texts.flatMap((one, index) =>
    texts
      .slice(index + 1)
      .filter((other) => one.boxes.some((a) => other.boxes.some((b) => meet(a, b))))
      .map((other) => `${one.text} / ${other.text}`),
  );
}

it('offers to undo without a collision, with letters of twice the size', async () => {
  document.documentElement.style.fontSize = '200%';
  const { container } = await render(<EveryState />);
  await EveryState.play?.({ canvasElement: container } as never);
  container.querySelector<HTMLElement>('.portage-item-buttons > :last-child')?.click();
  await vi.waitFor(() => expect(document.querySelector('.portage-undo')).not.toBeNull());
  await vi.waitFor(() => expect(container.querySelector('.portage-leaving')).toBeNull());
  // It lies over the rows, and nothing is seen through it.
  const offer = document.querySelector('.portage-undo') as Element;
  expect(getComputedStyle(offer).backgroundColor).toMatch(/^rgb\(/);
  for (const width of [640, 320]) {
    await page.viewport(width, 800);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    expect(collisions(offer)).toEqual([]);
  }
});

it('keeps bars and badges visible in forced colours', async () => {
  await emulate('forced-colors', 'active');
  const { container } = await render(<EveryState />);
  await EveryState.play?.({ canvasElement: container } as never);
  expect(matchMedia('(forced-colors: active)').matches).toBe(true);
  expect(style('.portage-item .portage-progress').borderTopWidth).toBe('1px');
  expect(style('.portage-progress-bar').backgroundColor).not.toBe(style('.portage-progress').backgroundColor);
  expect(style('.portage-dropzone').borderTopStyle).toBe('dashed');
  // Without colours, each kind of waiting has a drawing of its own.
  const drawn = ['uploading', 'retrying', 'offline', 'paused', 'failed'].map((status) => {
    const { backgroundImage, backgroundColor, borderTopWidth } = style(
      `.portage-progress[data-status="${status}"] .portage-progress-bar`,
    );
    return [backgroundImage, backgroundColor, borderTopWidth].join();
  });
  expect(new Set(drawn).size).toBe(drawn.length);
});

it('tells rings apart in forced colours', async () => {
  await emulate('forced-colors', 'active');
  const kinds = ['uploading', 'retrying', 'offline', 'paused'] as const;
  const { uppy } = createScene(kinds.map((status) => ({ name: `${status}.pdf`, status, percent: 40 })));
  await render(<Uploader uppy={uppy} layout="gallery" />);
  await expect.poll(() => document.querySelectorAll('.portage-ring').length).toBe(kinds.length);
  const drawn = kinds.map((status) => {
    const ring = `.portage-ring[data-status="${status}"]`;
    const bar = style(`${ring} .portage-ring-bar`);
    const track = style(`${ring} .portage-ring-track`);
    // As wide as each other they are one ring, since both colours are dark.
    expect([status, track.strokeWidth]).toEqual([status, '1px']);
    return [bar.strokeWidth, track.strokeDasharray].join();
  });
  expect(new Set(drawn).size).toBe(kinds.length);
  const colours = kinds.map((status) => style(`.portage-ring[data-status="${status}"] .portage-ring-bar`).stroke);
  expect(new Set(colours).size).toBe(1);
});

it.each([
  ['list', EveryState],
  ['compact', Compact],
  ['table', Table],
  ['gallery', Gallery],
  ['avatar', Avatar],
  ['composer', Composer],
  ['tray', Tray],
  ['list of folders', ListWithFolders],
  ['dialog that crops', AskForCrop],
  ['camera', CameraTaken],
  ['field for an address', FromAddressRefused],
])('gives fingers 44 pixels for each button of the %s', async (_name, Story) => {
  const devtools = cdp() as unknown as Protocol;
  await devtools.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 1 });
  try {
    const { container } = await render(<Story />);
    await Story.play?.({ canvasElement: container } as never);
    await still();
    expect(matchMedia('(pointer: coarse)').matches).toBe(true);
    const buttons = [...container.querySelectorAll<HTMLElement>('button:not(.portage-preview-open)')];
    const sizes = buttons.map((button) => {
      const { width, height } = button.getBoundingClientRect();
      return { name: button.ariaLabel ?? button.textContent, width, height };
    });
    // One that is hidden has none.
    const shown = sizes.filter(({ width }) => width > 0);
    expect(shown.length).toBeGreaterThan(1);
    expect(shown.filter(({ width, height }) => width < 43.99 || height < 43.99)).toEqual([]);
  } finally {
    await devtools.send('Emulation.setTouchEmulationEnabled', { enabled: false });
  }
});

it('moves nothing where less motion is wanted', async () => {
  await emulate('prefers-reduced-motion', 'reduce');
  const { container } = await render(<EveryState />);
  await EveryState.play?.({ canvasElement: container } as never);
  for (const selector of ['.portage-dropzone', '.portage-trigger', '.portage-progress-bar', '.portage-dropzone-icon']) {
    expect([selector, style(selector).transitionDuration]).toEqual([selector, '0s']);
  }
  expect(style('[data-status="verifying"] .portage-progress-bar').animationName).toBe('none');
  expect(style('.portage-badge path').animationName).toBe('none');
  const [gone] = document.querySelectorAll('.portage-item');
  document.querySelector<HTMLElement>('.portage-item-buttons > :last-child')?.click();
  await vi.waitFor(() => expect(gone?.isConnected).toBe(false));
  expect(document.getAnimations()).toEqual([]);
});

it('moves rows for 160 ms where motion is welcome, and leaves nothing behind', async () => {
  const { container } = await render(<EveryState />);
  await EveryState.play?.({ canvasElement: container } as never);
  expect(style('[data-status="complete"] > .portage-badge path').animationName).toBe('portage-draw');
  const [gone, next] = container.querySelectorAll('.portage-item');
  container.querySelector<HTMLElement>('.portage-item-buttons > :last-child')?.click();
  await vi.waitFor(() => expect(container.querySelector('.portage-leaving')?.firstElementChild).toBe(gone));
  expect(gone?.matches('[aria-hidden=true]:not([data-portage-item])')).toBe(true);
  expect(next?.getAnimations()[0]?.effect?.getTiming().duration).toBe(160);
  await vi.waitFor(() => expect(container.querySelector('.portage-leaving')).toBeNull());
});
