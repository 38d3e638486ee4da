/** What an ETag and a stored checksum prove. One rule for the page and for the server. */

/**
 * The MD5 that an ETag is, in hex: of the bytes, or with `-N` of the MD5s of N parts. Undefined where it is something else,
 * which proves nothing: a weak one, one in upper case, or one of a form of its own. An ETag of encrypted bytes can have
 * this form too; see {@link hidesMd5}.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
 */
export function md5InETag(etag: string): string | undefined {
  return /^("?)([0-9a-f]{32}(?:-\d+)?)\1$/.exec(etag)?.[2];
}

/**
 * Whether a response says that the bytes are encrypted in a way that makes the ETag no MD5: with a key of KMS, or one of the
 * customer's.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
export function hidesMd5(headers: { get(name: string): string | null }): boolean {
  return (
    headers.get('x-amz-server-side-encryption')?.startsWith('aws:kms') === true ||
    headers.get('x-amz-server-side-encryption-customer-algorithm') !== null
  );
}

/**
 * A CRC-64/NVME of all bytes, in base64, as the store tells it. Undefined where it is none, or is made of those of the parts:
 * `COMPOSITE`, or with `-1` behind it, as Ceph 20 has it for an upload of one part.
 */
export function crc64OfWhole(checksum: string | null | undefined, type?: string | null): string | undefined {
  return checksum && type !== 'COMPOSITE' && /^[\w+/]{11}=$/.test(checksum) ? checksum : undefined;
}
