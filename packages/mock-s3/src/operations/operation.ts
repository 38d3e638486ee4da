import type { Gate } from '../auth/gate.ts';
import { S3Error } from '../errors/s3-error.ts';
import type { RequestBody } from '../http/body.ts';
import type { CorsRule } from '../http/cors-rule.ts';
import type { S3Request } from '../http/s3-request.ts';
import type { S3Response } from '../http/s3-response.ts';
import type { Mimic } from '../mimic/mimic.ts';
import type { Bucket } from '../store/bucket.ts';
import type { DiskStore } from '../store/disk-store.ts';

/** What an operation may know: an authenticated request, its body, and the store. */
export interface OperationContext {
  readonly request: S3Request;
  readonly body: RequestBody;
  readonly store: DiskStore;
  /** Bytes; every part but the last must have them. */
  readonly minPartSize: number;
  readonly region: string;
  /** Whom the store lets in; for requests that are signed in their body. */
  readonly gate: Gate;
  /** For buckets that were never given CORS rules of their own. */
  readonly corsDefaults: readonly CorsRule[];
  /** Which store this one behaves like. */
  readonly mimic: Mimic;
  /** ListParts knows nothing of parts that are younger, in milliseconds. */
  readonly listLag: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** One operation of S3. Throws `S3Error` for whatever S3 refuses. */
export type Operation = (context: OperationContext) => Promise<S3Response>;

/** The bucket that a request names; throws NoSuchBucket. */
export function bucketOf({ request, store }: OperationContext): Bucket {
  if (request.bucket === undefined) throw new S3Error('MethodNotAllowed');
  return store.bucket(request.bucket);
}

/** The key that a request names. */
export function keyOf({ request }: OperationContext): string {
  if (request.key === undefined) throw new S3Error('MethodNotAllowed');
  return request.key;
}

/** The form of an ETag in headers and XML. */
export function quoted(etag: string): string {
  return `"${etag}"`;
}

/** The form of times in XML. */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** The form of times in headers. */
export function httpTime(milliseconds: number): string {
  return new Date(milliseconds).toUTCString();
}
