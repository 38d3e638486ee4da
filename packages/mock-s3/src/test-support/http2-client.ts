import { once } from 'node:events';
import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2';
import { onTestFinished } from 'vitest';
import type { MockS3 } from '../start/mock-s3.ts';
import { Client } from './client.ts';

/** What came of one request: its status, or the code that its stream was reset with. */
export type Ended =
  | { readonly status: number; readonly text: string; readonly headers: Record<string, unknown> }
  | { readonly reset: number };

/** One HTTP/2 connection that knows the store's certificate. */
export async function connectHttp2(store: MockS3) {
  const session: ClientHttp2Session = connect(store.endpoint, { ca: store.certificate ?? '' });
  session.on('error', () => undefined);
  onTestFinished(() => session.destroy());
  await once(session, 'connect');
  const client = new Client(store);

  /** Begins a presigned PUT, whose body the test writes. @param size - Bytes that it is to have. */
  async function begin(path: string, size: number): Promise<ClientHttp2Stream> {
    const { pathname, search } = new URL(await client.presign(path, { method: 'PUT' }));
    const headers = { ':method': 'PUT', ':path': pathname + search, 'content-length': size };
    const stream = session.request(headers, { endStream: size === 0 });
    stream.on('error', () => undefined);
    return stream;
  }

  return {
    session,
    begin,
    /** A whole PUT. */
    put: async (path: string, body: Buffer): Promise<Ended> => {
      const stream = await begin(path, body.length);
      if (body.length > 0) stream.end(body);
      return ended(stream);
    },
    async get(path: string): Promise<Ended> {
      const { pathname, search } = new URL(await client.presign(path));
      return ended(session.request({ ':path': pathname + search }));
    },
  };
}

export function ended(stream: ClientHttp2Stream): Promise<Ended> {
  return new Promise((resolve) => {
    let answer: Record<string, unknown> | undefined;
    let text = '';
    stream.setEncoding('utf8');
    stream.on('response', (headers) => {
      answer = headers;
    });
    stream.on('data', (piece) => {
      text += piece;
    });
    stream.on('error', () => undefined);
    stream.on('close', () =>
      resolve(
        answer && stream.rstCode === 0
          ? { status: Number(answer[':status']), text, headers: answer }
          : { reset: stream.rstCode },
      ),
    );
  });
}
