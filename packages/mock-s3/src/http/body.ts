import { createHash } from 'node:crypto';
import type { PayloadRule } from '../auth/payload-rule.ts';
import { S3Error } from '../s3-error.ts';

/**
 * How far the reading of a body came: `open` can be read on, `ended` was read to its end, `failed` broke off and can
 * not be read on.
 */
type BodyState = 'untouched' | 'open' | 'ended' | 'failed';

/** The body of one request. It is read once: by an operation, or thrown away. */
export class RequestBody {
  /** From Content-Length, in bytes; `undefined` when there is none. */
  readonly declaredSize: number | undefined;
  readonly #contentMd5: string | undefined;
  readonly #source: AsyncIterator<Buffer>;
  #state: BodyState = 'untouched';
  #rule: PayloadRule = { kind: 'unsigned' };
  #md5: string | undefined;

  /** @param source - The bytes as they come in; a decoder of `aws-chunked` bodies would stand before this. */
  constructor(
    headers: { readonly contentLength: string | undefined; readonly contentMd5: string | undefined },
    source: AsyncIterable<Buffer>,
  ) {
    this.declaredSize = headers.contentLength === undefined ? undefined : Number(headers.contentLength);
    this.#contentMd5 = headers.contentMd5;
    this.#source = source[Symbol.asyncIterator]();
  }

  get state(): BodyState {
    return this.#state;
  }

  /** What the signature promised; to be set before the body is read. */
  expect(rule: PayloadRule): void {
    this.#rule = rule;
  }

  /**
   * The bytes, verified: the last step throws if they are not what Content-MD5 and the signature promised, so that
   * nothing may be kept before the end is reached.
   */
  async *bytes(): AsyncGenerator<Buffer> {
    const contentMd5 = parseContentMd5(this.#contentMd5);
    const md5 = createHash('md5');
    const sha256 = this.#rule.kind === 'sha256' ? createHash('sha256') : undefined;
    for (;;) {
      const chunk = await this.#next();
      if (chunk === undefined) break;
      md5.update(chunk);
      sha256?.update(chunk);
      yield chunk;
    }
    const digest = md5.digest('hex');
    if (contentMd5 !== undefined && contentMd5 !== digest) throw new S3Error('BadDigest');
    if (this.#rule.kind === 'sha256') checkSha256(this.#rule.hex, sha256?.digest('hex') ?? '');
    this.#md5 = digest;
  }

  /** MD5 of all bytes as hex. Only after `bytes()` came to its end. */
  get md5(): string {
    if (this.#md5 === undefined) throw new Error('The body has not been read to its end.');
    return this.#md5;
  }

  /**
   * The verified body as text; for XML documents.
   * @param limit - Bytes.
   */
  async text(limit: number): Promise<string> {
    const pieces: Buffer[] = [];
    let size = 0;
    for await (const piece of this.bytes()) {
      size += piece.length;
      if (size > limit) throw new S3Error('MaxMessageLengthExceeded', { details: { MaxMessageLengthBytes: limit } });
      pieces.push(piece);
    }
    return Buffer.concat(pieces).toString('utf8');
  }

  /**
   * Reads on and throws away, so that the client gets to read our answer.
   * @param limit - Bytes.
   */
  async discard(limit: number): Promise<void> {
    for (let size = 0; size <= limit; ) {
      const chunk = await this.#next();
      if (chunk === undefined) return;
      size += chunk.length;
    }
  }

  async #next(): Promise<Buffer | undefined> {
    this.#state = 'open';
    try {
      const { done, value } = await this.#source.next();
      if (done !== true) return value;
      this.#state = 'ended';
      return undefined;
    } catch (error) {
      this.#state = 'failed';
      throw error;
    }
  }
}

function checkSha256(promised: string, computed: string): void {
  if (promised === computed) return;
  throw new S3Error('XAmzContentSHA256Mismatch', {
    details: { ClientComputedContentSHA256: promised, S3ComputedContentSHA256: computed },
  });
}

/** @see https://www.rfc-editor.org/rfc/rfc1864 */
function parseContentMd5(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const digest = Buffer.from(header, 'base64');
  if (digest.length !== 16 || digest.toString('base64') !== header) throw new S3Error('InvalidDigest');
  return digest.toString('hex');
}
