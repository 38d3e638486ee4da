import { describe, expect, test } from 'vitest';
import { parseObjects, parseUploads } from './xml.ts';

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
