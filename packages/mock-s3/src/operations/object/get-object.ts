import { invalidArgument, invalidRequest, S3Error } from '../../errors/s3-error.ts';
import type { Query } from '../../http/query.ts';
import { emptyResponse, type S3Response } from '../../http/s3-response.ts';
import type { ObjectRecord } from '../../store/records.ts';
import { readObject, versionHeaders } from '../bucket/versioning.ts';
import { checksumHeaders } from '../checksum-headers.ts';
import { checkPartNumber } from '../multipart/part-number.ts';
import { bucketOf, httpTime, type Operation, type OperationContext, quoted } from '../operation.ts';
import { type ByteRange, parseRange, partRange } from './byte-range.ts';
import { checkPreconditions } from './preconditions.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export const getObject: Operation = async (context) => {
  const { blobs, completed } = bucketOf(context);
  const object = findObject(context);
  if (completed.isBroken(object)) throw new S3Error('BrokenMPU');
  const range = rangeOf(context, object);
  const { start, length } = range ?? { start: 0, length: object.size };
  return {
    ...describe(object, context, range),
    body: { size: length, open: () => blobs.read(object.blobs, start, length) },
  };
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html */
export const headObject: Operation = async (context) => {
  const object = findObject(context);
  return describe(object, context, rangeOf(context, object));
};

function findObject(context: OperationContext): ObjectRecord {
  const object = readObject(context);
  checkPreconditions(context.request.headers, object);
  return object;
}

/** The bytes that are asked for: a range, a part, or `undefined` for all. */
function rangeOf({ request, mimic }: OperationContext, object: ObjectRecord): ByteRange | undefined {
  const { headers, query } = request;
  const partNumber = query.get('partNumber');
  if (partNumber === undefined) return parseRange(headers.range, object.size);
  if (headers.range !== undefined)
    throw invalidRequest('Cannot specify both Range header and partNumber query parameter');
  return partRange(checkPartNumber(partNumber, mimic), object, mimic.missingPart);
}

function describe(object: ObjectRecord, { request }: OperationContext, range: ByteRange | undefined): S3Response {
  const { query, headers } = request;
  const wantsChecksum = headers['x-amz-checksum-mode']?.toString().toUpperCase() === 'ENABLED';
  const { start, length } = range ?? { start: 0, length: object.size };
  return emptyResponse(range === undefined ? 200 : 206, {
    ...object.headers,
    ...overrides(query),
    ...(wantsChecksum && headers.range === undefined && checksumHeaders(checksumOf(object, query.get('partNumber')))),
    ...(query.has('partNumber') && object.uploadId && { 'x-amz-mp-parts-count': String(object.blobs.length) }),
    ...versionHeaders(object),
    'accept-ranges': 'bytes',
    'content-length': String(length),
    etag: quoted(object.etag),
    'last-modified': httpTime(object.lastModified),
    ...(range && { 'content-range': `bytes ${start}-${start + length - 1}/${object.size}` }),
  });
}

/** The checksum of the whole, or of the part that is asked for. */
function checksumOf({ checksum, parts }: ObjectRecord, partNumber: string | undefined): ObjectRecord['checksum'] {
  if (partNumber === undefined || parts === undefined) return checksum;
  const part = parts[Number(partNumber) - 1]?.checksum;
  return part && checksum && { ...part, type: checksum.type };
}

const OVERRIDES = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
] as const;

/** A signed `response-content-type` and its like replace what is stored. */
function overrides(query: Query): Readonly<Record<string, string>> {
  return Object.fromEntries(
    OVERRIDES.flatMap((name) => {
      const value = query.get(`response-${name}`);
      return value === undefined ? [] : [[name, toWire(`response-${name}`, value)]];
    }),
  );
}

/** Headers go out as bytes; Node takes these as Latin-1. */
function toWire(name: string, value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what would split a header.
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) throw invalidArgument(name, value, 'Invalid header value');
  return Buffer.from(value, 'utf8').toString('latin1');
}
