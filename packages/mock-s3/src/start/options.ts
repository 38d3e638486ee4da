import type { Credentials } from '../auth/credentials.ts';
import type { Intercept } from '../faults/fault.ts';
import type { Faults } from '../faults/faults.ts';
import type { Certificate } from '../http/certificate.ts';
import type { CorsRules } from '../http/cors.ts';
import type { MimicName } from '../mimic/mimic.ts';

/** How a mock S3 is to be; everything has a default. */
export interface MockS3Options {
  /** Port to listen on; 0 takes a free one. @default 0 */
  readonly port?: number;
  /** Address to listen on. @default '127.0.0.1' */
  readonly host?: string;
  /**
   * Whether to speak TLS: with a certificate that nobody has signed, made by `openssl`, or with one of your own (PEM).
   * `plainEndpoint` is then the same store without TLS. @default false
   */
  readonly tls?: boolean | Certificate;
  /** Whether to speak HTTP/2, with clients that know it; with TLS, since browsers want it. @default false */
  readonly http2?: boolean;
  /** Folder for buckets and objects, made if it does not exist. @default a temporary folder, deleted on close */
  readonly dataDir?: string;
  /** Buckets that shall exist. @default [] */
  readonly buckets?: readonly string[];
  /** Key pairs that may sign requests. @default a random one, kept with the data; needed where `host` is not this machine */
  readonly credentials?: readonly Credentials[];
  /** The region that signatures must name. @default 'us-east-1' */
  readonly region?: string;
  /** What pages of other origins may do; `false` for nothing. @default {} (everything, see `CorsRules`) */
  readonly cors?: CorsRules | false;
  /** Host names that buckets are sub-domains of, for virtual-host style. @default ['localhost', 's3.localhost'] */
  readonly domains?: readonly string[];
  /** Which store to behave like where stores differ. @default 'aws' */
  readonly mimic?: MimicName;
  /** Smallest size of every part but the last, in bytes. @default 5242880 (5 MiB, S3's rule) */
  readonly minPartSize?: number;
  /**
   * Flush every object and part to the disk before it is acknowledged. Without it, what was acknowledged survives the
   * killing of the process, but not a loss of power. @default false
   */
  readonly fsync?: boolean;
  /** Longest wait for the next bytes of a body before the response is RequestTimeout, in milliseconds. @default 60000 */
  readonly idleTimeout?: number;
  /** Whether the store keeps the process alive while nothing else does. @default true */
  readonly keepAlive?: boolean;
  /** The clock: milliseconds since 1970. For tests of expiry and skew. @default Date.now */
  readonly now?: () => number;
  /**
   * What goes wrong, on a seeded schedule: the name of a profile, rules, or both. `store.faults` changes it later.
   * @default nothing
   * @example { profile: 'train', seed: 7, rules: [{ operation: 'UploadPart', partNumber: 3, attempt: 1, fault: { kind: 'lost_reply' } }] }
   */
  readonly faults?: Faults;
  /** Makes requests fail on purpose, by a function instead of rules. @default nothing fails */
  readonly intercept?: Intercept;
  /** Hears of bugs in the store, which clients see as InternalError. @default console.error */
  readonly onInternalError?: (error: unknown) => void;
}
