import * as v from 'valibot';
import { UploadsError } from '../errors.ts';

/**
 * A page may send text or a form to any origin unasked; of JSON, its browser asks first.
 * @throws UploadsError `bad-request`, as 415.
 * @see https://fetch.spec.whatwg.org/#cors-safelisted-request-header
 */
export function checkIsJson({ headers }: Request): void {
  const [type] = (headers.get('content-type') ?? '').split(';');
  if (type?.trim().toLowerCase() === 'application/json') return;
  throw new UploadsError({
    code: 'bad-request',
    status: 415,
    message: 'The body of a call must be JSON, and say so.',
    hint: 'Send the header `Content-Type: application/json`, as the client of Portage does.',
  });
}

/**
 * Reads a JSON body of a known shape.
 * @param limit Most bytes that are read.
 * @throws UploadsError `bad-request` or `too-large`.
 */
export async function readBody<T>(request: Request, schema: v.GenericSchema<unknown, T>, limit: number): Promise<T> {
  const parsed = v.safeParse(schema, parseJson(await readText(request, limit)), { abortEarly: true });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue);
  throw badRequest(
    `The body does not have the shape of this call${path === null ? '' : `: look at \`${path.slice(0, 100)}\``}.`,
  );
}

async function readText(request: Request, limit: number): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(limit);
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    // A body may say nothing, or a lie, about its length.
    for await (const chunk of request.body ?? []) {
      length += chunk.length;
      if (length > limit) throw tooLarge(limit);
      chunks.push(chunk);
    }
    return decode(chunks, length);
  } catch (cause) {
    if (cause instanceof UploadsError) throw cause;
    throw badRequest('The body could not be read as UTF-8 text.', cause);
  }
}

function decode(chunks: readonly Uint8Array[], length: number): string {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw badRequest('The body is not JSON.', cause);
  }
}

const badRequest = (message: string, cause?: unknown) =>
  new UploadsError({
    code: 'bad-request',
    message,
    hint: 'Use the client of the same version as this server. If a body parser runs before it, mount the uploads first.',
    cause,
  });

const tooLarge = (limit: number) =>
  new UploadsError({
    code: 'too-large',
    message: `The body of this call is over ${limit} bytes.`,
    hint: 'Name fewer files in one call. Files themselves go to the store, not here.',
  });
