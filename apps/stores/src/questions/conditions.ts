/** Writes and copies on a condition. */
import { type Asker, said } from '../asking.ts';
import type { Question } from './question.ts';
import { complete, completed, create, existing, newKey, putPart } from './steps.ts';

const NEVER_OVER = { 'if-none-match': '*' };

export const CONDITIONS: readonly Question[] = [
  {
    title: 'If-None-Match: * on PUT, where there is an object',
    ask: async (asker) =>
      said(await asker.send({ method: 'PUT', key: await existing(asker), body: 'x', headers: NEVER_OVER })),
  },
  {
    title: 'If-None-Match: * on three PUTs at once, a new key each time',
    byChance: true,
    ask: async ({ send }) => {
      const races = Array.from({ length: 6 }, async () => {
        const ask = { method: 'PUT', key: newKey(), body: 'x', headers: NEVER_OVER };
        const answers = await Promise.all([send(ask), send(ask), send(ask)]);
        return answers.filter(({ status }) => status === 200).length;
      });
      return `at most ${Math.max(...(await Promise.all(races)))} won`;
    },
  },
  {
    title: 'If-None-Match: * on PUT, where there is none',
    ask: async ({ send }) => said(await send({ method: 'PUT', key: newKey(), body: 'x', headers: NEVER_OVER })),
  },
  {
    title: 'If-None-Match: * on Complete, where there is an object',
    ask: async (asker) => {
      const key = await existing(asker);
      const id = await create(asker, key);
      return said(await complete(asker, key, id, [[1, await putPart(asker, key, id, 1)]], NEVER_OVER));
    },
  },
  {
    title: 'If-None-Match: * on three Completes at once, a new key each time',
    byChance: true,
    ask: async (asker) => {
      const races = Array.from({ length: 4 }, async () => {
        const key = newKey();
        const begun = [1, 2, 3].map(async () => {
          const id = await create(asker, key);
          return { id, part: await putPart(asker, key, id, 1) };
        });
        const uploads = await Promise.all(begun);
        const answers = await Promise.all(
          uploads.map(({ id, part }) => complete(asker, key, id, [[1, part]], NEVER_OVER)),
        );
        return answers.filter(({ status }) => status === 200).length;
      });
      return `at most ${Math.max(...(await Promise.all(races)))} won`;
    },
  },
  ...(['where there is an object', 'where there is none'] as const).map((where, index) => ({
    title: `If-None-Match: * on CopyObject, ${where}`,
    ask: async (asker: Asker) => {
      const headers = { 'x-amz-copy-source': `/${asker.bucket}/${await existing(asker)}`, ...NEVER_OVER };
      const key = index === 0 ? await existing(asker) : newKey();
      return said(await asker.send({ method: 'PUT', key, headers }));
    },
  })),
  ...(['one piece', 'parts'] as const).map((form) => ({
    title: `x-amz-copy-source-if-match with the ETag of an object in ${form}`,
    ask: async (asker: Asker) => {
      const source = form === 'parts' ? (await completed(asker)).key : await existing(asker);
      const { etag = '' } = (await asker.send({ method: 'HEAD', key: source })).headers;
      const headers = { 'x-amz-copy-source': `/${asker.bucket}/${source}`, 'x-amz-copy-source-if-match': etag };
      return said(await asker.send({ method: 'PUT', key: newKey(), headers }));
    },
  })),
];
