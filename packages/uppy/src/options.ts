/** What the plugin can be told. */
import { fitPartSize, type Intent } from '@portage/engine';
import type { AwsS3Options } from '@uppy/aws-s3';
import type { PluginOpts } from '@uppy/core';
import type { Body, Meta, UppyFile } from '@uppy/core/utils';

const MiB = 1024 * 1024;

/** Where Portage's own upload server is. */
export type EndpointOptions<M extends Meta, B extends Body> = PluginOpts & {
  /** Address of the upload server, such as `/api/uploads`. */
  endpoint: string;
  /** Which of the server's routes to use. @default 'files' */
  route?: string;
  /** Sent with every call to the upload server, to say who is asking. */
  headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>);
  /** Whether cookies go to an upload server of another origin. @default 'same-origin' */
  credentials?: RequestCredentials;
  /** Fields of a file's metadata that the server gets. @default true, all */
  allowedMetaFields?: string[] | boolean;
  /** As in `@uppy/aws-s3`; wins over `multipartThreshold`. */
  shouldUseMultipart?: boolean | ((file: UppyFile<M, B>) => boolean);
  /** As in `@uppy/aws-s3`; wins over `partSize`. In bytes. */
  getChunkSize?: (file: { size: number }) => number;
  /** As in `@uppy/aws-s3`, another name for `concurrency`. */
  limit?: number;
};

/** What is Portage's own, whichever way requests are signed. */
export interface TransferOptions {
  /** Files of more bytes go in parts, others in one request. @default 8 MiB */
  multipartThreshold?: number;
  /**
   * Bytes in a part, from 5 MiB to 5 GiB; raised where a file would need more than 10,000 parts. Smaller parts lose less
   * when one fails, larger ones need fewer requests.
   * @default what fits the file and the link: 5 MiB for small files, so that all connections have work, up to 16 MiB on a link
   * that is not known yet, and up to 64 MiB on one that earlier uploads of the page found to be fast
   */
  partSize?: number;
  /**
   * Most requests to the store at once, for all files together; to each of its hosts where the upload server knows of
   * several. Browsers open 6 connections to a host over HTTP/1.1.
   * @default 6
   */
  concurrency?: number;
  /**
   * Most bytes per second, for all files together. `setOptions({ bandwidthLimit })` changes it within a second, with
   * undefined to none. A browser sends each request as fast as the link takes it, so the pauses are between requests: of a
   * limit of 1 MiB/s, a part of 5 MiB is sent at once and the next one 5 s later. In total it is as exact as one part in
   * what was sent: within 10 % from eleven parts on.
   * @default none
   */
  bandwidthLimit?: number | undefined;
  /**
   * Files with a higher number go first; those with the same take turns. Asked once for each file, when it is started.
   * Parts that are under way are not stopped for a more important file.
   * @default 0 for all
   * @example (file) => -file.size // the smallest first
   */
  priority?: (file: {
    readonly id: string;
    readonly name: string;
    readonly size: number;
    readonly meta: Meta;
  }) => number;
  /**
   * Whether uploads go on after a reload or a crash. What is needed for it is kept in IndexedDB: names, types, sizes, a
   * fingerprint and the server's token of uploads that are not finished, for seven days, and `user`. Before somebody signs
   * out, `plugin.unfinished.clear()` forgets it all.
   * @default true
   */
  resume?: boolean;
  /**
   * Who is signed in, such as a user's id or a hash of it; kept in IndexedDB as it is. What one user left unfinished is
   * neither offered to another nor continued by them; it is there again when the first one comes back. Tell of another
   * user with `setOptions({ user })`.
   * @default the same for all who use this browser
   */
  user?: string | undefined;
  /**
   * Whether files are read, their checksums computed, and sent in a Web Worker, so that the page stays quick. Where no worker can be had
   * (such as by the page's Content-Security-Policy) the page does it, and where this is false.
   * @default true
   */
  worker?: boolean;
  /**
   * Whether a file is looked at again before its upload is completed, to see that it did not change while it was sent. A
   * browser that reads a file whatever became of it (Firefox) reads all of it again: 6 s for each GiB on two busy cores. In
   * others a few places are enough: 0.1 s. With `false`, a file that somebody saves in mid-upload may be stored as a mix of
   * old and new; so `verifiedBy` in the result says `size` at most, and `secondLook` says `none`.
   * @default true
   */
  secondLook?: boolean;
  /** `'uppy'` hands every file to `@uppy/aws-s3` itself, for comparison. @default 'portage' */
  engine?: 'portage' | 'uppy';
}

/** Either `endpoint` of Portage's upload server, or the options of `@uppy/aws-s3` as they are. */
export type PortageS3Options<M extends Meta, B extends Body> = (EndpointOptions<M, B> | AwsS3Options<M, B>) &
  TransferOptions;

/** Files up to this size go in one request, in bytes. */
const DEFAULT_THRESHOLD = 8 * MiB;

/** Throws a TypeError where an option is not of its kind, before anything is sent. */
export function checkOptions(options: TransferOptions & { readonly companionEndpoint?: unknown }): void {
  if (options.engine === 'uppy' && 'endpoint' in options) {
    throw new TypeError("PortageS3: `engine: 'uppy'` needs the options of @uppy/aws-s3, not `endpoint`.");
  }
  const isKnown = (['endpoint', 'signRequest', 'getCredentials'] as const).some((name) => name in options);
  if (options.engine !== 'uppy' && !isKnown && !options.companionEndpoint) {
    throw new TypeError(
      'PortageS3: one of `endpoint`, `signRequest`, `getCredentials` or `companionEndpoint` is needed.',
    );
  }
  for (const name of ['multipartThreshold', 'partSize', 'concurrency', 'bandwidthLimit'] as const) {
    const value = options[name];
    if (value !== undefined && !(Number.isSafeInteger(value) && value > 0)) {
      throw new TypeError(`PortageS3: \`${name}\` must be a whole number above 0, not ${value}.`);
    }
  }
}

/** What part size to ask for: none where the file goes in one request. Calls the app's own functions. */
export function wishedPartSize<M extends Meta, B extends Body>(
  options: PortageS3Options<M, B>,
  file: UppyFile<M, B>,
  size: number,
): Pick<Intent, 'partSize' | 'adaptPartSize'> {
  const { multipartThreshold = DEFAULT_THRESHOLD, shouldUseMultipart, getChunkSize } = options;
  const multipart =
    typeof shouldUseMultipart === 'function'
      ? shouldUseMultipart(file)
      : (shouldUseMultipart ?? size > multipartThreshold);
  if (!multipart || size === 0) return { partSize: undefined };
  const wish = getChunkSize?.({ size }) ?? options.partSize;
  if (wish === undefined) return { partSize: DEFAULT_THRESHOLD, adaptPartSize: true };
  return { partSize: fitPartSize(size, Math.ceil(wish)) };
}
