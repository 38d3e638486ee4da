import type { IncomingHttpHeaders } from 'node:http';
import { invalidRequest, S3Error } from '../errors/s3-error.ts';
import type { Mimic } from '../mimic/mimic.ts';
import { ALGORITHMS, type ChecksumAlgorithm, checksumHeader, isChecksum, toAlgorithm } from './algorithm.ts';

/** What a client says of its body's checksum: its value at once, or that it comes behind the body. */
export type ClaimedChecksum =
  | { readonly kind: 'header'; readonly algorithm: ChecksumAlgorithm /** Base64. */; readonly value: string }
  | { readonly kind: 'trailer'; readonly algorithm: ChecksumAlgorithm };

/**
 * Reads which checksum a request promises; `undefined` for none.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
export function claimedChecksum(
  headers: IncomingHttpHeaders,
  { checksums, otherChecksums, malformedChecksum, checksumsCount }: Mimic,
): ClaimedChecksum | undefined {
  // Of a trailer the body's framing tells already.
  const isNamed = ['x-amz-sdk-checksum-algorithm', 'x-amz-trailer'].some((name) => headers[name] !== undefined);
  if (checksumsCount === 'named' && !isNamed) return undefined;
  // Nothing is looked at, so nothing can be wrong with it.
  if (checksums.length === 0 && otherChecksums === 'ignored') return undefined;
  const claimed = readClaim(headers, malformedChecksum);
  if (claimed === undefined || checksums.includes(claimed.algorithm)) return claimed;
  if (otherChecksums === 'ignored') return undefined;
  throw new S3Error('NotImplemented', { details: { Header: checksumHeader(claimed.algorithm) } });
}

function readClaim(headers: IncomingHttpHeaders, malformed: Mimic['malformedChecksum']): ClaimedChecksum | undefined {
  const given = ALGORITHMS.filter((algorithm) => headers[checksumHeader(algorithm)] !== undefined);
  const [algorithm, second] = given;
  if (second !== undefined)
    throw invalidRequest('Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.');
  const trailer = trailerAlgorithm(headers);
  if (algorithm !== undefined && trailer !== undefined) {
    throw invalidRequest('Expecting a single x-amz-checksum- header');
  }
  if (trailer !== undefined) return { kind: 'trailer', algorithm: trailer };
  if (algorithm === undefined) {
    checkAnnounced(headers, undefined);
    return undefined;
  }
  const value = String(headers[checksumHeader(algorithm)]);
  checkAnnounced(headers, algorithm);
  checkValue(algorithm, value, malformed);
  return { kind: 'header', algorithm, value };
}

/** Throws unless a text can be a checksum of this kind. */
export function checkValue(
  algorithm: ChecksumAlgorithm,
  value: string,
  code: Mimic['malformedChecksum'] = 'InvalidRequest',
): void {
  if (isChecksum(algorithm, value)) return;
  const message = `Value for ${checksumHeader(algorithm)} header is invalid.`;
  throw code === 'BadDigest' ? new S3Error(code, { message }) : invalidRequest(message);
}

function trailerAlgorithm(headers: IncomingHttpHeaders): ChecksumAlgorithm | undefined {
  const name = headers['x-amz-trailer'];
  if (name === undefined) return undefined;
  const algorithm = ALGORITHMS.find((each) => checksumHeader(each) === String(name).toLowerCase());
  if (algorithm) return algorithm;
  throw invalidRequest('The value specified in the x-amz-trailer header is not supported');
}

function checkAnnounced(headers: IncomingHttpHeaders, algorithm: ChecksumAlgorithm | undefined): void {
  const announced = headers['x-amz-sdk-checksum-algorithm'];
  if (announced === undefined) return;
  if (toAlgorithm(String(announced)) === undefined) {
    throw invalidRequest('Value for x-amz-sdk-checksum-algorithm header is invalid.');
  }
  if (algorithm === toAlgorithm(String(announced))) return;
  throw invalidRequest(
    algorithm === undefined
      ? 'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.'
      : 'Value for x-amz-sdk-checksum-algorithm header is invalid.',
  );
}
