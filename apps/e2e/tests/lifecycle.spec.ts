/** An app takes away what it put in: nothing is left behind, neither in the page nor in the store. */
import { expect, MiB, test } from '../support/fixtures.ts';
import { openHarness, portageServer } from '../support/harness.ts';

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
    await uploading.add(await makeFile('film.mp4', 4 * PART));
    await uploading.start();
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
    await uploading.add(await makeFile('film.mp4', 8 * PART));
    await uploading.start();
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
