import { Readable } from 'node:stream';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import type { MockS3 } from '../start/mock-s3.ts';
import { element } from '../test-support/client.ts';
import { rawRequest, signedHeaders } from '../test-support/raw-request.ts';
import { startStore } from '../test-support/start-store.ts';

/** Sends a body in unsigned chunks, as it is. */
async function putFramed(store: MockS3, body: string, headers: Record<string, string> = {}): Promise<string> {
  const request = {
    method: 'PUT',
    path: '/uploads/a',
    headers: {
      'content-encoding': 'aws-chunked',
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '9',
      'x-amz-trailer': 'x-amz-checksum-crc32',
      ...headers,
    },
  };
  const response = await rawRequest(store, {
    ...request,
    headers: { ...(await signedHeaders(store, request)), 'content-length': Buffer.byteLength(body) },
    body,
  });
  return `${response.status} ${element(response.text, 'Code') ?? ''}`.trim();
}

const GOOD = '4\r\n1234\r\n5\r\n56789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n';

test('takes the framing off, and verifies the trailer', async () => {
  const { store, client } = await startStore();
  expect(await putFramed(store, GOOD)).toBe('200');
  const got = await client.send('uploads/a');
  expect([await got.text(), got.headers.get('content-encoding')]).toEqual(['123456789', null]);
});

test.each([
  ['another checksum', GOOD.replace('y/Q5Jg', 'AAAAAA'), '400 BadDigest'],
  ['no trailer', '9\r\n123456789\r\n0\r\n\r\n', '400 MalformedTrailerError'],
  ['more than declared', 'a\r\n1234567890\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n', '400 IncompleteBody'],
  ['less than declared', '4\r\n1234\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n', '400 IncompleteBody'],
  ['no framing', '123456789', '400 IncompleteBody'],
  ['a size that is none', 'xyz\r\n123456789\r\n0\r\n\r\n', '400 InvalidRequest'],
  ['an end in its midst', '9\r\n1234', '400 IncompleteBody'],
])('refuses a framed body with %s, and keeps nothing', async (_, body, expected) => {
  const { store } = await startStore();
  expect(await putFramed(store, body)).toBe(expected);
  expect(store.objects('uploads')).toEqual([]);
});

test('takes what the AWS SDK streams, signed in chunks or not', async () => {
  const { store } = await startStore();
  const client = new S3Client({
    endpoint: store.endpoint,
    region: store.region,
    credentials: store.credentials[0],
    forcePathStyle: true,
  });
  await client.send(
    new PutObjectCommand({ Bucket: 'uploads', Key: 'a', Body: Readable.from(['hello']), ContentLength: 5 }),
  );
  expect(store.objects('uploads')).toMatchObject([{ key: 'a', size: 5 }]);
  client.destroy();
});
