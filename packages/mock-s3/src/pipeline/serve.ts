import type { IncomingMessage, ServerResponse } from 'node:http';
import { isAnonymous } from '../auth/authenticate.ts';
import { S3Error } from '../errors/s3-error.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import { ConnectionCut } from '../faults/toxic.ts';
import { RequestBody } from '../http/body.ts';
import { readSocket } from '../http/body-source.ts';
import { responseHeaders } from '../http/cors.ts';
import { corsRulesOf } from '../http/cors-rules.ts';
import { errorResponse, type S3Response, toErrorDocument } from '../http/s3-response.ts';
import type { JournalEntry } from '../journal/journal-entry.ts';
import { httpTime } from '../operations/operation.ts';
import { countReceived, countSent } from './counting.ts';
import type { Environment } from './environment.ts';
import { lineOf, planFaults } from './plan-faults.ts';
import { newRequestIds, type RequestIds } from './request-ids.ts';
import { respondWithFaults } from './respond-with-faults.ts';
import { send } from './send.ts';
import { describeTarget, readTarget, type Target } from './target.ts';

/**
 * The one way that every request takes: read its head, note it in the journal, ask which faults it meets, authenticate,
 * run the operation, answer. It never rejects.
 */
export async function serve(
  environment: Environment,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const ids = newRequestIds();
  const target = readTarget(incoming, environment.domains);
  const entry = environment.journal.begin(describeTarget(target, incoming, ids.requestId));
  const done = environment.open.begin(entry, incoming.socket);
  const broken = (): void => entry.end({ state: 'cut', endedAt: environment.gate.now() });
  const plan = planFaults(environment, entry, lineOf(incoming, outgoing, broken));
  try {
    const body = openBody(environment, incoming, outgoing, plan, entry);
    const response = await respond(environment, target, body, plan, { ids, incoming });
    await plan.open('downstream');
    const headers = { ...commonHeaders(environment, target, incoming, response, ids), ...response.headers };
    const stages = [...plan.stages('downstream'), countSent(entry, incoming, response, environment.gate.now)];
    await send({ incoming, outgoing, body }, { ...response, headers }, stages, plan.closing());
  } catch (error) {
    if (!isGone(incoming) && !(error instanceof ConnectionCut)) environment.onInternalError(error);
    broken();
    if (error instanceof ConnectionCut) incoming.resume();
    else incoming.socket.destroy();
  } finally {
    done();
  }
}

function openBody(
  { idleTimeout }: Environment,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  plan: FaultPlan,
  entry: JournalEntry,
): RequestBody {
  const source = [...plan.stages('upstream'), countReceived(entry)].reduce<AsyncIterable<Buffer>>(
    (before, stage) => stage(before),
    readSocket(incoming, outgoing, idleTimeout),
  );
  const { headers } = incoming;
  const body = new RequestBody(
    { contentLength: headers['content-length'], contentMd5: [headers['content-md5']].flat()[0] },
    source,
  );
  body.tamper(plan.storedStages());
  return body;
}

/** What is to be answered, be it a refusal. Rejects only when there is nobody left to answer. */
async function respond(
  environment: Environment,
  target: Target,
  body: RequestBody,
  plan: FaultPlan,
  { ids, incoming }: { readonly ids: RequestIds; readonly incoming: IncomingMessage },
): Promise<S3Response> {
  const place = { resource: (incoming.url ?? '/').replace(/\?.*$/s, ''), ...ids };
  try {
    await plan.open('upstream');
    if (target.kind === 'unreadable') throw target.error;
    return await respondWithFaults(environment, target, body, plan, place);
  } catch (error) {
    if (error instanceof ConnectionCut || isGone(incoming)) throw error;
    if (!(error instanceof S3Error)) environment.onInternalError(error);
    return errorResponse(toErrorDocument(error), place);
  }
}

/** What sends or fetches the bytes of a file. */
const STORES_BYTES: ReadonlySet<string> = new Set(['PutObject', 'UploadPart', 'GetObject', 'HeadObject']);

function commonHeaders(
  { store, corsDefaults, corsErrors, gate, mimic }: Environment,
  target: Target,
  incoming: IncomingMessage,
  response: S3Response,
  { requestId, hostId }: RequestIds,
): Readonly<Record<string, string>> {
  const own = { 'x-amz-request-id': requestId, 'x-amz-id-2': hostId, date: httpTime(gate.now()) };
  if (incoming.method === 'OPTIONS' || incoming.headers.origin === undefined) return own;
  if (mimic.readable === 'stored' && !(target.kind === 'request' && STORES_BYTES.has(target.operation))) return own;
  const bucket = target.kind === 'request' ? store.findBucket(target.request.bucket) : undefined;
  const rules = corsRulesOf(bucket, corsDefaults);
  const cors = responseHeaders({ rules, errors: corsErrors }, incoming, {
    ...response,
    headers: { ...own, ...response.headers },
    isSigned: target.kind !== 'request' || !isAnonymous(target.request),
  });
  return { ...own, ...cors };
}

/** Whether the client, or a fault, has broken the connection: then an error is no bug, and a response has no reader. */
function isGone(incoming: IncomingMessage): boolean {
  return incoming.socket.destroyed || incoming.errored !== null || (incoming.destroyed && !incoming.complete);
}
