import { encodeKey } from '@portage/protocol/sigv4';
import { PACKS_OVER_5_MIB } from '../s3/store-profiles.ts';
import { completeBody, parseCopied } from '../s3/xml.ts';
import { type Bucket, begin, isUnknownApi, said } from './bucket.ts';
import { type Finding, finder } from './finding.ts';

const packs = finder('packs');

const PACK = 'one of many';
const FILE = 'of';

/** Whether the store copies parts out of an object, as packs need it. The object is as small as a pack may be there. */
export async function checkPacks(bucket: Bucket, key: string): Promise<Finding> {
  const { least } = bucket.profile.packs ?? PACKS_OVER_5_MIB;
  const found = await copies(bucket, key, least);
  if (bucket.packs)
    return found === 'right'
      ? packs('ok', 'Small files may travel together: the store copies parts out of an object.')
      : packs(
          'warning',
          `Small files may travel together by \`packs: true\`, but the store does not copy parts out of an object: ${found}.`,
          'Allow s3:GetObject for the objects of this bucket, or take `packs` off.',
        );
  return packs(
    'ok',
    found === 'right'
      ? 'Each small file goes by itself. The store could take many out of one object: see `packs` of `s3()`.'
      : `Each small file goes by itself: the store does not copy parts out of an object (${found}).`,
  );
}

/** What a copy out of an object of so many bytes came to, in words. */
async function copies(bucket: Bucket, key: string, least: number): Promise<string> {
  const { headers } = bucket;
  const [source, target] = [`${key}-pack`, `${key}-file`];
  const body = PACK.padEnd(least, '.');
  const put = await bucket.send({ method: 'PUT', key: source, body, headers });
  const uploadId = put.ok ? await begin(bucket, target) : undefined;
  if (uploadId === undefined) return said(put);
  const query = `uploadId=${encodeURIComponent(uploadId)}`;
  const start = PACK.indexOf(FILE);
  const copied = await bucket.send({
    method: 'PUT',
    key: target,
    query: `partNumber=1&${query}`,
    headers: {
      'x-amz-copy-source': `/${bucket.name}/${encodeKey(source)}`,
      'x-amz-copy-source-range': `bytes=${start}-${start + FILE.length - 1}`,
    },
  });
  const etag = parseCopied(copied.text);
  const complete = {
    method: 'POST',
    key: target,
    query,
    body: completeBody([{ partNumber: 1, etag: etag ?? '' }]),
  } as const;
  const completed = etag === undefined ? copied : await bucket.send(complete);
  const { text } = await bucket.send({ method: 'GET', key: target });
  if (etag === undefined) await bucket.send({ method: 'DELETE', key: target, query });
  for (const each of [source, target]) await bucket.send({ method: 'DELETE', key: each });
  if (completed.ok) return text === FILE ? 'right' : 'other bytes came than were asked for';
  return isUnknownApi(completed) ? 'it does not know UploadPartCopy' : said(completed);
}
