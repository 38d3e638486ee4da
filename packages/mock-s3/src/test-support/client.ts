import { AwsClient } from 'aws4fetch';
import type { MockS3 } from '../start/mock-s3.ts';

/** What a test changes about a request. */
export interface RequestOptions {
  readonly method?: string;
  readonly body?: BodyInit;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A client that somebody else wrote, so that the store is tested against another's reading of S3. */
export class Client {
  readonly #aws: AwsClient;
  readonly #endpoint: string;

  constructor(store: MockS3, credentials = store.credentials[0]) {
    this.#aws = new AwsClient({ ...credentials, service: 's3', region: store.region, retries: 0 });
    this.#endpoint = store.endpoint;
  }

  /** Sends a request signed in its Authorization header. @param path - `bucket/key?query`, encoded. */
  send(path: string, { method = 'GET', ...init }: RequestOptions = {}): Promise<Response> {
    return this.#aws.fetch(`${this.#endpoint}/${path}`, { method, ...init });
  }

  put(path: string, body: BodyInit, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return this.send(path, { method: 'PUT', body, headers });
  }

  /** A presigned URL. @param datetime - `YYYYMMDDTHHMMSSZ`; now if left out. */
  async presign(
    path: string,
    {
      method = 'GET',
      expires = 600,
      datetime,
      headers = {},
    }: { method?: string; expires?: number; datetime?: string; headers?: Readonly<Record<string, string>> } = {},
  ): Promise<string> {
    const url = new URL(`${this.#endpoint}/${path}`);
    url.searchParams.set('X-Amz-Expires', String(expires));
    const aws = { signQuery: true, allHeaders: true, ...(datetime !== undefined && { datetime }) };
    return (await this.#aws.sign(url.toString(), { method, headers, aws })).url;
  }

  async createUpload(path: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
    const response = await this.send(`${path}?uploads`, { method: 'POST', headers });
    return element(await response.text(), 'UploadId') ?? '';
  }

  uploadPart(path: string, uploadId: string, partNumber: number, body: BodyInit): Promise<Response> {
    return this.put(`${path}?partNumber=${partNumber}&uploadId=${uploadId}`, body);
  }

  complete(path: string, uploadId: string, parts: readonly (readonly [number, string | null])[]): Promise<Response> {
    const list = parts.map(([n, etag]) => `<Part><PartNumber>${n}</PartNumber><ETag>${etag}</ETag></Part>`);
    const body = `<CompleteMultipartUpload>${list.join('')}</CompleteMultipartUpload>`;
    return this.send(`${path}?uploadId=${uploadId}`, { method: 'POST', body });
  }
}

/** The text of the first element of this name. */
export function element(document: string, name: string): string | undefined {
  return elements(document, name)[0];
}

/** The texts of all elements of this name. */
export function elements(document: string, name: string): readonly string[] {
  return [...document.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs'))].map((match) => match[1] ?? '');
}

/** Status and code of a response, as `404 NoSuchKey`. */
export async function outcome(response: Response | Promise<Response>): Promise<string> {
  const { status, text } = await Promise.resolve(response).then(async (r) => ({
    status: r.status,
    text: await r.text(),
  }));
  return `${status} ${element(text, 'Code') ?? ''}`.trim();
}
