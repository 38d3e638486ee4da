import type { FormEvent, ReactNode } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { Uploader } from '../components/uploader.tsx';
import { click } from '../stories/as-people-do.ts';
import { createScene } from '../stories/scripted-uploads.ts';
import { Crop } from './index.ts';
import '../style.css';

afterEach(() => vi.restoreAllMocks());

/** Red on the left, blue on the right. */
async function picture(name: string, type = 'image/jpeg'): Promise<File> {
  const canvas = new OffscreenCanvas(400, 200);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('No canvas.');
  for (const [index, colour] of ['red', 'blue'].entries()) {
    context.fillStyle = colour;
    context.fillRect(index * 200, 0, 200, 200);
  }
  return new File([await canvas.convertToBlob({ type })], name, { type });
}

/** Width, height, and the colours at the left and at the right. */
async function seen(data: unknown) {
  const bitmap = await createImageBitmap(data as Blob);
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  context?.drawImage(bitmap, 0, 0);
  const colour = (x: number) => {
    const [red = 0, , blue = 0] = context?.getImageData(x, 10, 1, 1).data ?? [];
    return red > 150 ? 'red' : blue > 150 ? 'blue' : 'none';
  };
  return [bitmap.width, bitmap.height, colour(3), colour(bitmap.width - 4)];
}

async function setUp(layout: 'avatar' | 'list' = 'avatar', around = (children: ReactNode) => children) {
  const scene = createScene([]);
  const started: string[] = [];
  scene.uppy.addUploader(async (ids) => void started.push(...ids));
  const { unmount } = await render(
    around(
      <Uploader uppy={scene.uppy} layout={layout}>
        <Crop maxSide={100} />
      </Uploader>,
    ),
  );
  const add = (data: File) => scene.uppy.addFile({ name: data.name, type: data.type, data });
  return { ...scene, started, unmount, add };
}

const button = (name: string) => page.getByRole('button', { name, exact: true });
const dialog = () => page.getByRole('dialog', { name: 'Crop the picture' });
const frame = () => page.getByRole('group', { name: /Move it with the arrow keys/ });
/** The picture has its size. */
const isDrawn = () => expect.poll(() => document.querySelector('.reactEasyCrop_CropArea')).not.toBeNull();

it('says so of a picture that the browser cannot cut, and sends nothing of it', async () => {
  const { uppy, started, add } = await setUp();
  add(await picture('me.jpg'));
  await isDrawn();
  vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation((done) => done(null));
  await click(button('Use this part'));
  await expect.element(page.getByRole('alert')).toHaveTextContent('me.jpg: The upload could not be prepared');
  expect([started, uppy.getFiles()]).toEqual([[], []]);
});

it('asks which part of a picture is kept before it is sent, by keyboard too', async () => {
  const { uppy, started, add } = await setUp();
  const id = add(await picture('me.jpg'));
  await expect.element(dialog()).toBeVisible();
  await isDrawn();
  expect(started).toEqual([]);
  const zoom = page.getByRole('slider', { name: 'Zoom' });
  (zoom.element() as HTMLElement).focus();
  await userEvent.keyboard('{End}');
  (frame().element() as HTMLElement).focus();
  // The picture goes to the right: what is on its left is kept.
  for (let step = 0; step < 60; step += 1) await userEvent.keyboard('{ArrowRight}');
  await click(button('Use this part'));
  await expect.element(dialog()).not.toBeInTheDocument();
  await expect.poll(() => started).toEqual([id]);
  const { data, size, type, name } = uppy.getFile(id);
  expect([type, name, size]).toEqual(['image/jpeg', 'me.jpg', (data as Blob).size]);
  expect((await seen(data)).slice(2)).toEqual(['red', 'red']);
});

it('keeps the middle where nothing is moved, no larger than it may be, and asks once', async () => {
  const { uppy, started, add } = await setUp();
  const id = add(await picture('me.png', 'image/png'));
  await isDrawn();
  await click(button('Use this part'));
  await expect.poll(() => started).toEqual([id]);
  expect(await seen(uppy.getFile(id).data)).toEqual([100, 100, 'red', 'blue']);
  await uppy.retryUpload(id).catch(() => {});
  await expect.element(dialog()).not.toBeInTheDocument();
});

it('sends nothing of a picture that is canceled, nor of one that nobody can answer for any more', async () => {
  const { uppy, started, add, unmount } = await setUp();
  add(await picture('no.jpg'));
  await click(button('Cancel'));
  await expect.poll(() => uppy.getFiles()).toEqual([]);
  add(await picture('late.jpg'));
  await expect.element(dialog()).toBeVisible();
  await unmount();
  await expect.poll(() => uppy.getFiles()).toEqual([]);
  expect(started).toEqual([]);
});

it('lets go as it is what is no picture, or none that this browser can show', async () => {
  const { started, add } = await setUp();
  const heic = add(new File(['ftypheic'], 'IMG_1.HEIC', { type: 'image/heic' }));
  await expect.poll(() => started).toEqual([heic]);
  const text = add(new File(['text'], 'a.txt', { type: 'text/plain' }));
  await expect.poll(() => started).toEqual([heic, text]);
  await expect.element(dialog()).not.toBeInTheDocument();
});

it('asks about several pictures one after another, and gives the focus back at the end', async () => {
  const { uppy, started, add } = await setUp('list');
  const trigger = button('Choose files').element() as HTMLElement;
  trigger.focus();
  const pictures = [await picture('a.png', 'image/png'), await picture('b.png', 'image/png')];
  const [first = '', second = ''] = pictures.map(add);
  await isDrawn();
  expect(document.querySelectorAll('dialog')).toHaveLength(1);
  await click(button('Use this part'));
  await expect.poll(() => uppy.getFile(first).data).not.toBe(pictures[0]);
  await expect.element(button('Use this part')).toBeEnabled();
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => started).toEqual([first]);
  expect(uppy.getState().files).not.toHaveProperty(second);
  await expect.element(dialog()).not.toBeInTheDocument();
  expect(document.activeElement).toBe(trigger);
});

it('asks about a picture of another window, where files are of that window’s class', async () => {
  const { add } = await setUp();
  const frame = document.body.appendChild(document.createElement('iframe'));
  const { File: OtherFile } = frame.contentWindow as unknown as typeof globalThis;
  const here = await picture('elsewhere.png', 'image/png');
  add(new OtherFile([await here.arrayBuffer()], here.name, { type: here.type }));
  await expect.element(dialog()).toBeVisible();
  frame.remove();
});

it('sends no form that is around it, by Enter or by its buttons', async () => {
  const complained = vi.spyOn(console, 'error');
  const onSubmit = vi.fn((event: FormEvent) => event.preventDefault());
  const { uppy, add } = await setUp('avatar', (children) => (
    <form onSubmit={onSubmit}>
      {children}
      <button type="submit">Save</button>
    </form>
  ));
  for (const answer of ['{Enter}', '{Tab}{Enter}']) {
    const data = await picture('me.jpg');
    const id = add(data);
    await expect.element(button('Use this part')).toBeEnabled();
    (page.getByRole('slider', { name: 'Zoom' }).element() as HTMLElement).focus();
    await userEvent.keyboard(answer);
    await expect.poll(() => uppy.getFile(id).data).not.toBe(data);
    uppy.removeFile(id);
  }
  expect(onSubmit).not.toHaveBeenCalled();
  expect(complained).not.toHaveBeenCalled();
});
