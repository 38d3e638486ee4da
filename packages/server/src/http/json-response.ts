import { UploadsError } from '../errors.ts';

/** A response in JSON. Signed requests are for one reader, so nothing is kept on the way. */
export const json = (status: number, body: object, headers: Readonly<Record<string, string>> = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...headers,
    },
  });

/** What the browser is told of a failure. */
export const failure = (error: UploadsError, headers: Readonly<Record<string, string>>) =>
  json(error.status, error.toWire(), {
    ...headers,
    ...(error.code === 'method-not-allowed' && { allow: 'POST, OPTIONS' }),
    ...(error.retryAfter !== undefined && { 'retry-after': String(Math.ceil(error.retryAfter)) }),
  });

export const notFound = () =>
  new UploadsError({
    code: 'not-found',
    message: 'There is no such upload route or operation.',
    hint: 'Calls go to /{route}/{operation}. Check the endpoint and the route of the client, and `basePath` of the server.',
  });

export const methodNotAllowed = () =>
  new UploadsError({
    code: 'method-not-allowed',
    message: 'The calls of this server are POST requests.',
    hint: 'Files themselves go to the store, not here. Check the endpoint of the client.',
  });

export const rateLimited = (retryAfter: number) =>
  new UploadsError({
    code: 'rate-limited',
    message: 'There were too many uploads from here in a short time.',
    hint: `Nothing is lost; it goes on in ${Math.ceil(retryAfter)} s.`,
    retryAfter,
  });
