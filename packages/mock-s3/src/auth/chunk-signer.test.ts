import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { chunkSigner } from './chunk-signer.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html#example-signature-calculations-streaming */
test('signs the chunks of the example that AWS gives', () => {
  const signer = chunkSigner(
    {
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      scope: { date: '20130524', region: 'us-east-1', service: 's3' },
      timestamp: '20130524T000000Z',
      signedHeaders: [],
      signature: '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
      payloadHash: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
      source: { kind: 'header' },
    },
    { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
  );
  expect(signer.chunk(sha256('a'.repeat(65_536)))).toBe(
    'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
  );
  expect(signer.chunk(sha256('a'.repeat(1024)))).toBe(
    '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
  );
  expect(signer.chunk(sha256(''))).toBe('b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9');
});
