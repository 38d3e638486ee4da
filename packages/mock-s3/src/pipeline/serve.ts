import type { IncomingMessage } from 'node:http';
import { isAnonymous } from '../auth/authenticate.ts';
import { S3Error } from '../errors/s3-error.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import { ConnectionCut } from '../faults/toxic.ts';
import { RequestBody } from '../http/body.ts';
import { readSocket } from '../http/body-source.ts';
import { responseHeaders } from '../http/cors.ts';
import { corsRulesOf } from '../http/cors-rules.ts';
import { type Exchange, isGone, resetExchange } from '../http/exchange.ts';
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
export async function serve(environment: Environment, exchange: Exchange): Promise<void> {
  const { incoming, socket } = exchange;
  const ids = newRequestIds();
  const target = readTarget(exchange, environment.domains);
  const entry = environment.journal.begin(describeTarget(target, incoming, ids.requestId));
  const done = environment.open.begin(entry, socket);
  const broken = (): void => entry.end({ state: 'cut', endedAt: environment.gate.now() });
  const plan = planFaults(environment, entry, lineOf(exchange, broken));
  try {
    const body = openBody(environment, exchange, plan, entry);
    const response = await respond(environment, target, body, plan, { ids, exchange });
    await plan.open('downstream');
    const headers = { ...commonHeaders(environment, target, incoming, response, ids), ...response.headers };
    const stages = [...plan.stages('downstream'), countSent(entry, incoming, response, environment.gate.now)];
    await send({ ...exchange, body }, { ...response, headers }, stages, plan.closing());
  } catch (error) {
    if (!isGone(exchange) && !(error instanceof ConnectionCut)) environment.onInternalError(error);
    broken();
    if (!(error instanceof ConnectionCut)) resetExchange(exchange);
    else if (!exchange.stream) incoming.resume();
  } finally {
    done();
  }
}

function openBody({ idleTimeout }: Environment, exchange: Exchange, plan: FaultPlan, entry: JournalEntry): RequestBody {
  const source = [...plan.stages('upstream'), countReceived(entry)].reduce<AsyncIterable<Buffer>>(
    (before, stage) => stage(before),
    readSocket(exchange, idleTimeout),
  );
  const { headers } = exchange.incoming;
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
  { ids, exchange }: { readonly ids: RequestIds; readonly exchange: Exchange },
): Promise<S3Response> {
  const place = { resource: (exchange.incoming.url ?? '/').replace(/\?.*$/s, ''), ...ids };
  try {
    await plan.open('upstream');
    if (target.kind === 'unreadable') throw target.error;
    return await respondWithFaults(environment, target, body, plan, place);
  } catch (error) {
    if (error instanceof ConnectionCut || isGone(exchange)) throw error;
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
