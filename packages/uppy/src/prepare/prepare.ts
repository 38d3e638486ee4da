import { BasePlugin, type PluginOpts, type Uppy } from '@uppy/core';
import type { Body, Meta } from '@uppy/core/utils';
import { arriving } from '../arriving.ts';
import { untilThere } from '../until-there.ts';
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
    const preparing = await this.#load(fileIDs);
    await preparing?.prepare(fileIDs);
  };

  /** A place must not be sent because a connection was lost. Where the code does not arrive, Uppy hears of it, and sends nothing. */
  #load(fileIDs: readonly string[]): Promise<Preparing | undefined> {
    const isWanted = (): boolean => this.#installed && fileIDs.some((id) => id in this.uppy.getState().files);
    const load = (): Promise<Preparing> => {
      this.#preparing ??= arriving(import('./preparing.ts'))
        .then(({ startPreparing }) => startPreparing(this.uppy as unknown as Uppy, () => this.opts))
        .catch((cause) => {
          this.#preparing = undefined;
          throw cause;
        });
      return this.#preparing;
    };
    return untilThere(load, isWanted).catch((cause) => {
      if (isWanted()) throw cause;
      return undefined;
    });
  }
}
