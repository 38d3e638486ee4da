import { S3Error } from '../errors/s3-error.ts';
import { writeBareXml, writeXml, type XmlElement, xml } from '../xml/write-xml.ts';

/** Bytes of an object on their way out. */
export interface StreamBody {
  /** Bytes. */
  readonly size: number;
  /** Called at most once. */
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** A response, before anything of it is sent. */
export interface S3Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | StreamBody;
  /** The `Code` of an error response. */
  readonly errorCode?: string;
}

/** A response without a body. */
export function emptyResponse(status: number, headers: Readonly<Record<string, string>> = {}): S3Response {
  return { status, headers };
}

/** 200 with an XML result. */
export function xmlResponse(root: XmlElement): S3Response {
  return xmlDocument(writeXml(root));
}

/** 200 with an XML document that is already written. */
export function xmlDocument(document: string): S3Response {
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: document };
}

/** What an error response tells, whether it comes from S3's rules or from a fault. */
export interface ErrorDocument {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Where an error happened. */
export interface ErrorPlace {
  /** The path that was asked for. */
  readonly resource: string;
  readonly requestId: string;
  readonly hostId: string;
}

/**
 * Writes S3's error document.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#RESTErrorResponses
 */
export function errorResponse(error: ErrorDocument, place: ErrorPlace): S3Response {
  const document = xml('Error', [
    xml('Code', error.code),
    xml('Message', error.message),
    ...Object.entries(error.details ?? {}).map(([name, value]) => xml(name, value)),
    xml('Resource', place.resource),
    xml('RequestId', place.requestId),
    xml('HostId', place.hostId),
  ]);
  const hasBody = error.status !== 304;
  return {
    status: error.status,
    headers: { ...error.headers, ...(hasBody && { 'content-type': 'application/xml' }) },
    ...(hasBody && { body: writeBareXml(document) }),
    errorCode: error.code,
  };
}

/** What a stage threw, as a response: anything but an `S3Error` is a bug, and stays inside. */
export function toErrorDocument(error: unknown): ErrorDocument {
  return error instanceof S3Error ? error : new S3Error('InternalError');
}
