import type { FaultPlan } from '../faults/fault-plan.ts';
import { errorDocument } from '../faults/s3/error.ts';
import type { RequestBody } from '../http/body.ts';
import { type ErrorPlace, errorResponse, type S3Response } from '../http/s3-response.ts';
import type { Environment } from './environment.ts';
import { runOperation } from './run-operation.ts';
import type { Target } from './target.ts';

/** Answers a request as S3 does when something goes wrong inside: the faults of the protocol. */
export async function respondWithFaults(
  environment: Environment,
  { operation, request }: Extract<Target, { readonly kind: 'request' }>,
  body: RequestBody,
  plan: FaultPlan,
  place: ErrorPlace,
): Promise<S3Response> {
  const now = environment.gate.now();
  const error = plan.find('error');
  if (error) {
    if (error.after === 'body') await body.discard(Number.POSITIVE_INFINITY);
    return errorResponse(errorDocument(error, now), place);
  }
  if (plan.find('no_such_upload')) {
    const uploadId = request.query.get('uploadId') ?? '';
    const uploads = environment.store.findBucket(request.bucket)?.uploads;
    await uploads?.change(uploadId, async (upload) => upload && (await uploads.remove(upload)));
  }
  const listLag = operation === 'ListParts' ? plan.find('stale_list_parts')?.ms : undefined;
  const failure = operation === 'CompleteMultipartUpload' ? plan.find('complete_200_error') : undefined;
  if (failure === undefined)
    return runOperation(environment, operation, request, body, { ...(listLag && { listLag }) });

  if (failure.committed === true) await runOperation(environment, operation, request, body);
  else await body.discard(Number.POSITIVE_INFINITY);
  const { code = 'InternalError' } = failure;
  return errorResponse({ ...errorDocument({ kind: 'error', code }, now), status: 200 }, place);
}
