/** The Uppy plugin: takes files as Uppy hands them over and has the engine upload them. */
import { AppCallbackError, FileUnreadableError, type Intent, isUploadError, type UploadError } from '@portage/engine';
import { BasePlugin, type Uppy } from '@uppy/core';
import {
  type Body,
  filterFilesToEmitUploadStarted,
  filterFilesToUpload,
  getAllowedMetaFields,
  type LocalUppyFile,
  type Meta,
  type UppyFile,
} from '@uppy/core/utils';
import { arriving } from '../arriving.ts';
import type { DiagnosticsExport } from '../diagnostics/recorder.ts';
import { isBlob } from '../file-data.ts';
import { nextTask } from '../next-task.ts';
import type { UnfinishedUploads } from '../resume/unfinished.ts';
import { type FileUpload, startFileUpload } from './file-upload.ts';
import type { InnerAwsS3 } from './inner-aws-s3.ts';
import { type LateUploader, lateUploader } from './late-uploader.ts';
import { checkOptions, type PortageS3Options, wishedPartSize } from './options.ts';
import { tell } from './tell.ts';
import { UploadRegistry, type Uploads } from './uploads.ts';
import { type Repairs, repairUppy } from './uppy-repairs.ts';

const removed = () => new AppCallbackError('the uploader was removed.');

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
  readonly #late: LateUploader;
  /** Whether Uppy's own uploader does it all. */
  readonly #isPlain: boolean;
  #installed = false;
  #repairs: Repairs | undefined;

  /** Throws a TypeError on options that are missing or of the wrong kind. */
  constructor(uppy: Uppy<M, B>, opts: PortageS3Options<M, B>) {
    super(uppy, opts);
    this.type = 'uploader';
    this.id = opts.id ?? 'PortageS3';
    checkOptions(opts);
    this.#current = { ...opts };
    this.#isPlain = opts.engine === 'uppy';
    this.#late = lateUploader(async () =>
      (await arriving(import('./uploader.ts'))).createUploader({
        uppy,
        id: this.id,
        options: opts,
        current: this.#current,
        registry: this.#registry,
        sent: (fileID) => this.#uploads.get(fileID)?.data,
      }),
    );
  }

  /** The uploads' state, for those who show it. */
  get uploads(): Uploads {
    return this.#registry;
  }

  /** Uploads that an earlier page began and did not finish. */
  get unfinished(): UnfinishedUploads {
    return this.#late.unfinished;
  }

  /**
   * What happened to a file's upload, as plain data that can be shown or sent to support: times, sizes, counts and codes;
   * no content, name, key, address or signature. Undefined where the file was not started here, where its record is no
   * longer among the newest 1,000, where the code that keeps records did not arrive, and with Uppy's own engine.
   */
  async exportDiagnostics(fileID: string): Promise<DiagnosticsExport | undefined> {
    return this.#late.here?.diagnosticsOf(fileID);
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
    // Before it is needed: the network is there now, and may not be later. A server that renders needs none of it.
    if (typeof window !== 'undefined') this.#late.load().catch((error) => this.uppy.log(error, 'warning'));
    this.#installed = true;
    this.#repairs = repairUppy(this.uppy, this.#uploads, this.#registry, (file) =>
      this.#refuse(file, new AppCallbackError('its code failed.')),
    );
    this.#setResumable(true);
    this.uppy.addUploader(this.#upload);
    this.#listen('on');
  }

  override uninstall(): void {
    this.#installed = false;
    this.#repairs?.end();
    this.uppy.removeUploader(this.#upload);
    this.#listen('off');
    // `uppy.destroy()` has removed its files by now. What is still there would count as stored without an error.
    const error = removed();
    for (const upload of this.#uploads.values()) upload.end(error);
    this.#uploads.clear();
    this.#registry.clear();
    this.#late.end(error);
    this.#setResumable(false);
  }

  #listen(how: 'on' | 'off'): void {
    const { uppy } = this;
    uppy[how]('file-removed', this.#onRemoved);
    uppy[how]('upload-pause', this.#onPause);
    uppy[how]('pause-all', this.#onPauseAll);
    uppy[how]('resume-all', this.#onResumeAll);
  }

  /** Called by Uppy for new files, for retried ones, and, with two uploads at once, for files that are under way. */
  readonly #upload = async (fileIDs: string[], uploadID: string): Promise<void> => {
    this.#repairs?.reached(uploadID);
    if (this.#isPlain) {
      await this.#uploadInner(fileIDs, uploadID);
      return;
    }
    const files = filterFilesToUpload(this.uppy.getFilesByIds(fileIDs)) as UppyFile<M, B>[];
    const remote = files.flatMap((file) => (file.isRemote ? file.id : []));
    const local = files.filter((file): file is LocalUppyFile<M, B> => !file.isRemote);
    const idle = local.filter((file) => !this.#uploads.get(file.id)?.active);
    if (idle.length > 0) {
      tell(this.uppy, () => this.uppy.emit('upload-start', filterFilesToEmitUploadStarted(idle) as UppyFile<M, B>[]));
      this.#late.here?.wake();
    }
    await this.#repairs?.settle(idle);
    // Not in the task in which they were added, which is long enough: a click would wait. What is tried again goes on at once,
    // before a frame shows that Uppy has put its progress back to 0.
    if (!idle.some(({ id }) => this.#uploads.has(id))) await nextTask();
    for (const { id } of idle) {
      const file = this.uppy.getFile(id);
      if (file) this.#start(file as LocalUppyFile<M, B>);
    }
    await Promise.all([
      ...local.map((file) => this.#uploads.get(file.id)?.settled),
      remote.length > 0 && this.#uploadInner(remote, uploadID),
    ]);
  };

  async #uploadInner(fileIDs: string[], uploadID: string): Promise<void> {
    // Some may be taken out while the code is on its way.
    const there = () => fileIDs.filter((id) => id in this.uppy.getState().files);
    let inner: InnerAwsS3;
    try {
      inner = await (await this.#late.load()).inner();
    } catch (cause) {
      const error = isUploadError(cause) ? cause : new AppCallbackError(cause);
      for (const file of this.uppy.getFilesByIds(there())) this.#refuse(file, error);
      return;
    }
    await inner.upload(there(), uploadID);
  }

  #start(file: LocalUppyFile<M, B>): void {
    const { data } = file;
    // The plugin may have gone since Uppy handed the file over.
    if (!this.#installed || file.isGhost || !isBlob(data)) {
      this.#refuse(file, this.#installed ? new FileUnreadableError() : removed());
      return;
    }
    const context = { uppy: this.uppy, engine: this.#late.engine, registry: this.#registry, uploads: this.#uploads };
    const before = this.#uploads.get(file.id);
    try {
      const intent = this.#intentFor(file, data.size);
      if (before?.isOf(data, intent)) {
        before.retry();
        return;
      }
      before?.cancel();
      startFileUpload(context, file, data, intent);
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

  readonly #onRemoved = ({ id }: { readonly id: string }): void => {
    const upload = this.#uploads.get(id);
    this.#uploads.delete(id);
    this.#registry.remove(id);
    upload?.detach();
    // `uppy.destroy()` removes every file and then, in the same breath, this plugin. Those uploads are not unwanted: a
    // later page may go on with them. Nor is a file that is added again in the same breath, since it was picked again.
    // A file that a person removes is.
    queueMicrotask(() => {
      const { here } = this.#late;
      const isKept = this.#installed ? id in this.uppy.getState().files && here?.release(id) : here?.keeps(id);
      if (!isKept) upload?.cancel();
    });
  };

  readonly #onPause = (file: UppyFile<M, B> | undefined, isPaused: boolean): void => {
    const upload = file && this.#uploads.get(file.id);
    if (isPaused) upload?.pause();
    else upload?.resume();
  };

  readonly #onPauseAll = (): void => {
    for (const upload of this.#uploads.values()) upload.pause();
  };

  readonly #onResumeAll = (): void => {
    for (const upload of this.#uploads.values()) upload.resume();
  };

  #setResumable(resumableUploads: boolean): void {
    this.uppy.setState({ capabilities: { ...this.uppy.getState().capabilities, resumableUploads } });
  }
}
