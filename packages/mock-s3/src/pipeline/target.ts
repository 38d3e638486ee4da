import type { IncomingMessage } from 'node:http';
import type { Exchange } from '../http/exchange.ts';
import { readRequest, type S3Request } from '../http/s3-request.ts';
import type { RequestInfo } from '../journal/request-info.ts';
import type { OperationName } from '../operations/operation-names.ts';
import { route } from '../operations/route.ts';

/** What a request is about, if its address can be read at all. */
export type Target =
  | { readonly kind: 'request'; readonly request: S3Request; readonly operation: Exclude<OperationName, 'Unreadable'> }
  | { readonly kind: 'unreadable'; readonly error: unknown };

/** Reads the address of a request, and which operation it asks for. */
export function readTarget(exchange: Pick<Exchange, 'incoming' | 'scheme'>, domains: readonly string[]): Target {
  try {
    const request = readRequest(exchange, domains);
    return { kind: 'request', request, operation: route(request) };
  } catch (error) {
    return { kind: 'unreadable', error };
  }
}

/** What the journal notes of a request, and faults are aimed by. */
export function describeTarget(
  target: Target,
  { method = 'GET', headers }: IncomingMessage,
  requestId: string,
): Omit<RequestInfo, 'attempt'> {
  const length = headers['content-length'];
  const request = target.kind === 'request' ? target.request : undefined;
  const partNumber = Number(request?.query.get('partNumber') ?? Number.NaN);
  return {
    requestId,
    operation: target.kind === 'request' ? target.operation : 'Unreadable',
    method,
    bucket: request?.bucket,
    key: request?.key,
    uploadId: request?.query.get('uploadId'),
    partNumber: Number.isNaN(partNumber) ? undefined : partNumber,
    declaredSize: length === undefined ? undefined : Number(length),
  };
}
