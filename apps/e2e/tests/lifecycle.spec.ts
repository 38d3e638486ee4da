/** An app takes away what it put in: nothing is left behind, neither in the page nor in the store. */
import { expect, MiB, test } from '../support/fixtures.ts';
import { openHarness, portageServer, uppySigner } from '../support/harness.ts';

const PART = 5 * MiB;
const OPTIONS = { partSize: PART, multipartThreshold: PART };

for (const how of ['cancelAll', 'removeFile', 'clear'] as const) {
  test(`${how}() while the upload is being created leaves no orphan in the store`, async ({
    page,
    backend,
    faults,
    serve,
    makeFile,
  }) => {
    const { store, bucket } = backend;
    faults.intercept = ({ operation }) =>
      operation === 'CreateMultipartUpload' ? { kind: 'latency', ms: 500 } : undefined;
    const uploading = await openHarness(page, await serve('harness'), portageServer(backend), OPTIONS);
    await uploading.send(await makeFile('film.mp4', 4 * PART));
    await expect.poll(() => store.journal.inFlight()).toBeGreaterThan(0);
    await page.evaluate((how) => {
      const { uppy } = window.harness;
      if (how === 'removeFile') for (const { id } of uppy.getFiles()) uppy.removeFile(id);
      else uppy[how]();
    }, how);
    await uploading.finish();
    await expect.poll(() => store.journal.requests({ operation: 'AbortMultipartUpload' }).length).toBe(1);
    expect(store.multipartUploads(bucket)).toEqual([]);
    expect(store.journal.requests({ operation: 'UploadPart' })).toEqual([]);
  });
}

for (const how of ['removePlugin', 'destroy'] as const) {
  test(`${how}() in mid-upload takes every listener and timer with it`, async ({
    page,
    context,
    backend,
    faults,
    serve,
    makeFile,
  }) => {
    // Counts what is listened to on the window and the document, and timers that are set.
    await page.addInitScript(() => {
      const live = new Set<string>();
      const timers = new Set<number>();
      Object.assign(window, { left: () => ({ listeners: [...live], timers: timers.size }) });
      const ids = new WeakMap<object, number>();
      let next = 0;
      for (const [name, target] of [
        ['window', window],
        ['document', document],
      ] as const) {
        const key = (event: string, fn: object) => {
          ids.set(fn, ids.get(fn) ?? ++next);
          return `${name} ${event} ${ids.get(fn)}`;
        };
        const { addEventListener, removeEventListener } = target;
        target.addEventListener = (event: string, fn: EventListener, options?: object) => {
          live.add(key(event, fn));
          addEventListener.call(target, event, fn, options);
        };
        target.removeEventListener = (event: string, fn: EventListener, options?: object) => {
          live.delete(key(event, fn));
          removeEventListener.call(target, event, fn, options);
        };
      }
      const { setTimeout, clearTimeout } = window;
      window.setTimeout = ((fn: () => void, ms?: number) => {
        const id = setTimeout(() => {
          timers.delete(id);
          fn();
        }, ms) as unknown as number;
        timers.add(id);
        return id;
      }) as typeof window.setTimeout;
      window.clearTimeout = (id) => {
        timers.delete(id as number);
        clearTimeout(id);
      };
    });
    faults.intercept = () => ({ kind: 'bandwidth', bytesPerSecond: MiB });
    const uploading = await openHarness(page, await serve('harness'), portageServer(backend), OPTIONS);
    const left = () =>
      page.evaluate(() => (window as unknown as { left(): { listeners: string[]; timers: number } }).left());
    const before = (await left()).listeners;
    await uploading.send(await makeFile('film.mp4', 8 * PART));
    await expect.poll(() => backend.store.journal.requests({ operation: 'UploadPart' }).length).toBeGreaterThan(2);
    // Offline, every part waits for its network with listeners of its own.
    await context.setOffline(true);
    await expect.poll(async () => Object.values(await uploading.snapshots())[0]?.status).toBe('offline');
    expect((await left()).listeners.length).toBeGreaterThan(before.length);
    await page.evaluate((how) => {
      const { uppy, plugin } = window.harness;
      if (how === 'destroy') uppy.destroy();
      else uppy.removePlugin(plugin as never);
    }, how);
    await context.setOffline(false);
    // Uppy's own go with `destroy()` only.
    await expect.poll(left).toEqual({ listeners: how === 'destroy' ? [] : before, timers: 0 });
  });
}

for (const how of ['removePlugin', 'destroy'] as const) {
  test(`${how}() while the upload is being created lets go of its lock, and the next page goes on`, async ({
    page,
    backend,
    faults,
    serve,
    makeFile,
  }) => {
    const { store, bucket } = backend;
    faults.intercept = ({ operation }) =>
      operation === 'CreateMultipartUpload' ? { kind: 'latency', ms: 500 } : undefined;
    const url = await serve('harness');
    const file = await makeFile('film.mp4', 4 * PART);
    const uploading = await openHarness(page, url, portageServer(backend), OPTIONS);
    await uploading.send(file);
    await expect.poll(() => store.journal.inFlight()).toBeGreaterThan(0);
    await page.evaluate((how) => {
      const { uppy, plugin } = window.harness;
      if (how === 'destroy') uppy.destroy();
      else uppy.removePlugin(plugin as never);
    }, how);
    await store.journal.ended({ operation: 'CreateMultipartUpload' });

    // In the same page: a route was left and is opened again.
    await page.evaluate(([setup, options]) => window.setUp(setup, options), [portageServer(backend), OPTIONS] as const);
    const offers = () => page.evaluate(async () => (await window.harness.plugin.unfinished.list()).length);
    await expect.poll(offers).toBe(1);
    const locks = await page.evaluate(async () => {
      const { held = [] } = await navigator.locks.query();
      return held.filter(({ name }) => name?.startsWith('portage:')).length;
    });
    expect(locks).toBe(0);
    await uploading.send(file);
    expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
    expect(store.journal.requests({ operation: 'CreateMultipartUpload' })).toHaveLength(1);
    expect(store.multipartUploads(bucket)).toEqual([]);
  });
}

test('all uploaders of a page share one connection to the database, and the last one closes it', async ({
  page,
  backend,
  serve,
}) => {
  await page.addInitScript(() => {
    const connections = { opened: 0, closed: 0 };
    Object.assign(window, { connections });
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (...args: Parameters<typeof open>) {
      const request = open.apply(this, args);
      request.addEventListener('success', () => {
        connections.opened += 1;
      });
      return request;
    };
    const { close } = IDBDatabase.prototype;
    IDBDatabase.prototype.close = function () {
      connections.closed += 1;
      close.call(this);
    };
  });
  const counts = () =>
    page.evaluate(() => (window as unknown as { connections: { opened: number; closed: number } }).connections);
  await openHarness(page, await serve('harness'), portageServer(backend), OPTIONS);
  await page.evaluate(async (setup) => {
    const all = [window.harness];
    for (let mounts = 1; mounts < 20; mounts += 1) {
      window.setUp(setup);
      all.push(window.harness);
    }
    await Promise.all(all.map(({ plugin }) => plugin.unfinished.list()));
    Object.assign(window, { all });
  }, portageServer(backend));
  expect(await counts()).toEqual({ opened: 1, closed: 0 });
  await page.evaluate(() => {
    for (const { uppy } of (window as unknown as { all: Window['harness'][] }).all) uppy.destroy();
  });
  await expect.poll(counts).toEqual({ opened: 1, closed: 1 });
});

test('an app that deletes the database at log-out does not wait for the uploader', async ({ page, backend, serve }) => {
  await openHarness(page, await serve('harness'), portageServer(backend), OPTIONS);
  const outcome = await page.evaluate(async () => {
    await window.harness.plugin.unfinished.list();
    const deleting = indexedDB.deleteDatabase('portage');
    return new Promise<string>((resolve) => {
      deleting.onsuccess = () => resolve('deleted');
      deleting.onblocked = () => resolve('blocked');
    });
  });
  expect(outcome).toBe('deleted');
  expect(await page.evaluate(() => window.harness.plugin.unfinished.list()), 'it is there again').toEqual([]);
});

test('removePlugin() in mid-upload fails what is on its way, and nothing counts as stored', async ({
  page,
  backend,
  faults,
  serve,
  makeFile,
}) => {
  faults.intercept = ({ key }) => (key?.endsWith('big.bin') ? { kind: 'bandwidth', bytesPerSecond: MiB } : undefined);
  const uploading = await openHarness(page, await serve('harness'), uppySigner(backend), OPTIONS);
  await uploading.add(await makeFile('small.bin', 1000), await makeFile('big.bin', 4 * PART));
  // One from Companion, as a provider's plugin adds it: its upload never ends.
  await page.evaluate(() => {
    const { uppy } = window.harness;
    const client = { uploadRemoteFile: () => new Promise<void>(() => {}) };
    uppy.registerRequestClient('a provider', client as never);
    uppy.addFile({
      name: 'remote.bin',
      type: 'text/plain',
      data: { size: 10 },
      isRemote: true,
      remote: { requestClientId: 'a provider', body: {} },
    } as never);
  });
  await page.evaluate(() => {
    const { uppy } = window.harness;
    window.uploading = uppy.upload().then((result) => ({
      successful: result?.successful?.map(({ name }) => name),
      failed: result?.failed?.map(({ name }) => name),
    }));
  });
  const statusOf = async (name: string) => (await uploading.snapshots())[name]?.status;
  await expect.poll(() => statusOf('small.bin')).toBe('complete');
  await expect.poll(() => statusOf('big.bin')).toBe('uploading');
  await page.evaluate(() => {
    const { uppy, plugin } = window.harness;
    uppy.removePlugin(plugin as never);
  });
  expect(await page.evaluate(() => window.uploading)).toEqual({
    successful: ['small.bin'],
    failed: ['big.bin', 'remote.bin'],
  });
  expect(backend.store.objects(backend.bucket)).toHaveLength(1);
});

test('resetProgress() and upload() stores a completed file once more', async ({ page, backend, serve, makeFile }) => {
  const uploading = await openHarness(page, await serve('harness'), portageServer(backend), OPTIONS);
  await uploading.send(await makeFile('film.mp4', 2 * PART));
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  await page.evaluate(() => window.harness.uppy.resetProgress());
  await uploading.start();
  expect(await uploading.finish()).toEqual({ successful: ['film.mp4'], failed: [] });
  expect(backend.store.objects(backend.bucket)).toHaveLength(2);
});

test('Companion is told no field of a remote file that `allowedMetaFields` leaves out', async ({
  page,
  backend,
  serve,
}) => {
  const options = { ...OPTIONS, allowedMetaFields: ['album'] };
  await openHarness(page, await serve('harness'), uppySigner(backend), options);
  const told = await page.evaluate(async () => {
    const { uppy, plugin } = window.harness;
    const told: unknown[] = [];
    const client = {
      uploadRemoteFile: async (file: { id: string }, { metadata }: { metadata: unknown }) => {
        told.push(metadata);
        uppy.emit('upload-success', uppy.getFile(file.id) as never, { status: 200, body: {} });
      },
    };
    uppy.registerRequestClient('a provider', client as never);
    const add = (name: string) =>
      uppy.addFile({
        name,
        type: 'text/plain',
        data: { size: 10 },
        isRemote: true,
        meta: { album: 'spring', diagnosis: 'private', name },
        remote: { requestClientId: 'a provider', body: {} },
      } as never);
    add('one.txt');
    await uppy.upload();
    plugin.setOptions({ allowedMetaFields: ['name'] } as never);
    add('two.txt');
    await uppy.upload();
    return told;
  });
  expect(told).toEqual([{ album: 'spring' }, { name: 'two.txt' }]);
});
