import { BasePlugin, type PluginOpts, type Uppy } from '@uppy/core';
import type { Body, Meta } from '@uppy/core/utils';
import { UploadRegistry, type Uploads } from './uploads.ts';

export type PortageS3Options = PluginOpts & {
  /** Address of the upload server, such as `/api/uploads`. */
  endpoint: string;
  /** Which of the server's routes to use. @default 'default' */
  route?: string;
};

/** STUB: the uploader itself follows. */
export class PortageS3<M extends Meta, B extends Body> extends BasePlugin<PortageS3Options, M, B> {
  readonly #registry = new UploadRegistry();

  constructor(uppy: Uppy<M, B>, opts: PortageS3Options) {
    super(uppy, opts);
    this.type = 'uploader';
    this.id = opts.id ?? 'PortageS3';
  }

  /** The uploads' state, for those who show it. */
  get uploads(): Uploads {
    return this.#registry;
  }
}
