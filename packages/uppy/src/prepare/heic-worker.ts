/// <reference path="./libheif-js.d.ts" />
/** A worker that reads HEIC by libheif, in WebAssembly. */
import libheif from 'libheif-js/wasm-bundle.js';
import { serve } from './serve.ts';

serve(async (bytes) => {
  const [image] = new libheif.HeifDecoder().decode(bytes);
  if (!image) throw new Error('libheif finds no picture in it.');
  const [width, height] = [image.get_width(), image.get_height()];
  const data = new Uint8ClampedArray(width * height * 4);
  await new Promise<void>((resolve, reject) =>
    image.display({ data, width, height }, (made) =>
      made ? resolve() : reject(new Error('libheif cannot decode it.')),
    ),
  );
  return { data, width, height };
});
