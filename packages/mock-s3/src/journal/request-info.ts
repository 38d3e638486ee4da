import type { OperationName } from '../operations/operation-names.ts';

/** What is known of a request once its head has been read. */
export interface RequestInfo {
  /** As in `x-amz-request-id`. */
  readonly requestId: string;
  readonly operation: OperationName;
  readonly method: string;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  readonly uploadId: string | undefined;
  readonly partNumber: number | undefined;
  /** How often this was asked for so far, this time included: 1 is the first try. */
  readonly attempt: number;
  /** Content-Length, in bytes. */
  readonly declaredSize: number | undefined;
}
