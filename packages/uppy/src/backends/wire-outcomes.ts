/** What the upload server's responses mean to the engine. */
import type { Failure, Intent, Opened, Outcome, PartRequest, ReadyPart, Session } from '@portage/engine';
import { SMALL } from '@portage/engine';
import {
  type CompleteAllResponse,
  type CompleteResponse,
  type CreateResponse,
  planParts,
  type SignedPart,
  type WireError,
} from '@portage/protocol';
import { isSignedOut, pageRefusal } from '../sending/responses.ts';
import { tellDeveloper } from '../sending/tell-developer.ts';
import { isWireError } from './wire-responses.ts';

export interface WireResponse {
  readonly status: number;
  readonly ok: boolean;
  /** In milliseconds. */
  readonly retryAfter: number | undefined;
  readonly text: string;
  /** Undefined where the text is no JSON. */
  readonly json: unknown;
}

/** A file of the response to Create, as an upload that the engine may send. */
export function opened(
  created: CreateResponse['files'][number] | undefined,
  intent: Intent,
  asked: number,
  { http2, packs }: CreateResponse,
): Outcome<Opened> {
  if (!created) return { ok: false, failure: { kind: 'invalid-response' } };
  // What is the server's own failure may pass; a refusal does not.
  if ('error' in created)
    return { ok: false, failure: refused(created.error.code === 'internal' ? 500 : 422, created) };
  const { kind, key, token, partSize, lanes, checksum, region } = created;
  const session: Session = { kind, key, token, partSize, lanes, checksum, region };
  try {
    planParts(intent.size, partSize, lanes);
  } catch (cause) {
    return { ok: false, failure: { kind: 'invalid-response', cause } };
  }
  const pack = packs && intent.size > 0 && intent.size <= SMALL && { pack: token };
  const told = { ...(http2 && { http2 }), ...pack };
  return { ok: true, value: { session, requests: created.requests.map((part) => readyPart(part, asked, told)) } };
}

/** A file of the response to Complete of several. */
export function completed(told: CompleteAllResponse['uploads'][number] | undefined): Outcome<CompleteResponse> {
  if (!told) return { ok: false, failure: { kind: 'invalid-response' } };
  if (!('error' in told)) return { ok: true, value: told };
  const { status, retryAfter } = told;
  const wait = retryAfter === undefined ? undefined : retryAfter * 1000;
  return { ok: false, failure: { ...refused(status, told), retryAfter: wait } };
}

/** The life of a signature counts from the asking, by the page's own clock: a little too short is safe. */
export function readyPart(
  { partNumber, request: { expiresIn, ...signed } }: SignedPart,
  asked: number,
  told: Pick<PartRequest, 'http2' | 'pack'> = {},
): ReadyPart {
  return { partNumber, request: { ...signed, expiresAt: asked + expiresIn, ...told } };
}

function refused(status: number, { error: { code, message, hint } }: WireError) {
  return { kind: 'server', status, code, message, hint } as const;
}

/** By the upload server's own word, or by the page of what stands in front of it. */
export function saysSignedOut({ status, json }: WireResponse): boolean {
  return isWireError(json) ? json.error.code === 'unauthorized' : isSignedOut(status);
}

export function refusal({ status, json, retryAfter }: WireResponse, base: string): Failure {
  if (isWireError(json)) return { ...refused(status, json), retryAfter };
  if (!isSignedOut(status)) tellDeveloper({ by: 'page', origin: base, status });
  return pageRefusal(status, retryAfter);
}
