import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import busboy from 'busboy';
import { S3Error } from '../../errors/s3-error.ts';

/** An HTML form that uploads a file: its fields, and then the file, which is read as it comes. */
export interface PostForm {
  /** Names in lower case. Those after the file are passed over, as at S3. */
  readonly fields: ReadonlyMap<string, string>;
  readonly file: {
    /** As the browser says. */
    readonly name: string;
    readonly contentType: string | undefined;
    readonly bytes: AsyncIterable<Buffer>;
  };
}

/** Most bytes of all fields together, at S3 too. */
const MAX_FIELDS = 20 * 1024;

/**
 * Reads a form up to its file, and hands it over; the form must be read to its end by `use`.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
 */
export async function readForm<Result>(
  headers: IncomingHttpHeaders,
  body: AsyncIterable<Buffer>,
  use: (form: PostForm) => Promise<Result>,
): Promise<Result> {
  const parser = openParser(headers);
  const fields = new Map<string, string>();
  const source = Readable.from(body, { objectMode: false });
  try {
    return await new Promise<Result>((resolve, reject) => {
      let result: Promise<Result> | undefined;
      const pending: Promise<void>[] = [];
      parser.on('field', (name, value) => {
        if (result === undefined) fields.set(name.toLowerCase(), value);
      });
      parser.on('file', (name, stream, { filename, mimeType }) => {
        if (result !== undefined) {
          stream.resume();
          return;
        }
        if (name.toLowerCase() !== 'file') {
          // Some clients give every field a file name; S3 goes by the name of the field.
          const collected = collect(stream).then((value) => void fields.set(name.toLowerCase(), value));
          collected.catch(reject);
          pending.push(collected);
          return;
        }
        const contentType = mimeType === 'application/octet-stream' ? undefined : mimeType;
        const form = { fields, file: { name: filename ?? '', contentType, bytes: stream } };
        result = Promise.all(pending).then(() => use(form));
        result.catch(reject);
      });
      parser.on('close', () => {
        if (result === undefined) reject(new S3Error('IncorrectNumberOfFilesInPostRequest'));
        else result.then(resolve, reject);
      });
      parser.on('error', () => reject(new S3Error('MalformedPOSTRequest')));
      // An error of the body itself, such as RequestTimeout, is the one to tell.
      source.on('error', (error) => {
        parser.destroy(error);
        reject(error);
      });
      source.pipe(parser);
    });
  } finally {
    source.unpipe(parser);
  }
}

async function collect(stream: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of stream) {
    size += piece.length;
    if (size > MAX_FIELDS) throw new S3Error('MaxMessageLengthExceeded');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function openParser(headers: IncomingHttpHeaders): busboy.Busboy {
  try {
    return busboy({ headers, preservePath: true, limits: { fieldSize: MAX_FIELDS, parts: 200 } });
  } catch {
    throw new S3Error('MalformedPOSTRequest');
  }
}
