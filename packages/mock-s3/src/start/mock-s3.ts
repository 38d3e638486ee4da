import type { Credentials } from '../auth/credentials.ts';
import type { FaultControl } from '../faults/fault-control.ts';
import type { Journal } from '../journal/journal.ts';
import type { RequestFilter } from '../journal/request-record.ts';

/** A running store. */
export interface MockS3 extends AsyncDisposable {
  /** Base address for path style, such as `http://127.0.0.1:9000`. */
  readonly endpoint: string;
  /**
   * The same store without TLS, at a port of its own, for servers of this machine that do not know its certificate.
   * `endpoint` itself where there is no TLS.
   */
  readonly plainEndpoint: string;
  /** The certificate, as PEM; undefined without TLS. */
  readonly certificate: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly region: string;
  /** The key pairs that may sign requests. */
  readonly credentials: readonly [Credentials, ...Credentials[]];
  readonly dataDir: string;
  /** Sets what goes wrong. */
  readonly faults: FaultControl;
  /** Where the control API answers, such as `http://127.0.0.1:9000/_mock-s3/`. */
  readonly controlUrl: string;
  /** What was asked of the store, and what it did. */
  readonly journal: Journal;
  /** The names of all buckets, in order. */
  buckets(): readonly string[];
  /** The objects of a bucket in the order of their keys. */
  objects(bucket: string): readonly StoredObject[];
  /** SHA-256 of a stored object's bytes, as hex. */
  sha256(bucket: string, key: string): Promise<string>;
  /** The multipart uploads of a bucket that are neither completed nor aborted. */
  multipartUploads(bucket: string): readonly StoredUpload[];
  /**
   * Resets connections that carry a request now.
   * @param filter - Only those of these requests. @default all connections, idle ones too
   * @returns How many there were.
   */
  cut(filter?: RequestFilter): number;
  /** Stops. Idle connections end at once, requests under way within a second. */
  close(): Promise<void>;
}

/** An object as it is stored. */
export interface StoredObject {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  readonly lastModified: Date;
  /** What a download answers with: `content-type`, `x-amz-meta-*`, … in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A multipart upload under way. */
export interface StoredUpload {
  readonly key: string;
  readonly uploadId: string;
  readonly initiated: Date;
  /** The parts that were acknowledged, in the order of their numbers. */
  readonly parts: readonly { readonly partNumber: number; readonly size: number; readonly etag: string }[];
}
