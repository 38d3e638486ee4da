/** What a page of another origin may ask and read. */
import { type Answer, said } from '../asking.ts';
import type { Question } from './question.ts';
import { create, newKey } from './steps.ts';

const ORIGIN = 'https://page.example';
const FROM_PAGE = { origin: ORIGIN };

const isReadable = ({ headers }: Answer) =>
  ['*', ORIGIN].includes(headers['access-control-allow-origin'] ?? '') ? 'readable' : 'hidden';

export const PAGES: readonly Question[] = [
  {
    title: 'a preflight of a URL without a signature',
    ask: async ({ bare, url }) => {
      const headers = { ...FROM_PAGE, 'access-control-request-method': 'PUT' };
      return String((await bare(url('preflight'), 'OPTIONS', headers)).status);
    },
  },
  {
    title: 'a preflight of a presigned URL',
    ask: async ({ bare, presign }) => {
      const headers = { ...FROM_PAGE, 'access-control-request-method': 'PUT' };
      const answer = await bare(presign({ key: 'preflight' }), 'OPTIONS', headers);
      return `${answer.status} ${isReadable(answer)}`;
    },
  },
  {
    title: 'what a page reads: PUT, part, Create, ListParts, Complete, Abort',
    ask: async (asker) => {
      const { send, bare, presign } = asker;
      const key = newKey();
      const id = await create(asker, key);
      const fromPage = (method: string, query: string, body = '') =>
        bare(presign({ method, key, query }), method, FROM_PAGE, body);
      const other = await create(asker, key);
      const put = await fromPage('PUT', '', 'x');
      const part = await fromPage('PUT', `partNumber=1&uploadId=${id}`, 'x');
      const list = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${part.headers['etag']}</ETag></Part></CompleteMultipartUpload>`;
      const answers = [
        ...[put, part, await fromPage('POST', 'uploads='), await fromPage('GET', `uploadId=${id}`)],
        ...[await fromPage('POST', `uploadId=${id}`, list), await fromPage('DELETE', `uploadId=${other}`)],
      ];
      await send({ method: 'DELETE', key });
      return answers.map(isReadable).join(', ');
    },
  },
  {
    title: 'a wrong signature, to a page',
    ask: async ({ bare, presign }) => {
      const url = presign({ key: newKey() }).replace(/.$/, (last) => (last === '0' ? '1' : '0'));
      const answer = await bare(url, 'PUT', FROM_PAGE, 'x');
      return `${said(answer)}, ${isReadable(answer)}`;
    },
  },
  {
    title: 'a URL that is over, to a page',
    ask: async ({ bare, presign }) => {
      const answer = await bare(presign({ key: newKey(), ahead: -3000 }), 'PUT', FROM_PAGE, 'x');
      return `${said(answer)}, ${isReadable(answer)}`;
    },
  },
  {
    title: 'NoSuchUpload, to a page',
    ask: async ({ bare, presign }) => {
      const url = presign({ key: newKey(), query: 'partNumber=1&uploadId=bm8tc3VjaC11cGxvYWQ' });
      return isReadable(await bare(url, 'PUT', FROM_PAGE, 'x'));
    },
  },
];
