/** One side of the comparison: `?side=portage` or `?side=dashboard`. Driven by `long-list.mjs`. */
import { Uploader, useUploadActions } from '@portage/react';
import '@portage/react/style.css';
import { Uppy } from '@uppy/core';
import '@uppy/core/css/style.min.css';
import Dashboard from '@uppy/dashboard';
import '@uppy/dashboard/css/style.min.css';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { FakeUploader } from './fake-uploader.ts';

interface Bench {
  /** Adds files; in milliseconds, how long the page was busy and until the first rows were painted. */
  add(count: number): Promise<{ busy: number; painted: number }>;
  /** Scrolls for so long, in milliseconds; returns the time of each frame. */
  scroll(milliseconds: number): Promise<number[]>;
  stored(): number;
  /** Waits for that many files to be picked and listed: how long the page was kept from answering, and how long it took. */
  picked(count: number): Promise<{ longest: number; listed: number }>;
}

declare global {
  interface Window {
    bench?: Bench;
  }
}

const root = document.getElementById('app');
if (!root) throw new Error('index.html has no #app.');
const side = new URLSearchParams(location.search).get('side');

const uppy = new Uppy({ autoProceed: true, logger: { debug() {}, warn() {}, error() {} } }).use(FakeUploader);
let stored = 0;
uppy.on('upload-success', () => {
  stored += 1;
});

let addFiles: (files: File[]) => void;
if (side === 'dashboard') {
  uppy.use(Dashboard, { inline: true, target: root, width: 700, height: 544 });
  addFiles = (files) => uppy.addFiles(files.map((data) => ({ name: data.name, type: data.type, data })));
} else {
  createRoot(root).render(
    <Uploader uppy={uppy}>
      <Reach />
    </Uploader>,
  );
}

function Reach(): ReactNode {
  addFiles = useUploadActions().addFiles;
  return null;
}

const frame = (): Promise<number> => new Promise(requestAnimationFrame);

window.bench = {
  stored: () => stored,
  async picked(count) {
    // The browser's own work with that many paths comes before the event, and is nobody's to change.
    const heard = (capture: boolean): Promise<number> =>
      new Promise((resolve) => {
        document.addEventListener('change', () => resolve(performance.now()), { capture, once: true });
      });
    const [start, end] = await Promise.all([heard(true), heard(false)]);
    let longest = end - start;
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        if (startTime > start) longest = Math.max(longest, duration);
    }).observe({ type: 'longtask' });
    while (!document.querySelector(`.portage-list[data-count="${count}"]`)) await frame();
    const listed = performance.now() - start;
    await frame();
    return { longest, listed };
  },
  async add(count) {
    const files = Array.from({ length: count }, (_, index) => {
      const file = new File([new Uint8Array(64)], `photo ${index}.bin`, { lastModified: index });
      return file;
    });
    await frame();
    const start = performance.now();
    addFiles(files);
    const busy = performance.now() - start;
    const selector = side === 'dashboard' ? '.uppy-Dashboard-Item' : '[data-portage-item]';
    while (!document.querySelector(selector)) await frame();
    await frame();
    return { busy, painted: performance.now() - start };
  },
  async scroll(milliseconds) {
    const scroller = document.querySelector(side === 'dashboard' ? '.uppy-Dashboard-files' : '.portage-scroll');
    if (!scroller) throw new Error('Nothing scrolls.');
    const frames: number[] = [];
    const end = performance.now() + milliseconds;
    let last = await frame();
    while (performance.now() < end) {
      scroller.scrollTop += 60;
      const now = await frame();
      frames.push(now - last);
      last = now;
    }
    return frames;
  },
};
