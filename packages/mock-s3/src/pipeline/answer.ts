import { authenticate } from '../auth/authenticate.ts';
import type { RequestBody } from '../http/body.ts';
import type { S3Request } from '../http/s3-request.ts';
import { emptyResponse, type S3Response } from '../http/s3-response.ts';
import { OPERATIONS, type OperationName } from '../operations/operations.ts';
import { S3Error } from '../s3-error.ts';
import type { Environment } from './environment.ts';

/** Authenticates a request and runs its operation. Throws whatever S3 refuses. */
export async function answer(
  environment: Environment,
  operation: Exclude<OperationName, 'Unreadable'>,
  request: S3Request,
  body: RequestBody,
): Promise<S3Response> {
  // A browser asks for leave without signing anything.
  if (operation === 'Preflight') return preflight(environment, request);
  const { store, minPartSize, gate } = environment;
  body.expect(authenticate(request, gate));
  return OPERATIONS[operation]({ request, body, store, minPartSize, region: gate.region, now: gate.now });
}

function preflight({ cors }: Environment, { headers }: S3Request): S3Response {
  if (headers.origin === undefined) {
    throw new S3Error('BadRequest', { message: 'Insufficient information. Origin request header needed.' });
  }
  if (cors === undefined) {
    throw new S3Error('AccessForbidden', { message: 'CORSResponse: CORS is not enabled for this bucket.' });
  }
  const allowed = cors.preflight(headers);
  if (allowed) return emptyResponse(200, allowed);
  throw new S3Error('AccessForbidden', {
    message:
      'CORSResponse: This CORS request is not allowed. This is usually because the evaluation of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource’s CORS spec.',
  });
}
