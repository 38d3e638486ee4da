import { encodeKey } from '@portage/protocol/sigv4';
import { checkEndpoint } from './check-text.ts';

export interface AddressOptions {
  /** Absolute URL of the store, without the bucket. */
  endpoint: string;
  bucket: string;
  /** `https://host/bucket/key` rather than `https://bucket.host/key`. */
  forcePathStyle: boolean;
}

/** Says where an object lives. An empty key means the bucket itself. */
export type Address = (key: string) => string;

/**
 * @throws TypeError when the endpoint is not an absolute http(s) URL.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function createAddress({ endpoint, bucket, forcePathStyle }: AddressOptions): Address {
  const url = checkEndpoint(endpoint);
  const path = url.pathname.replace(/\/+$/, '');
  const base = forcePathStyle
    ? `${url.protocol}//${url.host}${path}/${encodeKey(bucket)}`
    : `${url.protocol}//${bucket}.${url.host}${path}`;
  return (key) => `${base}/${encodeKey(key)}`;
}
