import { StrictMode } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { createScene } from '../stories/scripted-uploads.ts';
import { Uploader } from './uploader.tsx';
import '../style.css';

/** Written by libheif. */
async function heicPhoto(): Promise<Blob> {
  const response = await fetch(new URL('../../../../apps/e2e/support/lying.heic', import.meta.url));
  const photo = await response.blob();
  expect(await photo.slice(4, 12).text()).toBe('ftypheic');
  return photo;
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  document.documentElement.dir = 'ltr';
});

/** A picture of one colour above another, so that it is seen which side is up. */
async function picture(name: string, width: number, height: number, type = 'image/jpeg'): Promise<File> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('No canvas.');
  context.fillStyle = 'red';
  context.fillRect(0, 0, width, height / 2);
  context.fillStyle = 'blue';
  context.fillRect(0, height / 2, width, height / 2);
  return new File([await canvas.convertToBlob({ type })], name, { type });
}

/** A film of two seconds in one colour, recorded by the browser. */
async function film(name: string): Promise<File> {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: 320, height: 180 });
  const context = canvas.getContext('2d');
  const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/webm' });
  const pieces: Blob[] = [];
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  recorder.start();
  for (let frame = 0; frame < 6; frame += 1) {
    if (context) context.fillStyle = '#0a0';
    context?.fillRect(0, 0, 320, 180);
    await new Promise(requestAnimationFrame);
  }
  const stopped = new Promise((resolve) => {
    recorder.onstop = resolve;
  });
  recorder.stop();
  await stopped;
  return new File(pieces, name, { type: 'video/webm' });
}

async function setUp(files: readonly File[], props: { previews?: boolean } = {}) {
  const scene = createScene([]);
  scene.uppy.setOptions({ autoProceed: false });
  const made: string[] = [];
  const createObjectURL = URL.createObjectURL.bind(URL);
  vi.spyOn(URL, 'createObjectURL').mockImplementation((object) => {
    const url = createObjectURL(object);
    made.push(url);
    return url;
  });
  const revoked = vi.spyOn(URL, 'revokeObjectURL');
  const { unmount } = await render(
    <StrictMode>
      <Uploader uppy={scene.uppy} {...props} />
    </StrictMode>,
  );
  for (const data of files) scene.uppy.addFile({ name: data.name, type: data.type, data });
  const left = () => made.filter((url) => !revoked.mock.calls.some(([gone]) => gone === url));
  return { ...scene, unmount, made, left };
}

const images = () => [...document.querySelectorAll<HTMLImageElement>('.portage-preview-image')];
const button = (name: string) => page.getByRole('button', { name, exact: true });

/** The colours of a shown picture, at the middle of its upper and of its lower half. */
async function coloursOf(image: HTMLImageElement | undefined): Promise<string[]> {
  if (!image) throw new Error('No picture is shown.');
  await image.decode();
  const context = new OffscreenCanvas(2, 2).getContext('2d');
  context?.drawImage(image, 0, 0, 2, 2);
  const data = context?.getImageData(0, 0, 2, 2).data ?? [];
  const name = (at: number) =>
    (data[at] ?? 0) > 150 ? 'red' : (data[at + 2] ?? 0) > 150 ? 'blue' : (data[at + 1] ?? 0) > 100 ? 'green' : 'none';
  return [name(0), name(8)];
}

// The first one: later ones have a worker already.
it('lets the icon stand where the page forbids workers', async () => {
  vi.stubGlobal(
    'Worker',
    class {
      constructor() {
        throw new DOMException('Refused by the policy of the page.', 'SecurityError');
      }
    },
  );
  await setUp([await picture('forbidden.jpg', 310, 310), new File(['a'], 'a.zip')]);
  await vi.waitFor(() => expect(document.querySelectorAll('[data-kind]')).toHaveLength(2));
  await vi.dynamicImportSettled();
  expect(images()).toHaveLength(0);
});

it('shows what is picked as small squares, and a film by its first picture', async () => {
  const { left } = await setUp([
    await picture('wide.jpg', 3000, 1200),
    await picture('tall.png', 900, 2400, 'image/png'),
    await film('harbour.webm'),
  ]);
  await vi.waitFor(() => expect(images()).toHaveLength(3), { timeout: 15_000 });
  const [wide, tall, video] = images();
  expect(await coloursOf(wide)).toEqual(['red', 'blue']);
  expect(await coloursOf(tall)).toEqual(['red', 'blue']);
  expect(await coloursOf(video)).toEqual(['green', 'green']);
  for (const image of images()) expect([image.naturalWidth, image.naturalHeight]).toEqual([128, 128]);
  expect(left()).toHaveLength(3);
});

it('shows a picture that was picked in another window, where files are of that window’s class', async () => {
  const frame = document.body.appendChild(document.createElement('iframe'));
  const { File: OtherFile } = frame.contentWindow as unknown as typeof globalThis;
  const here = await picture('elsewhere.png', 420, 300, 'image/png');
  const elsewhere = new OtherFile([await here.arrayBuffer()], here.name, { type: here.type });
  expect(elsewhere).not.toBeInstanceOf(Blob);
  await setUp([elsewhere]);
  await vi.waitFor(() => expect(images()).toHaveLength(1), { timeout: 15_000 });
  frame.remove();
});

/** 64 × 48 pixels, written by cjxl (libjxl 0.7.0). */
const JPEG_XL =
  '/wrLQEJxIQASiAIAGAFd5RIAABUqo4wbvJzr+fJDh8W0jesMbbVtYUmiyDg2SSdwCCmQfzEG42JwXIwXLwbLY15oAgCglTBhQv9pABREECRelSQA';

it('shows a JPEG XL where the browser decodes it, as Chromium 156 does, and its icon elsewhere', async () => {
  const bytes = Uint8Array.from(atob(JPEG_XL), (character) => character.charCodeAt(0));
  const data = new File([bytes], 'new.jxl', { type: 'image/jxl' });
  const isDecoded = await createImageBitmap(data).then(
    () => true,
    () => false,
  );
  await setUp([data, await picture('after.png', 430, 300, 'image/png')]);
  await vi.waitFor(() => expect(images()).toHaveLength(isDecoded ? 2 : 1), { timeout: 15_000 });
});

it('shows an icon of what is no picture, of a picture that cannot be shown, and of all where it is switched off', async () => {
  const broken = new File(['not a picture'], 'broken.jpg', { type: 'image/jpeg' });
  const svg = new File(['<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'], 'drawn.svg', {
    type: 'image/svg+xml',
  });
  const good = await picture('good.jpg', 200, 200);
  const { uppy, unmount } = await setUp([
    broken,
    // Safari alone shows it.
    new File([await heicPhoto()], 'IMG_1.HEIC', { type: 'image/heic' }),
    svg,
    new File([new Uint8Array(99)], 'camera.nef'),
    new File(['a'], 'a.pdf'),
    good,
  ]);
  // The last one: those before it were tried by then.
  await vi.waitFor(() => expect(images()).toHaveLength(1), { timeout: 15_000 });
  const kinds = () => [...document.querySelectorAll('[data-kind]')].map((icon) => icon.getAttribute('data-kind'));
  expect(kinds()).toEqual(['picture', 'picture', 'picture', 'picture', 'pdf']);
  await unmount();
  uppy.clear();
  await setUp([good], { previews: false });
  await vi.waitFor(() => expect(kinds()).toEqual(['picture']));
  await vi.dynamicImportSettled();
  expect(images()).toHaveLength(0);
});

it('gives addresses back when a file leaves the list, and all when the list goes', async () => {
  const { uppy, unmount, left } = await setUp([await picture('a.jpg', 300, 300), await picture('b.jpg', 400, 300)]);
  await vi.waitFor(() => expect(images()).toHaveLength(2), { timeout: 15_000 });
  uppy.removeFile(uppy.getFiles()[0]?.id ?? '');
  await vi.waitFor(() => expect(left()).toHaveLength(1));
  await unmount();
  expect(left()).toEqual([]);
});

it('makes pictures of the rows that are in sight, and of others once they are', async () => {
  await page.viewport(600, 500);
  const one = await picture('0.png', 460, 300, 'image/png');
  // Different bytes each, behind the picture's end.
  const photos = Array.from({ length: 30 }, (_, index) => {
    return new File([one, `${index}`], `${index}.png`, { type: 'image/png', lastModified: index });
  });
  await setUp(photos);
  const rows = () => [...document.querySelectorAll('[data-portage-item]')];
  const isMade = (row: Element | undefined) => row?.querySelector('.portage-preview-image') !== null;
  const topOf = (row: Element) => row.querySelector('.portage-preview')?.getBoundingClientRect().top ?? 0;
  await vi.waitFor(() => expect(rows()).toHaveLength(30));
  const seen = () => rows().filter((row) => topOf(row) < innerHeight);
  await vi.waitFor(() => expect(seen().every(isMade)).toBe(true), { timeout: 15_000 });
  const unseen = rows().filter((row) => topOf(row) > innerHeight + 100);
  expect(seen().length).toBeGreaterThan(2);
  expect(unseen.length).toBeGreaterThan(15);
  expect(unseen.filter(isMade)).toEqual([]);
  unseen.at(-1)?.scrollIntoView();
  await vi.waitFor(() => expect(isMade(unseen.at(-1))).toBe(true), { timeout: 15_000 });
  // Those that were passed are left alone.
  expect(isMade(unseen[3])).toBe(false);
});

it('opens a picture large, goes through the pictures of the list by arrow keys, and gives the focus back', async () => {
  await setUp([
    await picture('first.jpg', 320, 300),
    new File(['a'], 'between.pdf'),
    await picture('second.jpg', 330, 300),
  ]);
  await expect.element(button('Show first.jpg')).toBeVisible();
  await expect.element(button('Show second.jpg')).toBeVisible();
  (button('Show first.jpg').element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  const shown = (name: string) => page.getByRole('dialog', { name, exact: true });
  await expect.element(shown('first.jpg')).toBeVisible();
  await expect.element(button('Close')).toHaveFocus();
  await expect.element(page.getByRole('img', { name: 'first.jpg' })).toBeVisible();
  await userEvent.keyboard('{ArrowLeft}');
  await expect.element(shown('first.jpg')).toBeVisible();
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(shown('second.jpg')).toBeVisible();
  await expect.element(button('Next')).toHaveAttribute('aria-disabled', 'true');
  document.documentElement.dir = 'rtl';
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(shown('first.jpg')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  await expect.element(button('Show first.jpg')).toHaveFocus();
});
