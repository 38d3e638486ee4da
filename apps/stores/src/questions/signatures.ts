/** What a signature covers, and how long it counts. */
import { createHmac } from 'node:crypto';
import { type Asker, said } from '../asking.ts';
import type { Question } from './question.ts';
import { existing, newKey } from './steps.ts';

export const SIGNATURES: readonly Question[] = [
  {
    title: 'a Content-Type that is sent and not signed',
    ask: async ({ presigned }) =>
      said(await presigned({ key: newKey(), body: 'x', unsigned: { 'content-type': 'text/plain' } })),
  },
  {
    title: 'a URL signed 10 and 30 minutes ahead',
    ask: async ({ presigned }) => {
      const answers = [600, 1800].map((ahead) => presigned({ key: newKey(), body: 'x', ahead }));
      return (await Promise.all(answers)).map(said).join(', ');
    },
  },
  {
    title: 'Signature Version 2 in the query',
    ask: async (asker) => {
      const { store, bare, url } = asker;
      const key = await existing(asker);
      return said(await bare(signedAsVersion2(store, url(key)), 'GET', {}));
    },
  },
];

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html */
function signedAsVersion2({ accessKeyId, secretAccessKey }: Asker['store'], url: string): string {
  const expires = Math.floor(Date.now() / 1000) + 600;
  const text = `GET\n\n\n${expires}\n${new URL(url).pathname}`;
  const signature = createHmac('sha1', secretAccessKey).update(text).digest('base64');
  return `${url}?${new URLSearchParams({ AWSAccessKeyId: accessKeyId, Expires: String(expires), Signature: signature })}`;
}
