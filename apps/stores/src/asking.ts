/** Sends requests as questions need them: signed, presigned or bare, with nothing added. */
import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { createSigner, encodeKey, hashPayload } from '@portage/protocol/sigv4';
import type { RealStore } from './real-store.ts';

export type StoreAddress = Pick<RealStore, 'endpoint' | 'region' | 'accessKeyId' | 'secretAccessKey'>;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface Ask {
  method?: string;
  key?: string;
  query?: string;
  body?: string | Buffer;
  headers?: Readonly<Record<string, string>>;
  /** In seconds: how far ahead of now it is signed. */
  ahead?: number;
}

export interface Asker {
  readonly bucket: string;
  readonly store: StoreAddress;
  /** Signed in its headers. */
  send(ask: Ask): Promise<Answer>;
  /** Signed in its URL; `unsigned` headers are sent and not signed. */
  presigned(ask: Ask & { unsigned?: Readonly<Record<string, string>> }): Promise<Answer>;
  /** A presigned URL. */
  presign(ask: Ask): string;
  /** Not signed at all. */
  bare(url: string, method: string, headers: Readonly<Record<string, string>>, body?: string | Buffer): Promise<Answer>;
  url(key: string, query?: string): string;
}

export function askerOf(store: StoreAddress, bucket: string): Asker {
  const signer = createSigner(store);
  const url = (key: string, query = '') =>
    `${store.endpoint}/${bucket}${key === '' ? '' : `/${encodeKey(key)}`}${query === '' ? '' : `?${query}`}`;
  const at = (ahead = 0) => Date.now() + ahead * 1000;
  const presign = ({ method = 'PUT', key = '', query, headers = {}, ahead }: Ask) =>
    signer.presign({ method, url: url(key, query), headers, expiresIn: 900, at: at(ahead) }).url;
  return {
    bucket,
    store,
    url,
    presign,
    bare: (to, method, headers, body) => exchange(to, method, headers, body),
    send({ method = 'GET', key = '', query, body = '', headers = {}, ahead }) {
      const payloadHash =
        headers['x-amz-content-sha256'] ??
        (typeof body === 'string' ? hashPayload(body) : createHash('sha256').update(body).digest('hex'));
      const { 'x-amz-content-sha256': _, ...rest } = headers;
      const signed = signer.sign({ method, url: url(key, query), headers: rest, payloadHash, at: at(ahead) });
      return exchange(signed.url, method, signed.headers, body);
    },
    presigned({ unsigned = {}, ...ask }) {
      const { method = 'PUT', body = '', headers = {} } = ask;
      return exchange(presign(ask), method, { ...headers, ...unsigned }, body);
    },
  };
}

/** By Node's own client: it adds no header but `Host` and `Content-Length`. */
function exchange(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer = '',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = method === 'PUT' || method === 'POST' ? { 'content-length': String(Buffer.byteLength(body)) } : {};
    const sent = request(url, { method, headers: { ...headers, ...length }, agent: false, timeout: 60_000 });
    sent.on('timeout', () => sent.destroy(new Error('no response for 60 s')));
    sent.on('error', reject);
    sent.on('response', async (answer) => {
      const pieces: Buffer[] = [];
      for await (const piece of answer) pieces.push(piece as Buffer);
      const given = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]));
      resolve({ status: answer.statusCode ?? 0, headers: given, text: Buffer.concat(pieces).toString() });
    });
    sent.end(body);
  });
}

/** The text of the first element of this name. */
export const elementOf = (document: string, name: string): string | undefined =>
  new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(document)?.[1];

/** `404 NoSuchKey`. */
export const said = ({ status, text }: Answer): string => `${status} ${elementOf(text, 'Code') ?? ''}`.trim();
