import { describe, expect, test } from 'vitest';
import { parseCopied, parseObjects, parseUploadId, parseUploads } from './xml.ts';

// Spaces at the ends are part of a key. A store that is asked for keys as they are, as Ceph is, writes them as they are.
const key = ' Summer & rain .jpg ';
const written = key.replace('&', '&amp;');

describe('keys in listings', () => {
  test('keep spaces at their ends: of objects', () => {
    const page = parseObjects(
      `<ListBucketResult>
        <IsTruncated>false</IsTruncated>
        <Contents><Key>${written}</Key><Size>5</Size><ETag>"e"</ETag><LastModified>2026-11-30T12:00:00.000Z</LastModified></Contents>
      </ListBucketResult>`,
    );
    expect(page?.objects).toEqual([{ key, size: 5, etag: '"e"', storedAt: Date.parse('2026-11-30T12:00:00.000Z') }]);
  });

  test('keep spaces at their ends: of unfinished uploads, and where the next page begins', () => {
    const page = parseUploads(
      `<ListMultipartUploadsResult>
        <IsTruncated>true</IsTruncated>
        <NextKeyMarker>${written}</NextKeyMarker>
        <NextUploadIdMarker>u</NextUploadIdMarker>
        <Upload><Key>${written}</Key><UploadId>u</UploadId><Initiated>2026-11-30T12:00:00.000Z</Initiated></Upload>
      </ListMultipartUploadsResult>`,
    );
    expect(page?.uploads.map((upload) => upload.key)).toEqual([key]);
    expect(page?.next).toEqual({ key, uploadId: 'u' });
  });
});

const NAMESPACE = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
const initiated = (inside: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<InitiateMultipartUploadResult ${NAMESPACE}>${inside}</InitiateMultipartUploadResult>`;
const copied = (etag: string) =>
  `<CopyPartResult><LastModified>2026-11-30T12:00:00.000Z</LastModified>${etag}</CopyPartResult>`;

describe('what is asked for each file', () => {
  test.each([
    ['as Amazon writes it', '<Bucket>b</Bucket><Key>a &amp; b</Key><UploadId>u.1-_</UploadId>', 'u.1-_'],
    ['in lines', '\n  <Bucket>b</Bucket>\n  <UploadId>u</UploadId>\n  <Key>k</Key>\n', 'u'],
    ['with characters that are written otherwise', '<UploadId>a&amp;b&quot;&#34;</UploadId>', 'a&b""'],
    ['behind an element that holds others', '<Owner><ID>1</ID></Owner><UploadId>u</UploadId>', 'u'],
    ['beside a comment', '<!-- <UploadId>no</UploadId> --><UploadId>u</UploadId>', 'u'],
    ['with an attribute', '<UploadId a="b">u</UploadId>', 'u'],
    ['twice', '<UploadId>a</UploadId><UploadId>b</UploadId>', undefined],
    ['in another element', '<Upload><UploadId>u</UploadId></Upload>', undefined],
    ['empty', '<UploadId></UploadId>', undefined],
  ])('an upload id %s', (_, inside, expected) => {
    expect(parseUploadId(initiated(inside))).toBe(expected);
    expect(parseUploadId(initiated(`<x/>${inside}`))).toBe(expected);
  });

  test.each([
    ['<ETag>&quot;9b2c&quot;</ETag>', '"9b2c"'],
    ['<ETag>"9b2c"</ETag>', '"9b2c"'],
    ['<ETag>&#34;9b2c&#34;</ETag><ChecksumCRC64NVME>AAA=</ChecksumCRC64NVME>', '"9b2c"'],
    ['<Error/>', undefined],
  ])('the ETag of a copy: %s', (etag, expected) => {
    expect(parseCopied(copied(etag))).toBe(expected);
    expect(parseCopied(copied(`<x/>${etag}`))).toBe(expected);
  });
});
