/** What questions have in common: the steps of an upload, and keys that nobody has used. */
import { type Answer, type Asker, elementOf, said } from '../asking.ts';

/** As long as a part must be that is not the last. */
export const PART = Buffer.alloc(5 * 1024 * 1024, 'portage');

let count = 0;
export const newKey = () => `questions/${Date.now()}-${count++}`;

export async function create({ send }: Asker, key: string, headers: Record<string, string> = {}): Promise<string> {
  const answer = await send({ method: 'POST', key, query: 'uploads=', headers });
  const uploadId = elementOf(answer.text, 'UploadId');
  if (uploadId === undefined) throw new Error(`CreateMultipartUpload: ${said(answer)}`);
  return encodeURIComponent(uploadId);
}

export const putPart = (
  { send }: Asker,
  key: string,
  id: string,
  part: number,
  body: string | Buffer = 'last',
  headers = {},
) => send({ method: 'PUT', key, query: `partNumber=${part}&uploadId=${id}`, body, headers });

export type Named = readonly [partNumber: number, answer: Answer];

export function complete(
  { send }: Asker,
  key: string,
  id: string,
  parts: readonly Named[],
  headers = {},
): Promise<Answer> {
  const list = parts.map(
    ([partNumber, { headers: of }]) =>
      `<Part><PartNumber>${partNumber}</PartNumber><ETag>${(of['etag'] ?? '').replaceAll('"', '&quot;')}</ETag></Part>`,
  );
  const body = `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${list.join('')}</CompleteMultipartUpload>`;
  return send({ method: 'POST', key, query: `uploadId=${id}`, body, headers });
}

export const listParts = ({ send }: Asker, key: string, id: string) => send({ key, query: `uploadId=${id}` });
export const abort = ({ send }: Asker, key: string, id: string) =>
  send({ method: 'DELETE', key, query: `uploadId=${id}` });

/** An upload of one small part, complete. */
export async function completed(asker: Asker, headers: Record<string, string> = {}) {
  const key = newKey();
  const id = await create(asker, key, headers);
  const part = await putPart(asker, key, id, 1);
  return { key, id, part, answer: await complete(asker, key, id, [[1, part]]) };
}

export async function existing({ send }: Asker): Promise<string> {
  const key = newKey();
  await send({ method: 'PUT', key, body: 'before' });
  return key;
}
