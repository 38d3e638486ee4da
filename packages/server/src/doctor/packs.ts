import { StoreError } from '../errors.ts';
import { s3 } from '../s3/s3.ts';
import type { S3Options } from '../s3/s3-options.ts';
import type { MultipartUpload, ObjectStorage } from '../storage.ts';
import { type Bucket, said } from './bucket.ts';
import { type Finding, finder } from './finding.ts';

const packs = finder('packs');

const PACK = 'one of many';
const FILE = 'of';

/**
 * Whether small files can travel together: the doctor sends a pack, as small as the store allows, takes a file out of it and deletes
 * it, by the same requests as the upload server.
 */
export async function checkPacks(bucket: Bucket, options: S3Options, key: string): Promise<Finding> {
  const storage = s3({ ...options, packs: true });
  const { packs: offered, copyPart } = storage;
  if (offered === undefined || copyPart === undefined)
    return packs(
      options.packs ? 'warning' : 'ok',
      'Each small file goes by itself: `headers` lock what is stored, and nobody could delete a pack.',
      options.packs ? 'Take `packs` off: it has no effect.' : undefined,
    );
  const trouble = await tryPack(bucket, { ...storage, copyPart }, offered.least, key);
  if (trouble === undefined)
    return packs(
      'ok',
      options.packs
        ? 'Small files may travel together: the store copies parts out of an object.'
        : 'Each small file goes by itself. The store could take many out of one object: see `packs` of `s3()`.',
    );
  if (!options.packs)
    return packs('ok', `Each small file goes by itself: packs would not work with this store (${trouble}).`);
  return packs(
    'warning',
    `\`packs: true\` has small files travel together, but that does not work with this store: ${trouble}.`,
    /\b403\b/.test(trouble)
      ? 'Allow s3:GetObject and s3:DeleteObject for the objects of this bucket (of a bucket with versions, those of versions too), or take `packs` off.'
      : 'Take `packs` off: each page would send some files in a pack in vain, and then each by itself.',
  );
}

/** Says why packs do not work with the store; undefined where they do. */
async function tryPack(
  bucket: Bucket,
  storage: ObjectStorage & Required<Pick<ObjectStorage, 'copyPart'>>,
  least: number,
  key: string,
): Promise<string | undefined> {
  const begun: MultipartUpload[] = [];
  const begin = async (key: string, passing: boolean) => {
    const upload = { key, uploadId: await storage.createMultipartUpload({ key, headers: {}, passing }) };
    begun.push(upload);
    return upload;
  };
  const finish = async ({ key, uploadId }: MultipartUpload, etag: string) => {
    await storage.completeMultipartUpload({ key, uploadId, parts: [{ partNumber: 1, etag }] });
    const seen = await storage.headObject(key);
    if (seen === undefined) throw new StoreError('unavailable', 'HeadObject: the finished object does not show.');
    return { key, seen };
  };
  try {
    const packing = await begin(`${key}-pack`, true);
    const query = `partNumber=1&uploadId=${encodeURIComponent(packing.uploadId)}`;
    const sent = await bucket.send({ method: 'PUT', key: packing.key, query, body: PACK.padEnd(least, '.') });
    if (!sent.ok) return `UploadPart: ${said(sent)}`;
    const pack = await finish(packing, sent.headers.get('etag') ?? '');
    const to = await begin(`${key}-file`, false);
    const start = PACK.indexOf(FILE);
    const file = await finish(to, await storage.copyPart({ ...pack, start, end: start + FILE.length, to }));
    const bytes = await storage.read({ ...file, start: 0, end: Math.max(1, file.seen.size) });
    if (new TextDecoder().decode(bytes) !== FILE) return 'UploadPartCopy: other bytes came than were asked for';
    await storage.deleteObject(pack);
    return undefined;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return error.message.replace(/\.$/, '');
  } finally {
    for (const upload of begun) {
      await storage.abortMultipartUpload(upload).catch(() => undefined);
      await bucket.send({ method: 'DELETE', key: upload.key });
    }
  }
}
