import { createPortal } from 'react-dom';
import { afterEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import * as Upload from '../parts.ts';
import { type SceneUnfinished, scriptedUnfinished } from '../stories/scripted-unfinished.ts';
import { createScene, fileOfSize } from '../stories/scripted-uploads.ts';
import { Uploader } from './uploader.tsx';
import '../style.css';

const DAY = 86_400_000;
const FILM: SceneUnfinished = { name: 'film.mp4', size: 1_200_000_000, age: DAY };

afterEach(() => vi.restoreAllMocks());

async function setUp(...scenes: SceneUnfinished[]) {
  const continued: string[] = [];
  const unfinished = scriptedUnfinished(scenes, (name) => continued.push(name));
  const { uppy } = createScene([], { unfinished });
  await render(<Uploader uppy={uppy} />);
  return { continued, uppy };
}

/** The next picker gives this file, or is closed without one. */
function pick(file: File | undefined): void {
  vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(function (this: HTMLInputElement) {
    if (file) Object.defineProperty(this, 'files', { value: [file] });
    this.dispatchEvent(new Event(file ? 'change' : 'cancel'));
  });
}

const button = (name: string) => page.getByRole('button', { name });

it('offers in words what an earlier page began', async () => {
  await setUp(FILM);
  await expect.element(page.getByText('1.2 GB, started yesterday')).toBeVisible();
  await expect.element(page.getByRole('region', { name: '1 unfinished upload' })).toBeVisible();
});

it('shows nothing where there is nothing to continue', async () => {
  await setUp();
  await expect.element(button('Choose files')).toBeVisible();
  expect(document.querySelector('.portage-recovery')).toBeNull();
  expect(document.querySelectorAll('input[type=file]')).toHaveLength(1);
});

it('continues with one click where the browser has kept the file', async () => {
  const { continued } = await setUp({ ...FILM, oneClick: true });
  await userEvent.click(button('Continue film.mp4'));
  await expect.poll(() => continued).toEqual(['film.mp4']);
  await expect.element(page.getByRole('region', { name: 'unfinished' })).not.toBeInTheDocument();
});

it('continues with the file that is picked', async () => {
  const { continued } = await setUp(FILM);
  pick(fileOfSize('renamed.mp4', FILM.size));
  await userEvent.click(button('Continue film.mp4'));
  await expect.poll(() => continued).toEqual(['film.mp4']);
});

it('refuses another file in place, and takes the right one after', async () => {
  const { continued } = await setUp(FILM);
  pick(fileOfSize('film.mp4', 5));
  await userEvent.click(button('Continue film.mp4'));
  await expect.element(page.getByText('The file is not the same')).toBeVisible();
  await expect.element(page.getByText(/discard the unfinished upload and start again/)).toBeVisible();
  expect(continued).toEqual([]);

  pick(fileOfSize('film.mp4', FILM.size));
  await userEvent.click(button('Continue film.mp4'));
  await expect.poll(() => continued).toEqual(['film.mp4']);
});

it('asks for the file where the kept one is gone', async () => {
  const { continued } = await setUp({ ...FILM, oneClick: true, lost: true });
  await userEvent.click(button('Continue film.mp4'));
  await expect.element(page.getByText('The file cannot be read')).toBeVisible();
  pick(fileOfSize('film.mp4', FILM.size));
  await userEvent.click(button('Continue film.mp4'));
  await expect.poll(() => continued).toEqual(['film.mp4']);
});

it('opens the picker of the window that was clicked', async () => {
  const frame = document.body.appendChild(document.createElement('iframe'));
  const inside = frame.contentWindow as Window & typeof globalThis;
  const unfinished = scriptedUnfinished([FILM]);
  const { uppy } = createScene([], { unfinished });
  const { unmount } = await render(
    <Upload.Root uppy={uppy}>{createPortal(<Upload.Recovery />, inside.document.body)}</Upload.Root>,
  );
  const opened = vi.fn();
  vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(() => opened('here'));
  vi.spyOn(inside.HTMLInputElement.prototype, 'click').mockImplementation(() => opened('there'));
  const go = () => inside.document.querySelector<HTMLElement>('[aria-label="Continue film.mp4"]');
  await expect.poll(() => go()).not.toBeNull();
  go()?.click();
  await expect.poll(() => opened.mock.calls).toEqual([['there']]);
  await unmount();
  frame.remove();
});

it('changes nothing when the picker is closed', async () => {
  const { continued } = await setUp(FILM);
  pick(undefined);
  await userEvent.click(button('Continue film.mp4'));
  await expect.element(button('Continue film.mp4')).toBeEnabled();
  expect(continued).toEqual([]);
});

it('discards, and hands the focus to the next offer and then to the button that adds files', async () => {
  await setUp(FILM, { ...FILM, name: 'b.mov' });
  await expect.element(button('Discard film.mp4')).toBeVisible();
  button('Discard film.mp4').element().focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(button('Discard b.mov')).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(button('Choose files')).toHaveFocus();
});

it('shows of a thousand offers those that are seen, in a list that scrolls, and never keeps the page for long', async () => {
  const scenes = Array.from({ length: 1_001 }, (_, index) => ({ ...FILM, name: `film ${index}.mp4` }));
  const tasks: number[] = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: 'longtask' });
  await setUp(...scenes);
  await expect.element(page.getByRole('region', { name: '1,001 unfinished uploads' })).toBeVisible();
  const list = () => document.querySelector('.portage-recovery-list') as HTMLElement;
  await expect.poll(() => list().parentElement?.className).toContain('portage-scroll');
  expect(list().children.length).toBeLessThan(40);
  const scroller = list().parentElement as HTMLElement;
  scroller.scrollTop = scroller.scrollHeight;
  await expect.element(button('Continue film 1000.mp4')).toBeVisible();
  expect(list().children.length).toBeLessThan(40);
  button('Discard film 1000.mp4').element().focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(button('Discard film 999.mp4')).toHaveFocus();
  await expect.element(page.getByRole('region', { name: '1,000 unfinished uploads' })).toBeVisible();
  observer.disconnect();
  // 4.6 s when all of them were drawn.
  expect(Math.max(0, ...tasks)).toBeLessThan(1_000);
});
