import type { UploadSnapshot, Uploads, UploadTotals } from '@portage/uppy';
import { BasePlugin, type PluginOpts, type Uppy } from '@uppy/core';
import type { Body, Meta } from '@uppy/core/utils';

/** Files under way at a time, as in a browser with six connections. */
const LANES = 6;
/** A file takes so many steps of 100 ms. */
const STEPS = 3;

const COUNTS = {
  ...{
    queued: 0,
    preparing: 0,
    resuming: 0,
    uploading: 0,
    retrying: 0,
    offline: 0,
    paused: 0,
    verifying: 0,
    complete: 0,
    failed: 0,
    canceled: 0,
  },
};

/** An uploader without a network, the same for both sides: it tells Uppy of progress, and our parts of the same. */
export class FakeUploader<M extends Meta, B extends Body> extends BasePlugin<PluginOpts, M, B> implements Uploads {
  readonly #snapshots = new Map<string, UploadSnapshot>();
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #totalsListeners = new Set<() => void>();
  readonly #waiting: Array<() => void> = [];
  #free = LANES;
  #counts = { ...COUNTS };
  #loaded = 0;
  #total = 0;
  #totals: UploadTotals | undefined;

  constructor(uppy: Uppy<M, B>, opts: PluginOpts = {}) {
    super(uppy, opts);
    this.type = 'uploader';
    this.id = 'FakeUploader';
    uppy.setState({ capabilities: { ...uppy.getState().capabilities, resumableUploads: true } });
    uppy.addUploader(async (ids) => {
      for (const id of ids) this.#put(id, 'queued', 0);
      await Promise.all(ids.map((id) => this.#run(id)));
    });
    uppy.on('file-removed', ({ id }) => this.#forget(id));
    setInterval(() => {
      for (const listener of this.#totalsListeners) listener();
    }, 100);
  }

  get uploads(): Uploads {
    return this;
  }

  get(id: string): UploadSnapshot | undefined {
    return this.#snapshots.get(id);
  }

  subscribe(id: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  totals(): UploadTotals {
    const percent = this.#total === 0 ? 0 : (this.#loaded / this.#total) * 100;
    const progress = { loaded: this.#loaded, total: this.#total, percent, speed: 1e6, eta: 60 };
    this.#totals ??= { counts: { ...this.#counts }, progress };
    return this.#totals;
  }

  subscribeTotals(listener: () => void): () => void {
    this.#totalsListeners.add(listener);
    return () => this.#totalsListeners.delete(listener);
  }

  async #run(id: string): Promise<void> {
    if (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#free -= 1;
    for (let step = 1; step <= STEPS; step++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      const file = this.uppy.getFile(id);
      if (!file) break;
      const bytesTotal = file.size ?? 0;
      this.#put(id, step === STEPS ? 'complete' : 'uploading', (step / STEPS) * 100);
      const bytesUploaded = (bytesTotal * step) / STEPS;
      this.uppy.emit('upload-progress', file, { uploadStarted: Date.now(), bytesUploaded, bytesTotal });
      if (step === STEPS) this.uppy.emit('upload-success', this.uppy.getFile(id), { status: 200, body: {} as B });
    }
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }

  #put(id: string, status: UploadSnapshot['status'], percent: number): void {
    this.#forget(id);
    const total = this.uppy.getFile(id)?.size ?? 0;
    const progress = { loaded: (total * percent) / 100, total, percent, speed: 1e6, eta: 1 };
    this.#snapshots.set(id, { status, progress, retryAt: undefined, error: undefined });
    this.#add(status, progress, 1);
    for (const listener of this.#listeners.get(id) ?? []) listener();
  }

  #forget(id: string): void {
    const before = this.#snapshots.get(id);
    if (!before) return;
    this.#snapshots.delete(id);
    this.#add(before.status, before.progress, -1);
  }

  #add(status: UploadSnapshot['status'], { loaded, total }: { loaded: number; total: number }, by: 1 | -1): void {
    this.#counts[status] += by;
    this.#loaded += by * loaded;
    this.#total += by * total;
    this.#totals = undefined;
  }
}
