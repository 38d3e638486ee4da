import { S3Error } from '../errors/s3-error.ts';

/** Reads lines and counted bytes from pieces of any size. */
export class ByteReader {
  readonly #source: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /**
   * The next line, without its end.
   * @param limit - Bytes.
   * @param endIsLine - Whether the end of all bytes counts as an empty line; otherwise it throws IncompleteBody.
   */
  async line(limit: number, { endIsLine = false } = {}): Promise<string> {
    for (;;) {
      const end = this.#held.indexOf('\n');
      if (end !== -1) {
        const line = this.#held.subarray(0, end).toString('latin1').replace(/\r$/, '');
        this.#held = this.#held.subarray(end + 1);
        return line;
      }
      if (this.#held.length > limit)
        throw new S3Error('InvalidRequest', { message: 'A line of the body is too long.' });
      if (await this.#more()) continue;
      if (endIsLine && this.#held.length === 0) return '';
      throw new S3Error('IncompleteBody');
    }
  }

  /** The next `size` bytes, in pieces as they come. */
  async *bytes(size: number): AsyncGenerator<Buffer> {
    for (let left = size; left > 0; ) {
      if (this.#held.length === 0 && !(await this.#more())) throw new S3Error('IncompleteBody');
      const piece = this.#held.subarray(0, left);
      this.#held = this.#held.subarray(piece.length);
      left -= piece.length;
      if (piece.length > 0) yield piece;
    }
  }

  /** Reads to the end, at most a little; what comes then is nothing that anybody asked for. */
  async drain(): Promise<void> {
    this.#held = Buffer.alloc(0);
    if (await this.#more()) throw new S3Error('IncompleteBody', { message: 'The body goes on behind its end.' });
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#source.next();
    if (done === true) return false;
    this.#held = this.#held.length === 0 ? value : Buffer.concat([this.#held, value]);
    return true;
  }
}
