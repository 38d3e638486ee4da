import type { IncomingMessage, ServerResponse } from 'node:http';
import { FaultPlan, type Line } from '../faults/fault-plan.ts';
import { RequestBody } from '../http/body.ts';
import { readSocket } from '../http/body-source.ts';
import { errorResponse, type S3Response, toErrorAnswer } from '../http/s3-response.ts';
import type { JournalEntry } from '../journal/journal-entry.ts';
import { httpTime } from '../operations/operation.ts';
import { S3Error } from '../s3-error.ts';
import { answer } from './answer.ts';
import { countReceived, countSent } from './counting.ts';
import type { Environment } from './environment.ts';
import { newRequestIds, type RequestIds } from './request-ids.ts';
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
  const gone = new AbortController();
  outgoing.once('close', () => gone.abort());
  const plan = planFaults(environment, entry, { cut: () => incoming.socket.resetAndDestroy(), signal: gone.signal });
  try {
    const body = openBody(environment, incoming, outgoing, plan, entry);
    const response = await respond(environment, target, body, plan, { ids, incoming });
    await plan.delay('answer');
    plan.cutBeforeAnswer();
    const headers = { ...commonHeaders(environment, incoming, response, ids), ...response.headers };
    const stages = [...plan.stages('answer'), countSent(entry, incoming, response, environment.gate.now)];
    await send({ incoming, outgoing, body }, { ...response, headers }, stages);
  } catch (error) {
    if (!isGone(incoming)) environment.onInternalError(error);
    entry.end({ state: 'cut', endedAt: environment.gate.now() });
    incoming.socket.destroy();
  }
}

function planFaults({ intercept, onInternalError }: Environment, entry: JournalEntry, line: Line): FaultPlan {
  try {
    const plan = new FaultPlan(intercept(entry.info), line);
    entry.faults = plan.faults;
    return plan;
  } catch (error) {
    onInternalError(error);
    return new FaultPlan({ kind: 'error', status: 500, code: 'InternalError' }, line);
  }
}

function openBody(
  { idleTimeout }: Environment,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  plan: FaultPlan,
  entry: JournalEntry,
): RequestBody {
  const source = [...plan.stages('request'), countReceived(entry)].reduce<AsyncIterable<Buffer>>(
    (before, stage) => stage(before),
    readSocket(incoming, outgoing, idleTimeout),
  );
  const { headers } = incoming;
  return new RequestBody(
    { contentLength: headers['content-length'], contentMd5: [headers['content-md5']].flat()[0] },
    source,
  );
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
    await plan.delay('before');
    const injected = plan.error();
    if (injected) return errorResponse(injected, place);
    if (target.kind === 'unreadable') throw target.error;
    return await answer(environment, target.operation, target.request, body);
  } catch (error) {
    if (isGone(incoming)) throw error;
    if (!(error instanceof S3Error)) environment.onInternalError(error);
    return errorResponse(toErrorAnswer(error), place);
  }
}

function commonHeaders(
  { cors, gate }: Environment,
  { headers, method }: IncomingMessage,
  response: S3Response,
  { requestId, hostId }: RequestIds,
): Readonly<Record<string, string>> {
  const own = { 'x-amz-request-id': requestId, 'x-amz-id-2': hostId, date: httpTime(gate.now()) };
  if (method === 'OPTIONS') return own;
  return { ...own, ...cors?.answer(headers, { ...response, headers: { ...own, ...response.headers } }) };
}

/** Whether the client, or a fault, has broken the connection: then an error is no bug, and an answer has no reader. */
function isGone(incoming: IncomingMessage): boolean {
  return incoming.socket.destroyed || incoming.errored !== null || (incoming.destroyed && !incoming.complete);
}
