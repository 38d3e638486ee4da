/** All that uploads: the one module that the plugin loads late. It gives the engine what it needs of the browser. */
import {
  type Backend,
  type Connectivity,
  createEngine,
  type Engine,
  RemoteRefusedError,
  type UploadError,
} from '@portage/engine';
import type { Uppy } from '@uppy/core';
import type { Body, Meta } from '@uppy/core/utils';
import { arriving } from '../arriving.ts';
import { createWireBackend } from '../backends/wire-backend.ts';
import { createRecorder, type DiagnosticsExport } from '../diagnostics/recorder.ts';
import type { PacksDoor } from '../packs/packs-types.ts';
import { throughPacks } from '../packs/through-packs.ts';
import { type RegionsDoor, throughRegions } from '../regions/through-regions.ts';
import { createResume } from '../resume/resume.ts';
import type { UnfinishedUploads } from '../resume/unfinished.ts';
import { isAsked } from '../sending/asks.ts';
import type { FileRange } from '../sending/file-range.ts';
import { withKnownStore } from '../sending/known-store.ts';
import { offThread } from '../sending/worker/off-thread.ts';
import { timerClock } from '../timer-clock.ts';
import type { InnerAwsS3 } from './inner-aws-s3.ts';
import type { PortageS3Options } from './options.ts';
import type { UploadRegistry } from './uploads.ts';

export interface Uploader {
  /** Undefined with `engine: 'uppy'`. */
  readonly engine: Engine<FileRange> | undefined;
  /** Uploads that an earlier page began; none where nothing is remembered. */
  readonly unfinished: (() => Promise<UnfinishedUploads>) | undefined;
  /** Has the worker started, where one may be. */
  wake(): void;
  /** Whether what is stored of a file is kept for whoever picks it again. Lets go of its upload. */
  release(fileID: string): boolean;
  /** Whether a later page can go on with what was begun for the file. */
  keeps(fileID: string): boolean;
  /**
   * Uppy's own uploader, for remote files; asked for again where it did not arrive.
   * @throws RemoteRefusedError with an upload server of ours, which cannot be told of remote files; what `end` was told, after it.
   */
  inner(): Promise<InnerAwsS3>;
  /** What happened to a file's upload. */
  diagnosticsOf(fileID: string): Promise<DiagnosticsExport | undefined>;
  /** Lets other tabs go on with what was begun here. Remote files that are on their way fail with `error`. */
  end(error: UploadError): void;
}

export interface UploaderContext<M extends Meta, B extends Body> {
  readonly uppy: Uppy<M, B>;
  /** The plugin's. */
  readonly id: string;
  /** As they were at the start. */
  readonly options: PortageS3Options<M, B>;
  /** As they are now. */
  readonly current: PortageS3Options<M, B>;
  readonly registry: UploadRegistry;
  /** What is sent of a file, and not what it may have become since. */
  readonly sent: (fileID: string) => Blob | undefined;
}

export async function createUploader<M extends Meta, B extends Body>(
  context: UploaderContext<M, B>,
): Promise<Uploader> {
  const { uppy, id, options, current, registry, sent } = context;
  const recorder = createRecorder();
  const thread = offThread(options.worker !== false);
  const isOurs = options.engine !== 'uppy';
  const onRenewed = (before: string, after: string) => void resume?.backend.renewed(before, after);
  const packs = throughPacks(uppy as unknown as Uppy, thread);
  const regions = throughRegions(uppy as unknown as Uppy, packs.transport);
  const plain = isOurs ? await backendFor(context, onRenewed, regions, packs) : undefined;
  const resume =
    plain && options.resume !== false && typeof indexedDB !== 'undefined'
      ? createResume({ backend: plain, options: current, uppy: uppy as unknown as Uppy, source: id, sent })
      : undefined;
  const backend = resume?.backend ?? plain;
  let inner: Promise<InnerAwsS3> | undefined;
  let ended: UploadError | undefined;

  async function loadInner(): Promise<InnerAwsS3> {
    try {
      const { installInnerAwsS3 } = await arriving(import('./inner-aws-s3.ts'));
      if (ended) throw ended;
      return installInnerAwsS3(uppy, current, registry);
    } catch (cause) {
      inner = undefined;
      throw cause;
    }
  }

  const uploader: Uploader = {
    engine: backend && engineFor(backend),
    unfinished: resume?.unfinished,
    wake: thread.wake,
    release: (fileID) => resume?.backend.release(fileID) === true,
    keeps: (fileID) => resume?.backend.keeps(fileID) === true,
    async inner() {
      // Companion would put it into a bucket of its own, and nobody would have asked our server.
      if ('endpoint' in options) throw new RemoteRefusedError();
      if (ended) throw ended;
      inner ??= loadInner();
      return inner;
    },
    async diagnosticsOf(fileID) {
      const record = await recorder.export(fileID);
      return record && { ...record, region: regions.late?.report(fileID) };
    },
    end(error) {
      ended = error;
      resume?.backend.releaseAll();
      regions.end();
      inner?.then((loaded) => loaded.uninstall(error)).catch(() => {});
    },
  };

  function engineFor(backend: Backend): Engine<FileRange> {
    const ports = {
      ...withKnownStore(backend, regions.transport),
      packs: packs.pays,
      checksums: thread.checksums,
      clock: {
        now: timerClock.now,
        // Browsers slow the timers of a hidden page down, to one a minute after a while.
        after: (ms: number, fn: () => void) => (document.hidden ? thread : timerClock).after(ms, fn),
      },
      random: Math.random,
      connectivity: browserConnectivity,
    };
    return createEngine(ports, {
      concurrency: options.concurrency ?? options.limit,
      bandwidthLimit: () => current.bandwidthLimit,
      looksAgain: () => current.secondLook !== false,
      trace: recorder.trace,
    });
  }

  // Only an upload server of ours has nothing of its own for remote files.
  if (!('endpoint' in options)) uploader.inner().catch((error) => uppy.log(error, 'error'));
  return uploader;
}

async function backendFor<M extends Meta, B extends Body>(
  { uppy, current }: UploaderContext<M, B>,
  onRenewed: (before: string, after: string) => void,
  regions: RegionsDoor,
  packs: PacksDoor,
): Promise<Backend> {
  const getFile = (id: string) => uppy.getFile(id);
  if ('endpoint' in current) return regions.around(createWireBackend(current, onRenewed, getFile, regions, packs));
  const backend =
    'companionEndpoint' in current
      ? (await arriving(import('../backends/companion-backend.ts'))).createCompanionBackend(current)
      : (await arriving(import('../backends/direct-backend.ts'))).createDirectBackend(current, getFile);
  return {
    ...backend,
    async create(intent, signal) {
      // Uppy's own plugin began it on an earlier page, and Golden Retriever brought it back with its file.
      const left = getFile(intent.id)?.s3Multipart;
      return left
        ? (await arriving(import('./go-on-from-uppy.ts'))).goOnFromUppy(backend, left, intent, signal)
        : backend.create(intent, signal);
    },
  };
}

/** When a browser may have its network back: it says so, or the page is looked at or woken again. */
const WAKE_EVENTS: readonly [target: 'window' | 'document', event: string][] = [
  ['window', 'online'],
  ['window', 'pageshow'],
  ['document', 'visibilitychange'],
  ['document', 'resume'],
];

const browserConnectivity: Connectivity = {
  online: () => navigator.onLine,
  // Chromium's alone; elsewhere nobody can say. https://developer.mozilla.org/docs/Web/API/NetworkInformation
  savesData: () => (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true,
  isHeld: isAsked,
  between: () => navigator.serviceWorker?.controller ?? undefined,
  onWake(listener) {
    const wake = () => {
      if (document.visibilityState === 'visible' || navigator.onLine) listener();
    };
    for (const [target, event] of WAKE_EVENTS) globalThis[target].addEventListener(event, wake);
    return () => {
      for (const [target, event] of WAKE_EVENTS) globalThis[target].removeEventListener(event, wake);
    };
  },
};
