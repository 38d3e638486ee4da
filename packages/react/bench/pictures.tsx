/**
 * Many photos in the list, or in another layout at `?layout=gallery`, with their pictures or, at `?previews=no`, without.
 * Driven by `previews.mjs`.
 */
import { Uploader, type UploaderProps, useUploadActions } from '@portage/react';
import '@portage/react/style.css';
import { Uppy } from '@uppy/core';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { FakeUploader } from './fake-uploader.ts';

interface PictureBench {
  /** Draws so many photos of so many megapixels; how large one is, in bytes. */
  draw(count: number, megapixels: number): Promise<number>;
  add(): void;
  /** How many rows on the screen have their picture, and how many have none. */
  shown(): { pictures: number; icons: number };
  /** Goes down the list, or the page, by one window; false at its end. */
  down(): boolean;
  /** The longest tasks of the page since they were last asked for, in milliseconds. */
  longest(): number[];
}

declare global {
  interface Window {
    pictureBench?: PictureBench;
  }
}

const root = document.getElementById('app');
if (!root) throw new Error('pictures.html has no #app.');
const query = new URLSearchParams(location.search);
const previews = query.get('previews') !== 'no';
const layout = (query.get('layout') ?? 'list') as UploaderProps['layout'];
const uppy = new Uppy({ autoProceed: false, logger: { debug() {}, warn() {}, error() {} } }).use(FakeUploader);
let files: File[] = [];
let addFiles: (files: File[]) => void;

createRoot(root).render(
  <Uploader uppy={uppy} previews={previews} layout={layout}>
    <Reach />
  </Uploader>,
);

function Reach(): ReactNode {
  addFiles = useUploadActions().addFiles;
  return null;
}

/** Colours that flow, with the grain of a camera, as large as a phone's photos are. */
async function photo(megapixels: number): Promise<Blob> {
  const width = Math.round(Math.sqrt((megapixels * 1e6 * 4) / 3));
  const canvas = new OffscreenCanvas(width, Math.round((width * 3) / 4));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('No canvas.');
  const flow = context.createLinearGradient(0, 0, width, canvas.height);
  ['#1b3a6b', '#e0a458', '#f4f1e8', '#27613f'].forEach((colour, at) => flow.addColorStop(at / 3, colour));
  context.fillStyle = flow;
  context.fillRect(0, 0, width, canvas.height);
  const grain = new OffscreenCanvas(512, 512);
  const pixels = new ImageData(512, 512);
  for (let at = 0; at < pixels.data.length; at += 4) {
    pixels.data.fill(Math.random() * 255, at, at + 3);
    pixels.data[at + 3] = 40;
  }
  grain.getContext('2d')?.putImageData(pixels, 0, 0);
  context.fillStyle = context.createPattern(grain, 'repeat') ?? 'none';
  context.fillRect(0, 0, width, canvas.height);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
}

let tasks: number[] = [];
new PerformanceObserver((list) => {
  tasks.push(...list.getEntries().map(({ duration }) => duration));
}).observe({ type: 'longtask' });

window.pictureBench = {
  async draw(count, megapixels) {
    const jpeg = await photo(megapixels);
    // Different bytes each, behind the picture's end.
    files = Array.from(
      { length: count },
      (_, index) =>
        new File([jpeg, new Uint32Array([index])], `IMG_${2000 + index}.jpg`, {
          type: 'image/jpeg',
          lastModified: index,
        }),
    );
    return jpeg.size;
  },
  add() {
    tasks = [];
    addFiles(files);
  },
  shown() {
    const box = document.querySelector('.portage-scroll')?.getBoundingClientRect() ?? { top: 0, bottom: innerHeight };
    const all = [...document.querySelectorAll('.portage-preview')].filter((tile) => {
      const { top, bottom } = tile.getBoundingClientRect();
      return bottom > box.top && top < box.bottom;
    });
    const pictures = all.filter((tile) => tile.querySelector('img')?.complete).length;
    return { pictures, icons: all.length - pictures };
  },
  down() {
    const scroller = document.querySelector('.portage-scroll') ?? document.documentElement;
    const before = scroller.scrollTop;
    scroller.scrollTop += scroller.clientHeight;
    return scroller.scrollTop > before;
  },
  longest() {
    const sorted = tasks.sort((a, b) => b - a).slice(0, 5);
    tasks = [];
    return sorted;
  },
};
