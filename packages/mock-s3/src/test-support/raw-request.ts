import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { AwsV4Signer } from 'aws4fetch';
import type { MockS3 } from '../start/mock-s3.ts';

interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Sends a request as it is: no path is normalised, no header is added. */
export async function rawRequest(
  store: MockS3,
  { method = 'GET', path, headers = {}, body = '' }: RawRequest,
): Promise<RawAnswer> {
  const sent = request({ host: store.host, port: store.port, method, path, headers, agent: false });
  sent.end(body);
  const [response] = await once(sent, 'response');
  const pieces: Buffer[] = [];
  for await (const piece of response) pieces.push(piece);
  return { status: response.statusCode, headers: response.headers, text: Buffer.concat(pieces).toString() };
}

interface RawRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: string;
}

/** Writes bytes to a socket and returns all that comes back until the connection ends. */
export async function rawSocket(store: MockS3, text: string, { halfClose = false } = {}): Promise<string> {
  const socket = connect(store.port, store.host);
  await once(socket, 'connect');
  if (halfClose) socket.end(text);
  else socket.write(text);
  const pieces: Buffer[] = [];
  socket.on('data', (piece) => pieces.push(piece)).on('error', () => undefined);
  await once(socket, 'close');
  return Buffer.concat(pieces).toString();
}

/** Headers that sign a request for a path that `fetch` would normalise. @param path - Encoded. */
export async function signedHeaders(
  store: MockS3,
  { method = 'GET', path, headers = {} }: RawRequest,
): Promise<Record<string, string>> {
  const signer = new AwsV4Signer({
    method,
    url: `${store.endpoint}/`,
    headers: headers as Record<string, string>,
    ...store.credentials[0],
    service: 's3',
    region: store.region,
    allHeaders: true,
  });
  signer.encodedPath = path;
  return Object.fromEntries((await signer.sign()).headers);
}
