/** The rules of a bucket. */
import { createHash } from 'node:crypto';
import { said } from '../asking.ts';
import type { Question } from './question.ts';
import { existing } from './steps.ts';

const ORIGIN = 'https://page.example';

export const RULES: readonly Question[] = [
  {
    title: 'lifecycle rules of a bucket without any',
    ask: async ({ send }) => {
      const answer = await send({ query: 'lifecycle=' });
      return `${said(answer)} ${/<(?!\?)(\w+)/.exec(answer.text)?.[1] ?? 'nothing'}`;
    },
  },
  {
    title: 'a lifecycle rule',
    ask: async (asker) => {
      const { send } = asker;
      // Swift takes DELETE ?lifecycle for DELETE of the bucket, which an empty one would not survive.
      await existing(asker);
      const rule =
        '<AbortIncompleteMultipartUpload><DaysAfterInitiation>8</DaysAfterInitiation></AbortIncompleteMultipartUpload>';
      const body = `<LifecycleConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule><ID>a</ID><Filter><Prefix></Prefix></Filter><Status>Enabled</Status>${rule}</Rule></LifecycleConfiguration>`;
      const headers = { 'content-md5': createHash('md5').update(body).digest('base64') };
      const put = await send({ method: 'PUT', query: 'lifecycle=', body, headers });
      return `written ${said(put)}, taken away ${said(await send({ method: 'DELETE', query: 'lifecycle=' }))}`;
    },
  },
  {
    title: 'CORS rules: written, read',
    ask: async ({ send }) => {
      const rule = `<AllowedOrigin>${ORIGIN}</AllowedOrigin><AllowedMethod>PUT</AllowedMethod><AllowedMethod>POST</AllowedMethod><AllowedMethod>GET</AllowedMethod><AllowedMethod>DELETE</AllowedMethod><AllowedHeader>*</AllowedHeader><ExposeHeader>ETag</ExposeHeader>`;
      const body = `<CORSConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><CORSRule>${rule}</CORSRule></CORSConfiguration>`;
      const headers = { 'content-md5': createHash('md5').update(body).digest('base64') };
      const put = await send({ method: 'PUT', query: 'cors=', body, headers });
      const read = await send({ query: 'cors=' });
      return `${said(put)}, ${said(read)} ${/<(?!\?)(\w+)/.exec(read.text)?.[1] ?? 'nothing'}`;
    },
  },
];
