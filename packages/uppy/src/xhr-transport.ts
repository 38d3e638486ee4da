/** One attempt of one request from the page itself, and what its response means. */
import type { Outcome, Transport } from '@portage/engine';
import { storeFailure } from './responses.ts';
import { sendByXhr, type XhrOutcome } from './xhr-request.ts';

export const xhrTransport: Transport<Blob> = {
  send: async (attempt, signal) => readXhr(await sendByXhr(attempt, signal)),
};

/** Needs a page: refusals are XML, which workers cannot read. */
export function readXhr(outcome: XhrOutcome): Outcome<{ readonly etag: string | undefined }> {
  if (!outcome.ok) return outcome;
  const { status, etag, contentType, retryAfter, text } = outcome.value;
  if (status < 200 || status >= 300) return { ok: false, failure: storeFailure(status, retryAfter, text) };
  // What has an ETag is stored, whatever it calls itself: Swift says `text/html` of nothing. A page without one is what a
  // Wi-Fi network wants to be signed in to.
  if (etag === null && text !== '' && /html/i.test(contentType ?? ''))
    return { ok: false, failure: { kind: 'invalid-response' } };
  return { ok: true, value: { etag: etag ?? undefined } };
}
