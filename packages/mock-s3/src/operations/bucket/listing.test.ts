import { expect, test } from 'vitest';
import { type Client, element, elements } from '../../test-support/client.ts';
import { startStore } from '../../test-support/start-store.ts';

const KEYS = ['a', 'b/1', 'b/2', 'b/c/3', 'd', 'e/4', 'ﬀ', '😀'];

async function storeWithKeys(): Promise<Client> {
  const { client } = await startStore();
  for (const key of KEYS.toReversed()) await client.put(`uploads/${encodeURIComponent(key)}`, 'x');
  return client;
}

async function list(client: Client, query = ''): Promise<string> {
  return (await client.send(`uploads?list-type=2${query}`)).text();
}

/** Keys and common prefixes of all pages. */
async function pages(client: Client, query: string): Promise<string[][]> {
  const found: string[][] = [];
  let token: string | undefined;
  do {
    const text = await list(client, `${query}${token === undefined ? '' : `&continuation-token=${token}`}`);
    found.push([
      ...elements(text, 'Key'),
      ...elements(text, 'CommonPrefixes').map((each) => `${element(each, 'Prefix')}*`),
    ]);
    token = element(text, 'NextContinuationToken');
    expect(element(text, 'IsTruncated')).toBe(String(token !== undefined));
  } while (token !== undefined);
  return found;
}

test('lists keys in the order of their UTF-8 bytes', async () => {
  const client = await storeWithKeys();
  expect(elements(await list(client), 'Key')).toEqual(KEYS);
});

test('lists page by page', async () => {
  const client = await storeWithKeys();
  expect(await pages(client, '&max-keys=3')).toEqual([
    ['a', 'b/1', 'b/2'],
    ['b/c/3', 'd', 'e/4'],
    ['ﬀ', '😀'],
  ]);
});

test('rolls up keys at a delimiter, each common prefix once, over pages too', async () => {
  const client = await storeWithKeys();
  expect(await pages(client, '&delimiter=%2F')).toEqual([['a', 'd', 'ﬀ', '😀', 'b/*', 'e/*']]);
  expect(await pages(client, '&delimiter=%2F&max-keys=2')).toEqual([
    ['a', 'b/*'],
    ['d', 'e/*'],
    ['ﬀ', '😀'],
  ]);
  expect(await pages(client, '&delimiter=%2F&prefix=b%2F')).toEqual([['b/1', 'b/2', 'b/c/*']]);
});

test('begins after a key, and ends where the prefix does', async () => {
  const client = await storeWithKeys();
  expect(elements(await list(client, '&start-after=d'), 'Key')).toEqual(['e/4', 'ﬀ', '😀']);
  expect(elements(await list(client, '&prefix=b%2Fc'), 'Key')).toEqual(['b/c/3']);
  expect(element(await list(client, '&max-keys=0'), 'KeyCount')).toBe('0');
});

test('encodes keys on request', async () => {
  const client = await storeWithKeys();
  expect(elements(await list(client, '&encoding-type=url&start-after=e'), 'Key')).toEqual([
    'e/4',
    '%EF%AC%80',
    '%F0%9F%98%80',
  ]);
});

test('lists multipart uploads page by page, those of one key in the order of time', async () => {
  let now = Date.now();
  const { client } = await startStore({ now: () => now });
  const ids: string[] = [];
  for (const key of ['b', 'a', 'b', 'c/1', 'c/2']) {
    now += 1;
    ids.push(await client.createUpload(`uploads/${key}`));
  }
  const expected = [ids[1], ids[0], ids[2], ids[3], ids[4]];
  const found: string[] = [];
  let markers = '';
  for (let truncated = true; truncated; ) {
    const text = await (await client.send(`uploads?uploads&max-uploads=2${markers}`)).text();
    found.push(...elements(text, 'UploadId'));
    const key = encodeURIComponent(element(text, 'NextKeyMarker') ?? '');
    markers = `&key-marker=${key}&upload-id-marker=${element(text, 'NextUploadIdMarker')}`;
    truncated = element(text, 'IsTruncated') === 'true';
  }
  expect(found).toEqual(expected);
  const rolled = await (await client.send('uploads?uploads&delimiter=%2F&prefix=c')).text();
  expect([elements(rolled, 'UploadId'), element(rolled, 'CommonPrefixes')]).toEqual([[], '<Prefix>c/</Prefix>']);
});
