/** The page that the benchmark steers: it picks an uploader, and times it. */
import type { Bench } from '../src/page-contract.ts';
import { BEGIN_MARK, END_MARK } from '../src/page-contract.ts';
import type { Adapter } from './adapter.ts';
import { commits } from './commits.ts';

declare global {
  interface Window {
    uploadBench: Bench;
  }
}

const adapters = import.meta.glob<Adapter>('./adapters/*.ts', { import: 'upload' });

let upload: (() => Promise<void>) | undefined;
let loading = true;

/** What a small page has, and how many of it a browser loads at once. */
const RESOURCES = 20;
const AT_ONCE = 6;

window.uploadBench = {
  async prepare(name, partSize) {
    const load = adapters[`./adapters/${name}.ts`];
    if (!load) throw new TypeError(`There is no adapter ${name}.`);
    const files = [...(document.querySelector<HTMLInputElement>('#files')?.files ?? [])];
    if (files.length === 0) throw new TypeError('No files are picked.');
    upload = await (await load())({ files, partSize });
  },

  async run() {
    const tasks: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    });
    observer.observe({ type: 'longtask' });
    commits.count = 0;
    performance.mark(BEGIN_MARK);
    const start = performance.now();
    await upload?.();
    const milliseconds = performance.now() - start;
    performance.mark(END_MARK);
    observer.disconnect();
    return {
      milliseconds,
      longestTask: Math.max(0, ...tasks),
      longTasks: tasks.length,
      ...(commits.count > 0 && { commits: commits.count }),
    };
  },

  async loadPage(times, pause) {
    loading = true;
    const took: number[] = [];
    for (let time = 0; time < times && loading; time++) {
      const start = performance.now();
      const left = Array.from({ length: RESOURCES }, (_, index) => `/resource/${time}/${index}`);
      const lane = async () => {
        for (let path = left.pop(); path; path = left.pop()) await (await fetch(path)).arrayBuffer();
      };
      await Promise.all(Array.from({ length: AT_ONCE }, lane));
      took.push(performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    return took;
  },

  stopLoading() {
    loading = false;
  },
};
