/** The side of a worker that prepares one file after another. */
import { gzip } from './gzip.ts';
import { type DecodeHeic, type ImageTask, type Outcome, prepareImage } from './prepare-image.ts';

export interface Order {
  readonly file: Blob;
  readonly task: Task;
}

export type Task = ImageTask | 'gzip';

/** What came of an order; `failed` in words for the console, where something happened that nobody foresaw. */
export type Report = Outcome | { readonly is: 'failed'; readonly why: string };

/** Never rejects. */
export async function prepareOne({ file, task }: Order, decodeHeic?: DecodeHeic): Promise<Report> {
  try {
    return task === 'gzip' ? await gzip(file) : await prepareImage(file, task, decodeHeic);
  } catch (error) {
    return { is: 'failed', why: String(error) };
  }
}

export function serve(decodeHeic?: DecodeHeic): void {
  addEventListener('message', ({ data }: MessageEvent<Order>) => {
    prepareOne(data, decodeHeic).then((report) => postMessage(report));
  });
}
