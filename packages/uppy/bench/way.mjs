// How long the way of one file is, from `addFile` to the first byte of its first part, in Chromium: `npm run bench:way`. It counts
// our source files, and those of `@uppy/aws-s3` in the same way (`@uppy/core`, which both have, is not counted), three times:
// * on the way: files on the call stack of a request that the first byte needs, with the calls that led there across awaits;
// * to read: these, and what they import, as far as it ran. A reader who follows the file opens no other;
// * all that ran: every file of which any function was called meanwhile.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { startBackend } from '@portage/mock-backend';
import { createServer } from 'vite';
import { launchOptions } from '../../../scripts/browser.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
/** Big enough for several parts, in bytes. */
const SIZE = 24 * 1024 * 1024;

const UPLOADERS = {
  portage: { name: 'Portage', isOurs: (path) => /\/packages\/(uppy|engine|protocol)\/src\//.test(path) },
  stock: { name: '@uppy/aws-s3', isOurs: (path) => path.includes('/@uppy/aws-s3/lib/') },
};

/** Runs in the page and in the worker: stops where a request begins, and tells whether it is the first byte's. */
const STOPS = `{
  const stop = (isFirstByte) => { debugger; };
  const before = (owner, method, look) => {
    const original = owner?.[method];
    if (original) owner[method] = function (...given) { look.apply(this, given); return original.apply(this, given); };
  };
  before(globalThis, 'fetch', () => stop(false));
  before(globalThis.XMLHttpRequest?.prototype, 'send', (body) => stop(body instanceof Blob));
  before(globalThis.Worker?.prototype, 'postMessage', (order) => { if (order.do === 'send') stop(true); });
}`;

const backend = await startBackend({ log: () => {}, origins: '*', signForUppy: true });
const server = await createServer({
  configFile: false,
  root: fileURLToPath(new URL('./way', import.meta.url)),
  logLevel: 'error',
  cacheDir: `${root}/node_modules/.bench-way`,
  // Each source file is a script of its own, which is what is counted.
  resolve: { conditions: ['@portage/source', 'module', 'browser', 'development'] },
  optimizeDeps: { exclude: ['@uppy/aws-s3'] },
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

/** The file behind the address of a script, where it is one to be counted. */
function fileOf(url = '', isOurs) {
  if (!url.startsWith('http')) return [];
  const { pathname } = new URL(url);
  return isOurs(pathname) ? [resolve(root, pathname.replace(/^\/@fs/, ''))] : [];
}

/** What one thread, the page's or the worker's, has done. `send` speaks to its debugger. */
function watch(send, isOurs) {
  const scripts = new Map();
  const frames = [];
  let sent;
  const firstByte = new Promise((done) => {
    sent = done;
  });
  const filesOf = (scriptId, url) => fileOf(scripts.get(scriptId) ?? url, isOurs);
  async function stopped({ callFrames, asyncStackTrace }) {
    frames.push(...callFrames.flatMap(({ location }) => filesOf(location.scriptId)));
    for (let stack = asyncStackTrace; stack; stack = stack.parent)
      frames.push(...stack.callFrames.flatMap(({ scriptId, url }) => filesOf(scriptId, url)));
    const [{ callFrameId }] = callFrames;
    const { result } = await send('Debugger.evaluateOnCallFrame', { callFrameId, expression: 'isFirstByte' });
    if (result.value) sent();
    else await send('Debugger.resume');
  }
  return {
    frames,
    /** Settled once the first byte is about to be sent: the thread stands still there. */
    sent: firstByte,
    async begin() {
      await send('Debugger.enable');
      await send('Debugger.setAsyncCallStackDepth', { maxDepth: 1_000 });
      await send('Profiler.enable');
      await send('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
      await send('Runtime.evaluate', { expression: STOPS });
    },
    on: {
      'Debugger.scriptParsed': ({ scriptId, url }) => scripts.set(scriptId, url),
      'Debugger.paused': (event) => void stopped(event),
    },
    goOn: () => send('Debugger.resume'),
    /** Functions that have run since the last time, by file. */
    async ran() {
      const { result } = await send('Profiler.takePreciseCoverage');
      const functions = new Map();
      for (const { url, functions: all } of result) {
        // One without a name at the start of its script is the script itself.
        const called = all.filter(
          ({ functionName, ranges: [{ startOffset, count }] }) => count > 0 && (functionName || startOffset),
        );
        for (const file of fileOf(url, isOurs)) if (called.length > 0) functions.set(file, called.length);
      }
      return functions;
    },
  };
}

/** The files among `all` that `file` imports something from that is there at run time. */
function importedBy(file, all) {
  const imports = /^(?:import|export) (?!type )([^;]*?) from '([^']+)'|import\('([^']+)'\)/gm;
  return [...readFileSync(file, 'utf8').matchAll(imports)].flatMap(([, names = '', from, late]) => {
    const path = from ?? late;
    if (path.startsWith('.')) return [join(dirname(file), path)];
    if (!path.startsWith('@portage/')) return [];
    // A package's entry is a list of names; a reader goes to where they are.
    const exported = new RegExp(`^export .*\\b(${names.match(/\w+/g)?.join('|')})\\b`, 'm');
    const folder = join(root, 'packages', path.split('/')[1], 'src/');
    return all.filter((each) => each.startsWith(folder) && exported.test(readFileSync(each, 'utf8')));
  });
}

/** Uploads a file until its first byte, and returns what ran: `frames` by file, and `all` files with their functions. */
async function follow(which, isOurs) {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error));
  const session = await page.context().newCDPSession(page);
  /** The worker has a session of its own, inside of the page's. */
  const replies = new Map();
  let started;
  const workerStarted = new Promise((done) => {
    started = done;
  });
  let worker;
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result, method, params } = JSON.parse(message);
    if (id) replies.get(id)?.(result);
    else worker?.on[method]?.(params);
  });
  session.on('Target.attachedToTarget', async ({ sessionId }) => {
    let last = 0;
    const send = (method, params = {}) =>
      new Promise((reply) => {
        replies.set(++last, reply);
        const message = JSON.stringify({ id: last, method, params });
        session.send('Target.sendMessageToTarget', { sessionId, message });
      });
    worker = watch(send, isOurs);
    await worker.begin();
    await send('Runtime.runIfWaitingForDebugger');
    started();
  });
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: false });

  const main = watch((method, params) => session.send(method, params), isOurs);
  for (const [event, listener] of Object.entries(main.on)) session.on(event, listener);
  await page.goto(`${server.resolvedUrls.local[0]}?with=${which}`);
  await page.waitForFunction(() => window.uppy !== undefined);
  // What is loaded late is there before anybody picks a file.
  await page.waitForLoadState('networkidle');
  await main.begin();
  await main.ran();
  page
    .evaluate((size) => {
      const data = new File([new Uint8Array(size)], 'film.mp4');
      setTimeout(() => window.uppy.addFile({ name: 'film.mp4', data }));
    }, SIZE)
    .catch(() => {});
  await main.sent;
  const frames = [...main.frames];
  const all = await main.ran();
  await main.goOn();
  if (which === 'portage') {
    await workerStarted;
    await worker.sent;
    frames.push(...worker.frames);
    for (const [file, functions] of await worker.ran()) all.set(file, (all.get(file) ?? 0) + functions);
  }
  await page.close({ runBeforeUnload: false });
  return { frames, all };
}

const lines = (files) => files.reduce((total, file) => total + readFileSync(file, 'utf8').split('\n').length - 1, 0);
const count = (files) => `${files.length} files, ${lines(files)} lines`;
for (const [which, { name, isOurs }] of Object.entries(UPLOADERS)) {
  const { frames, all } = await follow(which, isOurs);
  const ran = [...all.keys()].filter((file) => existsSync(file)).sort();
  const way = ran.filter((file) => frames.includes(file));
  const toRead = ran.filter((file) => way.includes(file) || way.some((each) => importedBy(each, ran).includes(file)));
  for (const file of ran) {
    const mark = way.includes(file) ? 'on the way' : toRead.includes(file) ? 'to read' : '';
    console.log(
      `${mark.padEnd(10)}  ${String(all.get(file)).padStart(3)} functions  ${relative(root, file).slice(-70)}`,
    );
  }
  console.log(`${name}: on the way ${count(way)}; to read ${count(toRead)}; all that ran ${count(ran)}\n`);
}

await browser.close();
await server.close();
await backend.close();
