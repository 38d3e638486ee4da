import { S3Error } from '../errors/s3-error.ts';
import type { S3Request } from '../http/s3-request.ts';
import type { Mimic } from '../mimic/mimic.ts';
import { chunkSigner } from './chunk-signer.ts';
import { type Claim, MAX_SKEW, parseTimestamp } from './claim.ts';
import type { Credentials } from './credentials.ts';
import type { Gate } from './gate.ts';
import { isEqual } from './is-equal.ts';
import { type PayloadRule, payloadRule } from './payload-rule.ts';
import { readHeaderClaim } from './read-header-claim.ts';
import { readQueryClaim } from './read-query-claim.ts';
import { canonicalRequest, sign, stringToSign } from './signature.ts';
import { authenticateVersion2, isVersion2 } from './version-2.ts';

/** Verifies a request's Signature Version 4 and returns what it promises about its body; throws S3's own errors. */
export function authenticate(request: S3Request, gate: Gate): PayloadRule {
  if (gate.mimic.signatureV2 && isVersion2(request)) return authenticateVersion2(request, gate);
  const claim = readClaim(request);
  checkScope(claim, gate);
  checkTime(claim, gate);
  const credentials = gate.credentials.find(({ accessKeyId }) => accessKeyId === claim.accessKeyId);
  if (credentials === undefined) {
    throw new S3Error('InvalidAccessKeyId', { details: { AWSAccessKeyId: claim.accessKeyId } });
  }
  checkSignedHeaders(request, claim, gate.mimic);
  checkSignature(request, claim, credentials);
  const { trailers } = gate.mimic;
  if (trailers !== 'taken' && claim.payloadHash.endsWith('-TRAILER')) throw new S3Error(trailers);
  return payloadRule(claim.payloadHash, request, () => chunkSigner(claim, credentials));
}

/** Whether nobody signed a request. */
export function isAnonymous(request: S3Request): boolean {
  // The last is of Signature Version 2.
  return request.headers.authorization === undefined && !isSignedInQuery(request) && !isVersion2(request);
}

function isSignedInQuery({ query }: S3Request): boolean {
  return query.entries.some(([name]) => /^X-Amz-(Algorithm|Signature)$/.test(name));
}

function readClaim(request: S3Request): Claim {
  const { authorization } = request.headers;
  const inQuery = isSignedInQuery(request);
  if (authorization !== undefined && inQuery) {
    throw new S3Error('InvalidArgument', {
      message:
        'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
    });
  }
  if (authorization !== undefined) return readHeaderClaim(request, authorization);
  if (inQuery) return readQueryClaim(request);
  throw new S3Error('AccessDenied');
}

function checkScope({ scope, source }: Claim, { region, mimic }: Gate): void {
  const wrong =
    scope.region === region || mimic.regions.includes(scope.region)
      ? scope.service !== 's3' && `incorrect service "${scope.service}". This endpoint belongs to "s3".`
      : `the region '${scope.region}' is wrong; expecting '${region}'`;
  if (wrong === false) return;
  throw source.kind === 'header'
    ? new S3Error('AuthorizationHeaderMalformed', {
        message: `The authorization header is malformed; ${wrong}`,
        details: { Region: region },
      })
    : new S3Error('AuthorizationQueryParametersError', {
        message: `Error parsing the X-Amz-Credential parameter; ${wrong}`,
        details: { Region: region },
      });
}

function checkTime({ timestamp, source }: Claim, { now: clock, mimic }: Gate): void {
  const now = clock();
  const signedAt = parseTimestamp(timestamp) ?? 0;
  const ServerTime = new Date(now).toISOString();
  if (source.kind === 'header') {
    if (Math.abs(now - signedAt) <= MAX_SKEW) return;
    throw new S3Error('RequestTimeTooSkewed', {
      details: { RequestTime: timestamp, ServerTime, MaxAllowedSkewMilliseconds: MAX_SKEW },
    });
  }
  if (signedAt - now > MAX_SKEW && !mimic.signedAhead) {
    throw new S3Error('AccessDenied', { message: 'Request is not valid yet', details: { ServerTime } });
  }
  const expiresAt = signedAt + source.expiresSeconds * 1000;
  if (now <= expiresAt) return;
  throw new S3Error('AccessDenied', {
    message: 'Request has expired',
    details: { 'X-Amz-Expires': source.expiresSeconds, Expires: new Date(expiresAt).toISOString(), ServerTime },
  });
}

/** `host` and every `x-amz-*` header that was sent must be covered by the signature, with some presigned URLs the type too. */
function checkSignedHeaders(request: S3Request, { signedHeaders, source }: Claim, { signedType }: Mimic): void {
  const needsType = signedType && source.kind === 'query';
  const unsigned = Object.keys(request.headers).filter(
    (name) =>
      (name === 'host' || name.startsWith('x-amz-') || (needsType && name === 'content-type')) &&
      !signedHeaders.includes(name),
  );
  if (unsigned.length === 0) return;
  throw new S3Error('AccessDenied', {
    message: 'There were headers present in the request which were not signed',
    details: { HeadersNotSigned: unsigned.join(', ') },
  });
}

function checkSignature(request: S3Request, claim: Claim, { accessKeyId, secretAccessKey }: Credentials): void {
  const canonical = canonicalRequest(request, claim);
  const text = stringToSign(claim, canonical);
  if (isEqual(sign(secretAccessKey, claim.scope, text), claim.signature)) return;
  throw new S3Error('SignatureDoesNotMatch', {
    details: {
      AWSAccessKeyId: accessKeyId,
      StringToSign: text,
      SignatureProvided: claim.signature,
      CanonicalRequest: canonical,
    },
  });
}
