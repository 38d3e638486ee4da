import type { Fault } from '../faults/fault.ts';
import type { RequestInfo } from './request-info.ts';

/** Where a request stands. */
export type RequestState =
  | { readonly state: 'running' }
  | {
      readonly state: 'answered';
      readonly status: number;
      /** S3's `Code`, if it was refused. */
      readonly errorCode: string | undefined;
      /** Milliseconds since 1970. */
      readonly endedAt: number;
    }
  | {
      /** The connection broke before the response was out, by a fault or by the client. */
      readonly state: 'cut';
      /** Milliseconds since 1970. */
      readonly endedAt: number;
    };

/** A request in the journal. */
export type RequestRecord = RequestInfo &
  RequestState & {
    /** Milliseconds since 1970. */
    readonly startedAt: number;
    /** Bytes of the body that came in. */
    readonly bytesReceived: number;
    /** Bytes of the response's body that went out. */
    readonly bytesSent: number;
    /** The faults that it met, in the order in which they first did something. */
    readonly faults: readonly Fault[];
  };

/** Picks requests: all that is given must be equal. */
export interface RequestFilter
  extends Partial<
    Pick<RequestInfo, 'operation' | 'method' | 'bucket' | 'key' | 'uploadId' | 'partNumber' | 'attempt'>
  > {
  readonly state?: RequestState['state'];
  readonly status?: number;
  readonly errorCode?: string;
}

/** Whether a request, or what is kept of it, is one that a filter picks. */
export function isPicked(facts: object, filter: object): boolean {
  const known = new Map(Object.entries(facts));
  return Object.entries(filter).every(([name, value]) => value === undefined || known.get(name) === value);
}
