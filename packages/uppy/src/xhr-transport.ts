/** One attempt of one request by XMLHttpRequest, which unlike `fetch` tells how much of a body is sent. */
import type { Failure, Outcome, PartRequest, Transport } from '@portage/engine';
import { storeFailure } from './answers.ts';

type Answer = Outcome<{ readonly etag: string | undefined }>;

export const xhrTransport: Transport<Blob> = {
  send({ request, body, onProgress }, signal) {
    return new Promise<Answer>((resolve) => {
      const xhr = new XMLHttpRequest();
      const settle = (answer: Answer) => {
        signal.removeEventListener('abort', abort);
        resolve(answer);
      };
      const fail = (failure: Failure) => settle({ ok: false, failure });
      const abort = () => {
        fail({ kind: 'network' });
        xhr.abort();
      };

      xhr.upload.onprogress = (event) => onProgress(bodyBytes(event, body, request));
      xhr.upload.onload = () => onProgress(body.size);
      xhr.onload = () => settle(read(xhr));
      xhr.onerror = async () => {
        fail((await isReadable(body)) ? { kind: 'network' } : { kind: 'unreadable' });
      };

      if (signal.aborted) return abort();
      signal.addEventListener('abort', abort, { once: true });
      try {
        xhr.open(request.method, request.url);
        for (const [name, value] of Object.entries(request.headers)) xhr.setRequestHeader(name, value);
        xhr.send(request.fields ? postForm(request.fields, body) : body);
      } catch (cause) {
        // An address or a header that no browser takes is a bug of whoever signed the request.
        fail({ kind: 'app-callback', cause });
      }
    });
  },
};

function read(xhr: XMLHttpRequest): Answer {
  if (xhr.status < 200 || xhr.status >= 300) {
    const failure = storeFailure(xhr.status, xhr.getResponseHeader('Retry-After'), xhr.responseText);
    return { ok: false, failure };
  }
  // A store answers a part with nothing, or with XML. A page is what a Wi-Fi network wants to be signed in to.
  if (/html/i.test(xhr.getResponseHeader('Content-Type') ?? ''))
    return { ok: false, failure: { kind: 'invalid-answer' } };
  return { ok: true, value: { etag: xhr.getResponseHeader('ETag') ?? undefined } };
}

/** The body of an S3 POST policy. `file` comes last: S3 ignores fields behind it. */
function postForm(fields: NonNullable<PartRequest['fields']>, body: Blob): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', body);
  return form;
}

/** A form's envelope counts as sent bytes too; it is taken out in proportion. */
function bodyBytes(event: ProgressEvent, body: Blob, request: PartRequest): number {
  if (!request.fields || event.total === 0) return event.loaded;
  return Math.round((event.loaded / event.total) * body.size);
}

/** A file that was moved, deleted or edited fails like a lost network; reading a byte of it tells them apart. */
async function isReadable(body: Blob): Promise<boolean> {
  try {
    await body.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
