/** Hashes a file in pieces, off the page's thread: WebCrypto would want all of it in memory at once. */
import { createSHA256 } from 'hash-wasm';

/** What the worker tells. */
export type HashMessage =
  | { readonly type: 'progress'; readonly loaded: number }
  | { readonly type: 'done'; readonly sha256: string }
  | { readonly type: 'failed'; readonly message: string };

const PIECE = 4 * 1024 * 1024;
/** Progress is told at most this often, in milliseconds. */
const INTERVAL = 100;

const tell = (message: HashMessage): void => postMessage(message);

addEventListener('message', ({ data: file }: MessageEvent<Blob>) => {
  hash(file).then(
    (sha256) => tell({ type: 'done', sha256 }),
    (error: unknown) => tell({ type: 'failed', message: String(error) }),
  );
});

async function hash(file: Blob): Promise<string> {
  const hasher = await createSHA256();
  let told = 0;
  for (let start = 0; start < file.size; start += PIECE) {
    hasher.update(new Uint8Array(await file.slice(start, start + PIECE).arrayBuffer()));
    if (performance.now() - told < INTERVAL) continue;
    told = performance.now();
    tell({ type: 'progress', loaded: Math.min(start + PIECE, file.size) });
  }
  return hasher.digest('hex');
}
