import { BasePlugin, type PluginOpts, type Uppy } from '@uppy/core';
import type { Body, Meta } from '@uppy/core/utils';
import { arriving } from '../arriving.ts';
import { checkOptions, type PrepareOptions } from './options.ts';
import type { Preparing } from './preparing.ts';

/**
 * Prepares files before they are sent: pictures are made smaller, become another format, and lose what tells of place, time and
 * camera; text is compressed. One after another, in a worker, whose code is loaded with the first file. A file that the browser
 * cannot read, or that would become larger, is sent as it was picked. So it makes uploads quicker, and is no guard: what must
 * not be stored, the server has to look for.
 *
 * @example uppy.use(Prepare, { images: { maxWidth: 2400, maxHeight: 2400 } })
 */
export class Prepare<M extends Meta, B extends Body> extends BasePlugin<PluginOpts & PrepareOptions, M, B> {
  #preparing: Promise<Preparing> | undefined;
  #installed = false;

  /** Throws a TypeError on options of the wrong kind. */
  constructor(uppy: Uppy<M, B>, opts: PluginOpts & PrepareOptions = {}) {
    super(uppy, opts);
    this.type = 'modifier';
    this.id = opts.id ?? 'Prepare';
    checkOptions(opts);
  }

  /** Takes new options for the files from now on. Throws a TypeError on options of the wrong kind. */
  override setOptions(options: Partial<PluginOpts & PrepareOptions>): void {
    checkOptions({ ...this.opts, ...options });
    super.setOptions(options);
  }

  override install(): void {
    this.#installed = true;
    this.uppy.addPreProcessor(this.#prepare);
  }

  override uninstall(): void {
    this.#installed = false;
    this.uppy.removePreProcessor(this.#prepare);
    this.#preparing?.then((preparing) => preparing.end()).catch(() => {});
    this.#preparing = undefined;
  }

  readonly #prepare = async (fileIDs: string[]): Promise<void> => {
    // Uppy pauses what has been started with the uploader only. Once the code is there, it does this.
    const setPaused = (isPaused: boolean) => () => {
      for (const id of fileIDs) if (id in this.uppy.getState().files) this.uppy.setFileState(id, { isPaused });
    };
    const [pause, resume] = [setPaused(true), setPaused(false)];
    this.uppy.on('pause-all', pause);
    this.uppy.on('resume-all', resume);
    const preparing = await this.#load(fileIDs);
    this.uppy.off('pause-all', pause);
    this.uppy.off('resume-all', resume);
    await preparing?.prepare(fileIDs);
  };

  /** Asks for the code until it is there: a place must not be sent because a connection was lost. Or until nobody wants it. */
  async #load(fileIDs: readonly string[]): Promise<Preparing | undefined> {
    const isThere = (id: string) => id in this.uppy.getState().files;
    while (this.#installed && fileIDs.some(isThere)) {
      this.#preparing ??= arriving(import('./preparing.ts')).then(({ startPreparing }) =>
        startPreparing(this.uppy as unknown as Uppy, () => this.opts),
      );
      try {
        return await this.#preparing;
      } catch {
        this.#preparing = undefined;
        await new Promise((resolve) => setTimeout(resolve, AGAIN));
      }
    }
    return undefined;
  }
}

/** Time until late code is asked for again, in milliseconds. */
const AGAIN = 5_000;
