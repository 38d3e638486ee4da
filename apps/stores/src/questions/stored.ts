/** What is kept of an object, and how it is answered. */
import { type Answer, said } from '../asking.ts';
import type { Question } from './question.ts';
import { create, newKey, putPart } from './steps.ts';

const form = ({ headers }: Answer) => `${headers['content-type'] ?? 'no type'}, length ${headers['content-length']}`;

export const STORED: readonly Question[] = [
  {
    title: 'the response to a stored PUT',
    ask: async ({ send }) => form(await send({ method: 'PUT', key: newKey(), body: 'x' })),
  },
  {
    title: 'the response to a stored part',
    ask: async (asker) => {
      const key = newKey();
      return form(await putPart(asker, key, await create(asker, key), 1));
    },
  },
  {
    title: 'metadata in the signed query',
    ask: async ({ presigned, send }) => {
      const key = newKey();
      await presigned({ key, body: 'x', query: 'x-amz-meta-colour=blue' });
      return (await send({ method: 'HEAD', key })).headers['x-amz-meta-colour'] ?? 'lost';
    },
  },
  {
    title: 'metadata in headers, and the type',
    ask: async ({ send }) => {
      const key = newKey();
      const headers = { 'x-amz-meta-colour': 'blue', 'content-type': 'text/csv', 'content-disposition': 'attachment' };
      await send({ method: 'PUT', key, body: 'x', headers });
      const { headers: kept } = await send({ method: 'HEAD', key });
      return Object.keys(headers)
        .map((name) => kept[name] ?? 'lost')
        .join(', ');
    },
  },
  {
    title: 'HEAD and GET of an object that is not there',
    ask: async ({ send }) => {
      const key = newKey();
      return `${said(await send({ method: 'HEAD', key }))}, ${said(await send({ key }))}`;
    },
  },
  {
    title: 'an encryption with KMS',
    notKept: true,
    ask: async ({ send }) =>
      said(
        await send({ method: 'PUT', key: newKey(), body: 'x', headers: { 'x-amz-server-side-encryption': 'aws:kms' } }),
      ),
  },
  {
    title: 'an expected owner who is another',
    notKept: true,
    ask: async ({ send }) =>
      said(
        await send({
          method: 'PUT',
          key: newKey(),
          body: 'x',
          headers: { 'x-amz-expected-bucket-owner': '111122223333' },
        }),
      ),
  },
  {
    title: 'tags on PUT',
    notKept: true,
    ask: async ({ send }) =>
      said(await send({ method: 'PUT', key: newKey(), body: 'x', headers: { 'x-amz-tagging': 'kind=test' } })),
  },
  {
    title: 'a storage class that is not known',
    notKept: true,
    ask: async ({ send }) =>
      said(await send({ method: 'PUT', key: newKey(), body: 'x', headers: { 'x-amz-storage-class': 'NOSUCH' } })),
  },
  {
    title: 'a body in aws-chunked with a trailer',
    ask: async ({ send }) => {
      const body = '1\r\nx\r\n0\r\nx-amz-checksum-crc32:jNwWgw==\r\n\r\n';
      const headers = {
        'content-encoding': 'aws-chunked',
        'x-amz-decoded-content-length': '1',
        'x-amz-trailer': 'x-amz-checksum-crc32',
        'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      };
      return said(await send({ method: 'PUT', key: newKey(), body, headers }));
    },
  },
];
