/** What uploads depend on, and stores answer differently. Each is asked of a real store and of the mimic of it. */
import { createHash, createHmac } from 'node:crypto';
import { type Answer, type Asker, askerOf, elementOf, said } from './asking.ts';
import { openBucket } from './open-bucket.ts';

export interface Question {
  readonly title: string;
  /** The mimic refuses what it does not keep, whatever the store does with it: they are not compared. */
  readonly notKept?: true;
  /** What a race comes to is chance: it is told, and not compared. */
  readonly byChance?: true;
  /** A short answer, without anything that differs from one time to the next. */
  ask(asker: Asker): Promise<string>;
}

const ORIGIN = 'https://page.example';
const FROM_PAGE = { origin: ORIGIN };
const PART = Buffer.alloc(5 * 1024 * 1024, 'portage');
const NEVER_OVER = { 'if-none-match': '*' };
/** Of `other`, so wrong for all that is sent here. */
const WRONG_SHA256 = createHash('sha256').update('other').digest('base64');
const WRONG_CRC64 = 'AAAAAAAAAAA=';

let count = 0;
const newKey = () => `questions/${Date.now()}-${count++}`;

const isReadable = ({ headers }: Answer) =>
  ['*', ORIGIN].includes(headers['access-control-allow-origin'] ?? '') ? 'readable' : 'hidden';

async function create({ send }: Asker, key: string, headers: Record<string, string> = {}): Promise<string> {
  const answer = await send({ method: 'POST', key, query: 'uploads=', headers });
  const uploadId = elementOf(answer.text, 'UploadId');
  if (uploadId === undefined) throw new Error(`CreateMultipartUpload: ${said(answer)}`);
  return encodeURIComponent(uploadId);
}

const putPart = (
  { send }: Asker,
  key: string,
  id: string,
  part: number,
  body: string | Buffer = 'last',
  headers = {},
) => send({ method: 'PUT', key, query: `partNumber=${part}&uploadId=${id}`, body, headers });

type Named = readonly [partNumber: number, answer: Answer];

function complete({ send }: Asker, key: string, id: string, parts: readonly Named[], headers = {}): Promise<Answer> {
  const list = parts.map(
    ([partNumber, { headers: of }]) =>
      `<Part><PartNumber>${partNumber}</PartNumber><ETag>${(of['etag'] ?? '').replaceAll('"', '&quot;')}</ETag></Part>`,
  );
  const body = `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${list.join('')}</CompleteMultipartUpload>`;
  return send({ method: 'POST', key, query: `uploadId=${id}`, body, headers });
}

const listParts = ({ send }: Asker, key: string, id: string) => send({ key, query: `uploadId=${id}` });
const abort = ({ send }: Asker, key: string, id: string) => send({ method: 'DELETE', key, query: `uploadId=${id}` });

/** An upload of one small part, complete. */
async function completed(asker: Asker, headers: Record<string, string> = {}) {
  const key = newKey();
  const id = await create(asker, key, headers);
  const part = await putPart(asker, key, id, 1);
  return { key, id, part, answer: await complete(asker, key, id, [[1, part]]) };
}

async function existing({ send }: Asker): Promise<string> {
  const key = newKey();
  await send({ method: 'PUT', key, body: 'before' });
  return key;
}

const form = ({ headers }: Answer) => `${headers['content-type'] ?? 'no type'}, length ${headers['content-length']}`;

export const QUESTIONS: readonly Question[] = [
  {
    title: 'the answer to a stored PUT',
    ask: async ({ send }) => form(await send({ method: 'PUT', key: newKey(), body: 'x' })),
  },
  {
    title: 'the answer to a stored part',
    ask: async (asker) => {
      const key = newKey();
      return form(await putPart(asker, key, await create(asker, key), 1));
    },
  },
  {
    title: 'a Content-Type that is sent and not signed',
    ask: async ({ presigned }) =>
      said(await presigned({ key: newKey(), body: 'x', unsigned: { 'content-type': 'text/plain' } })),
  },
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
  {
    title: 'a URL signed 10 and 30 minutes ahead',
    ask: async ({ presigned }) => {
      const answers = [600, 1800].map((ahead) => presigned({ key: newKey(), body: 'x', ahead }));
      return (await Promise.all(answers)).map(said).join(', ');
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
    title: 'Signature Version 2 in the query',
    ask: async (asker) => {
      const { store, bare, url } = asker;
      const key = await existing(asker);
      return said(await bare(signedAsVersion2(store, url(key)), 'GET', {}));
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

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html */
function signedAsVersion2({ accessKeyId, secretAccessKey }: Asker['store'], url: string): string {
  const expires = Math.floor(Date.now() / 1000) + 600;
  const text = `GET\n\n\n${expires}\n${new URL(url).pathname}`;
  const signature = createHmac('sha1', secretAccessKey).update(text).digest('base64');
  return `${url}?${new URLSearchParams({ AWSAccessKeyId: accessKeyId, Expires: String(expires), Signature: signature })}`;
}

/** A bucket for questions. */
export async function openForQuestions(store: Asker['store']): Promise<Asker> {
  const asker = askerOf(store, 'questions');
  await openBucket(asker);
  return asker;
}
