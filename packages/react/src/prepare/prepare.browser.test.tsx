import type { PrepareOptions } from '@portage/uppy/prepare';
import { StrictMode } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { UploadRoot } from '../components/upload-root.tsx';
import { createScene } from '../stories/scripted-uploads.ts';
import { Prepare } from './index.ts';

afterEach(() => void vi.unstubAllGlobals());

/** Noise, which is smaller wherever it has fewer pixels. */
async function picture(width: number): Promise<File> {
  const canvas = new OffscreenCanvas(width, width);
  const pixels = new ImageData(width, width).data.map((_, index) => (index % 4 === 3 ? 255 : (index * 7919) % 251));
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, width), 0, 0);
  return new File([await canvas.convertToBlob()], 'a.png', { type: 'image/png' });
}

/** A page whose uploader does nothing; `sent` gives what it would have sent. */
function page() {
  const { uppy } = createScene([], { autoStart: false });
  uppy.addUploader(async () => {});
  const app = (options: PrepareOptions, isThere = true) => (
    <StrictMode>
      <UploadRoot uppy={uppy}>{isThere && <Prepare {...options} />}</UploadRoot>
    </StrictMode>
  );
  const sent = async (file: File) => {
    const id = uppy.addFile({ name: file.name, type: file.type, data: file });
    await uppy.upload();
    const { data, name, type } = uppy.getFile(id);
    uppy.removeFile(id);
    const { width } = await createImageBitmap(data as Blob);
    return { name, type, width };
  };
  return { uppy, app, sent };
}

it('prepares the files of the uploader around it, by its props as they are now, for as long as it is there', async () => {
  const { uppy, app, sent } = page();
  const { rerender } = await render(app({ images: { maxWidth: 40 } }));
  expect(await sent(await picture(100))).toEqual({ name: 'a.png', type: 'image/png', width: 40 });
  await rerender(app({ images: { maxWidth: 30, format: 'webp' } }));
  expect(await sent(await picture(100))).toEqual({ name: 'a.webp', type: 'image/webp', width: 30 });
  await rerender(app({}, false));
  expect(uppy.getPlugin('Prepare')).toBeUndefined();
  expect(await sent(await picture(100))).toEqual({ name: 'a.png', type: 'image/png', width: 100 });
});

it('lets an upload end whose files were all taken away meanwhile', async () => {
  const { uppy, app } = page();
  await render(app({ images: { maxWidth: 1000 } }));
  const data = await picture(1500);
  for (const name of ['a.png', 'b.png']) uppy.addFile({ name, type: data.type, data });
  const preparing = new Promise((resolve) => uppy.once('preprocess-progress', resolve));
  const uploaded = uppy.upload();
  await preparing;
  uppy.clear();
  await uploaded.catch(() => {});
  expect(uppy.getFiles()).toEqual([]);
});

it('prepares on the page where no worker can be had, as with some Content-Security-Policies', async () => {
  const { app, sent } = page();
  vi.stubGlobal(
    'Worker',
    class {
      constructor() {
        throw new DOMException('Refused.', 'SecurityError');
      }
    },
  );
  await render(app({ images: { maxWidth: 40 } }));
  expect(await sent(await picture(100))).toEqual({ name: 'a.png', type: 'image/png', width: 40 });
});
