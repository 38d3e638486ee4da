/**
 * What asks for leave (OPTIONS) before it may be sent, counted at the store: the figures behind the table of
 * `docs/architecture.md`, and the reason why parts are signed in their query.
 */
import { createHmac } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { Backend } from '@portage/mock-backend';
import { createSigner, signingKey } from '@portage/protocol/sigv4';
import { expect, test } from '../support/fixtures.ts';

const SIZE = 1_000;
const PARTS = 10;
/** As long as those of Amazon's temporary credentials. */
const SESSION_TOKEN = 'T'.repeat(900);

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly fields?: Record<string, string>;
}

/** One after the other, by XMLHttpRequest. Returns how often the store was asked for leave. */
async function preflightsOf(page: Page, backend: Backend, requests: readonly Sent[], listen = true): Promise<number> {
  await page.goto(`${backend.apiUrl}/api/nothing`);
  backend.store.journal.clear();
  const statuses = await page.evaluate(
    async ({ requests, listen, size }) => {
      const statuses: number[] = [];
      for (const { method, url, headers, fields } of requests) {
        const body = new Blob([new Uint8Array(size)]);
        const form = new FormData();
        for (const [name, value] of Object.entries(fields ?? {})) form.set(name, value);
        form.set('file', body);
        const xhr = new XMLHttpRequest();
        if (listen) xhr.upload.onprogress = () => {};
        xhr.open(method, url);
        for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
        await new Promise<void>((resolve) => {
          xhr.onloadend = () => resolve();
          xhr.send(fields ? form : body);
        });
        statuses.push(xhr.status);
      }
      return statuses;
    },
    { requests, listen, size: SIZE },
  );
  expect(new Set(statuses), 'what the store answered').toEqual(new Set([fieldsIn(requests) ? 204 : 200]));
  return backend.store.journal.requests({ operation: 'Preflight' }).length;
}

const fieldsIn = (requests: readonly Sent[]) => requests.some(({ fields }) => fields);

/** Ten parts, signed anew for each try; the third is sent twice. */
async function parts(backend: Backend, sign: 'query' | 'headers', sessionToken?: string): Promise<Sent[]> {
  const { s3Endpoint, bucket, region, accessKeyId, secretAccessKey } = backend;
  const signer = createSigner({ region, accessKeyId, secretAccessKey, sessionToken });
  const object = `${s3Endpoint}/${bucket}/film`;
  const begin = signer.sign({ method: 'POST', url: `${object}?uploads=`, at: Date.now() });
  const answer = await fetch(begin.url, { method: 'POST', headers: begin.headers });
  const uploadId = /<UploadId>(.*)<\/UploadId>/.exec(await answer.text())?.[1] ?? '';
  const numbers = Array.from({ length: PARTS }, (_, index) => index + 1).toSpliced(3, 0, 3);
  const signed = new Set<number>();
  return numbers.map((partNumber) => {
    // What fails is signed again where its signature may be why: a second later it is another one.
    const at = Date.now() + (signed.has(partNumber) ? 1_000 : 0);
    signed.add(partNumber);
    const url = `${object}?partNumber=${partNumber}&uploadId=${uploadId}`;
    const input = { method: 'PUT', url, headers: { 'content-length': String(SIZE) }, at };
    return sign === 'query' ? signer.presign({ ...input, expiresIn: 900 }) : { method: 'PUT', ...signer.sign(input) };
  });
}

/** The same try again: the very same request. */
const unchanged = (requests: readonly Sent[]) => {
  const [, , third] = requests;
  return third ? requests.toSpliced(3, 1, third) : [];
};

test('ten parts and a retry: signing in headers saves what the retry asks, and no more', async ({ page, backend }) => {
  // Every time another upload: the browser remembers the addresses of the last one.
  const counted = async (sign: 'query' | 'headers', sessionToken?: string) => ({
    'same signature': await preflightsOf(page, backend, unchanged(await parts(backend, sign, sessionToken))),
    'signed again': await preflightsOf(page, backend, await parts(backend, sign, sessionToken)),
  });
  expect(await counted('query')).toEqual({ 'same signature': 10, 'signed again': 11 });
  // Over 1,023 characters an address is not remembered.
  expect(await counted('query', SESSION_TOKEN)).toEqual({ 'same signature': 11, 'signed again': 11 });
  expect(await counted('headers')).toEqual({ 'same signature': 10, 'signed again': 10 });
  expect(await counted('headers', SESSION_TOKEN)).toEqual({ 'same signature': 10, 'signed again': 10 });
});

test('ten small files: a form asks once for all, and never where nobody watches it', async ({ page, backend }) => {
  const { s3Endpoint, bucket, region, accessKeyId, secretAccessKey } = backend;
  const signer = createSigner({ region, accessKeyId, secretAccessKey });
  const headers = { 'content-length': String(SIZE) };
  let files = 0;
  const ten = (sign: (key: string) => Sent) =>
    Array.from({ length: 10 }, () => {
      files += 1;
      return sign(`small/${files}`);
    });
  const input = (key: string) => ({ method: 'PUT', url: `${s3Endpoint}/${bucket}/${key}`, headers, at: Date.now() });
  const inQuery = (key: string) => signer.presign({ ...input(key), expiresIn: 900 });
  const inHeaders = (key: string) => ({ method: 'PUT', ...signer.sign(input(key)) });
  const form = (key: string) => formOf(backend, key);
  expect({
    'PUT, signed in its query, watched': await preflightsOf(page, backend, ten(inQuery)),
    'PUT, signed in its query': await preflightsOf(page, backend, ten(inQuery), false),
    'PUT, signed in its headers': await preflightsOf(page, backend, ten(inHeaders), false),
    form: await preflightsOf(page, backend, ten(form), false),
    'form, watched': await preflightsOf(page, backend, ten(form)),
  }).toEqual({
    'PUT, signed in its query, watched': 10,
    'PUT, signed in its query': 10,
    'PUT, signed in its headers': 10,
    form: 0,
    // All forms go to one address, which is remembered.
    'form, watched': 1,
  });
});

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html */
function formOf({ s3Endpoint, bucket, region, accessKeyId, secretAccessKey }: Backend, key: string): Sent {
  const date = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  const fields = {
    key,
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': `${accessKeyId}/${date}/${region}/s3/aws4_request`,
    'x-amz-date': `${date}T000000Z`,
  };
  const conditions = [{ bucket }, ...Object.entries(fields).map(([name, value]) => ({ [name]: value }))];
  const expiration = new Date(Date.now() + 900_000).toISOString();
  const text = JSON.stringify({ expiration, conditions: [...conditions, ['content-length-range', SIZE, SIZE]] });
  const policy = Buffer.from(text).toString('base64');
  const signature = createHmac('sha256', signingKey({ secretAccessKey, date, region, service: 's3' })).update(policy);
  const url = `${s3Endpoint}/${bucket}`;
  return {
    method: 'POST',
    url,
    headers: {},
    fields: { ...fields, policy, 'x-amz-signature': signature.digest('hex') },
  };
}
