import {
  type DiagnosticsExport,
  isUploadError,
  type UnfinishedUploads,
  type UploadError,
  type UploadSnapshot,
  type UploadStatus,
  type Uploads,
  type UploadTotals,
} from '@portage/uppy';
import { BasePlugin, type PluginOpts, Uppy } from '@uppy/core';
import type { Body, Meta } from '@uppy/core/utils';
import type { Limits } from '../state/refusal.ts';

/** A file of a scene, as it should look. */
export interface SceneFile {
  readonly name: string;
  /** Where it was in the folder that was picked, such as `trip/lake.jpg`. @default it came by itself */
  readonly path?: string;
  /** In bytes. @default 48,000,000 */
  readonly size?: number;
  /** Not started yet, if absent. */
  readonly status?: UploadStatus;
  /** 0 to 100. @default 0, and 100 once all is sent */
  readonly percent?: number;
  /** Bytes per second. @default 8,400,000 while uploading */
  readonly speed?: number;
  /** The browser shows nothing of what is sent. @default false */
  readonly unseen?: boolean;
  readonly retryAt?: number;
  readonly error?: {
    readonly code: string;
    readonly message: string;
    readonly hint: string;
    /** @default true */
    readonly retryable?: boolean;
  };
}

export const STATUSES: readonly UploadStatus[] = [
  'queued',
  'preparing',
  'resuming',
  'uploading',
  'retrying',
  'offline',
  'paused',
  'verifying',
  'complete',
  'failed',
  'canceled',
];

/** Stands in for `PortageS3`: its uploads are what they are set to, and its buttons do what they say. */
export class ScriptedUploads<M extends Meta, B extends Body> extends BasePlugin<PluginOpts, M, B> implements Uploads {
  readonly #snapshots = new Map<string, UploadSnapshot>();
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #totalsListeners = new Set<() => void>();
  #totals: UploadTotals | undefined;
  /** What an earlier page left; see `scriptedUnfinished`. */
  unfinished: UnfinishedUploads | undefined;
  /** What happened to any file's upload. */
  diagnostics: DiagnosticsExport | undefined;

  constructor(uppy: Uppy<M, B>, opts: PluginOpts = {}) {
    super(uppy, opts);
    this.type = 'uploader';
    this.id = 'ScriptedUploads';
    uppy.setState({ capabilities: { ...uppy.getState().capabilities, resumableUploads: true } });
    uppy.on('upload-pause', (file, isPaused) => file && this.#patch(file.id, isPaused ? 'paused' : 'uploading'));
    uppy.on('pause-all', () => this.#patchAll(['uploading', 'retrying', 'offline', 'queued', 'preparing'], 'paused'));
    uppy.on('resume-all', () => this.#patchAll(['paused'], 'uploading'));
    uppy.on('upload-retry', (file) => this.#patch(file.id, 'uploading'));
    uppy.on('retry-all', () => this.#patchAll(['failed'], 'uploading'));
    uppy.on('file-removed', (file) => {
      this.#snapshots.delete(file.id);
      this.#changed(file.id);
    });
  }

  get uploads(): Uploads {
    return this;
  }

  async exportDiagnostics(): Promise<DiagnosticsExport | undefined> {
    return this.diagnostics;
  }

  /** How many listeners there are, of files and of the totals. */
  get listenerCount(): number {
    return [...this.#listeners.values()].reduce((sum, { size }) => sum + size, this.#totalsListeners.size);
  }

  put(id: string, snapshot: UploadSnapshot): void {
    this.#snapshots.set(id, snapshot);
    this.#changed(id);
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
    this.#totals ??= totalsOf([...this.#snapshots.values()]);
    return this.#totals;
  }

  subscribeTotals(listener: () => void): () => void {
    this.#totalsListeners.add(listener);
    return () => this.#totalsListeners.delete(listener);
  }

  #patchAll(from: readonly UploadStatus[], status: UploadStatus): void {
    for (const [id, snapshot] of this.#snapshots) if (from.includes(snapshot.status)) this.#patch(id, status);
  }

  #patch(id: string, status: UploadStatus): void {
    const before = this.#snapshots.get(id);
    if (before) this.put(id, { ...before, status, error: undefined, retryAt: undefined });
  }

  #changed(id: string): void {
    this.#totals = undefined;
    for (const listener of [...(this.#listeners.get(id) ?? [])]) listener();
    for (const listener of [...this.#totalsListeners]) listener();
  }
}

/** An Uppy with these files in these states, and no network. */
export function createScene(
  files: readonly SceneFile[],
  options: {
    readonly restrictions?: Limits;
    readonly autoStart?: boolean;
    readonly unfinished?: UnfinishedUploads;
    readonly endpoint?: string;
  } = {},
): { uppy: Uppy; uploads: ScriptedUploads<Meta, Record<string, never>>; ids: string[] } {
  const uppy = new Uppy({ logger: { debug() {}, warn() {}, error() {} } }).use(ScriptedUploads, {
    ...(options.endpoint && { endpoint: options.endpoint }),
  } as object);
  const uploads = uppy.getPlugin<ScriptedUploads<Meta, Record<string, never>>>('ScriptedUploads');
  if (!uploads) throw new Error('Uppy lost its plugin.');
  uploads.unfinished = options.unfinished;
  const ids = files.map(({ name, path, size = 48_000_000 }) =>
    uppy.addFile({ name, data: fileOfSize(name, size), meta: path === undefined ? {} : { relativePath: path } }),
  );
  // Set afterwards, so that nothing starts by itself, and a scene can show what its limits would refuse.
  uppy.setOptions({ autoProceed: options.autoStart ?? true, restrictions: { ...options.restrictions } as object });
  files.forEach((file, index) => {
    const id = ids[index];
    if (id === undefined || file.status === undefined) return;
    if (file.status === 'paused') uppy.setFileState(id, { isPaused: true });
    uploads.put(id, snapshotOf(file, file.status));
  });
  return { uppy, uploads, ids };
}

/** A file that says it has a size, and takes none of the memory. */
export function fileOfSize(name: string, size: number, type = ''): File {
  return withSize(new File([], name, { type, lastModified: 0 }), size);
}

/** The same file, which says that it is so large. */
export const withSize = (file: File, size: number): File => Object.defineProperty(file, 'size', { value: size });

export function snapshotOf({ size = 48_000_000, ...file }: SceneFile, status: UploadStatus): UploadSnapshot {
  const percent = file.percent ?? (status === 'complete' || status === 'verifying' ? 100 : 0);
  const speed = file.speed ?? (status === 'uploading' ? 8_400_000 : 0);
  const loaded = (size * percent) / 100;
  return {
    status,
    progress: {
      ...{ loaded, total: size, percent, speed },
      eta: speed > 0 ? (size - loaded) / speed : undefined,
      ...(file.unseen && { unseen: true }),
    },
    retryAt: file.retryAt,
    error: file.error && errorOf(file.error),
  };
}

function errorOf(error: NonNullable<SceneFile['error']>): UploadError {
  if (isUploadError(error)) return error;
  const { code, message, hint, retryable = true } = error;
  return Object.assign(new Error(message), { name: 'ScriptedError', code, hint, retryable });
}

function totalsOf(snapshots: readonly UploadSnapshot[]): UploadTotals {
  const count = (status: UploadStatus) => snapshots.filter((snapshot) => snapshot.status === status).length;
  const counts = Object.fromEntries(STATUSES.map((status) => [status, count(status)])) as UploadTotals['counts'];
  const live = snapshots.filter(({ status }) => status !== 'failed' && status !== 'canceled');
  const sum = (read: (snapshot: UploadSnapshot) => number) => live.reduce((total, item) => total + read(item), 0);
  const loaded = sum(({ progress }) => progress.loaded);
  const total = sum(({ progress }) => progress.total);
  const speed = sum(({ progress }) => progress.speed);
  const percent = total === 0 ? 0 : (loaded / total) * 100;
  return { counts, progress: { loaded, total, percent, speed, eta: speed > 0 ? (total - loaded) / speed : undefined } };
}
