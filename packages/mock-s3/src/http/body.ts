import { createHash } from 'node:crypto';
import type { PayloadRule } from '../auth/payload-rule.ts';
import type { ChecksumAlgorithm } from '../checksum/algorithm.ts';
import { BodyChecksum } from '../checksum/body-checksum.ts';
import type { ClaimedChecksum } from '../checksum/claimed-checksum.ts';
import type { Checksum } from '../checksum/object-checksum.ts';
import { S3Error } from '../errors/s3-error.ts';
import { decodeChunks } from './aws-chunked.ts';
import type { ByteStage } from './body-source.ts';

/**
 * How far the reading of a body came: `open` can be read on, `ended` was read to its end, `failed` broke off and can
 * not be read on.
 */
type BodyState = 'untouched' | 'open' | 'ended' | 'failed';

/** The body of one request. It is read once: by an operation, or thrown away. */
export class RequestBody {
  readonly #contentMd5: string | undefined;
  readonly #contentLength: number | undefined;
  readonly #trailers = new Map<string, string>();
  readonly #raw: AsyncIterator<Buffer>;
  #source: AsyncIterator<Buffer>;
  #state: BodyState = 'untouched';
  #stored: readonly ByteStage[] = [];
  #rule: PayloadRule = { kind: 'unsigned' };
  #claimed: ClaimedChecksum | undefined;
  #wanted: ChecksumAlgorithm | undefined;
  #md5: string | undefined;
  #checksum: Checksum | undefined;

  /** @param source - The bytes as they come in, framing included. */
  constructor(
    headers: { readonly contentLength: string | undefined; readonly contentMd5: string | undefined },
    source: AsyncIterable<Buffer>,
  ) {
    this.#contentLength = headers.contentLength === undefined ? undefined : Number(headers.contentLength);
    this.#contentMd5 = headers.contentMd5;
    this.#raw = source[Symbol.asyncIterator]();
    this.#source = this.#raw;
  }

  /** Whether the client says what its MD5 is. */
  get hasContentMd5(): boolean {
    return this.#contentMd5 !== undefined;
  }

  get state(): BodyState {
    return this.#state;
  }

  /** What the signature promised; to be set before the body is read. */
  expect(rule: PayloadRule): void {
    this.#rule = rule;
    if (rule.kind !== 'chunked') return;
    const raw: AsyncIterable<Buffer> = { [Symbol.asyncIterator]: () => this.#raw };
    this.#source = decodeChunks(raw, rule.framing, this.#trailers);
  }

  /** What the client says the checksum is; to be set before the body is read. */
  claim(checksum: ClaimedChecksum | undefined): void {
    this.#claimed = checksum;
  }

  /** Which checksum to compute where the client says nothing of any; to be set before the body is read. */
  want(algorithm: ChecksumAlgorithm): void {
    this.#wanted = algorithm;
  }

  /** Bytes that the client said there are, framing left out; `undefined` when it said nothing. */
  get declaredSize(): number | undefined {
    return this.#rule.kind === 'chunked' ? this.#rule.framing.decodedSize : this.#contentLength;
  }

  /** What bytes go through once they were verified; to be set before the body is read. */
  tamper(stages: readonly ByteStage[]): void {
    this.#stored = stages;
  }

  /** The bytes, verified, as they are to be stored; see `verified`. */
  bytes(): AsyncIterable<Buffer> {
    return this.#stored.reduce<AsyncIterable<Buffer>>((before, stage) => stage(before), this.#verified());
  }

  /**
   * The bytes, verified: the last step throws if they are not what Content-MD5 and the signature promised, so that
   * nothing may be kept before the end is reached.
   */
  async *#verified(): AsyncGenerator<Buffer> {
    const contentMd5 = parseContentMd5(this.#contentMd5);
    const md5 = createHash('md5');
    const sha256 = this.#rule.kind === 'sha256' ? createHash('sha256') : undefined;
    const checksum = await BodyChecksum.begin(this.#claimed, this.#wanted);
    for (;;) {
      const chunk = await this.#next();
      if (chunk === undefined) break;
      md5.update(chunk);
      sha256?.update(chunk);
      checksum?.update(chunk);
      yield chunk;
    }
    const digest = md5.digest('hex');
    if (contentMd5 !== undefined && contentMd5 !== digest) throw new S3Error('BadDigest');
    if (this.#rule.kind === 'sha256') checkSha256(this.#rule.hex, sha256?.digest('hex') ?? '');
    this.#checksum = checksum?.end(this.#trailers);
    this.#md5 = digest;
  }

  /** MD5 of all bytes as hex. Only after `bytes()` came to its end. */
  get md5(): string {
    if (this.#md5 === undefined) throw new Error('The body has not been read to its end.');
    return this.#md5;
  }

  /** The checksum beside MD5 that was claimed or wanted. Only after `bytes()` came to its end. */
  get checksum(): Checksum | undefined {
    return this.#checksum;
  }

  /** The claimed or wanted algorithm. */
  get claimedAlgorithm(): ChecksumAlgorithm | undefined {
    return this.#claimed?.algorithm;
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
   * Reads on and throws away, so that the client gets to read our response.
   * @param limit - Bytes.
   */
  async discard(limit: number): Promise<void> {
    // Whatever is left, be it framed or not; a framing that is broken is no reason to stop.
    for (let size = 0; size <= limit; ) {
      const { done, value } = await this.#raw.next();
      if (done === true) return;
      size += value.length;
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
