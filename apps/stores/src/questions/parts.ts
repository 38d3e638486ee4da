/** Which parts an upload may have. */
import { type Asker, elementOf, said } from '../asking.ts';
import type { Question } from './question.ts';
import { complete, create, newKey, PART, putPart } from './steps.ts';

export const PARTS: readonly Question[] = [
  {
    title: 'Complete without naming a part that was sent',
    ask: async (asker) => {
      const key = newKey();
      const id = await create(asker, key);
      const first = await putPart(asker, key, id, 1, PART);
      await putPart(asker, key, id, 2);
      return said(await complete(asker, key, id, [[1, first]]));
    },
  },
  {
    title: 'Complete with parts in another order',
    ask: async (asker) => {
      const key = newKey();
      const id = await create(asker, key);
      const first = await putPart(asker, key, id, 1, PART);
      const last = await putPart(asker, key, id, 2);
      return said(
        await complete(asker, key, id, [
          [2, last],
          [1, first],
        ]),
      );
    },
  },
  {
    title: 'Complete with a small part that is not the last',
    ask: async (asker) => {
      const key = newKey();
      const id = await create(asker, key);
      const parts = [1, 2].map(async (part) => [part, await putPart(asker, key, id, part)] as const);
      return said(await complete(asker, key, id, await Promise.all(parts)));
    },
  },
  {
    title: 'Complete with an ETag that is another',
    ask: async (asker) => {
      const key = newKey();
      const id = await create(asker, key);
      const part = await putPart(asker, key, id, 1);
      const headers = { etag: '"d41d8cd98f00b204e9800998ecf8427e"' };
      return said(await complete(asker, key, id, [[1, { ...part, headers }]]));
    },
  },
  {
    title: 'an upload of one empty part',
    ask: async (asker) => {
      const key = newKey();
      const id = await create(asker, key);
      const part = await putPart(asker, key, id, 1, '');
      const answer = await complete(asker, key, id, [[1, part]]);
      const { status, headers } = await asker.send({ method: 'HEAD', key });
      return `${said(part)}, ${said(answer)}, ${status} ${headers['content-length']} ${headers['etag']}`;
    },
  },
  {
    title: 'an upload of 5 MiB and an empty part',
    ask: async (asker) => {
      const key = newKey();
      const id = await create(asker, key);
      const parts = [
        [1, await putPart(asker, key, id, 1, PART)],
        [2, await putPart(asker, key, id, 2, '')],
      ] as const;
      return said(await complete(asker, key, id, parts));
    },
  },
  ...[0, 1000, 1001, 10_000, 10_001].map((partNumber) => ({
    title: `part number ${partNumber}`,
    ask: async (asker: Asker) => {
      const key = newKey();
      return said(await putPart(asker, key, await create(asker, key), partNumber));
    },
  })),
  {
    title: 'a copy of 100 kB as the only part',
    ask: async (asker) => {
      const [from, key] = [newKey(), newKey()];
      await asker.send({ method: 'PUT', key: from, body: PART.subarray(0, 100_000) });
      const id = await create(asker, key);
      const headers = { 'x-amz-copy-source': `/${asker.bucket}/${from}`, 'x-amz-copy-source-range': 'bytes=0-99999' };
      const copy = await putPart(asker, key, id, 1, '', headers);
      const etag = elementOf(copy.text, 'ETag')?.replaceAll('&quot;', '"') ?? '';
      return said(await complete(asker, key, id, [[1, { ...copy, headers: { etag } }]]));
    },
  },
];
