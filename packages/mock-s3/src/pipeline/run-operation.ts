import { authenticate, isAnonymous } from '../auth/authenticate.ts';
import { claimedChecksum } from '../checksum/claimed-checksum.ts';
import { S3Error } from '../errors/s3-error.ts';
import type { RequestBody } from '../http/body.ts';
import { preflightHeaders } from '../http/cors.ts';
import { corsRulesOf } from '../http/cors-rules.ts';
import type { S3Request } from '../http/s3-request.ts';
import { emptyResponse, type S3Response } from '../http/s3-response.ts';
import { isOpenTo } from '../operations/bucket/bucket-acl.ts';
import type { OperationName } from '../operations/operation-names.ts';
import { OPERATIONS } from '../operations/operations.ts';
import type { Environment } from './environment.ts';

/** Authenticates a request and runs its operation. Throws whatever S3 refuses. */
export async function runOperation(
  environment: Environment,
  operation: Exclude<OperationName, 'Unreadable'>,
  request: S3Request,
  body: RequestBody,
  { listLag = 0 }: { readonly listLag?: number } = {},
): Promise<S3Response> {
  // A browser asks for leave without signing anything.
  if (operation === 'Preflight') return preflight(environment, request);
  if (request.headers['x-amz-expected-bucket-owner'] !== undefined)
    throw new S3Error('NotImplemented', { details: { Header: 'x-amz-expected-bucket-owner' } });
  const { store, minPartSize, gate, corsDefaults, mimic } = environment;
  // A form is signed in its body.
  if (operation !== 'PostObject') {
    const isOpen = isAnonymous(request) && isOpenTo(operation, store.findBucket(request.bucket));
    body.expect(isOpen ? { kind: 'unsigned' } : authenticate(request, gate));
  }
  // On Complete, the header is the checksum of the object, not of the body.
  if (operation !== 'CompleteMultipartUpload') body.claim(claimedChecksum(request.headers, environment.mimic));
  return OPERATIONS[withoutQuery(operation, mimic)]({
    request,
    body,
    store,
    minPartSize,
    region: gate.region,
    corsDefaults,
    mimic,
    gate,
    listLag,
    now: gate.now,
  });
}

/** What a store does that passes over the query of an operation. */
function withoutQuery(
  operation: keyof typeof OPERATIONS,
  { passedOver }: Environment['mimic'],
): keyof typeof OPERATIONS {
  if (!passedOver.test(operation)) return operation;
  // The body is none that creates a bucket.
  if (operation.startsWith('Put')) throw new S3Error('MalformedXML');
  return operation.startsWith('Delete') ? 'DeleteBucket' : 'ListObjects';
}

function preflight({ store, corsDefaults, mimic }: Environment, { headers, bucket, query }: S3Request): S3Response {
  if (mimic.signedPreflight && !query.has('X-Amz-Signature') && !query.has('Signature'))
    throw new S3Error('BadRequest');
  if (headers.origin === undefined) {
    throw new S3Error('BadRequest', { message: 'Insufficient information. Origin request header needed.' });
  }
  if (headers['access-control-request-method'] === undefined) {
    throw new S3Error('BadRequest', { message: 'Invalid Access-Control-Request-Method: null' });
  }
  const rules = corsRulesOf(store.findBucket(bucket), corsDefaults);
  if (rules.length === 0) {
    throw new S3Error('AccessForbidden', { message: 'CORSResponse: CORS is not enabled for this bucket.' });
  }
  const allowed = preflightHeaders(rules, headers);
  if (allowed) return emptyResponse(200, allowed);
  throw new S3Error('AccessForbidden', {
    message:
      'CORSResponse: This CORS request is not allowed. This is usually because the evaluation of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource’s CORS spec.',
  });
}
