// How long the way of one file is, from `addFile` to the first byte of its first part, in Chromium, with the worker:
// `npm run bench:way`. It prints two counts of our own source files. The way itself is the call stack of that first request, with
// the calls that led to it across awaits and timers; `all that runs` is every function that was called meanwhile.
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { startBackend } from '@portage/mock-backend';
import { createServer } from 'vite';
import { launchOptions } from '../../../scripts/browser.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const OURS = /\/packages\/((?:uppy|engine|protocol)\/src\/[^?]+)/;
/** Big enough for several parts, in bytes. */
const SIZE = 24 * 1024 * 1024;
/** Stops the script at the first call that `isIt`. */
const stopAt = (owner, method, isIt) => `{
  const { ${method}: before } = ${owner}.prototype;
  ${owner}.prototype.${method} = function (...given) {
    if ((${isIt})(...given)) debugger;
    return before.apply(this, given);
  };
}`;

const backend = await startBackend({ log: () => {}, origins: '*' });
const server = await createServer({
  configFile: false,
  root: fileURLToPath(new URL('./way', import.meta.url)),
  logLevel: 'error',
  cacheDir: `${root}/node_modules/.bench-way`,
  // Each source file is a script of its own, which is what is counted.
  resolve: { conditions: ['@portage/source', 'module', 'browser', 'development'] },
  server: {
    host: '127.0.0.1',
    port: 0,
    hmr: false,
    watch: null,
    fs: { allow: [root] },
    proxy: { '/api': { target: backend.apiUrl } },
  },
});
await server.listen();
const browser = await chromium.launch(launchOptions());
const page = await browser.newPage();
page.on('pageerror', (error) => console.error(error));
const session = await page.context().newCDPSession(page);

/** What one thread, the page's or the worker's, has done. `send` speaks to its debugger. */
function watch(send) {
  const scripts = new Map();
  let paused;
  const stopped = new Promise((resolve) => {
    paused = resolve;
  });
  return {
    async begin(stop) {
      await send('Debugger.enable');
      await send('Debugger.setAsyncCallStackDepth', { maxDepth: 1_000 });
      await send('Profiler.enable');
      await send('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
      await send('Runtime.evaluate', { expression: stop });
    },
    on: {
      'Debugger.scriptParsed': ({ scriptId, url }) => scripts.set(scriptId, url),
      'Debugger.paused': (event) => paused(event),
    },
    goOn: () => send('Debugger.resume'),
    /** Frames of ours on the way to where the script was stopped, by their files. */
    async way() {
      const { callFrames, asyncStackTrace } = await stopped;
      const frames = callFrames.map(({ location }) => scripts.get(location.scriptId));
      for (let stack = asyncStackTrace; stack; stack = stack.parent)
        frames.push(...stack.callFrames.map(({ scriptId, url }) => scripts.get(scriptId) ?? url));
      return frames.flatMap((url) => OURS.exec(url)?.[1] ?? []);
    },
    /** Functions that have run since the last time, by file. */
    async ran() {
      const { result } = await send('Profiler.takePreciseCoverage');
      const functions = new Map();
      for (const { url, functions: all } of result) {
        const file = OURS.exec(url)?.[1];
        // One without a name at the start of its script is the script itself.
        const called = all.filter(
          ({ functionName, ranges: [{ startOffset, count }] }) => count > 0 && (functionName || startOffset),
        );
        if (file && called.length > 0) functions.set(file, called.length);
      }
      return functions;
    },
  };
}

/** The worker has a session of its own, inside of the page's. */
const answers = new Map();
let worker;
session.on('Target.receivedMessageFromTarget', ({ message }) => {
  const { id, result, method, params } = JSON.parse(message);
  if (id) answers.get(id)?.(result);
  else worker?.on[method]?.(params);
});
session.on('Target.attachedToTarget', async ({ sessionId }) => {
  let last = 0;
  const send = (method, params = {}) =>
    new Promise((resolve) => {
      answers.set(++last, resolve);
      const message = JSON.stringify({ id: last, method, params });
      session.send('Target.sendMessageToTarget', { sessionId, message });
    });
  worker = watch(send);
  await worker.begin(stopAt('XMLHttpRequest', 'send', '() => true'));
  await send('Runtime.runIfWaitingForDebugger');
});
await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: false });

const main = watch((method, params) => session.send(method, params));
for (const [event, listener] of Object.entries(main.on)) session.on(event, listener);
await page.goto(server.resolvedUrls.local[0]);
await page.waitForFunction(() => window.uppy !== undefined);
// What is loaded late is there before anybody picks a file.
await page.waitForLoadState('networkidle');
await main.begin(stopAt('Worker', 'postMessage', "(order) => order.do === 'send'"));
await main.ran();
page
  .evaluate((size) => {
    const data = new File([new Uint8Array(size)], 'film.mp4');
    setTimeout(() => window.uppy.addFile({ name: 'film.mp4', data }));
  }, SIZE)
  .catch(() => {});
const way = await main.way();
const all = await main.ran();
await main.goOn();
way.push(...(await worker.way()));
const inWorker = await worker.ran();
for (const [file, functions] of inWorker) all.set(file, (all.get(file) ?? 0) + functions);

const sum = [...all.values()].reduce((total, functions) => total + functions, 0);
for (const [file, functions] of [...all].sort()) {
  const frames = way.filter((each) => each === file).length;
  console.log(`${String(functions).padStart(4)} functions ${String(frames || '').padStart(4)}  ${file}`);
}
console.log(
  `the way: ${new Set(way).size} files, ${way.length} frames; all that runs: ${all.size} files, ${sum} functions`,
);

await browser.close();
await server.close();
await backend.close();
