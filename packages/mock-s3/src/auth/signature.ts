import { createHash, createHmac } from 'node:crypto';
import type { S3Request } from '../http/s3-request.ts';
import { decodeUri, encodeUri, encodeUriPath } from '../http/uri.ts';
import type { Claim, CredentialScope } from './claim.ts';

/**
 * The request in the form that is signed. Written apart from any signer of Portage, so that the store is an independent
 * check of signatures.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function canonicalRequest(request: S3Request, claim: Claim): string {
  return [
    request.method,
    encodeUriPath(decodeUri(request.rawPath)),
    canonicalQuery(request),
    ...claim.signedHeaders.map((name) => `${name}:${headerValue(request.rawHeaders, name)}`),
    '',
    claim.signedHeaders.join(';'),
    claim.payloadHash,
  ].join('\n');
}

/** What the signing key signs. */
export function stringToSign(claim: Claim, canonical: string): string {
  const { date, region, service } = claim.scope;
  return [
    'AWS4-HMAC-SHA256',
    claim.timestamp,
    `${date}/${region}/${service}/aws4_request`,
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n');
}

/** The signature as 64 hex digits. */
export function sign(secretAccessKey: string, scope: CredentialScope, text: string): string {
  return hmac(signingKey(secretAccessKey, scope), text).toString('hex');
}

/** The key that is good for one day, region and service. */
export function signingKey(secretAccessKey: string, scope: CredentialScope): Buffer {
  const dateKey = hmac(`AWS4${secretAccessKey}`, scope.date);
  const regionKey = hmac(dateKey, scope.region);
  const serviceKey = hmac(regionKey, scope.service);
  return hmac(serviceKey, 'aws4_request');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function canonicalQuery(request: S3Request): string {
  return request.query.entries
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encodeUri(name), encodeUri(value)] as const)
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** All values of one name, in order. A signed header that was not sent counts as empty, and so fails to verify. */
function headerValue(rawHeaders: readonly string[], name: string): string {
  return rawHeaders
    .flatMap((raw, index) => (index % 2 === 0 && raw.toLowerCase() === name ? [rawHeaders[index + 1] ?? ''] : []))
    .map((value) => fromWire(value).trim().replace(/ +/g, ' '))
    .join(',');
}

/** Node reads headers as Latin-1; clients sign the text, which they send as UTF-8. */
function fromWire(value: string): string {
  const text = Buffer.from(value, 'latin1').toString('utf8');
  return text.includes('\ufffd') ? value : text;
}
