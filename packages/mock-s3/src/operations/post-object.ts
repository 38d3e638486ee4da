import { createHash } from 'node:crypto';
import { emptyResponse, type S3Response } from '../http/s3-response.ts';
import { encodeUriPath } from '../http/uri.ts';
import { checkFormSignature } from '../post/check-form-signature.ts';
import { type PostForm, readForm } from '../post/form.ts';
import { checkPolicy, type PostPolicy, parsePolicy } from '../post/policy.ts';
import { invalidArgument, S3Error } from '../s3-error.ts';
import { writeXml, xml } from '../xml/write-xml.ts';
import { bucketOf, type Operation, type OperationContext, quoted } from './operation.ts';
import { storedHeaders } from './stored-headers.ts';
import { checkKey } from './upload-size.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html */
export const postObject: Operation = async (context) => {
  const bucket = bucketOf(context);
  const { request, body, gate, now, mimic } = context;
  if (!mimic.postPolicy) throw new S3Error('NotImplemented');
  return readForm(request.headers, body.bytes(), async (form) => {
    checkFormSignature(form.fields, gate);
    const policy = parsePolicy(form.fields.get('policy') ?? '');
    const key = keyOfForm(form);
    // S3 checks the key that comes of it, not the placeholder.
    checkPolicy(policy, new Map([...form.fields, ['key', key]]), bucket.name, now());
    const headers = storedHeaders(headersOfForm(form));
    const md5 = createHash('md5');
    const blob = await bucket.blobs.write(within(policy, form.file.bytes, (bytes) => md5.update(bytes)));
    const etag = md5.digest('hex');
    await bucket.objects.put({ key, size: blob.size, etag, lastModified: now(), headers, blobs: [blob] });
    return answer(context, form, { bucket: bucket.name, key, etag });
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
  { size }: PostPolicy,
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

function answer(
  { request }: OperationContext,
  { fields }: PostForm,
  { bucket, key, etag }: { readonly bucket: string; readonly key: string; readonly etag: string },
): S3Response {
  const location = `http://${request.headers.host ?? 'localhost'}/${bucket}/${encodeUriPath(key)}`;
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
  return { status: 201, headers: { ...headers, 'content-type': 'application/xml' }, body: writeXml(result) };
}
