import { createHash } from 'node:crypto';
import { type Asker, elementOf, said } from './asking.ts';

/** A bucket, new or there already, which pages may use as far as the store can be told so. */
export async function openBucket({ send }: Asker): Promise<void> {
  const made = await send({ method: 'PUT' });
  if (made.status !== 200 && made.status !== 409) throw new Error(`The bucket was refused: ${said(made)}.`);
  const methods = ['PUT', 'POST', 'GET', 'DELETE'].map((method) => `<AllowedMethod>${method}</AllowedMethod>`).join('');
  const rule = `<AllowedOrigin>*</AllowedOrigin>${methods}<AllowedHeader>*</AllowedHeader><ExposeHeader>ETag</ExposeHeader>`;
  const body = `<CORSConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><CORSRule>${rule}</CORSRule></CORSConfiguration>`;
  const headers = { 'content-md5': createHash('md5').update(body).digest('base64') };
  const ruled = await send({ method: 'PUT', query: 'cors=', body, headers });
  if (ruled.status !== 200 && elementOf(ruled.text, 'Code') !== 'NotImplemented')
    throw new Error(`The CORS rule was refused: ${said(ruled)}.`);
}
