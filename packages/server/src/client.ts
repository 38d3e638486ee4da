/** The browser's side of the types: route names, limits and results come from the server's own definition. */
import { type CompleteResponse, RouteLimits, type RouteName, type UploadResult, WireError } from '@portage/protocol';
import * as v from 'valibot';

export {
  type RouteLimits,
  type RouteName,
  type Serialized,
  toRestrictions,
  type UploadResult,
} from '@portage/protocol';

export interface UploadClientOptions {
  /** Address of the upload server, such as `/api/uploads`. */
  endpoint: string;
  /** Sent with every call, to say who is asking. A function is called for each call. @default none */
  headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>);
  /** Whether cookies go to a server of another origin. @default 'same-origin' */
  credentials?: RequestCredentials;
  /** @default globalThis.fetch */
  fetch?: typeof fetch;
}

/**
 * What Uppy's `upload-success` and `file.response.body` hold of a route's uploads, as a type argument of Uppy itself.
 *
 * @example new Uppy<Meta, UploadBody<typeof uploads, 'photos'>>().use(PortageS3, client.route('photos'))
 */
export type UploadBody<U, Name extends RouteName<U>> = {
  key: string;
  /** The object's address, without a signature. */
  location: string;
  /** What proves that the store holds the bytes that were picked. */
  verifiedBy?: CompleteResponse['verifiedBy'];
  /** How the file was looked at again before it was completed; see the option `secondLook` of the plugin. */
  secondLook?: 'whole' | 'samples' | 'none';
  /** What a page asks by how far the file's processing is, where the route has a `process`. */
  processing?: string;
  /** What `onComplete` returned. */
  result: UploadResult<U, Name>;
};

/** One route as the browser uses it. Goes as it is into `uppy.use(PortageS3, …)`. */
export interface ClientRoute<Name extends string = string, Result = unknown> {
  readonly endpoint: string;
  readonly route: Name;
  readonly headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>);
  readonly credentials?: RequestCredentials;
  /** Asks the server what it takes, once. @throws UploadClientError where it does not say. */
  limits(signal?: AbortSignal): Promise<RouteLimits>;
  /** What `onComplete` returned, out of the response that Uppy's `upload-success` carries. */
  result(response: { body?: object | undefined }): Result;
}

/** The server did not say what a route takes. */
export class UploadClientError extends Error {
  override readonly name = 'UploadClientError';
  /** The server's code where it gave one, such as `not-found`; else `no-answer`. */
  readonly code: string;
  /** What to do about it, for people. */
  readonly hint: string;

  constructor({ code, message, hint, cause }: { code: string; message: string; hint: string; cause?: unknown }) {
    super(message, { cause });
    this.code = code;
    this.hint = hint;
  }
}

export interface UploadClient<U> {
  /** One route by its name. */
  route<Name extends RouteName<U>>(name: Name): ClientRoute<Name, UploadResult<U, Name>>;
}

/**
 * Knows the routes of an upload server by its type alone: nothing of the server gets into the page.
 *
 * @example
 * import type { uploads } from '../server/uploads.ts';
 *
 * const client = createUploadClient<typeof uploads>({ endpoint: '/api/uploads' });
 * uppy.use(PortageS3, client.route('photos'));
 */
export function createUploadClient<U>(options: UploadClientOptions): UploadClient<U> {
  const { endpoint, headers, credentials } = options;
  return {
    route: (name) => ({
      endpoint,
      route: name,
      ...(headers !== undefined && { headers }),
      ...(credentials !== undefined && { credentials }),
      limits: (signal) => askLimits(options, name, signal),
      result: ({ body }) => (body as { result?: never } | undefined)?.result as never,
    }),
  };
}

async function askLimits(options: UploadClientOptions, route: string, signal?: AbortSignal): Promise<RouteLimits> {
  const { endpoint, headers, credentials } = options;
  const send = options.fetch ?? fetch;
  const url = `${endpoint.replace(/\/+$/, '')}/${encodeURIComponent(route)}`;
  let answer: unknown;
  try {
    const given = new Headers(typeof headers === 'function' ? await headers() : headers);
    const init = { headers: given, ...(credentials && { credentials }), ...(signal && { signal }) };
    answer = await (await send(url, init)).json();
  } catch (cause) {
    throw new UploadClientError({ ...NO_ANSWER, cause });
  }
  const limits = v.safeParse(RouteLimits, answer);
  if (limits.success) return limits.output;
  const refused = v.safeParse(WireError, answer);
  throw new UploadClientError(refused.success ? refused.output.error : NO_ANSWER);
}

const NO_ANSWER = {
  code: 'no-answer',
  message: 'The upload server did not say what it takes.',
  hint: 'Check the connection, and the endpoint of the client.',
};
