import { StoreError } from '../errors.ts';
import type { S3Client } from './client.ts';

interface List<Page> {
  send: S3Client;
  /** Of the bucket, with what asks for the list; queries come behind it. */
  url: string;
  /** Of each request, in milliseconds. */
  timeout: number;
  operation: string;
  /** Undefined where the text is no such list. */
  parse: (xml: string) => Page | undefined;
  /** The query of the first page. */
  from: string;
  /** The query of the page after one; undefined after the last. */
  after: (page: Page) => string | undefined;
}

/** A list of the bucket, page by page. @throws StoreError where it cannot be read, or has no end. */
export async function* listPages<Page extends { isEncoded: boolean }>(list: List<Page>): AsyncGenerator<Page> {
  const { send, url, timeout, operation, parse, from, after } = list;
  const ask = async (query: string) => {
    const page = parse((await send({ method: 'GET', url: url + query, timeout, operation })).text);
    if (page) return page;
    throw new StoreError('unavailable', `${operation}: the response is not a list.`);
  };
  let query: string | undefined = from;
  let encoding = '&encoding-type=url';
  while (query !== undefined) {
    let page = await ask(query + encoding);
    // Ceph encodes keys and does not say so, others do not encode: keys that nobody asked to encode are plain.
    if (encoding !== '' && !page.isEncoded) {
      encoding = '';
      page = await ask(query);
    }
    yield page;
    const next = after(page);
    // A marker that does not move on would make this an endless loop.
    if (next === query) throw new StoreError('unavailable', `${operation}: the list does not come to its end.`);
    query = next;
  }
}
