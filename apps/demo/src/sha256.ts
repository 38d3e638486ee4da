import type { HashMessage } from './sha256.worker.ts';

/** The SHA-256 of `file` as hex, read in pieces in a worker. `onProgress` gets 0 to 100. */
export function sha256(file: Blob, signal: AbortSignal, onProgress: (percent: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./sha256.worker.ts', import.meta.url), { type: 'module' });
    const end = (settle: () => void): void => {
      worker.terminate();
      signal.removeEventListener('abort', onAbort);
      settle();
    };
    const onAbort = (): void => end(() => reject(signal.reason));
    signal.addEventListener('abort', onAbort);
    worker.addEventListener('message', ({ data }: MessageEvent<HashMessage>) => {
      if (data.type === 'progress') onProgress((data.loaded / file.size) * 100);
      else if (data.type === 'done') end(() => resolve(data.sha256));
      else end(() => reject(new Error('The file that was picked can no longer be read.')));
    });
    worker.addEventListener('error', () => end(() => reject(new Error('The page could not start hashing.'))));
    worker.postMessage(file);
  });
}
