/**
 * A decoder of HEIC pictures for the option `heic`: [libheif](https://github.com/strukturag/libheif) in WebAssembly, 2 MB, loaded
 * with the first picture that the browser cannot read itself. Needs `libheif-js` beside: `npm install libheif-js`. That is under the
 * LGPL-3.0, not the MIT licence: who ships it names it, and gives its licence along.
 * @example uppy.use(Prepare, { images: { heic } })
 */
export const heic = (): Worker => new Worker(new URL('./heic-worker.js', import.meta.url), { type: 'module' });
