import type { IncomingHttpHeaders } from 'node:http';
import { S3Error } from '../errors/s3-error.ts';
import type { Exchange } from './exchange.ts';
import { Query } from './query.ts';
import { decodeUri } from './uri.ts';

/** What a request asks for, once its address is understood. The body is apart: see `RequestBody`. */
export interface S3Request {
  readonly method: string;
  /** As the client knows the store: `http://host:port`. */
  readonly origin: string;
  /** Path as it was sent, still percent-encoded. */
  readonly rawPath: string;
  readonly query: Query;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as they were sent. */
  readonly rawHeaders: readonly string[];
  /** `undefined` when the request addresses the whole service. */
  readonly bucket: string | undefined;
  /** `undefined` when the request addresses a bucket or the whole service. */
  readonly key: string | undefined;
}

/**
 * Reads the address of a request in path style (`/bucket/key`) or virtual-host style (`bucket.domain/key`).
 *
 * The path is never normalised: `a/../b` is a key like any other.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function readRequest(
  { incoming, scheme }: Pick<Exchange, 'incoming' | 'scheme'>,
  domains: readonly string[],
): S3Request {
  const url = originForm(incoming.url ?? '/');
  const question = url.indexOf('?');
  const rawPath = question === -1 ? url : url.slice(0, question);
  const search = question === -1 ? '' : url.slice(question + 1);
  if (!rawPath.startsWith('/')) throw new S3Error('InvalidURI');
  return {
    method: incoming.method ?? 'GET',
    origin: `${scheme}://${incoming.headers.host ?? 'localhost'}`,
    rawPath,
    query: new Query(search),
    headers: incoming.headers,
    rawHeaders: incoming.rawHeaders,
    ...address(decodeUri(rawPath), bucketOfHost(incoming.headers.host, domains)),
  };
}

/** A proxy may send the absolute form, `GET http://host/path`. */
function originForm(url: string): string {
  const absolute = /^https?:\/\/[^/?]*/i.exec(url);
  if (absolute === null) return url;
  const rest = url.slice(absolute[0].length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

function address(path: string, hostBucket: string | undefined): Pick<S3Request, 'bucket' | 'key'> {
  const rest = path.slice(1);
  if (hostBucket !== undefined) return { bucket: hostBucket, key: rest || undefined };
  const slash = rest.indexOf('/');
  if (slash === -1) return { bucket: rest || undefined, key: undefined };
  return { bucket: rest.slice(0, slash), key: rest.slice(slash + 1) || undefined };
}

function bucketOfHost(host: string | undefined, domains: readonly string[]): string | undefined {
  const name = host?.toLowerCase().replace(/:\d*$/, '') ?? '';
  if (domains.includes(name)) return undefined;
  const [domain] = domains.filter((each) => name.endsWith(`.${each}`)).sort((a, b) => b.length - a.length);
  return domain === undefined ? undefined : name.slice(0, -domain.length - 1);
}
