/** What the plugin can be told. */
import type { Intent } from '@portage/engine';
import { fitPartSize } from '@portage/protocol';
import type { AwsS3Options } from '@uppy/aws-s3';
import type { PluginOpts } from '@uppy/core';
import type { Body, Meta, UppyFile } from '@uppy/core/utils';

const MiB = 1024 * 1024;

/** Where Portage's own upload server is. */
export type EndpointOptions<M extends Meta, B extends Body> = PluginOpts & {
  /**
   * The address of the upload server.
   * @example '/api/uploads'
   */
  endpoint: string;
  /**
   * Which of the server's routes is used.
   * @default 'files'
   */
  route?: string;
  /**
   * The only region that files go to, of a server with several. Nothing is measured then, and nothing moves.
   * @default the nearest, as it is measured
   * @example 'eu'
   */
  region?: string | undefined;
  /**
   * Headers of every call to the upload server, to say who is asking. A function is called for each call, and once more where
   * the server says that the session has ended.
   * @default none
   * @example async () => ({ Authorization: `Bearer ${await freshToken()}` })
   */
  headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>);
  /**
   * Whether cookies go to an upload server of another origin, as `fetch` has it.
   * @default 'same-origin'
   */
  credentials?: RequestCredentials;
  /**
   * Which fields of a file's metadata the server gets: these, all, or none.
   * @default true
   * @example ['album', 'caption']
   */
  allowedMetaFields?: string[] | boolean;
  /**
   * Whether a file goes in parts; as in `@uppy/aws-s3`. It wins over `multipartThreshold`.
   * @default files of more bytes than `multipartThreshold`
   * @example (file) => (file.size ?? 0) > 100 * 1024 ** 2
   */
  shouldUseMultipart?: boolean | ((file: UppyFile<M, B>) => boolean);
  /**
   * The size of a file's parts, in bytes; as in `@uppy/aws-s3`. It wins over `partSize`.
   * @default `partSize`
   * @example ({ size }) => (size > 1024 ** 3 ? 64 : 8) * 1024 ** 2
   */
  getChunkSize?: (file: { size: number }) => number;
  /**
   * Another name for `concurrency`; as in `@uppy/aws-s3`.
   * @default that of `concurrency`
   */
  limit?: number;
};

/** What is Portage's own, whichever way requests are signed. */
export interface TransferOptions {
  /**
   * The size above which a file goes in parts, in bytes. Others go in one request.
   * @default 8 MiB
   * @example 16 * 1024 ** 2
   */
  multipartThreshold?: number;
  /**
   * The size of a part, in bytes, from 5 MiB to 5 GiB. Smaller parts lose less when one fails; larger ones need fewer requests.
   * Where a file would need more than 10,000 parts, they are made larger.
   * @default what fits the file and the link: 5 MiB for small files, 20 MiB at most on a link that is not known yet (16 MiB where all
   * parts are equal), and 64 MiB at most on one that earlier uploads of the page found to be fast
   * @example 16 * 1024 ** 2
   */
  partSize?: number;
  /**
   * Most requests at once to each host of the store, for all files together. Browsers open 6 connections to a host over
   * HTTP/1.1.
   * @default 6, and up to 100 for files of up to 1 MiB where the store speaks HTTP/2 or HTTP/3
   */
  concurrency?: number;
  /**
   * Most bytes per second, for all files together. `setOptions({ bandwidthLimit })` changes it within a second. A browser sends
   * each request as fast as the link takes it, so the pauses are between requests: with 1 MiB/s, a part of 5 MiB goes at once and
   * the next one 5 s later. The rate is right within 10 % from eleven parts on.
   * @default no limit
   * @example 1024 ** 2
   */
  bandwidthLimit?: number | undefined;
  /**
   * Which files go first: those with a higher number, and those with the same one in turns. It is asked once for each file, when
   * the file is started. A part that is under way is not stopped for a more important file.
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
   * Whether uploads can go on after a reload or a crash. For that, IndexedDB keeps a record of each unfinished upload for seven
   * days: its file's name, type, size, fingerprint and fields, the server's token, and `user`. A file that is picked again goes on
   * where its fields are the same too: what changes at each load, such as a random id, does not belong in `meta`.
   * `plugin.unfinished.clear()` forgets them all, such as before somebody signs out.
   * @default true
   */
  resume?: boolean;
  /**
   * Who is signed in, such as a user's id or a hash of it; IndexedDB keeps it as it is. What one user left unfinished is neither
   * offered to another nor continued by them, and is there again when the first one comes back. `setOptions({ user })` tells of
   * another user.
   * @default the same for all who use this browser
   * @example session.userId
   */
  user?: string | undefined;
  /**
   * Whether a Web Worker reads files, computes their checksums and sends them, so that the page stays quick. Where none can be
   * had, such as by the page's Content-Security-Policy, the page does it.
   * @default true
   */
  worker?: boolean;
  /**
   * Whether a file is looked at again before its upload is completed, to see that it did not change while it was sent. In Firefox
   * that reads all of it again: 6 s for each GiB on two busy cores. In other browsers a few places are enough: 0.1 s. With
   * `false`, a file that somebody saves in mid-upload may be stored as a mix of old and new; `verifiedBy` in the result is then
   * `size` at most, and `secondLook` is `none`.
   * @default true
   */
  secondLook?: boolean;
  /**
   * Who uploads: Portage, or `'uppy'` for `@uppy/aws-s3` itself, to compare.
   * @default 'portage'
   */
  engine?: 'portage' | 'uppy';
}

/** Either `endpoint` of Portage's upload server, or the options of `@uppy/aws-s3` as they are. */
export type PortageS3Options<M extends Meta, B extends Body> = (EndpointOptions<M, B> | AwsS3Options<M, B>) &
  TransferOptions;

/** Files up to this size go in one request, in bytes. */
const DEFAULT_THRESHOLD = 8 * MiB;

/** Of version 5 of `@uppy/aws-s3`, where `endpoint` was Companion's address. */
const OF_UPPY_5 = [
  'getUploadParameters',
  'signPart',
  'createMultipartUpload',
  'getTemporarySecurityCredentials',
  'uploadPartBytes',
  'cookiesRule',
];

/** Throws a TypeError where an option is not of its kind, before anything is sent. */
export function checkOptions(options: TransferOptions & { readonly companionEndpoint?: unknown }): void {
  if (options.engine === 'uppy' && 'endpoint' in options) {
    throw new TypeError("PortageS3: `engine: 'uppy'` needs the options of @uppy/aws-s3, not `endpoint`.");
  }
  const old = OF_UPPY_5.find((name) => name in options);
  if (old) {
    throw new TypeError(
      `PortageS3: \`${old}\` is of @uppy/aws-s3 5. As in 6, \`signRequest\` signs, and Companion's address is \`companionEndpoint\`.`,
    );
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
