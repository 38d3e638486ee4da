/** Checksums: which count, and which an object has. */
import { createHash } from 'node:crypto';
import { askerOf, elementOf, said } from '../asking.ts';
import type { Question } from './question.ts';
import { complete, completed, create, existing, newKey, putPart } from './steps.ts';

/** Of `other`, so wrong for all that is sent here. */
const WRONG_SHA256 = createHash('sha256').update('other').digest('base64');
const WRONG_CRC64 = 'AAAAAAAAAAA=';

export const CHECKSUMS: readonly Question[] = [
  {
    title: 'a wrong SHA-256 on PUT',
    ask: async ({ send }) =>
      said(await send({ method: 'PUT', key: newKey(), body: 'x', headers: { 'x-amz-checksum-sha256': WRONG_SHA256 } })),
  },
  {
    title: 'the same with x-amz-sdk-checksum-algorithm',
    ask: async ({ send }) => {
      const headers = { 'x-amz-checksum-sha256': WRONG_SHA256, 'x-amz-sdk-checksum-algorithm': 'SHA256' };
      return said(await send({ method: 'PUT', key: newKey(), body: 'x', headers }));
    },
  },
  {
    title: 'a wrong SHA-256 in the signed query',
    ask: async ({ presigned }) =>
      said(
        await presigned({
          key: newKey(),
          body: 'x',
          query: `x-amz-checksum-sha256=${encodeURIComponent(WRONG_SHA256)}`,
        }),
      ),
  },
  {
    title: 'a wrong Content-MD5 on a part',
    ask: async (asker) => {
      const key = newKey();
      const md5 = createHash('md5').update('other').digest('base64');
      return said(await putPart(asker, key, await create(asker, key), 1, 'x', { 'content-md5': md5 }));
    },
  },
  {
    title: 'a wrong CRC64NVME of the whole on Complete',
    ask: async (asker) => {
      const key = newKey();
      const whole = { 'x-amz-checksum-type': 'FULL_OBJECT' };
      const id = await create(asker, key, { 'x-amz-checksum-algorithm': 'CRC64NVME', ...whole });
      const part = await putPart(asker, key, id, 1);
      return said(await complete(asker, key, id, [[1, part]], { 'x-amz-checksum-crc64nvme': WRONG_CRC64, ...whole }));
    },
  },
  {
    title: 'the checksum of an object of one part',
    ask: async (asker) => {
      const { key } = await completed(asker, {
        'x-amz-checksum-algorithm': 'CRC64NVME',
        'x-amz-checksum-type': 'FULL_OBJECT',
      });
      const { headers } = await asker.send({ method: 'HEAD', key, headers: { 'x-amz-checksum-mode': 'ENABLED' } });
      return headers['x-amz-checksum-crc64nvme'] ?? 'none';
    },
  },
  {
    title: 'the checksum of an object that nobody asked one for',
    ask: async (asker) => {
      const key = await existing(asker);
      const { headers } = await asker.send({ method: 'HEAD', key, headers: { 'x-amz-checksum-mode': 'ENABLED' } });
      return headers['x-amz-checksum-crc64nvme'] ?? 'none';
    },
  },
  {
    title: 'Object Lock: Create, a part and a PUT without a checksum, a copy',
    ask: async ({ store }) => {
      const asker = askerOf(store, `locked-${Date.now()}`);
      const made = await asker.send({ method: 'PUT', headers: { 'x-amz-bucket-object-lock-enabled': 'true' } });
      if (made.status !== 200) return said(made);
      const headers = {
        'x-amz-object-lock-mode': 'GOVERNANCE',
        'x-amz-object-lock-retain-until-date': new Date(Date.now() + 86_400_000).toISOString(),
      };
      const [key, source] = [newKey(), await existing(asker)];
      const created = await asker.send({ method: 'POST', key, query: 'uploads=', headers });
      const id = encodeURIComponent(elementOf(created.text, 'UploadId') ?? '');
      const from = { ...headers, 'x-amz-copy-source': `/${asker.bucket}/${source}` };
      const answers = [
        ...[created, await putPart(asker, key, id, 1)],
        await asker.send({ method: 'PUT', key: newKey(), body: 'x', headers }),
        await asker.send({ method: 'PUT', key: newKey(), headers: from }),
      ];
      return answers.map(said).join(', ');
    },
  },
];
