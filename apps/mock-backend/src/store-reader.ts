import { createHash } from 'node:crypto';
import { type Credentials, createSigner, encodeKey } from '@portage/protocol/sigv4';
import { XMLParser } from 'fast-xml-parser';
import * as v from 'valibot';

export interface StoreAddress {
  /** Without the bucket. */
  endpoint: string;
  bucket: string;
  region: string;
  credentials: Credentials;
}

export interface ListedObject {
  key: string;
  /** The file's name as the person saw it. */
  name: string;
  /** In bytes. */
  size: number;
  /** ISO 8601. */
  lastModified: string;
  etag: string;
}

/** Looks at a store from the outside, by S3's own API: what it says is what any other client would be told. */
export interface StoreReader {
  /** The newest 500, newest first. */
  list(): Promise<ListedObject[]>;
  /** In hex; undefined where there is no such object. The object is streamed, not held. */
  sha256(key: string): Promise<string | undefined>;
  remove(key: string): Promise<void>;
}

export function createStoreReader({ endpoint, bucket, region, credentials }: StoreAddress): StoreReader {
  const signer = createSigner({ ...credentials, region });
  const names = new Map<string, string>();

  async function send(method: string, key: string, query = ''): Promise<Response> {
    const { url, headers } = signer.sign({
      method,
      url: `${endpoint}/${bucket}/${encodeKey(key)}${query}`,
      at: Date.now(),
    });
    const response = await fetch(url, { method, headers });
    if (response.ok || response.status === 404) return response;
    throw new Error(`The store answered ${response.status} to ${method}: ${await response.text()}`);
  }

  async function nameOf(key: string): Promise<string> {
    const known = names.get(key);
    if (known !== undefined) return known;
    const { headers } = await send('HEAD', key);
    const name = decode(headers.get('x-amz-meta-portage-name') ?? key);
    names.set(key, name);
    return name;
  }

  return {
    async list() {
      const found: v.InferOutput<typeof ListDocument>['ListBucketResult']['Contents'] = [];
      let next: string | undefined = '';
      while (next !== undefined) {
        const token: string = next === '' ? '' : `&continuation-token=${encodeURIComponent(next)}`;
        const text = await (await send('GET', '', `?list-type=2${token}`)).text();
        const { ListBucketResult: page } = v.parse(ListDocument, parser.parse(text));
        found.push(...page.Contents);
        next = page.IsTruncated === 'true' ? page.NextContinuationToken : undefined;
      }
      found.sort((a, b) => b.LastModified.localeCompare(a.LastModified));
      const listed: ListedObject[] = [];
      for (const { Key, Size, LastModified, ETag } of found.slice(0, MOST_LISTED))
        listed.push({ key: Key, name: await nameOf(Key), size: Number(Size), lastModified: LastModified, etag: ETag });
      return listed;
    },

    async sha256(key) {
      const response = await send('GET', key);
      if (response.status === 404) return undefined;
      const hash = createHash('sha256');
      for await (const bytes of response.body ?? []) hash.update(bytes);
      return hash.digest('hex');
    },

    async remove(key) {
      await send('DELETE', key);
      names.delete(key);
    },
  };
}

/**
 * Several stores as one. What one of them has is listed while another is away; that there is no such object is only said where
 * all of them say so.
 */
export function joinReaders(readers: readonly StoreReader[]): StoreReader {
  async function each<T>(ask: (reader: StoreReader) => Promise<T>): Promise<{ values: T[]; failure: unknown }> {
    const asked = await Promise.allSettled(readers.map(ask));
    return {
      values: asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
      failure: asked.find((one) => one.status === 'rejected')?.reason,
    };
  }
  return {
    async list() {
      const { values, failure } = await each((reader) => reader.list());
      if (values.length === 0) throw failure;
      return values
        .flat()
        .sort((a, b) => b.lastModified.localeCompare(a.lastModified))
        .slice(0, MOST_LISTED);
    },
    async sha256(key) {
      const { values, failure } = await each((reader) => reader.sha256(key));
      const digest = values.find((value) => value !== undefined);
      if (digest === undefined && failure !== undefined) throw failure;
      return digest;
    },
    async remove(key) {
      const { failure } = await each((reader) => reader.remove(key));
      if (failure !== undefined) throw failure;
    },
  };
}

const MOST_LISTED = 500;

/** An object that another client stored may have a name in another form. */
function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

const parser = new XMLParser({
  parseTagValue: false,
  trimValues: false,
  htmlEntities: true,
  isArray: (name) => name === 'Contents',
});

const ListDocument = v.object({
  ListBucketResult: v.object({
    IsTruncated: v.optional(v.string(), 'false'),
    NextContinuationToken: v.optional(v.string()),
    Contents: v.optional(
      v.array(v.object({ Key: v.string(), Size: v.string(), LastModified: v.string(), ETag: v.string() })),
      [],
    ),
  }),
});
