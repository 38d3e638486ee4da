/** An upload after its end, or before its beginning. */
import { type Asker, elementOf, said } from '../asking.ts';
import type { Question } from './question.ts';
import { abort, complete, completed, create, listParts, newKey, putPart } from './steps.ts';

export const LIFE: readonly Question[] = [
  {
    title: 'ListParts of a completed upload',
    ask: async (asker) => {
      const { key, id } = await completed(asker);
      return said(await listParts(asker, key, id));
    },
  },
  {
    title: 'Abort of a completed upload',
    ask: async (asker) => {
      const { key, id } = await completed(asker);
      return said(await abort(asker, key, id));
    },
  },
  {
    title: 'Complete a second time',
    ask: async (asker) => {
      const { key, id, part } = await completed(asker);
      return said(await complete(asker, key, id, [[1, part]]));
    },
  },
  ...(['ListParts', 'Abort', 'UploadPart', 'Complete'] as const).map((what) => ({
    title: `${what} after Abort`,
    ask: async (asker: Asker) => {
      const key = newKey();
      const id = await create(asker, key);
      const part = await putPart(asker, key, id, 1);
      await abort(asker, key, id);
      const next = {
        ListParts: () => listParts(asker, key, id),
        Abort: () => abort(asker, key, id),
        UploadPart: () => putPart(asker, key, id, 1),
        Complete: () => complete(asker, key, id, [[1, part]]),
      };
      return said(await next[what]());
    },
  })),
  {
    title: 'an upload id that never was',
    ask: async (asker) => {
      const key = newKey();
      const id = 'bm8tc3VjaC11cGxvYWQ';
      const answers = [await listParts(asker, key, id), await abort(asker, key, id), await putPart(asker, key, id, 1)];
      return answers.map(said).join(', ');
    },
  },
  {
    title: 'keys of ListMultipartUploads with encoding-type=url',
    ask: async (asker) => {
      const prefix = newKey();
      await create(asker, `${prefix}/a b+c%41/ü&`);
      const query = `uploads=&encoding-type=url&prefix=${encodeURIComponent(prefix)}`;
      const { text } = await asker.send({ query });
      const key = elementOf(text, 'Key')
        ?.slice(-'a b+c%41/ü&'.length * 4)
        .replace(/^.*-\d+(?:\/|%2F)/, '');
      return `${key}, EncodingType ${elementOf(text, 'EncodingType') ?? 'not said'}`;
    },
  },
  {
    title: 'another part after Complete, then HEAD, GET and CopyObject',
    ask: async (asker) => {
      const { key, id } = await completed(asker);
      const late = await putPart(asker, key, id, 1, 'late');
      const headers = { 'x-amz-copy-source': `/${asker.bucket}/${key}` };
      const answers = [
        ...[late, await asker.send({ method: 'HEAD', key }), await asker.send({ key })],
        await asker.send({ method: 'PUT', key: newKey(), headers }),
      ];
      return answers.map(said).join(', ');
    },
  },
];
