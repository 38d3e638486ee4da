import { createHash } from 'node:crypto';
import { BodyChecksum } from '../../checksum/body-checksum.ts';
import { claimedChecksum } from '../../checksum/claimed-checksum.ts';
import { invalidArgument, S3Error } from '../../errors/s3-error.ts';
import { emptyResponse, type S3Response } from '../../http/s3-response.ts';
import { encodeUriPath } from '../../http/uri.ts';
import type { ObjectRecord } from '../../store/records.ts';
import { writeBareXml, xml } from '../../xml/write-xml.ts';
import { isOpenTo } from '../bucket/bucket-acl.ts';
import { versionHeaders, versioningOf } from '../bucket/versioning.ts';
import { storedHeaders } from '../object/stored-headers.ts';
import { checkKey } from '../object/upload-size.ts';
import { bucketOf, type Operation, type OperationContext, quoted } from '../operation.ts';
import { checkFormSignature } from './check-form-signature.ts';
import { type PostForm, readForm } from './form.ts';
import { checkPolicy, type PostPolicy, parsePolicy } from './policy.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html */
export const postObject: Operation = async (context) => {
  const bucket = bucketOf(context);
  const { request, body, gate, now, mimic } = context;
  if (!mimic.postPolicy) throw new S3Error('NotImplemented');
  return readForm(request.headers, body.bytes(), async (form) => {
    const isAnonymous = !form.fields.has('policy') && isOpenTo('PostObject', bucket);
    if (!isAnonymous) checkFormSignature(form.fields, gate);
    const policy = isAnonymous ? undefined : parsePolicy(form.fields.get('policy') ?? '');
    const key = keyOfForm(form);
    // S3 checks the key that comes of it, not the placeholder.
    if (policy) {
      const fields = new Map([...form.fields, ['key', key]]);
      checkPolicy(policy, fields, bucket.name, { now: now(), free: mimic.freeFields });
    }
    const headers = storedHeaders(headersOfForm(form));
    const md5 = createHash('md5');
    const summed = await BodyChecksum.begin(
      // A form has no headers of an SDK: what it claims counts.
      claimedChecksum(headersOfForm(form), { ...mimic, checksumsCount: 'always' }),
      undefined,
    );
    const see = (bytes: Buffer): void => {
      md5.update(bytes);
      summed?.update(bytes);
    };
    async function* verified(): AsyncGenerator<Buffer> {
      yield* within(policy?.size, form.file.bytes, see);
      // Thrown before the end of the bytes, so that they are not kept.
      if (summed) checksum = { ...summed.end(new Map()), type: 'FULL_OBJECT' };
    }
    let checksum: ObjectRecord['checksum'];
    const blob = await bucket.blobs.write(verified());
    const etag = md5.digest('hex');
    const object = {
      key,
      size: blob.size,
      etag,
      lastModified: now(),
      headers,
      blobs: [blob],
      ...(checksum && { checksum }),
    };
    const stored = await bucket.objects.put(object, undefined, versioningOf(bucket));
    const response = responseTo(context, form, { bucket: bucket.name, key, etag });
    return { ...response, headers: { ...response.headers, ...versionHeaders(stored) } };
  });
};

function keyOfForm({ fields, file }: PostForm): string {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: S3's own placeholder.
  const key = fields.get('key')?.replaceAll('${filename}', () => file.name);
  if (!key) throw invalidArgument('key', '', "Bucket POST must contain a field named 'key'.");
  checkKey(key);
  return key;
}

/** Fields stand for the headers of a PUT. */
function headersOfForm({ fields, file }: PostForm): Record<string, string> {
  return { ...(file.contentType && { 'content-type': file.contentType }), ...Object.fromEntries(fields) };
}

async function* within(
  size: PostPolicy['size'] = { min: 0, max: Number.POSITIVE_INFINITY },
  bytes: AsyncIterable<Buffer>,
  see: (bytes: Buffer) => void,
): AsyncGenerator<Buffer> {
  let total = 0;
  for await (const piece of bytes) {
    total += piece.length;
    if (total > size.max) {
      throw new S3Error('EntityTooLarge', { details: { ProposedSize: total, MaxSizeAllowed: size.max } });
    }
    see(piece);
    yield piece;
  }
  if (total >= size.min) return;
  throw new S3Error('EntityTooSmall', { details: { ProposedSize: total, MinSizeAllowed: size.min } });
}

function responseTo(
  { request }: OperationContext,
  { fields }: PostForm,
  { bucket, key, etag }: { readonly bucket: string; readonly key: string; readonly etag: string },
): S3Response {
  const location = `${request.origin}/${bucket}/${encodeUriPath(key)}`;
  const headers = { etag: quoted(etag), location };
  const redirect = fields.get('success_action_redirect') ?? fields.get('redirect');
  if (redirect !== undefined && URL.canParse(redirect)) {
    const url = new URL(redirect);
    for (const [name, value] of Object.entries({ bucket, key, etag: quoted(etag) })) url.searchParams.set(name, value);
    return emptyResponse(303, { ...headers, location: url.toString() });
  }
  const status = fields.get('success_action_status');
  if (status !== '201') return emptyResponse(status === '200' ? 200 : 204, headers);
  const result = xml('PostResponse', [
    xml('Location', location),
    xml('Bucket', bucket),
    xml('Key', key),
    xml('ETag', quoted(etag)),
  ]);
  return { status: 201, headers: { ...headers, 'content-type': 'application/xml' }, body: writeBareXml(result) };
}
