import { describe, expect, it } from 'vitest';
import { crc64OfWhole, hidesMd5, md5InETag } from './etag.ts';

const MD5 = '0123456789abcdef0123456789abcdef';

describe('md5InETag', () => {
  it.each([
    ['of one PUT', `"${MD5}"`, MD5],
    ['without quotes', MD5, MD5],
    ['of several parts', `"${MD5}-12"`, `${MD5}-12`],
    ['a weak one', `W/"${MD5}"`, undefined],
    ['in upper case', `"${MD5.toUpperCase()}"`, undefined],
    ['of another length', `"${'0'.repeat(64)}"`, undefined],
    ['with half of its quotes', `"${MD5}`, undefined],
    ['a number', '"12"', undefined],
    ['nothing', '""', undefined],
  ])('%s', (_, etag, md5) => {
    expect(md5InETag(etag)).toBe(md5);
  });
});

describe('hidesMd5', () => {
  const sse = (value: string) => ({ 'x-amz-server-side-encryption': value });
  it.each([
    ['not encrypted', {}, false],
    ["with the store's own keys", sse('AES256'), false],
    ['with KMS', sse('aws:kms'), true],
    ['with KMS, twice', sse('aws:kms:dsse'), true],
    ["with the customer's key", { 'x-amz-server-side-encryption-customer-algorithm': 'AES256' }, true],
  ])('%s', (_, headers, hides) => {
    expect(hidesMd5(new Headers(headers as Record<string, string>))).toBe(hides);
  });
});

describe('crc64OfWhole', () => {
  it.each([
    ['of the whole', 'aFhsTdUtIDI=', 'FULL_OBJECT', 'aFhsTdUtIDI='],
    ['of a type that is not told', 'aFhsTdUtIDI=', null, 'aFhsTdUtIDI='],
    ['of the checksums of the parts', 'aFhsTdUtIDI=', 'COMPOSITE', undefined],
    ['of one part, as Ceph 20 has it', 'aFhsTdUtIDI=-1', null, undefined],
    ['of another algorithm', 'aFhsTQ==', null, undefined],
    ['none', null, null, undefined],
  ])('%s', (_, checksum, type, whole) => {
    expect(crc64OfWhole(checksum, type)).toBe(whole);
  });
});
