import { expect, test } from 'vitest';
import type { Client } from '../test-support/client.ts';
import { outcome } from '../test-support/client.ts';
import { startStore } from '../test-support/start-store.ts';
import type { MimicName } from './mimic.ts';

/** What is asked of each store, and what each answers. */
const QUESTIONS: readonly (readonly [string, (client: Client) => Promise<string>, Record<MimicName, string>])[] = [
  [
    'If-None-Match with an ETag',
    (client) => outcome(client.put('uploads/a', 'new', { 'if-none-match': '"other"' })),
    { aws: '501 NotImplemented', r2: '200', minio: '501 NotImplemented', ceph: '200', 'ceph-16': '200' },
  ],
  [
    'If-None-Match: * where there is an object',
    (client) => outcome(client.put('uploads/a', 'new', { 'if-none-match': '*' })),
    {
      aws: '412 PreconditionFailed',
      r2: '412 PreconditionFailed',
      minio: '412 PreconditionFailed',
      ceph: '412 PreconditionFailed',
      'ceph-16': '200',
    },
  ],
  [
    'a part that an object has not',
    (client) => outcome(client.send('uploads/a?partNumber=2')),
    {
      aws: '416 InvalidPartNumber',
      r2: '416 InvalidPartNumber',
      minio: '416 InvalidPartNumber',
      ceph: '400 InvalidPart',
      'ceph-16': '400 InvalidPart',
    },
  ],
  [
    'a checksum that is none',
    (client) => outcome(client.put('uploads/a', 'new', { 'x-amz-checksum-crc32': 'bad' })),
    {
      aws: '400 InvalidRequest',
      r2: '400 InvalidRequest',
      minio: '400 InvalidRequest',
      ceph: '400 BadDigest',
      'ceph-16': '400 BadDigest',
    },
  ],
  [
    'a CRC32 of the whole object',
    (client) =>
      outcome(
        client.send('uploads/b?uploads', {
          method: 'POST',
          headers: { 'x-amz-checksum-algorithm': 'CRC32', 'x-amz-checksum-type': 'FULL_OBJECT' },
        }),
      ),
    { aws: '200', r2: '400 InvalidRequest', minio: '200', ceph: '200', 'ceph-16': '200' },
  ],
  [
    'CORS rules for one bucket',
    (client) =>
      outcome(
        client.put(
          'uploads?cors',
          '<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>PUT</AllowedMethod></CORSRule></CORSConfiguration>',
        ),
      ),
    { aws: '200', r2: '200', minio: '501 NotImplemented', ceph: '200', 'ceph-16': '200' },
  ],
];

test.each(QUESTIONS)('%s is answered as each store does', async (_, ask, expected) => {
  const answers = await Promise.all(
    (Object.keys(expected) as MimicName[]).map(async (mimic) => {
      const { client } = await startStore({ mimic });
      await client.put('uploads/a', 'old');
      return [mimic, await ask(client)] as const;
    }),
  );
  expect(Object.fromEntries(answers)).toEqual(expected);
});
