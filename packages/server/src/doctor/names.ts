import { offersHttp2 } from '../s3/alpn.ts';
import { resolveStore } from '../s3/resolve.ts';
import { addressesOf } from '../s3/s3.ts';
import type { PublicEndpoint, S3Options } from '../s3/s3-options.ts';
import { openBucket } from './bucket.ts';
import { type Finding, finder } from './finding.ts';

const names = finder('names');

/** Whether a store that speaks HTTP/2 could give browsers a second connection. @param key - of an object that is there. */
export async function checkNames(options: S3Options, key: string, origin: string): Promise<Finding[]> {
  const addresses = addressesOf(options).map((address) => address(''));
  const http2 = options.http2 ?? resolveStore(options).profile.http2 ?? (await offersHttp2(addresses));
  if (!http2 || addresses.some((address) => !address.startsWith('https:'))) return [];
  if (addresses.length > 1)
    return [
      names('ok', `The store speaks HTTP/2. Browsers open a connection to each of its ${addresses.length} names.`),
    ];
  const one =
    'The store speaks HTTP/2 by one name, so all parts share one connection. That is slow where packets are lost.';
  const second = await otherStyle(options, key, origin);
  if (second === undefined) return [names('ok', one)];
  const [named] = [options.publicEndpoint ?? resolveStore(options).endpoint].flat();
  return [
    names(
      'warning',
      `${one} It responds by ${second.address} as well.`,
      `Set \`publicEndpoint\` of \`s3()\` to [${toCode(named)}, ${toCode(second.endpoint)}]. Browsers join names that have one address and one certificate: give one of them its own.`,
    ),
  ];
}

const toCode = (name: PublicEndpoint | undefined) =>
  typeof name === 'object'
    ? `{ endpoint: '${name.endpoint}', forcePathStyle: ${name.forcePathStyle} }`
    : `'${String(name)}'`;

/** The bucket's other name, by path or in front of the host; undefined where nothing of the bucket is there. */
async function otherStyle(options: S3Options, key: string, origin: string) {
  const { endpoint, forcePathStyle } = resolveStore(options);
  const [named = endpoint] = [options.publicEndpoint ?? endpoint].flat();
  const now = typeof named === 'string' ? { endpoint: named, forcePathStyle } : named;
  const other = { endpoint: now.endpoint, forcePathStyle: !now.forcePathStyle };
  // A certificate is for one name before the dot.
  if (options.bucket.includes('.')) return undefined;
  const asked = { ...options, publicEndpoint: other };
  const [address] = addressesOf(asked);
  if (!URL.canParse(address(''))) return undefined;
  const bucket = await openBucket(asked, options.clock ?? Date.now);
  const answer = await bucket.sendAsPage({ method: 'GET', key, origin }).catch(() => undefined);
  return answer?.ok ? { endpoint: other, address: address('').replace(/\/$/, '') } : undefined;
}
