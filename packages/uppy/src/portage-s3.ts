/** The Uppy plugin: takes files as Uppy hands them over and has the engine upload them. */
import {
  AppCallbackError,
  type Backend,
  type Engine,
  FileUnreadableError,
  type Intent,
  isUploadError,
  type UploadError,
} from '@portage/engine';
import { MAX_PARTS_PER_SIGN } from '@portage/protocol';
import { BasePlugin, type State, type Uppy } from '@uppy/core';
import {
  type Body,
  filterFilesToEmitUploadStarted,
  filterFilesToUpload,
  getAllowedMetaFields,
  type LocalUppyFile,
  type Meta,
  type UppyFile,
} from '@uppy/core/utils';
import { arriving } from './arriving.ts';
import { browserConnectivity, browserRandom } from './browser-ports.ts';
import type { DiagnosticsExport } from './diagnostics/recorder.ts';
import { createDiagnosis } from './diagnostics/trace.ts';
import type { FileRange } from './file-range.ts';
import { type FileUpload, startFileUpload } from './file-upload.ts';
import type { InnerAwsS3 } from './inner-aws-s3.ts';
import { isBlob } from './is-blob.ts';
import { lazyPort } from './lazily.ts';
import { lazyEngine } from './lazy-engine.ts';
import { lazyFailures } from './lazy-failures.ts';
import { type LazyThread, lazyThread } from './lazy-thread.ts';
import { checkOptions, type PortageS3Options, wishedPartSize } from './options.ts';
import type { OtherPlugins } from './other-plugins.ts';
import { createResume, NONE_UNFINISHED } from './resume/lazy-resume.ts';
import type { ResumingBackend } from './resume/resuming-backend.ts';
import type { UnfinishedUploads } from './resume/unfinished.ts';
import { BATCH } from './s3-batch.ts';
import { tell } from './tell.ts';
import { UploadRegistry, type Uploads } from './uploads.ts';

/**
 * Uploads to S3 in parallel parts that survive the network. In place of `@uppy/aws-s3`, with its options or with the
 * `endpoint` of Portage's own upload server.
 *
 * @example uppy.use(PortageS3, { endpoint: '/api/uploads' })
 * @example uppy.use(PortageS3, { signRequest })
 */
export class PortageS3<M extends Meta, B extends Body> extends BasePlugin<PortageS3Options<M, B>, M, B> {
  /** The options as the backend reads them at each call. */
  readonly #current: PortageS3Options<M, B>;
  readonly #registry = new UploadRegistry();
  readonly #uploads = new Map<string, FileUpload>();
  readonly #diagnosis = createDiagnosis();
  #engine: Engine<FileRange> | undefined;
  #thread: LazyThread | undefined;
  /** Uppy's own uploader, loaded where it may be needed. */
  #inner: Promise<InnerAwsS3> | undefined;
  #installed = false;
  #others: OtherPlugins | undefined;
  #resuming: ResumingBackend | undefined;
  #unfinished: UnfinishedUploads = NONE_UNFINISHED;

  /** Throws a TypeError on options that are missing or of the wrong kind. */
  constructor(uppy: Uppy<M, B>, opts: PortageS3Options<M, B>) {
    super(uppy, opts);
    this.type = 'uploader';
    this.id = opts.id ?? 'PortageS3';
    checkOptions(opts);
    this.#current = { ...opts };
  }

  /** The uploads' state, for those who show it. */
  get uploads(): Uploads {
    return this.#registry;
  }

  /** Uploads that an earlier page began and did not finish. */
  get unfinished(): UnfinishedUploads {
    return this.#unfinished;
  }

  /**
   * What happened to a file's upload, as plain data that can be shown or sent to support: times, sizes, counts and codes;
   * no content, name, key, address or signature. Undefined where the file was not started here, where its record is no
   * longer among the newest 1,000, and with Uppy's own engine.
   */
  exportDiagnostics(fileID: string): Promise<DiagnosticsExport | undefined> {
    return this.#diagnosis.export(fileID);
  }

  /**
   * Takes new options for the files, parts and calls from now on, such as new `headers` or another `bandwidthLimit`. With
   * another `endpoint` or `route` new uploads go there, and those that were begun stay where they are. Whether there is an
   * `endpoint`, `concurrency`, `resume`, `worker` and `engine` stay what they were at the start. Throws a TypeError on
   * options of the wrong kind.
   */
  override setOptions(options: Partial<PortageS3Options<M, B>>): void {
    checkOptions({ ...this.opts, ...options } as PortageS3Options<M, B>);
    super.setOptions(options);
    Object.assign(this.#current, options);
  }

  override install(): void {
    // With an upload server of ours, only remote files go that way.
    if (!('endpoint' in this.opts)) this.#loadInner().catch((error) => this.uppy.log(error, 'error'));
    const { concurrency = this.opts.limit ?? 6 } = this.opts;
    if (this.opts.engine !== 'uppy') {
      this.#thread = lazyThread(this.opts.worker);
      const world = { ...this.#thread, random: browserRandom, connectivity: browserConnectivity };
      const backend = this.#remembering(this.#backend());
      const looksAgain = () => this.#current.secondLook !== false;
      const loadProving = async () =>
        (await arriving(import('@portage/engine/proving'))).createProving({ ...world, backend }, { looksAgain });
      const proving = lazyPort(loadProving, 'begin', 'sound', 'complete');
      const failures = lazyFailures(() => arriving(import('./failures.ts')));
      const ports = { ...world, backend, failures, proving };
      this.#engine = lazyEngine(async () => {
        const { createEngine } = await arriving(import('./start-engine.ts'));
        const { trace } = this.#diagnosis;
        return createEngine(ports, { concurrency, bandwidthLimit: () => this.#current.bandwidthLimit, trace });
      });
    }
    this.#installed = true;
    arriving(import('./other-plugins.ts')).then(
      ({ watchOthers }) => {
        if (this.#installed) this.#others = watchOthers(this.uppy, this.#uploads, this.#registry);
      },
      () => {},
    );
    this.#setResumable(true);
    this.uppy.addUploader(this.#upload);
    this.#listen('on');
  }

  override uninstall(): void {
    this.#installed = false;
    this.#others?.end();
    this.uppy.removeUploader(this.#upload);
    this.#listen('off');
    // `uppy.destroy()` has removed its files by now. What is still there would count as stored without an error.
    const error = new AppCallbackError('the uploader was removed.');
    for (const upload of this.#uploads.values()) upload.end(error);
    this.#uploads.clear();
    this.#registry.clear();
    this.#inner?.then((inner) => inner.uninstall(error)).catch(() => {});
    this.#inner = undefined;
    this.#resuming?.releaseAll();
    this.#setResumable(false);
  }

  #listen(how: 'on' | 'off'): void {
    const { uppy } = this;
    uppy[how]('file-removed', this.#onRemoved);
    uppy[how]('state-update', this.#onState);
    uppy[how]('upload-success', this.#onSuccess);
    uppy[how]('upload-pause', this.#onPause);
    uppy[how]('pause-all', this.#onPauseAll);
    uppy[how]('resume-all', this.#onResumeAll);
  }

  #backend(): Backend {
    const onRenewed = (before: string, after: string) => void this.#resuming?.renewed(before, after);
    return backendFor(this.#current, (id) => this.uppy.getFile(id), onRenewed);
  }

  /** Has uploads written down, and offers those of earlier pages. */
  #remembering(backend: Backend): Backend {
    if (this.opts.resume === false || typeof indexedDB === 'undefined') return backend;
    const { uppy, id: source } = this;
    // What is sent, not what the file may have become since.
    const sent = (fileID: string) => this.#uploads.get(fileID)?.data;
    const resume = createResume({ backend, options: this.#current, uppy: uppy as unknown as Uppy, source, sent });
    this.#unfinished = resume.unfinished;
    this.#resuming = resume.backend;
    return resume.backend;
  }

  /** Called by Uppy for new files, for retried ones, and, with two uploads at once, for files that are under way. */
  readonly #upload = async (fileIDs: string[], uploadID: string): Promise<void> => {
    const engine = this.#engine;
    if (!engine) {
      await this.#uploadInner(this.uppy.getFilesByIds(fileIDs), uploadID);
      return;
    }
    const files = filterFilesToUpload(this.uppy.getFilesByIds(fileIDs)) as UppyFile<M, B>[];
    const remote = files.filter((file) => file.isRemote);
    const local = files.filter((file): file is LocalUppyFile<M, B> => !file.isRemote);
    const idle = local.filter((file) => this.#uploads.get(file.id)?.active !== true);
    for (const { id, isPaused } of local) {
      const upload = this.#uploads.get(id);
      // Uppy takes the pause off a file that is to be tried again, and tells nobody.
      if (upload?.active && !isPaused) upload.resume();
    }
    this.#emitStart(idle);
    if (idle.length > 0) this.#thread?.wake();
    await this.#others?.settle(idle);
    for (const { id } of idle) {
      const file = this.uppy.getFile(id);
      if (file) this.#start(engine, file as LocalUppyFile<M, B>);
    }
    await Promise.all([
      ...local.map((file) => this.#uploads.get(file.id)?.settled),
      remote.length > 0 && this.#uploadInner(remote, uploadID),
    ]);
    this.#others?.forgetCleared(uploadID);
  };

  #loadInner(): Promise<InnerAwsS3> {
    this.#inner ??= arriving(import('./inner-aws-s3.ts')).then((module) =>
      module.installInnerAwsS3(this.uppy, this.#current, this.#registry),
    );
    return this.#inner;
  }

  async #uploadInner(files: UppyFile<M, B>[], uploadID: string): Promise<void> {
    let inner: InnerAwsS3;
    try {
      // Companion would put it into a bucket of its own, and nobody would have asked our server.
      if ('endpoint' in this.opts) throw new (await arriving(import('./remote-refused.ts'))).RemoteRefusedError();
      inner = await this.#loadInner();
    } catch (error) {
      // Asked for again when the person presses retry.
      this.#inner = undefined;
      for (const file of files) this.#refuse(file, isUploadError(error) ? error : new AppCallbackError(error));
      return;
    }
    await inner.upload(
      files.map((file) => file.id),
      uploadID,
    );
  }

  #emitStart(files: LocalUppyFile<M, B>[]): void {
    if (files.length === 0) return;
    tell(this.uppy, () => this.uppy.emit('upload-start', filterFilesToEmitUploadStarted(files) as UppyFile<M, B>[]));
  }

  #start(engine: Engine<FileRange>, file: LocalUppyFile<M, B>): void {
    const { data } = file;
    if (file.isGhost || !isBlob(data)) {
      this.#refuse(file, new FileUnreadableError());
      return;
    }
    const context = { uppy: this.uppy, engine, registry: this.#registry };
    const before = this.#uploads.get(file.id);
    try {
      const intent = this.#intentFor(file, data.size);
      if (before?.isOf(data, intent)) {
        before.retry();
        return;
      }
      before?.cancel();
      this.#uploads.set(file.id, startFileUpload(context, file, data, intent));
    } catch (error) {
      // `shouldUseMultipart` and `getChunkSize` are the app's; a file that was never sent must not count as stored.
      this.uppy.log(error, 'error');
      this.#refuse(file, new AppCallbackError(error));
    }
  }

  /** A file that cannot even begin. */
  #refuse(file: UppyFile<M, B>, error: UploadError): void {
    const progress = { loaded: 0, total: file.size ?? 0, percent: 0, speed: 0, eta: undefined };
    this.#registry.publish(file.id, { status: 'failed', progress, retryAt: undefined, error });
    tell(this.uppy, () => this.uppy.emit('upload-error', this.uppy.getFile(file.id), error));
  }

  #intentFor(file: LocalUppyFile<M, B>, size: number): Intent {
    const allowed = getAllowedMetaFields(this.opts.allowedMetaFields ?? true, file.meta);
    const meta = allowed.flatMap((name) => {
      const value: unknown = file.meta[name];
      return value === undefined || value === null ? [] : [[String(name), String(value)] as const];
    });
    return {
      id: file.id,
      name: file.name,
      size,
      type: file.type,
      ...wishedPartSize(this.opts, file, size),
      priority: this.opts.priority?.({ id: file.id, name: file.name, size, meta: file.meta }) || 0,
      meta: Object.fromEntries(meta),
    };
  }

  readonly #onRemoved = ({ id }: UppyFile<M, B>): void => {
    const upload = this.#uploads.get(id);
    this.#uploads.delete(id);
    this.#registry.remove(id);
    upload?.detach();
    // `uppy.destroy()` removes every file and then, in the same breath, this plugin. Those uploads are not unwanted: a
    // later page may go on with them. Nor is a file that is added again in the same breath, since it was picked again.
    // A file that a person removes is.
    queueMicrotask(() => {
      const resuming = this.#resuming;
      const isKept = this.#installed ? id in this.uppy.getState().files && resuming?.release(id) : resuming?.keeps(id);
      if (!isKept) upload?.cancel();
    });
  };

  /** Companion names what it has stored in S3's own words. The first listener of all has them said as for other files. */
  readonly #onSuccess = (file: UppyFile<M, B> | undefined, { body }: { body?: B | undefined }): void => {
    if (file?.isRemote && body) Object.assign(body, { key: body['Key'], location: body['Location'] });
  };

  /** Called at every change, so it must not count the files. */
  readonly #onState = (before: State<M, B>, { files }: State<M, B>, patch: Partial<State<M, B>> = {}): void => {
    if (patch.currentUploads) this.#fromTheStart(before.currentUploads, patch.currentUploads);
    for (const _ in files) return;
    // `uppy.clear()` takes all files away without a word.
    for (const id of [...this.#uploads.keys()]) this.#onRemoved({ id } as UppyFile<M, B>);
  };

  /** An upload that another page has begun: its step may be behind the uploader of this one, which would be passed over. */
  #fromTheStart(before: State<M, B>['currentUploads'], now: State<M, B>['currentUploads']): void {
    for (const [id, upload] of Object.entries(now)) {
      if (id in before || !upload.step) continue;
      const { currentUploads } = this.uppy.getState();
      this.uppy.setState({ currentUploads: { ...currentUploads, [id]: { ...upload, step: 0 } } });
    }
  }

  readonly #onPause = (file: UppyFile<M, B> | undefined, isPaused: boolean): void => {
    const upload = file && this.#uploads.get(file.id);
    if (isPaused) upload?.pause();
    else upload?.resume();
  };

  readonly #onPauseAll = (): void => {
    for (const upload of this.#uploads.values()) upload.pause();
  };

  readonly #onResumeAll = (): void => {
    for (const [id, upload] of this.#uploads) {
      upload.resume();
      // Uppy has just taken the error off every file, also off those that do not go on.
      const error = this.#registry.get(id)?.error;
      if (error && this.uppy.getFile(id)) this.uppy.setFileState(id, { error: error.message });
    }
  };

  #setResumable(resumableUploads: boolean): void {
    this.uppy.setState({ capabilities: { ...this.uppy.getState().capabilities, resumableUploads } });
  }
}

function backendFor<M extends Meta, B extends Body>(
  options: PortageS3Options<M, B>,
  getFile: (id: string) => UppyFile<M, B> | undefined,
  onRenewed: (before: string, after: string) => void,
): Backend {
  const isSigned = 'endpoint' in options || ('companionEndpoint' in options && Boolean(options.companionEndpoint));
  if (!(isSigned || 'signRequest' in options || 'getCredentials' in options)) {
    throw new TypeError(
      'PortageS3: one of `endpoint`, `signRequest`, `getCredentials` or `companionEndpoint` is needed.',
    );
  }
  const load = async (): Promise<Backend> => {
    if ('endpoint' in options)
      return (await arriving(import('./wire-backend.ts'))).createWireBackend(options, onRenewed, getFile);
    if ('companionEndpoint' in options)
      return (await arriving(import('./companion-backend.ts'))).createCompanionBackend(options);
    return (await arriving(import('./direct-backend.ts'))).createDirectBackend(options, getFile);
  };
  const calls = ['create', 'sign', 'listParts', 'complete', 'abort'] as const;
  return { signBatch: isSigned ? MAX_PARTS_PER_SIGN : BATCH, ...lazyPort(load, ...calls) };
}
