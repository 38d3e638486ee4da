import type { RequestInfo } from '../journal/request-record.ts';

/** Something that goes wrong with one request. */
export type Fault =
  | {
      /** The request, or its answer, waits. */
      readonly kind: 'delay';
      /** Milliseconds. */
      readonly ms: number;
      /** Before anything of the body is read, or after all is done and before the answer. @default 'before' */
      readonly where?: 'before' | 'answer';
    }
  | {
      /** The store refuses without reading the body. */
      readonly kind: 'error';
      /** HTTP status, such as 503. */
      readonly status: number;
      /** S3's code, such as `SlowDown`. */
      readonly code: string;
      /** @default 'Injected fault.' */
      readonly message?: string;
      /** Further headers, such as `retry-after`. */
      readonly headers?: Readonly<Record<string, string>>;
    }
  | {
      /** The connection is reset (TCP RST). */
      readonly kind: 'reset';
      /** After so many bytes of the body. A body that is shorter gets through. With `where: 'answer'`, 0 is no answer at all. */
      readonly afterBytes: number;
      /**
       * Which body: that of the request, or that of the answer. With `'answer'`, the store has done what was asked, and
       * only the reply is lost.
       * @default 'request'
       */
      readonly where?: 'request' | 'answer';
    }
  | {
      /** Both bodies move no faster than this. */
      readonly kind: 'bandwidth';
      readonly bytesPerSecond: number;
    };

/**
 * Looks at each request once its head is read, and says what shall go wrong with it.
 * @example
 * // Cut the first try of part 3 after 1 MiB.
 * ({ partNumber, attempt }) =>
 *   partNumber === 3 && attempt === 1 ? { kind: 'reset', afterBytes: 1024 * 1024 } : undefined
 */
export type Intercept = (request: RequestInfo) => Fault | readonly Fault[] | undefined;
